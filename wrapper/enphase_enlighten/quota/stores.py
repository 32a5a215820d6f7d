"""Stores for the ledger of a quota: here in memory, for threads.

`sqlite_store` keeps it in a file for the processes of a machine, `redis_store` in Redis for many machines.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from .ledger import Ledger

R = TypeVar("R")


class Store(Protocol):
    """Keeps a ledger.

    Attributes:
        waits: Whether a change may block (a disk, a network), so that an event loop must not call it itself.
    """

    waits: bool

    def change(self, action: Callable[[Ledger], R]) -> R:
        """Call `action` with the ledger and keep its changes; the ledger does not change otherwise meanwhile.

        `action` may be called several times; the last call counts.

        Raises:
            ConfigurationError: The place where it is kept cannot be used.
        """


class MemoryStore:
    """Keeps a ledger in the memory of this process, for one quota, which lets one thread at a time change it."""

    waits = False

    def __init__(self) -> None:
        self._ledger = Ledger()

    def change(self, action: Callable[[Ledger], R]) -> R:
        """Call `action` with the ledger."""
        return action(self._ledger)
