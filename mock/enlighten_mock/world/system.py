"""A system and its devices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from enlighten_mock.world.days import day_at
from enlighten_mock.world.equipment import NOTHING, Equipment

if TYPE_CHECKING:
    from enlighten_mock.world.places import Place

Condition = Literal[
    "normal",
    "never_reported",
    "never_produced",
    "stopped",
    "flaky",
    "gappy",
    "power",
    "micro",
    "meter",
    "meter_issue",
    "battery",
    "storage_idle",
]
Connection = Literal["ethernet", "cellular", "wifi"]

STATUSES: tuple[Condition, ...] = ("power", "micro", "meter", "meter_issue", "battery", "storage_idle")
"""The conditions that Enlighten notices, so that they show as the system's status."""


class InverterModel(NamedTuple):
    """A microinverter with the module below it."""

    model: str
    sku: str
    part_number: str
    watts: int


@dataclass(frozen=True, slots=True)
class Envoy:
    """A gateway that reports to Enlighten."""

    envoy_id: int
    serial_number: str
    part_number: str = "800-00555-r03"
    model: str = "Envoy-S-Metered"
    sku: str = "ENV-S-AM1-120"


@dataclass(frozen=True, slots=True)
class Meter:
    """A revenue-grade production meter, or a consumption meter.

    Attributes:
        serial_number: Unique among all devices.
        envoy_serial_number: The Envoy that reads it.
        slot: Which part of the system's production it measures.
        installed_at: The first moment it measures, in epoch seconds.
        retired_at: The moment it was taken out of service, in epoch seconds, or None.
        initial_wh: What its odometer showed when it was installed, in Wh.
    """

    serial_number: str
    envoy_serial_number: str
    slot: int
    installed_at: int
    retired_at: int | None = None
    initial_wh: int = 0

    def in_service(self, now: float) -> bool:
        """Return whether the meter measures at `now`, in epoch seconds."""
        return self.installed_at <= now and (self.retired_at is None or now < self.retired_at)


@dataclass(frozen=True, slots=True, eq=False)
class System:
    """All that does not change about a system. Two systems are equal when fleet, seed, id and variant are.

    Attributes:
        key: What its random draws start from.
        system_id: Enlighten's id.
        condition: What is peculiar about it.
        modules: Number of microinverters, one below each module.
        orientation: Which of `places.ORIENTATIONS` its roof has.
        performance: Share of its rated power that it reaches under a clear sky.
        operational_at: Start of its first interval, in epoch seconds.
        stopped_at: When it reported for the last time, in epoch seconds, or None.
        slots: Number of parts of the system that have a production meter of their own.
        meters: Production meters, the retired ones too.
        consumption_meter: None for a system without one.
        outages: Periods without reports beside those that its condition brings, as (start, end) in epoch
            seconds.
        equipment: What else it has.
        variant: Key of what a scenario has chosen about it instead of drawing it; 0 for nothing.
    """

    key: int
    weather_key: int
    system_id: int
    system_name: str
    reference: str | None
    other_references: tuple[str, ...]
    installer: str
    place: Place
    connection_type: Connection
    condition: Condition
    modules: int
    inverter: InverterModel
    orientation: int
    performance: float
    operational_at: int
    operational_day: int
    stopped_at: int | None
    envoys: tuple[Envoy, ...]
    slots: int
    meters: tuple[Meter, ...]
    consumption_meter: Meter | None
    outages: tuple[tuple[float, float], ...] = ()
    equipment: Equipment = NOTHING
    variant: int = 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, System) and (self.key, self.variant) == (other.key, other.variant)

    def __hash__(self) -> int:
        return self.key

    @property
    def size_w(self) -> int:
        """Rated power of all modules, in W."""
        return self.modules * self.inverter.watts

    @property
    def meter_start_day(self) -> int | None:
        """The first whole day that the production meters measured, or None without a meter."""
        if not self.meters:
            return None
        return day_at(self.place.timezone, min(meter.installed_at for meter in self.meters)) + 1

    @property
    def grid_measured_from(self) -> int | None:
        """From when the grid is measured, in epoch seconds: both kinds of meters work. None without one of them."""
        if not self.meters or self.consumption_meter is None:
            return None
        return max(min(meter.installed_at for meter in self.meters), self.consumption_meter.installed_at)
