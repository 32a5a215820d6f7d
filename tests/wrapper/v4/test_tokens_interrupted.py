"""A refresh that is cut short: by a kill, a full disk, a lost response, a cancellation, a fork, a clock."""

from __future__ import annotations

import asyncio
import errno
import multiprocessing
import os
import re
import signal
import threading
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from enphase_enlighten import (
    AuthorizationExpiredError,
    ConfigurationError,
    ConnectionFailedError,
    RequestTimeoutError,
    ServerError,
)
from enphase_enlighten.v4 import FileTokenStore, MemoryTokenStore
from tests.support.processes import in_child
from tests.support.token_service import LIFE, SYSTEM, TokenService
from tests.support.token_users import async_client_of, client_of, killed_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

MOST_CALLS = 60
"""More calls of the system than a refresh takes."""


@pytest.fixture
def service() -> Iterator[TokenService]:
    with TokenService() as service:
        yield service


@pytest.fixture
def store(service: TokenService, tmp_path: Path) -> FileTokenStore:
    """A store whose access token has ended."""
    store = FileTokenStore(tmp_path / "tokens.json")
    store.save(service.token())
    service.a_day_passes()
    return store


def summary(store: Any, service: TokenService, **options: Any) -> int:
    with client_of(store, service.base_url, **options) as client:
        return int(client.summary(SYSTEM).system_id)


def test_a_process_that_is_killed_anywhere_in_a_refresh_leaves_a_pair_or_the_reason(
    service: TokenService, store: FileTokenStore
) -> None:
    usable, reasons, status = 0, [], -signal.SIGKILL
    for call in range(1, MOST_CALLS):
        store.save(service.token())
        service.a_day_passes()
        before = service.number
        status = in_child(partial(killed_at, store, service.base_url, call))
        if status != -signal.SIGKILL:
            break
        had_been_answered = service.number > before
        try:
            assert summary(store, service) == SYSTEM
            usable += 1
        except AuthorizationExpiredError as error:
            # Nobody has what the service had sent.
            reasons.append((had_been_answered, str(error)))
        assert store.load() is not None
    assert status == 0
    assert usable > 10
    assert 1 <= len(reasons) <= 6
    for had_been_answered, reason in reasons:
        assert had_been_answered
        assert re.search(r"Log in again.* Process \d+, which refreshed the tokens at .* before it had saved", reason)
    assert service.counts["unsigned"] == 0


def test_a_process_that_is_killed_while_the_service_answers_leaves_the_reason(
    service: TokenService, store: FileTokenStore
) -> None:
    spawn = multiprocessing.get_context("spawn")
    process = spawn.Process(target=killed_at, args=(store, service.base_url, 10**6))

    def killed(give: Callable[[], tuple[int, Any]]) -> None:
        give()
        process.kill()

    service.answer = killed
    process.start()
    process.join(60)
    service.answer = None
    for _ in range(2):
        with pytest.raises(AuthorizationExpiredError, match=f"Process {process.pid}, .* before it had saved"):
            summary(store, service)
    store.save(service.token())
    assert summary(store, service) == SYSTEM


@pytest.mark.parametrize(("number", "advice"), [(errno.ENOSPC, "Make room on its disk"), (errno.EROFS, "may write to")])
def test_a_disk_that_cannot_be_written_is_told_before_the_refresh_token_is_spent(
    service: TokenService, store: FileTokenStore, monkeypatch: pytest.MonkeyPatch, number: int, advice: str
) -> None:
    # No test may fill a disk, or mount one read-only.
    def refuses(*_: Any) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", refuses)
        with pytest.raises(ConfigurationError, match=advice):
            summary(store, service)
    assert service.counts["refreshes"] == 0
    assert summary(store, service) == SYSTEM


