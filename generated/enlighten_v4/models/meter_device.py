from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..models.meter_device_config_phase import MeterDeviceConfigPhase
from ..models.meter_device_config_type import MeterDeviceConfigType
from ..models.meter_device_state import MeterDeviceState
from ..types import UNSET, Unset

_PROPERTIES: frozenset[str] = frozenset(
    (
        "id",
        "last_report_at",
        "name",
        "serial_number",
        "part_number",
        "sku",
        "model",
        "status",
        "active",
        "product_name",
        "state",
        "config_type",
        "config_phase",
    )
)


@_attrs_define
class MeterDevice(_types.Model):
    """A meter channel group inside a gateway; the serial number is the gateway's plus EIM1 (production),
    EIM2 (consumption) or similar."""

    id: int | str
    """Number of the device; an empty text for devices of other makers."""
    last_report_at: int | None
    """When the device last reported; null if never or switched off. Unix time in seconds."""
    name: str
    """Display name."""
    serial_number: str
    """Serial number; empty for some foreign devices."""
    part_number: str
    """Part number."""
    sku: None | str
    """Article code."""
    model: str
    """Model; empty for several kinds of device."""
    status: str
    """State of the device, e.g. normal, power, comm, disabled, retired; other kinds use words of their own
    (active, on)."""
    active: bool
    """Only active devices are listed, so this is true (declared a string, always a boolean in answers)."""
    product_name: str | Unset = UNSET
    """Product name (since October 2023)."""
    state: MeterDeviceState | Unset = UNSET
    """Whether the meter is switched on."""
    config_type: MeterDeviceConfigType | Unset = UNSET
    """What the meter measures. Net: grid side; Total: the loads."""
    config_phase: MeterDeviceConfigPhase | Unset = UNSET
    """Wiring (2026; missing in answers of May 2026)."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "id": self.id,
                "last_report_at": self.last_report_at,
                "name": self.name,
                "serial_number": self.serial_number,
                "part_number": self.part_number,
                "sku": self.sku,
                "model": self.model,
                "status": self.status,
                "active": self.active,
                "product_name": self.product_name,
                "state": self.state,
                "config_type": self.config_type,
                "config_phase": self.config_phase,
            }
        )
        return src_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any], deviations: list[_types.Deviation] | None = None) -> Self:
        """Read a JSON object, whatever is inside.

        What is missing becomes `UNSET`; what is not as specified stays as it came, and is added to `deviations`.
        """
        return cls._from_dicts([src_dict], deviations)[0]

    @classmethod
    def _from_dicts(
        cls, src_dicts: Sequence[Mapping[str, Any]], deviations: list[_types.Deviation] | None
    ) -> list[Self]:
        # A call for each would make a month of intervals take a tenth longer to read, and __init__ a fifth.
        _models = _types.blank(cls, len(src_dicts))
        for self, src_dict in zip(_models, src_dicts):
            product_name = src_dict.get("product_name", UNSET)
            state = src_dict.get("state", UNSET)
            config_type = src_dict.get("config_type", UNSET)
            config_phase = src_dict.get("config_phase", UNSET)
            try:
                id = src_dict["id"]
                last_report_at = src_dict["last_report_at"]
                name = src_dict["name"]
                serial_number = src_dict["serial_number"]
                part_number = src_dict["part_number"]
                sku = src_dict["sku"]
                model = src_dict["model"]
                status = src_dict["status"]
                active = src_dict["active"]
                _all_known = len(src_dict) == 9 + (product_name is not UNSET) + (state is not UNSET) + (
                    config_type is not UNSET
                ) + (config_phase is not UNSET)
            except KeyError:
                id = src_dict.get("id", UNSET)
                last_report_at = src_dict.get("last_report_at", UNSET)
                name = src_dict.get("name", UNSET)
                serial_number = src_dict.get("serial_number", UNSET)
                part_number = src_dict.get("part_number", UNSET)
                sku = src_dict.get("sku", UNSET)
                model = src_dict.get("model", UNSET)
                status = src_dict.get("status", UNSET)
                active = src_dict.get("active", UNSET)
                _all_known = False
            if type(id) is not int and type(id) is not str and deviations is not None:
                _types.deviate(deviations, src_dict, "id", id, "integer", "string")
            self.id = id
            if type(last_report_at) is not int and last_report_at is not None and deviations is not None:
                _types.deviate(deviations, src_dict, "last_report_at", last_report_at, "integer", "null")
            self.last_report_at = last_report_at
            if type(name) is not str and deviations is not None:
                _types.deviate(deviations, src_dict, "name", name, "string")
            self.name = name
            if type(serial_number) is not str and deviations is not None:
                _types.deviate(deviations, src_dict, "serial_number", serial_number, "string")
            self.serial_number = serial_number
            if type(part_number) is not str and deviations is not None:
                _types.deviate(deviations, src_dict, "part_number", part_number, "string")
            self.part_number = part_number
            if type(sku) is not str and sku is not None and deviations is not None:
                _types.deviate(deviations, src_dict, "sku", sku, "string", "null")
            self.sku = sku
            if type(model) is not str and deviations is not None:
                _types.deviate(deviations, src_dict, "model", model, "string")
            self.model = model
            if type(status) is not str and deviations is not None:
                _types.deviate(deviations, src_dict, "status", status, "string")
            self.status = status
            if type(active) is not bool and deviations is not None:
                _types.deviate(deviations, src_dict, "active", active, "boolean")
            self.active = active
            if type(product_name) is not str and product_name is not UNSET and deviations is not None:
                _types.deviate(deviations, src_dict, "product_name", product_name, "string")
            self.product_name = product_name
            if type(state) is str:
                state = _members_of_MeterDeviceState.get(state) or _types.read_enum(
                    MeterDeviceState, state, deviations, src_dict, "state"
                )
            elif state is not UNSET and deviations is not None:
                _types.deviate(deviations, src_dict, "state", state, "string")
            self.state = state
            if type(config_type) is str:
                config_type = _members_of_MeterDeviceConfigType.get(config_type) or _types.read_enum(
                    MeterDeviceConfigType, config_type, deviations, src_dict, "config_type"
                )
            elif config_type is not UNSET and deviations is not None:
                _types.deviate(deviations, src_dict, "config_type", config_type, "string")
            self.config_type = config_type
            if type(config_phase) is str:
                config_phase = _members_of_MeterDeviceConfigPhase.get(config_phase) or _types.read_enum(
                    MeterDeviceConfigPhase, config_phase, deviations, src_dict, "config_phase"
                )
            elif config_phase is not UNSET and deviations is not None:
                _types.deviate(deviations, src_dict, "config_phase", config_phase, "string")
            self.config_phase = config_phase
            self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return _models


# Looking a member up in the enumeration itself takes three times as long.
_members_of_MeterDeviceState = MeterDeviceState._value2member_map_
_members_of_MeterDeviceConfigType = MeterDeviceConfigType._value2member_map_
_members_of_MeterDeviceConfigPhase = MeterDeviceConfigPhase._value2member_map_
