"""The standard streams of a run, whichever of them are closed, or go away while it lasts."""

from __future__ import annotations

import io
import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TextIO, cast

if TYPE_CHECKING:
    from collections.abc import Iterator


class LastingStream:
    """Standard error that may go away, with a terminal or a pipe: what is written to it then is lost, and no error.

    Attributes:
        gone: Whether it went away.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.gone = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        """Write text, if that can be."""
        try:
            return self._stream.write(text)
        except OSError:
            self.gone = True
        return len(text)

    def flush(self) -> None:
        """Write what is held back, if that can be."""
        try:
            self._stream.flush()
        except OSError:
            self.gone = True


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
