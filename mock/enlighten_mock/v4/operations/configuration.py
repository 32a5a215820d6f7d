"""Operations on the settings of a system: its batteries, the grid, and the loads that can be switched off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from enlighten_mock.v4.error_bodies import invalid
from enlighten_mock.world import batteries, events, sites
from enlighten_mock.world.event_types import GRID_LOST

if TYPE_CHECKING:
    from collections.abc import Mapping

    from enlighten_mock.service.exchange import Json
    from enlighten_mock.v4.call import Call
    from enlighten_mock.world.equipment import BatteryMode

_MODES: Mapping[BatteryMode, str] = {
    "self_consumption": "Self-consumption",
    "savings": "Savings Mode",
    "full_backup": "Full Backup",
}
_READ_AS = {"Self-consumption": "Self - Consumption"}
_ANSWERED_AS = {"Self-consumption": "self-consumption"}
_SWITCHED = {True: "enabled", False: "disabled"}
_ADVANCED = "Advanced_BatteryPowered"
_PERCENT = 100


def battery_settings(call: Call) -> Json:
    """Give how the batteries are set."""
    _check_batteries(call, "System doesn't have encharges")
    return _battery_settings(call, _READ_AS)


def update_battery_settings(call: Call) -> Json:
    """Change how the batteries are set; the mode comes back in another spelling."""
    _check_batteries(call, "System doesn't have encharge")
    reserve = call.body.get("reserve_soc")
    lowest = sites.battery_settings(call.system).shutdown_level
    if reserve is not None and not lowest <= reserve <= _PERCENT:
        raise invalid(f"reserve_soc must be from {lowest} to {_PERCENT}")
    call.settings.change(call.system.system_id, "battery", call.body)
    return _battery_settings(call, _ANSWERED_AS)


def storm_guard(call: Call) -> Json:
    """Tell whether the batteries are filled before a storm."""
    _check_batteries(call, "System doesn't have encharges")
    first = _SWITCHED[sites.battery_settings(call.system).storm_guard]
    status = call.settings.of(call.system.system_id, "storm guard").get("storm_guard_status", first)
    return {"system_id": call.system.system_id, "storm_guard_status": status, "storm_alert": "false"}


def update_storm_guard(call: Call) -> Json:
    """Change whether the batteries are filled before a storm; the status comes back in other words."""
    _check_batteries(call, "System doesn't have encharge")
    changed = call.settings.change(call.system.system_id, "storm guard", call.body)
    told = "Enabled (Inactive)" if changed["storm_guard_status"] == "enabled" else "Disabled"
    return {"system_id": call.system.system_id, "storm_guard_status": told, "storm_alert": "false"}


def grid_status(call: Call) -> Json:
    """Tell whether the grid is there."""
    known = call.report
    if known.last_report_at is None:
        raise invalid("grid_state not available as the site has not reported yet")
    lost = any(event.type is GRID_LOST for event in events.open_events(call.system, known, call.now))
    state = "Unknown" if known.status == "comm" else "Off Grid" if lost else "On Grid"
    return {"system_id": call.system.system_id, "grid_state": state, "last_report_date": known.last_report_at}


def load_control(call: Call) -> Json:
    """Give how the loads are set that can be switched off."""
    return {"system_id": call.system.system_id, "load_control_data": _loads(call)}


def update_load_control(call: Call) -> Json:
    """Change how a load is set that can be switched off."""
    entries = {entry["name"]: entry for entry in _loads(call)}
    entry = entries.get(call.body["name"])
    if entry is None:
        raise invalid("Invalid dry contact name")
    if call.body.get("load_name", entry["load_name"]) != entry["load_name"]:
        raise invalid("load_name cannot be changed")
    if call.body.get("mode") == _ADVANCED and "soc_low" not in call.body:
        raise invalid(f"soc_low is mandatory for {_ADVANCED} mode")
    call.settings.change(call.system.system_id, f"load {entry['name']}", call.body)
    return load_control(call)


def _check_batteries(call: Call, details: str) -> None:
    found = batteries.storage_of(call.system) if call.system.equipment.battery == "encharge" else None
    if found is None or found.installed_at > call.now:
        raise invalid(details)


def _battery_settings(call: Call, spelling: Mapping[str, str]) -> Json:
    first = sites.battery_settings(call.system)
    set_to: dict[str, Any] = {
        "battery_mode": _MODES[first.mode],
        "reserve_soc": first.reserve,
        "energy_independence": _SWITCHED[first.independence],
        **call.settings.of(call.system.system_id, "battery"),
    }
    return {
        "system_id": call.system.system_id,
        **set_to,
        "battery_mode": spelling.get(set_to["battery_mode"], set_to["battery_mode"]),
        "charge_from_grid": _SWITCHED[first.charged_from_grid],
        "battery_shutdown_level": first.shutdown_level,
    }


def _loads(call: Call) -> list[dict[str, Any]]:
    return [
        {
            "name": load.contact,
            "load_name": load.name,
            "owner_can_override": True,
            "mode": load.mode,
            "soc_low": load.soc_low,
            "soc_high": load.soc_high,
            "status": "enabled",
            "essential_start_time": load.from_second,
            "essential_end_time": load.until_second,
            **call.settings.of(call.system.system_id, f"load {load.contact}"),
        }
        for load in sites.controlled_loads(call.system)
    ]
