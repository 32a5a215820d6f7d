"""The standard streams of a run, whichever of them are closed, or go away while it lasts."""

from __future__ import annotations

import io
import os
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TextIO, cast

from .exits import silence
from .messages import alone

if TYPE_CHECKING:
    from collections.abc import Iterator

_MUCH = 8192
_LONG = 0.25


class LastingStream:
    """Standard error that may go away, with a terminal or a pipe: what is written to it then is lost, and no error."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.gone = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        """Write text, if that can be."""
        with self._lasting():
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        """Write what is held back, if that can be."""
        with self._lasting():
            self._stream.flush()

    @contextmanager
    def _lasting(self) -> Iterator[None]:
        try:
            yield
        except OSError:
            self.gone = True
            silence(self._stream)


class BesideProgress:
    """Standard output on the terminal of the progress: writes in lumps, each while the progress is out of the way."""

    def __init__(self) -> None:
        self._held: list[str] = []
        self._size = 0
        self._written_at = time.monotonic()

    def __getattr__(self, name: str) -> Any:
        return getattr(sys.stdout, name)

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


@contextmanager
def standard_streams() -> Iterator[None]:
    """Let each standard stream be written to and read during the block."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            # It takes the lowest free descriptor, that of the stream: else the next file would be taken for it.
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode))
    # What cannot be written in the terminal's encoding must not end the run.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    before, sys.stderr = sys.stderr, cast(TextIO, LastingStream(sys.stderr))
    try:
        yield
    finally:
        sys.stderr = before


def typed_line() -> str:
    """Return the next line of standard input; nothing where there is none, or where it cannot be read."""
    try:
        return sys.stdin.readline().strip()
    except (OSError, ValueError):
        return ""
