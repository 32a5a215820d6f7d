"""Text files that have whole rows at any time, whatever ends the run and whoever else adds to them."""

from __future__ import annotations

import errno
import io
import os
import sys
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, BinaryIO

from ..errors import ConfigurationError

if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MUCH = 1_048_576
_PATIENCE = 60.0


class RowFile(io.TextIOBase):
    """Holds text back, and writes it as a whole or not at all; each text that it is given ends a row or begins one.

    Args:
        descriptor: Of the open file.
        shared: The file's name, if it is added to: its end is looked at each time.
        header: Whether the first text is a header, which only an empty file is given.
    """

    def __init__(self, descriptor: int, shared: Path | None = None, *, header: bool = False) -> None:
        self._descriptor = descriptor
        self._shared = shared
        self._header = header
        self._held: list[str] = []
        self._size = 0

    @property
    def pending(self) -> bool:
        """Whether text is held back."""
        return bool(self._held)

    def write(self, text: str) -> int:
        """Take in text."""
        self._held.append(text)
        self._size += len(text)
        if self._size > _MUCH:
            self.flush()
        return len(text)

    def discard(self) -> None:
        """Drop the text that is held back."""
        self._held, self._size = [], 0

    def flush(self) -> None:
        """Write the text that is held back; what the disk has no room for is taken back whole.

        Raises:
            OSError: It cannot be written.
            ConfigurationError: Somebody left a line without an end.
        """
        if not self._held:
            return
        with _locked(self._descriptor):
            size = os.fstat(self._descriptor).st_size
            if self._shared is not None:
                check_end(self._shared)
            begin = 1 if self._header and size else 0
            content = memoryview("".join(self._held[begin:]).encode())
            try:
                while content:
                    content = content[os.write(self._descriptor, content) :]
            except OSError:
                # A pipe or device cannot take anything back.
                with suppress(OSError):
                    os.ftruncate(self._descriptor, size)
                    os.lseek(self._descriptor, size, os.SEEK_SET)
                raise
            self._header = False
        self.discard()


def check_end(path: Path) -> None:
    """Check that rows can be added to a file: that its last line has an end.

    Raises:
        ConfigurationError: It has none. The message names the line.
    """
    with path.open("rb") as file:
        file.seek(max(0, file.seek(0, os.SEEK_END) - 1))
        if file.read(1) in (b"", b"\n"):
            return
        number, line = _last_line(file)
    shown = line[:60].decode("utf-8", "replace")
    raise ConfigurationError(
        f"{path}, line {number:,} has no end, and may be cut off: {shown!r}. Nothing is added behind it: complete it "
        "or delete it, and see that the file ends with a line feed."
    )


def _last_line(file: BinaryIO) -> tuple[int, bytes]:
    file.seek(0)
    number, line = 0, b""
    for number, line in enumerate(file, 1):  # noqa: B007 - the last ones are what is wanted
        pass
    return number, line


@contextmanager
def _locked(descriptor: int) -> Iterator[None]:
    """Let no other run write during the block, where the system and the file have locks."""
    if sys.platform == "win32":
        yield
        return
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            # Not waited for by the system, which would go on waiting after Ctrl-C.
            if time.monotonic() > end:
                raise TimeoutError(errno.ETIMEDOUT, "another run has it locked, and does not go on") from None
            time.sleep(0.01)
            continue
        except OSError:
            pass  # a file system without locks, a pipe or a device
        break
    try:
        yield
    finally:
        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_UN)
