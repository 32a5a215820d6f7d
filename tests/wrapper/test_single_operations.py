"""The operations that are one request and one model."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime
from typing import Any

import httpx
import pytest

from enphase_enlighten import AsyncEnlighten, Enlighten, InvalidArgumentError
from enphase_enlighten.reading.strict import specification

pytestmark = pytest.mark.lowest

NOW = datetime(2026, 6, 15, 18, 7, 30, tzinfo=UTC).timestamp()
SYSTEM = {"system_id": 67, "timezone": "America/Los_Angeles"}


def example(name: str) -> Any:
    return specification("enlighten_v2")["components"]["schemas"][name]["example"]


BODIES: dict[str, Any] = {
    "summary": example("SummaryResponse"),
    "envoys": example("EnvoysResponse"),
    "inventory": example("InventoryResponse"),
    "inverters_summary_by_envoy_or_site": [example("InvertersSummaryByEnvoyOrSiteResponse")],
    "search_system_id": {"system_id": 67},
    "monthly_production": example("MonthlyProductionResponse"),
    "production_meter_readings": example("ProductionMeterReadingsResponse"),
    "systems": {"systems": [SYSTEM]},
}


def carried_out(kind: str, name: str, *args: Any, **kwargs: Any) -> tuple[list[tuple[str, dict[str, str]]], Any]:
    """What is asked for, path and parameters without the credentials, and what the operation gives."""
    asked = []

    def handle(request: httpx.Request) -> httpx.Response:
        params = {key: value for key, value in request.url.params.items() if key not in ("key", "user_id")}
        asked.append((request.url.path.removeprefix("/api/v2/"), params))
        return httpx.Response(200, json=BODIES[request.url.path.rpartition("/")[2]])

    transport = httpx.MockTransport(handle)
    if kind == "sync":
        with Enlighten("key", "user", transport=transport, clock=lambda: NOW) as client:
            return asked, getattr(client, name)(*args, **kwargs)

    async def ask() -> Any:
        async with AsyncEnlighten("key", "user", transport=transport, clock=lambda: NOW) as client:
            return await getattr(client, name)(*args, **kwargs)

    return asked, asyncio.run(ask())


@pytest.mark.parametrize("kind", ["sync", "async"])
@pytest.mark.parametrize(
    ("name", "args", "kwargs", "path", "params"),
    [
        ("summary", (67,), {}, "systems/67/summary", {}),
        ("summary", (67,), {"summary_date": "2026-06-01"}, "systems/67/summary", {"summary_date": "2026-06-01"}),
        ("summary", (67,), {"summary_date": date(2026, 6, 1)}, "systems/67/summary", {"summary_date": "2026-06-01"}),
        ("envoys", (67,), {}, "systems/67/envoys", {}),
        ("inventory", (67,), {}, "systems/67/inventory", {}),
        ("production_meter_readings", (67,), {}, "systems/67/production_meter_readings", {}),
        (
            "production_meter_readings",
            (67,),
            {"end_at": "2026-06-01T12:00:00+02:00"},
            "systems/67/production_meter_readings",
            {"end_at": "1780308000"},
        ),
        (
            "production_meter_readings",
            (67,),
            {"end_at": "2026-06-01T12:00:00", "timezone": "Europe/Berlin"},
            "systems/67/production_meter_readings",
            {"end_at": "1780308000"},
        ),
        (
            "production_meter_readings",
            (67,),
            {"end_at": "2099-01-01T00:00:00Z"},
            "systems/67/production_meter_readings",
            {"end_at": str(int(NOW))},
        ),
    ],
)
def test_one_request_gives_one_model(  # noqa: PLR0917 - the columns of a table
    kind: str, name: str, args: tuple[Any, ...], kwargs: dict[str, Any], path: str, params: dict[str, str]
) -> None:
    asked, result = carried_out(kind, name, *args, **kwargs)
    assert asked == [(path, params)]
    assert result.to_dict() == BODIES[name]


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_the_inverters_come_as_a_list_with_an_entry_for_each_envoy(kind: str) -> None:
    asked, result = carried_out(kind, "inverters_summary_by_envoy_or_site", 67)
    assert asked == [("systems/inverters_summary_by_envoy_or_site", {"site_id": "67"})]
    assert [entry.to_dict() for entry in result] == BODIES["inverters_summary_by_envoy_or_site"]


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_a_serial_number_gives_the_system_id(kind: str) -> None:
    asked, result = carried_out(kind, "search_system_id", "012 1/8?&")
    assert asked == [("systems/search_system_id", {"serial_num": "012 1/8?&"})]
    assert result == 67


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_a_month_warns_that_the_service_gives_it_up_and_points_at_the_caller(kind: str) -> None:
    with pytest.warns(DeprecationWarning, match="use energy_lifetime or production_meter_readings") as warned:
        asked, result = carried_out(kind, "monthly_production", 67, "2026-04-01")
    assert asked == [("systems/67/monthly_production", {"start_date": "2026-04-01"})]
    assert result.to_dict() == BODIES["monthly_production"]
    assert [warning.filename for warning in warned] == [__file__]


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_a_reading_at_a_local_time_costs_a_request_for_the_systems_timezone(kind: str) -> None:
    asked, _ = carried_out(kind, "production_meter_readings", 67, end_at=date(2026, 6, 1))
    assert asked == [
        ("systems", {"system_id[]": "67", "limit": "1"}),
        ("systems/67/production_meter_readings", {"end_at": "1780297200"}),
    ]


@pytest.mark.parametrize(
    ("name", "args", "kwargs"),
    [
        ("summary", ("67",), {}),
        ("summary", (True,), {}),
        ("summary", (67,), {"summary_date": "2026-06-31"}),
        ("summary", (67,), {"summary_date": "2026-06-18"}),
        ("envoys", (None,), {}),
        ("inventory", (6.7,), {}),
        ("inverters_summary_by_envoy_or_site", ("67",), {}),
        ("search_system_id", (67,), {}),
        ("search_system_id", ("",), {}),
        ("monthly_production", (67, None), {}),
        ("monthly_production", (67, "2026-06-18"), {}),
        ("production_meter_readings", (67,), {"end_at": "noon"}),
        ("production_meter_readings", (67,), {"timezone": "Mars/Olympus"}),
    ],
)
@pytest.mark.parametrize("kind", ["sync", "async"])
def test_a_wrong_argument_is_refused_before_anything_is_sent(
    kind: str, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> None:
    asked: list[Any] = []
    with pytest.raises(InvalidArgumentError, match="Give "):
        asked, _ = carried_out(kind, name, *args, **kwargs)
    assert asked == []
