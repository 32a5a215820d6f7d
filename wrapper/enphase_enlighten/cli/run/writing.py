"""The life of a destination: opened with the first row, flushed after each system, closed whatever happens."""

from __future__ import annotations

import errno
from contextlib import contextmanager, nullcontext, suppress
from typing import TYPE_CHECKING, Self

from ...errors import ConfigurationError
from ...files import FULL
from ..exits import WritingError
from ..signals import held_back

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from datetime import tzinfo

    from ..output.destination import Destination
    from ..output.sink import Sink
    from ..report import Column, Row


class RowWriter:
    """Writes rows to a destination; a file is made with the first of them.

    As a context, it ends the document: a whole one, unless the block raises.
    """

    def __init__(
        self, destination: Destination, columns: tuple[Column, ...], zone: tzinfo, *, at_once: int = 500
    ) -> None:
        destination.check_columns(columns)
        self._destination = destination
        self._columns = columns
        self._zone = zone
        self._at_once = at_once
        self._sink: Sink | None = None
        # In it signals wait, where a file could be left with half of a row.
        self.held_back: AbstractContextManager[None] = held_back if destination.in_file else nullcontext()
        self._failed = False
        self.rows = self.saved = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        self.finish(whole=kind is None)

    def write(self, row: Row) -> None:
        """Write a row."""
        with self._saving() as sink:
            sink.write(row)
            self.rows += 1
            if self._at_once and self.rows % self._at_once == 0:
                sink.flush()

    def flush(self) -> None:
        """Write what is held back, so that a reader sees the rows of each system as soon as they are there."""
        if self._sink is not None:
            with self._saving() as sink:
                sink.flush()

    def finish(self, *, whole: bool) -> None:
        """End the document, and close the file; without rows, there is one only if it is `whole`."""
        if self._sink is None and not whole:
            return
        with self.held_back:
            complete = False
            try:
                with self._saving() as sink:
                    if self._failed:
                        self._forget_unsaved(sink)
                    sink.flush()
                with self._saving() as sink:
                    sink.finish()
                complete = whole
            except WritingError:
                if self._sink is not None:
                    self._forget_unsaved(self._sink)
                    # The rows before can be read, if their end is written.
                    with suppress(OSError, ConfigurationError):
                        self._sink.finish()
                raise
            finally:
                if self._sink is not None:
                    with self._saving():
                        self._destination.close(whole=complete, rows=self.saved > 0)
                self._sink = None

    def _forget_unsaved(self, sink: Sink) -> None:
        sink.discard()
        self.rows = self.saved

    @contextmanager
    def _saving(self) -> Iterator[Sink]:
        """Give the writer of rows, opened, and name the place in errors."""
        with self.held_back:
            try:
                if self._sink is None:
                    self._sink = self._destination.open(self._columns, self._zone)
                yield self._sink
            except BaseException as error:
                self._failed = True
                if isinstance(error, ConfigurationError):
                    raise WritingError(str(error)) from error
                if isinstance(error, BrokenPipeError) or not isinstance(error, OSError):
                    raise
                if self._destination.file is None and error.errno == errno.EIO:
                    # A terminal that was closed.
                    raise BrokenPipeError from error
                advice = " Make room on the disk before you go on." if error.errno in FULL else ""
                place = self._destination.file or "standard output"
                raise WritingError(f"{place} cannot be written: {error.strerror or error}.{advice}") from error
            self._failed = False
            if not self._sink.pending:
                self.saved = self.rows
