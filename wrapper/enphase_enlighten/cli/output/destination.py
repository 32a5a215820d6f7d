"""The destination of rows and their form, checked before anything is spent."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from typing import TYPE_CHECKING, Any, TypeAlias

from ...extras import load
from ..exits import CommandError
from ..options import Form
from .beside_progress import BesideProgress
from .text_sinks import CsvSink, JsonLinesSink, JsonSink

if TYPE_CHECKING:
    from datetime import tzinfo
    from pathlib import Path

    from ..options import OutputOptions
    from ..report import Column
    from .sink import Sink

Aside: TypeAlias = Callable[[], AbstractContextManager[None]]

_SUFFIXES = {
    ".csv": Form.CSV,
    ".json": Form.JSON,
    ".jsonl": Form.JSONL,
    ".ndjson": Form.JSONL,
    ".parquet": Form.PARQUET,
    ".pq": Form.PARQUET,
}
APPENDABLE = (Form.CSV, Form.JSONL)
"""The forms of which more can be added to a file."""


class Destination:
    """A file or standard output, in one form.

    Args:
        options: The form and the file that are wanted.

    Raises:
        CommandError: The form does not go there, or the file already exists.
    """

    def __init__(self, options: OutputOptions) -> None:
        self.file = None if options.file is None or str(options.file) == "-" else options.file
        self.form = _form(options, self.file)
        self.append = options.append
        self._overwrite = options.overwrite
        if options.append and options.overwrite:
            raise CommandError("--append and --overwrite were both given: give one of them.")
        if self.form is Form.PARQUET:
            load("pyarrow", "arrow", "--output parquet")
        if self.file is None:
            self._check_standard_output()
        else:
            self._check_file(self.file)

    def _check_standard_output(self) -> None:
        if self.append or self._overwrite:
            raise CommandError("--append and --overwrite go with --file.")
        if self.form is Form.TABLE and not sys.stdout.isatty():
            raise CommandError("--output table is for a terminal: for a pipe or file give csv, json, jsonl or parquet.")
        if self.form is Form.PARQUET and sys.stdout.isatty():
            raise CommandError("--output parquet is not for a terminal: give --file NAME, or a pipe.")

    def _check_file(self, file: Path) -> None:
        if self.form is Form.TABLE:
            raise CommandError("--output table is for a terminal: for a file give csv, json, jsonl or parquet.")
        if self.append and self.form not in APPENDABLE:
            raise CommandError(f"--append: nothing can be added to {self.form.value}; give another --file.")
        if not file.parent.is_dir():
            raise CommandError(f"--file {file}: there is no folder {file.parent}.")
        if file.exists() and not file.is_file():
            return  # a device or a named pipe: there is nothing to lose
        if file.exists() and not self._overwrite and not self.append:
            raise CommandError(f"{file} already exists: give --overwrite, --append, or another --file.")

    def check_columns(self, columns: tuple[Column, ...]) -> None:
        """Check that rows of these columns can be added to what the file has.

        Raises:
            CommandError: The file has rows of other columns.
        """
        if self.append and self.form is Form.CSV and self.file is not None and self.file.is_file():
            with self.file.open(encoding="utf-8", errors="replace") as present:
                header = present.readline().rstrip("\r\n")
            if header and header != ",".join(column.key for column in columns):
                raise CommandError(f"{self.file} has other columns: {header[:200]}. Give another --file.")

    def open(self, closing: ExitStack, aside: Aside) -> Any:
        """Open the file, if it is one, and return the stream to write to.

        Args:
            closing: Closes the file.
            aside: Gives a context in which no progress is in the way on the terminal.
        """
        binary = self.form is Form.PARQUET
        if self.file is None and sys.stdout.isatty():
            return BesideProgress(aside)
        if self.file is None:
            return sys.stdout.buffer if binary else sys.stdout
        flags = os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0)
        # The file may have come into being since it was looked for.
        flags |= os.O_APPEND if self.append else os.O_TRUNC if self._overwrite or self.file.exists() else os.O_EXCL
        raw = closing.enter_context(os.fdopen(os.open(self.file, flags, 0o666), "wb"))
        return raw if binary else closing.enter_context(io.TextIOWrapper(raw, encoding="utf-8", newline=""))

    def sink(self, columns: tuple[Column, ...], stream: Any, zone: tzinfo) -> Sink:
        """Return a writer of rows in this form.

        Args:
            columns: The columns.
            stream: The open stream.
            zone: The timezone of a column of instants that can have but one.
        """
        match self.form:
            case Form.PARQUET:
                from .parquet_sink import ParquetSink

                return ParquetSink(columns, stream, zone)
            case Form.TABLE:
                from .terminal_table import TableSink

                return TableSink(columns, stream)
            case Form.CSV:
                header = not (self.append and self.file is not None and self.file.stat().st_size)
                return CsvSink(columns, stream, header=header)
            case Form.JSON:
                return JsonSink(columns, stream)
            case Form.JSONL:
                return JsonLinesSink(columns, stream)


def _form(options: OutputOptions, file: Path | None) -> Form:
    if options.output is not None:
        return options.output
    if file is not None:
        found = _SUFFIXES.get(file.suffix.lower())
        if found is None:
            raise CommandError(f"--file {file}: give --output, or a name that ends in {', '.join(_SUFFIXES)}.")
        return found
    return Form.TABLE if sys.stdout.isatty() else Form.CSV
