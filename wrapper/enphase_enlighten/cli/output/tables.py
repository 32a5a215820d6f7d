"""Tables for people, written in parts of equal widths, so that a long one begins at once and takes no memory."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TextIO

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ...layouts import Kind
from ..strangers import one_line
from .sinks import Sink, plain, shown_time

if TYPE_CHECKING:
    from ..columns import Column, Row

PART = 200
"""Rows by which the widths of the columns are decided, and that are written at once."""

_WIDEST = 40
_STATUSES = {"normal": "green", "ok": "green", "failed": "red", "warning": "yellow"}


class TableSink(Sink):
    """Writes a table with units and separated thousands.

    Args:
        columns: The columns.
        stream: A terminal.
    """

    def __init__(self, columns: tuple[Column, ...], stream: TextIO) -> None:
        super().__init__(columns)
        self._console = Console(file=stream, highlight=False, markup=False, emoji=False)
        self._rows: list[list[str]] = []
        self._widths: list[int] | None = None

    def write(self, row: Row) -> None:
        """Take in a row."""
        self._rows.append([shown(value, column) for value, column in zip(row, self.columns, strict=True)])
        if len(self._rows) >= PART:
            self._write_part()

    def flush(self) -> None:
        """Write what was held back, once the widths are decided."""
        if self._widths is not None:
            self._write_part()

    def finish(self) -> None:
        """Write what is left."""
        self._write_part()

    def _write_part(self) -> None:
        if not self._rows:
            return
        first = self._widths is None
        table = Table(box=box.SIMPLE_HEAD, show_header=first, show_edge=False, pad_edge=False)
        if self._widths is None:
            self._widths = self._decide()
        for column, width in zip(self.columns, self._widths, strict=True):
            table.add_column(
                Text(column.heading),
                justify="right" if column.kind is Kind.WHOLE else "left",
                min_width=min(width, _WIDEST),
                max_width=_WIDEST,
                overflow="fold",
                vertical="bottom",
            )
        for row in self._rows:
            table.add_row(*[Text(cell, style=_STATUSES.get(cell, "")) for cell in row])
        self._rows = []
        self._console.print(table)

    def _decide(self) -> list[int]:
        """Return the width of each column; where they do not fit side by side, rich folds them."""
        widths = []
        for place, column in enumerate(self.columns):
            longest_word = max(map(len, column.heading.split()))
            widths.append(max(longest_word, *(cell_len(row[place]) for row in self._rows)))
        # Columns of two blanks between them; a table that is too wide is left to rich, part by part.
        fits = sum(widths) + 2 * (len(widths) - 1) <= self._console.width
        return widths if fits else [0] * len(widths)


def shown(value: Any, column: Column) -> str:
    """Return a value for people: a number with its unit, a time with its timezone, a safe text."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return shown_time(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        number = f"{value:,}" if column.unit else str(value)
        return f"{number} {column.unit}" if column.unit else number
    return one_line(str(plain(value)))
