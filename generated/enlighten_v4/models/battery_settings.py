from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..models.battery_settings_charge_from_grid import BatterySettingsChargeFromGrid
from ..models.battery_settings_energy_independence import BatterySettingsEnergyIndependence
from ..types import UNSET, Unset

_PROPERTIES: frozenset[str] = frozenset(
    (
        "system_id",
        "battery_mode",
        "reserve_soc",
        "energy_independence",
        "charge_from_grid",
        "battery_shutdown_level",
    )
)


@_attrs_define
class BatterySettings(_types.Model):
    system_id: int
    """Number of the system."""
    battery_mode: str
    """Mode in force. GET writes "Self - Consumption", "Savings Mode" or "Full Backup"; the answer to PUT
    writes "self-consumption"; live_data writes "Self-consumption"."""
    reserve_soc: int
    """Charge in percent that is kept for backup."""
    energy_independence: BatterySettingsEnergyIndependence | Unset = UNSET
    """Whether the battery goes on serving the house after the peak hours."""
    charge_from_grid: BatterySettingsChargeFromGrid | Unset = UNSET
    """Whether the grid may charge the battery. Read-only here."""
    battery_shutdown_level: int | Unset = UNSET
    """Charge in percent at which the battery switches off."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "system_id": self.system_id,
                "battery_mode": self.battery_mode,
                "reserve_soc": self.reserve_soc,
                "energy_independence": self.energy_independence,
                "charge_from_grid": self.charge_from_grid,
                "battery_shutdown_level": self.battery_shutdown_level,
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
        energy_independence = src_dict.get("energy_independence", UNSET)
        charge_from_grid = src_dict.get("charge_from_grid", UNSET)
        battery_shutdown_level = src_dict.get("battery_shutdown_level", UNSET)
        try:
            system_id = src_dict["system_id"]
            battery_mode = src_dict["battery_mode"]
            reserve_soc = src_dict["reserve_soc"]
            _all_known = len(src_dict) == 3 + (energy_independence is not UNSET) + (charge_from_grid is not UNSET) + (
                battery_shutdown_level is not UNSET
            )
        except KeyError:
            system_id = src_dict.get("system_id", UNSET)
            battery_mode = src_dict.get("battery_mode", UNSET)
            reserve_soc = src_dict.get("reserve_soc", UNSET)
            _all_known = False
        if type(system_id) is not int and deviations is not None:
            _types.deviate(deviations, src_dict, "system_id", system_id, "integer")
        self.system_id = system_id
        if type(battery_mode) is not str and deviations is not None:
            _types.deviate(deviations, src_dict, "battery_mode", battery_mode, "string")
        self.battery_mode = battery_mode
        if type(reserve_soc) is not int and deviations is not None:
            _types.deviate(deviations, src_dict, "reserve_soc", reserve_soc, "integer")
        self.reserve_soc = reserve_soc
        if type(energy_independence) is str:
            energy_independence = _members_of_BatterySettingsEnergyIndependence.get(
                energy_independence
            ) or _types.read_enum(
                BatterySettingsEnergyIndependence, energy_independence, deviations, src_dict, "energy_independence"
            )
        elif energy_independence is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "energy_independence", energy_independence, "string")
        self.energy_independence = energy_independence
        if type(charge_from_grid) is str:
            charge_from_grid = _members_of_BatterySettingsChargeFromGrid.get(charge_from_grid) or _types.read_enum(
                BatterySettingsChargeFromGrid, charge_from_grid, deviations, src_dict, "charge_from_grid"
            )
        elif charge_from_grid is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "charge_from_grid", charge_from_grid, "string")
        self.charge_from_grid = charge_from_grid
        if type(battery_shutdown_level) is not int and battery_shutdown_level is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "battery_shutdown_level", battery_shutdown_level, "integer")
        self.battery_shutdown_level = battery_shutdown_level
        self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return self


# Looking a member up in the enumeration itself takes three times as long.
_members_of_BatterySettingsEnergyIndependence = BatterySettingsEnergyIndependence._value2member_map_
_members_of_BatterySettingsChargeFromGrid = BatterySettingsChargeFromGrid._value2member_map_
