"""The interval series: production and consumption within a day, over any length of time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, tzinfo
from functools import partial
from itertools import repeat
from typing import TYPE_CHECKING, Any, TypeAlias

from attrs import frozen

from ..data.sources import IntervalSource
from ..data.tables import row_layout
from ..engine.requests import build
from ..engine.steps import Batch, Outcome, Rows, SeriesSteps, Stream
from ..errors import EnlightenError
from ..planning.ranges import check_range, resolve, warn_of_missing_history
from ..planning.windows import Window, WindowRule, plan
from ..reading.columns import read_columns, within
from ..reading.models import failure, property_of, read
from ..timing.instants import Moment, parse_instant, parse_timezone
from .arguments import names_operation, system
from .timezones import timezone_of

if TYPE_CHECKING:
    from ..api import Existing, Operation, Response
    from ..engine.context import Context

CLOCK_ERROR = 5.0
"""Seconds by which the estimate of the server's time may be wrong."""


@frozen
class _Asked:
    """The checked arguments of one call."""

    context: Context
    operation: Operation
    rule: WindowRule
    system_id: int
    start: Moment | None
    end: Moment | None
    zone: tzinfo | None

    @property
    def known_zone(self) -> tzinfo | None:
        """The system's timezone, unless it is still to be looked up."""
        return self.zone or self.context.timezones.get(self.system_id)


ReadResponse: TypeAlias = "Callable[[Response, Operation, Context], Any]"
Pick: TypeAlias = "Callable[[_Asked, Any, Window, tzinfo], Sequence[Any]]"


@names_operation
def intervals_of(
    context: Context,
    operation: Operation,
    /,
    system_id: Any,
    *,
    start_at: Any = None,
    end_at: Any = None,
    timezone: Any = None,
) -> IntervalSource:
    """Check the arguments of an interval series.

    Raises:
        InvalidArgumentError: One is not accepted, or the range is known to be invalid: it begins in the future, ends
            before it begins, or lies beyond all history.
    """
    if operation.window is None:
        raise TypeError(f"{operation.id} is not a series of intervals")
    number = system(context, "system_id", system_id)
    start = None if start_at is None else parse_instant("start_at", start_at)
    end = None if end_at is None else parse_instant("end_at", end_at)
    zone = None if timezone is None else parse_timezone(timezone)
    asked = _Asked(context, operation, operation.window, number, start, end, zone)
    check_range(asked.rule, start, end, context.now(), asked.known_zone)

    def stream(read_response: ReadResponse, pick: Pick) -> Callable[[], Stream]:
        return lambda: Stream(operation.id, _steps(asked, read_response, pick))

    return IntervalSource(
        rows=stream(read_columns, _rows),
        columns=stream(read_columns, lambda _asked, found, window, _zone: [within(found, window)]),
        responses=stream(read, lambda _asked, model, _window, _zone: [model]),
        layout=row_layout(operation.row._fields, lambda: asked.known_zone),
    )


def _rows(asked: _Asked, found: Any, window: Window, zone: tzinfo) -> Sequence[Any]:
    ends, *values = within(found, window)
    # What `_make` of a named tuple does, without a function of Python called for each row.
    make = partial(tuple.__new__, asked.operation.row)
    return list(map(make, zip(map(datetime.fromtimestamp, ends, repeat(zone)), *values, strict=True)))


def _steps(asked: _Asked, read_response: ReadResponse, pick: Pick) -> SeriesSteps:
    """Ask for the windows, as many at once as allowed, and yield what is picked from each, in order.

    A response of success is read whole, as a model or as columns; then what belongs to the window is picked from it.
    """
    rule, context, operation = asked.rule, asked.context, asked.operation
    zone = asked.known_zone or (yield from timezone_of(context, asked.system_id))
    now = context.now()
    position, end = resolve(rule, asked.start, asked.end, now, zone)
    safe = position
    missing = None
    while True:
        if position < safe or not rule.is_kept(position, now, zone):
            # The edge moves meanwhile: a missing part begins where it began first.
            missing = position if missing is None else missing
            position = max(safe, rule.earliest_start(now, zone))
        windows = plan(rule, position, end, zone, most=context.concurrency)
        if not windows:
            warn_of_missing_history(rule, missing, end, zone)
            return
        parameters = [{"system_id": asked.system_id, **rule.parameters(window)} for window in windows]
        outcomes = yield Batch([build(context.api, operation, **each) for each in parameters])
        responded_at = context.now()
        for window, outcome in zip(windows, outcomes, strict=True):
            found, resume = _read(asked, outcome, window, read_response)
            intervals = found[0] if isinstance(found, list) else property_of(found, operation.items)
            if found is not None and not intervals:
                safe = rule.safe_start(responded_at + CLOCK_ERROR, zone)
                if window.start < safe:
                    # The edge of history may have passed its start on the way, which empties all of it: plan again.
                    position = window.start
                    break
            warn_of_missing_history(rule, missing, window.start, zone)
            missing = None
            yield Rows([] if found is None else pick(asked, found, window, zone), (window.start, window.end))
            if resume is None:
                return
            position = max(position, resume)
            if resume < window.end:
                position = resume
                break
        now = context.now()


def _read(asked: _Asked, outcome: Outcome, window: Window, read_response: ReadResponse) -> tuple[Any, int | None]:
    """Read the outcome for one window, and tell from where to go on: None where nothing can follow.

    What was read is None where the system has nothing in this window.
    """
    if isinstance(outcome, EnlightenError):
        raise outcome
    api = asked.context.api
    if outcome.status == 204:
        # It may hold for this window alone, so the others are requested all the same.
        return None, window.end
    if outcome.status in api.success:
        return read_response(outcome, asked.operation, asked.context), window.end
    if api.errors.is_absent(outcome):
        return None, None
    error = failure(outcome, asked.context)
    existing = api.errors.existing(error)
    if existing is None:
        raise error
    return None, _beside(existing, window, asked.rule)


def _beside(existing: Existing, window: Window, rule: WindowRule) -> int | None:
    """Return from where to go on after a window that has none of the intervals that exist; see `_read`."""
    first, last = existing
    if last is not None and last <= window.start:
        return None
    if first is None or first <= window.start:
        return window.end
    beginning = rule.floor(first) - rule.interval
    if first > window.end:
        return max(window.end, beginning)
    # The service says that the window has intervals and sends none: request those from the first one on.
    return beginning if beginning > window.start else window.end
