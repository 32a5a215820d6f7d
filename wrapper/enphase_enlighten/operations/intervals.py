"""The interval series: production and consumption within a day, over any length of time."""

from __future__ import annotations

import warnings
from datetime import datetime, time, tzinfo
from typing import TYPE_CHECKING, Any

from attrs import frozen

from ..clock import utc
from ..dates import Moment, local_time, parse_instant, parse_timezone
from ..errors import InvalidArgumentError, MissingHistoryWarning, UnprocessableRequestError
from ..protocol import Answer, Batch, Rows, Stream, build, settled
from ..reading import invalid, read
from ..series import ConsumptionStatsRow, RgmStatsRow, StatsRow
from ..windows import WINDOWS, Window, WindowRule, plan
from .answers import checked, has_no_meter
from .arguments import system_number
from .timezones import timezone_of

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence

    from ..context import Context
    from ..protocol import Outcome

LATENESS = 5.0
"""Seconds by which a request may reach the service after it was sent, or our idea of its time may be off."""


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

    def rows(self) -> Stream:
        """The intervals as rows, window by window."""
        return _stream(self, self._rows)

    def responses(self) -> Stream:
        """The generated model of each window."""
        return _stream(self, lambda _answer, model, _window, _zone: [model])

    def _rows(self, answer: Answer, model: Any, window: Window, zone: tzinfo) -> Sequence[Any]:
        found: dict[int, Any] = {}
        for index, interval in enumerate(model.intervals):
            end_at = interval.end_at
            if type(end_at) is not int:
                raise invalid(
                    answer,
                    self.context,
                    f"/intervals/{index}/end_at",
                    "no epoch seconds, so the interval has no place",
                )
            if window.start < end_at <= window.end:
                found.setdefault(end_at, interval)
        make, fields = self.kind.row, self.kind.fields
        return [
            make(local_time(end_at, zone), *(_value(found[end_at], name) for name in fields))
            for end_at in sorted(found)
        ]


def _value(interval: Any, name: str) -> Any:
    value = getattr(interval, name)
    # UNSET is the only thing of this kind that is neither a number nor None.
    return None if value is not None and not isinstance(value, bool | int | float | str) and not value else value


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
    known = zone or context.timezones.get(number)
    asked = IntervalRange(context, kind, number, start, end, zone)
    if known is not None:
        _resolve(asked, known)
    else:
        _refuse_in_every_timezone(asked)
    return asked


def _refuse_in_every_timezone(asked: IntervalRange) -> None:
    now = asked.context.now()
    start, end = asked.start, asked.end
    if start is not None and start.earliest > now:
        raise _future(start.earliest)
    if start is not None and end is not None:
        if (start.local is None) == (end.local is None):
            backwards = start.earliest > end.earliest
        else:
            backwards = start.earliest > end.latest
        if backwards:
            raise _backwards(end.latest)
    if end is not None and end.latest <= asked.kind.rule.earliest_start(now):
        raise _out_of_history(asked, end.latest, now)


def _resolve(asked: IntervalRange, zone: tzinfo) -> tuple[int, float]:
    """Return the start, on the grid, and the end of the range, in epoch seconds.

    Raises:
        InvalidArgumentError: The range begins in the future, ends before it begins, or lies beyond all history.
    """
    now = asked.context.now()
    if asked.start is None:
        today = local_time(now, zone).date()
        start = datetime.combine(today, time(), zone).timestamp()
    else:
        start = asked.start.at(zone)
    end = now if asked.end is None else min(asked.end.at(zone), now)
    if start > now:
        raise _future(start)
    if start > end:
        raise _backwards(end)
    if asked.kind.rule.floor(end) <= asked.kind.rule.earliest_start(now) and start < end:
        raise _out_of_history(asked, end, now)
    return asked.kind.rule.floor(start), end


def _future(start: float) -> InvalidArgumentError:
    return InvalidArgumentError.for_argument("start_at", utc(start).isoformat(), "an instant that is not in the future")


def _backwards(end: float) -> InvalidArgumentError:
    return InvalidArgumentError.for_argument(
        "end_at",
        utc(end).isoformat(),
        "an instant that is not before start_at (midnight today where none is given)",
    )


def _out_of_history(asked: IntervalRange, end: float, now: float) -> InvalidArgumentError:
    edge = utc(asked.kind.rule.earliest_start(now)).isoformat()
    return InvalidArgumentError.for_argument(
        "end_at",
        utc(end).isoformat(),
        f"an instant after {edge}: the service keeps intervals for one year, and energy_lifetime has the days before",
    )


def _stream(asked: IntervalRange, pick: Callable[[Answer, Any, Window, tzinfo], Sequence[Any]]) -> Stream:
    zone = yield from timezone_of(asked.context, asked.system_id, asked.zone)
    position, end = _resolve(asked, zone)
    rule, context = asked.kind.rule, asked.context
    missing_from = position
    warned = False
    while True:
        earliest = rule.earliest_start(context.now())
        if position < earliest:
            if not warned and missing_from < earliest:
                _warn(missing_from, min(earliest, rule.floor(end)), zone)
                warned = True
            position = earliest
        windows = plan(rule, position, end, zone, most=context.concurrency)
        if not windows:
            return
        position = windows[-1].end
        outcomes = yield Batch([_request(asked, window) for window in windows])
        for window, outcome in zip(windows, outcomes, strict=True):
            answer = settled(outcome)
            reach = yield from _window(asked, answer, window, zone, pick)
            if reach is None:
                return
            if reach < window.end:
                # The edge of history passed this window while it waited to be sent.
                position = missing_from = window.start
                break
            position = max(position, reach)


def _request(asked: IntervalRange, window: Window) -> Any:
    return build(asked.kind.operation, system_id=asked.system_id, start_at=window.start, end_at=window.end)


def _window(
    asked: IntervalRange,
    answer: Answer,
    window: Window,
    zone: tzinfo,
    pick: Callable[[Answer, Any, Window, tzinfo], Sequence[Any]],
) -> Generator[Batch | Rows, Sequence[Outcome], int | None]:
    """Hand on what one window has.

    Returns:
        The point from which to go on, usually the window's end; None where nothing can follow.
    """
    import enlighten_v2.models

    if asked.kind is CONSUMPTION_STATS and has_no_meter(answer):
        return None
    try:
        checked(answer, asked.context)
    except UnprocessableRequestError as error:
        return _beyond_what_exists(error, window, asked.kind.rule)
    model: Any = getattr(enlighten_v2.models, asked.kind.model)
    response = read(answer, model, asked.context, needs=["intervals"])
    if not response.intervals and window.start < asked.kind.rule.earliest_start(
        asked.context.server_time(answer.sent_at) + LATENESS
    ):
        return window.start
    yield Rows(pick(answer, response, window, zone))
    return window.end


def _beyond_what_exists(error: UnprocessableRequestError, window: Window, rule: WindowRule) -> int | None:
    """Read a 422 that says which intervals the system has: this window has none; see `_window` for the result.

    Raises:
        UnprocessableRequestError: It does not say so: the request was wrong.
    """
    first, last = error.first_interval, error.last_interval
    if first is None and last is None:
        raise error
    if last is not None and last <= window.start:
        return None
    if first is not None and first > window.end:
        return rule.floor(first) - rule.interval
    return window.end


def _warn(start: int, end: int, zone: tzinfo) -> None:
    warnings.warn(
        MissingHistoryWarning(
            f"The service keeps intervals for one year: {local_time(start, zone).isoformat()} to "
            f"{local_time(end, zone).isoformat()} cannot be had and is missing. energy_lifetime has those days."
        ),
        stacklevel=2,
    )
