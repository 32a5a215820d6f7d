"""Whatever the fleet, the system and the time: what one operation says agrees with what the others say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import httpx
import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from enlighten_mock import SettableClock, SimulatedAPI

if TYPE_CHECKING:
    from enlighten_mock.world.traits import Kind

Connect = Callable[[SimulatedAPI], httpx.Client]

relaxed = settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much],
)
moments = st.integers(1_483_228_800, 1_798_675_200)  # from 2017 until 2026
numbers = st.integers(66, 66 + 299)
seeds = st.integers(0, 3)
days_ago = st.integers(2, 360)
kinds = st.sampled_from(("default", "mixed"))


class House:
    """A system at a time, asked over the API."""

    def __init__(self, connect: Connect, seed: int, system_id: int, now: int, kind: Kind = "default") -> None:
        self.api = SimulatedAPI(
            systems=100 if kind == "plain" else 300, seed=seed, fleet=kind, clock=SettableClock(now)
        )
        self.client = connect(self.api)
        self.system_id = system_id
        system = self.api.fleet.system(system_id)
        assert system is not None
        self.zone = ZoneInfo(system.place.timezone)
        self.today = datetime.fromtimestamp(now, self.zone).date()
        self.now = now

    def get(self, operation: str, **parameters: Any) -> dict[str, Any]:
        response = self.client.get(f"/systems/{self.system_id}/{operation}", params=parameters)
        assert response.status_code == 200, response.text
        body: dict[str, Any] = response.json()
        return body

    def midnight(self, day: date) -> int:
        return int(datetime(day.year, day.month, day.day, tzinfo=self.zone).timestamp())

    def day(self, operation: str, day: date) -> list[dict[str, Any]]:
        start, end = self.midnight(day), self.midnight(day + timedelta(days=1))
        # A day of 25 hours is longer than what one request for stats gives.
        middle = start + 12 * 3600
        rows: list[dict[str, Any]] = []
        for period in ((start, middle), (middle, end)):
            path = f"/systems/{self.system_id}/{operation}"
            response = self.client.get(path, params={"start_at": period[0], "end_at": period[1]})
            if response.status_code == 422 and "last_interval" in response.json():
                continue
            assert response.status_code == 200, response.text
            rows += response.json()["intervals"]
        return rows

    def odometers(self, at: int) -> dict[str, int]:
        readings = self.get("production_meter_readings", end_at=at)["meter_readings"]
        return {item["serial_number"]: item["value"] for item in readings}

    def series(self, day: date, name: str = "production", **parameters: str) -> int:
        operation = "consumption_lifetime" if name == "consumption" else "energy_lifetime"
        text = day.isoformat()
        value: int = self.get(operation, start_date=text, end_date=text, **parameters)[name][0]
        return value


def operating(connect: Connect, seed: int, system_id: int, now: int, kind: Kind = "default") -> House:
    house = House(connect, seed, system_id, now, kind)
    assume(house.client.get(f"/systems/{system_id}/energy_lifetime").status_code == 200)
    return house


@relaxed
@given(kind=kinds, seed=seeds, system_id=numbers, now=moments, ago=days_ago)
def test_the_intervals_of_a_day_add_up_to_its_total(
    connect: Connect, kind: Kind, seed: int, system_id: int, now: int, *, ago: int
) -> None:
    house = operating(connect, seed, system_id, now, kind)
    day = house.today - timedelta(days=ago)
    total = house.series(day, "micro_production", production="all")
    assert sum(row["enwh"] for row in house.day("stats", day)) == total
    if "meter_start_date" not in house.get("energy_lifetime"):
        assert house.series(day) == total == house.get("summary", summary_date=day.isoformat())["energy_today"]


@relaxed
@given(kind=kinds, seed=seeds, system_id=numbers, now=moments)
def test_the_intervals_of_today_add_up_to_the_summary(
    connect: Connect, kind: Kind, seed: int, system_id: int, now: int
) -> None:
    house = operating(connect, seed, system_id, now, kind)
    summary = house.get("summary")
    operation, unit = ("rgm_stats", "wh_del") if summary["source"] == "meter" else ("stats", "enwh")
    switched = house.get("energy_lifetime").get("meter_start_date", "9999")
    assume((summary["source"] == "meter") == (house.today.isoformat() >= switched))
    assert sum(row[unit] for row in house.day(operation, house.today)) == summary["energy_today"]


@relaxed
@given(kind=kinds, seed=seeds, system_id=numbers, now=moments)
def test_the_lifetime_of_the_summary_is_the_sum_of_all_days(
    connect: Connect, kind: Kind, seed: int, system_id: int, now: int
) -> None:
    house = operating(connect, seed, system_id, now, kind)
    assert house.get("summary")["energy_lifetime"] == sum(house.get("energy_lifetime")["production"])


@relaxed
@given(
    seed=seeds, system_id=numbers, now=moments, quarters=st.tuples(st.integers(96, 360 * 96), st.integers(1, 6 * 96))
)
def test_meter_intervals_add_up_to_the_difference_of_odometers(
    connect: Connect, seed: int, system_id: int, now: int, quarters: tuple[int, int]
) -> None:
    house = operating(connect, seed, system_id, now)
    assume(house.get("rgm_stats")["meter_intervals"])
    ago, length = quarters
    start = (now // 900 - ago) * 900
    end = min(now // 900 * 900, start + length * 900)
    before, after = (house.odometers(at) for at in (start, end))
    body = house.get("rgm_stats", start_at=start, end_at=end)
    for meter in body["meter_intervals"]:
        serial = meter["meter_serial_number"]
        if serial in before:
            assert sum(row["wh_del"] or 0 for row in meter["intervals"]) == after[serial] - before[serial]
    single = sum(row["wh_del"] or 0 for meter in body["meter_intervals"] for row in meter["intervals"])
    assert sum(row["wh_del"] for row in body["intervals"]) == single


@relaxed
@given(seed=seeds, system_id=numbers, now=moments, ago=st.integers(62, 900))
def test_a_month_is_the_sum_of_its_days(connect: Connect, seed: int, system_id: int, now: int, ago: int) -> None:
    house = operating(connect, seed, system_id, now)
    month = house.get("monthly_production", start_date=(house.today - timedelta(days=ago)).isoformat())
    days = house.get("energy_lifetime", start_date=month["start_date"], end_date=month["end_date"])["production"]
    assert month["production_wh"] == sum(days)
    switched = house.get("energy_lifetime").get("meter_start_date", "9999")
    if month["start_date"] >= switched:
        assert month["production_wh"] == sum(item["end"] - item["start"] for item in month["meter_readings"])


@relaxed
@given(seed=seeds, system_id=numbers, now=moments)
def test_micro_and_meter_totals_differ_by_about_one_percent(
    connect: Connect, seed: int, system_id: int, now: int
) -> None:
    house = operating(connect, seed, system_id, now)
    body = house.get("energy_lifetime", production="all")
    assume("meter_start_date" in body)
    switch = (date.fromisoformat(body["meter_start_date"]) - date.fromisoformat(body["start_date"])).days
    micro, meter = sum(body["micro_production"][switch:]), sum(body["meter_production"][switch:])
    assume(micro > 100_000)
    assert 0.985 < meter / micro < 0.995


@relaxed
@given(kind=kinds, seed=seeds, system_id=numbers, now=moments, ago=days_ago)
def test_the_intervals_of_a_days_consumption_add_up_to_its_total(
    connect: Connect, kind: Kind, seed: int, system_id: int, now: int, *, ago: int
) -> None:
    house = operating(connect, seed, system_id, now, kind)
    system = house.api.fleet.system(system_id)
    assume(system is not None and system.consumption_meter is not None)
    assume(house.client.get(f"/systems/{system_id}/consumption_lifetime").status_code == 200)  # it is there already
    day = house.today - timedelta(days=ago)
    assert sum(row["enwh"] for row in house.day("consumption_stats", day)) == house.series(day, "consumption")


@relaxed
@given(kind=kinds, seed=seeds, system_id=numbers, now=moments)
def test_all_operations_agree_on_the_devices(connect: Connect, kind: Kind, seed: int, system_id: int, now: int) -> None:
    house = operating(connect, seed, system_id, now, kind)
    inventory = house.get("inventory")
    groups = house.client.get("/systems/inverters_summary_by_envoy_or_site", params={"site_id": system_id}).json()
    inverters = [item for group in groups for item in group["micro_inverters"]]
    serials = [item["sn"] for item in inventory["inverters"]]
    assert len(set(serials)) == len(serials) == house.get("summary")["modules"]
    assert sorted(item["serial_number"] for item in inverters) == sorted(serials)
    yesterday = house.midnight(house.today - timedelta(days=1))
    stats = house.client.get(f"/systems/{system_id}/stats", params={"start_at": yesterday})
    if stats.status_code == 200:
        assert stats.json()["total_devices"] == len(serials)
        assert all(1 <= row["devices_reporting"] <= len(serials) for row in stats.json()["intervals"])
    assert [item["sn"] for item in inventory["envoys"]] == [
        item["serial_number"] for item in house.get("envoys")["envoys"]
    ]
    production = house.get("energy_lifetime", production="all", end_date=house.today.isoformat())
    assert sum(item["energy"]["value"] for item in inverters) == sum(production["micro_production"])
    for serial in (item["sn"] for item in inventory["envoys"]):
        found = house.client.get("/systems/search_system_id", params={"serial_num": serial})
        assert found.json() == {"system_id": system_id}


@relaxed
@given(seed=seeds, system_id=numbers, now=moments, ago=days_ago)
def test_nothing_is_produced_while_the_sun_is_down(
    connect: Connect, seed: int, system_id: int, now: int, ago: int
) -> None:
    house = operating(connect, seed, system_id, now)
    system = house.api.fleet.system(system_id)
    assert system is not None
    rows = house.day("stats", house.today - timedelta(days=ago))
    for row in rows:
        assert elevation(system.place.latitude, system.place.longitude, row["end_at"] - 150) > 0
        assert row["enwh"] * 12 == pytest.approx(row["powr"], abs=13)
        assert row["powr"] <= system.size_w


@relaxed
@given(seed=seeds, system_id=numbers, now=moments)
def test_the_past_does_not_change(connect: Connect, seed: int, system_id: int, now: int) -> None:
    house = operating(connect, seed, system_id, now)
    assume(len(house.get("energy_lifetime")["production"]) > 9)
    before = house.get("energy_lifetime", end_date=(house.today - timedelta(days=9)).isoformat())["production"]
    house.api.clock.advance(400 * 86_400)
    after = house.get("energy_lifetime")["production"]
    # The series of a system that has stopped ends on its last day, unless a later end is asked for.
    assert after[: len(before)] == before[: len(after)]


@relaxed
@given(seed=seeds, now=moments)
def test_a_page_says_of_a_system_what_its_own_operations_say(connect: Connect, seed: int, now: int) -> None:
    house = House(connect, seed, 66, now)
    for item in house.client.get("/systems", params={"limit": 20}).json()["systems"]:
        own = house.client.get(f"/systems/{item['system_id']}/inventory").json()
        assert own["meta"] == item["meta"]
        assert item["status"] == item["meta"]["status"]


def elevation(latitude: float, longitude: float, moment: int) -> float:
    """The sun's elevation in degrees, from the textbook's low-precision almanac rather than from pvlib."""
    days = moment / 86_400 - 10957.5  # since noon of January 1st, 2000
    mean = np.radians(280.460 + 0.9856474 * days)
    anomaly = np.radians(357.528 + 0.9856003 * days)
    longitude_of_sun = mean + np.radians(1.915 * np.sin(anomaly) + 0.020 * np.sin(2 * anomaly))
    obliquity = np.radians(23.439)
    declination = np.arcsin(np.sin(obliquity) * np.sin(longitude_of_sun))
    ascension = np.arctan2(np.cos(obliquity) * np.sin(longitude_of_sun), np.cos(longitude_of_sun))
    sidereal = np.radians((18.697374558 + 24.06570982441908 * days) % 24 * 15 + longitude)
    hour_angle = sidereal - ascension
    at = np.radians(latitude)
    return float(
        np.degrees(np.arcsin(np.sin(at) * np.sin(declination) + np.cos(at) * np.cos(declination) * np.cos(hour_angle)))
    )
