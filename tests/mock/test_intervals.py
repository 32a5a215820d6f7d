from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

import httpx
import pytest

if TYPE_CHECKING:
    from enlighten_mock import SettableClock, SimulatedAPI

Ask = Callable[..., httpx.Response]
California = Callable[[str], float]


def ends(response: httpx.Response) -> list[int]:
    assert response.status_code == 200, response.text
    return [interval["end_at"] for interval in response.json()["intervals"]]


@pytest.mark.parametrize(("operation", "step"), [("stats", 300), ("rgm_stats", 900), ("consumption_stats", 900)])
def test_request_times_are_rounded_down_to_the_grid(
    ask: Ask, california: California, operation: str, step: int
) -> None:
    start = int(california("2024-06-11T08:00"))
    path = f"/systems/66/{operation}"
    expected = list(range(start + step, start + 3601, step))
    assert ends(ask(path, start_at=start, end_at=start + 3600)) == expected
    assert ends(ask(path, start_at=start + step - 1, end_at=start + 3600 + step - 1)) == expected


def test_stats_are_cut_to_24_hours(ask: Ask, california: California) -> None:
    start = int(california("2024-06-01T10:00"))
    long = ends(ask("/systems/66/stats", start_at=start, end_at=start + 5 * 86_400))
    assert long == ends(ask("/systems/66/stats", start_at=start, end_at=start + 86_400))
    assert long[-1] == start + 86_400


def test_more_than_7_days_of_rgm_stats_are_rejected(ask: Ask, california: California) -> None:
    start = int(california("2024-06-01T10:00"))
    assert len(ends(ask("/systems/66/rgm_stats", start_at=start, end_at=start + 7 * 86_400))) == 7 * 96
    response = ask("/systems/66/rgm_stats", start_at=start, end_at=start + 7 * 86_400 + 900)
    assert response.status_code == 422
    assert response.json()["reason"].startswith(
        "Requested date range in one API hit cannot be more than 7 days. {:start_at=>"
    )
    assert "first_interval" not in response.json()


def test_consumption_stats_are_cut_to_a_month_of_local_time(ask: Ask, california: California) -> None:
    start, month_later = int(california("2024-04-09T10:00")), int(california("2024-05-09T10:00"))
    found = ends(ask("/systems/66/consumption_stats", start_at=start))
    assert (found[0], found[-1]) == (start + 900, month_later)


@pytest.mark.parametrize("operation", ["stats", "rgm_stats", "consumption_stats"])
def test_a_start_more_than_a_year_ago_gives_an_empty_list(ask: Ask, california: California, operation: str) -> None:
    edge = int(california("2023-06-12T13:00"))
    path = f"/systems/66/{operation}"
    assert ends(ask(path, start_at=edge - 1, end_at=edge + 86_400)) == []
    assert ends(ask(path, start_at=edge, end_at=edge + 86_400)) != []


def test_times_that_are_left_out_mean_today_from_midnight_until_now(ask: Ask, california: California) -> None:
    midnight, now = int(california("2024-06-12T00:00")), int(california("2024-06-12T13:00"))
    for operation in ("stats", "rgm_stats", "consumption_stats"):
        path = f"/systems/66/{operation}"
        assert ends(ask(path)) == ends(ask(path, start_at=midnight, end_at=now)) != []


def test_nothing_is_listed_after_the_last_report(ask: Ask, california: California) -> None:
    summary = ask("/systems/66/summary").json()
    tomorrow = int(california("2024-06-13T13:00"))
    found = ends(ask("/systems/66/stats", end_at=tomorrow))
    assert found[-1] == summary["last_interval_end_at"] <= summary["last_report_at"]
    assert ends(ask("/systems/66/consumption_stats", end_at=tomorrow))[-1] <= summary["last_report_at"]


def test_before_sunrise_stats_are_a_422_with_the_range_that_has_intervals(
    ask: Ask, clock: SettableClock, california: California
) -> None:
    clock.set(california("2024-06-12T03:00"))
    response = ask("/systems/67/stats")
    assert response.status_code == 422
    body = response.json()
    meta = ask("/systems/67/inventory").json()["meta"]
    assert "message" not in body
    assert isinstance(body["reason"], str)
    assert body["start_at"] == int(california("2024-06-12T00:00"))
    assert body["end_at"] == int(california("2024-06-12T03:00"))
    assert body["first_interval"] == meta["operational_at"]
    assert body["last_interval"] == meta["last_energy_at"] < body["start_at"]


def test_before_a_system_started_stats_are_a_422(ask: Ask, api: SimulatedAPI, clock: SettableClock) -> None:
    system = api.fleet.system(67)
    assert system is not None
    clock.set(system.operational_at + 5 * 86_400)
    early = system.operational_at - 9 * 86_400
    response = ask("/systems/67/stats", start_at=early, end_at=early + 3600)
    assert response.status_code == 422
    assert response.json()["first_interval"] == system.operational_at + 300


