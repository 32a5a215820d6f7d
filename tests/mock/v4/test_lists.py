"""Lists: pages, sorting, searching, and chargers by offset and limit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enlighten_mock import SettableClock, SimulatedAPI
from enlighten_mock.world import loads
from tests.mock.v4.conftest import NOW, v4_client

Ask = Callable[..., httpx.Response]
Make = Callable[..., SimulatedAPI]
Connect = Callable[..., httpx.Client]


@pytest.fixture(scope="module")
def shared() -> SimulatedAPI:
    return SimulatedAPI(systems=37, seed=1, clock=SettableClock(NOW))


def ids(response: httpx.Response) -> list[int]:
    return [row["system_id"] for row in response.json()["systems"]]


@given(size=st.integers(1, 100), sort_by=st.sampled_from(("id", "-id")))
def test_the_pages_have_every_system_once_in_order(shared: SimulatedAPI, size: int, sort_by: str) -> None:
    client = v4_client(shared)
    found: list[int] = []
    page = 1
    while True:
        response = client.get("/systems", params={"page": page, "size": size, "sort_by": sort_by})
        body = response.json()
        assert (body["total"], body["current_page"], body["size"], body["items"]) == (37, page, size, "systems")
        assert body["count"] == len(body["systems"])
        found += ids(response)
        if body["count"] < size:
            break
        page += 1
    assert found == sorted(shared.fleet.ids, reverse=sort_by == "-id")


def test_a_page_has_ten_systems_by_default(ask: Ask) -> None:
    assert ask("/systems").json()["size"] == len(ids(ask("/systems"))) == 10


@pytest.mark.parametrize("query", [{"page": 0}, {"size": 0}, {"size": 101}, {"page": "one"}, {"sort_by": "name"}])
def test_a_page_that_cannot_be_is_refused(ask: Ask, query: Any) -> None:
    response = ask("/systems", **query)
    assert response.status_code == 422
    if "sort_by" in query:
        assert response.json()["details"] == (
            "Invalid request because of 'The sorting parameter is not supported. Please use id for sorting by Asc or "
            "-id for sorting by Desc'"
        )


@pytest.mark.parametrize(
    ("way", "status", "count"), [("empty", 200, 0), ("not_found", 404, 0), ("unprocessable", 422, 0), ("last", 200, 8)]
)
def test_a_page_behind_the_end_is_a_switch(make: Make, connect: Connect, way: str, status: int, count: int) -> None:
    client = connect(make(behaviour={"page_behind_end": way}))
    response = client.get("/systems", params={"page": 9, "size": 12})
    assert response.status_code == status
    if status == 200:
        assert len(ids(response)) == count


def test_a_search_matches_all_filters_and_ignores_empty_ones(shared: SimulatedAPI) -> None:
    client = v4_client(shared)
    systems = [row for page in (1, 2, 3, 4) for row in client.get("/systems", params={"page": page}).json()["systems"]]

    def search(**filters: Any) -> list[int]:
        return ids(client.post("/systems/search?size=1000", json={"system": filters}))

    assert search() == [row["system_id"] for row in systems]
    assert search(name="", ids=[], statuses=[]) == search()
    assert search(ids=[70, 66, 1]) == [66, 70]
    town = systems[0]["name"].split()[0].lower()
    assert search(name=town) == [row["system_id"] for row in systems if town in row["name"].lower()] != []
    named = next(row for row in systems if "reference" in row)
    assert search(reference=named["reference"].lower()) == [named["system_id"]]
    assert search(statuses=["normal", "micro"]) == [
        row["system_id"] for row in systems if row["status"] in ("normal", "micro")
    ]
    assert search(reference=named["reference"], ids=[named["system_id"] + 1]) == []


@pytest.mark.parametrize(
    ("body", "details"),
    [
        ({}, "system is missing at Json body location"),
        ({"system": {}, "sort_by": "name"}, None),
        ({"system": {}, "page": 1}, None),
        ({"system": {"statuses": ["comm", "retired"]}}, None),
        ({"system": {"ids": ["66"]}}, None),
        ({"system": {"owner": "me"}}, None),
        ([], None),
        ("system", None),
    ],
)
def test_a_search_that_is_not_understood_is_refused(shared: SimulatedAPI, body: Any, details: str | None) -> None:
    response = v4_client(shared).post("/systems/search", json=body)
    assert response.status_code == 422
    assert details in (None, response.json()["details"])


def test_a_search_has_no_cities_and_streams_on_request(shared: SimulatedAPI) -> None:
    client = v4_client(shared)
    plain = client.post("/systems/search", json={"system": {}}).json()["systems"][0]
    assert "city" not in plain["address"]
    assert "live_stream" not in plain
    asked = client.post("/systems/search?live_stream=true", json={"system": {}}).json()["systems"]
    assert {row["live_stream"] for row in asked} == {"enabled", "disabled"}


def test_the_largest_page_of_a_search_is_a_switch(make: Make, connect: Connect) -> None:
    for largest, status in ((1000, 200), (100, 422)):
        client = connect(make(behaviour={"search_size": largest}))
        assert client.post("/systems/search?size=101", json={"system": {}}).status_code == status


def test_lists_have_no_energy_since_2023(ask: Ask) -> None:
    row = ask("/systems").json()["systems"][0]
    assert (row["energy_lifetime"], row["energy_today"], row["system_size"]) == (-1, -1, -1)
    assert ask(f"/systems/{row['system_id']}").json() == row


def test_a_gateway_leads_to_its_system(ask: Ask, api: SimulatedAPI) -> None:
    system = api.fleet.system(71)
    assert system is not None
    for envoy in system.envoys:
        assert ask("/systems/retrieve_system_id", serial_num=envoy.serial_number).json() == {"system_id": 71}
    missing = ask("/systems/retrieve_system_id")
    assert (missing.status_code, missing.json()["details"]) == (422, "Provide envoy serial number")
    assert ask("/systems/retrieve_system_id", serial_num="1").status_code == 404


def test_the_summary_of_inverters_is_a_bare_list_by_gateway(ask: Ask, api: SimulatedAPI) -> None:
    path = "/systems/inverters_summary_by_envoy_or_site"
    two = next(one for one in map(api.fleet.system, api.fleet.ids) if one and len(one.envoys) == 2)
    body = ask(path, site_id=two.system_id).json()
    assert [row["micro_inverters"][0]["envoy_serial_number"] for row in body] == [
        envoy.serial_number for envoy in two.envoys
    ]
    assert ask(path, site_id=two.system_id, size=1, page=2).json() == body[1:]
    assert ask(path, site_id=66, envoy_serial_number=two.envoys[1].serial_number).json() == body[1:]
    assert ask(path).json()["details"] == "Envoy serial number or Site id mandatory"
    assert ask(path, site_id=-1).json()["details"] == "Couldn't find Site with 'id'=-1"


def test_sessions_and_events_of_chargers_come_by_offset_and_limit(ask: Ask, api: SimulatedAPI) -> None:
    system = api.fleet.system(69)
    assert system is not None
    charger = next(one for one in loads.chargers(system) if one.kind == "enphase")
    for path in (f"{charger.serial_number}/sessions", "events"):
        url = f"/systems/69/ev_charger/{path}"
        name = path.split("/")[-1]
        whole = ask(url, limit=100).json()
        assert whole["count"] == len(whole[name]) == 100
        assert len(ask(url).json()[name]) == 20
        assert ask(url, offset=30, limit=7).json()[name] == whole[name][30:37]
        assert ask(url, offset=10**6).json()[name] == []
        for query in ({"limit": 101}, {"limit": 0}, {"offset": -1}):
            refused = ask(url, **query)
            assert (refused.status_code, refused.json()["code"]) == (400, "400")
    foreign = next(one for one in loads.chargers(system) if one.kind == "foreign")
    assert ask(f"/systems/69/ev_charger/{foreign.serial_number}/sessions").status_code == 400
    assert ask(f"/systems/69/{foreign.serial_number}/evse_lifetime").status_code == 200
