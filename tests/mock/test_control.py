"""The control endpoint and the page for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest

from enlighten_mock.serving import served
from enlighten_mock.v2.enlighten import Credentials
from tests.support.loopback import TRUSTING_NOBODY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enlighten_mock import SettableClock, SimulatedAPI

TIMES: list[dict[str, Any]] = [{"now": "2025-01-01T00:00:00Z"}, {"now": "2025-01-01T01:00:00+01:00"}]


def client_of(api: SimulatedAPI) -> httpx.Client:
    return httpx.Client(base_url=api.base_url.removesuffix("/api/v2"), verify=TRUSTING_NOBODY)


@pytest.fixture
def site(api: SimulatedAPI) -> Iterator[httpx.Client]:
    with served(api), client_of(api) as client:
        yield client


def test_it_tells_the_state(site: httpx.Client) -> None:
    state = site.get("/_simulator").json()
    assert state["now"] == "2024-06-12T20:00:00+00:00"
    assert state["fleet"] == {"kind": "default", "systems": 20, "seed": 1}
    assert state["faults"] == []


def test_it_tells_the_credentials_that_requests_must_bring(site: httpx.Client, api: SimulatedAPI) -> None:
    api.service.credentials = Credentials("other", "user")
    state = site.get("/_simulator").json()
    credentials = {"key": state["api_key"], "user_id": state["user_id"]}
    assert credentials == {"key": api.api_key, "user_id": api.user_id} == {"key": "other", "user_id": "user"}
    assert site.get("/api/v2/systems", params=credentials).status_code == 200


def test_faults_are_added_tell_their_hits_and_end(site: httpx.Client, api: SimulatedAPI) -> None:
    credentials = {"key": api.api_key, "user_id": api.user_id}
    state = site.post("/_simulator/faults", json=[{"kind": "unavailable", "operation": "Systems", "count": 2}]).json()
    assert state["faults"][0]["kind"] == "unavailable"
    assert [site.get("/api/v2/systems", params=credentials).status_code for _ in range(3)] == [503, 503, 200]
    assert site.get("/_simulator").json()["faults"][0]["hits"] == 2
    site.post("/_simulator/faults", json={"kind": "bad_gateway"})
    assert site.get("/api/v2/systems", params=credentials).status_code == 502
    assert site.delete("/_simulator/faults").json()["faults"] == []
    assert site.get("/api/v2/systems", params=credentials).status_code == 200


@pytest.mark.parametrize("body", TIMES)
def test_the_clock_can_be_set(site: httpx.Client, clock: SettableClock, body: dict[str, Any]) -> None:
    assert site.put("/_simulator/clock", json=body).json()["now"] == "2025-01-01T00:00:00+00:00"
    assert site.put("/_simulator/clock", json={"advance": 60}).json()["now"] == "2025-01-01T00:01:00+00:00"
    assert clock.now() == 1735689660


@pytest.mark.parametrize("body", [{"now": "2015-06-01T12:00:00Z"}, {"advance": -10 * 365 * 86400}])
def test_a_plain_fleet_is_not_put_before_its_time(
    plain: SimulatedAPI, clock: SettableClock, body: dict[str, Any]
) -> None:
    before = clock.now()
    with served(plain), client_of(plain) as client:
        response = client.put("/_simulator/clock", json=body)
    assert response.status_code == 422
    assert "from 2016-02-01 on" in response.json()["message"]
    assert clock.now() == before


@pytest.mark.parametrize("path", ["/api/v2/systems", "/_simulator"])
def test_an_internal_error_is_printed_and_is_a_500(
    site: httpx.Client, api: SimulatedAPI, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], path: str
) -> None:
    monkeypatch.setattr(api.clock, "now", lambda: 1 // 0)
    response = site.get(path)
    assert response.status_code == 500
    assert "fault of the simulated API itself" in response.json()["message"][0]
    printed = capfd.readouterr().err
    assert printed.startswith("Traceback")
    assert "ZeroDivisionError" in printed


def test_a_reset_forgets_the_requests_counted(site: httpx.Client, api: SimulatedAPI) -> None:
    site.get("/api/v2/systems", params={"key": api.api_key, "user_id": api.user_id})
    assert site.get("/_simulator").json()["spent"] == {"minute": 1, "month": 1}
    assert site.post("/_simulator/reset").json()["spent"] == {"minute": 0, "month": 0}


@pytest.mark.parametrize(
    ("method", "path", "content"),
    [
        ("POST", "/_simulator/faults", b"{"),
        ("POST", "/_simulator/faults", b"\xff"),
        ("POST", "/_simulator/faults", b'{"kind": "rain"}'),
        ("POST", "/_simulator/faults", b"7"),
        ("PUT", "/_simulator/clock", b'{"now": "noon"}'),
        ("PUT", "/_simulator/clock", b'{"later": 3}'),
        ("PUT", "/_simulator/clock", b'{"advance": 1e300}'),
        ("PUT", "/_simulator/clock", b'{"advance": NaN}'),
        ("PUT", "/_simulator/clock", b'{"advance": true}'),
        ("PUT", "/_simulator/clock", b'{"now": "2024-06-01T12:00:00Z", "advance": 5}'),
        ("POST", "/_simulator/faults", b'{"kind": "cut", "operation": "stats"}'),
        ("GET", "/_simulator/systems?offset=-1", b""),
        ("GET", "/_simulator/systems/1/day?date=2024-06-01", b""),
        ("GET", "/_simulator/systems/66/day?date=June", b""),
        ("GET", "/_simulator/systems/66/day?date=1999-01-01", b""),
    ],
)
def test_an_invalid_request_is_rejected_with_a_message(
    site: httpx.Client, method: str, path: str, content: bytes
) -> None:
    response = site.request(method, path, content=content)
    assert response.status_code == 422
    assert response.json()["message"]
    assert site.get("/_simulator").status_code == 200


def test_it_lists_the_fleet_with_what_the_api_does_not_tell(site: httpx.Client) -> None:
    body = site.get("/_simulator/systems?offset=3&limit=2").json()
    assert body["total"] == 20
    assert [system["system_id"] for system in body["systems"]] == [69, 70]
    assert [system["condition"] for system in body["systems"]] == ["never_reported", "stopped"]


def test_a_listing_of_the_fleet_has_a_bound_that_it_names(site: httpx.Client) -> None:
    assert len(site.get("/_simulator/systems?limit=1000").json()["systems"]) == 20
    response = site.get("/_simulator/systems?limit=1001")
    assert response.status_code == 422
    assert "at most 1000" in response.json()["message"]


def test_the_page_names_nothing_on_other_hosts(site: httpx.Client) -> None:
    for path in ("/", "/_simulator/page/page.css", "/_simulator/page/page.js"):
        response = site.get(path)
        assert response.status_code == 200
        assert "https://" not in response.text
    assert site.get("/_simulator/page/__init__.py").status_code == 404


def test_the_page_shows_a_day_as_the_api_tells_it(site: httpx.Client, api: SimulatedAPI) -> None:
    day = site.get("/_simulator/systems/67/day?date=2024-06-11").json()
    parameters: dict[str, str | int] = {"key": api.api_key, "user_id": api.user_id, "start_at": day["start"]}
    rows = site.get("/api/v2/systems/67/stats", params=parameters).json()["intervals"]
    rows = [row for row in rows if row["end_at"] <= day["end"]]
    assert day["production"] == [[row["end_at"], row["powr"]] for row in rows]
    assert day["produced_wh"] == sum(row["enwh"] for row in rows)


def test_the_page_has_the_specification_to_try_against_this_server(site: httpx.Client) -> None:
    document = site.get("/_simulator/openapi.json").json()
    assert document["servers"] == [{"url": "/api/v2"}]
    assert len(document["paths"]) == 13


def test_swagger_ui_comes_from_this_server(site: httpx.Client) -> None:
    for name in ("swagger-ui-bundle.js", "swagger-ui.css"):
        assert site.get(f"/_simulator/swagger/{name}").status_code == 200


def test_it_tells_the_applications_of_v4_and_takes_their_access_back(site: httpx.Client) -> None:
    wrong: Any
    first, partner = site.get("/_simulator").json()["v4"]
    assert (first["partner"], partner["partner"]) == (False, True)
    statuses = []
    for body in (None, {"client_id": partner["client_id"]}, {"client_id": first["client_id"]}):
        if body is not None:
            assert site.post("/_simulator/revoke", json=body).status_code == 200
        headers = {"Authorization": f"Bearer {first['access_token']}"}
        statuses.append(site.get("/api/v4/systems", params={"key": first["api_key"]}, headers=headers).status_code)
    assert statuses == [200, 200, 401]
    for wrong in ([], {"owner": "me"}, {"client_id": 1}):
        assert site.post("/_simulator/revoke", json=wrong).status_code == 422
