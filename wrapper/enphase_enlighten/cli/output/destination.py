"""The destination of rows and their form, checked before anything is spent."""

from __future__ import annotations

import errno
import os
import stat
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any, BinaryIO

from ...data.row_file import RowFile, check_end
from ...extras import load
from ...files import Replacement
from ..exits import Code, CommandError
from ..messages import say
from ..options import Form
from ..streams import BesideProgress
from .text_sinks import CsvSink, JsonLinesSink, JsonSink

if TYPE_CHECKING:
    from datetime import tzinfo
    from pathlib import Path

    from ..options import OutputOptions
    from ..report import Column
    from .sink import Sink

_SUFFIXES = {f".{form}": form for form in Form if form is not Form.TABLE}
_SUFFIXES |= {".ndjson": Form.JSONL, ".pq": Form.PARQUET}
APPENDABLE = (Form.CSV, Form.JSONL)
"""The forms of which more can be added to a file."""


class Destination:
    """A file or standard output, in one form."""

    def __init__(self, options: OutputOptions) -> None:
        # None for standard output.
        self.file = None if options.file is None or str(options.file) == "-" else options.file
        self.form = _form(options, self.file)
        self.append = options.append
        # Has the rows of a run that ended early, where they did not replace those of the file.
        self.partial: Path | None = None
        self._overwrite = options.overwrite
        self._replacement: Replacement | None = None
        self._descriptor: int | None = None
        self._made: Path | None = None
        self._binary: BinaryIO | None = None
        if options.append and options.overwrite:
            raise CommandError("--append and --overwrite were both given: give one of them.")
        if self.form is Form.TABLE and (self.file is not None or not sys.stdout.isatty()):
            raise CommandError("--output table is for a terminal: for a pipe or file give csv, json, jsonl or parquet.")
        if self.form is Form.PARQUET:
            load("pyarrow", "arrow", "--output parquet")
        if self.file is not None:
            self._check_file(self.file)
        elif self.append or self._overwrite:
            raise CommandError("--append and --overwrite go with --file.")
        elif self.form is Form.PARQUET and sys.stdout.isatty():
            raise CommandError("--output parquet is not for a terminal: give --file NAME, or a pipe.")

    @property
    def in_file(self) -> bool:
        """Whether rows go to a file: not to a terminal, pipe or device, where writing may take any time."""
        if self.file is not None:
            return not _is_stream(self.file)
        # It may not be of the system.
        with suppress(OSError, ValueError):
            return stat.S_ISREG(os.fstat(sys.stdout.fileno()).st_mode)
        return False

    def _check_file(self, file: Path) -> None:
        if self.append and self.form not in APPENDABLE:
            raise CommandError(f"--append: nothing can be added to {self.form.value}; give another --file.")
        if not file.resolve().parent.is_dir():
            raise CommandError(f"--file {file}: there is no folder {file.resolve().parent}.")
        if _is_stream(file):
            return  # there is nothing to lose
        if file.exists() and not self._overwrite and not self.append:
            raise CommandError(f"{file} already exists: give --overwrite, --append, or another --file.")
        if not os.access(file if file.exists() else file.resolve().parent, os.W_OK):
            raise CommandError(f"{file} cannot be written: permission denied.", Code.INTERNAL)
        if file.exists() and self.append:
            check_end(file)

    def check_columns(self, columns: tuple[Column, ...]) -> None:
        """Check that rows of these columns can be added to what the file has."""
        if self.append and self.form is Form.CSV and self.file is not None and self.in_file and self.file.exists():
            with self.file.open(encoding="utf-8-sig", errors="replace") as present:
                header = present.readline().rstrip("\r\n")
            if header and header != ",".join(column.key for column in columns):
                raise CommandError(f"{self.file} has other columns: {header[:200]}. Give another --file.")

    def open(self, columns: tuple[Column, ...], zone: tzinfo) -> Sink:
        """Open it, and return a writer of rows, with instants in `zone` where a column can have but one timezone."""
        stream = self._stream()
        if self.form is Form.PARQUET:
            from .parquet_sink import ParquetSink

            return ParquetSink(columns, stream, zone)
        if self.form is Form.TABLE:
            from .terminal_table import TableSink

            return TableSink(columns, stream)
        if self.form is Form.CSV:
            return CsvSink(columns, stream)
        return (JsonSink if self.form is Form.JSON else JsonLinesSink)(columns, stream)

    def _stream(self) -> Any:
        binary = self.form is Form.PARQUET
        if self.file is None:
            if sys.stdout.isatty():
                return BesideProgress()
            sys.stdout.flush()
            return sys.stdout.buffer if binary else RowFile(sys.stdout.fileno()) if self.in_file else sys.stdout
        flags = getattr(os, "O_BINARY", 0)
        if _is_stream(self.file):
            self._descriptor = os.open(self.file, flags | os.O_WRONLY | os.O_APPEND)
        elif self.append:
            self._descriptor = os.open(self.file, flags | os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o666)
            return RowFile(self._descriptor, self.file, header=self.form is Form.CSV)
        elif self.form in APPENDABLE and not self._overwrite:
            # The file may have come into being since it was looked for.
            self._descriptor = os.open(self.file.resolve(), flags | os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
            self._made = self.file.resolve()
        else:
            self._replacement = Replacement.of(self.file, ".partial")
            self._descriptor = self._replacement.descriptor
        if not binary:
            return RowFile(self._descriptor)
        self._binary = os.fdopen(os.dup(self._descriptor), "wb")
        return self._binary

    def close(self, *, whole: bool, rows: bool) -> None:
        """Close the file, and put it in its place: a part of the rows does not replace what is there."""
        if self._descriptor is None or self.file is None:
            return
        if self._binary is not None:
            with suppress(OSError):
                self._binary.close()
        if self._replacement is None:
            os.close(self._descriptor)
            if self._made is not None and not (whole or rows):
                self._made.unlink()
        elif not (whole or rows):
            self._replacement.discard()
        elif not self.file.exists() or (whole and self._overwrite):
            try:
                self._replacement.commit()
            except OSError:
                say(f"the rows are in {self._replacement.beside}.")
                raise
        else:
            os.close(self._descriptor)
            beside = self._replacement.beside
            self.partial = self.file.with_name(beside.name) if self.file.with_name(beside.name).exists() else beside
            say(f"{self.file} is as it was; the new rows so far are in {self.partial}.")
            if whole:
                raise FileExistsError(errno.EEXIST, "it came into being meanwhile")

    def leave_note(self, lines: list[str]) -> None:
        """Write how to go on into a file beside the rows, if the terminal where it was said is closed."""
        if self.file is not None and lines and getattr(sys.stderr, "gone", False):
            with suppress(OSError), self.file.with_name(f"{self.file.name}.go-on").open("a") as note:
                note.writelines(f"{line}\n" for line in lines)


def _is_stream(file: Path) -> bool:
    """Whether it is a terminal, pipe or device, or a name for what the process has open, such as ``/dev/stdout``."""
    if file.exists() and not file.is_file():
        return True
    names = [file, file.parent / file.readlink()] if file.is_symlink() else [file]
    return any(str(name.parent.resolve()).startswith(("/proc/", "/dev/fd")) for name in names)


def _form(options: OutputOptions, file: Path | None) -> Form:
    if options.output is not None:
        return options.output
    if file is not None:
        found = _SUFFIXES.get(file.suffix.lower())
        if found is None:
            raise CommandError(f"--file {file}: give --output, or a name that ends in {', '.join(_SUFFIXES)}.")
        return found
    return Form.TABLE if sys.stdout.isatty() else Form.CSV
