"""Every exit code, with one line that says what happened and what to do."""

from __future__ import annotations

import re
import signal
import subprocess
import time
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from enphase_enlighten.cli.exits import MEANINGS

DAY = ("--from", "2024-06-14", "--to", "2024-06-14")


def one_line(result: Any) -> str:
    lines = result.err.splitlines()
    assert len(lines) == 1, result.err
    assert lines[0].startswith("enlighten: ")
    assert "Traceback" not in result.err
    return str(lines[0])


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("sumary",), "No such command"),
        (("summary",), "Which systems?"),
        (("summary", "--system", "x"), "--system"),
        (("summary", "--system", "66", "--all"), "give one of them"),
        (("summary", "--system", "66", "--start-with", "70"), "goes with --all"),
        (("summary", "--system", "66", "--colour"), "No such option"),
        (("summary", "--system", "66", "--output", "xml"), "--output"),
        (("summary", "--system", "66", "--output", "table"), "is for a terminal"),
        (("summary", "--system", "66", "--file", "a.xls"), "--file a.xls: give --output"),
        (("summary", "--system", "66", "--file", "no/a.csv"), "there is no folder"),
        (("summary", "--system", "66", "--file", "a.json", "--append"), "nothing can be added"),
        (("summary", "--system", "66", "--append"), "go with --file"),
        (("summary", "--system", "66", "--file", "a.csv", "--append", "--overwrite"), "give one of them"),
        (("summary", "--system", "66", "--plan", "terawatt"), "--plan 'terawatt' is unknown"),
        (("summary", "--system", "66", "--date", "01/02/2024"), "1 February 2024 or 2 January 2024"),
        (("stats", "--system", "66", "--last", "7m"), "write mo"),
        (("stats", "--system", "66", "--last", "7d", "--to", "today"), "--last goes until now"),
        (("stats", "--system", "66", "--from", "2030-01-01"), "not in the future"),
        (("stats", "--system", "66", "--from", "2024-06-10", "--to", "2024-06-01"), "not before start_at"),
        (("stats", "--system", "66", "--timezone", "Berlin"), "write it like Europe/Berlin"),
        (("energy", "--system", "66", "--last", "24h"), "one value a day"),
        (("energy", "--system", "66", "--from", "2024-06-01 10:00"), "one value a day"),
        (("energy", "--system", "66", "--plot", "a.pdf"), "ends in .png, .svg, .html"),
        (("stats", "--all", "--plot", "a.png", "--start-with", "60"), "--start-with 60"),
    ],
)
def test_usage_is_2(cli: Any, arguments: tuple[str, ...], told: str) -> None:
    result = cli.run(*arguments)
    assert told in one_line(result)
    assert result.code == (7 if "60" in arguments else 2)
    assert result.out == ""


@pytest.mark.parametrize("name", ["ENLIGHTEN_API_KEY", "ENLIGHTEN_USER_ID"])
def test_http_to_another_machine_is_2_if_the_credentials_may_be_real(cli: Any, name: str) -> None:
    asked = ("summary", "--system", "66", "--base-url", "http://example.com")
    result = cli.run(*asked, environment={name: "that-may-be-real"})
    assert result.code == 2
    assert "Use https" in one_line(result)


def test_http_to_another_machine_is_for_a_simulated_api(cli: Any, simulated: Any) -> None:
    # This machine, by an address that is not loopback.
    base_url = simulated.environment["ENLIGHTEN_BASE_URL"].replace("127.0.0.1", "0.0.0.0")  # noqa: S104
    assert cli.run("summary", "--system", "66", "--base-url", base_url, "-o", "jsonl").code == 0


def test_no_arguments_show_the_help(cli: Any) -> None:
    result = cli.run()
    assert result.code == 2
    assert "Exit codes:" in result.err


def test_missing_credentials_are_3(bare: Any) -> None:
    result = bare.run("systems")
    assert result.code == 3
    assert "run `enlighten login`" in one_line(result)


def test_rejected_credentials_are_3(cli: Any) -> None:
    result = cli.run("systems", environment={"ENLIGHTEN_API_KEY": "wrong-key-entirely"})
    assert result.code == 3
    assert "Check the API key" in one_line(result)
    assert "wrong-key-entirely" not in result.err


def test_a_spent_month_is_4_and_says_how_to_go_on(cli: Any, simulated: Any) -> None:
    simulated.fail(kind="conflict", operation="Summary", period="month", after=2)
    result = cli.run("summary", "--all", "--output", "jsonl")
    assert result.code == 4
    assert len(result.rows()) == 2
    last = result.err.splitlines()[-1]
    assert last == "enlighten: go on with: enlighten summary --all --start-with 68 --output jsonl"


