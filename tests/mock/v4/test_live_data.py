"""The live stream: a reading each second of the service's clock, its own statuses, and how it breaks."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from enlighten_mock import Fault, SettableClock, SimulatedAPI
from enlighten_mock.serving import served

Ask = Callable[..., httpx.Response]
Make = Callable[..., SimulatedAPI]
Connect = Callable[..., httpx.Client]

PATH = "/systems/66/live_data"


def events(text: str) -> list[Any]:
    return [json.loads(part.removeprefix("data:")) for part in text.split("\n\n") if part]


@pytest.mark.parametrize(("duration", "count"), [(None, 30), (30, 30), (45, 45), (300, 300)])
def test_a_stream_has_an_event_each_second_of_the_clock(
    api: SimulatedAPI, connect: Connect, clock: SettableClock, duration: int | None, count: int
) -> None:
    before = clock.now()
    headers = {} if duration is None else {"duration": str(duration)}
    response = connect(api).get(PATH, headers=headers)
    assert response.headers["Content-Type"].startswith("text/event-stream")
    assert "Content-Length" not in response.headers
    found = events(response.text)
    assert len(found) == count
    assert [event["data"]["timestamp_epoch"] for event in found] == [
        int((before + second) * 1000) for second in range(1, count + 1)
    ]
    assert clock.now() == before + count


def test_what_flows_in_flows_out_each_second(ask: Ask) -> None:
    for event in events(ask(PATH).text):
        data = event["data"]["data"]
        assert data["pv_power"] + data["battery_power"] + data["grid_power"] == data["consumption_power"]


@pytest.mark.parametrize(("duration", "status"), [("29", 461), ("301", 462), ("long", 463), ("30.5", 463), ("-1", 461)])
def test_a_duration_that_cannot_be_has_a_status_of_its_own(
    api: SimulatedAPI, connect: Connect, duration: str, status: int
) -> None:
    response = connect(api).get(PATH, headers={"duration": duration})
    assert response.status_code == status
    body = response.json()
    assert (body["error"]["code"], body["error"]["status"], body["type"]) == (
        status,
        "INVALID_DURATION",
        "validation_error",
    )


@pytest.mark.parametrize(("system_id", "status"), [(9, 468), (67, 472), (72, 473), (78, 473)])
def test_a_system_without_a_stream_has_a_status_of_its_own(ask: Ask, system_id: int, status: int) -> None:
    assert ask(f"/systems/{system_id}/live_data").status_code == status


def test_key_token_and_plan_are_told_in_its_own_words(make: Make, connect: Connect) -> None:
    api = make(plan="watt")
    for headers, status in (
        ({"key": ""}, "NOT_AUTHENTICATED"),
        ({"Authorization": "Bearer x"}, "UNAUTHORIZED"),
        ({}, "UNAUTHORIZED"),
    ):
        response = connect(api).get(PATH, headers=headers)
        assert (response.status_code, response.json()["error"]["status"]) == (401, status)


@pytest.mark.parametrize("status", [461, 462, 463, 466, 468, 472, 473, 550, 551, 552])
def test_a_fault_brings_any_of_its_statuses(api: SimulatedAPI, ask: Ask, status: int) -> None:
    api.faults.add(Fault(kind="stream", shape=str(status), count=1))
    assert ask(PATH).status_code == status
    assert ask(PATH).status_code == 200


def test_a_fault_cuts_the_stream(api: SimulatedAPI, connect: Connect, clock: SettableClock) -> None:
    api.faults.add(Fault(kind="cut", operation="LiveData", at=0.5))
    before = clock.now()
    received = b""
    with (  # noqa: PT012  # the parts before are kept
        connect(api).stream("GET", PATH) as response,
        pytest.raises(httpx.RemoteProtocolError),  # the parts before are kept
    ):
        for part in response.iter_bytes():
            received += part
    assert 10 < received.count(b"data:") < 20
    assert 10 < clock.now() - before < 20


async def test_an_asynchronous_client_gets_the_same(api: SimulatedAPI, ask: Ask) -> None:
    access = api.v4
    headers = {"key": access.api_key, "Authorization": f"Bearer {access.access_token}"}
    start = api.clock.now()
    synchronous = ask(PATH).text
    api.clock.set(start)
    async with httpx.AsyncClient(transport=api.async_transport(), base_url=access.base_url, headers=headers) as client:
        assert (await client.get(PATH)).text == synchronous


def test_a_server_streams_without_waiting_where_the_clock_stands_still(make: Make) -> None:
    with served(make()) as api:
        access = api.v4
        headers = {"key": access.api_key, "Authorization": f"Bearer {access.access_token}", "duration": "300"}
        began = time.monotonic()
        response = httpx.get(f"{access.base_url}{PATH}", headers=headers, timeout=60)
        assert len(events(response.text)) == 300
        assert time.monotonic() - began < 60
        api.faults.add(Fault(kind="cut"))
        with pytest.raises(httpx.RemoteProtocolError):
            httpx.get(f"{access.base_url}{PATH}", headers=headers, timeout=60)
