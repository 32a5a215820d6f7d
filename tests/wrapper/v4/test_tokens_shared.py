"""One login that tasks, threads, processes and machines share: no pair is lost, and no token is refreshed twice."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from enphase_enlighten.v4 import FileTokenStore, MemoryTokenStore, RedisTokenStore
from tests.support.redis_server import redis_server
from tests.support.token_service import SYSTEM, TokenService
from tests.support.token_users import client_of, in_tasks

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

CLOCKS = (0, 3600, -3600, 90)
"""By how many seconds the clock of each machine is ahead."""


def nothing_is_lost(service: TokenService, requests: int) -> None:
    """Check that each day brought one refresh, by the one pair that there was, and that all was served."""
    counts = service.counts
    assert counts["served"] == requests
    assert (counts["dead"], counts["unsigned"]) == (0, 0)
    # The last day may have passed with the last request.
    assert counts["days"] - 1 <= counts["refreshes"] <= counts["days"]


def by_processes(service: TokenService, store: Any, clocks: Sequence[float], tasks: int, refreshes: int) -> None:
    store.save(service.token())
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(len(clocks), mp_context=spawn) as pool:
        running = [pool.submit(in_tasks, store, service.base_url, tasks, refreshes, ahead) for ahead in clocks]
        nothing_is_lost(service, sum(each.result(600) for each in running))
    assert service.counts["refreshes"] >= refreshes
    assert store.load().access_token == service.access


def test_processes_share_a_file(tmp_path: Path) -> None:
    with TokenService(uses=20) as service:
        by_processes(service, FileTokenStore(tmp_path / "tokens.json"), [0] * 3, 8, 8)


@pytest.mark.long
def test_eight_processes_with_fifty_tasks_share_a_file_over_a_hundred_days(tmp_path: Path) -> None:
    with TokenService(uses=20) as service:
        by_processes(service, FileTokenStore(tmp_path / "tokens.json"), [0] * 8, 7, 100)


@pytest.mark.redis
def test_machines_whose_clocks_differ_share_redis(tmp_path: Path) -> None:
    with redis_server(tmp_path) as url, TokenService(uses=20) as service:
        by_processes(service, RedisTokenStore(url), CLOCKS, 3, 8)


@pytest.mark.redis
@pytest.mark.long
def test_machines_whose_clocks_differ_share_redis_over_a_hundred_days(tmp_path: Path) -> None:
    with redis_server(tmp_path) as url, TokenService(uses=20) as service:
        by_processes(service, RedisTokenStore(url), CLOCKS, 6, 100)


@pytest.mark.parametrize("shares", ["memory", "file"])
def test_threads_and_clients_share_a_store(tmp_path: Path, shares: str) -> None:
    store: Any = MemoryTokenStore() if shares == "memory" else FileTokenStore(tmp_path / "tokens.json")
    with TokenService(uses=40) as service:
        store.save(service.token())

        def some(system_id: int) -> int:
            with client_of(store, service.base_url) as client:
                return sum(client.summary(system_id).system_id == SYSTEM for _ in range(30))

        with ThreadPoolExecutor(8) as threads:
            assert list(threads.map(some, range(8))) == [30] * 8
        nothing_is_lost(service, 240)


def test_tasks_of_one_client_renew_once() -> None:
    with TokenService() as service:
        store = MemoryTokenStore(service.token())
        service.a_day_passes()
        nothing_is_lost(service, in_tasks(store, service.base_url, 50, 1))
        assert service.counts["refreshes"] == 1
