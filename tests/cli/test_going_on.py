"""Ctrl-C stops at once and keeps what was written; the commands it names fetch the rest, and nothing twice."""

from __future__ import annotations

import json
import re
import shlex
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq  # type: ignore[import-untyped]  # it ships no types
import pytest

from .running import interrupted

if TYPE_CHECKING:
    from pathlib import Path

RANGE = ("--from", "2024-06-10", "--to", "2024-06-14")


def read(file: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]]
    if file.suffix == ".parquet":
        rows = pq.read_table(file).to_pylist()
    elif file.suffix == ".json":
        rows = json.loads(file.read_text())
    else:
        header, *lines = file.read_text().splitlines()
        rows = [dict(zip(header.split(","), line.split(","), strict=True)) for line in lines]
    return rows


def in_order(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: (int(row["system_id"]), row["end_at"]))


def go_on(cli: Any, told: str) -> None:
    commands = re.findall(r"go on with: enlighten (.*)", told)
    assert commands
    for command in commands:
        result = cli.run(*shlex.split(command))
        assert result.code == 0, (command, result.err)


@pytest.mark.parametrize("form", ["csv", "json", "parquet"])
def test_what_an_interrupted_run_lacks_is_fetched_by_the_commands_it_names(cli: Any, simulated: Any, form: str) -> None:
    systems = ("-s", "66", "-s", "67", "-s", "72")
    assert cli.run("stats", *systems, *RANGE, "-O", f"whole.{form}").code == 0
    # Five windows a system: it stands still in the middle of the second one.
    simulated.fail(kind="latency", operation="Stats", after=7, seconds=120)
    process = cli.start("stats", *systems, *RANGE, "-O", f"part.{form}")
    before = simulated.spent()["month"]
    result = interrupted(process, lambda: simulated.spent()["month"] >= before + 1 + 8)
    simulated.control("DELETE", "/faults")
    assert result.code == 130, result.err
    assert "1 of 3 systems done" in result.err
    assert 0 < len(read(cli.folder / f"part.{form}")) < len(read(cli.folder / f"whole.{form}"))
    go_on(cli, result.err)
    parts = sorted(cli.folder.glob(f"part*.{form}"), key=lambda part: (len(part.name), part.name))
    assert [row for part in parts for row in read(part)] == read(cli.folder / f"whole.{form}")


def test_all_systems_go_on_with_the_one_that_was_under_way(cli: Any, simulated: Any) -> None:
    simulated.fail(kind="latency", operation="Summary", system_id=70, seconds=120)
    process = cli.start("summary", "--all", "-O", "a.csv")
    result = interrupted(process, lambda: simulated.spent()["month"] >= 6)
    simulated.control("DELETE", "/faults")
    assert "go on with: enlighten summary --all --start-with 70 --file a.csv --append" in result.err
    go_on(cli, result.err)
    assert [row["system_id"] for row in read(cli.folder / "a.csv")] == [str(number) for number in range(66, 78)]


@pytest.mark.parametrize(
    ("choice", "failing", "form"),
    [
        (("-s", "67", "-s", "72", "-s", "73", "-s", "71"), {67: 2, 72: 0, 73: 0}, "csv"),
        (("--all",), {66: 0, 67: 2, 68: 0}, "parquet"),
        pytest.param(("--all",), {70: 0, 71: 0, 72: 0}, "csv", marks=pytest.mark.long),
    ],
)
def test_each_row_comes_once_after_a_run_that_was_given_up(
    cli: Any, simulated: Any, choice: tuple[str, ...], failing: dict[int, int], form: str
) -> None:
    assert cli.run("stats", *choice, *RANGE, "-O", f"whole.{form}").code == 0
    for system_id, windows in failing.items():
        simulated.fail(kind="unavailable", operation="Stats", system_id=system_id, after=windows)
    result = cli.without_waiting("stats", *choice, *RANGE, "-O", f"part.{form}")
    simulated.control("DELETE", "/faults")
    assert result.code == 5
    assert 0 < len(read(cli.folder / f"part.{form}")) < len(read(cli.folder / f"whole.{form}"))
    go_on(cli, result.err)
    parts = [row for part in cli.folder.glob(f"part*.{form}") for row in read(part)]
    assert in_order(parts) == in_order(read(cli.folder / f"whole.{form}"))


def test_the_rest_of_a_system_that_failed_halfway_is_fetched_by_the_command_named(cli: Any, simulated: Any) -> None:
    systems = ("-s", "66", "-s", "67", "-s", "72")
    assert cli.run("stats", *systems, *RANGE, "-O", "whole.csv").code == 0
    # As often as it is tried: four times.
    simulated.fail(kind="bad_gateway", operation="Stats", system_id=67, after=2, count=4)
    result = cli.without_waiting("stats", *systems, *RANGE, "-O", "part.csv")
    assert result.code == 8
    assert {row["system_id"] for row in read(cli.folder / "part.csv")} == {"66", "67", "72"}
    go_on(cli, result.err)
    assert in_order(read(cli.folder / "part.csv")) == in_order(read(cli.folder / "whole.csv"))


def test_no_command_is_named_for_what_would_fail_again(cli: Any, simulated: Any) -> None:
    simulated.fail(kind="not_found", operation="Summary", system_id=70)
    assert "go on with" not in cli.run("summary", "--all", "-O", "a.csv").err