def test_a_start_before_the_system_begins_with_its_first_interval(
    ask: Ask, api: SimulatedAPI, clock: SettableClock
) -> None:
    system = api.fleet.system(67)
    assert system is not None
    clock.set(system.operational_at + 5 * 86_400)
    start = system.operational_at - 20 * 86_400
    assert ends(ask("/systems/67/stats", start_at=start))[0] == system.operational_at + 300
    energy = ask("/systems/67/energy_lifetime").json()
    assert energy["start_date"] == datetime.fromordinal(system.operational_day).date().isoformat()


def test_a_night_in_the_past_has_an_empty_list(ask: Ask, california: California) -> None:
    midnight = int(california("2024-06-05T00:00"))
    assert ends(ask("/systems/66/stats", start_at=midnight, end_at=midnight + 4 * 3600)) == []


@pytest.mark.parametrize("operation", ["stats", "rgm_stats", "consumption_stats"])
def test_an_end_before_the_start_is_a_wrong_argument(ask: Ask, california: California, operation: str) -> None:
    start = int(california("2024-06-11T08:00"))
    body = ask(f"/systems/66/{operation}", start_at=start, end_at=start - 3600)
    assert body.status_code == 422
    assert "first_interval" not in body.json()


@pytest.mark.parametrize(
    "value", ["yesterday", "1.5", "", "2024-06-11", "99999999999999999999", "-9223372036854775809"]
)
def test_a_time_that_is_no_integer_is_rejected(ask: Ask, value: str) -> None:
    response = ask("/systems/66/stats", start_at=value)
    assert response.status_code == 422
    assert "start_at" in response.json()["message"]


def test_iso8601_turns_every_time_into_a_string_with_the_sites_offset(
    ask: Ask, clock: SettableClock, california: California
) -> None:
    def times(body: Any) -> list[Any]:
        if isinstance(body, list):
            return [time for item in body for time in times(item)]
        if not isinstance(body, dict):
            return []
        own = [value for name, value in body.items() if name.endswith(("_at", "_interval")) and value is not None]
        return own + [time for value in body.values() for time in times(value)]

    day = {"start_at": int(california("2024-06-11T08:00")), "end_at": int(california("2024-06-11T09:00"))}
    paths = [
        ("/systems/66/stats", day),
        ("/systems/66/rgm_stats", day),
        ("/systems/66/summary", {}),
        ("/systems/66/envoys", {}),
    ]
    for path, parameters in paths:
        seconds = times(ask(path, **parameters).json())
        strings = times(ask(path, **parameters, datetime_format="iso8601").json())
        assert strings
        assert all(text.endswith(("-07:00", "-08:00")) for text in strings)
        assert [int(datetime.fromisoformat(text).timestamp()) for text in strings] == seconds
    clock.set(california("2024-06-12T03:00"))
    rejected = ask("/systems/66/stats", datetime_format="iso8601")
    assert rejected.status_code == 422
    assert len(times(rejected.json())) == 4
    assert all(isinstance(text, str) for text in times(rejected.json()))


def test_each_system_of_a_list_has_its_own_offset(ask: Ask) -> None:
    systems = {
        item["timezone"]: item["meta"]["last_report_at"]
        for item in ask("/systems", datetime_format="iso8601").json()["systems"]
    }
    assert systems["America/Los_Angeles"].endswith("-07:00")
    assert systems["Europe/Rome"].endswith("+02:00")


def test_a_day_of_23_hours_has_its_intervals_and_midnights(ask: Ask, clock: SettableClock) -> None:
    start = int(datetime.fromisoformat("2024-03-10T00:00:00-08:00").timestamp())
    end = int(datetime.fromisoformat("2024-03-11T00:00:00-07:00").timestamp())
    assert end - start == 23 * 3600
    assert len(ends(ask("/systems/66/consumption_stats", start_at=start, end_at=end))) == 23 * 4
    clock.set(end - 3600)
    assert ends(ask("/systems/66/consumption_stats"))[0] == start + 900


def test_meters_that_communicate_badly_have_nulls_but_lose_no_energy(ask: Ask, california: California) -> None:
    day = {"start_at": int(california("2024-06-10T00:00")), "end_at": int(california("2024-06-11T00:00"))}
    body = ask("/systems/78/rgm_stats", **day).json()
    own = body["meter_intervals"][0]["intervals"]
    assert any(interval["wh_del"] is None and interval["curr_w"] is None for interval in own)
    assert sum(interval["wh_del"] or 0 for interval in own) == sum(interval["wh_del"] for interval in body["intervals"])


def test_a_system_without_meters_has_empty_lists(ask: Ask) -> None:
    body = ask("/systems/67/rgm_stats").json()
    assert (body["total_devices"], body["intervals"], body["meter_intervals"]) == (0, [], [])