@pytest.mark.parametrize("kind", ["malformed", "bad_gateway", "server_error"])
def test_a_failing_service_is_5(cli: Any, simulated: Any, kind: str) -> None:
    simulated.fail(kind=kind, operation="Systems")
    result = cli.run("systems", environment={"ENLIGHTEN_LOG": "error"})
    assert result.code == 5
    one_line(result)


def test_no_network_is_6(cli: Any) -> None:
    result = cli.run("systems", "--base-url", "http://127.0.0.1:9/api/v2")
    assert result.code == 6
    one_line(result)


@pytest.mark.parametrize(
    ("arguments", "code"), [(("--base-url", "http://127.0.0.1:9/api/v2"), 6), (("--status", "bogus"), 2)]
)
def test_a_listing_that_fails_leaves_a_file_as_it_was(cli: Any, arguments: tuple[str, ...], code: int) -> None:
    (cli.folder / "fleet.csv").write_text("precious")
    assert cli.run("systems", *arguments, "-O", "fleet.csv", "--overwrite").code == code
    assert (cli.folder / "fleet.csv").read_text() == "precious"


def test_a_listing_that_fails_is_no_empty_list(cli: Any) -> None:
    result = cli.run("systems", "-o", "json", environment={"ENLIGHTEN_API_KEY": "wrong-key-entirely"})
    assert (result.code, result.out) == (3, "")


@pytest.mark.parametrize(
    "arguments",
    [
        ("find", "999999999999"),
        ("summary", "--system", "99999"),
        ("systems", "--name", "Nobody's"),
        ("rgm", "--system", "67", *DAY),
        ("consumption", "--system", "69", "--last", "3d"),
    ],
)
def test_no_data_is_7(cli: Any, arguments: tuple[str, ...]) -> None:
    result = cli.run(*arguments)
    assert result.code == 7, result.err
    one_line(result)


@pytest.mark.parametrize("command", ["energy", "consumption"])
def test_a_daily_series_that_begins_today_has_no_data_yet(cli: Any, command: str) -> None:
    result = cli.run(command, "-s", "66", "--from", "today")
    assert result.code == 7
    assert "system 66: no day since 2024-06-16 is over" in one_line(result)
    # What it advises has today so far.
    rows = cli.run(command, "-s", "66", "--from", "yesterday", "--to", "today", "-o", "jsonl").rows()
    assert [row["date"] for row in rows] == ["2024-06-15", "2024-06-16"]


@pytest.mark.parametrize(
    ("arguments", "advice"),
    [
        (("summary", "-s", "66"), "Check the id or serial number; `enlighten systems` lists"),
        (("find", "999999999999"), "Check the id or serial number; `enlighten systems` lists"),
        (("envoys", "-s", "66"), "Wait until the period ends, ask for less, or take a larger plan."),
        (
            ("envoys", "-s", "66", "--plan", "10/1", "--yes"),
            "Wait until the period ends, ask for less, or take a larger plan.",
        ),
        (("inventory", "-s", "66"), "Try again later."),
    ],
)
def test_advice_can_be_followed_at_a_terminal(
    cli: Any, simulated: Any, arguments: tuple[str, ...], advice: str
) -> None:
    simulated.fail(kind="not_found", operation="Summary")
    simulated.fail(kind="conflict", operation="Envoys", period="month")
    simulated.fail(kind="unavailable", operation="Inventory")
    result = cli.run(*arguments)
    assert advice in result.err
    assert "max_wait" not in result.err
    assert "systems()" not in result.err


@pytest.mark.parametrize("named", [None, "Nowhere/At all"])
def test_a_system_of_unknown_timezone_can_be_told_its_own(bare: Any, responding: Any, named: str | None) -> None:
    moment = int(time.time()) // 86_400 * 86_400
    responses = {
        "/systems": {"systems": [{"system_id": 66, "system_name": "Roof", "timezone": named}]},
        "/stats": {"system_id": 66, "intervals": [{"end_at": moment, "powr": 1, "enwh": 2, "devices_reporting": 3}]},
    }
    bare.environment.update(responding(responses).environment)
    asked = ("stats", "-s", "66", "--from", f"@{moment - 300}", "--to", f"@{moment}", "-o", "jsonl")
    environment = {"ENLIGHTEN_LOG": "error"}
    unknown = bare.run(*asked, environment=environment)
    assert (unknown.code, "Give it: --timezone Area/City." in unknown.err) == (5, True)
    given = bare.run(*asked, "--timezone", "America/New_York", environment=environment)
    assert [row["end_at"] for row in given.rows()] == [
        datetime.fromtimestamp(moment, ZoneInfo("America/New_York")).isoformat()
    ]


