"""The interval series: production and consumption within a day, over any length of time."""

from __future__ import annotations

from datetime import datetime, tzinfo
from functools import partial
from itertools import repeat
from typing import TYPE_CHECKING, Any, TypeAlias

from attrs import frozen

from ..engine.requests import build
from ..engine.steps import Batch, Rows, Stream
from ..errors import EnlightenError
from ..planning.history import MissingHistory
from ..planning.ranges import check_in_every_timezone, check_not_in_future, resolve
from ..planning.windows import Window, WindowRule, plan
from ..reading.columns import Intervals, read_intervals
from ..reading.models import failure, read
from ..timing.instants import Moment, parse_instant, parse_timezone
from .arguments import system_number
from .timezones import timezone_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ..api import Existing, Operation, Request, Response
    from ..engine.context import Context
    from ..engine.steps import Outcome, SeriesSteps

CLOCK_ERROR = 5.0
"""Seconds by which the estimate of the server's time may be wrong."""


@frozen
class IntervalRange:
    """The checked arguments of one call."""

    context: Context
    operation: Operation
    system_id: int
    start: Moment | None
    end: Moment | None
    zone: tzinfo | None

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of a row."""
        fields: tuple[str, ...] = self.operation.row._fields
        return fields

    @property
    def rule(self) -> WindowRule:
        """How much one request may ask for."""
        if self.operation.window is None:
            raise TypeError(f"{self.operation.id} is not a series of intervals")
        return self.operation.window

    @property
    def known_zone(self) -> tzinfo | None:
        """The system's timezone, unless it is still to be looked up."""
        return self.zone or self.context.timezones.get(self.system_id)

    def plausible(self) -> IntervalRange:
        """Return this range, unless it is known to be invalid before anything is sent.

        Raises:
            InvalidArgumentError: The range begins in the future, ends before it begins, or lies beyond all history.
        """
        now, zone = self.context.now(), self.known_zone
        check_not_in_future(self.start, now)
        if zone is not None:
            resolve(self.rule, self.start, self.end, now, zone)
        else:
            check_in_every_timezone(self.rule, self.start, self.end, now)
        return self

    def rows(self) -> Stream:
        """Yield the intervals as rows, window by window."""
        return self._carried_out(self._intervals, self._rows)

    def columns(self) -> Stream:
        """Yield the intervals of each window as columns: `end_at` in epoch seconds, then the other fields of a row."""
        return self._carried_out(self._intervals, self._columns)

    def responses(self) -> Stream:
        """Yield the generated model of each window."""
        return self._carried_out(self._model, lambda model, _window, _zone: [model])

    def _carried_out(self, read_response: ReadResponse, pick: Pick) -> Stream:
        return Stream(self.operation.id, _steps(self, read_response, pick))

    def _model(self, response: Response) -> Any:
        return read(response, self.operation, self.context)

    def _intervals(self, response: Response) -> Intervals:
        return read_intervals(response, self.operation, self.context)

    def _columns(self, found: Intervals, window: Window, _zone: tzinfo) -> Sequence[Any]:
        return [found.within(window, self.context)]

    def _rows(self, found: Intervals, window: Window, zone: tzinfo) -> Sequence[Any]:
        ends, *values = found.within(window, self.context)
        # What `_make` of a named tuple does, without a function of Python called for each row.
        make = partial(tuple.__new__, self.operation.row)
        return list(map(make, zip(map(datetime.fromtimestamp, ends, repeat(zone)), *values, strict=True)))


def intervals_of(
    context: Context,
    operation: Operation,
    system_id: Any,
    *,
    start_at: Any = None,
    end_at: Any = None,
    timezone: Any = None,
) -> IntervalRange:
    """Check the arguments of an interval series.

    Raises:
        InvalidArgumentError: One is not accepted, or the range is known to be invalid.
    """
    number = system_number(context, system_id)
    start = None if start_at is None else parse_instant("start_at", start_at)
    end = None if end_at is None else parse_instant("end_at", end_at)
    zone = None if timezone is None else parse_timezone(timezone)
    return IntervalRange(context, operation, number, start, end, zone).plausible()


ReadResponse: TypeAlias = "Callable[[Response], Any]"
Pick: TypeAlias = "Callable[[Any, Window, tzinfo], Sequence[Any]]"


def _steps(asked: IntervalRange, read_response: ReadResponse, pick: Pick) -> SeriesSteps:
    """Ask for the windows, as many at once as allowed, and yield what is picked from each, in order.

    Args:
        asked: The range.
        read_response: Reads a response of success to what has its intervals, all of them.
        pick: Takes from what was read what belongs to the window.
    """
    rule, context = asked.rule, asked.context
    zone = asked.known_zone or (yield from timezone_of(context, asked.system_id))
    now = context.now()
    position, end = resolve(rule, asked.start, asked.end, now, zone)
    missing = MissingHistory(rule, zone)
    safe = position
    while True:
        if position < safe or not rule.is_kept(position, now, zone):
            missing.begin(position)
            position = max(safe, rule.earliest_start(now, zone))
        windows = plan(rule, position, end, zone, most=context.concurrency)
        if not windows:
            missing.end(end)
            return
        outcomes = yield Batch([_request(asked, window) for window in windows])
        responded_at = context.now()
        for window, outcome in zip(windows, outcomes, strict=True):
            found, resume = _read(asked, outcome, window, read_response)
            if found is not None and not _property(found, asked.operation.items):
                safe = rule.safe_start(responded_at + CLOCK_ERROR, zone)
                if window.start < safe:
                    # The edge of history may have passed its start on the way, which empties all of it: plan again.
                    position = window.start
                    break
            missing.end(window.start)
            yield Rows([] if found is None else pick(found, window, zone), (window.start, window.end))
            if resume is None:
                return
            position = max(position, resume)
            if resume < window.end:
                position = resume
                break
        now = context.now()


def _request(asked: IntervalRange, window: Window) -> Request:
    parameters = asked.rule.parameters(window)
    return build(asked.context.api, asked.operation, system_id=asked.system_id, **parameters)


def _read(
    asked: IntervalRange, outcome: Outcome, window: Window, read_response: ReadResponse
) -> tuple[Any, int | None]:
    """Read the outcome for one window.

    Returns:
        What `read_response` gives, None where the system has nothing in this window; and from where to go on, None
        where nothing can follow.
    """
    if isinstance(outcome, EnlightenError):
        raise outcome
    response = outcome
    if response.status == 204:
        # It may hold for this window alone, so the others are requested all the same.
        return None, window.end
    api = asked.context.api
    if response.status in api.success:
        return read_response(response), window.end
    if api.errors.is_absent(response):
        return None, None
    error = failure(response, asked.context)
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


def _property(found: Any, items: str) -> Any:
    if isinstance(found, Intervals):
        return found.intervals
    return found[items] if isinstance(found, dict) else getattr(found, items)
