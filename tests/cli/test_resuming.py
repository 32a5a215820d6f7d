"""The commands with which a run is gone on with, for every state in which it may have ended."""

from __future__ import annotations

import shlex
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from enphase_enlighten.cli.commands.devices import SUMMARY
from enphase_enlighten.cli.commands.energy import CONSUMPTION, ENERGY, RGM, STATS
from enphase_enlighten.cli.dates import WrittenRange
from enphase_enlighten.cli.options import Form, RunOptions, SeriesOptions
from enphase_enlighten.cli.output.destination import Destination
from enphase_enlighten.cli.report import Query, Report, Target
from enphase_enlighten.cli.run.resuming import Resumption

if TYPE_CHECKING:
    from collections.abc import Mapping

NOW = datetime(2026, 6, 15, 18, 7, 30, 250_000, tzinfo=UTC)
ZONE = ZoneInfo("America/Los_Angeles")
FLEET = [Target(number, f"System {number}", ZONE) for number in (66, 67, 68, 69)]
A, B, C, D = FLEET
AT = datetime(2026, 6, 14, 12, 5, tzinfo=ZONE)


def commands(
    report: Report,
    options: RunOptions,
    unfinished: Mapping[Target, date | None],
    *,
    written: bool = True,
    chosen: list[Target] = FLEET,
) -> list[str]:
    written_range = (
        WrittenRange.of(options, daily=report.daily) if isinstance(options, SeriesOptions) else WrittenRange()
    )
    resumption = Resumption(report, options, Query(NOW, range=written_range), chosen)
    lines = resumption.commands(Destination(options), unfinished, written=written)
    command = f"enlighten {report.name} "
    assert all(command in line for line in lines)
    return [line.partition(command)[2] for line in lines]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("report", [ENERGY, CONSUMPTION])
def test_a_daily_series_goes_on_with_the_day_after_the_last_one(report: Report) -> None:
    options = SeriesOptions(system=[66, 67], from_="2026-06-01", to="2026-06-30", file=Path("a.csv"))

    assert commands(report, options, {A: date(2026, 6, 14), B: date(2026, 6, 30)}) == [
        "--system 66 --file a.csv --append --from 2026-06-15 --to 2026-06-30",
        "--system 67 --file a.csv --append --from 2026-07-01 --to 2026-06-30",
    ]


@pytest.mark.parametrize("report", [STATS, RGM])
def test_a_series_of_intervals_goes_on_from_the_end_of_the_last_one(report: Report) -> None:
    options = SeriesOptions(system=[66], from_="2026-06-01", to="2026-06-30", file=Path("a.csv"))

    assert commands(report, options, {A: AT}) == [
        "--system 66 --file a.csv --append --from 2026-06-14T12:05:00-07:00 --to 2026-06-30"
    ]


def test_systems_of_which_nothing_was_written_are_one_command_as_it_was() -> None:
    options = SeriesOptions(system=[66, 67, 68], from_="2026-06-01", file=Path("a.csv"), utc=True, plan="watt")
    kept = "--file a.csv --append --utc --plan watt"

    assert commands(STATS, options, {B: AT, A: None, C: None}) == [
        f"--system 67 {kept} --from 2026-06-14T12:05:00-07:00 --to 2026-06-15T18:07:30+00:00",
        f"--system 66 --system 68 {kept} --from 2026-06-01 --to 2026-06-15T18:07:30+00:00",
    ]


def test_what_is_meant_until_now_is_said_with_its_bounds() -> None:
    assert commands(STATS, SeriesOptions(system=[66], last="24h", file=Path("a.csv")), {A: None}, written=False) == [
        "--system 66 --file a.csv --from 2026-06-14T11:07:30-07:00 --to 2026-06-15T18:07:30+00:00"
    ]
    assert commands(ENERGY, SeriesOptions(system=[66], last="2d", file=Path("a.csv")), {A: None}, written=False) == [
        "--system 66 --file a.csv --from 2026-06-13 --to 2026-06-14"
    ]


