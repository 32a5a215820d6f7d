"""Parquet, of which Ctrl-C leaves nothing half written, and a message about values that are not as specified."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

from ...data.parquet import ParquetRows
from ..messages import say
from .sink import Sink

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

    from ..report import Column, Row


class ParquetSink(Sink):
    """Writes Parquet, with instants in `zone`."""

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


@contextmanager
def held_back() -> Iterator[None]:
    """Let a Ctrl-C take effect only at the end of the block, which must be short."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _frame: came.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if came:
        raise KeyboardInterrupt
