"""Charts, in the terminal and in files."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree as ET

import pytest

STATS = ("stats", "-s", "66", "--from", "2024-06-13", "--to", "2024-06-14")


def test_a_chart_in_the_terminal_says_what_it_shows(cli: Any) -> None:
    result = cli.shown(*STATS, "--plot", "-q", width=100)
    assert result.code == 0
    assert "Power produced, system 66, 2024-06-13 to 2024-06-14" in result.out
    assert "kW, time in Australia/Brisbane" in result.out
    assert "66 Toowoomba Residence 66" in result.out
    assert re.search(r"06-13 12:00", result.out)
    assert "\x1b[48" not in result.out, "the terminal's own background stays"


def test_a_chart_without_colours_tells_lines_apart_by_marks(cli: Any) -> None:
    result = cli.run("energy", "-s", "66", "-s", "67", "--last", "30d", "--plot")
    assert result.code == 0
    assert "\x1b" not in result.out
    assert "── 66 Toowoomba Residence 66   o 67 St. John's Residence 67" in result.out
    assert result.out.count("o") > 20


def test_nights_are_gaps(cli: Any) -> None:
    lines = cli.run(*STATS, "--plot", environment={"COLUMNS": "100"}).lines
    # In the middle of the picture is the night between the days: nothing is drawn at any height.
    picture = [re.split("[│┤]", line)[1] for line in lines if "│" in line]
    night = [column for column in range(30, 60) if all(line[column : column + 1] == " " for line in picture)]
    assert len(night) > 10


@pytest.mark.parametrize("form", ["png", "svg", "html"])
def test_a_chart_in_a_file(cli: Any, form: str) -> None:
    result = cli.run(*STATS, "--plot", f"a.{form}")
    assert (result.code, result.out) == (0, ""), result.err
    content = (cli.folder / f"a.{form}").read_bytes()
    if form == "png":
        assert content.startswith(b"\x89PNG\r\n\x1a\n")
    elif form == "svg":
        assert ET.fromstring(content).tag.endswith("svg")  # noqa: S314 - what we drew
    else:
        page = content.decode()
        assert "<h1>Power produced, system 66, 2024-06-13 to 2024-06-14</h1>" in page
        assert "In kW, time in Australia/Brisbane." in page
        assert "<li>66 Toowoomba Residence 66</li>" in page
        assert not re.search(r"(src|href)=\"(?!#)", page), "a page that needs nothing else"


def test_a_chart_and_its_rows(cli: Any) -> None:
    result = cli.run(*STATS, "--plot", "a.png", "--output", "csv")
    assert result.out.startswith("system_id,end_at")
    assert (cli.folder / "a.png").exists()


def test_a_system_without_values_is_named(cli: Any) -> None:
    result = cli.run("stats", "-s", "66", "-s", "70", "--from", "2024-06-14", "--to", "2024-06-14", "--plot", "--utc")
    assert "70 Nelson Residence 70 (no values)" in result.out
    assert "time in UTC" in result.out


def test_no_more_lines_than_can_be_told_apart(cli: Any) -> None:
    result = cli.run("energy", "--all", "--by-source", "--plot", "a.png")
    assert result.code == 2
    assert "4 systems at most" in result.err


def test_no_values_no_chart(cli: Any) -> None:
    result = cli.run("rgm", "-s", "67", "--from", "2024-06-14", "--to", "2024-06-14", "--plot", "a.png")
    assert result.code == 7
    assert not (cli.folder / "a.png").exists()
