"""Tasks that are cancelled at any await: what was sent counts, and nothing else; nothing is held, nothing left open."""

from __future__ import annotations

import asyncio
import gc
import json
import sqlite3
import threading
import time
from contextlib import ExitStack, closing, contextmanager
from typing import TYPE_CHECKING, Any

import anyio
import anyio.lowlevel
import httpx
import pytest

from enphase_enlighten import AsyncEnlighten, Quota, SQLiteQuota, UsagePlan
from tests.support.byte_server import PATIENCE, ByteServer, http
from tests.support.service import StubService, reply, system

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator
    from pathlib import Path

PAGES = 4
TURNS = 40
"""More turns of the event loop than a request over an open connection takes until it waits for its response."""


def pages(number: int) -> bytes:
    """Return one page after another of a listing of four, as often as it is begun."""
    place = (number - 1) % PAGES + 1
    following = {"next": str(place)} if place < PAGES else {}
    return http(json.dumps({"systems": [system(place * 10 + each) for each in range(2)], **following}).encode())


def quota_in(kept: str, folder: Path) -> Quota:
    return Quota() if kept == "memory" else SQLiteQuota(folder / f"{time.monotonic_ns()}.sqlite3")


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.003)


async def listed(client: AsyncEnlighten) -> list[int]:
    return [each.system_id async for each in client.systems(page_size=2)]


# The ways in which a task is cancelled. Each returns whether it was.


async def by_task(awaitable: Awaitable[Any], seconds: float) -> bool:
    task = asyncio.ensure_future(awaitable)
    await asyncio.wait([task], timeout=seconds)
    task.cancel()
    await asyncio.wait([task])
    return task.cancelled()


async def by_timeout(awaitable: Awaitable[Any], seconds: float) -> bool:
    try:
        async with asyncio.timeout(seconds):
            await awaitable
    except TimeoutError:
        return True
    return False


async def by_wait_for(awaitable: Awaitable[Any], seconds: float) -> bool:
    try:
        await asyncio.wait_for(awaitable, seconds)
    except TimeoutError:
        return True
    return False


async def by_scope(awaitable: Awaitable[Any], seconds: float) -> bool:
    with anyio.move_on_after(seconds) as scope:
        await awaitable
    return scope.cancelled_caught


WAYS = [
    pytest.param(by_task, "asyncio", id="task"),
    pytest.param(by_timeout, "asyncio", id="timeout"),
    pytest.param(by_wait_for, "asyncio", id="wait_for"),
    pytest.param(by_scope, "asyncio", id="scope"),
    pytest.param(by_scope, "trio", id="trio"),
]


@pytest.mark.parametrize("kept", ["memory", "file"])
@pytest.mark.parametrize(("way", "backend"), WAYS)
def test_a_listing_that_is_cut_off_counts_the_pages_that_were_sent_and_holds_nothing(
    way: Any, backend: str, kept: str, tmp_path: Path
) -> None:
    async def cut(url: str, quota: Quota, seconds: float) -> bool:
        async with AsyncEnlighten("a-key", "a-user", base_url=url, quota=quota) as client:
            return bool(await way(listed(client), seconds))

    longest = 0.02 if kept == "memory" else 0.06
    cuts = 0
    for number in range(15):
        with ByteServer(pages) as server:
            quota = quota_in(kept, tmp_path)
            cuts += anyio.run(cut, server.url, quota, longest * number / 15, backend=backend)
            until(lambda: server.open == 0)
            # A connection is closed by the server when it has read what was sent over it.
            assert quota.usage(time.time()).month - len(server.heads) in (0, 1), "one may be lost with its connection"
            assert quota.usage(time.time() + 120).minute == 0, "a place that is held until its lease ends"
    assert cuts


@pytest.mark.parametrize("turns", range(TURNS))
@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_a_request_counts_from_its_first_byte_on(backend: str, turns: int) -> None:
    async def cancelled(client: AsyncEnlighten) -> None:
        await client.summary(67)  # a connection is open from here on, so that the rest waits for nobody
        if backend == "trio":
            async with anyio.create_task_group() as group:
                group.start_soon(client.summary, 67)
                for _ in range(turns):
                    await anyio.lowlevel.checkpoint()
                group.cancel_scope.cancel()
            return
        task = asyncio.ensure_future(client.summary(67))
        for _ in range(turns):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task])

    async def used() -> None:
        async with AsyncEnlighten("a-key", "a-user", base_url=server.url, quota=quota) as client:
            await cancelled(client)

    quota = Quota()
    with ByteServer() as server:
        anyio.run(used, backend=backend)
        until(lambda: server.open == 0)
        assert len(server.heads) == quota.usage(time.time()).month
        assert quota.usage(time.time() + 120).minute == 0


