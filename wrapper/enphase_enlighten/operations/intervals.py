"""The interval series: production and consumption within a day, over any length of time."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from attrs import frozen

from ..data.rows import ConsumptionStatsRow, RgmStatsRow, StatsRow
from ..engine.steps import Batch, Rows, Stream, build, settled
from ..errors import UnprocessableRequestError
from ..planning.history import MissingHistory
from ..planning.ranges import refuse_future, refuse_in_every_timezone, resolve
from ..planning.windows import WINDOWS, Window, WindowRule, plan
from ..reading.intervals import Intervals, read_intervals
from ..reading.models import read
from ..timing.instants import Moment, local_times, parse_instant, parse_timezone
from .arguments import system_number
from .responses import NO_CONTENT, checked, named
from .timezones import timezone_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import tzinfo

    from ..api import Request, Response
    from ..engine.context import Context

CLOCK_ERROR = 5.0
"""Seconds by which our idea of the service's time may be off."""


@frozen
class IntervalOperation:
    """What is particular to one of the three interval operations."""

    operation: str
    model: str
    row: type[Any]
    fields: tuple[str, ...]

    @property
    def generated(self) -> Any:
        """The generated class of a response."""
        import enlighten_v2.models

        return getattr(enlighten_v2.models, self.model)

    @property
    def rule(self) -> WindowRule:
        """How much one request may ask for."""
        return WINDOWS[self.operation]


STATS = IntervalOperation("Stats", "StatsResponse", StatsRow, ("powr", "enwh", "devices_reporting"))
RGM_STATS = IntervalOperation("RgmStats", "RgmStatsResponse", RgmStatsRow, ("wh_del", "devices_reporting"))
CONSUMPTION_STATS = IntervalOperation(
    "ConsumptionStats", "ConsumptionStatsResponse", ConsumptionStatsRow, ("enwh", "devices_reporting")
)


@frozen
class IntervalRange:
    """The checked arguments of one call."""

    context: Context
    kind: IntervalOperation
    system_id: int
    start: Moment | None
    end: Moment | None
    zone: tzinfo | None

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of a row."""
        return ("end_at", *self.kind.fields)

    @property
    def known_zone(self) -> tzinfo | None:
        """The system's timezone, unless it is still to be looked up."""
        return self.zone or self.context.timezones.get(self.system_id)

    def plausible(self) -> IntervalRange:
        """Return this range, unless it can be told to be wrong before anything is sent.

        Raises:
            InvalidArgumentError: The range begins in the future, ends before it begins, or lies beyond all history.
        """
        refuse_future(self.start, self.context.now())
        if self.known_zone is not None:
            self.resolved(self.known_zone)
        else:
            refuse_in_every_timezone(self.kind.rule, self.start, self.end, self.context.now())
        return self

    def resolved(self, zone: tzinfo) -> tuple[int, float]:
        """Return the start, on the grid, and the end, as things stand now; see `resolve`."""
        return resolve(self.kind.rule, self.start, self.end, self.context.now(), zone)

    def rows(self) -> Stream:
        """The intervals as rows, window by window."""
        return named(self.kind.operation, _stream(self, self._intervals, self._rows))

    def columns(self) -> Stream:
        """The intervals of each window as columns: `end_at` in epoch seconds, then the other fields of a row."""
        return named(self.kind.operation, _stream(self, self._intervals, self._columns))

    def responses(self) -> Stream:
        """The generated model of each window."""
        return named(self.kind.operation, _stream(self, self._model, lambda model, _window, _zone: [model]))

    def _model(self, answer: Response) -> Any:
        return read(answer, self.kind.generated, self.context, needs=["intervals"])

    def _intervals(self, answer: Response) -> Intervals:
        return read_intervals(answer, self.kind.generated, self.kind.fields, self.context)

    def _columns(self, found: Intervals, window: Window, _zone: tzinfo) -> Sequence[Any]:
        return [found.within(window, self.context)]

    def _rows(self, found: Intervals, window: Window, zone: tzinfo) -> Sequence[Any]:
        ends, *values = found.within(window, self.context)
        # What `_make` of a named tuple does, without a function of Python called for each row.
        make = partial(tuple.__new__, self.kind.row)
        return list(map(make, zip(local_times(ends, zone), *values, strict=True)))


