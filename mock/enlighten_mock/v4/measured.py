"""What the meters and the batteries of a system have measured and reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enlighten_mock.v4.error_bodies import error, invalid, invalid_request
from enlighten_mock.world import batteries, production

if TYPE_CHECKING:
    from enlighten_mock.v4.call import Call
    from enlighten_mock.world.system import Meter

_QUARTER = production.METER_STEP


def last_quarter(call: Call) -> int:
    """Return the end of the last quarter of an hour that the system has reported, or 0."""
    return (call.report.last_report_at or 0) // _QUARTER * _QUARTER


def metered(call: Call) -> Meter | None:
    """Return the consumption meter, or None without one.

    Raises:
        ServiceError: There is none, and the switches make that an error.
    """
    meter = call.system.consumption_meter
    if meter is None and call.behaviour.without_meter == "not_found":
        raise error(404, "Consumption meter not found")
    return meter


def stored(call: Call) -> batteries.Storage | None:
    """Return the system's batteries, or None without any.

    Raises:
        ServiceError: There are none, and the switches make that an error.
    """
    storage = batteries.storage_of(call.system)
    if storage is not None and storage.installed_at <= call.now:
        return storage
    if call.behaviour.without_battery == "unprocessable":
        raise invalid("System doesn't have encharge")
    return None


def days_of_devices(call: Call) -> tuple[int, int]:
    """Return the first and the last day of a request about a charger or a heat pump, which ends today by default.

    Raises:
        ServiceError: It ends before it begins, or in the future (422).
    """
    first = max(call.day("start_date") or 0, call.system.operational_day)
    last = call.day("end_date")
    last = call.today if last is None else last
    if last < first or last > call.today:
        raise invalid_request("Invalid date/time range")
    return first, last
