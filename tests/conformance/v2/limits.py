"""Which valid arguments the wrapper may reject before it sends anything, worked out from the contract alone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import chain
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.support.specification import Operation

EASTMOST = timedelta(hours=14)
"""The offset of the timezone where a day begins first: a later date is in the future everywhere."""

TOO_LARGE = 2**63

LAST = datetime(9999, 12, 31, tzinfo=UTC).timestamp()


def reason_to_reject(operation: Operation, given: Mapping[str, Any], now: float, timezone: str) -> str | None:
    """Return why the wrapper may reject valid parameters; None where it must send them.

    Args:
        operation: The operation, of the effective specification.
        given: Its parameters, in the types of their schemas.
        now: The present, in epoch seconds.
        timezone: The system's.
    """
    return next(chain(_sizes(given), _reasons(operation, given, now, timezone)), None)


def _sizes(given: Mapping[str, Any]) -> Iterator[str]:
    values = [item for value in given.values() for item in (value if isinstance(value, list) else [value])]
    if any(type(value) is int and abs(value) >= TOO_LARGE for value in values):
        yield "a number has no more than 64 bits"
    if not 1 <= given.get("limit", 1) <= 1000:
        yield "a page has 1 to 1000 systems"


def _reasons(operation: Operation, given: Mapping[str, Any], now: float, timezone: str) -> Iterator[str]:
    if "" in (given.get("next"), given.get("serial_num")):
        yield "it is empty"
    latest = (datetime.fromtimestamp(now, UTC) + EASTMOST).date()
    days = {name: date.fromisoformat(value) for name, value in given.items() if name.endswith("_date")}
    if any(day > latest for day in days.values()):
        yield "a date is in the future"
    if {"start_date", "end_date"} <= days.keys() and days["start_date"] > days["end_date"]:
        yield "the days are in the wrong order"
    moments = {name: value for name, value in given.items() if name in ("start_at", "end_at")}
    if any(not 0 <= value < LAST for value in moments.values()):
        yield "a time is before 1970 or after 9999"
    elif operation.window is not None:
        start, end = period(given, now, timezone)
        step = operation.window["interval"]
        if start > now:
            yield "the start is in the future"
        if start > end:
            yield "the end is before the start"
        if end // step * step <= edge_of_history(operation, now, timezone):
            yield "all of it is older than what the service keeps"


def period(given: Mapping[str, Any], now: float, timezone: str) -> tuple[float, float]:
    """Return start and end of the period of a request for intervals, with the defaults of the specification."""
    midnight = datetime.combine(datetime.fromtimestamp(now, ZoneInfo(timezone)).date(), time(), ZoneInfo(timezone))
    return given.get("start_at", midnight.timestamp()), min(given.get("end_at", now), now)


def edge_of_history(operation: Operation, now: float, timezone: str) -> float:
    """Return the first point of the grid from which a request for intervals may start."""
    assert operation.window is not None
    ago = datetime.fromtimestamp(now, ZoneInfo(timezone)) - relativedelta(**operation.window["history"])
    step: int = operation.window["interval"]
    return on_the_grid(operation, ago.timestamp()) + step


def on_the_grid(operation: Operation, moment: float) -> int:
    """Return the last point of an operation's grid of intervals that is not after a moment."""
    assert operation.window is not None
    step: int = operation.window["interval"]
    return int(moment // step) * step
