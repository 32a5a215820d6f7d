"""The life of a destination: opened with the first row, flushed after each system, closed whatever happens."""

from __future__ import annotations

from contextlib import ExitStack, nullcontext
from typing import TYPE_CHECKING, Any

from ..output.beside_progress import BesideProgress

if TYPE_CHECKING:
    from datetime import tzinfo

    from ..output.destination import Aside, Destination
    from ..output.sink import Sink
    from ..report import Column, Row


class RowWriter:
    """Writes rows to a destination; a file is made with the first of them.

    Args:
        destination: The destination.
        columns: The columns.
        zone: The timezone of a column of instants that can have but one.
        aside: Gives a context in which no progress is in the way on the terminal.

    Raises:
        CommandError: Rows of other columns are in the file that they were to be added to.
    """

    def __init__(
        self, destination: Destination, columns: tuple[Column, ...], zone: tzinfo, aside: Aside = nullcontext
    ) -> None:
        destination.check_columns(columns)
        self._destination = destination
        self._columns = columns
        self._zone = zone
        self._aside = aside
        self._closing = ExitStack()
        self._sink: Sink | None = None
        self._stream: Any = None

    def write(self, row: Row) -> None:
        """Write a row."""
        self._opened().write(row)

    def flush(self) -> None:
        """Write what is held back, so that a reader sees the rows of each system as soon as they are there."""
        if self._stream is not None:
            self._stream.flush()
            if isinstance(self._stream, BesideProgress):
                self._stream.show()

    def finish(self, *, even_empty: bool) -> None:
        """End the document, and close the file.

        Args:
            even_empty: Whether to write a document without rows, if there were none.
        """
        with self._closing:
            if self._sink is not None or even_empty:
                self._opened().finish()
            self.flush()

    def _opened(self) -> Sink:
        if self._sink is None:
            self._stream = self._destination.open(self._closing, self._aside)
            self._sink = self._destination.sink(self._columns, self._stream, self._zone)
        return self._sink
