"""Lifetimes: days without gaps, ends, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import httpx
import pytest

from enlighten_mock import SimulatedAPI

Ask = Callable[..., httpx.Response]
Make = Callable[..., SimulatedAPI]
Connect = Callable[..., httpx.Client]

LIFETIMES = {
    "energy_lifetime": "production",
    "consumption_lifetime": "consumption",
    "battery_lifetime": "charge",
    "energy_import_lifetime": "import",
    "energy_export_lifetime": "export",
}
TODAY = date(2026, 6, 12)


@pytest.mark.parametrize("path", LIFETIMES)
def test_a_lifetime_ends_yesterday_or_today_if_it_starts_today(ask: Ask, path: str) -> None:
    url, name = f"/systems/66/{path}", LIFETIMES[path]
    whole = ask(url).json()
    assert (date.fromisoformat(whole["start_date"]) + timedelta(days=len(whole[name]))) == TODAY
    today = ask(url, start_date=TODAY).json()
    assert (today["start_date"], len(today[name])) == (TODAY.isoformat(), 1)
    assert ask(url, start_date="1990-01-01").json() == whole
    part = ask(url, start_date="2026-06-01", end_date="2026-06-05").json()[name]
    assert part == whole[name][-11:-6]


@pytest.mark.parametrize("path", LIFETIMES)
def test_a_lifetime_that_cannot_be_is_refused(ask: Ask, path: str) -> None:
    future = ask(f"/systems/66/{path}", end_date=TODAY + timedelta(days=1))
    assert (future.status_code, future.json()["details"]) == (422, "Requested date is in the future")
    swapped = ask(f"/systems/66/{path}", start_date="2026-05-31", end_date="2026-05-30")
    assert swapped.json()["details"] == (
        "Requested date range is invalid for this system. {:start_at=>2026-05-31, :end_at=>2026-05-30}"
    )
    assert ask(f"/systems/66/{path}", start_date="1613543106").json()["details"] == "Failed to parse date 1613543106"


def test_yesterday_may_be_missing_until_the_evening(make: Make, connect: Connect, ask: Ask) -> None:
    api = make(behaviour={"yesterday_from_hour": 17})  # it is 13 o'clock at the site
    query = {"start_date": "2026-06-01"}
    usual = ask("/systems/66/energy_lifetime", **query).json()["production"]
    assert connect(api).get("/systems/66/energy_lifetime", params=query).json()["production"] == usual[:-1]
    api.clock.advance(5 * 3600)
    assert connect(api).get("/systems/66/energy_lifetime", params=query).json()["production"] == usual


@pytest.mark.parametrize(("way", "status", "days"), [("answered", 200, 1), ("empty", 200, 0), ("refused", 422, 0)])
def test_yesterday_alone_is_a_switch(make: Make, connect: Connect, way: str, status: int, days: int) -> None:
    query = {"start_date": "2026-06-11", "end_date": "2026-06-11"}
    response = connect(make(behaviour={"single_day": way})).get("/systems/66/energy_lifetime", params=query)
    assert response.status_code == status
    assert len(response.json().get("production", ())) == days


def test_production_may_follow_the_microinverters_although_there_is_a_meter(
    make: Make, connect: Connect, ask: Ask
) -> None:
    query = {"start_date": "2026-06-01", "production": "all"}
    usual = ask("/systems/66/energy_lifetime", **query).json()
    assert usual["production"] == usual["meter_production"] != usual["micro_production"]
    assert "meter_start_date" in usual
    api = make(behaviour={"lifetime_source": "micro"})
    micro = connect(api).get("/systems/66/energy_lifetime", params=query).json()
    assert micro["production"] == micro["micro_production"] == usual["micro_production"]
    assert "meter_start_date" not in micro


def test_other_values_of_production_are_ignored(ask: Ask) -> None:
    assert "micro_production" not in ask("/systems/66/energy_lifetime", production="some").json()


def test_a_system_that_never_reported_has_no_days(ask: Ask) -> None:
    body = ask("/systems/72/energy_lifetime").json()
    assert (body["start_date"], body["production"]) == (None, [])
    assert ask("/systems/72/telemetry/production_micro").json()["intervals"] == []
    assert ask("/systems/72/production_meter_readings").json()["meter_readings"] == []
    refused = ask("/systems/config/72/grid_status")
    assert refused.json()["details"] == "grid_state not available as the site has not reported yet"


def test_what_a_system_lacks_is_empty_or_refused(make: Make, connect: Connect, ask: Ask) -> None:
    api = make(behaviour={"without_battery": "unprocessable", "without_meter": "not_found"})
    for path, name, status in (
        ("telemetry/battery", "intervals", 422),
        ("battery_lifetime", "charge", 422),
        ("telemetry/consumption_meter", "intervals", 404),
        ("consumption_lifetime", "consumption", 404),
    ):
        assert ask(f"/systems/67/{path}").json()[name] == []
        assert connect(api).get(f"/systems/67/{path}").status_code == status


def test_readings_rise_with_time_and_serial_numbers_have_two_names(ask: Ask, api: SimulatedAPI) -> None:
    now = int(api.clock.now())
    for path, serial, counters in (
        ("production_meter_readings", "serial_number", ("value",)),
        ("consumption_meter_readings", "serial_num", ("value",)),
        ("storage_meter_readings", "serial_num", ("value_charged", "value_discharged")),
    ):
        later, earlier = (
            ask(f"/systems/66/{path}", end_at=at).json()["meter_readings"][0] for at in (now, now - 86_400)
        )
        assert set(later) == {serial, *counters, "read_at"}
        assert now - 900 <= later["read_at"] <= now
        assert all(later[counter] >= earlier[counter] for counter in counters)
        assert any(later[counter] > earlier[counter] for counter in counters)


@pytest.mark.parametrize("path", ["69/hp_lifetime", "69/{foreign}/evse_lifetime", "69/ev_charger/{own}/lifetime"])
def test_lifetimes_of_chargers_and_heat_pumps(ask: Ask, chargers: dict[str, str], path: str) -> None:
    url = f"/systems/{path.format(**chargers)}"
    compact = "ev_charger" in url
    written = ("20260601", "20260605") if compact else ("2026-06-01", "2026-06-05")
    body: Any = ask(url, start_date=written[0], end_date=written[1]).json()
    assert (body["start_date"], len(body["consumption"])) == ("2026-06-01", 5)
    assert "meta" not in body
    refused = ask(url, start_date=written[1], end_date=written[0])
    assert refused.status_code == (400 if compact else 422)
    if not compact:
        assert refused.json()["details"] == "Invalid request because of 'Invalid date/time range'"
    assert len(ask(url, start_date=written[0]).json()["consumption"]) == (11 if compact else 12)
