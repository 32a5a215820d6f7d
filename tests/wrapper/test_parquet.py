"""Parquet: types, units, row groups, and values that a column cannot hold."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pyarrow.parquet as pq  # type: ignore[import-untyped]  # it ships no types

from enphase_enlighten.data.parquet import ParquetRows
from enphase_enlighten.data.tables import Kind

if TYPE_CHECKING:
    import pytest

KINDS = {
    "system_id": Kind.WHOLE,
    "name": Kind.TEXT,
    "end_at": Kind.TIME,
    "date": Kind.DAY,
    "energy": Kind.WHOLE,
    "references": Kind.TEXTS,
}


def test_rows_are_written_in_groups_with_null_for_a_value_of_another_type(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("enphase_enlighten.data.parquet.GROUP", 2)
    buffer = io.BytesIO()
    rows = ParquetRows(buffer, KINDS, {"energy": "Wh"}, UTC)
    moment = datetime(2024, 6, 1, tzinfo=UTC)
    for row in [
        (1, "a", moment, date(2024, 6, 1), 10, ["x", "half \ud800"]),
        (2, "half \ud800", "soon", "2024-06-01", "much", "y"),
        (3, None, None, None, 1.0, [1]),
    ]:
        rows.add(row)
        if rows.is_full:
            rows.write_group()
    rows.close()
    file = pq.ParquetFile(buffer)
    assert file.num_row_groups == 2
    assert file.schema_arrow.field("energy").metadata == {b"unit": b"Wh"}
    columns = ("system_id", "name", "end_at", "date", "energy", "references")
    assert file.read().to_pylist() == [
        dict(zip(columns, values, strict=True))
        for values in [
            (1, "a", moment, date(2024, 6, 1), 10, ["x", "half ?"]),
            (2, "half ?", None, None, None, None),
            (3, None, None, None, 1, None),
        ]
    ]
    assert rows.dropped == "1 in end_at, 1 in date, 1 in energy, 2 in references"


def test_a_file_without_rows_has_all_columns_and_the_timezone() -> None:
    buffer = io.BytesIO()
    rows = ParquetRows(buffer, KINDS, {}, ZoneInfo("Europe/Berlin"))
    rows.close()
    schema = pq.read_schema(buffer)
    assert schema.names == list(KINDS)
    assert str(schema.field("end_at").type) == "timestamp[us, tz=Europe/Berlin]"
    assert rows.dropped == ""
