"""Where rows go, and in which form: decided before anything is spent."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack, nullcontext
from typing import TYPE_CHECKING, Any, TypeAlias

from ..exits import CommandError
from ..options import Form
from .terminal import BesideProgress
from .texts import CsvSink, JsonLinesSink, JsonSink

if TYPE_CHECKING:
    from datetime import tzinfo
    from pathlib import Path

    from ..columns import Column, Row
    from ..options import Writing
    from .sinks import Sink

Aside: TypeAlias = Callable[[], AbstractContextManager[None]]

_SUFFIXES = {
    ".csv": Form.CSV,
    ".json": Form.JSON,
    ".jsonl": Form.JSONL,
    ".ndjson": Form.JSONL,
    ".parquet": Form.PARQUET,
    ".pq": Form.PARQUET,
}
ADDED_TO = (Form.CSV, Form.JSONL)
"""The forms of which more can be added to a file."""


class Destination:
    """A file or standard output, in one form.

    Args:
        options: What was asked for.

    Raises:
        CommandError: The form does not go there, or the file is there already.
    """

    def __init__(self, options: Writing) -> None:
        self.file = None if options.file is None or str(options.file) == "-" else options.file
        self.form = _form(options, self.file)
        self.append = options.append
        self._overwrite = options.overwrite
        if options.append and options.overwrite:
            raise CommandError("--append and --overwrite were both given: give one of them.")
        if self.form is Form.PARQUET:
            from . import parquet

            parquet.require()
        if self.file is None:
            self._check_standard_output()
        else:
            self._check_file(self.file)

    @property
    def on_terminal(self) -> bool:
        """Whether rows appear on a terminal."""
        return self.file is None and sys.stdout.isatty()

    def _check_standard_output(self) -> None:
        if self.append or self._overwrite:
            raise CommandError("--append and --overwrite go with --file.")
        if self.form is Form.TABLE and not sys.stdout.isatty():
            raise CommandError("--output table is for a terminal: for a pipe or file give csv, json, jsonl or parquet.")
        if self.form is Form.PARQUET and sys.stdout.isatty():
            raise CommandError("--output parquet is nothing for a terminal: give --file NAME, or a pipe.")

    def _check_file(self, file: Path) -> None:
        if self.form is Form.TABLE:
            raise CommandError("--output table is for a terminal: for a file give csv, json, jsonl or parquet.")
        if self.append and self.form not in ADDED_TO:
            raise CommandError(f"--append: nothing can be added to {self.form.value}; give another --file.")
        if not file.parent.is_dir():
            raise CommandError(f"--file {file}: there is no folder {file.parent}.")
        if file.exists() and not file.is_file():
            return  # a device or a named pipe: there is nothing to lose
        if file.exists() and not self._overwrite and not self.append:
            raise CommandError(f"{file} is there already: give --overwrite, --append, or another --file.")

    def open(self, columns: tuple[Column, ...], zone: tzinfo, aside: Aside = nullcontext) -> Writer:
        """Return what writes there; the file is made with the first row.

        Args:
            columns: The columns.
            zone: The timezone of a column of instants that can have but one.
            aside: Gives a context in which no progress is in the way on the terminal.

        Raises:
            CommandError: Rows of other columns are in the file that they were to be added to.
        """
        if self.append and self.form is Form.CSV and self.file is not None and self.file.is_file():
            with self.file.open(encoding="utf-8", errors="replace") as present:
                header = present.readline().rstrip("\r\n")
            if header and header != ",".join(column.key for column in columns):
                raise CommandError(f"{self.file} has other columns: {header[:200]}. Give another --file.")
        return Writer(self, columns, zone, aside)

    def opened(self, columns: tuple[Column, ...], zone: tzinfo, closing: ExitStack, aside: Aside) -> tuple[Sink, Any]:
        """Open the file, if it is one, and return what writes to it."""
        binary = self.form is Form.PARQUET
        stream: Any
        if self.on_terminal:
            stream = BesideProgress(aside)
        elif self.file is None:
            stream = sys.stdout.buffer if binary else sys.stdout
        else:
            flags = os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0)
            # The file may have come into being since it was looked for.
            flags |= os.O_APPEND if self.append else os.O_TRUNC if self._overwrite or self.file.exists() else os.O_EXCL
            raw = closing.enter_context(os.fdopen(os.open(self.file, flags, 0o666), "wb"))
            stream = raw if binary else closing.enter_context(io.TextIOWrapper(raw, encoding="utf-8", newline=""))
        return self._sink(columns, stream, zone), stream

    def _sink(self, columns: tuple[Column, ...], stream: Any, zone: tzinfo) -> Sink:
        match self.form:
            case Form.PARQUET:
                from .parquet import ParquetSink

                return ParquetSink(columns, stream, zone)
            case Form.TABLE:
                from .tables import TableSink

                return TableSink(columns, stream)
            case Form.CSV:
                header = not (self.append and self.file is not None and self.file.stat().st_size)
                return CsvSink(columns, stream, header=header)
            case Form.JSON:
                return JsonSink(columns, stream)
            case Form.JSONL:
                return JsonLinesSink(columns, stream)


class Writer:
    """Writes rows to a destination, which is opened with the first of them.

    Attributes:
        rows: How many were written.
    """

    def __init__(self, destination: Destination, columns: tuple[Column, ...], zone: tzinfo, aside: Aside) -> None:
        self._aside = aside
        self._destination = destination
        self._columns = columns
        self._zone = zone
        self._closing = ExitStack()
        self._sink: Sink | None = None
        self._stream: Any = None
        self.rows = 0

    def write(self, row: Row) -> None:
        """Write a row."""
        self._opened().write(row)
        self.rows += 1

    def flush(self) -> None:
        """Write what is held back, so that a reader sees the rows of each system as soon as they are there."""
        if self._sink is not None and self._stream is not None:
            self._stream.flush()
            self._show()

    def finish(self, *, even_empty: bool) -> None:
        """End the document, and close the file.

        Args:
            even_empty: Whether to write a document without rows, if there were none.
        """
        with self._closing:
            if self._sink is not None or even_empty:
                self._opened().finish()
            if self._stream is not None:
                self._stream.flush()
                self._show()

    def _show(self) -> None:
        if isinstance(self._stream, BesideProgress):
            self._stream.show()

    def _opened(self) -> Sink:
        if self._sink is None:
            self._sink, self._stream = self._destination.opened(self._columns, self._zone, self._closing, self._aside)
        return self._sink


def _form(options: Writing, file: Path | None) -> Form:
    if options.output is not None:
        return options.output
    if file is not None:
        found = _SUFFIXES.get(file.suffix.lower())
        if found is None:
            raise CommandError(f"--file {file}: give --output, or a name that ends in {', '.join(_SUFFIXES)}.")
        return found
    return Form.TABLE if sys.stdout.isatty() else Form.CSV