def test_last_means_the_same_range_later(cli: Any, simulated: Any) -> None:
    simulated.fail(kind="latency", operation="RgmStats", seconds=120)
    process = cli.start("rgm", "-s", "66", "--last", "2d", "-o", "jsonl")
    result = interrupted(process, lambda: simulated.spent()["month"] >= 2)
    assert result.code == 130
    assert re.search(r"--from 2024-06-14T04:\d\d:\d\d\+10:00 --to 2024-06-15T18:\d\d:\d\d\+00:00", result.err)


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        (("stats", "--from", "yesterday", "--to", "yesterday"), "--from 2024-06-15 --to 2024-06-15"),
        (("rgm",), r"--from 2024-06-16 --to 2024-06-15T18:\d\d:\d\d\+00:00"),
        (("rgm", "--from", "1 June 2024"), r"--from '1 June 2024' --to 2024-06-15T18:\d\d:\d\d\+00:00"),
        (("energy", "--from", "yesterday", "--to", "now"), "--from 2024-06-15 --to 2024-06-16"),
        (("energy", "--last", "3d"), "--from 2024-06-13 --to 2024-06-15"),
        (("energy", "--from", "2024-06-01"), "--from 2024-06-01"),
        (("energy",), ""),
    ],
)
def test_what_depends_on_the_day_is_named_as_the_day_it_was(
    cli: Any, simulated: Any, asked: tuple[str, ...], meant: str
) -> None:
    # At system 66 it is the 16th already.
    simulated.fail(kind="conflict", period="month", after=1)
    result = cli.run(*asked, "-s", "66", "-o", "jsonl")
    assert result.code == 4
    assert re.search(rf"enlighten {asked[0]} --system 66 --output jsonl {meant}".rstrip() + "$", result.err)


@pytest.mark.parametrize(
    ("choice", "named"),
    [
        (("-s", "66", "-s", "67", "-s", "70", "-s", "72"), 2),
        (("--all",), 2),
    ],
)
def test_yesterday_is_another_day_at_another_system(
    cli: Any, simulated: Any, choice: tuple[str, ...], named: int
) -> None:
    asked = ("stats", *choice, "--from", "yesterday", "--to", "yesterday")
    assert cli.run(*asked, "-O", "whole.csv").code == 0
    simulated.fail(kind="conflict", operation="Stats", period="month")
    result = cli.run(*asked, "-O", "part.csv")
    simulated.control("DELETE", "/faults")
    cli.environment["XDG_STATE_HOME"] += "-next-month"
    assert result.err.count("go on with") == named
    go_on(cli, result.err)
    assert in_order(read(cli.folder / "part.csv")) == in_order(read(cli.folder / "whole.csv"))


@pytest.mark.parametrize("rows_too", [False, True])
def test_a_chart_of_an_interrupted_run_shows_what_came_in(cli: Any, simulated: Any, rows_too: bool) -> None:
    asked = ("stats", "-s", "66", "-s", "67", *RANGE)
    simulated.fail(kind="latency", operation="Stats", after=5, seconds=120)
    process = cli.start(*asked, "--plot", "a.html", *(("-O", "p.csv") if rows_too else ()))
    before = simulated.spent()["month"]
    result = interrupted(process, lambda: simulated.spent()["month"] >= before + 1 + 6)
    simulated.control("DELETE", "/faults")
    assert result.code == 130
    assert "67 St. John&#x27;s Residence 67 (no values)" in (cli.folder / "a.html").read_text()
    named = re.search(r"the chart is not complete; for the whole chart: enlighten (.*)", result.err)
    assert named is not None
    assert "p.csv" not in named[1]
    if rows_too:
        go_on(cli, result.err)
        assert cli.run(*asked, "-O", "whole.csv").code == 0
        assert in_order(read(cli.folder / "p.csv")) == in_order(read(cli.folder / "whole.csv"))
        assert "(no values)" in (cli.folder / "a.html").read_text(), "rows alone change no chart"
    assert cli.run(*shlex.split(named[1])).code == 0
    assert "(no values)" not in (cli.folder / "a.html").read_text()


def test_a_chart_in_the_terminal_is_drawn_again_by_the_command_named(cli: Any, simulated: Any) -> None:
    simulated.fail(kind="conflict", operation="Stats", period="month")
    result = cli.run("stats", "-s", "66", *RANGE, "--plot")
    assert result.err.splitlines()[-1] == (
        "enlighten: for the whole chart: enlighten stats --system 66 --from 2024-06-10 --to 2024-06-14 --plot"
    )


def test_ctrl_c_at_a_terminal(cli: Any, simulated: Any) -> None:
    simulated.fail(kind="latency", operation="Summary", system_id=70, seconds=120)
    result = cli.at_terminal("summary", "--all", interrupt_at="system 70")
    assert result.code == 130
    assert "interrupted: 4 of 12 systems done, 4 rows written." in result.out
    assert "Toowoomba" in result.out


def test_a_listing_can_be_interrupted(cli: Any, simulated: Any) -> None:
    simulated.fail(kind="latency", operation="Systems", seconds=120)
    process = cli.start("systems")
    result = interrupted(process, lambda: simulated.spent()["month"] >= 1)
    assert result.code == 130
    assert "interrupted" in result.err
