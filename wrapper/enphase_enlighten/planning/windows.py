"""How much one request may ask for, and how a long range is cut into requests that lose nothing."""

from __future__ import annotations

import math
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Any

from attrs import frozen

from ..timing.clock import utc

if TYPE_CHECKING:
    from dateutil.relativedelta import relativedelta

_CERTAINLY_IN_A_YEAR = 363 * 86_400
"""Seconds that are less than a year by any calendar, also where a country has skipped a day."""


@frozen
class WindowRule:
    """What one request of an interval operation covers.

    Attributes:
        interval: Length of an interval in seconds; request times are rounded down to this grid.
        longest: The longest range that one response covers.
        history: How far back a request may start.
        granularity: The name of a window's length, where requests give that in place of their end. The response may
            then reach further than the window.
        older: Which operation has what is older than the history, for messages.
    """

    interval: int
    longest: relativedelta
    history: relativedelta
    granularity: str | None = None
    older: str = ""

    def parameters(self, window: Window) -> dict[str, Any]:
        """Return the parameters of a request for a window."""
        if self.granularity is not None:
            return {"start_at": window.start, "granularity": self.granularity}
        return {"start_at": window.start, "end_at": window.end}

    @property
    def kept(self) -> str:
        """How long the service keeps intervals, in words."""
        years = self.history.years
        return "one year" if years == 1 else f"{years} years"

    def floor(self, moment: float) -> int:
        """Round epoch seconds down to the grid."""
        return math.floor(moment / self.interval) * self.interval

    def earliest_start(self, now: float, zone: tzinfo) -> int:
        """Return the first point of the grid from which a request may start, as far as known, when it is sent at `now`.

        The response to an earlier start is an empty list for the whole range. Whose calendar the year is counted in is
        not known: this is the earlier of the two possible edges.
        """
        return min(self._edges(now, zone))

    def is_kept(self, start: int, now: float, zone: tzinfo) -> bool:
        """Return whether a request sent at `now` may start at `start`, a point of the grid; see `earliest_start`."""
        # The calendars take longer than the rest of planning, and are needed near the edge alone.
        return now - start < self.history.years * _CERTAINLY_IN_A_YEAR or start >= self.earliest_start(now, zone)

    def safe_start(self, now: float, zone: tzinfo) -> int:
        """Return the first point of the grid from which a request may certainly start; a little later on a few days."""
        return max(self._edges(now, zone))

    def _edges(self, now: float, zone: tzinfo) -> list[int]:
        # They differ around a change of clocks whose date moves from year to year, and around 29 February.
        edges = (utc(now) - self.history, datetime.fromtimestamp(now, zone) - self.history)
        return [self.floor(edge.timestamp()) + self.interval for edge in edges]

    def end(self, start: int, zone: tzinfo) -> int:
        """Return the end of the longest window that begins at `start`; months are by the wall clock in `zone`."""
        longest = self.longest
        if not longest.months and not longest.years:
            return start + self.floor(timedelta(days=longest.days, hours=longest.hours).total_seconds())
        return self.floor((datetime.fromtimestamp(start, zone) + longest).timestamp())


@frozen
class Window:
    """One request's range: the intervals that end after `start` and not after `end`, in epoch seconds."""

    start: int
    end: int


def plan(rule: WindowRule, start: int, end: float, zone: tzinfo, most: int | None = None) -> list[Window]:
    """Cut a range, from a start on the grid, into the fewest windows, in order, and at most so many.

    The last window reaches the end where it may be so long, because the ends of intervals need not be on the grid, but
    no window is spent on less than a step of it.

    Example:
        >>> from datetime import UTC
        >>> from dateutil.relativedelta import relativedelta
        >>> rule = WindowRule(interval=300, longest=relativedelta(hours=24), history=relativedelta(years=1))
        >>> plan(rule, 0, 100_000, UTC)
        [Window(start=0, end=86400), Window(start=86400, end=100000)]
    """
    windows: list[Window] = []
    while start < rule.floor(end) and (most is None or len(windows) < most):
        windows.append(Window(start, min(rule.end(start, zone), math.floor(end))))
        start = windows[-1].end
    return windows
