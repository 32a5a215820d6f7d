"""Parquet, in row groups, so that any number of rows takes the memory of one group."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, BinaryIO

from ...data.tables import ACCEPTED, Kind
from .. import messages
from ..exits import CommandError
from .interrupts import held_back
from .sink import Sink

if TYPE_CHECKING:
    from datetime import tzinfo

    from ..report import Column, Row

GROUP = 50_000
"""Rows that are held back until they are written at once."""

_CONTAINERS: dict[Kind, type] = {Kind.DAY: date, Kind.TEXTS: list}


def require() -> None:
    """Check that pyarrow is installed, before anything is spent.

    Raises:
        CommandError: It is not.
    """
    from importlib.util import find_spec

    if find_spec("pyarrow") is None:
        raise CommandError("--output parquet needs pyarrow: pip install 'enphase-enlighten[arrow]'")


def _checked(kind: Kind, value: Any) -> Any:
    # The frames of the wrapper meet only days of their own making; here they come from the service too.
    if not isinstance(value, _CONTAINERS.get(kind, object)):
        raise ValueError  # noqa: TRY004 - one error for all that a column cannot hold
    return ACCEPTED[kind](value)


class ParquetSink(Sink):
    """Writes Parquet: typed columns, units in the fields' metadata, null where a value is not of its column's type.

    Args:
        columns: The columns.
        stream: The stream.
        zone: The timezone of the instants.
    """

    def __init__(self, columns: tuple[Column, ...], stream: BinaryIO, zone: tzinfo) -> None:
        super().__init__(columns)
        import pyarrow as pa  # type: ignore[import-untyped]  # it ships no types
        import pyarrow.parquet as pq  # type: ignore[import-untyped]  # likewise

        types = {
            Kind.WHOLE: pa.int64(),
            Kind.TEXT: pa.string(),
            Kind.TEXTS: pa.list_(pa.string()),
            Kind.TIME: pa.timestamp("us", tz=str(zone)),
            Kind.DAY: pa.date32(),
        }
        self._schema = pa.schema(
            [
                pa.field(column.key, types[column.kind], metadata={"unit": column.unit} if column.unit else None)
                for column in columns
            ]
        )
        self._writer = pq.ParquetWriter(stream, self._schema)
        self._held: list[list[Any]] = [[] for _ in columns]
        self._dropped: dict[str, int] = {}

    def write(self, row: Row) -> None:
        """Take in a row."""
        for column, held, value in zip(self.columns, self._held, row, strict=True):
            held.append(self._accepted(column, value))
        if len(self._held[0]) >= GROUP:
            self._write_group()

    def finish(self) -> None:
        """Write the last group and the footer, without which the file could not be read."""
        with held_back():
            if self._held[0]:
                self._write_group()
            self._writer.close()
        if self._dropped:
            counts = ", ".join(f"{count} in {name}" for name, count in self._dropped.items())
            messages.say(f"null in the file because they are not what the specification says: {counts}.", "warning")

    def _accepted(self, column: Column, value: Any) -> Any:
        if value is None:
            return None
        try:
            accepted = _checked(column.kind, value)
        except ValueError:
            self._dropped[column.key] = self._dropped.get(column.key, 0) + 1
            return None
        # Half a character cannot be written in UTF-8.
        return accepted.encode("utf-8", "replace").decode() if isinstance(accepted, str) else accepted

    def _write_group(self) -> None:
        import pyarrow as pa

        with held_back():
            arrays = [pa.array(held, field.type) for held, field in zip(self._held, self._schema, strict=True)]
            self._writer.write_table(pa.Table.from_arrays(arrays, schema=self._schema))
            self._held = [[] for _ in self.columns]
