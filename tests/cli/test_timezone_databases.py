"""The command line on machines without a timezone database, or with one that lacks a name."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from .running import Cli

NO_DATABASE = "this machine has no timezone database, or only a part of one"
SYSTEM = {"system_id": 66, "system_name": "Roof", "status": "normal", "timezone": "Europe/Kyiv"}


@pytest.fixture
def without(tmp_path: Path, cli: Cli) -> Any:
    """The command on a machine that has these timezones alone."""
    hidden, folder = tmp_path / "hidden", tmp_path / "zoneinfo"
    hidden.mkdir()
    (hidden / "tzdata.py").write_text("raise ModuleNotFoundError(\"No module named 'tzdata'\", name='tzdata')")
    paths = filter(None, [str(hidden), cli.environment.get("PYTHONPATH")])
    cli.environment.update(PYTHONPATH=":".join(paths), PYTHONTZPATH=str(folder), TZ="UTC")

    def database(*names: str) -> Cli:
        for name in names:
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(files("tzdata").joinpath("zoneinfo", *name.split("/")).read_bytes())
        return cli

    return database


def test_doctor_tells_of_a_database_that_is_missing(without: Any) -> None:
    result = without().in_process("doctor", "-o", "jsonl")
    [found] = [row for row in result.rows() if row["check"] == "timezones"]
    assert result.code == 2
    assert (found["state"], found["finding"]) == ("failed", NO_DATABASE)
    assert found["what_to_do"] == "Install one: pip install tzdata"
    assert {"service", "access", "quota"} <= {row["check"] for row in result.rows()}
    assert "timezone" not in {row["check"] for row in result.rows()}


def test_doctor_tells_of_it_also_where_nothing_else_can_be_checked(without: Any) -> None:
    result = without().in_process("doctor", "-o", "jsonl", environment={"ENLIGHTEN_API_KEY": ""})
    assert result.rows()[-1]["finding"] == NO_DATABASE


def test_doctor_tells_of_a_timezone_of_the_service_that_the_database_lacks(without: Any, responding: Any) -> None:
    cli = without("America/Los_Angeles", "Asia/Tokyo", "Europe/Berlin", "UTC")
    cli.environment.update(responding({"/systems": {"systems": [SYSTEM]}}).environment)
    result = cli.in_process("doctor", "-o", "jsonl")
    found = {row["check"]: row for row in result.rows()}
    assert result.code == 2
    assert found["timezones"]["state"] == "ok"
    assert found["timezone"]["state"] == "failed"
    assert found["timezone"]["finding"].startswith("system 66 is in Europe/Kyiv, which this machine's")
    assert found["timezone"]["what_to_do"].endswith("pip install --upgrade tzdata")


def test_a_series_names_the_machine_and_does_not_ask_for_a_timezone(without: Any) -> None:
    result = without().in_process("stats", "-s", "66", "-o", "jsonl")
    assert result.code == 5
    assert NO_DATABASE in result.err
    assert "pip install tzdata" in result.err
    assert "Give it: --timezone" not in result.err


def test_a_given_timezone_is_not_said_to_be_wrong(without: Any) -> None:
    result = without().in_process("stats", "-s", "66", "--timezone", "America/Los_Angeles")
    assert result.code == 2
    assert f"--timezone America/Los_Angeles: {NO_DATABASE}: pip install tzdata." in result.err
    result = without("America/Los_Angeles", "Asia/Tokyo", "Europe/Berlin").in_process(
        "stats", "-s", "66", "--timezone", "Europe/Kyiv"
    )
    assert result.code == 2
    assert "this machine's timezone database does not have that name; if it is right" in result.err


def test_a_listing_says_once_that_its_times_are_in_utc(without: Any) -> None:
    result = without().in_process("systems", "-o", "jsonl", "--quiet")
    assert (result.code, len(result.lines)) == (0, 12)
    assert result.err.count(f"the times of 12 systems are in UTC: {NO_DATABASE}: pip install tzdata.") == 1
    assert NO_DATABASE not in without().in_process("systems", "-o", "jsonl", "--utc").err


def test_the_simulated_api_says_so_before_it_serves(without: Any) -> None:
    result = without().in_process("mock", "--port", "0")
    assert (result.code, result.out) == (2, "")
    assert "this machine has no timezone America/Los_Angeles: pip install --upgrade tzdata" in result.err
    assert "Traceback" not in result.err
