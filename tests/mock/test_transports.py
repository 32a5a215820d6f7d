from __future__ import annotations

from typing import Any

import httpx
import pytest

from enlighten_mock import Fault, SettableClock, SimulatedAPI, create_app


def synchronous(api: SimulatedAPI, url: str) -> httpx.Response:
    with httpx.Client(transport=api.transport()) as client:
        return client.get(url, params={"key": api.api_key, "user_id": api.user_id})


async def test_the_async_transport_gives_what_the_sync_one_gives(api: SimulatedAPI) -> None:
    credentials = {"key": api.api_key, "user_id": api.user_id}
    url = f"{api.base_url}/systems/66/stats"
    first = synchronous(api, url)
    async with httpx.AsyncClient(transport=api.async_transport()) as asynchronous:
        second = await asynchronous.get(url, params=credentials)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(create_app(api))) as served:
        third = await served.get(url, params=credentials)
    assert first.content == second.content == third.content
    assert dict(first.headers) == dict(second.headers) == dict(third.headers)


async def test_the_async_transport_moves_the_clock_and_times_out(api: SimulatedAPI, clock: SettableClock) -> None:
    before = clock.now()
    api.faults.add(Fault(kind="latency", seconds=3))
    async with httpx.AsyncClient(transport=api.async_transport(), timeout=5) as client:
        assert (await client.get(api.base_url + "/systems")).status_code == 401
        credentials = {"key": api.api_key, "user_id": api.user_id}
        await client.get(api.base_url + "/systems", params=credentials)
        assert clock.now() == before + 3
        with pytest.raises(httpx.ReadTimeout):
            await client.get(api.base_url + "/systems", params=credentials, timeout=1)
        assert clock.now() == before + 4


async def test_the_async_transport_breaks_bodies(api: SimulatedAPI) -> None:
    api.faults.add(Fault(kind="cut"))
    async with httpx.AsyncClient(transport=api.async_transport()) as client:
        with pytest.raises(httpx.RemoteProtocolError, match="without sending complete message body"):
            await client.get(api.base_url + "/systems", params={"key": api.api_key, "user_id": api.user_id})


def test_a_running_clock_waits_through_latency() -> None:
    api = SimulatedAPI(systems=1)
    api.faults.add(Fault(kind="latency", seconds=0.05))
    with httpx.Client(transport=api.transport(), params={"key": api.api_key, "user_id": api.user_id}) as client:
        response = client.get(f"{api.base_url}/systems")
    assert response.elapsed.total_seconds() >= 0.05


@pytest.mark.parametrize("kind", ["cut", "malformed"])
def test_a_response_without_content_has_nothing_to_break(api: SimulatedAPI, kind: Any) -> None:
    api.faults.add(Fault(kind=kind))
    response = synchronous(api, f"{api.base_url}/systems/69/energy_lifetime")
    assert (response.status_code, response.content) == (204, b"")


def test_a_response_without_content_has_no_length(api: SimulatedAPI) -> None:
    with httpx.Client(transport=api.transport(), params={"key": api.api_key, "user_id": api.user_id}) as client:
        response = client.get(f"{api.base_url}/systems/69/energy_lifetime")
    assert response.status_code == 204
    assert "Content-Length" not in response.headers
    assert "Content-Type" not in response.headers
