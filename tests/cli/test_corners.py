"""Rare cases: long charts, wrong types in columns, internal errors."""

from __future__ import annotations

import io
from datetime import UTC
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq  # type: ignore[import-untyped]  # it ships no types
import pytest

from enphase_enlighten.cli.commands import find
from enphase_enlighten.cli.output.parquet_sink import ParquetSink
from enphase_enlighten.cli.report import Column
from enphase_enlighten.data.tables import Kind

if TYPE_CHECKING:
    from pathlib import Path


def test_parquet_says_what_is_null_because_it_is_of_another_type(capsys: pytest.CaptureFixture[str]) -> None:
    buffer = io.BytesIO()
    sink = ParquetSink((Column("system_id", Kind.WHOLE), Column("energy", Kind.WHOLE, "Wh")), buffer, UTC)
    sink.write((1, "much"))
    sink.finish()
    table = pq.read_table(buffer)
    assert table.to_pylist() == [{"system_id": 1, "energy_Wh": None}]
    assert table.schema.field("energy_Wh").metadata == {b"unit": b"Wh"}
    assert (
        "null in the file because they are not what the specification says: 1 in energy_Wh." in capsys.readouterr().err
    )


def test_a_life_is_thinned_to_what_can_be_seen(cli: Any) -> None:
    result = cli.shown("energy", "-s", "66", "--plot", "-q", width=80)
    assert result.code == 0
    assert "Energy produced, system 66, 2018-11-28 to 2024-06-15" in result.out
    assert "2020-" in result.out


def test_a_range_of_hours_is_marked_with_times(cli: Any) -> None:
    arguments = ("--from", "2024-06-14 10:00", "--to", "2024-06-14 13:00", "--plot")
    assert "11:00" in cli.run("stats", "-s", "66", *arguments).out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("stats", "-s", "66", "--plot", "-o", "csv"), "--plot in the terminal and --output there too"),
        (("stats", "-s", "66", "--plot", "no/a.png"), "there is no folder"),
        (("login", "--plan", "10/many"), "--plan '10/many' is unknown"),
    ],
)
def test_more_invalid_arguments(cli: Any, arguments: tuple[str, ...], told: str) -> None:
    result = cli.run(*arguments)
    assert result.code == 2
    assert told in result.err


def test_no_systems_at_all(bare: Any, responding: Any) -> None:
    environment = responding({"/systems": {"systems": []}}).environment
    result = bare.run("summary", "--all", environment=environment)
    assert (result.code, result.err) == (7, "enlighten: These credentials list no systems.\n")
    result = bare.run("systems", "-o", "json", environment=environment)
    assert (result.code, result.out) == (7, "[]\n")


def test_many_failures_are_told_in_few_lines(cli: Any, simulated: Any) -> None:
    simulated.fail(kind="not_found", operation="Envoys")
    result = cli.run("envoys", "--all")
    assert result.code == 7
    assert "12 of 12 systems failed" in result.err
    many = cli.run("envoys", *[part for number in range(1000, 1030) for part in ("-s", str(number))])
    assert "and 10 more: 1020 1021" in many.err


def test_a_spent_quota_fails_the_doctor(cli: Any) -> None:
    for _ in range(2):
        assert cli.run("doctor", "--plan", "5/2").code in (0, 4)
    result = cli.run("doctor", "--plan", "5/2", "-o", "jsonl")
    assert result.code == 4
    [quota] = [row for row in result.rows() if row["check"] == "quota"]
    assert quota["what_to_do"].startswith("Wait for the next month")


def test_without_a_place_for_state_a_run_counts_for_itself(cli: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert cli.run("systems", environment={"XDG_STATE_HOME": str(tmp_path / "file")}).code == 0


def test_an_internal_error_is_told_without_a_traceback(cli: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(find, "run", lambda *_: 1 / 0)
    result = cli.run("find", "1")
    assert result.code == 1
    assert result.err == (
        "enlighten: internal error, ZeroDivisionError: run it again with --debug, and report what it shows.\n"
    )
    assert "ZeroDivisionError: division by zero" in cli.run("find", "1", "--debug").err