def stats(context: Context, system_id: Any, **arguments: Any) -> IntervalRange:
    """`Stats`: what the microinverters produced."""
    return _range(context, STATS, system_id, **arguments)


def rgm_stats(context: Context, system_id: Any, **arguments: Any) -> IntervalRange:
    """`RgmStats`: what the revenue-grade meters measured."""
    return _range(context, RGM_STATS, system_id, **arguments)


def consumption_stats(context: Context, system_id: Any, **arguments: Any) -> IntervalRange:
    """`ConsumptionStats`: what the consumption meters measured."""
    return _range(context, CONSUMPTION_STATS, system_id, **arguments)


def _range(
    context: Context,
    kind: IntervalOperation,
    system_id: Any,
    *,
    start_at: Any = None,
    end_at: Any = None,
    timezone: Any = None,
) -> IntervalRange:
    number = system_number(context, system_id)
    start = None if start_at is None else parse_instant("start_at", start_at)
    end = None if end_at is None else parse_instant("end_at", end_at)
    zone = None if timezone is None else parse_timezone(timezone)
    return IntervalRange(context, kind, number, start, end, zone).plausible()


def _stream(
    asked: IntervalRange, read_answer: Callable[[Response], Any], pick: Callable[[Any, Window, tzinfo], Sequence[Any]]
) -> Stream:
    """Ask for the windows, as many at once as may be under way, and hand on what is picked from each in order.

    Args:
        asked: The range.
        read_answer: Reads an answer of success; what it returns has the `intervals` of the answer, all of them.
        pick: Takes from what was read what belongs to the window.
    """
    zone = yield from timezone_of(asked.context, asked.system_id, asked.zone)
    position, end = asked.resolved(zone)
    rule, context = asked.kind.rule, asked.context
    missing = MissingHistory(zone)
    safe = position
    while True:
        now = context.now()
        if position < safe or not rule.is_kept(position, now, zone):
            missing.begin(position)
            position = max(safe, rule.earliest_start(now, zone))
        windows = plan(rule, position, end, zone, most=context.concurrency)
        if not windows:
            missing.end(end)
            return
        outcomes = yield Batch([_request(asked, window) for window in windows])
        answered_at = context.now()
        for window, outcome in zip(windows, outcomes, strict=True):
            answer = settled(outcome)
            found, resume = _read(asked, answer, window, read_answer)
            if found is not None and not found.intervals:
                safe = rule.safe_start(answered_at + CLOCK_ERROR, zone)
                if window.start < safe:
                    # The edge of history may have passed its start on the way, which empties all of it: plan anew.
                    position = window.start
                    break
            missing.end(window.start)
            yield Rows([] if found is None else pick(found, window, zone))
            if resume is None:
                return
            position = max(position, resume)
            if resume < window.end:
                position = resume
                break


def _request(asked: IntervalRange, window: Window) -> Request:
    return build(asked.kind.operation, system_id=asked.system_id, start_at=window.start, end_at=window.end)


def _read(
    asked: IntervalRange, answer: Response, window: Window, read_answer: Callable[[Response], Any]
) -> tuple[Any, int | None]:
    """Read the answer for one window.

    Returns:
        What `read_answer` gives, None where the system has nothing in this window; and from where to go on, None where
        nothing can follow.
    """
    if answer.status == NO_CONTENT:
        # It may be said of this window alone, so the others are asked for all the same.
        return None, window.end
    if asked.kind is CONSUMPTION_STATS and asked.context.api.errors.is_absent(answer):
        return None, None
    try:
        checked(answer, asked.context)
    except UnprocessableRequestError as error:
        return None, _beside_what_exists(error, window, asked.kind.rule)
    return read_answer(answer), window.end


def _beside_what_exists(error: UnprocessableRequestError, window: Window, rule: WindowRule) -> int | None:
    """Read a 422 that says which intervals the system has: the window has none of them; see `_read` for the result.

    Raises:
        UnprocessableRequestError: It does not say so: the request was wrong.
    """
    first, last = error.first_interval, error.last_interval
    if first is None and last is None:
        raise error
    if last is not None and last <= window.start:
        return None
    if first is None or first <= window.start:
        return window.end
    beginning = rule.floor(first) - rule.interval
    if first > window.end:
        return max(window.end, beginning)
    # The service says that the window has intervals and gives none: ask for what begins with the first of them.
    return beginning if beginning > window.start else window.end
