"""The interval series: production and consumption within a day, over any length of time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import frozen

from ..dates import Moment, epoch_seconds, local_time, parse_instant, parse_timezone
from ..errors import UnprocessableRequestError
from ..protocol import Answer, Batch, Rows, Stream, build, settled
from ..reading import invalid, read
from ..rows import ConsumptionStatsRow, RgmStatsRow, StatsRow
from ..windows import WINDOWS, Window, WindowRule, plan
from .answers import NO_CONTENT, checked, has_no_meter, named
from .arguments import system_number
from .history import MissingHistory
from .ranges import refuse_future, refuse_in_every_timezone, resolve
from .timezones import timezone_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime, tzinfo

    from ..context import Context
    from ..protocol import Request

CLOCK_ERROR = 5.0
"""Seconds by which our idea of the service's time may be off."""


@frozen
class IntervalOperation:
    """What is particular to one of the three interval operations."""

    operation: str
    model: str
    row: Callable[..., Any]
    fields: tuple[str, ...]

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
        return named(self.kind.operation, _stream(self, self._rows))

    def responses(self) -> Stream:
        """The generated model of each window."""
        return named(self.kind.operation, _stream(self, lambda _answer, model, _window, _zone: [model]))

    def _rows(self, answer: Answer, model: Any, window: Window, zone: tzinfo) -> Sequence[Any]:
        found: dict[int, Any] = {}
        for index, interval in enumerate(model.intervals):
            end_at = epoch_seconds(getattr(interval, "end_at", None))
            if end_at is None:
                problem = "no epoch seconds, so the interval has no place"
                raise invalid(answer, self.context, f"/intervals/{index}/end_at", problem)
            if window.start < end_at <= window.end:
                found.setdefault(end_at, interval)
        return [self._row(local_time(end_at, zone), found[end_at]) for end_at in sorted(found)]

    def _row(self, end_at: datetime, interval: Any) -> Any:
        from enlighten_v2.types import UNSET

        values = (getattr(interval, name) for name in self.kind.fields)
        return self.kind.row(end_at, *(None if value is UNSET else value for value in values))


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


def _stream(asked: IntervalRange, pick: Callable[[Answer, Any, Window, tzinfo], Sequence[Any]]) -> Stream:
    """Ask for the windows, as many at once as may be under way, and hand on what is picked from each in order."""
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
            model, resume = _read(asked, answer, window)
            if model is not None and not model.intervals:
                safe = rule.safe_start(answered_at + CLOCK_ERROR, zone)
                if window.start < safe:
                    # The edge of history may have passed its start on the way, which empties all of it: plan anew.
                    position = window.start
                    break
            missing.end(window.start)
            yield Rows([] if model is None else pick(answer, model, window, zone))
            if resume is None:
                return
            position = max(position, resume)
            if resume < window.end:
                position = resume
                break


def _request(asked: IntervalRange, window: Window) -> Request:
    return build(asked.kind.operation, system_id=asked.system_id, start_at=window.start, end_at=window.end)


def _read(asked: IntervalRange, answer: Answer, window: Window) -> tuple[Any, int | None]:
    """Read the answer for one window.

    Returns:
        The model, None where the system has nothing in this window; and from where to go on, None where nothing can
        follow.
    """
    import enlighten_v2.models

    if answer.status == NO_CONTENT:
        # It may be said of this window alone, so the others are asked for all the same.
        return None, window.end
    if asked.kind is CONSUMPTION_STATS and has_no_meter(answer):
        return None, None
    try:
        checked(answer, asked.context)
    except UnprocessableRequestError as error:
        return None, _beside_what_exists(error, window, asked.kind.rule)
    model: Any = getattr(enlighten_v2.models, asked.kind.model)
    return read(answer, model, asked.context, needs=["intervals"]), window.end


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
