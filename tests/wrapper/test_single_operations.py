"""The operations that are one request and one model."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from enphase_enlighten import InvalidArgumentError
from tests.support.clock import NOW
from tests.support.examples import example
from tests.support.v2_calls import CALLS

if TYPE_CHECKING:
    from enphase_enlighten import AsyncEnlighten, Enlighten
    from tests.support.clients import Kind
    from tests.support.service import StubService

pytestmark = pytest.mark.lowest


OPERATIONS = {call.method: call.operation_id for call in CALLS.values()}


def carried_out(kind: Kind, service: StubService, name: str, *args: Any, **kwargs: Any) -> Any:
    with kind.client(service) as client:
        return getattr(client, name)(*args, **kwargs)


def asked(service: StubService) -> list[tuple[str, dict[str, str]]]:
    """The paths and the parameters of the requests, without the credentials."""
    return [
        (
            request.url.path.removeprefix("/api/v2/"),
            {name: value for name, value in request.url.params.items() if name not in ("key", "user_id")},
        )
        for request in service.sent
    ]


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
    kind: Kind,
    service: StubService,
    name: str,
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
    path: str,
    params: dict[str, str],
) -> None:
    result = carried_out(kind, service, name, *args, **kwargs)
    assert asked(service) == [(path, params)]
    assert result.to_dict() == example(OPERATIONS[name])


def test_the_inverters_come_as_a_list_with_an_entry_for_each_envoy(kind: Kind, service: StubService) -> None:
    result = carried_out(kind, service, "inverters_summary_by_envoy_or_site", 67)
    assert asked(service) == [("systems/inverters_summary_by_envoy_or_site", {"site_id": "67"})]
    assert [entry.to_dict() for entry in result] == example("InvertersSummaryByEnvoyOrSite")


def test_a_serial_number_gives_the_system_id(kind: Kind, service: StubService) -> None:
    result = carried_out(kind, service, "search_system_id", "012 1/8?&")
    assert asked(service) == [("systems/search_system_id", {"serial_num": "012 1/8?&"})]
    assert result == 67


async def test_a_month_is_deprecated_and_the_warning_points_at_the_caller(
    client: Enlighten, async_client: AsyncEnlighten, service: StubService
) -> None:
    with pytest.warns(DeprecationWarning, match="use energy_lifetime or production_meter_readings") as warned:
        results = client.monthly_production(67, "2026-04-01"), await async_client.monthly_production(67, "2026-04-01")
    assert asked(service) == [("systems/67/monthly_production", {"start_date": "2026-04-01"})] * 2
    assert [result.to_dict() for result in results] == [example("MonthlyProduction")] * 2
    assert [warning.filename for warning in warned] == [__file__] * 2


def test_a_reading_at_a_local_time_costs_a_request_for_the_systems_timezone(kind: Kind, service: StubService) -> None:
    carried_out(kind, service, "production_meter_readings", 67, end_at=date(2026, 6, 1))
    assert asked(service) == [
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
def test_an_invalid_argument_is_an_error_before_anything_is_sent(
    kind: Kind, service: StubService, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> None:
    with pytest.raises(InvalidArgumentError, match="Give "):
        carried_out(kind, service, name, *args, **kwargs)
    assert service.sent == []
