from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..models.battery_settings_update_battery_mode import BatterySettingsUpdateBatteryMode
from ..models.battery_settings_update_energy_independence import BatterySettingsUpdateEnergyIndependence
from ..types import UNSET, Unset

_PROPERTIES: frozenset[str] = frozenset(
    (
        "battery_mode",
        "reserve_soc",
        "energy_independence",
    )
)


@_attrs_define
class BatterySettingsUpdate(_types.Model):
    battery_mode: BatterySettingsUpdateBatteryMode | Unset = UNSET
    """New mode; upper and lower case matter."""
    reserve_soc: int | Unset = UNSET
    """New reserve in percent; not below the very-low level of the battery."""
    energy_independence: BatterySettingsUpdateEnergyIndependence | Unset = UNSET
    """On or off."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "battery_mode": self.battery_mode,
                "reserve_soc": self.reserve_soc,
                "energy_independence": self.energy_independence,
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
        reserve_soc = src_dict.get("reserve_soc", UNSET)
        energy_independence = src_dict.get("energy_independence", UNSET)
        if type(battery_mode) is str:
            battery_mode = _members_of_BatterySettingsUpdateBatteryMode.get(battery_mode) or _types.read_enum(
                BatterySettingsUpdateBatteryMode, battery_mode, deviations, src_dict, "battery_mode"
            )
        elif battery_mode is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "battery_mode", battery_mode, "string")
        self.battery_mode = battery_mode
        if type(reserve_soc) is not int and reserve_soc is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "reserve_soc", reserve_soc, "integer")
        self.reserve_soc = reserve_soc
        if type(energy_independence) is str:
            energy_independence = _members_of_BatterySettingsUpdateEnergyIndependence.get(
                energy_independence
            ) or _types.read_enum(
                BatterySettingsUpdateEnergyIndependence,
                energy_independence,
                deviations,
                src_dict,
                "energy_independence",
            )
        elif energy_independence is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "energy_independence", energy_independence, "string")
        self.energy_independence = energy_independence
        self._additional = None if src_dict.keys() <= _PROPERTIES else _types.unknown_properties(src_dict, _PROPERTIES)
        return self


# Looking a member up in the enumeration itself takes three times as long.
_members_of_BatterySettingsUpdateBatteryMode = BatterySettingsUpdateBatteryMode._value2member_map_
_members_of_BatterySettingsUpdateEnergyIndependence = BatterySettingsUpdateEnergyIndependence._value2member_map_
