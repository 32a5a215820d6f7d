"""Being lazy, and leaving nothing behind."""

from __future__ import annotations

import asyncio
import gc
import sys
from itertools import islice
from typing import TYPE_CHECKING, Any

import anyio
import anyio.lowlevel
import pytest

from enphase_enlighten import EnlightenError, NotFoundError
from tests.support.service import reply

if TYPE_CHECKING:
    from enphase_enlighten import AsyncEnlighten, Enlighten
    from tests.support.service import StubService

YEAR = {"start_at": "2025-06-20", "end_at": "2026-06-10"}


def test_a_year_is_fetched_window_by_window_as_it_is_asked_for(client: Enlighten, service: StubService) -> None:
    rows = iter(client.stats(67, **YEAR))
    assert service.requests == []

    for number in range(1, 4):
        assert len(list(islice(rows, 1 if number == 1 else 288))) > 0
        assert len(service.windows()) == number
    list(islice(rows, 287))
    assert len(service.windows()) == 3
    next(rows)
    assert len(service.windows()) == 4


@pytest.mark.parametrize("concurrency", [1, 2, 5])
async def test_an_async_series_runs_ahead_as_far_as_its_concurrency(service: StubService, concurrency: int) -> None:
    service.delays = [0] + [3] * 61
    async with service.async_client(concurrency=concurrency) as client:
        taken, furthest = 0, 0
        async for _row in client.stats(67, start_at="2026-04-01", end_at="2026-06-01"):
            taken += 1
            furthest = max(furthest, len(service.windows()) - taken // 288)

    assert taken == 61 * 288
    assert furthest == concurrency
    assert service.most_in_flight == concurrency


async def test_responses_that_come_out_of_order_are_given_in_order(service: StubService) -> None:
    service.delays = [0, 9, 0, 5, 1, 7, 0]
    async with service.async_client(concurrency=3) as client:
        ends = [row.end_at async for row in client.stats(67, start_at="2026-06-01", end_at="2026-06-07")]

    assert ends == sorted(ends)
    assert len(ends) == 6 * 288


def test_leaving_a_sync_series_early_asks_for_nothing_more(client: Enlighten, service: StubService) -> None:
    for _row in client.stats(67, **YEAR):
        break

    assert len(service.windows()) == 1


def test_leaving_an_async_series_early_leaves_nothing_suspended(service: StubService) -> None:
    unfinished: list[object] = []

    async def leave() -> None:
        sys.set_asyncgen_hooks(firstiter=unfinished.append)
        async with service.async_client() as client:
            async for _row in client.stats(67, **YEAR):
                break
            async for _system in client.systems():
                break
        assert asyncio.all_tasks() == {asyncio.current_task()}

    asyncio.run(leave(), debug=True)
    gc.collect()

    assert len(service.windows()) == 2
    assert service.in_flight == 0
    # httpx has generators of its own for bodies; whatever is begun is finished.
    assert not [generator for generator in unfinished if getattr(generator, "ag_frame", None) is not None]


async def test_an_iteration_that_was_closed_has_no_more_rows(
    async_client: AsyncEnlighten, service: StubService
) -> None:
    rows: Any = aiter(async_client.stats(67, **YEAR))
    await anext(rows)
    await rows.aclose()

    assert [row async for row in rows] == []
    assert len(service.windows()) == 2


async def test_cancelling_a_task_ends_the_requests_under_way(service: StubService) -> None:
    service.delays = [0, 10**6, 10**6]
    async with service.async_client() as client:
        rows = aiter(client.stats(67, **YEAR))

        async def first() -> None:
            await anext(rows)

        async with anyio.create_task_group() as group:
            group.start_soon(first)
            while service.in_flight < 2:
                await anyio.lowlevel.checkpoint()
            group.cancel_scope.cancel()

        assert service.in_flight == 0
        for _ in range(2):
            with pytest.raises(EnlightenError, match="was broken off; iterate the series again"):
                await anext(rows)
        assert len(service.windows()) == 2


async def test_a_step_that_took_too_long_does_not_look_like_the_end(service: StubService) -> None:
    service.delays = [0, 0, 10**6]
    async with service.async_client(concurrency=1) as client:
        rows: Any = aiter(client.stats(67, **YEAR))
        assert len([await anext(rows) for _ in range(288)]) == 288
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(anext(rows), 0.05)
        with pytest.raises(EnlightenError, match="was broken off"):
            await anext(rows)
        await rows.aclose()

        assert [row async for row in rows] == []


async def test_after_an_error_an_iteration_does_not_look_complete(
    async_client: AsyncEnlighten, service: StubService
) -> None:
    service.then = [None, reply({"reason": "404", "message": ["Resource not found."]}, 404)]
    rows = aiter(async_client.stats(67))

    with pytest.raises(NotFoundError):
        await anext(rows)
    with pytest.raises(EnlightenError, match="was broken off"):
        await anext(rows)


def test_after_an_error_a_sync_iteration_does_not_look_complete(client: Enlighten, service: StubService) -> None:
    service.then = [None, None, reply({"reason": "404", "message": ["Resource not found."]}, 404)]
    rows = iter(client.stats(67, **YEAR))
    assert len([next(rows) for _ in range(288)]) == 288

    with pytest.raises(NotFoundError):
        next(rows)
    for _ in range(2):
        with pytest.raises(EnlightenError, match="was broken off; iterate the series again"):
            next(rows)


def test_a_sync_iteration_that_came_to_its_end_stays_there(client: Enlighten) -> None:
    rows = iter(client.stats(67))
    assert list(rows)
    assert list(rows) == []


async def test_an_iteration_that_came_to_its_end_stays_there(async_client: AsyncEnlighten) -> None:
    rows: Any = aiter(async_client.stats(67))

    assert [row async for row in rows]
    assert [row async for row in rows] == []


async def test_two_tasks_that_advance_one_iteration_are_an_error_and_not_its_end(service: StubService) -> None:
    service.delays = [0, 50]
    async with service.async_client() as client:
        rows = aiter(client.stats(67))
        first = asyncio.ensure_future(anext(rows))
        await anyio.lowlevel.checkpoint()

        with pytest.raises(RuntimeError, match="two tasks advance one iteration"):
            await anext(rows)
        assert (await first).enwh == 1
