"""The windows of the interval operations of API v2."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from enlighten_mock.v2.error_bodies import INVALID_RANGE, out_of_range
from enlighten_mock.world.days import day_start, shift

if TYPE_CHECKING:
    from enlighten_mock.v2.call import Call

DAY = 86_400
"""Seconds; `stats` cuts longer windows."""

WEEK = 7 * DAY
"""Seconds; `rgm_stats` rejects longer windows."""


class Window(NamedTuple):
    """The intervals of a request: those that end after `start` and not after `end`, in epoch seconds."""

    start: int
    end: int


def window_of(call: Call, step: int, longest: int | None = None) -> Window | None:
    """Return the window that a request asks for, on the grid of `step` seconds; None if it starts too long ago.

    Raises:
        ServiceError: It ends before it starts, or is longer than `longest` seconds (422).
    """
    timezone = call.system.place.timezone
    asked_start = call.optional("start_at", int, day_start(timezone, call.today))
    asked_end = call.optional("end_at", int, int(call.now))
    start, end = asked_start // step * step, min(asked_end, int(call.now)) // step * step
    if asked_end < asked_start and not (asked_start > call.now and "end_at" not in call.values):
        raise out_of_range(INVALID_RANGE, start_at=start, end_at=asked_end // step * step)
    if longest is not None and end - start > longest:
        raise out_of_range(
            f"Requested date range in one API hit cannot be more than 7 days. {{:start_at=>{start}, :end_at=>{end}}}"
        )
    if asked_start < shift(timezone, call.now, years=-1):
        return None
    return Window(start, end)
