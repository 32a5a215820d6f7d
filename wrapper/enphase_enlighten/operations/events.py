"""Events over any range: window by window, each event once, also where it goes on over several windows."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ..data.sources import EventSource
from ..engine.requests import build
from ..engine.steps import Batch, Rows, SeriesSteps, Stream
from ..errors import EnlightenError
from ..planning.ranges import resolve, warn_of_missing_history
from ..planning.windows import plan
from ..reading.models import property_of, read, read_page
from ..timing.instants import parse_instant
from .arguments import names_operation
from .intervals import Asked, asked_range
from .timezones import timezone_of

if TYPE_CHECKING:
    from ..api import Operation, Response
    from ..engine.context import Context


@names_operation
def events_of(
    context: Context,
    operation: Operation,
    /,
    keys: tuple[str, ...],
    system_id: Any,
    *,
    timezone: Any = None,
    **arguments: Any,
) -> EventSource:
    """Check the arguments of a call for events, which `keys` tell apart; those beside its range go with each request.

    Raises:
        InvalidArgumentError: One is not accepted, or the range is known to be invalid: it begins in the future, ends
            before it begins, or lies beyond all history.
    """
    if operation.window is None:
        raise TypeError(f"{operation.id} has no windows")
    start, end = (arguments.pop(name, None) for name in operation.window.names)
    # Intervals begin today where no start is given; events have no such default.
    parse_instant(operation.window.names[0], start)
    asked = asked_range(context, operation, system_id, (start, end, timezone), arguments)
    return EventSource(
        events=lambda: Stream(operation.id, _steps(asked, keys)),
        responses=lambda: Stream(operation.id, _steps(asked, None)),
    )


_TELLING = (int, float, str)
"""The types of properties that tell events apart."""


def _steps(asked: Asked, keys: tuple[str, ...] | None) -> SeriesSteps:
    """Ask for the windows, as many at once as allowed, and yield what is new in each; without keys, the models."""
    rule, context, operation = asked.rule, asked.context, asked.operation
    zone = asked.known_zone or (yield from timezone_of(context, asked.system_id))
    now = context.now()
    position, end = resolve(rule, asked.start, asked.end, now, zone)
    missing, moved, is_new = None, False, _told_apart(keys or ())
    while True:
        if not rule.is_kept(position, now, zone):
            missing = position if missing is None else missing
            position = rule.earliest_start(now, zone)
        windows = plan(rule, position, end, zone, most=context.concurrency)
        if not windows:
            warn_of_missing_history(rule, missing, end, zone)
            return
        parameters = [{"system_id": asked.system_id, **asked.parameters, **rule.parameters(each)} for each in windows]
        outcomes = yield Batch([build(context.api, operation, **each) for each in parameters])
        now = context.now()
        for window, outcome in zip(windows, outcomes, strict=True):
            if isinstance(outcome, EnlightenError):
                raise outcome
            later = None if moved else rule.next_start(window.start, now, zone)
            if outcome.status == 422 and later is not None:
                missing = window.start if missing is None else missing
                position, moved = later, True
                break
            found = _found(outcome, asked, keys, is_new)
            warn_of_missing_history(rule, missing, window.start, zone)
            missing = None
            yield Rows(found, (window.start, window.end))
            position = window.end


def _found(response: Response, asked: Asked, keys: tuple[str, ...] | None, is_new: Callable[[Any], bool]) -> list[Any]:
    if response.status == 204:
        return []
    if keys is None:
        return [read(response, asked.operation, asked.context)]
    _, entries = read_page(response, asked.operation, asked.context)
    return [entry for entry in entries if is_new(entry)]


def _told_apart(keys: tuple[str, ...]) -> Callable[[Any], bool]:
    """Return what tells whether an event has not come before, by the properties that tell events apart.

    An event without one of these differs from those with other content.
    """
    seen: set[str] = set()

    def is_new(entry: Any) -> bool:
        values = [property_of(entry, name) for name in keys]
        key = repr(values if all(type(value) in _TELLING for value in values) else entry.to_dict())
        known = key in seen
        seen.add(key)
        return not known

    return is_new
