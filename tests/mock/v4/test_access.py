"""Who may ask: the order of the checks, key and token, plans, access controls, and owners."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from enlighten_mock import SettableClock, SimulatedAPI
from enlighten_mock.accounts.applications import Application, Owner
from enlighten_mock.accounts.plans import ACCESS_CONTROLS, PLANS

Ask = Callable[..., httpx.Response]
Make = Callable[..., SimulatedAPI]
Connect = Callable[..., httpx.Client]

NO_KEY = {
    "message": "Not authorized to access requested resource.",
    "details": "Keys are missing at Header location",
    "code": 401,
}
NO_TOKEN = {"message": "Not Authorized", "details": "User is not authorized", "code": 401}
MISMATCH = {"message": "Not Authorized", "details": "API Key -Client mismatch", "code": 401}
NO_ACCESS = {"message": "Not Authorized", "details": "Not authorized to access this resource", "code": 401}
FORBIDDEN = {"message": "Forbidden", "details": "Not authorized to access this resource", "code": 403}


def send(api: SimulatedAPI, path: str, *, method: str = "GET", token: str = "", **query: str) -> httpx.Response:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    with httpx.Client(transport=api.transport(), base_url=api.v4.base_url, headers=headers) as client:
        return client.request(method, path, params=query)


def outcome(response: httpx.Response) -> tuple[int, Any]:
    return response.status_code, response.json()


def test_the_key_is_taken_from_the_query_and_from_a_header(api: SimulatedAPI) -> None:
    access = api.v4
    assert send(api, "/systems", token=access.access_token, key=access.api_key).status_code == 200
    bearer = {"Authorization": f"bearer {access.access_token}", "KEY": access.api_key}
    with httpx.Client(transport=api.transport()) as client:
        assert client.get(f"{access.base_url}/systems", headers=bearer).status_code == 200


def test_a_service_may_not_take_the_key_from_a_header(make: Make, connect: Connect) -> None:
    response = connect(make(behaviour={"key_in_header": False})).get("/systems")
    assert outcome(response) == (401, NO_KEY)


def test_the_first_fault_of_a_request_decides(api: SimulatedAPI) -> None:
    access, wrong = api.v4, "simulated-wrong"
    assert outcome(send(api, "/systems", method="BREW")) == (501, {"reason": "501", "message": ["Not Implemented"]})
    refused = send(api, "/systems", method="DELETE")
    assert outcome(refused) == (405, {"reason": "405", "message": ["Method not allowed"]})
    assert refused.headers["Allow"] == "GET"
    assert outcome(send(api, "/systems/1/summary")) == (401, NO_KEY)
    assert outcome(send(api, "/systems/1/summary", key=wrong)) == (401, NO_TOKEN)
    assert outcome(send(api, "/systems/1/summary", key=wrong, token=wrong)) == (401, NO_TOKEN)
    for key in (wrong, api.partner.api_key):
        assert outcome(send(api, "/systems/1/summary", key=key, token=access.access_token)) == (401, MISMATCH)
    unknown = send(api, "/systems/1/summary", key=access.api_key, token=access.access_token, summary_date="never")
    assert outcome(unknown)[1]["details"] == 'System not found for {:id=>"1"}'


@pytest.mark.parametrize("path", ["", "/", "/nothing", "/systems/66/nothing", "/systems//summary", "/systems/66/a/b"])
def test_an_unknown_path_is_not_found(ask: Ask, path: str) -> None:
    assert ask(path).status_code == 404


@pytest.mark.parametrize("path", ["/systems/", "/systems/66/summary/", "/systems/66/", "/systems/event_types/"])
def test_a_slash_at_the_end_changes_nothing(ask: Ask, path: str) -> None:
    """Published snippets send `/systems/?key=...`."""
    assert ask(path).json() == ask(path.removesuffix("/")).json()


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD"])
def test_a_method_that_a_path_has_not_is_refused(api: SimulatedAPI, connect: Connect, method: str) -> None:
    assert connect(api).request(method, "/systems/66/summary").status_code == 405


def test_head_may_be_served(make: Make, connect: Connect) -> None:
    assert connect(make(behaviour={"head": "served"})).head("/systems/66/summary").status_code == 200


@pytest.mark.parametrize("path", ["/systems/9/summary", "/systems/home/summary", "/systems/config/9/storm_guard"])
def test_an_unknown_system_is_not_found_under_its_id_as_sent(ask: Ask, path: str) -> None:
    status, body = outcome(ask(path))
    sent = path.split("/")[-2]
    assert (status, body["details"]) == (404, f'System not found for {{:id=>"{sent}"}}')


def test_an_unknown_system_of_readings_has_another_message(ask: Ask) -> None:
    assert ask("/systems/9/production_meter_readings").json()["message"] == "Not Authorized"


def test_an_owner_sees_no_system_of_others(make: Make, connect: Connect) -> None:
    api = make(owners=[Owner(systems=frozenset({67, 70}))])
    client = connect(api)
    assert [row["system_id"] for row in client.get("/systems").json()["systems"]] == [67, 70]
    assert client.get("/systems/67/summary").status_code == 200
    assert outcome(client.get("/systems/66/summary")) == (403, FORBIDDEN)
    found = client.post("/systems/search", json={"system": {"ids": [66, 67]}}).json()
    assert [row["system_id"] for row in found["systems"]] == [67]
    envoys = [system.envoys[0].serial_number for system in map(api.fleet.system, (66, 67)) if system]
    statuses = [client.get("/systems/retrieve_system_id", params={"serial_num": one}).status_code for one in envoys]
    assert statuses == [404, 200]


@pytest.mark.parametrize(
    ("plan", "allowed"),
    [
        ("watt", {"summary", "energy_lifetime", "ev_charger/devices"}),
        ("kilowatt", {"summary", "energy_lifetime", "ev_charger/devices", "devices/micros/telemetry"}),
        ("none", {"summary", "energy_lifetime", "ev_charger/devices", "devices/micros/telemetry"}),
    ],
)
def test_a_plan_has_its_operations(make: Make, connect: Connect, plan: str, allowed: set[str]) -> None:
    client = connect(make(plan=plan))
    paths = ("summary", "energy_lifetime", "ev_charger/devices", "devices/micros/telemetry")
    responses = {path: client.get(f"/systems/66/{path}") for path in paths}
    assert {path for path, response in responses.items() if response.status_code == 200} == allowed
    for path in responses.keys() - allowed:
        assert outcome(responses[path]) == (401, NO_ACCESS)
    expected = 401 if plan != "none" else 200
    assert client.get("/systems/config/66/storm_guard").status_code == expected


def test_an_application_has_the_access_controls_that_were_ticked(make: Make, connect: Connect) -> None:
    chosen = ACCESS_CONTROLS - {"Site Level Consumption Monitoring"}
    api = make(applications=[Application(access_controls=chosen, access_token="simulated-token")])
    client = connect(api)
    assert client.get("/systems/66/energy_lifetime").status_code == 200
    assert outcome(client.get("/systems/66/consumption_lifetime")) == (401, NO_ACCESS)
    assert client.get("/systems/9/consumption_lifetime").json() == NO_ACCESS


def test_control_of_chargers_is_for_partners(make: Make, connect: Connect) -> None:
    api = make(plan="megawatt")
    response = connect(api).post("/systems/69/ev_charger/1/stop_charging")
    assert outcome(response) == (401, {**NO_ACCESS, "code": "401"})


def test_a_minute_and_a_month_have_their_limits(make: Make, connect: Connect, clock: SettableClock) -> None:
    client = connect(make(plan="watt"))
    statuses = [client.get("/systems").status_code for _ in range(11)]
    assert statuses == [200] * 10 + [429]
    body = client.get("/systems").json()
    minute = int(clock.now()) // 60 * 60
    assert body == {
        "message": "Too Many Requests",
        "details": "Usage limit exceeded for plan Watt",
        "code": 429,
        "period": "minute",
        "period_start": minute,
        "period_end": minute + 60,
        "limit": 10,
    }
    clock.advance(60)
    assert client.get("/systems").status_code == 200
    for _ in range(100):
        clock.advance(60)
        for _ in range(10):
            last = client.get("/systems")
    assert (last.status_code, last.json()["period"], last.json()["limit"]) == (429, "month", 1000)


def test_a_limit_may_be_told_without_its_period_or_with_retry_after(
    make: Make, connect: Connect, clock: SettableClock
) -> None:
    client = connect(make(plan="1/10", behaviour={"period_fields": False, "retry_after": True}))
    client.get("/systems")
    clock.advance(20)
    response = client.get("/systems")
    assert set(response.json()) == {"message", "details", "code"}
    assert response.headers["Retry-After"] == "40"
    silent = connect(make(plan="0/10"))
    assert "Retry-After" not in silent.get("/systems").headers


def test_what_is_refused_for_its_sender_counts_nothing(make: Make, connect: Connect) -> None:
    api = make(plan="watt")
    for _ in range(20):
        send(api, "/systems", key=api.v4.api_key, token="simulated-wrong")
    quota = api.registry.quota(api.registry.applications[0])
    assert quota.spent()["month"] == 0
    connect(api).get("/systems/9/summary")
    connect(api).get("/systems/config/66/storm_guard")
    assert quota.spent() == {"minute": 2, "month": 2}


def test_each_application_has_a_quota_of_its_own_beside_that_of_v2(make: Make, connect: Connect) -> None:
    api = make(plan="1/10")
    for access in (api.v4, api.partner):
        assert [connect(api, access).get("/systems").status_code for _ in range(2)] == [200, 429]
    assert api.service.quota.spent()["month"] == 0


def test_writes_of_a_partner_have_limits_of_their_own_and_a_search_is_one(
    make: Make, connect: Connect, clock: SettableClock
) -> None:
    api = make(applications=[Application(plan=PLANS["partner"], partner=True, access_token="simulated-token")])
    client = connect(api)
    search = {"system": {"ids": [66]}}
    statuses = [client.post("/systems/search", json=search).status_code for _ in range(201)]
    assert statuses == [200] * 200 + [429]
    assert client.get("/systems").status_code == 200
    assert client.put("/systems/config/66/storm_guard", json={"storm_guard_status": "enabled"}).status_code == 200
    clock.advance(31 * 86_400)
    assert client.post("/systems/search", json=search).status_code == 200


def test_credentials_that_may_be_real_are_not_served_beyond_loopback(make: Make) -> None:
    make().check_exposed()
    real = "0123456789abcdef"
    fields = ({"api_key": real}, {"client_id": real}, {"client_secret": real}, {"access_token": real})
    for exposed in (Application(**field) for field in fields):  # type: ignore[arg-type]  # all of them are texts
        with pytest.raises(ValueError, match="may be a real one"):
            make(applications=[exposed]).check_exposed()
