"""Credentials, paths, methods, and the limits of a plan."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx
import pytest

from enlighten_mock import Plan, SettableClock, SimulatedAPI
from enlighten_mock.serving import served
from enlighten_mock.v2.plans import parse_plan
from tests.support.loopback import TRUSTING_NOBODY

Ask = Callable[..., httpx.Response]
Connect = Callable[[SimulatedAPI], httpx.Client]

UNAUTHORIZED = {"reason": "401", "message": ["Not authorized to access requested resource."]}


@pytest.mark.parametrize("missing", ["key", "user_id"])
@pytest.mark.parametrize("wrong", [None, "", "wrong", "né"])
def test_both_credentials_are_needed(api: SimulatedAPI, missing: str, wrong: str | None) -> None:
    credentials: dict[str, str] = {"key": api.api_key, "user_id": api.user_id}
    del credentials[missing]
    if wrong is not None:
        credentials[missing] = wrong
    response = httpx.Client(transport=api.transport()).get(f"{api.base_url}/systems", params=credentials)
    assert response.status_code == 401
    assert response.json() == UNAUTHORIZED


def test_credentials_of_your_own_are_taken(connect: Connect) -> None:
    assert connect(SimulatedAPI(api_key="k+/=&", user_id="ü")).get("/systems").status_code == 200


@pytest.mark.parametrize(
    "path",
    ["", "/", "/nothing", "/systems//", "/systems/66", "/systems/66/", "/systems/66/stats/today", "/systems//stats"],
)
def test_an_unknown_path_is_not_found(ask: Ask, path: str) -> None:
    assert ask(path).status_code == 404


def test_nothing_is_served_outside_of_the_prefix(api: SimulatedAPI) -> None:
    client = httpx.Client(transport=api.transport(), base_url="http://simulated.invalid")
    assert client.get("/systems").status_code == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD"])
def test_other_methods_than_get_are_not_allowed(api: SimulatedAPI, connect: Connect, method: str) -> None:
    response = connect(api).request(method, "/systems/66/stats")
    assert response.status_code == 405
    assert response.headers["Allow"] == "GET"


@pytest.mark.parametrize("operation", ["stats", "summary", "envoys", "energy_lifetime", "consumption_stats"])
def test_an_unknown_system_is_not_found(ask: Ask, operation: str) -> None:
    for system in (65, 86, 0, -5, 2**62, 2**64, 10**30):
        response = ask(f"/systems/{system}/{operation}")
        assert response.status_code == 404
        assert response.json() == {"reason": "404", "message": ["Resource not found."]}


def test_a_time_of_more_than_64_bits_is_rejected(ask: Ask) -> None:
    assert ask("/systems/66/stats", start_at=-(2**63)).status_code == 200
    assert ask("/systems/66/stats", start_at=-(2**63) - 1).status_code == 422


@pytest.mark.parametrize("system", ["home", "6.6", "66a", "%36%36%2e"])
def test_a_system_id_that_is_no_integer_is_rejected(ask: Ask, system: str) -> None:
    assert ask(f"/systems/{system}/summary").status_code == 422


def test_a_percent_encoded_id_is_that_id(ask: Ask) -> None:
    assert ask("/systems/%36%36/summary").json()["system_id"] == 66


def test_the_summary_of_inverters_is_a_422_for_an_unknown_site(ask: Ask) -> None:
    response = ask("/systems/inverters_summary_by_envoy_or_site", site_id=-1)
    assert response.status_code == 422
    assert response.json() == {"message": "Couldn't find Site with 'id'=-1"}
    assert ask("/systems/inverters_summary_by_envoy_or_site").status_code == 422


def test_the_date_header_follows_the_services_clock(ask: Ask, clock: SettableClock) -> None:
    assert parsedate_to_datetime(ask("/systems").headers["Date"]).timestamp() == clock.now()


def test_beyond_the_plan_is_a_409_for_the_clock_minute(connect: Connect) -> None:
    clock = SettableClock(datetime(2024, 6, 12, 20, 0, 50, tzinfo=UTC))
    client = connect(SimulatedAPI(plan="watt", clock=clock))
    assert [client.get("/systems").status_code for _ in range(12)] == [200] * 10 + [409] * 2
    minute = int(datetime(2024, 6, 12, 20, tzinfo=UTC).timestamp())
    assert client.get("/systems").json() == {
        "reason": "409",
        "message": ["Usage limit exceeded for plan Watt"],
        "period": "minute",
        "period_start": minute,
        "period_end": minute + 60,
        "limit": 10,
    }
    clock.advance(9)
    assert client.get("/systems").status_code == 409
    clock.advance(1)
    assert client.get("/systems").status_code == 200


def test_the_limit_of_the_month_ends_with_the_utc_month(connect: Connect) -> None:
    clock = SettableClock(datetime(2022, 1, 31, 23, 58, tzinfo=UTC))
    client = connect(SimulatedAPI(plan=Plan("Watt", None, 3), clock=clock))
    assert [client.get("/systems").status_code for _ in range(4)] == [200, 200, 200, 409]
    body = client.get("/systems").json()
    assert (body["period"], body["period_start"], body["period_end"]) == ("month", 1640995200, 1643673600)
    clock.advance(120)
    assert client.get("/systems").status_code == 200


def test_requests_without_credentials_do_not_count(connect: Connect, clock: SettableClock) -> None:
    api = SimulatedAPI(plan="1/1", clock=clock)
    for _ in range(3):
        assert httpx.Client(transport=api.transport()).get(f"{api.base_url}/systems").status_code == 401
    assert connect(api).get("/systems").status_code == 200


def test_fifty_threads_get_exactly_what_the_plan_allows(connect: Connect, clock: SettableClock) -> None:
    client = connect(SimulatedAPI(plan="watt", clock=clock))
    together = threading.Barrier(50)

    def one(_: int) -> int:
        together.wait()
        return client.get("/systems").status_code

    with ThreadPoolExecutor(50) as pool:
        statuses = list(pool.map(one, range(50)))
    assert (statuses.count(200), statuses.count(409)) == (10, 40)


async def test_fifty_clients_over_http_get_exactly_what_the_plan_allows(clock: SettableClock) -> None:
    with served(SimulatedAPI(plan="watt", clock=clock)) as api:
        responses: list[httpx.Response] = []

        async def one() -> None:
            credentials = {"key": api.api_key, "user_id": api.user_id}
            async with httpx.AsyncClient(params=credentials, verify=TRUSTING_NOBODY) as client:
                responses.append(await client.get(f"{api.base_url}/systems", timeout=30))

        await asyncio.gather(*(one() for _ in range(50)))
    statuses = [response.status_code for response in responses]
    assert (statuses.count(200), statuses.count(409)) == (10, 40)
    assert {response.json()["period_end"] for response in responses if response.status_code == 409} == {
        clock.now() + 60
    }


@pytest.mark.parametrize(("text", "plan"), [("Watt", ("Watt", 10, 10_000)), ("3/70", ("Custom", 3, 70))])
def test_a_plan_is_named_or_given_by_its_limits(text: str, plan: tuple[str, int, int]) -> None:
    assert parse_plan(text) == plan


@pytest.mark.parametrize("text", ["", "free", "10", "10/", "-1/5", "1.5/2"])
def test_an_invalid_plan_is_rejected(text: str) -> None:
    with pytest.raises(ValueError, match="there is no plan"):
        SimulatedAPI(plan=text)


def test_a_plain_fleet_has_no_monthly_limit(connect: Connect, clock: SettableClock) -> None:
    client = connect(SimulatedAPI(fleet="plain", plan="2/3", clock=clock))
    assert [client.get("/systems").status_code for _ in range(3)] == [200, 200, 409]
    clock.advance(60)
    assert client.get("/systems").status_code == 200
    clock.advance(60)
    assert client.get("/systems").status_code == 200
