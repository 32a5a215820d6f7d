"""How a range is cut into windows."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from enphase_enlighten.planning.windows import Window, WindowRule, plan
from enphase_enlighten.v2.definition import V2

pytestmark = pytest.mark.lowest

ZONES = [
    "America/Los_Angeles",
    "America/Santiago",
    "America/St_Johns",
    "Asia/Beirut",
    "Asia/Kathmandu",
    "Atlantic/Azores",
    "Australia/Lord_Howe",
    "Europe/Berlin",
    "Pacific/Apia",
    "Pacific/Chatham",
    "UTC",
]
DAY = 86400
# From before Apia left out a day until after the last change of rules in the list.
moments = st.integers(1_320_000_000, 1_790_000_000)
zones = st.sampled_from(ZONES).map(ZoneInfo)
WINDOWS = {operation.id: operation.window for operation in V2.operations.values() if operation.window is not None}
rules = st.sampled_from(sorted(WINDOWS)).map(WINDOWS.__getitem__)


def local(moment: float, zone: ZoneInfo) -> datetime:
    return datetime.fromtimestamp(moment, zone)


def test_the_table_is_that_of_the_specification() -> None:
    document: dict[str, Any] = json.loads(files("enlighten_v2").joinpath("openapi.json").read_bytes())
    operations = [operation for path in document["paths"].values() for operation in path.values()]
    described = {operation["operationId"]: operation["x-window"] for operation in operations if "x-window" in operation}

    assert {
        operation: WindowRule(
            interval=window["interval"],
            longest=relativedelta(**window["longest"]),
            history=relativedelta(**window["history"]),
            older="energy_lifetime",
        )
        for operation, window in described.items()
    } == WINDOWS


@given(rules, moments, st.integers(0, 200 * DAY), zones)
def test_windows_tile_the_range_exactly_in_order(rule: WindowRule, moment: int, length: int, zone: ZoneInfo) -> None:
    start = rule.floor(moment)

    windows = plan(rule, start, start + length, zone)

    assert [window.start for window in windows] == [start, *(window.end for window in windows)][: len(windows)]
    assert all(window.start < window.end for window in windows)
    assert rule.floor(windows[-1].end if windows else start) == rule.floor(start + length)


@given(moments, st.integers(1, 30 * DAY), zones, st.sampled_from([("Stats", DAY), ("RgmStats", 7 * DAY)]))
def test_windows_of_a_fixed_length_are_within_it_and_as_few_as_can_be(
    moment: int, length: int, zone: ZoneInfo, case: tuple[str, int]
) -> None:
    operation, longest = case
    rule = WINDOWS[operation]
    start = rule.floor(moment)

    windows = plan(rule, start, start + length, zone)

    assert all(window.end - window.start <= longest for window in windows)
    assert len(windows) == -(-rule.floor(length) // longest)


@given(moments, st.integers(1, 400 * DAY), zones)
def test_windows_of_consumption_are_months_of_the_wall_clock_from_where_the_last_one_ended(
    moment: int, length: int, zone: ZoneInfo
) -> None:
    rule = WINDOWS["ConsumptionStats"]
    windows = plan(rule, rule.floor(moment), rule.floor(moment) + length, zone)

    for window in windows[:-1]:
        assert window.end == (local(window.start, zone) + relativedelta(months=1)).timestamp()
    for window in windows[-1:]:
        assert window.end <= (local(window.start, zone) + relativedelta(months=1)).timestamp()


def test_a_month_is_one_request_also_where_the_clocks_change() -> None:
    zone = ZoneInfo("America/Los_Angeles")
    march = [datetime(2026, month, 1, tzinfo=zone).timestamp() for month in (3, 4)]

    assert len(plan(WINDOWS["ConsumptionStats"], int(march[0]), march[1], zone)) == 1


def test_an_end_off_the_grid_is_reached_but_costs_no_window_of_its_own() -> None:
    rule = WINDOWS["Stats"]

    assert plan(rule, 0, 899.9, UTC) == [Window(0, 899)]
    assert plan(rule, 0, DAY + 299, UTC) == [Window(0, DAY)]
    assert plan(rule, 0, 299, UTC) == []


def test_no_more_windows_are_planned_than_are_wanted() -> None:
    assert plan(WINDOWS["Stats"], 0, 365 * DAY, UTC, most=2) == [Window(0, DAY), Window(DAY, 2 * DAY)]


@given(moments, zones, rules)
def test_a_window_starts_inside_the_year_by_one_step_at_most(now: int, zone: ZoneInfo, rule: WindowRule) -> None:
    at_the_system = (local(now, zone) - relativedelta(years=1)).timestamp()
    in_utc = (local(now, ZoneInfo("UTC")) - relativedelta(years=1)).timestamp()

    for edge, start in (
        (min(at_the_system, in_utc), rule.earliest_start(now, zone)),
        (max(at_the_system, in_utc), rule.safe_start(now, zone)),
    ):
        assert edge < start <= edge + rule.interval
        assert start % rule.interval == 0


@given(moments, zones, rules, st.integers(-4 * DAY, 370 * DAY))
def test_what_is_kept_is_what_the_calendars_say(now: int, zone: ZoneInfo, rule: WindowRule, ago: int) -> None:
    for start in (
        rule.floor(now - ago),
        rule.earliest_start(now, zone),
        rule.earliest_start(now, zone) - rule.interval,
    ):
        assert rule.is_kept(start, now, zone) == (start >= rule.earliest_start(now, zone))


@pytest.mark.parametrize(
    "start", ["2012-12-29T00:00:00+14:00", "2012-12-30T23:55:00+14:00", "2012-12-31T00:05:00+14:00"]
)
def test_a_day_that_a_country_skipped_makes_no_difference(start: str) -> None:
    zone, rule = ZoneInfo("Pacific/Apia"), WINDOWS["Stats"]
    now = datetime.fromisoformat(start).timestamp()

    edge = rule.earliest_start(now, zone)
    assert not rule.is_kept(edge - rule.interval, now, zone)
    assert rule.is_kept(edge, now, zone)


@pytest.mark.parametrize(
    ("now", "edge"),
    [
        ("2024-02-29T12:00:00+00:00", "2023-02-28T12:05:00+00:00"),
        ("2025-02-28T12:02:00+00:00", "2024-02-28T12:05:00+00:00"),
    ],
)
def test_the_year_of_history_is_a_calendar_year(now: str, edge: str) -> None:
    moment = datetime.fromisoformat(now).timestamp()

    assert WINDOWS["Stats"].earliest_start(moment, UTC) == datetime.fromisoformat(edge).timestamp()
