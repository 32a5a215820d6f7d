"""Signatures that end: renewed once after a 401, for all requests that are under way."""

from __future__ import annotations

import asyncio
import json
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import anyio
import anyio.lowlevel
import httpx
import pytest

from enphase_enlighten import AuthenticationError, ConnectionFailedError, RequestTimeoutError
from enphase_enlighten.api import Request
from enphase_enlighten.clients.assembly import Assembly
from enphase_enlighten.quota.plans import UsagePlan
from enphase_enlighten.quota.quota import MemoryStore, RequestQuota
from enphase_enlighten.quota.sqlite_store import SQLiteStore
from tests.support.service import reply
from tests.toy.definition import TOY, AsyncToy, Token, Toy

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from pathlib import Path

    from enphase_enlighten.api import Renewal, Response, Signature
    from tests.support.clients import Kind
    from tests.support.service import StubService

PATIENCE = 60
ENDED = reply({"error": {"code": "expired", "text": "This token has ended"}}, 401)


class Tokens:
    """A service that accepts one access token at a time, and gives the next one for a refresh token that works once.

    Attributes:
        accepted: The access token that it accepts.
        renewals: How many it gave.
        gives_others: Whether it gives tokens that it does not accept.
        failures: What happens in place of the next renewals.
        refused: Is released for each request whose token was not accepted.
    """

    def __init__(self, service: StubService) -> None:
        self.service = service
        self.accepted, self._refresh = "access-0", "refresh-0"
        self.renewals = 0
        self.gives_others = False
        self.failures: list[Exception] = []
        self.refused = threading.Semaphore(0)
        service.always = self.handle

    def handle(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/token":
            return self._renewed(request)
        if request.headers.get("Authorization") != f"Bearer {self.accepted}":
            self.refused.release()
            return ENDED
        return reply({"system_id": 67, "timezone": "UTC"})

    def _renewed(self, request: httpx.Request) -> httpx.Response:
        if self.failures:
            raise self.failures.pop(0)
        if json.loads(request.read()) != {"refresh": self._refresh}:
            return reply({"error": {"code": "dead"}}, 400)
        self.renewals += 1
        self.accepted, self._refresh = f"access-{self.renewals}", f"refresh-{self.renewals}"
        return reply(["another" if self.gives_others else self.accepted, self._refresh])

    def assembly(self, token: Token | None = None, **options: Any) -> Assembly:
        return Assembly.checked(TOY, token or old_token(), clock=self.service.clock, **options)

    @property
    def paths(self) -> list[str]:
        return [request.url.path for request in self.service.sent]


def old_token(refresh: str = "refresh-0") -> Token:
    return Token("access-of-another-day", refresh)


@pytest.fixture
def tokens(service: StubService) -> Tokens:
    return Tokens(service)


def make(kind: Kind, tokens: Tokens, **options: Any) -> Any:
    return kind.make(tokens.assembly(**options), tokens.service.transport(), of=(Toy, AsyncToy))


def test_after_a_401_the_signature_is_renewed_and_the_request_sent_again(kind: Kind, tokens: Tokens) -> None:
    with make(kind, tokens, max_retries=0) as client:
        assert client.site(67)["system_id"] == 67
        assert client.site(67)["system_id"] == 67
    assert tokens.paths == ["/sites/67", "/token", "/sites/67", "/sites/67"]


def test_the_request_that_renews_is_neither_signed_nor_counted(kind: Kind, tokens: Tokens) -> None:
    with make(kind, tokens, plan="2/2", max_wait=0) as client:
        assert client.site(67)["system_id"] == 67
        assert client.usage.month == 2
    [request] = [request for request in tokens.service.sent if request.url.path == "/token"]
    assert request.method == "POST"
    assert "Authorization" not in request.headers


def test_a_second_401_is_the_response(kind: Kind, tokens: Tokens) -> None:
    tokens.gives_others = True
    with make(kind, tokens) as client, pytest.raises(AuthenticationError, match="Site: status 401 after 2 attempts"):
        client.site(67)
    assert tokens.paths == ["/sites/67", "/token", "/sites/67"]


def test_a_renewal_that_is_denied_leaves_the_401(kind: Kind, tokens: Tokens) -> None:
    with make(kind, tokens, token=old_token("dead")) as client, pytest.raises(AuthenticationError) as caught:
        client.site(67)
    assert (caught.value.reason, caught.value.attempts) == ("expired", 1)
    assert tokens.paths == ["/sites/67", "/token"]


def test_a_401_that_means_another_thing_renews_nothing(kind: Kind, tokens: Tokens) -> None:
    class Denied(Token):
        def renewal(self, _response: Response, _refused: Signature) -> Renewal | None:
            return None

    with make(kind, tokens, token=Denied("access", "refresh")) as client, pytest.raises(AuthenticationError):
        client.site(67)
    assert tokens.paths == ["/sites/67"]


@pytest.mark.parametrize("status", [403, 404, 422])
def test_no_other_status_renews(kind: Kind, tokens: Tokens, status: int) -> None:
    tokens.service.always = reply({}, status)
    with make(kind, tokens) as client, pytest.raises(Exception, match=f"status {status}"):
        client.site(67)
    assert tokens.paths == ["/sites/67"]


def test_a_renewal_that_fails_is_the_error_of_the_call_and_the_next_call_renews(kind: Kind, tokens: Tokens) -> None:
    tokens.failures = [httpx.ReadError("broken"), httpx.ReadTimeout("too late")]
    with make(kind, tokens) as client:
        with pytest.raises(ConnectionFailedError, match="Site: no whole response"):
            client.site(67)
        with pytest.raises(RequestTimeoutError, match="Site: no response in time"):
            client.site(67)
        assert client.site(67)["system_id"] == 67
    assert tokens.renewals == 1


@pytest.mark.parametrize("copies", [False, True], ids=["one client", "copies with other options"])
def test_threads_whose_requests_are_under_way_renew_once(tokens: Tokens, copies: bool) -> None:
    def all_refused(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/token":
            # All four have been refused by now, so each of them wants to renew.
            for _ in range(4):
                assert tokens.refused.acquire(timeout=PATIENCE)
            tokens.refused.release(4)
        return tokens.handle(request)

    tokens.service.always = all_refused
    with Toy(tokens.assembly(), tokens.service.transport()) as client, ThreadPoolExecutor(4) as threads:
        clients = [client.with_options(timeout=seconds) if copies else client for seconds in range(1, 5)]
        sites = [threads.submit(each.site, 67) for each in clients]
        assert [site.result(PATIENCE)["system_id"] for site in sites] == [67] * 4
        assert client.usage.month == 8
    assert tokens.paths.count("/token") == tokens.renewals == 1


@pytest.mark.parametrize("copies", [False, True], ids=["one client", "copies with other options"])
async def test_tasks_whose_requests_are_under_way_renew_once(tokens: Tokens, copies: bool) -> None:
    tokens.service.delays = [5] * 4
    async with AsyncToy(tokens.assembly(), tokens.service.transport()) as client:
        clients = [client.with_options(timeout=seconds) if copies else client for seconds in range(1, 5)]
        sites = await asyncio.gather(*(each.site(67) for each in clients))
        assert [site["system_id"] for site in sites] == [67] * 4
        assert client.usage.month == 8
    assert tokens.paths.count("/token") == tokens.renewals == 1


async def test_what_was_refused_before_another_request_renewed_it_is_not_renewed_again(tokens: Tokens) -> None:
    tokens.service.delays = [50, 0, 0]
    async with AsyncToy(tokens.assembly(), tokens.service.transport()) as client:
        late = asyncio.create_task(client.site(8))
        await asyncio.sleep(0)
        assert (await client.site(67))["system_id"] == 67
        assert not late.done()
        assert (await late)["system_id"] == 67
    assert tokens.renewals == 1


async def test_a_renewal_that_is_cancelled_leaves_the_turn_to_the_next(tokens: Tokens) -> None:
    tokens.service.delays = [0, 10**6]
    async with AsyncToy(tokens.assembly(), tokens.service.transport()) as client:
        task = asyncio.create_task(client.site(67))
        while "/token" not in tokens.paths:
            await anyio.lowlevel.checkpoint()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        # The service has given a token that nobody got.
        tokens.accepted, tokens._refresh = "access-0", "refresh-0"
        assert (await client.site(67))["system_id"] == 67


async def _by_task(calls: Callable[[], Coroutine[Any, Any, object]], begun: anyio.Event) -> None:
    task = asyncio.create_task(calls())
    await begun.wait()
    task.cancel()
    await asyncio.wait([task])


async def _by_timeout(calls: Callable[[], Coroutine[Any, Any, object]], begun: anyio.Event) -> None:
    async def cut() -> None:
        async with asyncio.timeout(None) as limit:
            ending = asyncio.create_task(begun.wait())
            ending.add_done_callback(lambda _: limit.reschedule(0))
            await calls()

    with pytest.raises(TimeoutError):
        await cut()


async def _by_scope(calls: Callable[[], Coroutine[Any, Any, object]], begun: anyio.Event) -> None:
    async with anyio.create_task_group() as group:
        group.start_soon(calls)
        await begun.wait()
        group.cancel_scope.cancel()


@pytest.mark.parametrize("kept", ["memory", "file"])
@pytest.mark.parametrize(
    ("way", "backend"),
    [
        (_by_task, "asyncio"),
        (_by_timeout, "asyncio"),
        (_by_scope, "asyncio"),
        (_by_scope, "trio"),
    ],
)
def test_tasks_that_are_cancelled_while_one_renews_and_the_others_wait_for_it_hold_nothing(
    tokens: Tokens, way: Any, backend: str, kept: str, tmp_path: Path
) -> None:
    store = MemoryStore() if kept == "memory" else SQLiteStore(tmp_path / "quota.sqlite3", "toy")
    quota = RequestQuota(UsagePlan(), store, "toy")

    async def main() -> None:
        begun = anyio.Event()

        def handle(request: httpx.Request) -> httpx.Response:
            if request.url.path == "/token" and not begun.is_set():
                tokens.service.delays = [10**9]
            if len(tokens.paths) == 4:
                begun.set()
            return tokens.handle(request)

        tokens.service.always = handle
        async with AsyncToy(tokens.assembly(quota=quota), tokens.service.transport()) as client:

            async def calls() -> None:
                async with anyio.create_task_group() as group:
                    for _ in range(3):
                        group.start_soon(client.site, 67)

            await way(calls, begun)
            assert sorted(tokens.paths) == ["/sites/67"] * 3 + ["/token"]
            assert tokens.service.in_flight == 0
            assert quota.usage(tokens.service.clock.now()).month == 3
            # The service has given a token that nobody got.
            tokens.accepted, tokens._refresh = "access-0", "refresh-0"
            assert (await client.site(67))["system_id"] == 67
        assert quota.usage(tokens.service.clock.now() + 60).minute == 0

    anyio.run(main, backend=backend)


def test_a_series_goes_on_with_the_renewed_signature(kind: Kind, tokens: Tokens) -> None:
    pages = iter(range(1, 4))

    def handle(request: httpx.Request) -> httpx.Response:
        response = tokens.handle(request)
        if request.url.path == "/token" or response.status_code == 401:
            return response
        page = next(pages)
        tokens.accepted = "the token ends after each page"
        return reply({"sites": [{"system_id": page}], "after": str(page) if page < 3 else None})

    tokens.service.always = handle
    with make(kind, tokens) as client:
        assert [site["system_id"] for site in client.sites(page_size=1)] == [1, 2, 3]
    assert tokens.renewals == 3


class Elsewhere(Token):
    """Asks another host for its token, without a body or a header."""

    def renewal(self, _response: Response, _refused: Signature) -> Renewal | None:
        return self._asked()

    def _asked(self) -> Renewal:
        response = yield Request("Token", "GET", "https://login.example/token")
        self._signature = ({}, {"Authorization": f"Bearer {response.content.decode()}"})
        return True


def test_a_request_to_another_host_names_that_host(kind: Kind, tokens: Tokens) -> None:
    def handle(request: httpx.Request) -> httpx.Response:
        return reply(b"access-0") if request.url.host == "login.example" else tokens.handle(request)

    tokens.service.always = handle
    with make(kind, tokens, token=Elsewhere("old", "none")) as client:
        assert client.site(67)["system_id"] == 67
    assert [request.headers["Host"] for request in tokens.service.sent] == [
        "toy.example",
        "login.example",
        "toy.example",
    ]
    assert "Authorization" not in tokens.service.sent[1].headers
