"""Parquet: typed columns with their units, in row groups, so that any number of rows takes the memory of one group."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import tzinfo
from typing import Any, BinaryIO

from ..files import FULL
from .tables import Filling, Kind, Layout, in_microseconds

GROUP = 50_000
"""Rows that are held back until they are written at once."""

_FOOTER = 1_048_576
"""Bytes that are kept free for the footer."""


class ParquetRows(Filling):
    """Writes rows, their values in the order of `kinds`, as Parquet: null where a value is not of its column's type."""

    def __init__(
        self, stream: BinaryIO, kinds: Mapping[str, Kind], units: Mapping[str, str | None], zone: tzinfo
    ) -> None:
        import pyarrow as pa  # type: ignore[import-untyped]  # it ships no types
        import pyarrow.parquet as pq  # type: ignore[import-untyped]  # likewise

        super().__init__(Layout(kinds, iter))
        types = {
            Kind.WHOLE: pa.int64(),
            Kind.TEXT: pa.string(),
            Kind.TEXTS: pa.list_(pa.string()),
            Kind.TIME: pa.timestamp("us", tz=str(zone)),
            Kind.DAY: pa.date32(),
        }
        metadata = {name: {"unit": unit} for name, unit in units.items() if unit}
        fields = [pa.field(name, types[kind], metadata=metadata.get(name)) for name, kind in kinds.items()]
        self._schema = pa.schema(fields)
        self._stream = stream
        self._writer = pq.ParquetWriter(stream, self._schema)
        self._reserved = False

    @property
    def is_full(self) -> bool:
        """Whether it is time for `write_group`."""
        return self.held >= GROUP

    @property
    def held(self) -> int:
        """How many rows are held back."""
        return len(next(iter(self.columns.values())))

    def write_group(self) -> None:
        """Write the rows that are held back.

        Raises:
            OSError: The disk has no room for them. The groups before can still be ended with `clear` and `close`.
        """
        import pyarrow as pa

        arrays = [
            _array(self.columns[field.name], self.layout.columns[field.name], field.type) for field in self._schema
        ]
        table = pa.Table.from_arrays(arrays, schema=self._schema)
        self._reserve(2 * table.nbytes + _FOOTER)
        self._writer.write_table(table)
        self.clear()

    def _reserve(self, size: int) -> None:
        """Ask for room in the file before the group is written: after half of one, no footer would make it readable."""
        try:
            self._stream.flush()
            descriptor, begin = self._stream.fileno(), self._stream.tell()
            os.posix_fallocate(descriptor, begin, size)
            self._reserved = True
        except (AttributeError, OSError, ValueError) as error:
            # A pipe, or a system without it, has no room to ask for.
            if getattr(error, "errno", None) in FULL:
                raise

    def close(self) -> None:
        """Write the last group and the footer, without which the file cannot be read."""
        if self.held:
            self.write_group()
        self._writer.close()
        if self._reserved:
            self._stream.flush()
            os.ftruncate(self._stream.fileno(), self._stream.tell())


def _array(values: Any, kind: Kind, dtype: Any) -> Any:
    import pyarrow as pa

    items = in_microseconds(values) if kind is Kind.TIME else list(values)
    try:
        return pa.array(items, dtype)
    except UnicodeEncodeError:
        return pa.array(_encodable(items), dtype)


def _encodable(value: Any) -> Any:
    """Return a value without halves of characters, which cannot be written in UTF-8."""
    if isinstance(value, list):
        return [_encodable(item) for item in value]
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
