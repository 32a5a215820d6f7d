"""Parquet, with a message about values that are not as specified."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from ...data.parquet import ParquetRows
from ..messages import say
from .interrupts import held_back
from .sink import Sink

if TYPE_CHECKING:
    from datetime import tzinfo

    from ..report import Column, Row


class ParquetSink(Sink):
    """Writes Parquet.

    Args:
        columns: The columns.
        stream: The stream.
        zone: The timezone of the instants.
    """

    def __init__(self, columns: tuple[Column, ...], stream: BinaryIO, zone: tzinfo) -> None:
        super().__init__(columns)
        kinds, units = ({column.key: getattr(column, name) for column in columns} for name in ("kind", "unit"))
        self._rows = ParquetRows(stream, kinds, units, zone)

    def write(self, row: Row) -> None:
        """Take in a row."""
        self._rows.add(row)
        if self._rows.is_full:
            with held_back():
                self._rows.write_group()

    def finish(self) -> None:
        """Write the rest, and say what is null in the file."""
        with held_back():
            self._rows.close()
        if self._rows.dropped:
            say(f"null in the file because they are not what the specification says: {self._rows.dropped}.", "warning")
