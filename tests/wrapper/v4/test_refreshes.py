"""Refreshes by either client, on either event loop: what is done when the service, a store or a task breaks off."""

from __future__ import annotations

import asyncio
import re
import socket
import threading
import time
from typing import TYPE_CHECKING, Any

import anyio
import httpx
import pytest

from enphase_enlighten import (
    AuthenticationError,
    AuthorizationExpiredError,
    ConfigurationError,
    ConnectionFailedError,
    EnlightenError,
    InvalidResponseError,
    ServerError,
)
from enphase_enlighten.v4 import AsyncEnlighten, Enlighten, FileTokenStore, MemoryTokenStore, Token
from tests.support.service import reply
from tests.support.v4_bodies import body

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.clients import Kind

CLIENT_SECRET, OLD, NEW = (
    "s3cr3t-of-the-app",
    Token("s3cr3t-1", "s3cr3t-refresh-1"),
    Token("s3cr3t-2", "s3cr3t-refresh-2"),
)
GIVEN = {"access_token": NEW.access_token, "refresh_token": NEW.refresh_token, "token_type": "bearer"}
ENDED = {"message": "Not Authorized", "details": "User is not authorized", "code": 401}
SYSTEM = 67

Outcome = tuple[int, Any] | Exception


class Service:
    """A service to which the old token has ended, in the process of its clients.

    Attributes:
        outcomes: Those of the requests for tokens, in turn; the last one is that of all others too.
        before: Called before each of them.
        refreshes: How many requests for tokens there were.
        begun: Set when one comes.
    """

    def __init__(self, *outcomes: Outcome) -> None:
        self.outcomes: list[Outcome] = list(outcomes or [(200, GIVEN)])
        self.before: Callable[[], Any] = lambda: None
        self.refreshes, self.begun = 0, threading.Event()

    def handle(self, request: httpx.Request) -> httpx.Response:
        if request.url.path != "/oauth/token":
            good = request.headers["Authorization"] == f"Bearer {NEW.access_token}"
            return reply(body("summary") | {"system_id": SYSTEM}) if good else reply(ENDED, 401)
        self.refreshes += 1
        self.begun.set()
        self.before()
        outcome = self.outcomes.pop(0) if len(self.outcomes) > 1 else self.outcomes[0]
        if isinstance(outcome, Exception):
            raise outcome
        return reply(outcome[1], outcome[0])

    async def handle_late(self, request: httpx.Request) -> httpx.Response:
        """Respond to requests for tokens from a thread, so that the event loop goes on."""
        return await anyio.to_thread.run_sync(self.handle, request)

    def options(self, store: Any) -> dict[str, Any]:
        return {"client_id": "an-id", "client_secret": CLIENT_SECRET, "tokens": store, "max_retries": 0}

    def summary(self, kind: Kind, store: Any) -> int:
        transport = httpx.MockTransport(self.handle)
        with kind.make("a-key", of=(Enlighten, AsyncEnlighten), transport=transport, **self.options(store)) as client:
            return int(client.summary(SYSTEM).system_id)

    def client(self, store: Any) -> AsyncEnlighten:
        return AsyncEnlighten("a-key", transport=httpx.MockTransport(self.handle_late), **self.options(store))


@pytest.fixture
def store(tmp_path: Path) -> FileTokenStore:
    store = FileTokenStore(tmp_path / "tokens.json")
    store.save(OLD)
    return store


def is_noted(store: FileTokenStore) -> bool:
    """Whether it is noted that the tokens may have been spent."""
    return store.path.with_name("tokens.json.new").exists()


LOST, UNSENT = httpx.ReadError(f"cut {OLD.refresh_token}"), httpx.ConnectError(f"away {OLD.refresh_token}")
DEAD = 401, {"error": "invalid_token", "error_description": f"Dead: {OLD.refresh_token}"}


