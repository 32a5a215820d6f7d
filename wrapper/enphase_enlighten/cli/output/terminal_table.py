"""Tables for people, written in parts of equal widths, so that a long one begins at once and takes no memory."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TextIO

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ...credentials.untrusted import one_line
from ...data.tables import Kind
from .sink import Sink, plain, shown_time

if TYPE_CHECKING:
    from ..report import Column, Row

PART = 200
"""Rows by which the widths of the columns are decided, and that are written at once."""

_WIDEST = 28
_STATUSES = {"normal": "green", "ok": "green", "failed": "red", "warning": "yellow"}


class TableSink(Sink):
    """Writes a table with units and separated thousands.

    Columns that the terminal has no room for are left out, the last ones first; a line at the end names them.
    """

    def __init__(self, columns: tuple[Column, ...], stream: TextIO) -> None:
        super().__init__(columns, stream)
        self._console = Console(file=stream, highlight=False, markup=False, emoji=False)
        self._rows: list[list[str]] = []
        self._widths: list[int] = []

    def write(self, row: Row) -> None:
        """Take in a row."""
        self._rows.append([shown(value, column) for value, column in zip(row, self.columns, strict=True)])
        if len(self._rows) >= PART:
            self._write_part()

    def finish(self) -> None:
        """Write the rest, and which columns are not shown."""
        self._write_part()
        hidden = ", ".join(column.name for column in self.columns[len(self._widths) :])
        if hidden and self._widths:
            self._console.print(
                Text(f"Not shown, for want of room: {hidden}. All are in --output csv.", style="dim"), soft_wrap=True
            )
        super().finish()

    def _write_part(self) -> None:
        if not self._rows:
            return
        first = not self._widths
        if first:
            self._widths = self._decide()
        table = Table(box=box.SIMPLE_HEAD, show_header=first, show_edge=False, pad_edge=False)
        for column, width in zip(self.columns, self._widths, strict=False):
            table.add_column(
                Text(column.heading),
                justify="right" if column.kind is Kind.WHOLE else "left",
                width=width,
                overflow="fold",
                vertical="bottom",
            )
        for row in self._rows:
            table.add_row(*[Text(cell, style=_STATUSES.get(cell, "")) for cell in row[: len(self._widths)]])
        self._rows = []
        self._console.print(table)

    def _decide(self) -> list[int]:
        """Return the widths of the columns for which there is room."""
        widths: list[int] = []
        for place, column in enumerate(self.columns):
            heading = max(map(cell_len, column.heading.split()))
            widest = max(cell_len(row[place]) for row in self._rows)
            width = max(heading, widest if column.kind is not Kind.TEXT else min(widest, _WIDEST))
            # Three cells are between two columns.
            if widths and sum(widths) + 3 * len(widths) + width > self._console.width:
                break
            widths.append(width)
        if len(widths) == len(self.columns):
            self._widen(widths)
        return widths

    def _widen(self, widths: list[int]) -> None:
        """Give the cells that are left to the columns that lack most."""
        wanted = [max(cell_len(row[place]) for row in self._rows) for place in range(len(widths))]
        for _ in range(self._console.width - sum(widths) - 3 * (len(widths) - 1)):
            place = max(range(len(widths)), key=lambda at: wanted[at] - widths[at])
            if wanted[place] <= widths[place]:
                break
            widths[place] += 1


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
