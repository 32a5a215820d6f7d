"""CSV, JSON and JSON Lines of whatever text a row has."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from enphase_enlighten.cli.output.text_sinks import CsvSink, JsonLinesSink, JsonSink
from enphase_enlighten.cli.report import Column
from enphase_enlighten.credentials.untrusted import csv_cell
from enphase_enlighten.data.tables import Kind

pieces = st.sampled_from(["\x1b[31m", "\u202e", "=", "+", ";", '"', "\r\n", "a", "é"])
anything = st.one_of(st.text(st.characters(), max_size=30), st.lists(pieces, max_size=8).map("".join))
COLUMNS = (Column("text"), Column("number", Kind.WHOLE, "Wh"))
rows = st.lists(st.tuples(anything, st.one_of(st.none(), st.integers(), st.floats(allow_nan=True))), max_size=5)


@given(rows)
def test_csv_has_a_line_for_each_row(table: list[tuple[Any, ...]]) -> None:
    stream = io.StringIO()
    sink = CsvSink(COLUMNS, stream)
    for row in table:
        sink.write(row)
    read = list(csv.reader(io.StringIO(stream.getvalue())))
    assert read[0] == ["text", "number_Wh"]
    assert [row[0] for row in read[1:]] == [csv_cell(row[0]) for row in table]


@given(rows.map(lambda table: [(text, number if isinstance(number, int) else None) for text, number in table]))
def test_json_has_all_rows(table: list[tuple[Any, ...]]) -> None:
    whole, lines = io.StringIO(), io.StringIO()
    for sink in (JsonSink(COLUMNS, whole), JsonLinesSink(COLUMNS, lines)):
        for row in table:
            sink.write(row)
        sink.finish()
    expected = [{"text": text, "number_Wh": number} for text, number in table]
    assert json.loads(whole.getvalue()) == expected
    assert [json.loads(line) for line in lines.getvalue().split("\n")[:-1]] == expected