@pytest.mark.parametrize("first", [LOST, (502, {}), (200, GIVEN)])
def test_a_first_attempt_that_is_lost_is_followed_by_one_more(
    kind: Kind, store: FileTokenStore, first: Outcome
) -> None:
    service = Service(first, (200, GIVEN))
    assert service.summary(kind, store) == SYSTEM
    assert service.refreshes == (1 if first == (200, GIVEN) else 2)
    found = store.load()
    assert found is not None
    assert (found.access_token, found.refresh_token) == (NEW.access_token, NEW.refresh_token)
    assert not is_noted(store)


@pytest.mark.parametrize(
    ("outcomes", "error", "said", "noted"),
    [
        # What a transport of the user's own had sent when it failed, nobody knows.
        ([UNSENT], ConnectionFailedError, "", True),
        ([LOST, UNSENT], ConnectionFailedError, "", True),
        ([LOST, LOST], ConnectionFailedError, "", True),
        ([(503, {})], ServerError, "Token: status 503", True),
        ([DEAD], AuthorizationExpiredError, "Log in again", False),
        ([LOST, DEAD], AuthorizationExpiredError, r"first attempt \(ReadError\), which may have spent it", True),
        ([(500, {}), DEAD], AuthorizationExpiredError, "may have spent it, had status 500", True),
        ([(401, {"error": "invalid_client"})], AuthenticationError, "Check the client id and the client secret", False),
        ([(200, {"no": "tokens"})], InvalidResponseError, "no access token is in it.* Log in again", True),
    ],
)
def test_a_refresh_that_fails_says_why_and_notes_whether_the_token_may_be_spent(
    kind: Kind,
    store: FileTokenStore,
    outcomes: list[Outcome],
    *,
    error: type[EnlightenError],
    said: str,
    noted: bool,
) -> None:
    with pytest.raises(error, match=f"(?s){said}") as caught:
        Service(*outcomes).summary(kind, store)
    assert "s3cr3t" not in f"{caught.value!r} {vars(caught.value)}"
    assert is_noted(store) == noted
    assert store.load() == OLD
    # Nothing is locked.
    turn = store.turn()
    assert turn is not None
    turn.end()


def test_where_no_service_can_be_reached_no_token_is_noted_as_spent(kind: Kind, store: FileTokenStore) -> None:
    ended = time.time() - 86_400
    store.save(Token(OLD.access_token, OLD.refresh_token, ended, issued_at=ended - 86_400))
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]  # nobody listens there once it is closed
    options = {**Service().options(store), "base_url": f"http://127.0.0.1:{port}/api/v4"}
    with (
        kind.make("a-key", of=(Enlighten, AsyncEnlighten), **options) as client,
        pytest.raises(ConnectionFailedError, match="Check the network and the base URL"),
    ):
        client.summary(SYSTEM)
    assert not is_noted(store)


def test_tokens_that_another_one_has_renewed_meanwhile_are_used(kind: Kind) -> None:
    store, service = MemoryTokenStore(OLD), Service(DEAD)
    service.before = lambda: store.save(NEW)
    assert service.summary(kind, store) == SYSTEM
    found = store.load()
    assert found is not None
    assert found.refresh_token == NEW.refresh_token


def test_a_client_waits_for_another_one_that_refreshes(kind: Kind, store: FileTokenStore) -> None:
    turn = store.turn()
    assert turn is not None

    def other() -> None:
        time.sleep(0.2)
        turn.save(NEW)
        turn.end()

    refreshing = threading.Thread(target=other)
    refreshing.start()
    service = Service()
    assert service.summary(kind, store) == SYSTEM
    refreshing.join(60)
    assert service.refreshes == 0


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_a_timeout_during_a_refresh_keeps_what_it_brings(store: FileTokenStore, backend: str) -> None:
    service, cut = Service(), threading.Event()
    service.before = lambda: cut.wait(60)

    async def main() -> None:
        async with service.client(store) as client:
            async with anyio.create_task_group() as group:
                with anyio.CancelScope() as scope:

                    async def cancel() -> None:
                        assert await anyio.to_thread.run_sync(service.begun.wait, 60)
                        scope.cancel()
                        cut.set()

                    group.start_soon(cancel)
                    await client.summary(SYSTEM)
            assert scope.cancelled_caught
            assert (await client.summary(SYSTEM)).system_id == SYSTEM

    anyio.run(main, backend=backend)
    assert service.refreshes == 1
    found = store.load()
    assert found is not None
    assert found.refresh_token == NEW.refresh_token


