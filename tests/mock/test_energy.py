from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING

import httpx
import pytest

if TYPE_CHECKING:
    from enlighten_mock import SettableClock, SimulatedAPI

Ask = Callable[..., httpx.Response]
California = Callable[[str], float]


def test_a_lifetime_has_a_value_for_each_day_until_yesterday(ask: Ask) -> None:
    body = ask("/systems/67/energy_lifetime").json()
    days = (date(2024, 6, 11) - date.fromisoformat(body["start_date"])).days + 1
    assert len(body["production"]) == days
    assert "meter_start_date" not in body


def test_a_lifetime_of_a_period_echoes_its_start(ask: Ask) -> None:
    body = ask("/systems/67/energy_lifetime", start_date="2024-05-01", end_date="2024-05-31").json()
    assert body["start_date"] == "2024-05-01"
    assert len(body["production"]) == 31
    assert body["production"] == ask("/systems/67/energy_lifetime").json()["production"][-42:-11]


def test_a_start_today_is_rejected_as_recorded(ask: Ask) -> None:
    response = ask("/systems/67/energy_lifetime", start_date="2024-06-12")
    assert response.status_code == 422
    assert response.json() == {"reason": "Requested date range is invalid for this system"}


def test_today_shows_what_it_has_brought_so_far(ask: Ask) -> None:
    body = ask("/systems/67/energy_lifetime", start_date="2024-06-11", end_date="2024-06-12").json()
    assert body["production"][1] == ask("/systems/67/summary").json()["energy_today"] > 0


@pytest.mark.parametrize(
    "parameters",
    [
        {"end_date": "2024-06-13"},
        {"start_date": "2024-06-01", "end_date": "2024-05-01"},
        {"start_date": "1999-12-31"},
        {"start_date": "2024-02-30"},
        {"start_date": "20240101"},
        {"end_date": "2001-01-01"},
    ],
)
def test_an_impossible_range_is_rejected(ask: Ask, parameters: dict[str, str]) -> None:
    for operation in ("energy_lifetime", "consumption_lifetime"):
        assert ask(f"/systems/67/{operation}", **parameters).status_code == 422


def test_a_stopped_system_has_trailing_zeros_where_they_are_asked_for(ask: Ask) -> None:
    last = ask("/systems/70/summary").json()["last_report_at"]
    default = ask("/systems/70/energy_lifetime").json()
    assert default["meta"]["status"] == "comm"
    assert default["production"][-1] > 0
    series = ask("/systems/70/energy_lifetime", end_date="2024-06-10").json()["production"]
    assert series[: len(default["production"])] == default["production"]
    assert set(series[len(default["production"]) :]) == {0}
    assert date.fromisoformat(default["start_date"]).toordinal() + len(default["production"]) - 1 == pytest.approx(
        last // 86_400 + date(1970, 1, 1).toordinal(), abs=1
    )


def test_a_system_that_never_reported_has_no_content(ask: Ask) -> None:
    assert ask("/systems/69/energy_lifetime").status_code == 204
    assert ask("/systems/69/energy_lifetime").content == b""
    assert ask("/systems/69/envoys").json()["envoys"][0]["last_report_at"] is None
    assert ask("/systems/69/stats").json()["intervals"] == []


def test_a_system_that_never_produced_has_no_start_date(ask: Ask) -> None:
    body = ask("/systems/75/energy_lifetime").json()
    assert (body["start_date"], body["production"]) == (None, [])
    assert body["meta"]["last_report_at"] > 0
    assert body["meta"]["operational_at"] is None


def test_production_all_adds_both_full_series(ask: Ask) -> None:
    merged = ask("/systems/66/energy_lifetime").json()
    body = ask("/systems/66/energy_lifetime", production="all").json()
    switch = (date.fromisoformat(body["meter_start_date"]) - date.fromisoformat(body["start_date"])).days
    assert "micro_production" not in merged
    assert body["production"] == merged["production"]
    assert body["micro_production"][:switch] == body["production"][:switch]
    assert body["meter_production"][switch:] == body["production"][switch:]
    assert set(body["meter_production"][: switch - 1]) <= {None}


@pytest.mark.parametrize("value", ["none", "", "ALL"])
def test_any_other_value_of_production_is_ignored(ask: Ask, value: str) -> None:
    body = ask("/systems/66/energy_lifetime", production=value)
    assert body.status_code == 200
    assert "micro_production" not in body.json()


@pytest.mark.parametrize(
    ("system", "daily", "intervals"), [(68, 204, 200), (74, 204, 204), (70, 401, 401), (77, 404, 404)]
)
def test_without_a_consumption_meter_the_response_depends_on_the_system(
    ask: Ask, system: int, daily: int, intervals: int
) -> None:
    first = ask(f"/systems/{system}/consumption_lifetime")
    second = ask(f"/systems/{system}/consumption_stats")
    assert (first.status_code, second.status_code) == (daily, intervals)
    if daily in (401, 404):
        assert isinstance(first.json()["message"], str)
        assert "reason" not in first.json()


def test_a_summary_of_a_day_in_the_past_has_no_present_values(ask: Ask) -> None:
    body = ask("/systems/67/summary", summary_date="2024-06-01").json()
    assert (body["current_power"], body["modules"], body["size_w"]) == (0, 0, 0)
    assert body["summary_date"] == "2024-06-01"
    series = ask("/systems/67/energy_lifetime", end_date="2024-06-01").json()["production"]
    assert body["energy_today"] == series[-1]
    assert body["energy_lifetime"] == sum(series[:-1])


