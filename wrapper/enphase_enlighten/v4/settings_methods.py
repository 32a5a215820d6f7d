# Generated from async_settings_methods.py by scripts/generate_sync.py: edit that file, then run `make generate`.
"""The sync client's methods for the settings of batteries, storm guard and loads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from ..clients.base import BaseClient
from .operation_table import (
    BATTERY_SETTINGS,
    GRID_STATUS,
    LOAD_CONTROL,
    STORM_GUARD,
    UPDATE_BATTERY_SETTINGS,
    UPDATE_LOAD_CONTROL,
    UPDATE_STORM_GUARD,
)

if TYPE_CHECKING:
    from enlighten_v4.models import BatterySettings, GridStatus, LoadControl, SearchedSystem, StormGuard, System


class SettingsMethods(BaseClient):
    """A method for each operation that reads or changes a setting of a system."""

    def battery_settings(self, system_id: int | System | SearchedSystem) -> BatterySettings:
        """Get how a system uses its batteries.

        Spends one request. Operation ``BatterySettings``. For the plans Megawatt, Partner.

        Args:
            system_id: The system's id, or a system as `systems` gives it.

        Returns:
            A model with `battery_mode`, `reserve_soc` in percent, `energy_independence` and `charge_from_grid`.

        Raises:
            InvalidArgumentError: The id is not accepted.
            EnlightenError: The response is an error or cannot be used, or there is none.

        Example:
            >>> mode = client.battery_settings(system_id).battery_mode
        """
        result: BatterySettings = self._call(BATTERY_SETTINGS, system_id=system_id)
        return result

    def update_battery_settings(
        self,
        system_id: int | System | SearchedSystem,
        *,
        battery_mode: Literal["Savings Mode", "Self-consumption", "Full Backup"] | None = None,
        reserve_soc: int | None = None,
        energy_independence: Literal["enabled", "disabled"] | None = None,
    ) -> BatterySettings:
        """Change how a system uses its batteries.

        Spends one request. Sent once, and again only where it is certain that the service did not carry it out.
        Operation ``UpdateBatterySettings``. For the plans Megawatt, Partner.

        Args:
            system_id: The system's id, or a system as `systems` gives it.
            battery_mode: The mode, as it is written here.
            reserve_soc: The charge that is kept in reserve, in percent.
            energy_independence: Whether the savings mode aims at independence from the grid.

        Returns:
            A model with the settings after the change.

        Raises:
            InvalidArgumentError: An argument is not accepted.
            EnlightenError: The response is an error or cannot be used, or there is none.

        Example:
            >>> settings = client.update_battery_settings(system_id, reserve_soc=30)
        """
        result: BatterySettings = self._call(
            UPDATE_BATTERY_SETTINGS,
            system_id=system_id,
            battery_mode=battery_mode,
            reserve_soc=reserve_soc,
            energy_independence=energy_independence,
        )
        return result

    def storm_guard(self, system_id: int | System | SearchedSystem) -> StormGuard:
        """Get whether a system charges its batteries ahead of storms, and whether there is an alert.

        Spends one request. Operation ``StormGuard``. For the plans Megawatt, Partner.

        Args:
            system_id: The system's id, or a system as `systems` gives it.

        Returns:
            A model with `storm_guard_status` and `storm_alert`, which is a text.

        Raises:
            InvalidArgumentError: The id is not accepted.
            EnlightenError: The response is an error or cannot be used, or there is none.

        Example:
            >>> status = client.storm_guard(system_id).storm_guard_status
        """
        result: StormGuard = self._call(STORM_GUARD, system_id=system_id)
        return result

    def update_storm_guard(
        self, system_id: int | System | SearchedSystem, storm_guard_status: Literal["enabled", "disabled"]
    ) -> StormGuard:
        """Change whether a system charges its batteries ahead of storms.

        Spends one request. Sent once, and again only where it is certain that the service did not carry it out.
        Operation ``UpdateStormGuard``. For the plans Megawatt, Partner.

        Args:
            system_id: The system's id, or a system as `systems` gives it.
            storm_guard_status: Whether it does.

        Returns:
            A model with the setting after the change.

        Raises:
            InvalidArgumentError: An argument is not accepted.
            EnlightenError: The response is an error or cannot be used, or there is none.

        Example:
            >>> guard = client.update_storm_guard(system_id, "enabled")
        """
        result: StormGuard = self._call(UPDATE_STORM_GUARD, system_id=system_id, storm_guard_status=storm_guard_status)
        return result

    def grid_status(self, system_id: int | System | SearchedSystem) -> GridStatus:
        """Get whether a system is connected to the grid.

        Spends one request. Operation ``GridStatus``. For the plans Megawatt, Partner.

        Args:
            system_id: The system's id, or a system as `systems` gives it.

        Returns:
            A model with `grid_state`.

        Raises:
            InvalidArgumentError: The id is not accepted.
            EnlightenError: The response is an error or cannot be used, or there is none.

        Example:
            >>> state = client.grid_status(system_id).grid_state
        """
        result: GridStatus = self._call(GRID_STATUS, system_id=system_id)
        return result

    def load_control(self, system_id: int | System | SearchedSystem) -> LoadControl:
        """Get the settings of the dry contacts by which a system switches loads.

        Spends one request. Operation ``LoadControl``. For the plans Megawatt, Partner.

        Args:
            system_id: The system's id, or a system as `systems` gives it.

        Returns:
            A model whose `load_control_data` have name, mode, `soc_low` and `soc_high` in percent, and the times of a
            schedule in seconds after midnight.

        Raises:
            InvalidArgumentError: The id is not accepted.
            EnlightenError: The response is an error or cannot be used, or there is none.

        Example:
            >>> loads = client.load_control(system_id).load_control_data
        """
        result: LoadControl = self._call(LOAD_CONTROL, system_id=system_id)
        return result

    def update_load_control(
        self,
        system_id: int | System | SearchedSystem,
        name: str,
        *,
        load_name: str | None = None,
        mode: Literal[
            "Scheduled",
            "Basic",
            "Advanced_BatteryPowered",
            "Manual_always_not_powered",
            "Manual_always_powered",
            "Advanced_GeneratorPowered",
        ]
        | None = None,
        soc_low: int | None = None,
        essential_start_time: int | None = None,
        essential_end_time: int | None = None,
    ) -> LoadControl:
        """Change the settings of one dry contact.

        Spends one request. Sent once, and again only where it is certain that the service did not carry it out.
        Operation ``UpdateLoadControl``. For the plans Megawatt, Partner.

        Args:
            system_id: The system's id, or a system as `systems` gives it.
            name: The dry contact, such as ``NC1``.
            load_name: The name of the load, which cannot be changed.
            mode: How the load is switched; ``"Advanced_BatteryPowered"`` needs `soc_low` too.
            soc_low: The charge of the batteries, in percent, at which the load is switched off.
            essential_start_time: When a scheduled load is switched on, in seconds after midnight.
            essential_end_time: When a scheduled load is switched off, in seconds after midnight.

        Returns:
            A model with the settings after the change.

        Raises:
            InvalidArgumentError: An argument is not accepted.
            EnlightenError: The response is an error or cannot be used, or there is none.

        Example:
            >>> loads = client.update_load_control(system_id, "NC1", mode="Basic")
        """
        result: LoadControl = self._call(
            UPDATE_LOAD_CONTROL,
            system_id=system_id,
            name=name,
            load_name=load_name,
            mode=mode,
            soc_low=soc_low,
            essential_start_time=essential_start_time,
            essential_end_time=essential_end_time,
        )
        return result
