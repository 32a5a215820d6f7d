"""The time to plan with, and the waiting: one object, so that tests and simulated services bring their own."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, NamedTuple, Protocol, runtime_checkable

from ..errors import InvalidArgumentError

MINUTE = 60


class Instant(NamedTuple):
    """One moment in epoch seconds of a clock that may be set, forth or back, and in seconds of one that never is."""

    wall: float
    steady: float


@runtime_checkable
class Clock(Protocol):
    """Tells the time and waits.

    It may also have a method `steady`, the seconds since some moment by a clock that is never set. Without it, `now`
    is used.
    """

    def now(self) -> float:
        """Return the time as epoch seconds."""

    def sleep(self, seconds: float) -> None:
        """Wait in the calling thread."""

    async def asleep(self, seconds: float) -> None:
        """Wait in the running event loop."""


class SystemClock:
    """The machine's clock, or another source of the time, which `advance` moves on instead of waiting."""

    def __init__(
        self, source: Callable[[], float | datetime] | None = None, advance: Callable[[float], object] | None = None
    ) -> None:
        self._source = source or time.time
        self._advance = advance
        self.steady = time.monotonic if source is None else self.now

    def now(self) -> float:
        """Return the time as epoch seconds."""
        moment = self._source()
        return moment.timestamp() if isinstance(moment, datetime) else moment

    def sleep(self, seconds: float) -> None:
        """Wait in the calling thread."""
        wait = self._advance or time.sleep
        wait(seconds)

    async def asleep(self, seconds: float) -> None:
        """Wait in the running event loop, of asyncio or of trio; other tasks run meanwhile."""
        import anyio.lowlevel

        if self._advance is None:
            await anyio.sleep(seconds)
        else:
            self._advance(seconds)
            await anyio.lowlevel.checkpoint()


def instant(clock: Clock) -> Instant:
    """Read a clock."""
    wall = clock.now()
    steady = getattr(clock, "steady", None)
    return Instant(wall, wall if steady is None else steady())


def as_clock(clock: Any) -> Clock:
    """Return `clock` as a `Clock`.

    Args:
        clock: None for the machine's clock; a function that returns epoch seconds or an aware datetime; an object
            whose method `now` does; one that also has `advance(seconds)`, which is then called instead of waiting; or
            one with `sleep(seconds)` and the coroutine `asleep(seconds)`, which wait in its own way.

    Raises:
        InvalidArgumentError: It is not one of these.
    """
    if clock is None:
        return SystemClock()
    if isinstance(clock, Clock):
        return clock
    source = getattr(clock, "now", clock)
    if callable(source) and _is_time(source()):
        return SystemClock(source, getattr(clock, "advance", None))
    raise InvalidArgumentError.for_argument(
        "clock", clock, "a function, or an object with now(), that returns epoch seconds or an aware datetime"
    )


def _is_time(value: object) -> bool:
    if isinstance(value, datetime):
        return value.tzinfo is not None
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def utc(epoch: float) -> datetime:
    """Return epoch seconds as an aware datetime in UTC."""
    return datetime.fromtimestamp(epoch, UTC)
