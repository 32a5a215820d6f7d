"""The time to plan with, and the waiting: one object, so that tests and simulated services bring their own."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from .errors import InvalidArgumentError

if TYPE_CHECKING:
    from collections.abc import Callable


@runtime_checkable
class Clock(Protocol):
    """Tells the time and waits."""

    def now(self) -> float:
        """The time as epoch seconds."""

    def sleep(self, seconds: float) -> None:
        """Wait in the calling thread."""

    async def asleep(self, seconds: float) -> None:
        """Wait in the running event loop."""


class SystemClock:
    """The machine's clock, or another source of the time with the machine's waiting."""

    def __init__(self, source: Callable[[], float | datetime] = time.time) -> None:
        self._source = source

    def now(self) -> float:
        """The time as epoch seconds."""
        moment = self._source()
        return moment.timestamp() if isinstance(moment, datetime) else moment

    def sleep(self, seconds: float) -> None:
        """Wait in the calling thread."""
        time.sleep(seconds)

    async def asleep(self, seconds: float) -> None:
        """Wait in the running event loop, of asyncio or of trio."""
        import anyio

        await anyio.sleep(seconds)


class SimulatedClock(SystemClock):
    """A clock that somebody else moves: waiting moves it on instead of taking time."""

    def __init__(self, source: Callable[[], float | datetime], advance: Callable[[float], object]) -> None:
        super().__init__(source)
        self._advance = advance

    def sleep(self, seconds: float) -> None:
        """Move the clock on."""
        self._advance(seconds)

    async def asleep(self, seconds: float) -> None:
        """Move the clock on, and let other tasks run."""
        import anyio

        self._advance(seconds)
        await anyio.lowlevel.checkpoint()


def as_clock(clock: Any) -> Clock:
    """Return `clock` as a `Clock`.

    Args:
        clock: None for the machine's clock; a function that returns epoch seconds or an aware datetime; an object
            whose method `now` does; one that also has `advance(seconds)`, which is then called instead of waiting; or
            one with `sleep(seconds)` and the coroutine `asleep(seconds)`, which wait in its own way.

    Raises:
        InvalidArgumentError: It is none of these.
    """
    if clock is None:
        return SystemClock()
    if isinstance(clock, Clock):
        return clock
    source = getattr(clock, "now", clock)
    if callable(source) and _is_time(source()):
        advance = getattr(clock, "advance", None)
        return SystemClock(source) if advance is None else SimulatedClock(source, advance)
    raise InvalidArgumentError.for_argument(
        "clock", clock, "a function, or an object with now(), that returns epoch seconds or an aware datetime"
    )


def _is_time(value: object) -> bool:
    return isinstance(value, int | float) or (isinstance(value, datetime) and value.tzinfo is not None)


def utc(epoch: float) -> datetime:
    """Return epoch seconds as an aware datetime in UTC."""
    return datetime.fromtimestamp(epoch, UTC)
