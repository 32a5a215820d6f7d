from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import chain
from typing import Any

import httpx
import pytest

from enlighten_mock import SettableClock, SimulatedAPI
from enlighten_mock.world.fleet import Fleet

Ask = Callable[..., httpx.Response]


def ids(response: httpx.Response) -> list[int]:
    assert response.status_code == 200, response.text
    return [system["system_id"] for system in response.json()["systems"]]


def pages(ask: Ask, **parameters: object) -> list[list[int]]:
    found, cursor = [], None
    while True:
        response = ask("/systems", **parameters, **({"next": cursor} if cursor else {}))
        found.append(ids(response))
        cursor = response.json().get("next")
        if cursor is None:
            return found


def test_a_page_has_100_systems_by_default(connect: Callable[[SimulatedAPI], httpx.Client]) -> None:
    client = connect(SimulatedAPI(systems=150, seed=1))
    first = client.get("/systems").json()
    assert len(first["systems"]) == 100
    assert len(client.get("/systems", params={"next": first["next"]}).json()["systems"]) == 50


def test_following_next_lists_every_system_once(ask: Ask, api: SimulatedAPI) -> None:
    found = pages(ask, limit=3)
    assert [len(page) for page in found] == [3] * 6 + [2]
    assert list(chain(*found)) == list(api.fleet.ids)


def test_next_is_absent_on_a_last_page_that_is_full(ask: Ask) -> None:
    assert "next" not in ask("/systems", limit=20).json()


def test_a_fleet_may_be_empty(connect: Callable[[SimulatedAPI], httpx.Client]) -> None:
    assert connect(SimulatedAPI(systems=0)).get("/systems").json() == {"systems": []}


@pytest.mark.parametrize("name", ["system_id", "system_name", "status", "reference", "installer", "connection_type"])
def test_a_filter_lets_through_what_equals_one_of_its_values(ask: Ask, api: SimulatedAPI, name: str) -> None:
    everything = ask("/systems").json()["systems"]
    values = {item["system_id"]: item.get(name) for item in everything}
    if name == "installer":
        values = {number: system.installer for number in api.fleet.ids if (system := api.fleet.system(number))}
    wanted = [value for value in dict.fromkeys(values.values()) if value is not None][:2]
    expected = [number for number, value in values.items() if value in wanted]
    assert ids(ask("/systems", **{f"{name}[]": wanted})) == expected


@pytest.mark.parametrize("name", ["system_id", "status", "connection_type"])
def test_the_name_without_brackets_is_the_same_filter_for_one_value(ask: Ask, name: str) -> None:
    value = ask("/systems").json()["systems"][0][name]
    assert ids(ask("/systems", **{name: value})) == ids(ask("/systems", **{f"{name}[]": value}))


def test_both_forms_of_a_filter_in_one_request_are_an_error(ask: Ask) -> None:
    response = ask("/systems", **{"status": "comm", "status[]": "comm"})
    assert response.status_code == 422
    assert "status[]" in response.json()["message"]


def test_several_filters_must_all_match(ask: Ask, api: SimulatedAPI) -> None:
    system = api.fleet.system(66)
    assert system is not None
    assert ids(ask("/systems", **{"system_id[]": [66, 67], "system_name[]": system.system_name})) == [66]


def test_filters_hold_across_pages(ask: Ask) -> None:
    whole = ids(ask("/systems", **{"status[]": "normal"}))
    assert list(chain(*pages(ask, **{"status[]": "normal", "limit": 2}))) == whole


def test_the_page_size_holds_until_another_is_sent(ask: Ask) -> None:
    cursor = ask("/systems", limit=2).json()["next"]
    assert ids(ask("/systems", next=cursor)) == [68, 69]
    assert ids(ask("/systems", next=cursor, limit=3)) == [68, 69, 70]


@pytest.mark.parametrize("filters", [{}, {"status[]": ["comm"]}, {"status[]": ["normal"], "system_id[]": [66]}])
def test_a_cursor_does_not_continue_a_list_with_other_filters(ask: Ask, filters: dict[str, Any]) -> None:
    cursor = ask("/systems", **{"status[]": "normal", "limit": 2}).json()["next"]
    response = ask("/systems", **filters, next=cursor)
    assert response.status_code == 422
    assert "filters of that page" in response.json()["message"]


