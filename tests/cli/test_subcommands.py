"""Each subcommand in each form that a program reads, against the simulated API."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pyarrow.parquet as pq  # type: ignore[import-untyped]  # it ships no types
import pytest

from .subcommands import FIRST, WITH_ROWS


def first_row(rows: list[dict[str, Any]], command: str) -> None:
    name, value = FIRST.get(command, ("system_id", 66))
    assert rows
    assert str(rows[0][name]) == str(value)


@pytest.mark.parametrize("command", WITH_ROWS)
def test_csv_is_what_a_pipe_gets(cli: Any, command: str) -> None:
    result = cli.run(command, *WITH_ROWS[command])
    assert result.code == 0, result.err
    first_row(list(csv.DictReader(io.StringIO(result.out))), command)


@pytest.mark.parametrize("command", WITH_ROWS)
def test_json_is_one_list(cli: Any, command: str) -> None:
    result = cli.run(command, *WITH_ROWS[command], "--output", "json")
    assert result.code == 0, result.err
    first_row(json.loads(result.out), command)


@pytest.mark.parametrize("command", WITH_ROWS)
def test_json_lines_and_parquet_have_the_same_rows(cli: Any, command: str) -> None:
    lines = cli.run(command, *WITH_ROWS[command], "--output", "jsonl")
    to_file = cli.run(command, *WITH_ROWS[command], "--file", "out.parquet")
    assert (lines.code, to_file.code) == (0, 0), to_file.err
    table = pq.read_table(cli.folder / "out.parquet")
    first_row(lines.rows(), command)
    first_row(table.to_pylist(), command)
    assert table.column_names == list(lines.rows()[0])
    assert table.num_rows == len(lines.rows())


def test_find_gives_the_system_of_an_envoy(cli: Any) -> None:
    serial = cli.run("envoys", "-s", "67", "-o", "jsonl").rows()[0]["serial_number"]
    assert cli.run("find", serial, "-o", "jsonl").rows() == [{"serial_num": serial, "system_id": 67}]


def test_times_are_those_of_the_system_or_utc(cli: Any) -> None:
    arguments = ("stats", "-s", "67", "--from", "2024-06-14 12:00", "--to", "2024-06-14 12:10", "-o", "jsonl")
    assert [row["end_at"] for row in cli.run(*arguments).rows()] == [
        "2024-06-14T12:05:00-02:30",
        "2024-06-14T12:10:00-02:30",
    ]
    assert [row["end_at"] for row in cli.run(*arguments, "--utc").rows()] == [
        "2024-06-14T14:35:00+00:00",
        "2024-06-14T14:40:00+00:00",
    ]


def test_several_systems_have_each_its_own_times(cli: Any) -> None:
    rows = cli.run("summary", "-s", "72", "-s", "67", "-o", "jsonl").rows()
    assert [row["system_id"] for row in rows] == [72, 67]
    assert [row["last_report_at"][-6:] for row in rows] == ["-05:00", "-02:30"]


def test_units_are_in_names_and_metadata(cli: Any) -> None:
    cli.run("stats", "-s", "66", "--from", "2024-06-14", "--to", "2024-06-14", "-O", "a.pq")
    schema = pq.read_schema(cli.folder / "a.pq")
    assert schema.names == ["system_id", "end_at", "powr_W", "enwh_Wh", "devices_reporting"]
    assert schema.field("powr_W").metadata == {b"unit": b"W"}
    assert str(schema.field("end_at").type) == "timestamp[us, tz=Australia/Brisbane]"


def test_a_day_without_a_time_is_included_whole(cli: Any) -> None:
    days = cli.run("energy", "-s", "66", "--from", "2024-06-01", "--to", "2024-06-02", "-o", "jsonl").rows()
    assert [row["date"] for row in days] == ["2024-06-01", "2024-06-02"]
    intervals = cli.run("stats", "-s", "66", "--from", "14 June 2024", "--to", "14 June 2024", "-o", "jsonl").rows()
    assert {row["end_at"][:10] for row in intervals} == {"2024-06-14"}


def test_the_last_days_are_those_of_the_service(cli: Any) -> None:
    # The service is two years behind this machine, and the system is where it is the 16th already.
    rows = cli.run("energy", "-s", "66", "--last", "3d", "-o", "jsonl").rows()
    assert [row["date"] for row in rows] == ["2024-06-13", "2024-06-14", "2024-06-15"]
    rows = cli.run("stats", "-s", "72", "--last", "2h", "-o", "jsonl").rows()
    assert rows[0]["end_at"] > "2024-06-15T11:00:00-05:00"
    assert rows[-1]["end_at"] <= "2024-06-15T13:02:00-05:00"


def test_energy_by_source_has_both_sources(cli: Any) -> None:
    rows = cli.run("energy", "-s", "66", "--by-source", "--last", "1d", "-o", "jsonl").rows()
    assert list(rows[0]) == ["system_id", "date", "production_Wh", "micro_production_Wh", "meter_production_Wh"]


def test_power_and_energy_of_inverters_are_in_the_units_of_their_columns(bare: Any, responding: Any) -> None:
    came: list[tuple[Any, Any]] = [
        ({"value": 34, "units": "W"}, {"value": 232, "units": "Wh"}),
        ({"value": 1, "units": "kW"}, {"value": 36.5, "units": "kJ"}),
        ({"value": 0.25, "units": "kW"}, {"value": 36, "units": "MJ"}),
        ({"value": 2.5, "units": "W"}, {"value": 1.5, "units": "kWh"}),
        (34, 232),
        (None, None),
        ({"value": 9, "units": "BTU/h"}, {"value": 9, "units": "BTU"}),
        ({"value": 9, "units": "BTU/h"}, {"value": "9", "units": "kJ"}),
        (None, {"value": 10**400, "units": "kJ"}),
    ]
    inverters = [
        {"id": number, "power_produced": power, "energy": energy} for number, (power, energy) in enumerate(came)
    ]
    responses = {
        "/systems": {"systems": [{"system_id": 66, "system_name": "Roof", "timezone": "UTC"}]},
        "/inverters_summary_by_envoy_or_site": [{"signal_strength": 5, "micro_inverters": inverters}],
    }
    bare.environment.update(responding(responses).environment)
    result = bare.run("inverters", "-s", "66", "-o", "jsonl", environment={"ENLIGHTEN_LOG": "error"})
    assert result.code == 0, result.err
    shown = [(row["power_produced_W"], row["energy_Wh"]) for row in result.rows()]
    converted = [(34, 232), (1000, 10), (250, 10_000), (2.5, 1500), (34, 232)]
    assert shown == converted + [(None, None)] * 4
    told = [line for line in result.err.splitlines() if "Null in" in line]
    assert told == [
        "enlighten: warning: Null in power_produced_W: a value in 'BTU/h' cannot be converted.",
        "enlighten: warning: Null in energy_Wh: a value in 'BTU' cannot be converted.",
        "enlighten: warning: Null in energy_Wh: a value in 'kJ' cannot be converted.",
    ]


def test_consumption_comes_in_intervals_too(cli: Any) -> None:
    rows = cli.run("consumption", "-s", "66", "--intervals", "--from", "2024-06-14", "--to", "2024-06-14").lines
    assert rows[0] == "system_id,end_at,enwh_Wh,devices_reporting"
    assert len(rows) == 97


def test_a_summary_of_another_day(cli: Any) -> None:
    row = cli.run("summary", "-s", "66", "--date", "yesterday", "-o", "jsonl").rows()[0]
    assert row["summary_date"] == "2024-06-15"


def test_readings_as_of_a_time(cli: Any) -> None:
    row = cli.run("readings", "-s", "66", "--at", "1 June 2024", "-o", "jsonl").rows()[0]
    assert row["read_at"] <= "2024-06-01T00:00:00+10:00"


def test_systems_can_be_filtered(cli: Any) -> None:
    rows = cli.run("systems", "--status", "comm", "--status", "micro", "-o", "jsonl").rows()
    assert {row["status"] for row in rows} == {"comm", "micro"}


def test_all_systems_or_those_from_one_on(cli: Any) -> None:
    assert len(cli.run("envoys", "--all", "-o", "jsonl").rows()) >= 12
    rows = cli.run("summary", "--all", "--start-with", "75", "-o", "jsonl").rows()
    assert [row["system_id"] for row in rows] == [75, 76, 77]


def test_history_that_cannot_be_had_is_said(cli: Any) -> None:
    result = cli.run("rgm", "-s", "66", "--from", "2023-05-01", "--to", "2023-06-20")
    assert result.code == 0
    assert "The service keeps intervals for one year" in result.err


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_rows_can_be_added_to_a_file(cli: Any, form: str) -> None:
    file = f"days.{form}"
    for day in ("2024-06-01", "2024-06-02"):
        result = cli.run("energy", "-s", "66", "--from", day, "--to", day, "--file", file, "--append")
        assert result.code == 0, result.err
    assert len((cli.folder / file).read_text().splitlines()) == 2 + (form == "csv")


def test_a_file_is_not_overwritten_by_chance(cli: Any) -> None:
    (cli.folder / "a.csv").write_text("precious")
    result = cli.run("summary", "-s", "66", "--file", "a.csv")
    assert (result.code, (cli.folder / "a.csv").read_text()) == (2, "precious")
    assert cli.run("summary", "-s", "66", "--file", "a.csv", "--overwrite").code == 0
    assert "precious" not in (cli.folder / "a.csv").read_text()


def test_rows_of_other_columns_are_not_added(cli: Any) -> None:
    cli.run("summary", "-s", "66", "--file", "a.csv")
    result = cli.run("envoys", "-s", "66", "--file", "a.csv", "--append")
    assert result.code == 2
    assert "other columns" in result.err


def test_a_long_range_is_written_while_it_comes_in(cli: Any, simulated: Any) -> None:
    simulated.fail(kind="latency", operation="Stats", after=2, seconds=120)
    process = cli.start("stats", "-s", "66", "--from", "2024-06-01", "--to", "2024-06-10", "-o", "jsonl")
    try:
        assert process.stdout is not None
        assert json.loads(process.stdout.readline())["system_id"] == 66
    finally:
        process.kill()
        process.communicate()


def test_the_way_to_the_service_may_be_said_before_the_subcommand(bare: Any, simulated: Any) -> None:
    bare.environment.update(simulated.environment)
    base_url = bare.environment.pop("ENLIGHTEN_BASE_URL")
    result = bare.run("--base-url", base_url, "--debug", "summary", "-s", "66", "-o", "jsonl")
    assert result.code == 0
    assert result.rows()[0]["system_id"] == 66
    assert "GET" in result.err
    result = bare.run("--base-url", "http://127.0.0.1:1", "summary", "-s", "66", "--base-url", base_url)
    assert result.code == 0, "what follows the subcommand counts"
    # What goes on with a run is complete.
    simulated.fail(kind="cut", operation="Envoys", after=1)
    result = bare.without_waiting("--base-url", base_url, "--plan", "500/5000", "envoys", "--all", "-O", "a.csv")
    assert f"--plan 500/5000 --base-url {base_url}" in result.err
    result = bare.run("--plan", "watt", "mock")
    assert (result.code, "--plan is not for mock" in result.err) == (2, True)