@pytest.mark.parametrize(
    ("unfinished", "named"),
    [
        # Those at the end of the list are named by the first of them.
        ([D], ["--all --start-with 69"]),
        ([C, D], ["--all --start-with 68"]),
        (FLEET, ["--all --start-with 66"]),
        ([A, D], ["--system 66", "--all --start-with 69"]),
        ([A, B], ["--system 66 --system 67"]),
        ([A, C], ["--system 66 --system 68"]),
        ([C], ["--system 68"]),
        ([], []),
    ],
)
def test_of_all_systems_those_at_the_end_are_named_by_the_first_of_them(
    unfinished: list[Target], named: list[str]
) -> None:
    lines = commands(SUMMARY, RunOptions(all=True, file=Path("a.csv")), dict.fromkeys(unfinished))

    assert [line.replace(" --file a.csv --append", "") for line in lines] == named


def test_without_all_every_system_is_named() -> None:
    assert commands(SUMMARY, RunOptions(system=[68, 69], output=None, file=Path("a.csv")), {C: None, D: None}) == [
        "--system 68 --system 69 --file a.csv --append"
    ]


def test_of_all_systems_the_one_that_was_under_way_comes_first_and_the_rest_after_it() -> None:
    options = SeriesOptions(all=True, from_="2026-06-01", to="2026-06-10", file=Path("a.csv"))

    assert commands(STATS, options, {B: AT, C: None, D: None}) == [
        "--system 67 --file a.csv --append --from 2026-06-14T12:05:00-07:00 --to 2026-06-10",
        "--all --start-with 68 --file a.csv --append --from 2026-06-01 --to 2026-06-10",
    ]


def test_a_system_under_way_is_named_without_the_one_that_the_run_began_with() -> None:
    options = RunOptions(all=True, start_with=67, file=Path("a.csv"))
    assert commands(SUMMARY, options, {B: None}, chosen=[B, C]) == ["--system 67 --file a.csv --append"]


def test_all_systems_go_on_with_the_range_as_it_was_then() -> None:
    options = SeriesOptions(all=True, last="24h", file=Path("a.csv"))
    assert commands(STATS, options, {C: None, D: None}) == [
        "--all --start-with 68 --file a.csv --append --from 2026-06-14T11:07:30-07:00 --to 2026-06-15T18:07:30+00:00"
    ]


def test_where_yesterday_is_another_day_each_day_has_a_command() -> None:
    # It is the 16th in Auckland already.
    auckland = Target(70, "System 70", ZoneInfo("Pacific/Auckland"))
    options = SeriesOptions(all=True, from_="yesterday", to="yesterday", file=Path("a.csv"))

    assert commands(STATS, options, {A: None, auckland: None, D: None}, chosen=[A, auckland, D]) == [
        "--system 66 --system 69 --file a.csv --append --from 2026-06-14 --to 2026-06-14",
        "--system 70 --file a.csv --append --from 2026-06-15 --to 2026-06-15",
    ]


def test_rows_that_cannot_be_added_to_a_file_go_into_others_beside_it(folder: Path) -> None:
    (folder / "a.json").write_text("[]")
    (folder / "a-3.json").write_text("[]")
    options = SeriesOptions(system=[66, 67], from_="2026-06-01", to="2026-06-10", file=Path("a.json"), overwrite=True)

    lines = commands(STATS, options, {A: AT, B: None, C: AT})
    assert [shlex.split(line)[shlex.split(line).index("--file") + 1] for line in lines] == [
        "a-2.json",
        "a-4.json",
        "a-5.json",
    ]
    assert not any("--overwrite" in line or "--append" in line for line in lines)


@pytest.mark.parametrize(("name", "form"), [("a.csv", "csv"), ("a.jsonl", "jsonl")])
def test_the_rest_is_added_to_a_part_that_takes_the_place_of_the_file_at_the_end(name: str, form: str) -> None:
    options = SeriesOptions(system=[66, 67], from_="2026-06-01", to="2026-06-10", file=Path(name), overwrite=True)
    destination = Destination(options)
    destination.partial = Path(f"{name}.partial")
    resumption = Resumption(STATS, options, Query(NOW, range=WrittenRange.of(options, daily=False)), FLEET)

    to = f"--output {form} --file {name}.partial --append"
    assert resumption.commands(destination, {A: AT, B: None}, written=True) == [
        f"go on with: enlighten stats --system 66 {to} --from 2026-06-14T12:05:00-07:00 --to 2026-06-10",
        f"go on with: enlighten stats --system 67 {to} --from 2026-06-01 --to 2026-06-10",
        f"and at the end: mv {name}.partial {name}",
    ]
    assert resumption.commands(destination, {}, written=True) == []


