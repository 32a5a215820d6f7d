"""Learning the timezone of a system: from the call, from an earlier listing, or by one request."""

from __future__ import annotations

from datetime import tzinfo
from typing import TYPE_CHECKING, Any

from ..engine.requests import build
from ..engine.steps import Batch, Steps
from ..errors import EnlightenError, TimezoneUnknownError, shown
from ..reading.models import property_of, read, read_page
from ..timing.instants import NO_TIMEZONES, absence_of, named_timezone
from ..timing.numbers import whole_number

if TYPE_CHECKING:
    from ..engine.context import Context


def learn_timezone(context: Context, entry: Any) -> None:
    """Remember the timezone of a system from an entry of a response."""
    number = whole_number(property_of(entry, "system_id"))
    zone = named_timezone(property_of(entry, "timezone"))
    if zone is not None and number is not None:
        context.timezones[number] = zone


def timezone_of(context: Context, system_id: int, given: tzinfo | None = None) -> Steps[tzinfo]:
    """Return the timezone of a system; costs one request, once for each system that was never listed.

    Raises:
        TimezoneUnknownError: The system is not listed, or with a timezone that this machine does not have.
    """
    if given is not None:
        return given
    lookup = context.api.zones
    name: object = None
    if system_id not in context.timezones and lookup is not None:
        request = build(context.api, lookup.operation, **lookup.parameters(system_id))
        for outcome in (yield Batch([request], needless=lambda: system_id in context.timezones)):
            if isinstance(outcome, EnlightenError):
                raise outcome
            if lookup.operation.items:
                _, entries = read_page(outcome, lookup.operation, context)
            else:
                entries = [read(outcome, lookup.operation, context)]
            for entry in entries:
                learn_timezone(context, entry)
                if property_of(entry, "system_id") == system_id:
                    name = property_of(entry, "timezone")
    zone = context.timezones.get(system_id)
    if zone is None:
        raise TimezoneUnknownError(_unknown(system_id, name))
    return zone


def _unknown(system_id: int, name: object) -> str:
    absent = absence_of(name)
    if absent == NO_TIMEZONES:
        return f"The timezone of system {system_id} is {shown(name)}, and {absent}."
    if absent:
        return f"The timezone of system {system_id} is {shown(name)}: {absent}. {TimezoneUnknownError.advice}"
    return (
        f"The timezone of system {system_id} is unknown: these credentials do not list the system, or list it "
        f"without a timezone that exists. {TimezoneUnknownError.advice}"
    )
