"""Learning the timezone of a system: from the call, from an earlier listing, or by one request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..engine.requests import build
from ..engine.steps import Batch
from ..errors import EnlightenError, TimezoneUnknownError, shown
from ..reading.models import failure, read, read_page
from ..timing.instants import NO_TIMEZONES, absence_of, named_timezone

if TYPE_CHECKING:
    from datetime import tzinfo

    from ..api import ZoneLookup
    from ..engine.context import Context
    from ..engine.steps import Steps


_LEARNED = ("system_id", "timezone")


def learn_timezone(context: Context, entry: Any) -> None:
    """Remember the timezone of a system from an entry of a response."""
    number, name = _learned_from(entry)
    zone = named_timezone(name)
    if zone is not None and type(number) is int:
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
        name = yield from _look_up(context, lookup, system_id)
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


def _look_up(context: Context, lookup: ZoneLookup, system_id: int) -> Steps[object]:
    """Learn the timezone of a system, and return its name as it came; None where none did."""
    name = None
    operation = lookup.operation
    request = build(context.api, operation, **lookup.parameters(system_id))
    outcomes = yield Batch([request], needless=lambda: system_id in context.timezones)
    for outcome in outcomes:
        if isinstance(outcome, EnlightenError):
            raise outcome
        response = outcome
        if response.status not in context.api.success:
            raise failure(response, context)
        if operation.items:
            _, entries = read_page(response, operation, context)
        else:
            entries = [read(response, operation, context)]
        for entry in entries:
            learn_timezone(context, entry)
            number, given = _learned_from(entry)
            name = given if number == system_id else name
    return name


def _learned_from(entry: Any) -> list[Any]:
    """Return the id and the name of the timezone that an entry of a response has."""
    return [entry.get(name) if isinstance(entry, dict) else getattr(entry, name, None) for name in _LEARNED]