def test_a_part_to_which_nothing_can_be_added_stays_where_it_is() -> None:
    options = SeriesOptions(system=[66], from_="2026-06-01", to="2026-06-10", file=Path("a.json"), overwrite=True)
    destination = Destination(options)
    destination.partial = Path("a.json.partial")
    resumption = Resumption(STATS, options, Query(NOW, range=WrittenRange.of(options, daily=False)), FLEET)

    assert resumption.commands(destination, {A: None}, written=True) == [
        "go on with: enlighten stats --system 66 --file a-2.json --from 2026-06-01 --to 2026-06-10"
    ]


def test_where_nothing_was_written_the_first_command_writes_as_it_was_to_and_the_next_ones_add(folder: Path) -> None:
    (folder / "a.csv").write_text("")
    options = SeriesOptions(
        system=[66, 67], from_="yesterday", to="yesterday", file=Path("a.csv"), overwrite=True, yes=True, quiet=True
    )
    auckland = Target(70, "System 70", ZoneInfo("Pacific/Auckland"))

    assert commands(STATS, options, {A: None, auckland: None}, written=False) == [
        "--system 66 --file a.csv --overwrite --yes --quiet --from 2026-06-14 --to 2026-06-14",
        "--system 70 --file a.csv --append --yes --quiet --from 2026-06-15 --to 2026-06-15",
    ]


def test_rows_on_standard_output_go_there_again() -> None:
    options = SeriesOptions(system=[66, 67], from_="2026-06-01", to="2026-06-10", output=None)

    assert commands(STATS, options, {A: AT, B: None}) == [
        "--system 66 --from 2026-06-14T12:05:00-07:00 --to 2026-06-10",
        "--system 67 --from 2026-06-01 --to 2026-06-10",
    ]


def test_the_commands_bring_rows_and_draw_nothing() -> None:
    options = SeriesOptions(system=[66], from_="2026-06-01", to="2026-06-10", file=Path("a.csv"), plot="a.png")

    assert commands(STATS, options, {A: None}) == [
        "--system 66 --file a.csv --append --from 2026-06-01 --to 2026-06-10"
    ]


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({"plot": "-"}, "--system 66 --from 2026-06-14 --to 2026-06-15T18:07:30+00:00 --plot"),
        ({"plot": "a b.png"}, "--system 66 --from 2026-06-14 --to 2026-06-15T18:07:30+00:00 --plot 'a b.png'"),
        (
            {"plot": "a.png", "file": Path("a.csv"), "overwrite": True, "output": Form.CSV, "quiet": True},
            "--system 66 --quiet --from 2026-06-14 --to 2026-06-15T18:07:30+00:00 --plot a.png",
        ),
    ],
)
def test_the_whole_chart_is_drawn_without_rows(changes: dict[str, Any], line: str) -> None:
    options = SeriesOptions(system=[66], from_="yesterday", **changes)
    query = Query(NOW, range=WrittenRange.of(options, daily=False))

    assert Resumption(STATS, options, query, [A]).whole_chart() == f"enlighten stats {line}"


def test_the_whole_chart_adds_to_no_file() -> None:
    options = SeriesOptions(system=[66], from_="2026-06-01", to="2026-06-02", append=True, plot="a.png")
    query = Query(NOW, range=WrittenRange.of(options, daily=False))

    assert Resumption(STATS, options, query, [A]).whole_chart() == (
        "enlighten stats --system 66 --from 2026-06-01 --to 2026-06-02 --plot a.png"
    )


def test_the_whole_chart_of_systems_with_other_days_keeps_the_words() -> None:
    options = SeriesOptions(all=True, from_="yesterday", plot="a.png")
    auckland = Target(70, "System 70", ZoneInfo("Pacific/Auckland"))
    query = Query(NOW, range=WrittenRange.of(options, daily=False))

    assert Resumption(STATS, options, query, [A, auckland]).whole_chart() == (
        "enlighten stats --all --from yesterday --plot a.png"
    )
