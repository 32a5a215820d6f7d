"""Standard output on a terminal that the progress is shown on as well."""

from __future__ import annotations

import io
import sys
import time

from ..messages import alone

_MUCH = 8192
_LONG = 0.25


class BesideProgress(io.TextIOBase):
    """Writes in lumps, each while the progress is out of the way."""

    def __init__(self) -> None:
        self._held: list[str] = []
        self._size = 0
        self._written_at = time.monotonic()

    @property
    def encoding(self) -> str:  # type: ignore[override]  # of a class that leaves it open
        """What the terminal understands."""
        return sys.stdout.encoding

    def isatty(self) -> bool:
        """Whether it is a terminal: yes."""
        return True

    def fileno(self) -> int:
        """What to ask for the terminal's width."""
        return sys.stdout.fileno()

    def write(self, text: str) -> int:
        """Take in text, which is shown soon."""
        self._held.append(text)
        self._size += len(text)
        if self._size > _MUCH or time.monotonic() - self._written_at > _LONG:
            self.flush()
        return len(text)

    def flush(self) -> None:
        """Write the text that was held back."""
        if self._held:
            with alone():
                sys.stdout.write("".join(self._held))
                sys.stdout.flush()
            self._held, self._size = [], 0
        self._written_at = time.monotonic()
