"""CSV, JSON and JSON Lines."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any, TextIO

from ...credentials.untrusted import csv_cell, json_text
from .sink import Sink, plain

if TYPE_CHECKING:
    from ..report import Column, Row


class CsvSink(Sink):
    """Writes CSV: a header with units, ISO 8601 times with their offset, no cell that a spreadsheet would run."""

    def __init__(self, columns: tuple[Column, ...], stream: TextIO) -> None:
        super().__init__(columns, stream)
        self._writer = csv.writer(stream, lineterminator="\n")
        self._writer.writerow(column.key for column in columns)

    def write(self, row: Row) -> None:
        """Take in a row."""
        self._writer.writerow([_cell(value) for value in row])


def _cell(value: Any) -> Any:
    value = plain(value)
    if value is None or isinstance(value, int | float):
        return value
    return csv_cell(value if isinstance(value, str) else json_text(value))


class JsonLinesSink(Sink):
    """Writes an object for each row, each on its own line."""

    def __init__(self, columns: tuple[Column, ...], stream: TextIO) -> None:
        super().__init__(columns, stream)
        self._keys = [column.key for column in columns]

    def write(self, row: Row) -> None:
        """Take in a row."""
        self.stream.write(f"{self._object(row)}\n")

    def _object(self, row: Row) -> str:
        return json_text(dict(zip(self._keys, map(plain, row), strict=True)))


class JsonSink(JsonLinesSink):
    """Writes one list of objects, an object on a line."""

    def __init__(self, columns: tuple[Column, ...], stream: TextIO) -> None:
        super().__init__(columns, stream)
        self._before = "["

    def write(self, row: Row) -> None:
        """Take in a row."""
        self.stream.write(f"{self._before}\n{self._object(row)}")
        self._before = ","

    def finish(self) -> None:
        """End the list."""
        self.stream.write("[]\n" if self._before == "[" else "\n]\n")
        super().finish()
