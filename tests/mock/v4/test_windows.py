"""The windows of telemetry: starts, granularities, ends, nested days, nights, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enlighten_mock import SettableClock, SimulatedAPI
from tests.mock.v4.conftest import NOW, v4_client

Ask = Callable[..., httpx.Response]
Make = Callable[..., SimulatedAPI]
Connect = Callable[..., httpx.Client]

DAY = 86_400
METERED = ("telemetry/production_meter", "telemetry/consumption_meter", "telemetry/battery")
NESTED = ("energy_import_telemetry", "energy_export_telemetry")
NESTED_KEY = {"energy_import_telemetry": "wh_imported", "energy_export_telemetry": "wh_exported"}
HOME = ZoneInfo("America/Los_Angeles")
"""Where the systems stand that the tests are about."""


@pytest.fixture(scope="module")
def shared() -> SimulatedAPI:
    return SimulatedAPI(systems=14, seed=1, fleet="mixed", clock=SettableClock(NOW))


@pytest.fixture(scope="module")
def home(shared: SimulatedAPI) -> int:
    """A system with meters and batteries."""
    system = shared.fleet.system(66)
    assert system is not None
    return system.system_id


def zone_of(api: SimulatedAPI, system_id: int) -> ZoneInfo:
    system = api.fleet.system(system_id)
    assert system is not None
    return ZoneInfo(system.place.timezone)


def midnight(zone: ZoneInfo, day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp())


def ends(body: Any) -> list[int]:
    return [row["end_at"] for part in body["intervals"] for row in (part if isinstance(part, list) else [part])]


def test_a_day_from_an_odd_start_has_96_quarters_of_which_the_first_runs_at_the_start(
    ask: Ask, api: SimulatedAPI
) -> None:
    start = int(api.clock.now()) - 5 * DAY + 134
    for path in METERED:
        body = ask(f"/systems/66/{path}", start_at=start).json()
        assert (body["start_at"], body["end_at"]) == (start, start + DAY)
        assert len(ends(body)) == 96
        assert ends(body)[0] - 900 <= start < ends(body)[0]


@given(data=st.data())
def test_intervals_are_those_that_end_in_the_window(shared: SimulatedAPI, home: int, data: st.DataObject) -> None:
    now = int(shared.clock.now())
    path = data.draw(st.sampled_from((*METERED, *NESTED, "telemetry/production_micro")))
    granularity = data.draw(st.sampled_from(("5mins", "15mins", "day", "week")))
    start = data.draw(st.integers(now - 400 * DAY, now))
    query: dict[str, Any] = {"start_at": start, "granularity": granularity}
    body = v4_client(shared).get(f"/systems/{home}/{path}", params=query).json()
    length = {"5mins": 300, "15mins": 900, "day": DAY, "week": 7 * DAY}[granularity]
    step = 300 if path.endswith("micro") else 900
    found = ends(body)
    assert body["granularity"] == granularity
    assert body["start_at"] == start <= body["end_at"] <= start + length
    assert all(start < end <= start + length and end % step == 0 for end in found)
    assert found == sorted(set(found))
    if step == 900:
        reported = min(start + length, now // 900 * 900)
        assert len(found) >= (reported - start) // 900 - 6


@given(days=st.integers(0, 400), length=st.integers(1, 7))
def test_windows_that_follow_each_other_bring_every_interval_once(
    shared: SimulatedAPI, home: int, days: int, length: int
) -> None:
    client = v4_client(shared)
    start = int(shared.clock.now()) - (days + 14) * DAY + 77
    path = f"/systems/{home}/telemetry/consumption_meter"
    single = [
        end for day in range(length) for end in ends(client.get(path, params={"start_at": start + day * DAY}).json())
    ]
    week = ends(client.get(path, params={"start_at": start, "granularity": "week"}).json())
    assert single == week[: len(single)]


def test_without_a_start_a_window_begins_at_midnight_of_the_site(ask: Ask, api: SimulatedAPI) -> None:
    zone = zone_of(api, 66)
    today = datetime.fromtimestamp(api.clock.now(), zone).date()
    assert ask("/systems/66/telemetry/production_meter").json()["start_at"] == midnight(zone, today)


def test_a_window_before_the_first_report_begins_with_the_first_reported_day(make: Make, connect: Connect) -> None:
    api = make()
    system = api.fleet.system(66)
    assert system is not None
    zone = ZoneInfo(system.place.timezone)
    api.clock.set(system.operational_at + 20 * DAY)
    body = connect(api).get(
        "/systems/66/telemetry/production_micro", params={"start_at": system.operational_at - 9 * DAY}
    )
    first = midnight(zone, date.fromordinal(system.operational_day))
    assert body.json()["start_at"] == first
    assert ends(body.json())


def test_a_start_date_changes_keys_and_types(ask: Ask, api: SimulatedAPI) -> None:
    zone = zone_of(api, 66)
    body = ask("/systems/66/telemetry/production_micro", start_date="2026-06-10").json()
    assert "start_at" not in body
    assert "end_at" not in body
    first = datetime(2026, 6, 10, tzinfo=zone)
    assert (body["start_date"], body["end_date"]) == (first.isoformat(), (first + timedelta(days=1)).isoformat())
    by_start = ask("/systems/66/telemetry/production_micro", start_at=int(first.timestamp())).json()
    assert body["intervals"] == by_start["intervals"] != []


def test_an_unfinished_window_ends_with_the_last_interval_or_now(make: Make, connect: Connect, ask: Ask) -> None:
    micro = ask("/systems/66/telemetry/production_micro").json()
    assert micro["end_at"] == micro["meta"]["last_energy_at"] == ends(micro)[-1]
    meter = ask("/systems/66/telemetry/production_meter").json()
    assert meter["end_at"] == ends(meter)[-1]
    api = make(behaviour={"unfinished_end": "now"})
    body = connect(api).get("/systems/66/telemetry/production_micro").json()
    assert body["end_at"] == int(api.clock.now()) // 300 * 300


def test_after_the_last_interval_there_are_none(ask: Ask, api: SimulatedAPI) -> None:
    response = ask("/systems/66/telemetry/consumption_meter", start_at=int(api.clock.now()))
    assert (response.status_code, response.json()["intervals"]) == (200, [])


def test_at_night_microinverters_leave_intervals_out_and_meters_measure_zeros(ask: Ask, api: SimulatedAPI) -> None:
    start = midnight(zone_of(api, 66), date(2026, 6, 10))
    micro = ends(ask("/systems/66/telemetry/production_micro", start_at=start).json())
    assert 100 < len(micro) < 200
    meter = ask("/systems/66/telemetry/production_meter", start_at=start).json()["intervals"]
    assert len(meter) == 96
    assert [row["wh_del"] for row in meter[:8]] == [0] * 8


@pytest.mark.parametrize("path", NESTED)
def test_import_and_export_come_in_a_list_for_each_local_day(ask: Ask, api: SimulatedAPI, path: str) -> None:
    zone = zone_of(api, 66)
    start = midnight(zone, date(2026, 6, 1)) - 3600
    body = ask(f"/systems/66/{path}", start_at=start, granularity="week").json()
    assert body["total_devices"] == 0
    assert [len(day) for day in body["intervals"]] == [4, *[96] * 6, 92]
    assert body["intervals"][0][-1]["end_at"] == midnight(zone, date(2026, 6, 1))
    assert set(body["intervals"][0][0]) == {"end_at", NESTED_KEY[path]}


def test_nested_intervals_without_any_are_one_empty_list_or_none(make: Make, connect: Connect, ask: Ask) -> None:
    path = "/systems/67/energy_import_telemetry"  # which has no meter
    assert ask(path).json()["intervals"] == [[]]
    assert connect(make(behaviour={"empty_nested": "none"})).get(path).json()["intervals"] == []


@pytest.mark.parametrize(("day", "quarters"), [("2026-03-08", 92), ("2025-11-02", 100), ("2026-06-01", 96)])
def test_a_day_on_which_the_clocks_change_is_cut_at_midnight(
    make: Make, connect: Connect, day: str, quarters: int
) -> None:
    api = make(fleet="default")
    zone = zone_of(api, 66)
    assert zone.key == HOME.key
    body = connect(api).get("/systems/66/telemetry/consumption_meter", params={"start_date": day}).json()
    assert len(body["intervals"]) == quarters
    nested = connect(api).get("/systems/66/energy_import_telemetry", params={"start_date": day}).json()
    assert [len(part) for part in nested["intervals"]] == [quarters]


@pytest.mark.parametrize(("week_days", "count"), [("seconds", 672), ("local", 668)])
def test_a_week_over_a_change_of_the_clocks_has_seven_days_of_either_kind(
    make: Make, connect: Connect, week_days: str, count: int
) -> None:
    api = make(fleet="default", behaviour={"week_days": week_days})
    query: dict[str, Any] = {"start_at": midnight(HOME, date(2026, 3, 6)), "granularity": "week"}
    body = connect(api).get("/systems/66/telemetry/consumption_meter", params=query).json()
    assert len(body["intervals"]) == count


def test_a_week_may_be_cut_to_a_day_or_refused(make: Make, connect: Connect) -> None:
    query: dict[str, Any] = {"start_at": int(NOW.timestamp()) - 9 * DAY, "granularity": "week"}
    path = "/systems/66/telemetry/production_meter"
    cut = connect(make(behaviour={"week": "cut"})).get(path, params=query).json()
    assert (cut["end_at"] - cut["start_at"], len(cut["intervals"])) == (DAY, 96)
    refused = connect(make(behaviour={"week": "refused"})).get(path, params=query)
    assert refused.status_code == 422
    assert refused.json()["details"].startswith("Invalid request because of 'Requested date range is invalid")


def test_an_end_is_honoured_or_ignored(make: Make, connect: Connect, ask: Ask) -> None:
    start = int(NOW.timestamp()) - 9 * DAY
    query: dict[str, Any] = {"start_at": start, "end_at": start + 3600}
    path = "/systems/66/telemetry/consumption_meter"
    assert ask(path, **query).json()["end_at"] == start + 3600
    ignored = connect(make(behaviour={"telemetry_end_at": "ignored"})).get(path, params=query).json()
    assert ignored["end_at"] == start + DAY


@pytest.mark.parametrize(
    "query",
    [
        {"start_at": int(NOW.timestamp()) + 900},
        {"start_at": int(NOW.timestamp()) - 732 * DAY},
        {"start_at": -(2**62)},
        {"start_at": 2**62},
        {"start_date": "2023-01-01"},
        {"start_date": "0001-01-01"},
        {"start_date": "9999-12-31"},
        {"start_at": int(NOW.timestamp()) - DAY, "end_at": int(NOW.timestamp()) - 2 * DAY},
        {"granularity": "month"},
        {"start_at": "yesterday"},
    ],
)
def test_a_window_that_will_not_do_is_refused(ask: Ask, query: Any) -> None:
    for path in (*METERED, *NESTED, "telemetry/production_micro", "hp_telemetry"):
        if "end_at" in query and path == "hp_telemetry":
            continue
        response = ask(f"/systems/66/{path}", **query)
        assert response.status_code == 422
        assert response.json()["message"] == "Unprocessable Entity"


def test_a_refused_window_tells_what_there_is(ask: Ask) -> None:
    later = int(NOW.timestamp()) + 900
    details = ask("/systems/66/telemetry/production_micro", start_at=later).json()["details"]
    assert details.startswith(f"Invalid request because of '{'Requested date range is invalid for this system'}.")
    assert f":start_at=>{later}" in details
    assert ":first_interval=>" in details
    assert ":last_interval=>" in details


def test_a_date_that_is_none_is_named(ask: Ask) -> None:
    response = ask("/systems/66/telemetry/production_micro", start_date="1613543106")
    assert response.json()["details"] == "Failed to parse date 1613543106"


@pytest.mark.parametrize(
    ("path", "there"),
    [
        ("telemetry/production_micro", True),
        ("telemetry/consumption_meter", True),
        ("energy_import_telemetry", True),
        ("telemetry/production_meter", False),
        ("telemetry/battery", False),
        ("hp_telemetry", False),
    ],
)
def test_meta_is_where_it_was_seen(ask: Ask, path: str, there: bool) -> None:
    assert ("meta" in ask(f"/systems/66/{path}").json()) == there


def test_intervals_of_a_heat_pump_may_be_nested(make: Make, connect: Connect) -> None:
    api = make(behaviour={"nested": "nested"})
    client, flat = connect(api), connect(make())
    query: dict[str, Any] = {"start_at": int(NOW.timestamp()) - 4 * DAY, "interval_duration": "5mins"}
    nested = client.get("/systems/69/hp_telemetry", params=query).json()["intervals"]
    assert len(nested) == 2
    assert [row for day in nested for row in day] == flat.get("/systems/69/hp_telemetry", params=query).json()[
        "intervals"
    ]
    assert sum(map(len, nested)) == 288


def test_rgm_stats_rounds_down_and_takes_a_week_at_most(make: Make, connect: Connect, ask: Ask) -> None:
    start = int(NOW.timestamp()) - 10 * DAY + 444
    body = ask("/systems/66/rgm_stats", start_at=start).json()
    assert len(body["intervals"]) == 672
    assert body["intervals"][0]["end_at"] == start // 900 * 900 + 900
    longer: dict[str, Any] = {"start_at": start, "end_at": start + 8 * DAY}
    refused = ask("/systems/66/rgm_stats", **longer)
    assert refused.status_code == 422
    assert "cannot be more than 7 days" in refused.json()["details"]
    cut = connect(make(behaviour={"long_range": "cut"})).get("/systems/66/rgm_stats", params=longer).json()
    assert len(cut["intervals"]) == 672


def test_rgm_stats_lists_three_channels_one_after_the_other(ask: Ask) -> None:
    start = int(NOW.timestamp()) - 2 * DAY
    for system_id, phases in ((66, 1), (70, 3)):
        meter = ask(f"/systems/{system_id}/rgm_stats", start_at=start, end_at=start + DAY).json()["meter_intervals"][0]
        rows = meter["intervals"]
        assert [row["channel"] for row in rows] == [1] * 96 + [2] * 96 + [3] * 96
        unused = [row for row in rows if row["channel"] > phases]
        assert all(row["wh_del"] is row["curr_w"] is None for row in unused)
        assert len(unused) == 96 * (3 - phases)
        assert any(row["curr_w"] == -1 for row in rows)


def test_all_microinverters_come_in_pages_that_add_up_to_the_system(ask: Ask) -> None:
    start = int(NOW.timestamp()) - 3 * DAY
    first = ask("/systems/66/devices/micros/telemetry", start_at=start, size=20).json()
    found = first["devices"]
    for page in range(2, -(-first["total_devices"] // 20) + 1):
        found += ask("/systems/66/devices/micros/telemetry", start_at=start, size=20, page=page).json()["devices"]
    assert len(found) == first["total_devices"]
    whole = ask("/systems/66/telemetry/production_micro", start_at=start).json()["intervals"]
    sums: dict[int, int] = {}
    for device in found:
        for row in device["intervals"]:
            sums[row["end_at"]] = sums.get(row["end_at"], 0) + row["enwh"]
    assert sums == {row["end_at"]: row["enwh"] for row in whole}
    one = found[3]
    single = ask(f"/systems/66/devices/micros/{one['serial_number']}/telemetry", start_at=start).json()
    assert single["intervals"] == one["intervals"]


def test_events_go_back_nine_months_or_six_and_over_a_week_at_most(make: Make, connect: Connect, ask: Ask) -> None:
    now = int(NOW.timestamp())
    old: dict[str, Any] = {"start_time": now - 200 * DAY}
    assert ask("/systems/73/events", **old).status_code == 200
    assert connect(make(behaviour={"event_months": 6})).get("/systems/73/events", params=old).status_code == 422
    long: dict[str, Any] = {"start_time": now - 20 * DAY, "end_time": now}
    assert ask("/systems/73/events", **long).status_code == 422
    assert connect(make(behaviour={"long_range": "cut"})).get("/systems/73/events", params=long).status_code == 200
    assert ask("/systems/73/events").json()["details"] == "start_time is required"
    assert ask("/systems/73/alarms", start_time=now + 5).json()["details"] == "Requested date is in the future"
    assert ask("/systems/73/alarms", start_time=now - 5, end_time=now - 9).status_code == 422


def test_weeks_of_events_bring_each_event_once(ask: Ask) -> None:
    now = int(NOW.timestamp())
    weeks = [
        [
            (row["event_start_time"], row["serial_number"])
            for row in ask("/systems/73/events", start_time=at, end_time=at + 7 * DAY).json()["events"]
        ]
        for at in range(now - 252 * DAY, now, 7 * DAY)
    ]
    found = [event for week in weeks for event in week]
    assert found
    assert len(found) == len(set(found))
    assert all(at <= NOW.astimezone(UTC).timestamp() for at, _ in found)


@pytest.mark.parametrize("path", [*METERED, *NESTED, "telemetry/production_micro", "hp_telemetry"])
def test_the_interval_that_runs_at_the_end_may_be_included(make: Make, connect: Connect, ask: Ask, path: str) -> None:
    query: dict[str, Any] = {"start_at": int(NOW.timestamp()) - 2 * DAY + 134}
    usual = ends(ask(f"/systems/66/{path}", **query).json())
    api = make(behaviour={"running_interval": "included"})
    more = ends(connect(api).get(f"/systems/66/{path}", params=query).json())
    step = 300 if path.endswith("micro") else 900
    assert more[: len(usual)] == usual
    assert more[len(usual) :] == [usual[-1] + step]
