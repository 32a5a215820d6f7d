"""A run over systems: in which order, what of it fails, when it is given up, and what it says at the end."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq  # type: ignore[import-untyped]  # it ships no types
import pytest

from tests.support.service import no_content, reply

from .stub import ctrl_c, failing, late, terminated, tripped

if TYPE_CHECKING:
    from tests.support.service import StubService

    from .running import Cli

pytestmark = pytest.mark.usefixtures("stub")

DAY = ("--from", "2026-06-14", "--to", "2026-06-14")
ALL = ("summary", "--all", "-o", "jsonl")


def told(result: Any) -> list[str]:
    lines = result.err.splitlines()
    assert all(line.startswith("enlighten: ") for line in lines), result.err
    return [line.removeprefix("enlighten: ") for line in lines]


def names(stub: StubService) -> list[str]:
    return [name for name, _ in stub.requests]


def test_systems_come_once_in_the_order_in_which_they_were_named(bare: Cli, stub: StubService) -> None:
    result = bare.run("summary", "-s", "68", "-s", "66", "-s", "68", "-o", "jsonl")

    assert result.code == 0
    assert [(row["system_id"], row["system_name"]) for row in result.rows()] == [(68, "System 68"), (66, "System 66")]
    assert told(result) == []
    assert names(stub) == ["systems", "summary", "summary"]


def test_a_system_that_fails_does_not_stop_the_others(bare: Cli, stub: StubService) -> None:
    stub.then = [None, None, failing(404), None, failing(403), None]
    result = bare.run(*ALL)

    assert result.code == 8
    assert [row["system_id"] for row in result.rows()] == [66, 68, 70]
    assert [line[:20] for line in told(result)] == [
        "2 of 5 systems faile",
        "system 67: Summary: ",
        "system 69: Summary: ",
    ]
    assert told(result)[0] == "2 of 5 systems failed, the rest is written:"


@pytest.mark.parametrize(
    ("statuses", "code"),
    [([404] * 5, 7), ([418] * 5, 5), ([401] * 5, 3), ([404, 418, 404, 404, 404], 8), ([200, 404, 404, 404, 404], 8)],
)
def test_the_code_is_that_of_all_failures_where_all_systems_failed_alike(
    bare: Cli, stub: StubService, statuses: list[int], code: int
) -> None:
    stub.then = [None, *[None if status == 200 else failing(status) for status in statuses]]
    result = bare.run(*ALL)

    assert result.code == code
    failed = 5 - statuses.count(200)
    rest = ", the rest is written" if failed < 5 else ""
    assert told(result)[0] == f"{failed} of 5 systems failed{rest}:"


def test_systems_that_are_not_listed_count_as_failed(bare: Cli, stub: StubService) -> None:
    result = bare.run("summary", "-s", "66", "-s", "5", "-o", "jsonl")
    assert (result.code, len(result.rows())) == (8, 1)
    assert told(result) == [
        "1 of 2 systems failed, the rest is written:",
        "system 5: these credentials do not list system 5; `enlighten systems` lists them",
    ]

    result = bare.run("summary", "-s", "4", "-s", "5", "-o", "jsonl")
    assert (result.code, result.out) == (7, "")
    assert told(result)[0] == "2 of 2 systems failed:"
    assert "go on with" not in result.err

    stub.then = [None, failing(404)]
    result = bare.run("summary", "-s", "66", "-s", "5", "-o", "jsonl")
    assert result.code == 7
    assert told(result)[0] == "2 of 2 systems failed:"


def test_the_failure_of_the_only_system_is_told_in_one_line(bare: Cli, stub: StubService) -> None:
    stub.then = [None, failing(418)]
    result = bare.run("summary", "-s", "66", "-o", "jsonl")

    assert result.code == 5
    assert [line.split(":")[0] for line in told(result)] == ["system 66"]


@pytest.mark.parametrize(
    ("number", "rest"),
    [
        (20, None),
        (21, "and 1 more: 1020"),
        (200, f"and 180 more: {' '.join(map(str, range(1020, 1200)))}"),
        (201, f"and 181 more: {' '.join(map(str, range(1020, 1200)))} ..."),
    ],
)
def test_of_many_failures_twenty_are_told_in_full_and_some_more_by_their_ids(
    bare: Cli, number: int, rest: str | None
) -> None:
    result = bare.run("summary", *[part for at in range(1000, 1000 + number) for part in ("-s", str(at))])

    lines = told(result)
    assert [line.split(":")[0] for line in lines[1:21]] == [f"system {at}" for at in range(1000, 1020)]
    assert lines[21:] == ([] if rest is None else [rest])


def test_a_run_is_given_up_when_the_service_fails_for_three_systems_in_a_row(bare: Cli, stub: StubService) -> None:
    stub.then = [None, None, *[tripped()] * 4]
    result = bare.run(*ALL)

    assert result.code == 5
    assert len(names(stub)) == 1 + 1 + 3
    assert [row["system_id"] for row in result.rows()] == [66]
    # The error that stands for all three, and no list of them.
    assert [line[:16] for line in told(result)] == ["Summary: status ", "go on with: enli"]
    assert told(result)[-1] == "go on with: enlighten summary --all --start-with 67 --output jsonl"


def test_those_that_failed_before_a_run_was_given_up_are_told(bare: Cli, stub: StubService) -> None:
    stub.then = [None, failing(404), *[tripped()] * 4]
    result = bare.run(*ALL)

    assert result.code == 5
    assert told(result)[0] == "1 of 5 systems failed:"
    assert told(result)[1].startswith("system 66: ")
    assert told(result)[-1] == "go on with: enlighten summary --all --start-with 67 --output jsonl"


@pytest.mark.parametrize("between", [200, 404])
def test_whatever_else_happens_in_between_a_run_goes_on(bare: Cli, stub: StubService, between: int) -> None:
    stub.then = [None, tripped(), tripped(), None if between == 200 else failing(between), tripped(), tripped()]
    result = bare.run(*ALL)

    assert len(names(stub)) == 6
    assert result.code == 8
    assert told(result)[0].startswith(f"{4 if between == 200 else 5} of 5 systems failed")
    # Where no row came at all, the same command is the one to try again.
    assert [line for line in told(result) if line.startswith("go on")] == [
        "go on with: enlighten summary --system 66 --system 67 --output jsonl",
        "go on with: enlighten summary --all --start-with 69 --output jsonl",
    ] * (between == 200)


def test_after_failures_that_may_pass_the_rest_can_be_fetched(bare: Cli, stub: StubService) -> None:
    stub.then = [None, tripped(), None, None, tripped(), failing(404)]
    result = bare.run("summary", "--all", "-O", "a.csv")

    assert result.code == 8
    assert told(result)[-1] == "go on with: enlighten summary --system 66 --system 69 --file a.csv --append"
    assert bare.run("summary", "-s", "66", "-s", "69", "-O", "a.csv", "--append").code == 0
    lines = (bare.folder / "a.csv").read_text().splitlines()
    assert [line.split(",")[0] for line in lines] == ["system_id", "67", "68", "66", "69"]


def test_a_spent_quota_stops_the_run_at_once(bare: Cli, stub: StubService) -> None:
    stub.then = [None, None, reply({"period": "month", "period_end": 1_782_864_000, "limit": 100}, 409)]
    result = bare.run(*ALL)

    assert result.code == 4
    assert len(names(stub)) == 3
    assert told(result)[-1] == "go on with: enlighten summary --all --start-with 67 --output jsonl"


def test_an_invalid_range_is_told_once_and_nothing_more(bare: Cli, stub: StubService) -> None:
    result = bare.run("stats", "--all", "--from", "2026-06-14", "--to", "2026-06-10", "-o", "jsonl")

    assert result.code == 2
    assert len(told(result)) == 1
    assert names(stub) == ["systems"]


def test_where_nothing_was_found_a_file_says_so_too(bare: Cli, stub: StubService) -> None:
    stub.has = lambda _end: False
    result = bare.run("stats", "-s", "66", *DAY, "-O", "a.json")

    assert (result.code, told(result)) == (7, ["no data: nothing was found for what was asked."])
    assert json.loads((bare.folder / "a.json").read_text()) == []


def test_where_all_failed_no_file_is_made(bare: Cli, stub: StubService) -> None:
    stub.then = [None, failing(418)]
    assert bare.run("summary", "-s", "66", "-O", "a.json").code == 5
    assert not (bare.folder / "a.json").exists()


def test_ctrl_c_keeps_what_was_written_and_says_how_much_that_is(bare: Cli, stub: StubService) -> None:
    stub.then = [None, None, None, ctrl_c]
    result = bare.run(*ALL)

    assert result.code == 130
    assert [row["system_id"] for row in result.rows()] == [66, 67]
    assert told(result) == [
        "interrupted: 2 of 5 systems done, 2 rows written.",
        "go on with: enlighten summary --all --start-with 68 --output jsonl",
    ]


def test_ctrl_c_within_a_series_goes_on_from_its_last_interval(bare: Cli, stub: StubService) -> None:
    # Two windows of the first system, one of the second.
    stub.then = [None, None, None, None, ctrl_c]
    asked = ("--from", "2026-06-13", "--to", "2026-06-14", "-O", "a.csv")
    result = bare.run("stats", "-s", "66", "-s", "67", "-s", "68", *asked)

    assert result.code == 130
    again = "go on with: enlighten stats --system"
    assert told(result) == [
        "interrupted: 1 of 3 systems done, 864 rows written.",
        f"{again} 67 --file a.csv --append --from 2026-06-14T00:00:00-07:00 --to 2026-06-14",
        f"{again} 68 --file a.csv --append --from 2026-06-13 --to 2026-06-14",
    ]


def test_ctrl_c_before_anything_came_leaves_the_same_command(bare: Cli, stub: StubService) -> None:
    stub.then = [None, ctrl_c]
    result = bare.run("energy", "-s", "66", "--from", "2026-06-01", "-O", "a.csv")

    assert result.code == 130
    assert told(result) == [
        "interrupted: 0 of 1 systems done, 0 rows written.",
        "go on with: enlighten energy --system 66 --file a.csv --from 2026-06-01",
    ]
    assert not (bare.folder / "a.csv").exists()


def test_ctrl_c_of_a_chart_says_that_it_is_drawn_and_not_complete(bare: Cli, stub: StubService) -> None:
    stub.then = [None, None, ctrl_c]
    result = bare.run("stats", "-s", "66", "-s", "67", *DAY, "--plot", "a.html")

    assert result.code == 130
    again = "enlighten stats --system 66 --system 67 --from 2026-06-14 --to 2026-06-14 --plot a.html"
    assert told(result) == [
        "interrupted: 1 of 2 systems done, 288 rows drawn.",
        f"the chart is not complete; for the whole chart: {again}",
        "the chart is in a.html.",
    ]


def test_a_chart_of_nothing_is_not_drawn(bare: Cli, stub: StubService) -> None:
    stub.then = [None, ctrl_c]
    result = bare.run("stats", "-s", "66", *DAY, "--plot", "a.html")

    assert told(result)[-1].startswith("for the whole chart: enlighten stats --system 66 ")
    assert not (bare.folder / "a.html").exists()


def test_a_chart_and_a_file_are_both_made(bare: Cli) -> None:
    result = bare.run("stats", "-s", "66", *DAY, "--plot", "a.html", "-O", "a.csv")

    assert (result.code, told(result)) == (0, ["the chart is in a.html."])
    assert len((bare.folder / "a.csv").read_text().splitlines()) == 289


def test_a_chart_in_a_file_takes_the_place_of_the_rows(bare: Cli) -> None:
    result = bare.run("stats", "-s", "66", *DAY, "--plot", "a.html")

    assert (result.code, result.out) == (0, "")
    assert bare.run("stats", "-s", "66", *DAY, "--plot", "a.html", "-o", "jsonl").rows()


def test_a_chart_and_rows_in_the_same_terminal_are_an_error_before_anything_is_sent(
    bare: Cli, stub: StubService
) -> None:
    result = bare.run("stats", "-s", "66", *DAY, "--plot", "-o", "csv")
    assert (result.code, told(result)) == (
        2,
        ["--plot in the terminal and --output there too: give --file, or --plot FILE.png."],
    )
    assert stub.requests == []
    assert bare.run("stats", "-s", "66", *DAY, "--plot", "-O", "a.csv").code == 0


def test_debug_shows_where_an_error_of_a_system_comes_from(bare: Cli, stub: StubService) -> None:
    for outcome in (failing(418), reply({"period": "month", "period_end": 1_782_864_000, "limit": 9}, 409)):
        stub.then = [None, outcome, None, outcome]
        assert "Traceback" in bare.run("summary", "-s", "66", "--debug").err
        assert "Traceback" not in bare.run("summary", "-s", "67").err


def test_the_day_that_is_asked_for_is_the_one_that_is_sent(bare: Cli, stub: StubService) -> None:
    assert bare.run("summary", "-s", "66", "--date", "yesterday", "-o", "jsonl").code == 0
    assert bare.run("summary", "-s", "66", "-o", "jsonl").code == 0
    assert [params.get("summary_date") for params in stub.asked("summary")] == ["2026-06-14", None]

    result = bare.run("summary", "-s", "66", "--date", "someday")
    assert (result.code, told(result)[0][:17]) == (2, "--date 'someday':")


def test_a_meter_that_is_not_there_is_no_data(bare: Cli, stub: StubService) -> None:
    stub.then = [None, no_content()]

    assert bare.run("consumption", "-s", "66", "-o", "jsonl").code == 7


def test_times_are_the_systems_own_or_in_utc_if_that_is_wanted(bare: Cli) -> None:
    asked = ("stats", "-s", "66", "--from", "2026-06-14 10:00", "--to", "2026-06-14 10:05", "-o", "jsonl")

    [row], [in_utc] = bare.run(*asked).rows(), bare.run(*asked, "--utc").rows()
    assert (row["end_at"], in_utc["end_at"]) == ("2026-06-14T10:05:00-07:00", "2026-06-14T17:05:00+00:00")


def test_terminating_a_run_keeps_what_was_written_and_makes_no_file_of_nothing(bare: Cli, stub: StubService) -> None:
    stub.then = [None, terminated]
    assert bare.run("summary", "-s", "66", "-O", "a.json").code == 143
    assert not (bare.folder / "a.json").exists()

    stub.then = [None, None, terminated]
    assert bare.run("summary", "-s", "66", "-s", "67", "-O", "a.json").code == 143
    assert [row["system_id"] for row in json.loads((bare.folder / "a.json").read_text())] == [66]


def test_a_series_that_failed_halfway_goes_on_from_its_last_interval(bare: Cli, stub: StubService) -> None:
    stub.then = [None, None, tripped()]
    asked = ("--from", "2026-06-13", "--to", "2026-06-14", "-O", "a.csv")
    result = bare.run("stats", "-s", "66", "-s", "67", *asked)

    assert result.code == 8
    assert told(result)[0] == "1 of 2 systems failed, the rest is written:"
    assert told(result)[-1] == (
        "go on with: enlighten stats --system 66 --file a.csv --append --from 2026-06-14T00:00:00-07:00 --to 2026-06-14"
    )


def test_where_every_system_failed_halfway_there_is_no_rest_that_is_written(bare: Cli, stub: StubService) -> None:
    stub.then = [None, None, failing(418), None, failing(418)]
    asked = ("--from", "2026-06-13", "--to", "2026-06-14", "-O", "a.csv")
    result = bare.run("stats", "-s", "66", "-s", "67", *asked)

    assert result.code == 5
    assert told(result)[0] == "2 of 2 systems failed:"
    assert result.err.count("go on with") == 2


def test_where_a_run_is_given_up_the_failures_before_it_are_told_without_a_rest(bare: Cli, stub: StubService) -> None:
    stub.then = [None, None, failing(404), *[tripped()] * 3]
    result = bare.run(*ALL)

    assert (result.code, len(result.rows())) == (5, 1)
    assert told(result)[0] == "1 of 5 systems failed:"


def test_one_row_is_enough_to_add_to(bare: Cli, stub: StubService) -> None:
    stub.then = [None, None, *[tripped()] * 3]
    result = bare.run("summary", "--all", "-O", "a.csv")

    assert told(result)[-1] == "go on with: enlighten summary --all --start-with 67 --file a.csv --append"


def test_of_a_chart_without_a_system_that_failed_nothing_is_said_to_be_written(bare: Cli, stub: StubService) -> None:
    stub.then = [None, failing(418)]
    result = bare.run("stats", "-s", "66", "-s", "67", *DAY, "--plot", "a.html", "--utc")

    assert result.code == 8
    assert {"the chart is in a.html.", "1 of 2 systems failed:"} <= set(told(result))
    assert "time in UTC" in (bare.folder / "a.html").read_text()


@pytest.mark.parametrize(("arguments", "zone"), [((), "America/Los_Angeles"), (("--utc",), "UTC")])
def test_a_column_of_times_in_parquet_has_the_timezone_of_all_systems(
    bare: Cli, arguments: tuple[str, ...], zone: str
) -> None:
    assert bare.run("stats", "-s", "66", "-s", "67", *DAY, "-O", "a.parquet", *arguments).code == 0

    assert pq.read_schema(bare.folder / "a.parquet").field("end_at").type.tz == zone


@pytest.mark.parametrize(
    ("command", "unit"),
    [(("stats", "--from", "2026-06-13", "--to", "2026-06-14"), "windows"), (("summary",), "requests")],
)
def test_a_terminal_shows_how_far_a_run_is(bare: Cli, stub: StubService, command: tuple[str, ...], unit: str) -> None:
    number = 2 if unit == "windows" else 1
    for quiet in (False, True):
        stub.then = [None, *[None] * number, late]
        result = bare.shown(*command, "-s", "66", "-s", "67", "-o", "csv", *["-q"] * quiet, width=150)

        shown = " ".join(result.out.split())
        assert result.code == 8
        assert shown.count("system_id,") == 1
        assert ("system 67 " in shown and f"{number}/{2 * number}" in shown and f" {unit} " in shown) is not quiet
        assert ("hits this month" in shown) is not quiet


def test_a_length_in_hours_is_not_for_days(bare: Cli, stub: StubService) -> None:
    result = bare.run("energy", "-s", "66", "--last", "24h")

    assert (result.code, stub.requests) == (2, [])
