"""The windows of API v4's telemetry: a start, a granularity, and what is reported of that.

A window has the intervals that end after its start and not after its end, as recorded: a day from any second has 96
quarters of an hour, the first of them running at the start. The one that runs at the end can be had beside them.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from enlighten_mock.v4.error_bodies import RANGE, invalid_request
from enlighten_mock.world.days import day_at, day_start, shift, zone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from enlighten_mock.service.exchange import Json, ServiceError
    from enlighten_mock.v4.call import Call

    Refusal = Callable[[Call, int, int], ServiceError]

DAY = 86_400
WEEK = 7 * DAY
YEARS = 2
"""How far back telemetry goes."""

_MINUTES = {"5mins": 300, "15mins": 900}
_EARLIEST, _LATEST = date(1971, 1, 1).toordinal(), date(2100, 1, 1).toordinal()


class Window(NamedTuple):
    """The window of a request.

    Attributes:
        start: Its start, in epoch seconds, as the response tells it.
        end: The end that the request asks for, in epoch seconds.
        by_date: Whether the request named a day, so that the response does.
        granularity: As the response tells it.
    """

    start: int
    end: int
    by_date: bool
    granularity: str


def out_of_range(call: Call, start: int, end: int) -> ServiceError:
    """Return the error for a window that the system has not."""
    known = call.report
    told = {
        "start_at": start,
        "end_at": end,
        "first_interval": known.operational_at,
        "last_interval": known.last_interval_at,
    }
    pairs = ", ".join(f":{name}=>{value}" for name, value in told.items() if value is not None)
    return invalid_request(f"{RANGE}. {{{pairs}}}")


def window_of(call: Call, refusal: Refusal = out_of_range) -> Window:
    """Return the window that a request asks for.

    Args:
        call: The request.
        refusal: Makes the error for a window that will not do.

    Raises:
        ServiceError: It is a week and the switches refuse that, or begins too early or in the future, or ends before
            it begins (422).
    """
    granularity = call.optional("granularity", str, "day")
    named = call.day("start_date")
    by_date = named is not None and "start_at" not in call.values
    start = call.optional("start_at", int, day_start(call.timezone, call.today if named is None else _near(named)))
    asked = _asked_end(call)
    too_early = start < shift(call.timezone, call.now, years=-YEARS)
    if too_early or start > call.now or (asked is not None and asked < start):
        raise refusal(call, start, start + DAY if asked is None else asked)
    if granularity == "week" and call.behaviour.week == "refused":
        raise refusal(call, start, start + WEEK)
    if call.report.operational_at is not None:
        start = max(start, day_start(call.timezone, call.system.operational_day))
    end = _end(call, start, granularity, by_date=by_date)
    return Window(start, end if asked is None else max(start, min(end, asked)), by_date, granularity)


def told(call: Call, window: Window, last: int | None, step: int) -> dict[str, Json]:
    """Return how a response tells its window.

    Args:
        call: The request.
        window: Its window.
        last: The end of the last interval that the series has, whether in the window or not, in epoch seconds.
        step: The length of an interval.
    """
    end = _told_end(call, window, last, step)
    if not window.by_date:
        return {"granularity": window.granularity, "start_at": window.start, "end_at": end}
    return {
        "granularity": window.granularity,
        "start_date": _iso(call.timezone, window.start),
        "end_date": _iso(call.timezone, end),
    }


def until(call: Call, window: Window, last: int, step: int) -> int:
    """Return the end of the last interval that belongs to a window and is reported.

    Args:
        call: The request.
        window: Its window.
        last: The end of the last interval that the series has, in epoch seconds.
        step: The length of an interval.
    """
    included = call.behaviour.running_interval == "included"
    return min(-(-window.end // step) * step if included else window.end, last)


def by_days(call: Call, intervals: Iterable[dict[str, Json]]) -> list[list[dict[str, Json]]]:
    """Return intervals in a list for each local day that has any; the last one of a day ends at midnight."""
    days: dict[int, list[dict[str, Json]]] = {}
    for interval in intervals:
        days.setdefault(day_at(call.timezone, interval["end_at"] - 1), []).append(interval)
    if not days and call.behaviour.empty_nested == "inner":
        return [[]]
    return [days[number] for number in sorted(days)]


def _asked_end(call: Call) -> int | None:
    """Return the end that a request names, though only few operations document one."""
    if call.behaviour.telemetry_end_at == "ignored":
        return None
    last = call.day("end_date")
    after = None if last is None else day_start(call.timezone, _near(last) + 1)
    return call.optional("end_at", int) if after is None else call.optional("end_at", int, after)


def _end(call: Call, start: int, granularity: str, *, by_date: bool) -> int:
    """Return the end of a window of this granularity."""
    if granularity in _MINUTES:
        return start + _MINUTES[granularity]
    week = granularity == "week" and call.behaviour.week == "honoured"
    days = 7 if week else 1
    if call.behaviour.week_days == "local" if week else by_date:
        number = day_at(call.timezone, start)
        return start + day_start(call.timezone, number + days) - day_start(call.timezone, number)
    return start + days * DAY


def _told_end(call: Call, window: Window, last: int | None, step: int) -> int:
    if window.end <= min(call.now, call.report.last_report_at or 0):
        return window.end
    if call.behaviour.unfinished_end == "last_interval" and last is not None and window.start < last:
        return min(window.end, last)
    return max(window.start, min(window.end, int(call.now) // step * step))


def _near(day: int) -> int:
    """Return a day that calendars have, which is as much out of range as `day`."""
    return max(_EARLIEST, min(_LATEST, day))


def _iso(timezone: str, moment: int) -> str:
    return datetime.fromtimestamp(moment, zone(timezone)).isoformat()