@pytest.mark.parametrize("day", ["2024-06-13", "someday", "2024-13-01", ""])
def test_a_summary_of_a_future_or_unreadable_day_is_rejected(ask: Ask, day: str) -> None:
    assert ask("/systems/67/summary", summary_date=day).status_code == 422


def test_a_summary_of_a_day_before_the_system_is_empty(ask: Ask) -> None:
    body = ask("/systems/67/summary", summary_date="0001-01-01").json()
    assert (body["energy_today"], body["energy_lifetime"]) == (0, 0)


def test_current_power_stays_at_its_last_value_after_sunset(
    ask: Ask, clock: SettableClock, california: California
) -> None:
    clock.set(california("2024-06-12T23:00"))
    body = ask("/systems/67/summary").json()
    assert body["current_power"] > 0
    assert body["last_interval_end_at"] < california("2024-06-12T21:00")


def test_the_source_is_the_meter_where_there_is_one(ask: Ask) -> None:
    assert ask("/systems/66/summary").json()["source"] == "meter"
    assert ask("/systems/67/summary").json()["source"] == "microinverters"


@pytest.mark.parametrize(
    ("start", "end"), [("2024-02-01", "2024-02-29"), ("2023-07-20", "2023-08-19"), ("2024-01-31", "2024-02-28")]
)
def test_a_month_ends_on_the_day_before_the_same_day_of_the_next(ask: Ask, start: str, end: str) -> None:
    body = ask("/systems/66/monthly_production", start_date=start).json()
    assert (body["start_date"], body["end_date"]) == (start, end)


@pytest.mark.parametrize("start", ["2024-05-13", "2024-06-12", "2030-01-01", "0001-01-01", "9999-12-31"])
def test_a_month_that_has_not_passed_is_rejected(ask: Ask, start: str) -> None:
    assert ask("/systems/66/monthly_production", start_date=start).status_code == 422


def test_a_month_needs_a_start(ask: Ask) -> None:
    response = ask("/systems/66/monthly_production")
    assert response.status_code == 422
    assert "start_date" in response.json()["message"]


def test_a_retired_meter_keeps_its_last_reading(ask: Ask, api: SimulatedAPI, clock: SettableClock) -> None:
    system = api.fleet.system(79)
    assert system is not None
    retired, active = system.meters
    clock.set((retired.retired_at or 0) + 30 * 86_400)
    first = {
        item["serial_number"]: item for item in ask("/systems/79/production_meter_readings").json()["meter_readings"]
    }
    clock.advance(30 * 86_400)
    later = {
        item["serial_number"]: item for item in ask("/systems/79/production_meter_readings").json()["meter_readings"]
    }
    assert first[retired.serial_number] == later[retired.serial_number]
    assert first[retired.serial_number]["read_at"] <= (retired.retired_at or 0)
    assert later[active.serial_number]["value"] > first[active.serial_number]["value"]
    assert ask("/systems/79/rgm_stats").json()["total_devices"] == 1
    assert ask("/systems/79/inventory").json()["meters"][0]["sn"] == active.serial_number


def test_a_reading_is_never_later_than_asked_for(ask: Ask, california: California) -> None:
    for end in (california("2024-06-01T10:07"), california("2024-06-12T12:59"), california("2030-01-01T00:00")):
        for reading in ask("/systems/66/production_meter_readings", end_at=int(end)).json()["meter_readings"]:
            assert reading["read_at"] <= end


def test_before_its_meters_a_system_has_no_readings(ask: Ask) -> None:
    assert ask("/systems/66/production_meter_readings", end_at=0).json()["meter_readings"] == []


def test_a_microinverters_last_report_has_the_form_that_is_asked_for(
    ask: Ask, plain: SimulatedAPI, connect: Callable[[SimulatedAPI], httpx.Client]
) -> None:
    path = "/systems/inverters_summary_by_envoy_or_site"
    seconds = ask(path, site_id=66).json()[0]["micro_inverters"][0]["last_report_date"]
    text = ask(path, site_id=66, datetime_format="iso8601").json()[0]["micro_inverters"][0]["last_report_date"]
    assert datetime.fromisoformat(text).timestamp() == seconds
    assert ask(path, site_id=69).json()[0]["micro_inverters"][0]["last_report_date"] is None
    published = connect(plain).get(path, params={"site_id": 66}).json()
    assert published[0]["micro_inverters"][0]["last_report_date"] == "2024-06-12"


def test_microinverters_that_are_not_heard_of_do_not_report(ask: Ask) -> None:
    groups = ask("/systems/inverters_summary_by_envoy_or_site", site_id=74).json()
    silent = [item for group in groups for item in group["micro_inverters"] if item["status"] == "micro"]
    stats = ask("/systems/74/stats", start_at=1718100000, end_at=1718150000).json()
    assert silent
    assert max(row["devices_reporting"] for row in stats["intervals"]) == stats["total_devices"] - len(silent)


def test_a_consumption_meter_counts_from_the_day_it_is_there(api: SimulatedAPI, ask: Ask, clock: SettableClock) -> None:
    later = 0
    for system_id in api.fleet.ids:
        system = api.fleet.system(system_id)
        assert system is not None
        meter = system.consumption_meter
        if meter is None or system.condition == "never_reported" or meter.installed_at <= system.operational_at:
            continue
        later += 1
        for days, there in ((-1, False), (2, True)):
            clock.set(meter.installed_at + days * 86_400)
            devices = ask(f"/systems/{system_id}/inventory").json()["meters"]
            assert (meter.serial_number in {device["sn"] for device in devices}) == there
            assert ask(f"/systems/{system_id}/consumption_stats").json()["total_devices"] == int(there)
            lifetime = ask(f"/systems/{system_id}/consumption_lifetime")
            assert lifetime.status_code == (200 if there else 204)
    assert later
