from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..models.grid_state import GridState
from ..types import UNSET, Unset

_PROPERTIES: frozenset[str] = frozenset(
    (
        "battery_mode",
        "battery_power",
        "battery_soc",
        "consumption_power",
        "envoy_serial_number",
        "generator_power",
        "grid_power",
        "grid_status",
        "pv_power",
        "system_id",
    )
)


@_attrs_define
class LiveReading(_types.Model):
    battery_mode: str | Unset = UNSET
    """Savings Mode, Full Backup, Self-consumption, or DR Event Active during a grid event."""
    battery_power: int | Unset = UNSET
    """Watts; positive when discharging, negative when charging."""
    battery_soc: int | Unset = UNSET
    """Charge in percent."""
    consumption_power: int | Unset = UNSET
    """Watts."""
    envoy_serial_number: list[str] | Unset = UNSET
    """The gateway; only one of several."""
    generator_power: int | Unset = UNSET
    """Watts."""
    grid_power: int | Unset = UNSET
    """Watts; positive when importing, negative when exporting."""
    grid_status: GridState | Unset = UNSET
    """State of the grid."""
    pv_power: int | Unset = UNSET
    """Watts."""
    system_id: int | Unset = UNSET
    """Number of the system."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "battery_mode": self.battery_mode,
                "battery_power": self.battery_power,
                "battery_soc": self.battery_soc,
                "consumption_power": self.consumption_power,
                "envoy_serial_number": self.envoy_serial_number,
                "generator_power": self.generator_power,
                "grid_power": self.grid_power,
                "grid_status": self.grid_status,
                "pv_power": self.pv_power,
                "system_id": self.system_id,
            }
        )
        return src_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any], deviations: list[_types.Deviation] | None = None) -> Self:
        """Read a JSON object, whatever is inside.

        What is missing becomes `UNSET`; what is not as specified stays as it came, and is added to `deviations`.
        """
        # Not through __init__, which takes longer.
        self = object.__new__(cls)
        battery_mode = src_dict.get("battery_mode", UNSET)
        battery_power = src_dict.get("battery_power", UNSET)
        battery_soc = src_dict.get("battery_soc", UNSET)
        consumption_power = src_dict.get("consumption_power", UNSET)
        envoy_serial_number = src_dict.get("envoy_serial_number", UNSET)
        generator_power = src_dict.get("generator_power", UNSET)
        grid_power = src_dict.get("grid_power", UNSET)
        grid_status = src_dict.get("grid_status", UNSET)
        pv_power = src_dict.get("pv_power", UNSET)
        system_id = src_dict.get("system_id", UNSET)
        if type(battery_mode) is not str and battery_mode is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "battery_mode", battery_mode, "string")
        self.battery_mode = battery_mode
        if type(battery_power) is not int and battery_power is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "battery_power", battery_power, "integer")
        self.battery_power = battery_power
        if type(battery_soc) is not int and battery_soc is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "battery_soc", battery_soc, "integer")
        self.battery_soc = battery_soc
        if type(consumption_power) is not int and consumption_power is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "consumption_power", consumption_power, "integer")
        self.consumption_power = consumption_power
        if type(envoy_serial_number) is list:
            _types.check_items(envoy_serial_number, deviations, "string")
        elif envoy_serial_number is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "envoy_serial_number", envoy_serial_number, "array")
        self.envoy_serial_number = envoy_serial_number
        if type(generator_power) is not int and generator_power is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "generator_power", generator_power, "integer")
        self.generator_power = generator_power
        if type(grid_power) is not int and grid_power is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "grid_power", grid_power, "integer")
        self.grid_power = grid_power
        if type(grid_status) is str:
            grid_status = _members_of_GridState.get(grid_status) or _types.read_enum(
                GridState, grid_status, deviations, src_dict, "grid_status"
            )
        elif grid_status is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "grid_status", grid_status, "string")
        self.grid_status = grid_status
        if type(pv_power) is not int and pv_power is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "pv_power", pv_power, "integer")
        self.pv_power = pv_power
        if type(system_id) is not int and system_id is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "system_id", system_id, "integer")
        self.system_id = system_id
        self._additional = None if src_dict.keys() <= _PROPERTIES else _types.unknown_properties(src_dict, _PROPERTIES)
        return self


# Looking a member up in the enumeration itself takes three times as long.
_members_of_GridState = GridState._value2member_map_