def test_the_order_in_which_the_values_of_a_filter_are_sent_does_not_matter(ask: Ask) -> None:
    cursor = ask("/systems", **{"system_id[]": [66, 67, 68], "limit": 1}).json()["next"]
    assert ids(ask("/systems", **{"system_id[]": [68, 66, 67], "next": cursor})) == [67]


def test_a_cursor_stays_short_however_many_values_a_filter_has(connect: Callable[[SimulatedAPI], httpx.Client]) -> None:
    client = connect(SimulatedAPI(systems=3000, seed=1))

    def ask(path: str, **parameters: Any) -> httpx.Response:
        return client.get(path, params=parameters)

    many = {"system_id[]": list(range(1066, 3066)), "limit": 500}
    assert len(ask("/systems", **many).json()["next"]) <= 24
    assert list(chain(*pages(ask, **many))) == many["system_id[]"]


@pytest.mark.parametrize(
    "change", [lambda text: text[:-1], lambda text: text + "00", lambda _: "4e7a453d0a", str.upper]
)
def test_a_tampered_cursor_is_rejected(ask: Ask, change: Callable[[str], str]) -> None:
    cursor = ask("/systems", limit=2).json()["next"]
    assert ask("/systems", next=change(cursor)).status_code == 422


def test_a_cursor_never_expires(ask: Ask, api: SimulatedAPI) -> None:
    cursor = ask("/systems", limit=2).json()["next"]
    api.clock.advance(10 * 366 * 86_400)
    assert ids(ask("/systems", next=cursor)) == [68, 69]


@pytest.mark.parametrize("limit", ["0", "-1", "1001", "ten", ""])
def test_a_page_size_that_the_specification_forbids_is_rejected(ask: Ask, limit: str) -> None:
    assert ask("/systems", limit=limit).status_code == 422


def test_an_envoys_serial_number_leads_to_its_system(ask: Ask, api: SimulatedAPI) -> None:
    for number in api.fleet.ids:
        for envoy in ask(f"/systems/{number}/envoys").json()["envoys"]:
            found = ask("/systems/search_system_id", serial_num=envoy["serial_number"])
            assert found.json() == {"system_id": number}


@pytest.mark.parametrize("serial", ["23435345345", "", "121414999999", "\uff11" * 12, "x" * 12])
def test_an_unknown_serial_number_is_not_found(ask: Ask, serial: str) -> None:
    response = ask("/systems/search_system_id", serial_num=serial)
    assert response.status_code == 404
    assert response.json() == {"reason": "404", "errorMessages": ["Envoy not found with this serial number"]}


@pytest.mark.parametrize("year", [2012, 2020, 2024])
@pytest.mark.parametrize("status", ["comm", "normal", "micro", "battery", "meter_issue"])
def test_a_status_filter_finds_every_system_with_that_status(
    connect: Callable[[SimulatedAPI], httpx.Client], year: int, status: str
) -> None:
    api = SimulatedAPI(systems=400, seed=2, clock=SettableClock(datetime(year, 7, 5, tzinfo=UTC)))
    client = connect(api)
    everything = client.get("/systems", params={"limit": 1000}).json()["systems"]
    expected = [item["system_id"] for item in everything if item["status"] == status]
    assert ids(client.get("/systems", params={"limit": 1000, "status[]": status})) == expected


def test_a_name_of_a_large_fleet_is_found(connect: Callable[[SimulatedAPI], httpx.Client]) -> None:
    api = SimulatedAPI(systems=100_000, seed=2)
    system = api.fleet.system(77_777)
    assert system is not None
    client = connect(api)
    assert ids(client.get("/systems", params={"system_name[]": system.system_name})) == [77_777]
    assert ids(client.get("/systems", params={"system_name[]": ["Nowhere Residence 77777", "Green", ""]})) == []


def test_unknown_installers_have_no_systems(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []
    monkeypatch.setattr(Fleet, "system", lambda _, system_id: made.append(system_id))
    assert ask("/systems", installer="Nobody").json() == {"systems": []}
    assert made == []


@pytest.mark.parametrize("name", ["system_id[0]", "status[a]"])
def test_a_filter_with_an_index_is_rejected(ask: Ask, name: str) -> None:
    response = ask("/systems", **{name: "66"})
    assert response.status_code == 422
    assert "[] for each" in response.json()["message"]
