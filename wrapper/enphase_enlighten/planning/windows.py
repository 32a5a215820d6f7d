"""How much one request may ask for, and how a long range is cut into requests that lose nothing."""

from __future__ import annotations

import math
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from attrs import evolve, field, frozen

from ..timing.clock import utc

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dateutil.relativedelta import relativedelta

_DAY = 86_400
_CERTAINLY_IN_A_YEAR = 363 * _DAY
"""Seconds that are less than a year by any calendar, also where a country has skipped a day."""
_CERTAINLY_IN_A_MONTH = 27 * _DAY


class Length(StrEnum):
    """A length of a window by its name in requests."""

    WEEK = "week"
    DAY = "day"

    @property
    def days(self) -> int:
        """How many days it has."""
        return 7 if self is Length.WEEK else 1

    @property
    def seconds(self) -> int:
        """How many seconds it has where the clocks do not change."""
        return self.days * _DAY

    def ends(self, start: int, zone: tzinfo) -> set[int]:
        """Return when a span that begins then ends, by seconds and by the clocks at the system."""
        return {start + self.seconds, _days_later(start, self.days, zone)}

    def is_whole(self, start: int, end: int, interval: int, zone: tzinfo) -> bool:
        """Return whether a span has this length at least, less an interval, or by the clocks at the system."""
        return end >= start + self.seconds - interval or end in self.ends(start, zone)


@frozen
class WindowRule:
    """What one request of an interval operation covers.

    Attributes:
        interval: Length of an interval in seconds; request times are rounded down to this grid.
        longest: The longest range that one response covers.
        history: How far back a request may start.
        lengths: The lengths that requests may name in place of their end, the longest first; see
            `enphase_enlighten.planning.lengths`.
        older: Which operation has what is older than the history, for messages.
        margin: How much of the history is left out, because its edge is not known that well.
        certain: How far back a request may certainly start, where that is less than the history.
        names: The parameters for the start and the end.
        as_text: Whether the start is sent as a text.
        kinds: What there is at a time, for messages.
        durations: The length of an interval in seconds, by the argument `interval_duration`, where there is one.
    """

    interval: int
    longest: relativedelta
    history: relativedelta
    lengths: tuple[Length, ...] = ()
    older: str = ""
    margin: timedelta = timedelta(0)
    certain: relativedelta | None = None
    names: tuple[str, str] = ("start_at", "end_at")
    as_text: bool = False
    kinds: str = "intervals"
    durations: Mapping[str, int] = field(factory=dict)

    def parameters(self, window: Window, length: Length | None = None) -> dict[str, Any]:
        """Return the parameters of a request for a window, of a named length if the operation has such lengths."""
        start, end = self.names
        if length is not None:
            return {start: str(window.start) if self.as_text else window.start, "granularity": length}
        return {start: window.start, end: window.end}

    def of_duration(self, arguments: Mapping[str, Any]) -> WindowRule:
        """Return the rule for the intervals that the arguments of a call choose."""
        interval = self.durations.get(arguments.get("interval_duration") or "", self.interval)
        return self if interval == self.interval else evolve(self, interval=interval)

    @property
    def kept(self) -> str:
        """How long the service keeps intervals, in words."""
        years, months = self.history.years, self.history.months
        if months:
            return f"{12 * years + months} months"
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
        history = self.history
        kept = history.years * _CERTAINLY_IN_A_YEAR + history.months * _CERTAINLY_IN_A_MONTH
        return now - start < kept - self.margin.total_seconds() or start >= self.earliest_start(now, zone)

    def safe_start(self, now: float, zone: tzinfo) -> int:
        """Return the first point of the grid from which a request may certainly start; a little later on a few days."""
        return max(self._edges(now, zone))

    def _edges(self, now: float, zone: tzinfo) -> list[int]:
        # They differ around a change of clocks whose date moves from year to year, and around 29 February.
        edges = (utc(now) - self.history, datetime.fromtimestamp(now, zone) - self.history)
        return [self.floor((edge + self.margin).timestamp()) + self.interval for edge in edges]

    def next_start(self, refused: int, now: float, zone: tzinfo) -> int | None:
        """Return from where to go on where a request sent at `now` was refused that started at `refused`.

        That is a day further on at the system, or what is certainly kept. None where the edge of history is not near.
        """
        if self.certain is not None:
            edge = self.floor((datetime.fromtimestamp(now, zone) - self.certain + self.margin).timestamp())
            return edge + self.interval if refused < edge else None
        later = _days_later(refused, 1, zone)
        return later if refused <= _days_later(self.earliest_start(now, zone), 1, zone) else None

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


def _days_later(start: int, days: int, zone: tzinfo) -> int:
    """Return the time so many days later by the clocks at the system."""
    return int((datetime.fromtimestamp(start, zone) + timedelta(days=days)).timestamp())


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
