"""The columns of data frames of what API v4 lists: units in their names, null for what the service does not know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from ..data.tables import Kind, Layout
from ..reading.models import property_of, unset_of
from .definition import V4

_SYSTEMS: Mapping[str, Kind] = {
    "system_id": Kind.WHOLE,
    "name": Kind.TEXT,
    "public_name": Kind.TEXT,
    "timezone": Kind.TEXT,
    "connection_type": Kind.TEXT,
    "status": Kind.TEXT,
    "last_report_at": Kind.TIME,
    "last_energy_at": Kind.TIME,
    "operational_at": Kind.TIME,
    "attachment_type": Kind.TEXT,
    "reference": Kind.TEXT,
    "other_references": Kind.TEXTS,
}
_ADDRESS: Mapping[str, Kind] = dict.fromkeys(("city", "state", "country", "postal_code"), Kind.TEXT)
_AMOUNTS = {"energy_lifetime": "Wh", "energy_today": "Wh", "system_size": "W"}
_INVERTERS: Mapping[str, Kind] = {
    "serial_number": Kind.TEXT,
    "id": Kind.WHOLE,
    "envoy_serial_number": Kind.TEXT,
    "model": Kind.TEXT,
    "part_number": Kind.TEXT,
    "sku": Kind.TEXT,
    "status": Kind.TEXT,
    "grid_profile": Kind.TEXT,
}
_EVENTS: Mapping[str, Kind] = {
    "triggered_date": Kind.TIME,
    "cleared_date": Kind.TIME,
    "status": Kind.TEXT,
    "details": Kind.TEXT,
}
_SYSTEM_EVENTS: Mapping[str, Kind] = {
    "event_start_time": Kind.TIME,
    "event_end_time": Kind.TIME,
    "status": Kind.TEXT,
    "event_type_id": Kind.WHOLE,
    "serial_number": Kind.TEXT,
}
_ALARMS: Mapping[str, Kind] = {
    "alarm_start_time": Kind.TIME,
    "alarm_end_time": Kind.TIME,
    "id": Kind.TEXT,
    "event_type_id": Kind.WHOLE,
    "severity": Kind.WHOLE,
    "cleared": Kind.FLAG,
}
_SESSIONS: Mapping[str, Kind] = {
    "start_time": Kind.TIME,
    "end_time": Kind.TIME,
    "duration": Kind.WHOLE,
    "charge_time": Kind.WHOLE,
    "energy_added": Kind.NUMBER,
    "miles_added": Kind.NUMBER,
    "cost": Kind.NUMBER,
}


def system_layout(*others: str) -> Layout:
    """Return the layout of a listing of systems, whose entries have other texts beside what all have.

    Energy and size are -1 in a list, where the service does not give them: null here.
    """
    texts = dict.fromkeys(others, Kind.TEXT)
    amounts = {f"{name}_{unit}": Kind.WHOLE for name, unit in _AMOUNTS.items()}

    def values(system: Any) -> Iterable[Any]:
        yield from (property_of(system, name) for name in _SYSTEMS)
        address = property_of(system, "address")
        yield from (property_of(address, name) for name in _ADDRESS)
        for name in _AMOUNTS:
            amount = property_of(system, name)
            yield None if amount == -1 else amount
        yield from (property_of(system, name) for name in texts)

    return Layout({**_SYSTEMS, **_ADDRESS, **amounts, **texts}, values, unset=unset_of(V4.package))


def inverter_layout() -> Layout:
    """Return the layout of a listing of inverters, whose rows are pairs of a gateway and an inverter of it."""
    columns = {"power_produced_W": Kind.WHOLE, "energy_Wh": Kind.WHOLE, "last_report_date": Kind.TIME}

    def values(pair: tuple[Any, Any]) -> Iterable[Any]:
        gateway, inverter = pair
        yield from (property_of(inverter, name) for name in _INVERTERS)
        yield _amount(property_of(inverter, "power_produced"), "W")
        yield _amount(property_of(inverter, "energy"), "Wh")
        yield _instant(property_of(inverter, "last_report_date"))
        yield property_of(gateway, "signal_strength")

    return Layout({**_INVERTERS, **columns, "signal_strength": Kind.WHOLE}, values, unset=unset_of(V4.package))


def event_layout() -> Layout:
    """Return the layout of a system's events."""
    return _plain(_SYSTEM_EVENTS)


def alarm_layout() -> Layout:
    """Return the layout of a system's alarms; the events of each are in the models alone."""
    return _plain(_ALARMS)


def charger_event_layout() -> Layout:
    """Return the layout of a listing of chargers' events."""
    return _plain(_EVENTS)


def session_layout() -> Layout:
    """Return the layout of a listing of charging sessions; what the service says of the energy's unit cannot be."""
    return _plain(_SESSIONS, {"duration": "s", "charge_time": "s"})


def _plain(kinds: Mapping[str, Kind], units: Mapping[str, str] | None = None) -> Layout:
    names = tuple(kinds)
    columns = {f"{name}_{units[name]}" if units and name in units else name: kind for name, kind in kinds.items()}
    return Layout(columns, lambda entry: (property_of(entry, name) for name in names), unset=unset_of(V4.package))


def _amount(quantity: Any, unit: str) -> Any:
    """Return the value of a quantity, which may be a bare number; what is in another unit as it came."""
    value, given = property_of(quantity, "value"), property_of(quantity, "units")
    if type(quantity) in (int, float) or given is None:
        return quantity if value is None else value
    if given == "kJ" and unit == "Wh" and type(value) in (int, float):
        return round(value / 3.6)
    return value if given == unit else quantity


def _instant(value: Any) -> Any:
    """Return a time as epoch seconds or as an aware datetime; what is neither as it came."""
    if not isinstance(value, str):
        return value
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        return value
    return value if found.tzinfo is None else found
