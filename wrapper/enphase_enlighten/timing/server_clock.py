"""The server's time, estimated from its responses."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from datetime import UTC
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import NamedTuple

from ..forks import renew_in_children
from .clock import MINUTE, Clock, Instant

DRIFT = 0.0005
"""Seconds a second by which two clocks may part: the most by which a system slews its clock to correct it."""

LONGEST_MARGIN = 1.0

LATEST = 2.0**33
"""The year 2242: a later time is not credible."""


class Span(NamedTuple):
    """A moment of the server's clock that is known to lie between two others, epoch seconds."""

    earliest: float
    latest: float

    def seconds_to(self, moment: float) -> float:
        """Return how long to wait until it is certainly later than `moment`, though the clocks part meanwhile."""
        seconds = max(moment - self.earliest, 0.0)
        return seconds + min(2 * DRIFT * seconds, LONGEST_MARGIN)


class ServerTime(NamedTuple):
    """The server's time as far as known, epoch seconds; `certain` where a response has shown it."""

    seconds: float
    certain: bool


class ServerClock:
    """The server's clock, as bounds of what has to be added to ours. Safe for threads.

    Before the first response, our clock is taken for right.
    """

    def __init__(self) -> None:
        self._start()
        renew_in_children(self)

    def _start(self) -> None:
        self._known = False
        self._low = self._high = 0.0
        self._last: Instant | None = None
        self._lock = threading.Lock()

    def renew(self) -> None:
        """Start again in the child of a fork, if a thread of the parent was about to change something."""
        if self._lock.locked():
            self._start()

    @property
    def certain(self) -> bool:
        """Whether a response has shown the server's time, and our clock was not set by much since."""
        return self._known and self._high - self._low < MINUTE

    @property
    def offset(self) -> float:
        """The best estimate of what has to be added to our clock; 0 where there is none."""
        return (self._low + self._high) / 2 if self.certain else 0.0

    def following(self, clock: Clock) -> Callable[[], float]:
        """Return what tells the server's time, as far as known, by one of our clocks, in epoch seconds."""
        return lambda: self.offset + clock.now()

    def time(self, clock: Clock) -> ServerTime:
        """Return the server's time by one of our clocks."""
        return ServerTime(self.offset + clock.now(), self.certain)

    def at(self, now: Instant) -> Span:
        """Return the server's time at a moment of ours."""
        with self._lock:
            self._follow(now)
            return self.estimate(now.wall)

    def estimate(self, wall: float) -> Span:
        """Return the server's time at a moment of our wall clock, if that was not set since it was last read."""
        return Span(wall + self._low, wall + self._high)

    def learn(self, date: float, since: float, now: Instant) -> None:
        """Learn from the `Date` of a response, which names the second in which it was made.

        Args:
            date: Epoch seconds of the server's clock.
            since: The reading of our steady clock when the request was about to leave.
            now: The time when the response had arrived.
        """
        with self._lock:
            self._follow(now)
            low, high = date - now.wall, date + 1 - now.wall + (now.steady - since)
            if self._known and max(low, self._low) <= min(high, self._high):
                low, high = max(low, self._low), min(high, self._high)
            # Otherwise the server's clock was set, or this is the first response: the bounds before are void.
            self._low, self._high, self._known = low, high, True

    def _follow(self, now: Instant) -> None:
        if self._last is not None:
            passed = now.steady - self._last.steady
            set_by = (now.wall - self._last.wall) - passed
            # A wall clock that ran ahead of the steady one was set, or the machine slept, during which the steady clock
            # of most systems stands still. One that fell behind was set.
            self._low -= set_by
            self._high -= min(set_by, 0.0)
            if self._known and passed > 0:
                self._low -= passed * DRIFT
                self._high += passed * DRIFT
        self._last = now


def date_of(headers: Mapping[str, str]) -> float | None:
    """Return the `Date` of a response as epoch seconds; None where it is missing, or not the time of the response."""
    if headers.get("Age", "0").strip() != "0":
        return None  # A cache responded, with the date of an earlier response.
    return _moment(headers.get("Date", ""))


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the seconds that `Retry-After` asks to wait; None without it.

    A date in it is by the server's clock, as `Date` is; without `Date` it is ignored.
    """
    value = headers.get("Retry-After", "").strip()
    if value.isascii() and value.replace(".", "", 1).isdigit():
        # Hardly any wait is longer than the years that fit here; int() raises for thousands of digits.
        return float(value[:9])
    moment, date = _moment(value), _moment(headers.get("Date", ""))
    return None if moment is None or date is None else max(0.0, moment - date)


@lru_cache(maxsize=32)
def _moment(value: str) -> float | None:
    try:
        moment = parsedate_to_datetime(value)
        # Dates of HTTP are in GMT, also in the old form that does not say so.
        seconds = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return seconds if 0 <= seconds < LATEST else None