def test_one_failing_system_of_many_is_8_and_the_rest_is_written(cli: Any, simulated: Any) -> None:
    simulated.fail(kind="not_found", operation="Summary", system_id=70)
    result = cli.run("summary", "--all", "--output", "jsonl", "--quiet")
    assert result.code == 8
    assert [row["system_id"] for row in result.rows()] == [66, 67, 68, 69, *range(71, 78)]
    told = [line for line in result.err.splitlines() if "warning" not in line]
    assert told[0] == "enlighten: 1 of 12 systems failed, the rest is written:"
    assert told[1].startswith("enlighten: system 70: Summary: status 404")


def test_failures_are_told_of_only_where_there_are_some(cli: Any, simulated: Any) -> None:
    simulated.fail(kind="not_found", operation="Envoys")
    told = cli.run("envoys", "--all").err.splitlines()
    assert told[0] == "enlighten: 12 of 12 systems failed:"
    simulated.fail(kind="conflict", operation="Summary", period="month", after=2)
    assert "failed" not in cli.run("summary", "--all").err


def test_a_system_that_is_not_listed_is_one_that_failed(cli: Any) -> None:
    result = cli.run("summary", "-s", "66", "-s", "999", "-o", "jsonl")
    assert result.code == 8
    assert [row["system_id"] for row in result.rows()] == [66]
    assert "do not list system 999" in result.err


def test_the_only_system_decides_the_code(cli: Any, simulated: Any) -> None:
    simulated.fail(kind="malformed", operation="Envoys")
    assert cli.run("envoys", "-s", "66").code == 5


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        pytest.param("cut", 6, marks=pytest.mark.long),
        pytest.param("unavailable", 5, marks=pytest.mark.long),
        ("bad_gateway", 5),
        pytest.param("server_error", 5, marks=pytest.mark.long),
    ],
)
def test_a_service_that_is_down_is_not_asked_for_each_system(cli: Any, simulated: Any, kind: str, code: int) -> None:
    simulated.fail(kind=kind, operation="Envoys", after=3)
    result = cli.without_waiting("envoys", "--all", "-o", "jsonl")
    assert result.code == code
    assert {row["system_id"] for row in result.rows()} == {66, 67, 68}
    assert "--start-with 69" in result.err


def test_a_reader_that_stops_reading_is_141_and_quiet(cli: Any) -> None:
    command = " ".join([*cli.command, "stats", "--system", "66", "--last", "20d", "-o", "jsonl"])
    done = subprocess.run(  # noqa: S603 - our own command line
        ["/bin/bash", "-c", f"{command} | head -n 1; echo ${{PIPESTATUS[0]}}"],
        env=cli.environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout.splitlines()[-1] == "141"
    assert done.stderr == ""


def test_terminated_is_143_and_keeps_what_was_written(cli: Any, simulated: Any) -> None:
    simulated.fail(kind="latency", operation="Stats", after=1, seconds=120)
    process = cli.start("stats", "-s", "66", "--last", "5d", "-o", "json")
    assert process.stdout is not None
    first = process.stdout.readline()
    process.send_signal(signal.SIGTERM)
    rest, _ = process.communicate(timeout=60)
    assert (first, rest[-3:], process.returncode) == (b"[\n", b"\n]\n", 143)


def test_a_file_that_cannot_be_written_is_1(cli: Any) -> None:
    result = cli.run("summary", "-s", "66", "-o", "csv", "--file", "/dev/full")
    assert result.code == 1
    assert "No space left" in one_line(result)


def test_debug_shows_the_way_and_no_credential(cli: Any, simulated: Any) -> None:
    simulated.fail(kind="not_found", operation="Summary")
    result = cli.run("summary", "-s", "66", "--debug")
    assert "Traceback" in result.err
    assert "GET" in result.err
    assert simulated.api_key not in result.err
    assert simulated.user_id not in result.err


def test_all_codes_are_in_the_help(cli: Any) -> None:
    shown = re.findall(r"^ +(\d+) +\S", cli.run("--help").out, re.MULTILINE)
    assert [int(code) for code in shown] == [int(code) for code in MEANINGS]
