"""Learning the timezone of a system: from the call, from an earlier listing, or by one request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..engine.requests import build
from ..engine.steps import Batch
from ..errors import EnlightenError, TimezoneUnknownError
from ..reading.models import failure, read, read_page
from ..timing.instants import named_timezone

if TYPE_CHECKING:
    from datetime import tzinfo

    from ..api import ZoneLookup
    from ..engine.context import Context
    from ..engine.steps import Steps


_LEARNED = ("system_id", "timezone")


def learn_timezone(context: Context, entry: Any) -> None:
    """Remember the timezone of a system from an entry of a response."""
    properties = (entry.get(name) if isinstance(entry, dict) else getattr(entry, name, None) for name in _LEARNED)
    number, name = properties
    zone = named_timezone(name)
    if zone is not None and type(number) is int:
        context.timezones[number] = zone


def timezone_of(context: Context, system_id: int, given: tzinfo | None = None) -> Steps[tzinfo]:
    """Return the timezone of a system; costs one request, once for each system that was never listed.

    Raises:
        TimezoneUnknownError: The system is not listed, or with a timezone that does not exist.
    """
    if given is not None:
        return given
    lookup = context.api.zones
    if system_id not in context.timezones and lookup is not None:
        yield from _look_up(context, lookup, system_id)
    zone = context.timezones.get(system_id)
    if zone is None:
        raise TimezoneUnknownError(
            f"The timezone of system {system_id} is unknown: these credentials do not list the system, or list it "
            f"without a timezone that exists. {TimezoneUnknownError.advice}"
        )
    return zone


def _look_up(context: Context, lookup: ZoneLookup, system_id: int) -> Steps[None]:
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
