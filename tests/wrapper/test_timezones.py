"""Where the client learns the timezone of a system."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import anyio
import anyio.lowlevel
import anyio.to_thread
import httpx
import pytest

from enphase_enlighten import AsyncEnlighten, InvalidResponseError, TimezoneUnknownError
from tests.support.service import StubService, reply, system

if TYPE_CHECKING:
    from enphase_enlighten import Enlighten


def test_a_timezone_is_looked_up_once_for_each_system() -> None:
    service = StubService(zones={67: "Europe/Berlin", 68: "Asia/Kathmandu"})
    with service.client() as client:
        for number in (67, 68, 67):
            assert list(client.stats(number))
            assert list(client.rgm_stats(number))

    assert service.asked("systems") == [
        {"system_id[]": ["67"], "limit": 1},
        {"system_id[]": ["68"], "limit": 1},
    ]


def test_a_page_of_systems_spares_the_lookup(client: Enlighten, service: StubService) -> None:
    list(client.systems())
    list(client.stats(67))

    assert len(service.asked("systems")) == 1


def test_a_system_in_place_of_its_id_spares_the_lookup(service: StubService) -> None:
    with service.client() as client, service.client() as other:
        [system] = client.systems()
        rows = list(other.stats(system))

    assert rows
    assert len(service.asked("systems")) == 1


def test_a_timezone_of_the_call_spares_the_lookup_and_is_the_one_that_is_used(
    client: Enlighten, service: StubService
) -> None:
    [row, *_] = client.stats(67, start_at="2026-06-01", timezone="Asia/Kathmandu")

    assert row.end_at.isoformat() == "2026-06-01T00:05:00+05:45"
    assert service.asked("systems") == []


def test_clients_made_by_with_options_share_what_was_learned(client: Enlighten, service: StubService) -> None:
    list(client.stats(67))
    list(client.with_options(timeout=5).stats(67))

    assert len(service.asked("systems")) == 1


async def test_two_tasks_at_once_look_it_up_once(service: StubService) -> None:
    service.delays = [20]
    rows: list[int] = []
    async with service.async_client() as client:

        async def count() -> None:
            rows.append(len([row async for row in client.stats(67)]))

        async with anyio.create_task_group() as group:
            for _ in range(3):
                group.start_soon(count)

    assert len(rows) == 3
    assert len(service.asked("systems")) == 1


async def test_a_lookup_that_is_cancelled_leaves_it_to_the_next(
    service: StubService, async_client: AsyncEnlighten
) -> None:
    async def first() -> None:
        await anext(aiter(async_client.stats(67)))

    service.delays = [10**6]
    async with anyio.create_task_group() as group:
        group.start_soon(first)
        while not service.in_flight:
            await anyio.lowlevel.checkpoint()
        group.cancel_scope.cancel()

    assert [row async for row in async_client.stats(67)]
    assert len(service.asked("systems")) == 2


def test_threads_at_once_look_it_up_once(client: Enlighten, service: StubService) -> None:
    with ThreadPoolExecutor(4) as pool:
        lengths = list(pool.map(lambda _: len(list(client.stats(67))), range(4)))

    assert lengths[0] == lengths[3] > 0
    assert len(service.asked("systems")) == 1


def test_copies_with_other_options_look_it_up_once_in_threads(client: Enlighten, service: StubService) -> None:
    listed = service.list_systems

    def late(params: dict[str, Any]) -> httpx.Response:
        time.sleep(0.05)
        return listed(params)

    service.list_systems = late
    copies = [client, *(client.with_options(timeout=5) for _ in range(2))]
    copies.append(copies[-1].with_options(timeout=6))
    with ThreadPoolExecutor(4) as pool:
        lengths = list(pool.map(lambda copy: len(list(copy.stats(67))), copies))

    assert lengths[0] == lengths[3] > 0
    assert len(service.asked("systems")) == 1


async def test_copies_with_other_options_look_it_up_once_in_tasks(
    async_client: AsyncEnlighten, service: StubService
) -> None:
    service.delays = [20, 20, 20]
    copy = async_client.with_options(timeout=5)

    async def rows(client: AsyncEnlighten) -> None:
        assert [row async for row in client.stats(67)]

    async with anyio.create_task_group() as group:
        for client in (async_client, copy, copy.with_options(timeout=6)):
            group.start_soon(rows, client)

    assert len(service.asked("systems")) == 1


def test_event_loops_at_once_do_not_wait_for_one_another() -> None:
    # With one request at a time, each loop's tasks wait for the lookup of another.
    lookups = threading.Barrier(2)

    async def respond(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/systems"):
            await anyio.to_thread.run_sync(lookups.wait, 30)
            await anyio.sleep(0.05)
            return reply({"systems": [system(int(request.url.params["system_id[]"]), "UTC")]})
        return reply({"system_id": 67, "total_devices": 1, "intervals": []})

    enlighten = AsyncEnlighten("key", "user", transport=httpx.MockTransport(respond), concurrency=1)

    async def ask(*numbers: int) -> list[int]:
        found = []

        async def rows(number: int) -> None:
            assert [row async for row in enlighten.stats(number)] == []
            found.append(number)

        with anyio.fail_after(60):
            async with anyio.create_task_group() as group:
                for number in numbers:
                    group.start_soon(rows, number)
        return sorted(found)

    with ThreadPoolExecutor(2) as threads:
        one, other = threads.submit(anyio.run, ask, 1, 2), threads.submit(anyio.run, ask, 3, 4)
        assert (one.result(), other.result()) == ([1, 2], [3, 4])


def test_what_a_client_waits_with_is_of_the_event_loop_that_runs() -> None:
    async def respond(request: httpx.Request) -> httpx.Response:
        await anyio.sleep(0.01)
        if request.url.path.endswith("/systems"):
            return reply({"systems": [system(int(request.url.params["system_id[]"]), "UTC")]})
        return reply({"system_id": 67, "total_devices": 1, "intervals": []})

    enlighten = AsyncEnlighten("key", "user", transport=httpx.MockTransport(respond))

    async def ask(*numbers: int) -> None:
        async def rows(number: int) -> None:
            assert [row async for row in enlighten.stats(number)] == []

        async with anyio.create_task_group() as group:
            for number in numbers:
                group.start_soon(rows, number)

    for turn, backend in enumerate(["asyncio", "trio", "asyncio", "trio"]):
        anyio.run(ask, 2 * turn, 2 * turn + 1, backend=backend)


# The rows have their times in the system's timezone, so that exact instants are no way out.
@pytest.mark.parametrize(
    "start_at", [None, "2026-06-01", "2026-06-01T00:00Z", 1780272000, datetime(2026, 6, 1, tzinfo=UTC)]
)
def test_a_system_that_is_not_listed_is_an_error_that_names_the_way_out(client: Enlighten, start_at: Any) -> None:
    with pytest.raises(TimezoneUnknownError, match=r"system 99 .*Pass timezone='Area/City' to the call"):
        list(client.stats(99, start_at=start_at))


@pytest.mark.parametrize("zone", ["Mars/Olympus", None, 5, ""])
def test_a_timezone_that_does_not_exist_is_the_same_error(
    client: Enlighten, service: StubService, zone: object
) -> None:
    service.then = [reply({"systems": [system(67, zone)]})]

    with pytest.raises(TimezoneUnknownError):
        list(client.stats(67))


def test_a_lookup_that_brings_no_system_is_an_error(client: Enlighten, service: StubService) -> None:
    service.then = [reply({"systems": [None]})]

    with pytest.raises(InvalidResponseError) as caught:
        list(client.stats(67))
    assert caught.value.pointer == "/systems/0"
