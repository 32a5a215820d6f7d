"""The time of the simulated service.

Every response is a function of this time, so that a test can put it at sunrise, let a day pass, or stop it altogether.
"""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime
from typing import Protocol

_EARLIEST = 0.0
_LATEST = 4_102_444_800.0  # the end of 2099; calendars and timezones reach far beyond


class Clock(Protocol):
    """A clock that can be moved."""

    def now(self) -> float:
        """Return the present time in epoch seconds."""
        ...

    def set(self, moment: float | datetime) -> None:
        """Show `moment` (epoch seconds or an aware `datetime`) now."""
        ...

    def advance(self, seconds: float) -> None:
        """Move on by `seconds`."""
        ...


class RunningClock:
    """A clock that starts at a time of your choice and runs on from there.

    Args:
        start: The time it shows when it is made: epoch seconds, or an aware `datetime`; by default the
            machine's.
    """

    def __init__(self, start: float | datetime | None = None) -> None:
        self._ahead = 0.0
        if start is not None:
            self.set(start)

    def now(self) -> float:
        """Return the shown time in epoch seconds."""
        return time.time() + self._ahead

    def set(self, moment: float | datetime) -> None:
        """Show `moment` (epoch seconds or an aware `datetime`) now, and run on from there."""
        self._ahead = _shown(_seconds(moment)) - time.time()

    def advance(self, seconds: float) -> None:
        """Move on by `seconds`."""
        self._ahead = _shown(self.now() + seconds) - time.time()


class SettableClock:
    """A clock that stands still until it is moved. Safe to use from several threads.

    Args:
        start: The time it shows at first: epoch seconds, or an aware `datetime`.
    """

    def __init__(self, start: float | datetime) -> None:
        self._lock = threading.Lock()
        self._now = _shown(_seconds(start))

    def now(self) -> float:
        """Return the shown time in epoch seconds."""
        with self._lock:
            return self._now

    def set(self, moment: float | datetime) -> None:
        """Show `moment` (epoch seconds or an aware `datetime`) from now on."""
        with self._lock:
            self._now = _shown(_seconds(moment))

    def advance(self, seconds: float) -> None:
        """Move on by `seconds`."""
        with self._lock:
            self._now = _shown(self._now + seconds)


def parse_moment(text: str) -> float:
    """Return the epoch seconds of an ISO 8601 moment such as `2024-06-01T12:00:00Z`.

    A moment without an offset is one in UTC, never one of the machine's timezone.

    Raises:
        ValueError: `text` is not such a moment.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r} is not an ISO 8601 time; write it like 2024-06-01T12:00:00Z") from None
    return _seconds(moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def _seconds(moment: float | datetime) -> float:
    if not isinstance(moment, datetime):
        return float(moment)
    if moment.tzinfo is None:
        raise ValueError(f"{moment!r} has no timezone; give an aware datetime, e.g. with tzinfo=datetime.UTC")
    return moment.timestamp()


def _shown(seconds: float) -> float:
    if not _EARLIEST <= seconds <= _LATEST:
        raise ValueError("the clock shows times from 1970 to 2099")
    return seconds
