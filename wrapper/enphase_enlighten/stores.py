"""Where the counts of a quota are kept: in memory for threads, in SQLite for processes, in Redis for machines."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Protocol

from attrs import define, field, frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

KEPT_PERIODS = 16
"""Counts of older periods are of no use and are dropped."""


@frozen
class Block:
    """A refusal of the service that holds until a time.

    Attributes:
        until: The end of the period, epoch seconds of the server's clock.
        period: What the service calls it.
        limit: Its limit, if the service named it.
    """

    until: float
    period: str
    limit: int | None


class Store(Protocol):
    """Counts by period, such as ``minute:28333333`` or ``month:2026-11``, and what the service has told of its limits.

    Attributes:
        waits: Whether a call may take its time (a disk, a network), so that an event loop must not make it itself.
    """

    waits: bool

    def take(self, limits: Mapping[str, int | None]) -> str | None:
        """Count one request in each period, or in none where one of them has no room; name the first such period.

        A limit of None is no limit.
        """

    def add(self, period: str, number: int) -> None:
        """Count requests without asking for room."""

    def count(self, period: str) -> int:
        """How many requests were counted in a period."""

    def limit(self, kind: str) -> int | None:
        """The limit for a ``minute`` or ``month`` that the service has told."""

    def learn_limit(self, kind: str, limit: int) -> None:
        """Remember the limit for a ``minute`` or ``month``."""

    def block(self) -> Block | None:
        """The refusal that reaches furthest into the future."""

    def set_block(self, until: float, period: str, limit: int | None) -> None:
        """Remember a refusal, unless one is known that reaches further."""


@define(eq=False)
class MemoryStore:
    """Counts in the memory of this process."""

    waits = False

    _counts: dict[str, int] = field(factory=dict, init=False)
    _limits: dict[str, int] = field(factory=dict, init=False)
    _block: Block | None = field(default=None, init=False)
    _lock: threading.Lock = field(factory=threading.Lock, init=False, repr=False)

    def take(self, limits: Mapping[str, int | None]) -> str | None:
        """Count one request in each period, or name the first that has no room."""
        with self._lock:
            for period, limit in limits.items():
                if limit is not None and self._counts.get(period, 0) >= limit:
                    return period
            for period in limits:
                self._add(period, 1)
        return None

    def add(self, period: str, number: int) -> None:
        """Count requests without asking for room."""
        with self._lock:
            self._add(period, number)

    def _add(self, period: str, number: int) -> None:
        if period not in self._counts and len(self._counts) >= KEPT_PERIODS:
            kind = period.partition(":")[0]
            oldest = min((known for known in self._counts if known.startswith(kind)), default=None)
            if oldest is not None:
                del self._counts[oldest]
        self._counts[period] = self._counts.get(period, 0) + number

    def count(self, period: str) -> int:
        """How many requests were counted in a period."""
        return self._counts.get(period, 0)

    def limit(self, kind: str) -> int | None:
        """The limit that the service has told."""
        return self._limits.get(kind)

    def learn_limit(self, kind: str, limit: int) -> None:
        """Remember a limit."""
        self._limits[kind] = limit

    def block(self) -> Block | None:
        """The refusal that reaches furthest into the future."""
        return self._block

    def set_block(self, until: float, period: str, limit: int | None) -> None:
        """Remember a refusal."""
        if self._block is None or until > self._block.until:
            self._block = Block(until, period, limit)
