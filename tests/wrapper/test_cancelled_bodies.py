"""Bodies whose reading is cancelled: closed in any case, and the client goes on."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import anyio
import anyio.lowlevel
import httpx
import pytest

from enphase_enlighten import Quota
from tests.support.clock import NOW
from tests.support.service import StubService

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine


class Slow(httpx.AsyncByteStream):
    """A body that never ends, and whose closing takes a turn of the event loop, as that of a connection does."""

    def __init__(self) -> None:
        self.begun = asyncio.Event()
        self.closed = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield b'{"system'
        self.begun.set()
        await anyio.sleep_forever()

    async def aclose(self) -> None:
        with anyio.CancelScope(shield=True):
            await anyio.lowlevel.checkpoint()
        self.closed = True


async def by_task(body: Slow, call: Callable[[], Coroutine[object, object, object]]) -> None:
    task = asyncio.create_task(call())
    await body.begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def by_timeout(body: Slow, call: Callable[[], Coroutine[object, object, object]]) -> None:
    async def cut() -> None:
        async with asyncio.timeout(None) as limit:
            asyncio.get_running_loop().call_soon(expire, limit)
            await call()

    def expire(limit: asyncio.Timeout) -> None:
        if body.begun.is_set():
            limit.reschedule(0)
        else:
            asyncio.get_running_loop().call_later(0.001, expire, limit)

    with pytest.raises(TimeoutError):
        await cut()


async def by_scope(body: Slow, call: Callable[[], Coroutine[object, object, object]]) -> None:
    async with anyio.create_task_group() as group:
        group.start_soon(call)
        await body.begun.wait()
        group.cancel_scope.cancel()


@pytest.mark.parametrize("cancel", [by_task, by_timeout, by_scope])
async def test_a_body_is_closed_when_its_reading_is_cancelled(
    cancel: Callable[..., Coroutine[None, None, None]],
) -> None:
    body, quota = Slow(), Quota("watt")
    service = StubService(then=[httpx.Response(200, stream=body)])
    async with service.async_client(quota=quota) as client:
        await cancel(body, lambda: client.search_system_id("1"))
        assert body.closed
        # The service counted the request; its place is free again when that minute is over.
        assert quota.usage(NOW).minute == 1
        assert quota.usage(NOW + 61).minute == 0
        assert await client.search_system_id("2") == 67


async def test_the_low_level_clients_keep_no_cookie() -> None:
    service = StubService()
    service.headers = {"Set-Cookie": "session=1; Path=/"}
    with service.client() as client:
        low_level = client.low_level.get_httpx_client()
        for _ in range(2):
            assert low_level.get("/systems").headers["Set-Cookie"]
        assert not low_level.cookies
    async with service.async_client() as async_client:
        async_low_level = async_client.low_level.get_async_httpx_client()
        for _ in range(2):
            assert (await async_low_level.get("/systems")).headers["Set-Cookie"]
        assert not async_low_level.cookies
    assert [request.headers.get("Cookie") for request in service.sent] == [None] * 4
