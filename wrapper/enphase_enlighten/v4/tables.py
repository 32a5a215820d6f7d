"""Devices and their latest power as rows: what the models have in a list for each kind, in one table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, TypeVar, overload

from ..data.frames import Frames
from ..data.tables import Kind, Layout
from ..reading.models import property_of, unset_of
from .definition import V4

if TYPE_CHECKING:
    from enlighten_v4.models import DeviceGroups, DevicesResponse, LatestDevices, LatestTelemetryResponse

RowT = TypeVar("RowT", bound="DeviceRow | LatestRow")


class DeviceRow(NamedTuple):
    """A device of a system; None where the service says nothing.

    Attributes:
        kind: In which list of the model it stands, such as ``micros`` or ``gateways``.
        serial_number: Its serial number.
        id: Its id; None for what Enphase does not make.
        name: Its name.
        model: Its model.
        product_name: The name of its product.
        part_number: Its part number.
        sku: Its article code.
        status: Its state, such as ``normal``.
        active: Whether it is in use.
        last_report_at: When it reported last, in epoch seconds.
        firmware: The version of its software.
        state: Of meters, whether it is ``enabled``.
        config_type: Of meters, what it measures, such as ``Production``.
        config_phase: Of meters, its phases.
    """

    kind: str
    serial_number: str | None
    id: int | None
    name: str | None
    model: str | None
    product_name: str | None
    part_number: str | None
    sku: str | None
    status: str | None
    active: bool | None
    last_report_at: int | None
    firmware: str | None
    state: str | None
    config_type: str | None
    config_phase: str | None


class LatestRow(NamedTuple):
    """What a device, or a channel of one, reported last; None where the service says nothing.

    Attributes:
        kind: In which list of the model it stands: ``meters``, ``encharges``, ``heat_pump`` or ``evse``.
        id: The id of a meter or a battery.
        serial_number: The serial number of a heat pump or a charger.
        name: Its name.
        channel: The channel of a meter, from 1.
        power: Its power in W.
        operational_mode: What a battery, a heat pump or a charger does.
        last_report_at: When it reported, in epoch seconds.
    """

    kind: str
    id: int | None
    serial_number: str | None
    name: str | None
    channel: int | None
    power: int | None
    operational_mode: str | None
    last_report_at: int | None


_KINDS: Mapping[str, Kind] = {
    "id": Kind.WHOLE,
    "channel": Kind.WHOLE,
    "power": Kind.WHOLE,
    "active": Kind.FLAG,
    "last_report_at": Kind.TIME,
}
"""Of the columns that are no texts."""

_OTHER_NAMES = {"firmware": "emu_sw_version"}
"""What gateways call a property that other devices have by the first name."""


class _Rows(Sequence[RowT], Frames):
    """The rows of a model that has a list for each kind of device."""

    _row: ClassVar[type[Any]]
    _units: ClassVar[Mapping[str, str]] = {}

    def __init__(self, response: Any) -> None:
        self._response = response
        self._rows: tuple[RowT, ...] = tuple(self._read())

    @property
    def system_id(self) -> int:
        """The id of the system."""
        number: int = property_of(self._response, "system_id")
        return number

    @overload
    def __getitem__(self, index: int) -> RowT: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[RowT]: ...
    def __getitem__(self, index: int | slice) -> RowT | Sequence[RowT]:
        return self._rows[index]

    def __len__(self) -> int:
        return len(self._rows)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of system {self.system_id}: {len(self)} rows>"

    def _read(self) -> Iterator[Any]:
        groups, unset = self._response.devices, unset_of(V4.package)
        for kind in (field.name for field in type(groups).__attrs_attrs__ if field.init):
            devices = getattr(groups, kind)
            for device in devices if isinstance(devices, list) else ():
                values = []
                for name in self._row._fields[1:]:
                    value = property_of(device, name)
                    if value is None or value is unset:
                        value = property_of(device, _OTHER_NAMES.get(name, name))
                    values.append(None if value is unset or (name == "id" and value == "") else value)
                yield self._row(kind, *values)

    def _layout(self) -> Layout:
        columns = {}
        for name in self._row._fields:
            unit = self._units.get(name)
            columns[f"{name}_{unit}" if unit else name] = _KINDS.get(name, Kind.TEXT)
        return Layout(columns, iter)


class Devices(_Rows[DeviceRow]):
    """The devices of a system, of all kinds: a sequence of rows, which pickles, and exports to data frames.

    Attributes:
        response: The generated model that the rows were read from.

    Example:
        >>> devices = client.devices(system_id)
        >>> len(devices) == devices.response.total_devices
        True
        >>> frame = devices.to_pandas()
    """

    _row = DeviceRow

    @property
    def response(self) -> DevicesResponse:
        """The generated model that the rows were read from."""
        response: DevicesResponse = self._response
        return response

    @property
    def devices(self) -> DeviceGroups:
        """The devices by kind, as the model has them."""
        return self.response.devices


class LatestTelemetry(_Rows[LatestRow]):
    """What the devices of a system reported last: a sequence of rows, which pickles, and exports to data frames.

    Attributes:
        response: The generated model that the rows were read from.

    Example:
        >>> latest = client.latest_telemetry(system_id)
        >>> power = {(row.name, row.channel): row.power for row in latest if row.kind == "meters"}
    """

    _row = LatestRow
    _units: ClassVar[Mapping[str, str]] = {"power": "W"}

    @property
    def response(self) -> LatestTelemetryResponse:
        """The generated model that the rows were read from."""
        response: LatestTelemetryResponse = self._response
        return response

    @property
    def devices(self) -> LatestDevices:
        """The devices by kind, as the model has them."""
        return self.response.devices
