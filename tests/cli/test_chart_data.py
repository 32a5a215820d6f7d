"""What a chart is made of, whatever draws it: lines, gaps, units and the title."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from enphase_enlighten.cli.charts.chart import Chart
from enphase_enlighten.cli.commands.energy import ENERGY, ENERGY_BY_SOURCE, STATS
from enphase_enlighten.cli.exits import CommandError
from enphase_enlighten.cli.report import Report, Target

ZONE = ZoneInfo("America/Los_Angeles")
ROOF, BARN = Target(66, "Roof", ZONE), Target(67, "\x1b[31mBarn" + "n" * 50, ZONE)


def chart(report: Report, *targets: Target, utc: bool = False) -> Chart:
    made = Chart(report, None)
    made.take_in(targets, utc=utc)
    return made


def at(minute: float) -> datetime:
    return datetime.fromtimestamp(1_781_000_000 + 60 * minute, ZONE)


def filled(*minutes: float, power: float = 5) -> Chart:
    made = chart(STATS, ROOF)
    for minute in minutes:
        made.add(ROOF, (66, at(minute), power, 1, 1))
    return made


@pytest.mark.parametrize(
    ("minutes", "lengths"),
    [
        ((), []),
        ((0,), [1]),
        ((0, 5, 10), [3]),
        # The ends of intervals may be off the grid, by less than half a step.
        ((0, 5, 12.5), [3]),
        ((0, 5, 12.6), [2, 1]),
        ((0, 10, 15, 30), [1, 2, 1]),
    ],
)
def test_a_line_is_broken_where_there_are_no_values(minutes: tuple[float, ...], lengths: list[int]) -> None:
    [line] = filled(*minutes).lines.values()

    assert [(len(x), len(y)) for x, y in line.segments()] == [(length, length) for length in lengths]
    assert [x for part, _ in line.segments() for x in part] == [at(minute).timestamp() for minute in minutes]


def test_what_is_no_number_is_not_drawn() -> None:
    made = chart(STATS, ROOF)
    for power in (None, "much", 7):
        made.add(ROOF, (66, at(0), power, 1, 1))
    made.add(ROOF, (66, "someday", 7, 1, 1))

    [line] = made.lines.values()
    assert list(line.y) == [7]


def test_days_are_drawn_at_their_midnight_in_utc() -> None:
    made = chart(ENERGY, ROOF)
    made.add(ROOF, (66, date(1970, 1, 2), 5))
    made.add(ROOF, (66, date(1970, 1, 4), 6))

    [line] = made.lines.values()
    assert list(line.x) == [86_400, 3 * 86_400]
    assert (made.title, made.timezone) == ("Energy produced, system 66, 1970-01-02 to 1970-01-04", "days at the system")


def test_each_system_and_quantity_has_a_line_with_its_name() -> None:
    both = chart(STATS, ROOF, BARN)
    assert [line.name for line in both.lines.values()] == ["66 Roof", "67 Barn" + "n" * 36]
    by_source = chart(ENERGY_BY_SOURCE, ROOF, BARN)
    assert [(line.name, line.system, line.quantity) for line in by_source.lines.values()][2:4] == [
        ("66 Roof: meter production", 0, 2),
        ("67 Barn" + "n" * 36 + ": production", 1, 0),
    ]
    assert [line.label for line in filled(0).lines.values()] == ["66 Roof"]
    assert [line.label for line in filled().lines.values()] == ["66 Roof (no values)"]
    assert [line.name for line in chart(STATS, Target(5, "", None)).lines.values()] == ["5"]


@pytest.mark.parametrize(("report", "most"), [(STATS, 12), (ENERGY_BY_SOURCE, 4)])
def test_there_are_no_more_lines_than_can_be_told_apart(report: Report, most: int) -> None:
    fleet = [Target(number, "", ZONE) for number in range(1000)]
    assert len(chart(report, *fleet[:most]).systems) == most
    with pytest.raises(CommandError) as caught:
        chart(report, *fleet[: most + 1])
    assert str(caught.value) == f"--plot shows {most} systems at most, and {most + 1} were chosen."


@pytest.mark.parametrize(
    ("highest", "factor", "unit"),
    [(0, 1, "W"), (999, 1, "W"), (1000, 1e3, "kW"), (999_999, 1e3, "kW"), (1e6, 1e6, "MW"), (1e9, 1e9, "GW")],
)
def test_values_are_in_the_unit_that_suits_the_highest(highest: float, factor: float, unit: str) -> None:
    assert filled(0, power=highest).scale() == (factor, unit)
    assert filled().scale() == (1, "W")


def test_the_title_names_the_quantity_the_systems_and_the_first_and_the_last_day() -> None:
    made = chart(STATS, ROOF, BARN)
    assert (made.span, made.title) == (None, "Power produced, 2 systems")
    made.add(BARN, (67, at(5), 1, 1, 1))
    made.add(ROOF, (66, at(0), 1, 1, 1))
    made.add(ROOF, (66, at(3 * 24 * 60), 1, 1, 1))

    assert made.span == (at(0), at(3 * 24 * 60))
    assert made.title == f"Power produced, 2 systems, {at(0):%Y-%m-%d} to {at(3 * 24 * 60):%Y-%m-%d}"
    assert (made.timezone, chart(STATS, ROOF, utc=True).timezone) == ("time in America/Los_Angeles", "time in UTC")
    assert chart(STATS, ROOF, Target(5, "", None)).zone is UTC


@pytest.mark.parametrize(
    ("plot", "told"),
    [
        ("a.pdf", "--plot a.pdf: a chart's file ends in .png, .svg, .html."),
        ("a", "--plot a: a chart's file ends in .png, .svg, .html."),
        ("no/a.png", "--plot no/a.png: there is no folder "),
    ],
)
def test_a_chart_that_cannot_be_is_told_before(plot: str, told: str) -> None:
    with pytest.raises(CommandError) as caught:
        Chart.wanted(STATS, plot)
    assert str(caught.value).startswith(told)


def test_a_chart_is_made_where_it_is_wanted() -> None:
    assert Chart.wanted(STATS, None) is None
    in_terminal, in_file = Chart.wanted(STATS, "-"), Chart.wanted(STATS, "a.SVG")
    assert in_terminal is not None
    assert in_terminal.file is None
    assert in_file is not None
    assert str(in_file.file).endswith("a.SVG")