def test_tokens_that_cannot_be_kept_after_all_are_used_by_the_process_that_has_them(
    service: TokenService, store: FileTokenStore, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with client_of(store, service.base_url) as client:
        with monkeypatch.context() as patched:
            patched.setattr(os, "ftruncate", lambda *_: (_ for _ in ()).throw(OSError(errno.EIO, "I/O error")))
            assert client.summary(SYSTEM).system_id == SYSTEM
        assert "in memory alone" in caplog.text
        service.a_day_passes()
        assert client.summary(SYSTEM).system_id == SYSTEM
    assert service.counts["dead"] == 0
    assert store.load().access_token == service.access  # type: ignore[union-attr]  # it is there


@pytest.mark.parametrize("ahead", [3600, -3600])
def test_a_clock_that_is_an_hour_off_changes_nothing(service: TokenService, tmp_path: Path, ahead: int) -> None:
    store = FileTokenStore(tmp_path / "tokens.json")
    store.save(service.token())
    service.ahead += LIFE - 1800  # half an hour before its end
    wrong = service.ahead + ahead

    def clock() -> float:
        return service.now() - service.ahead + wrong

    with client_of(store, service.base_url, clock=clock) as client:
        assert client.summary(SYSTEM).system_id == SYSTEM
        assert (service.counts["refreshes"], service.counts["refused"]) == (0, 0)
        service.ahead += 1600
        wrong += 1600
        assert client.summary(SYSTEM).system_id == SYSTEM
        assert client.summary(SYSTEM).system_id == SYSTEM
        assert (service.counts["refreshes"], service.counts["refused"]) == (1, 0)
    token = store.load()
    assert token is not None
    assert token.ends_at == pytest.approx(service.now() + LIFE, abs=5)


def test_a_forked_child_shares_the_file_with_its_parent(service: TokenService, store: FileTokenStore) -> None:
    with client_of(store, service.base_url) as client:
        assert client.summary(SYSTEM).system_id == SYSTEM
        service.a_day_passes()
        assert in_child(lambda: client.summary(SYSTEM)) == 0
        assert client.summary(SYSTEM).system_id == SYSTEM
        service.a_day_passes()
        assert client.summary(SYSTEM).system_id == SYSTEM
        assert in_child(lambda: client.summary(SYSTEM)) == 0
    assert (service.counts["refreshes"], service.counts["dead"]) == (3, 0)


def test_a_child_that_is_forked_during_a_refresh_waits_for_its_end(
    service: TokenService, store: FileTokenStore
) -> None:
    begun, forked = threading.Event(), threading.Event()

    def slow(give: Callable[[], tuple[int, Any]]) -> tuple[int, Any]:
        begun.set()
        assert forked.wait(60)
        return give()

    service.answer = slow
    with client_of(store, service.base_url) as client:
        parent = threading.Thread(target=client.summary, args=(SYSTEM,))
        parent.start()
        assert begun.wait(60)
        child = os.fork()
        if child == 0:
            signal.alarm(60)
            status = 1
            try:
                with client_of(store, service.base_url) as other:
                    other.summary(SYSTEM)
                status = 0
            finally:
                os._exit(status)
        forked.set()
        parent.join(60)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert (service.counts["refreshes"], service.counts["dead"]) == (1, 0)


def test_a_forked_child_leaves_tokens_in_memory_to_its_parent(service: TokenService) -> None:
    store = MemoryTokenStore(service.token())
    with client_of(store, service.base_url) as client:
        assert client.summary(SYSTEM).system_id == SYSTEM
        service.a_day_passes()

        def child() -> None:
            with pytest.raises(ConfigurationError, match="forked from"):
                client.summary(SYSTEM)

        assert in_child(child) == 0
        assert client.summary(SYSTEM).system_id == SYSTEM
    assert service.counts["dead"] == 0


@pytest.mark.parametrize("by", ["task.cancel", "timeout"])
async def test_a_cancelled_task_loses_no_tokens(service: TokenService, store: FileTokenStore, by: str) -> None:
    spent, go_on = threading.Event(), threading.Event()

    def slow(give: Callable[[], tuple[int, Any]]) -> tuple[int, Any]:
        answer = give()
        spent.set()
        assert go_on.wait(60)
        return answer

    service.answer = slow
    async with async_client_of(store, service.base_url) as client:
        wait_for = asyncio.wait_for(client.summary(SYSTEM), 60 if by == "task.cancel" else 0.2)
        task = asyncio.ensure_future(wait_for)
        await asyncio.to_thread(spent.wait, 60)
        if by == "task.cancel":
            task.cancel()
        else:
            await asyncio.sleep(0.3)
        go_on.set()
        with pytest.raises((asyncio.CancelledError, TimeoutError)):
            await task
        assert store.load().access_token == service.access  # type: ignore[union-attr]  # it is there
        assert (await client.summary(SYSTEM)).system_id == SYSTEM
    assert (service.counts["refreshes"], service.counts["dead"]) == (1, 0)


def test_a_refresh_whose_response_is_lost_is_tried_once_more(service: TokenService, store: FileTokenStore) -> None:
    answers = iter([False, True])
    service.answer = lambda give: give() if next(answers) else None
    assert summary(store, service) == SYSTEM
    assert service.counts["refreshes"] == 1


def test_where_the_lost_response_had_the_tokens_the_error_says_so(service: TokenService, store: FileTokenStore) -> None:
    service.answer = lambda give: None if give()[0] == 200 else (401, {"error": "invalid_token"})
    with pytest.raises(AuthorizationExpiredError, match=r"No response came to a first attempt .* may have spent it"):
        summary(store, service)


def test_a_service_that_is_down_costs_no_tokens(service: TokenService, store: FileTokenStore) -> None:
    service.answer = lambda _: (503, {"error": "temporarily_unavailable"})
    with pytest.raises(ServerError, match="Token: status 503"):
        summary(store, service)
    service.answer = lambda _: None
    with pytest.raises(ConnectionFailedError):
        summary(store, service, max_retries=0)
    gone = threading.Event()
    service.answer = lambda _: (gone.wait(60), (503, {}))[1]
    with pytest.raises(RequestTimeoutError):
        summary(store, service, timeout=0.2)
    gone.set()
    service.answer = None
    assert summary(store, service) == SYSTEM


def test_a_token_that_has_not_ended_is_used_where_it_cannot_be_renewed_yet(
    service: TokenService, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store = FileTokenStore(tmp_path / "tokens.json")
    store.save(service.token())
    service.ahead += LIFE - 120
    service.answer = lambda _: (503, {})
    with client_of(store, service.base_url, clock=service.now) as client:
        for _ in range(4):
            assert client.summary(SYSTEM).system_id == SYSTEM
        assert caplog.text.count("could not be renewed yet") == 1
        service.answer = None
        service.ahead += 60
        assert client.summary(SYSTEM).system_id == SYSTEM
    assert (service.counts["refreshes"], service.counts["refused"]) == (1, 0)
