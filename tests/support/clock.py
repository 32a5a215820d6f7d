"""A clock for clients and services, which tests move on."""

from __future__ import annotations

from datetime import UTC, datetime

import anyio.lowlevel

NOW = datetime(2026, 6, 15, 18, 7, 30, tzinfo=UTC).timestamp()


class SettableClock:
    """A clock that waiting moves on instead of taking time, and that may be set.

    Attributes:
        moment: The time in epoch seconds, as long as nobody sets the clock.
        ahead: How far it was set, in seconds; its steady clock does not notice.
        waits: How long each wait was, in seconds.
    """

    def __init__(self, moment: float = NOW) -> None:
        self.moment = moment
        self.ahead = 0.0
        self.waits: list[float] = []

    def now(self) -> float:
        return self.moment + self.ahead

    def steady(self) -> float:
        return self.moment

    def advance(self, seconds: float) -> None:
        self.moment += seconds

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.advance(seconds)

    async def asleep(self, seconds: float) -> None:
        self.sleep(seconds)
        await anyio.lowlevel.checkpoint()
