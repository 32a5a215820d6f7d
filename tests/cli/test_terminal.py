"""What people see: tables, colours, progress and questions, in a pseudo-terminal."""

from __future__ import annotations

import re
from typing import Any

import pytest

from enphase_enlighten.credentials.untrusted import one_line

COLOUR = re.compile(r"\x1b\[\d+(;\d+)*m")
# Names as somebody might write them who means harm, or who has another script.
EVIL = "Roof\x1b]0;owned\x07\x1b[2J\x9b31m\u202egnp.exe\r\n\x00<b>=1+1</b>"


def plain(text: str) -> str:
    return "\n".join(one_line(line) for line in text.splitlines())


def test_a_table_has_units_thousands_and_the_timezone(cli: Any) -> None:
    result = cli.shown("summary", "-s", "67", "-q", width=150)
    assert result.code == 0
    assert re.search(r"67\s+St\. John's Residence 67\s+normal\s+2024-06-15", plain(result.out))
    assert re.search(r"\d{1,3}(,\d{3})+ Wh", result.out)
    assert re.search(r"2024-06-15 \d\d:\d\d NDT", result.out)


def test_a_table_says_what_it_has_no_room_for(cli: Any) -> None:
    result = cli.at_terminal("summary", "-s", "67", "-q", width=80)
    assert "Not shown, for want of room: " in result.out
    assert "operational_at" in result.out
    assert max(len(line) for line in plain(result.out).splitlines() if "Not shown" not in line) <= 80


def test_a_long_table_begins_before_it_is_whole_and_keeps_its_widths(cli: Any) -> None:
    shown = plain(cli.shown("stats", "-s", "66", "--from", "2024-06-10", "--to", "2024-06-14").out)
    rows = [line for line in shown.splitlines() if re.match(r"\s*66 ", line)]
    assert len(rows) > 400
    assert len({line.index("Wh") for line in rows}) == 1
    assert shown.count("end at") == 1


def test_colours_on_a_terminal(cli: Any) -> None:
    assert COLOUR.search(cli.shown("envoys", "-s", "66", "-q").out)
    quiet = cli.shown("envoys", "-s", "66", "-q", environment={"NO_COLOR": "1"}).out
    assert not re.search(r"\x1b\[3\dm", quiet)


def test_no_colours_in_a_pipe(cli: Any) -> None:
    result = cli.run("summary", "--all")
    assert "\x1b" not in result.out + result.err


def test_progress_is_on_standard_error_only(cli: Any) -> None:
    arguments = " ".join([*cli.command, "stats", "-s", "66", "--last", "4d", "-o", "csv"])
    shell = type(cli)(cli.environment, cli.folder, ["/bin/bash", "-c", f"{arguments} > rows.csv"])
    result = shell.at_terminal()
    assert re.search(r"system 66 .*4/4.* windows .*/s.*\d+:\d\d.* hits this month", plain(result.out))
    rows = (cli.folder / "rows.csv").read_text()
    assert "\x1b" not in rows
    assert "hits" not in rows


def test_progress_tells_what_is_left_of_the_quota(cli: Any) -> None:
    result = cli.shown("summary", "--all", "--plan", "megawatt")
    assert re.search(r"hits this month, 299,\d\d\d left", plain(result.out))


def test_progress_says_that_it_waits(cli: Any, simulated: Any) -> None:
    simulated.fail(kind="conflict", operation="Summary", after=1, count=1)
    result = cli.at_terminal("summary", "--all", interrupt_at="waiting")
    assert result.code == 130
    assert re.search(r"waiting \d+ s", result.out)


@pytest.mark.parametrize("width", [80, 110])
def test_time_left_is_that_of_the_plan_and_the_line_fits(cli: Any, width: int) -> None:
    month = ("--from", "2024-05-01", "--to", "2024-05-31")
    result = cli.at_terminal(
        "stats", "-s", "67", *month, "--plan", "10/1000", "-O", "a.csv", width=width, interrupt_at="waiting"
    )
    assert result.code == 130
    line = next(line for line in re.split(r"[\r\n]", result.out) if "waiting" in line)
    found = re.search(r"(\d+)/31 windows .*(\d+):(\d\d) .* hits this month, \d+ left +waiting \d+ s", plain(line))
    assert found is not None, line
    done, minutes, seconds = map(int, found.groups())
    # Ten a minute: six seconds each, of which a busy machine may have taken some already.
    assert 60 * minutes + seconds > 3 * (31 - done)
    assert ("━" in line) == (width == 110)


