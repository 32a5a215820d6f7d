"""The signals that end or suspend a run: where they wait, and what they raise."""

from __future__ import annotations

import os
import signal
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from .exits import CommandError, Stopped
from .messages import alone, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import TracebackType

_ENDING = {"SIGINT": "interrupted", "SIGTERM": "terminated", "SIGHUP": "hung up"}
_ECHO = 1.0
"""Seconds in which a signal is that of before: a terminal that closes sends its own more than once."""


class HeldBack:
    """Lets signals take effect only at the end of a block, which must be short."""

    def __init__(self) -> None:
        self._depth = 0
        self._waiting: list[int] = []
        self._stopped_at = -1.0
        self.before_suspending: Callable[[], None] = lambda: None

    def __enter__(self) -> None:
        self._depth += 1

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        self._depth -= 1
        if self._waiting and not self._depth:
            waiting, self._waiting = self._waiting, []
            # A run that ends already is not ended once more.
            if kind is None and self._stopped_at < 0:
                for number in waiting:
                    self._take_effect(number)

    def handle(self, number: int, _frame: object) -> None:
        """Take in a signal."""
        if self._depth:
            self._waiting.append(number)
        else:
            self._take_effect(number)

    def _take_effect(self, number: int) -> None:
        if number not in _NUMBERS:
            self._suspend(number)
        elif self._stopped_at < 0 or time.monotonic() - self._stopped_at > _ECHO:
            self._stopped_at = time.monotonic()
            raise Stopped(_ENDING[signal.Signals(number).name], 128 + number)

    def _suspend(self, number: int) -> None:
        with suppress(OSError, RuntimeError), alone():
            # What cannot be written now is tried again later.
            with suppress(CommandError):
                self.before_suspending()
            say("suspended: fg goes on with it.")
            signal.signal(number, signal.SIG_DFL)
            os.kill(os.getpid(), number)
        signal.signal(number, self.handle)

    @contextmanager
    def handling(self) -> Iterator[None]:
        """Handle signals during the block, but for those that are ignored, as by ``nohup``."""
        self._depth, self._waiting, self._stopped_at, self.before_suspending = 0, [], -1.0, lambda: None
        before = {}
        for number in (*_NUMBERS, getattr(signal, "SIGTSTP", None)):
            if number is not None and signal.getsignal(number) not in (signal.SIG_IGN, None):
                before[number] = signal.signal(number, self.handle)
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


_NUMBERS = [getattr(signal, name, None) for name in _ENDING]

held_back = HeldBack()
"""The one of the process."""
