"""API v4 and API v2 tell the same of one world, over HTTP; and in a quarter of an hour no energy is lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enlighten_mock import SettableClock, SimulatedAPI
from enlighten_mock.serving import served
from tests.mock.v4.conftest import NOW

DAY = 86_400
MEASURED = (66, 69, 71, 74, 77)
"""Systems with both meters in service, so that the grid is measured."""


class Both:
    """A client of either API."""

    def __init__(self, api: SimulatedAPI) -> None:
        access = api.v4
        headers = {"key": access.api_key, "Authorization": f"Bearer {access.access_token}"}
        self.old = httpx.Client(base_url=api.base_url, params={"key": api.api_key, "user_id": api.user_id})
        self.new = httpx.Client(base_url=access.base_url, headers=headers)
        self.api = api

    def v2(self, path: str, **query: Any) -> Any:
        response = self.old.get(path, params=query)
        return response.json() if response.status_code == 200 else None

    def v4(self, path: str, **query: Any) -> Any:
        response = self.new.get(path, params=query)
        assert response.status_code == 200, response.text
        return response.json()


@pytest.fixture(scope="module")
def both() -> Iterator[Both]:
    with served(SimulatedAPI(systems=14, seed=1, fleet="mixed", clock=SettableClock(NOW))) as api:
        both = Both(api)
        with both.old, both.new:
            yield both


@given(system_id=st.integers(66, 79), ago=st.integers(1, 360))
def test_a_day_of_microinverters_is_the_same(both: Both, system_id: int, ago: int) -> None:
    start = int(both.api.clock.now()) // 300 * 300 - ago * DAY
    old = both.v2(f"/systems/{system_id}/stats", start_at=start, end_at=start + DAY)
    new = both.v4(f"/systems/{system_id}/telemetry/production_micro", start_at=start)
    rows = [] if old is None else old["intervals"]
    assert [(row["end_at"], row["enwh"], row["powr"]) for row in new["intervals"]] == [
        (row["end_at"], row["enwh"], row["powr"]) for row in rows
    ]


@pytest.mark.parametrize("system_id", range(66, 80))
def test_lifetimes_are_the_same(both: Both, system_id: int) -> None:
    for path, name in (("energy_lifetime", "production"), ("consumption_lifetime", "consumption")):
        old = both.v2(f"/systems/{system_id}/{path}")
        new = both.v4(f"/systems/{system_id}/{path}")
        if old is None or not old[name]:
            continue
        skipped = (date.fromisoformat(old["start_date"]) - date.fromisoformat(new["start_date"])).days
        series = new[name][skipped:]
        assert skipped >= 0
        assert series[: len(old[name])] == old[name]
        # v2 ends on the day of the last report, v4 has zeros from there on.
        assert not any(series[len(old[name]) :])


@pytest.mark.parametrize("system_id", range(66, 80))
def test_summaries_are_the_same(both: Both, system_id: int) -> None:
    for query in ({}, {"summary_date": "2026-06-01"}):
        old, new = (read(f"/systems/{system_id}/summary", **query) for read in (both.v2, both.v4))
        assert {name: new[name] for name in old} == old
        assert set(new) - set(old) >= {"nmi", "battery_charge_w", "battery_discharge_w", "battery_capacity_wh"}


@given(system_id=st.sampled_from(MEASURED), ago=st.integers(2, 60))
def test_what_comes_in_goes_out_in_every_quarter(both: Both, system_id: int, ago: int) -> None:
    start = int(both.api.clock.now()) // 900 * 900 - ago * DAY

    def by_end(path: str, read: Any) -> dict[int, int]:
        rows = both.v4(f"/systems/{system_id}/{path}", start_at=start)["intervals"]
        flat = [row for part in rows for row in (part if isinstance(part, list) else [part])]
        return {row["end_at"]: read(row) for row in flat}

    produced = by_end("telemetry/production_meter", lambda row: row["wh_del"])
    consumed = by_end("telemetry/consumption_meter", lambda row: row["enwh"])
    charged = by_end("telemetry/battery", lambda row: row["charge"]["enwh"])
    discharged = by_end("telemetry/battery", lambda row: row["discharge"]["enwh"])
    imported = by_end("energy_import_telemetry", lambda row: row["wh_imported"])
    exported = by_end("energy_export_telemetry", lambda row: row["wh_exported"])
    assert imported.keys() == exported.keys() == produced.keys() == consumed.keys()
    assert len(imported) == 96
    for end in imported:
        came = produced[end] + imported[end] + discharged.get(end, 0)
        assert came == consumed[end] + exported[end] + charged.get(end, 0)


@pytest.mark.parametrize("system_id", [66, 70, 74])
def test_a_day_of_the_lifetimes_is_the_sum_of_its_quarters(both: Both, system_id: int) -> None:
    day = "2026-06-02"
    after = (date.fromisoformat(day) + timedelta(days=1)).isoformat()
    for lifetime, telemetry, name in (
        ("energy_import_lifetime", "energy_import_telemetry", "import"),
        ("energy_export_lifetime", "energy_export_telemetry", "export"),
        ("battery_lifetime", "telemetry/battery", "charge"),
        ("consumption_lifetime", "telemetry/consumption_meter", "consumption"),
    ):
        values = both.v4(f"/systems/{system_id}/{lifetime}", start_date=day, end_date=after)[name]
        if not values:
            continue
        rows = both.v4(f"/systems/{system_id}/{telemetry}", start_date=day)["intervals"]
        flat = [row for part in rows for row in (part if isinstance(part, list) else [part])]
        total = sum(
            row["charge"]["enwh"]
            if name == "charge"
            else row.get("enwh", row.get("wh_imported", row.get("wh_exported")))
            for row in flat
        )
        assert values[0] == total


def test_meters_and_microinverters_differ_by_about_a_hundredth(both: Both) -> None:
    body = both.v4("/systems/66/energy_lifetime", start_date="2026-05-01", end_date="2026-05-31", production="all")
    micro, meter = sum(body["micro_production"]), sum(body["meter_production"])
    assert 0.98 < meter / micro < 1 or 1 < meter / micro < 1.02
