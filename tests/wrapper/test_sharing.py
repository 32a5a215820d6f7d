"""One client shared: by threads, by tasks, by event loops at once and one after another, of asyncio and of trio."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from enlighten_mock import SettableClock, SimulatedAPI
from enlighten_mock.serving import served
from enphase_enlighten import AsyncEnlighten, Enlighten
from tests.support.byte_server import PATIENCE, ByteServer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.service import StubService


@pytest.fixture
def server() -> Iterator[ByteServer]:
    with ByteServer() as server:
        yield server


async def search(url: str) -> int:
    async with AsyncEnlighten("key", "user", base_url=url, timeout=PATIENCE) as client:
        return await client.search_system_id("1")


def test_trio_needs_no_asyncio(server: ByteServer) -> None:
    trio = pytest.importorskip("trio")
    assert trio.run(search, server.url) == 67


def test_trio_may_be_a_guest_of_asyncio(server: ByteServer) -> None:
    trio = pytest.importorskip("trio")

    async def as_guest() -> int:
        loop = asyncio.get_running_loop()
        done: asyncio.Future[Any] = loop.create_future()
        trio.lowlevel.start_guest_run(
            search,
            server.url,
            run_sync_soon_threadsafe=loop.call_soon_threadsafe,
            done_callback=done.set_result,
        )
        result: int = (await done).unwrap()
        return result

    assert asyncio.run(as_guest()) == 67


NOW = datetime(2024, 6, 15, 20, tzinfo=UTC)


@pytest.fixture(scope="module")
def simulated() -> Iterator[SimulatedAPI]:
    with served(SimulatedAPI(systems=8, fleet="plain", clock=SettableClock(NOW))) as api:
        yield api


def test_sixteen_threads_may_share_a_sync_client(simulated: SimulatedAPI) -> None:
    api, calls = simulated, 6
    with Enlighten(api.api_key, api.user_id, base_url=api.base_url, clock=lambda: NOW) as client:
        ids = [system.system_id for system in client.systems()]
        alone = {number: list(client.energy_lifetime(number)) for number in ids}
        spent = client.usage.month

        def work(worker: int) -> list[int]:
            done = []
            for call in range(calls):
                number = ids[(worker + call) % len(ids)]
                if call % 3 == 0:
                    assert list(client.energy_lifetime(number)) == alone[number]
                elif call % 3 == 1:
                    assert client.with_options(timeout=20).summary(number).system_id == number
                else:
                    rows = list(client.stats(number, start_at="2024-06-10T12:00", end_at="2024-06-10T12:15"))
                    assert [row.end_at.strftime("%H:%M") for row in rows] == ["12:05", "12:10", "12:15"]
                done.append(number)
            return done

        with ThreadPoolExecutor(16) as pool:
            done = Counter(number for numbers in pool.map(work, range(16)) for number in numbers)
        assert sum(done.values()) == 16 * calls
        # None was sent twice, none was missed in the count, and no timezone was looked up.
        assert client.usage.month - spent == 16 * calls


async def test_tasks_may_share_a_client_and_none_is_left_behind(simulated: SimulatedAPI) -> None:
    api, before = simulated, asyncio.all_tasks()
    async with AsyncEnlighten(api.api_key, api.user_id, base_url=api.base_url, clock=lambda: NOW) as client:
        ids = [system.system_id async for system in client.systems()]
        summaries = await asyncio.gather(*(client.summary(number) for number in ids * 2))
        assert [summary.system_id for summary in summaries] == ids * 2
        async for _ in client.stats(ids[0], start_at="2024-06-01", end_at="2024-06-08"):
            break
        frame = await client.stats(ids[0], start_at="2024-06-01", end_at="2024-06-04").to_pandas()
        assert len(frame) > 0
    assert asyncio.all_tasks() == before


async def test_a_copy_may_have_more_requests_under_way_than_a_client_of_one_at_a_time(service: StubService) -> None:
    service.delays = [5] * 8
    async with service.async_client(concurrency=1) as one:
        several = one.with_options(concurrency=4)
        rows = several.stats(67, start_at="2026-06-01", end_at="2026-06-09", timezone="UTC")
        assert len([row async for row in rows]) == 8 * 288
    assert service.most_in_flight == 4


def printed(program: str, *options: str, **values: object) -> list[str]:
    """What a program prints that complains of nothing."""
    script = "".join(f"{name} = {value!r}\n" for name, value in values.items()) + program
    ran = subprocess.run([sys.executable, *options, "-c", script], capture_output=True, text=True, check=False)  # noqa: S603 - ours
    assert ran.stderr == ""
    return ran.stdout.split()


LEFT_IN_TIME = """
import asyncio, gc
from enphase_enlighten import AsyncEnlighten

def client():
    return AsyncEnlighten(KEY, USER, base_url=URL, clock=lambda: NOW)

async def whole():
    async with client() as enlighten:
        return [system.system_id async for system in enlighten.systems()]

async def broken_off():
    async with client() as enlighten:
        async for _ in enlighten.stats(67, start_at="2024-06-01", end_at="2024-06-08"):
            break
        try:
            await asyncio.wait_for(enlighten.summary(67), 0)
        except TimeoutError:
            pass

print(len(asyncio.run(whole())), len(asyncio.run(whole())))
asyncio.run(broken_off())
gc.collect()
"""


def test_event_loops_are_left_as_they_were(simulated: SimulatedAPI) -> None:
    api = simulated
    values = {"KEY": api.api_key, "USER": api.user_id, "URL": api.base_url, "NOW": NOW.timestamp()}
    # Python then tells of sockets, tasks and generators that were left behind.
    assert printed(LEFT_IN_TIME, "-W", "error", **values) == ["8", "8"]


LOOPS_AT_ONCE = """
import asyncio
from concurrent.futures import ThreadPoolExecutor
from enphase_enlighten import AsyncEnlighten

client = AsyncEnlighten("key", "user", base_url=URL, max_retries=0)

async def ask():
    return [await client.search_system_id("1") for _ in range(20)]

with ThreadPoolExecutor(3) as threads:
    print(sum(threads.map(lambda _: sum(asyncio.run(asyncio.wait_for(ask(), 60))), range(3))))
"""


def test_a_client_may_be_used_in_several_event_loops_at_once(server: ByteServer) -> None:
    assert printed(LOOPS_AT_ONCE, URL=server.url) == [str(67 * 60)]


LOOPS = """
import asyncio, gc
from enphase_enlighten import AsyncEnlighten

client = AsyncEnlighten("key", "user", base_url=URL, max_retries=0)

async def ask():
    return await client.search_system_id("1")

async def last():
    async with client:
        return await ask()

async def forgotten():
    client = AsyncEnlighten("key", "user", base_url=URL)
    found = await client.search_system_id("1")
    del client
    gc.collect()
    await asyncio.sleep(0.05)
    return found

print(asyncio.run(ask()), asyncio.run(ask()), asyncio.run(last()), asyncio.run(forgotten()))
elsewhere = AsyncEnlighten("key", "user", base_url=URL)
print(asyncio.run(elsewhere.search_system_id("1")))
asyncio.run(elsewhere.close())
kept = AsyncEnlighten("key", "user", base_url=URL)
print(asyncio.run(kept.search_system_id("1")))
"""


def test_a_client_may_be_used_in_one_event_loop_after_another(server: ByteServer) -> None:
    assert printed(LOOPS, URL=server.url) == ["67"] * 6