def test_no_progress_without_a_terminal_or_with_quiet(cli: Any) -> None:
    assert "hits" not in cli.run("summary", "--all").err
    assert "hits" not in cli.shown("summary", "--all", "-q").out


@pytest.mark.parametrize(("answer", "code"), [("y\n", 0), ("n\n", 2), ("\n", 2)])
def test_a_run_that_spends_a_tenth_of_the_month_asks(cli: Any, answer: str, code: int) -> None:
    result = cli.shown("summary", "--all", "--plan", "100/100", "-q", typed=answer)
    assert "this run sends about 12 requests, 12% of the month's 100" in result.out
    assert result.code == code


def test_a_large_run_needs_yes_without_a_terminal(cli: Any) -> None:
    result = cli.run("summary", "--all", "--plan", "100/100")
    assert (result.code, result.out) == (2, "")
    assert "Not a terminal, pass --yes" in result.err
    assert cli.run("summary", "--all", "--plan", "100/100", "--yes").code == 0


def test_without_a_plan_the_smallest_is_assumed(cli: Any) -> None:
    result = cli.run("stats", "--all", "--last", "100d")
    assert result.code == 2
    assert "the month's 10,000 (assuming the smallest plan, Watt; --plan names yours)" in result.err


def test_parquet_is_not_for_a_terminal(cli: Any) -> None:
    result = cli.shown("summary", "-s", "66", "-o", "parquet")
    assert result.code == 2
    assert "not for a terminal" in result.out


def evil(responding: Any) -> Any:
    system = {
        "system_id": 66,
        "system_name": EVIL,
        "system_public_name": "=HYPERLINK(1)",
        "timezone": "Europe/Berlin\x1b[31m",
        "country": "+DE",
        "state": None,
        "city": "@home",
        "postal_code": "-1",
        "connection_type": "wifi",
        "status": "\x1b]8;;http://evil\x1b\\normal",
        "reference": "\x85\u2066x",
        "meta": {},
    }
    return responding({"/systems": {"systems": [system]}, "/summary": b'{"reason": "\\u001b[2J\\u202e"}'})


@pytest.mark.parametrize("form", ["table", "csv", "json", "jsonl"])
def test_untrusted_text_never_controls_a_terminal(bare: Any, responding: Any, form: str) -> None:
    environment = {**evil(responding).environment, "NO_COLOR": "1", "TERM": "dumb"}
    result = bare.shown("systems", "-q", "-o", form, environment=environment, width=200)
    assert result.code == 0
    assert "Roof" in result.out
    # Bold and dim are ours.
    shown = re.sub(r"\x1b\[[012]m", "", result.out)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)


def test_untrusted_text_in_errors_and_warnings_is_sanitised_too(bare: Any, responding: Any) -> None:
    result = bare.run("summary", "--system", "66", environment=evil(responding).environment)
    assert result.code == 5
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", result.err)


def test_a_spreadsheet_runs_nothing(bare: Any, responding: Any) -> None:
    header, row = bare.run("systems", environment=evil(responding).environment).lines
    cells = dict(zip(header.split(","), row.split(","), strict=True))
    assert cells["system_public_name"] == "'=HYPERLINK(1)"
    assert (cells["country"], cells["city"], cells["postal_code"]) == ("'+DE", "'@home", "'-1")
    assert cells["system_id"] == "66"


def test_charts_escape_names(bare: Any, responding: Any) -> None:
    name = "<script>alert(1)</script>\x1b[2J $x$"
    responses = {
        "/systems": {"systems": [{"system_id": 66, "system_name": name, "timezone": "UTC"}]},
        "/energy_lifetime": {"system_id": 66, "start_date": "2024-06-01", "production": [1, 2, None, 4, 5], "meta": {}},
    }
    simulated = responding(responses)
    result = bare.run("energy", "-s", "66", "--plot", "a.html", environment=simulated.environment)
    assert result.code == 0, result.err
    page = (bare.folder / "a.html").read_text()
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; $x$" in page
    assert "\x1b" not in page


def test_the_wrong_terminal_encoding_ends_no_run(cli: Any) -> None:
    assert cli.in_process("systems", "-o", "csv", environment={"PYTHONIOENCODING": "ascii"}).code == 0