@pytest.mark.parametrize("outcome", [UNSENT, LOST, DEAD])
async def test_a_task_that_is_cancelled_in_a_refresh_that_fails_ends_as_cancelled(
    store: FileTokenStore, outcome: Outcome
) -> None:
    service, cut = Service(outcome), threading.Event()
    service.before = lambda: cut.wait(60)
    async with service.client(store) as client:
        task = asyncio.ensure_future(client.summary(SYSTEM))
        assert await asyncio.to_thread(service.begun.wait, 60)
        task.cancel()
        await asyncio.sleep(0)
        cut.set()
        with pytest.raises(asyncio.CancelledError):
            await task
    turn = store.turn()
    assert turn is not None
    turn.end()


class SlowStore(MemoryTokenStore):
    """A store of the user's own that takes its time to load, and then fails.

    Attributes:
        begun: Set when it is asked for the tokens.
        go_on: Set when it may respond.
    """

    def __init__(self, error: Exception | None) -> None:
        super().__init__(OLD)
        self.begun, self.go_on, self.error = threading.Event(), threading.Event(), error

    def load(self) -> Token | None:
        self.begun.set()
        assert self.go_on.wait(60)
        if self.error is not None:
            raise self.error
        return super().load()


@pytest.mark.parametrize("error", [None, ConfigurationError("The store is gone.")])
async def test_a_task_that_is_cancelled_while_a_store_loads_ends_as_cancelled(error: Exception | None) -> None:
    store, service = SlowStore(error), Service()
    async with service.client(store) as client:
        task = asyncio.ensure_future(client.summary(SYSTEM))
        await asyncio.to_thread(store.begun.wait, 60)
        task.cancel()
        await asyncio.sleep(0)
        store.go_on.set()
        with pytest.raises(asyncio.CancelledError):
            await task


def test_a_store_that_fails_fails_the_request_with_its_own_words(kind: Kind) -> None:
    store = SlowStore(ConfigurationError("The store is gone."))
    store.go_on.set()
    with pytest.raises(ConfigurationError, match=re.escape("The store is gone.")):
        Service().summary(kind, store)


async def test_a_task_that_is_cancelled_while_it_waits_for_another_one_ends_at_once(store: FileTokenStore) -> None:
    turn = store.turn()
    assert turn is not None
    async with Service().client(store) as client:
        task = asyncio.ensure_future(client.summary(SYSTEM))
        await asyncio.sleep(0.3)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asyncio.wait_for(task, 60)
    turn.end()


def frames_of_ours(error: BaseException) -> str:
    """What a program that logs the variables of each frame shows of the package."""
    shown, traceback = [], error.__traceback__
    while traceback is not None:
        if "enphase_enlighten" in traceback.tb_frame.f_globals["__name__"]:
            shown.append(repr(traceback.tb_frame.f_locals))
        traceback = traceback.tb_next
    return "\n".join(shown)


def test_variables_of_a_client_that_could_not_be_made_show_no_credentials(kind: Kind) -> None:
    for options in (
        {"plan": "gigawatt"},
        {"key_in": "body"},
        {"base_url": "http://far.example/api/v4"},
        {"timeout": -1},
    ):
        secrets = {"client_id": "an-id", "client_secret": CLIENT_SECRET, "tokens": OLD, **options}
        with pytest.raises(EnlightenError) as caught:
            kind.make("s3cr3t-key", of=(Enlighten, AsyncEnlighten), **secrets)
        assert "s3cr3t" not in frames_of_ours(caught.value)