async def test_a_listing_that_was_cut_off_goes_on_with_its_cursor(service: StubService) -> None:
    def page(params: dict[str, Any]) -> httpx.Response:
        place = int(params.get("next", 0))
        following = {"next": str(place + 1)} if place < PAGES else {}
        return reply({"systems": [system(place * 10 + each) for each in range(2)], **following})

    service.list_systems = page
    service.delays = [0, 0, 10**6]
    before: list[int] = []
    async with service.async_client() as client:
        fleet = client.systems(page_size=2)

        async with anyio.create_task_group() as group:

            async def part() -> None:
                async for each in fleet:
                    before.append(each.system_id)
                    if len(before) == 4:
                        # While the third page is waited for.
                        asyncio.get_running_loop().call_later(0.05, group.cancel_scope.cancel)

            group.start_soon(part)
        assert (len(service.sent), fleet.complete, fleet.cursor) == (3, False, "2")
        rest = [each.system_id async for each in client.systems(page_size=2, cursor=fleet.cursor)]
    assert [*before, *rest] == [place * 10 + each for place in range(PAGES + 1) for each in range(2)]


# A quota that keeps its requests waiting


class Locked:
    """A quota in a file that another program has locked, and lets go of after a while."""

    def __init__(self, path: Path) -> None:
        self.quota = SQLiteQuota(path, UsagePlan(10))
        self.quota.usage(time.time())
        self._path = path

    @contextmanager
    def __call__(self, seconds: float) -> Iterator[None]:
        with closing(sqlite3.connect(self._path, isolation_level=None, check_same_thread=False)) as other:
            other.execute("BEGIN IMMEDIATE")
            timer = threading.Timer(seconds, other.execute, args=("ROLLBACK",))
            timer.start()
            yield
            timer.join()


@pytest.fixture
def locked(tmp_path: Path) -> Locked:
    return Locked(tmp_path / "quota.sqlite3")


@pytest.mark.parametrize("how", ["all are cancelled", "the program ends"])
def test_tasks_that_wait_for_their_place_when_all_tasks_are_cancelled_leave_none_taken(
    locked: Locked, how: str
) -> None:
    service = StubService()

    async def main() -> None:
        client = service.async_client(quota=locked.quota, clock=time.time)
        waiting = [asyncio.create_task(client.summary(67)) for _ in range(3)]
        await asyncio.sleep(0.1)
        if how == "the program ends":
            return  # `asyncio.run` cancels whatever there is, as servers do when they are stopped
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
        await asyncio.wait(waiting)

    with locked(0.4):
        asyncio.run(main())
    assert service.sent == []
    assert locked.quota.usage(time.time()).month == 0
    assert locked.quota.usage(time.time()).minute == 0


@pytest.mark.parametrize(("way", "backend"), WAYS)
def test_the_quota_is_told_of_a_response_whatever_happens_to_its_task(locked: Locked, way: Any, backend: str) -> None:
    service = StubService()

    async def main() -> None:
        with ExitStack() as stack:

            def locking(request: httpx.Request) -> httpx.Response:
                stack.enter_context(locked(0.4))
                return service.handle(request)

            client = service.async_client(
                quota=locked.quota, clock=time.time, transport=httpx.MockTransport(locking), max_retries=0
            )
            await way(client.summary(67), 0.2)

    service.clock.advance(time.time() - service.clock.now())
    anyio.run(main, backend=backend)
    assert locked.quota.usage(time.time()).month == len(service.sent) == 1
    assert locked.quota.usage(time.time() + 60).minute == 0


@pytest.mark.parametrize("kept", ["memory", "file"])
@pytest.mark.filterwarnings("error::pytest.PytestUnraisableExceptionWarning")
def test_a_task_that_outlives_its_event_loop_holds_no_place(
    kept: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    quota = quota_in(kept, tmp_path)

    async def hang(_request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(3600)
        raise AssertionError

    async def main() -> None:
        client = AsyncEnlighten("a-key", "a-user", quota=quota, transport=httpx.MockTransport(hang))
        await asyncio.wait([asyncio.ensure_future(client.summary(67))], timeout=0.2)

    loop = asyncio.new_event_loop()
    loop.run_until_complete(main())
    loop.close()
    del loop
    gc.collect()
    # What asyncio says of such a task, and nothing else.
    assert [record.name for record in caplog.records] == ["asyncio"]
    assert quota.usage(time.time()).month == 1
    assert quota.usage(time.time() + 120).minute == 0
