"""Forks: what a child must not share with its parent.

A child has the memory of its parent and the forking thread alone. A lock that another thread had is never released in
it, and connections are the parent's. So whoever has such things is told in the child, before anything else runs there.
What cannot be renewed, as state within SQLite and the making of what requests need, a fork waits for.
"""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from typing import ClassVar, NoReturn, Protocol, Self
from weakref import WeakSet

LONGEST_WAIT = 5.0
"""Seconds that a fork waits at most for what must not be divided."""


class Inherited(Protocol):
    """What has something that a child must not share."""

    def renew(self) -> None:
        """Replace it, in a child that has one thread. The forking thread may be inside this very object."""


_inherited: WeakSet[Inherited] = WeakSet()
_undivided = threading.RLock()
_is_child = False


def renew_in_children(inherited: Inherited) -> None:
    """Have an object renewed in each child, as long as there is the object."""
    _inherited.add(inherited)


def undivided() -> threading.RLock:
    """Return the turn to do what a fork waits for: for milliseconds, and waiting for no other lock meanwhile."""
    return _undivided


class Lock:
    """A lock that is free in a child, unless the forking thread itself has it."""

    def __init__(self) -> None:
        self._lock, self._owner = threading.Lock(), 0
        renew_in_children(self)

    def __enter__(self) -> None:
        self._lock.acquire()
        self._owner = threading.get_ident()

    def __exit__(self, *exc_info: object) -> None:
        self._owner = 0
        self._lock.release()

    def renew(self) -> None:
        """Free it in a child."""
        if self._owner != threading.get_ident():
            self._lock = threading.Lock()


class OfThisProcess:
    """What belongs to one process: to pickle it raises a TypeError that says what to do, and a copy of it is itself.

    Attributes:
        _instead: What to do.
    """

    _instead: ClassVar[str]

    def __copy__(self) -> Self:
        return self

    def __reduce__(self) -> NoReturn:
        raise TypeError(f"{type(self).__name__} belongs to one process and cannot be pickled. {self._instead}")


def is_child() -> bool:
    """Return whether this process came from a fork since this module was imported."""
    return _is_child


def _renew_all() -> None:
    global _undivided, _is_child  # noqa: PLW0603 - another thread may have the turn still
    _is_child = True
    _undivided = threading.RLock()
    for inherited in list(_inherited):
        inherited.renew()


def _release() -> None:
    # It was not acquired where a fork has waited for too long.
    with suppress(RuntimeError):
        _undivided.release()


if hasattr(os, "register_at_fork"):  # Windows has no forks
    os.register_at_fork(
        before=lambda: _undivided.acquire(timeout=LONGEST_WAIT), after_in_parent=_release, after_in_child=_renew_all
    )
