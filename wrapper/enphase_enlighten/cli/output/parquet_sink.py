"""Parquet, with a message about values that are not as specified."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from ...data.parquet import ParquetRows
from ..messages import say
from .sink import Sink

if TYPE_CHECKING:
    from datetime import tzinfo

    from ..report import Column, Row


class ParquetSink(Sink):
    """Writes Parquet, with instants in `zone`."""

    def __init__(self, columns: tuple[Column, ...], stream: BinaryIO, zone: tzinfo) -> None:
        super().__init__(columns, stream)
        kinds, units = ({column.key: getattr(column, name) for column in columns} for name in ("kind", "unit"))
        self._rows = ParquetRows(stream, kinds, units, zone)

    @property
    def pending(self) -> bool:
        """Whether rows are held back for the next group."""
        return self._rows.held > 0

    def write(self, row: Row) -> None:
        """Take in a row."""
        self._rows.add(row)
        if self._rows.is_full:
            self._rows.write_group()

    def discard(self) -> None:
        """Drop the rows that are held back."""
        self._rows.clear()

    def finish(self) -> None:
        """Write the rest and the footer, and say what is null in the file."""
        self._rows.close()
        super().finish()
        if self._rows.dropped:
            say(f"null in the file because they are not what the specification says: {self._rows.dropped}.", "warning")
