"""Calls over loopback: what the wrapper adds to an HTTP client and a JSON decoder."""

from __future__ import annotations

import asyncio
import importlib.util
import json
import time
from contextlib import AsyncExitStack, ExitStack
from typing import TYPE_CHECKING, Any

import httpx

from bodies import DAY, SYSTEM
from enphase_enlighten import AsyncEnlighten, Enlighten
from measuring import Effort, Turn, interleaved, turn
from plain_client import plain
from results import Aim, Result, timed
from server import served

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

IN_FLIGHT = 16
CREDENTIALS = {"key": "0123456789abcdef", "user_id": "4d7a45774e6a41320a"}
_PATH = f"/api/v2/systems/{SYSTEM}"
_HTTPX = "httpx.AsyncClient and json.loads"


def sync_stats(effort: Effort) -> list[Result]:
    """A day of `stats`, to the last row."""
    start, end = _yesterday()
    stats = plain("api.default.stats")
    with ExitStack() as stack:
        url = stack.enter_context(served())
        client = stack.enter_context(_sync_client(f"{url}/api/v2"))
        http = stack.enter_context(httpx.Client(base_url=url))
        generated = stack.enter_context(plain("client").Client(base_url=f"{url}/api/v2"))
        params: dict[str, str | int] = {"start_at": start, "end_at": end, **CREDENTIALS}

        def ours() -> object:
            return list(client.stats(SYSTEM, start_at=start, end_at=end, timezone="UTC"))

        def bare() -> object:
            return json.loads(http.get(f"{_PATH}/stats", params=params).content)

        def as_generated() -> object:
            return stats.sync_detailed(SYSTEM, client=generated, start_at=start, end_at=end)

        works = {"ours": ours, "httpx.Client and json.loads": bare, "plain generated client": as_generated}
        clocks = {"sync-stats": time.perf_counter, "sync-stats-cpu": time.process_time}
        timings = {
            row: interleaved({name: turn(work, effort.seconds, clock) for name, work in works.items()}, effort.rounds)
            for row, clock in clocks.items()
        }
    work = "stats() of a day, 288 intervals, over loopback"
    baseline, also = "httpx.Client and json.loads", ["plain generated client"]
    return [
        timed("sync-stats", work, timings["sync-stats"], "ours", baseline, aim=Aim(1.25), also=also),
        timed("sync-stats-cpu", f"{work}, processor time", timings["sync-stats-cpu"], "ours", baseline, also=also),
    ]


def async_calls(effort: Effort) -> list[Result]:
    """Calls with 16 in flight: a large body, a day of `stats`, and a small one, `summary`."""
    return [*_async(effort, "summary", "summary()"), *_async(effort, "stats", "stats() of a day")]


def _async(effort: Effort, operation: str, work: str) -> list[Result]:
    with asyncio.Runner() as runner, served() as url:
        stack = AsyncExitStack()
        try:
            turns = runner.run(_contenders(stack, runner, url, operation, effort))
            timings = interleaved(turns, effort.rounds)
        finally:
            runner.run(stack.aclose())
    also = [name for name in timings.seconds if name not in (_HTTPX, "ours", "ours with httpx-aiohttp")]
    rows = [("", "ours", 1.05), ("-aiohttp", "ours with httpx-aiohttp", 0.3)]
    return [
        timed(
            f"async-{operation}{suffix}",
            f"{work}, {IN_FLIGHT} in flight; the time a call takes ({ours})",
            timings,
            ours,
            _HTTPX,
            aim=Aim(round(limit, 3)),
            also=also,
        )
        for suffix, ours, limit in rows
        if ours in timings.seconds
    ]


async def _contenders(
    stack: AsyncExitStack, runner: asyncio.Runner, url: str, operation: str, effort: Effort
) -> dict[str, Turn]:
    start, end = _yesterday()
    params: dict[str, Any] = {**CREDENTIALS}
    if operation == "stats":
        params |= {"start_at": start, "end_at": end}

    async def ours(transport: httpx.AsyncBaseTransport | None = None) -> Callable[[], Awaitable[object]]:
        client = await stack.enter_async_context(_async_client(f"{url}/api/v2", transport))
        if operation == "summary":
            return lambda: client.summary(SYSTEM)

        async def rows() -> object:
            return [row async for row in client.stats(SYSTEM, start_at=start, end_at=end, timezone="UTC")]

        return rows

    async def bare(transport: httpx.AsyncBaseTransport | None = None) -> Callable[[], Awaitable[object]]:
        http = await stack.enter_async_context(httpx.AsyncClient(base_url=url, transport=transport))

        async def get() -> object:
            return json.loads((await http.get(f"{_PATH}/{operation}", params=params)).content)

        return get

    works = {_HTTPX: await bare(), "ours": await ours()}
    if _has("httpx_aiohttp"):
        transport = importlib.import_module("httpx_aiohttp").AiohttpTransport
        works["ours with httpx-aiohttp"] = await ours(transport())
        works["httpx.AsyncClient with httpx-aiohttp"] = await bare(transport())
        session = await stack.enter_async_context(importlib.import_module("aiohttp").ClientSession(url))

        async def get() -> object:
            async with session.get(f"{_PATH}/{operation}", params=params) as response:
                return json.loads(await response.read())

        works["aiohttp"] = get
    calls = max(IN_FLIGHT, round(effort.seconds / 0.0005))
    return {name: _turn(runner, work, calls) for name, work in works.items()}


def _turn(runner: asyncio.Runner, work: Callable[[], Awaitable[object]], calls: int) -> Turn:
    async def in_flight() -> float:
        left = iter(range(calls))

        async def worker() -> None:
            for _ in left:
                await work()

        begun = time.perf_counter()
        await asyncio.gather(*(worker() for _ in range(IN_FLIGHT)))
        return (time.perf_counter() - begun) / calls

    return lambda: runner.run(in_flight())


def _sync_client(url: str) -> Enlighten:
    return Enlighten(CREDENTIALS["key"], CREDENTIALS["user_id"], base_url=url)


def _async_client(url: str, transport: httpx.AsyncBaseTransport | None) -> AsyncEnlighten:
    return AsyncEnlighten(CREDENTIALS["key"], CREDENTIALS["user_id"], base_url=url, transport=transport)


def _yesterday() -> tuple[int, int]:
    end = int(time.time()) // DAY * DAY - DAY
    return end - DAY, end


def _has(module: str) -> bool:
    return importlib.util.find_spec(module) is not None
