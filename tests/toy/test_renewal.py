"""Renewing what requests are signed with, and writes, when something comes between."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from enphase_enlighten import ConnectionFailedError, RequestTimeoutError
from enphase_enlighten.api import Request
from enphase_enlighten.clients.assembly import Assembly

from .definition import TOY, AsyncToy, Token, Toy

if TYPE_CHECKING:
    from collections.abc import Callable

    from enphase_enlighten.api import Renewal, Response, Signature

BASE_URL = "https://toy.example"
PATIENCE = 60


class Clock:
    """A clock that is moved on instead of waited for."""

    def __init__(self) -> None:
        self.moment = 1_780_000_000.0

    def now(self) -> float:
        return self.moment

    def advance(self, seconds: float) -> None:
        self.moment += seconds


class Service:
    """Accepts one access token, and gives a new one for the refresh token, which works once.

    Attributes:
        requests: What it was asked.
        renewals: How many tokens it gave.
        refused: Released for each request whose token was not accepted.
        fails: What to raise instead of the next response to a request for a token.
    """

    def __init__(self) -> None:
        self.requests: list[httpx.Request] = []
        self.renewals = 0
        self.refused = threading.Semaphore(0)
        self.fails: list[Exception] = []
        self._access, self._refresh = "access-token-0", "refresh-token-0"

    def handle(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        if request.url.path == "/token":
            return self._renewed(request)
        if request.headers["Authorization"] != f"Bearer {self._access}":
            self.refused.release()
            return httpx.Response(401, json={"error": {"code": "expired"}})
        return httpx.Response(200, json={"system_id": 7, "timezone": "UTC"})

    def _renewed(self, request: httpx.Request) -> httpx.Response:
        if self.fails:
            raise self.fails.pop()
        if json.loads(request.content)["refresh"] != self._refresh:
            return httpx.Response(400, json={})
        self.renewals += 1
        self._access, self._refresh = f"access-token-{self.renewals}", f"refresh-token-{self.renewals}"
        return httpx.Response(200, json=[self._access, self._refresh])


def old_token() -> Token:
    return Token("access-token-of-another-day", "refresh-token-0")


def assembly(token: Any, **options: Any) -> Assembly:
    return Assembly.checked(TOY, token, **{"base_url": BASE_URL, "clock": Clock(), **options})


def test_clients_with_other_options_renew_in_turn_with_the_one_that_they_are_of() -> None:
    service = Service()

    def handle(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/token":
            # All four have been refused by now, so each of them wants to renew.
            for _ in range(4):
                assert service.refused.acquire(timeout=PATIENCE)
            service.refused.release(4)
        return service.handle(request)

    with Toy(assembly(old_token()), httpx.MockTransport(handle)) as client, ThreadPoolExecutor(4) as threads:
        clients = [client, *(client.with_options(timeout=seconds) for seconds in (1, 2, 3))]
        sites = [threads.submit(each.site, 7) for each in clients]
        assert [site.result(PATIENCE)["system_id"] for site in sites] == [7] * 4
    assert service.renewals == 1


async def test_async_clients_with_other_options_renew_in_turn_with_the_one_that_they_are_of() -> None:
    service = Service()

    async def handle(request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(0.01)
        response = service.handle(request)
        await asyncio.sleep(0.01)
        return response

    async with AsyncToy(assembly(old_token()), httpx.MockTransport(handle)) as client:
        clients = [client, *(client.with_options(timeout=seconds) for seconds in (1, 2, 3))]
        sites = await asyncio.gather(*(each.site(7) for each in clients))
    assert [site["system_id"] for site in sites] == [7] * 4
    assert service.renewals == 1


async def test_what_was_refused_before_another_request_renewed_it_is_not_renewed_again() -> None:
    service, late = Service(), asyncio.Event()

    async def handle(request: httpx.Request) -> httpx.Response:
        response = service.handle(request)
        if request.url.path == "/sites/8" and response.status_code == 401:
            await late.wait()
        return response

    async with AsyncToy(assembly(old_token()), httpx.MockTransport(handle)) as client:
        other = asyncio.create_task(client.site(8))
        await asyncio.sleep(0)
        assert (await client.site(7))["system_id"] == 7
        late.set()
        assert (await other)["system_id"] == 7
    assert service.renewals == 1


def test_a_renewal_that_fails_is_the_error_of_the_call_and_the_next_call_renews() -> None:
    service = Service()
    service.fails = [httpx.ReadTimeout("too late"), httpx.ReadError("broken")]
    with Toy(assembly(old_token()), httpx.MockTransport(service.handle)) as client:
        with pytest.raises(ConnectionFailedError, match="Site: no whole response"):
            client.site(7)
        with pytest.raises(RequestTimeoutError, match="Site: no response in time"):
            client.site(7)
        assert client.site(7)["system_id"] == 7
    assert service.renewals == 1


async def test_a_renewal_that_is_cancelled_leaves_the_turn_to_the_next() -> None:
    service, hangs = Service(), asyncio.Event()

    async def handle(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/token" and not hangs.is_set():
            hangs.set()
            await asyncio.sleep(PATIENCE)
        return service.handle(request)

    async with AsyncToy(assembly(old_token()), httpx.MockTransport(handle)) as client:
        task = asyncio.create_task(client.site(7))
        await hangs.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert (await client.site(7))["system_id"] == 7


class Elsewhere(Token):
    """Asks another host for its token, without a body or a header."""

    def renewal(self, _response: Response, _refused: Signature) -> Renewal | None:
        return self._asked()

    def _asked(self) -> Renewal:
        response = yield Request("Token", "GET", "https://login.example/token")
        self._signature = ({}, {"Authorization": f"Bearer {response.content.decode()}"})
        return True


def test_a_request_to_another_host_names_that_host() -> None:
    hosts: list[str] = []

    def handle(request: httpx.Request) -> httpx.Response:
        hosts.append(request.headers["Host"])
        if request.url.host == "login.example":
            assert "Authorization" not in request.headers
            return httpx.Response(200, text="new")
        fine = request.headers["Authorization"] == "Bearer new"
        return httpx.Response(200 if fine else 401, json={"system_id": 7})

    with Toy(assembly(Elsewhere("old", "none")), httpx.MockTransport(handle)) as client:
        assert client.site(7) == {"system_id": 7}
    assert hosts == ["toy.example", "login.example", "toy.example"]


# Writes


@pytest.mark.parametrize("error", [httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout])
@pytest.mark.parametrize("kind", ["sync", "async"])
def test_a_write_is_sent_once_though_a_transport_of_ones_own_says_that_it_was_not(
    kind: str, error: Callable[[str], Exception]
) -> None:
    # httpx-aiohttp says so of any connection that breaks.
    sent: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        raise error("broken")

    with pytest.raises((ConnectionFailedError, RequestTimeoutError)):
        write(kind, httpx.MockTransport(handle))
    assert len(sent) == 1


def write(kind: str, transport: Any, **options: Any) -> Any:
    made = assembly(Token("access", "refresh"), **options)
    if kind == "sync":
        with Toy(made, transport) as client:
            return client.set_mode(7, "eco")

    async def carried_out() -> Any:
        async with AsyncToy(made, transport) as client:
            return await client.set_mode(7, "eco")

    return asyncio.run(carried_out())


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_a_write_is_sent_again_where_no_connection_came_about(kind: str) -> None:
    attempts: list[int] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        nobody = f"http://127.0.0.1:{server.getsockname()[1]}"
    transport: Any = httpx.HTTPTransport() if kind == "sync" else httpx.AsyncHTTPTransport()
    with pytest.raises(ConnectionFailedError, match=r"in 4 attempts \(ConnectError"):
        write(kind, transport, base_url=nobody, observe=lambda exchange: attempts.append(exchange.attempt))
    assert attempts == [1, 2, 3, 4]


async def test_a_write_that_breaks_is_not_sent_again_over_httpx_aiohttp() -> None:
    module = pytest.importorskip("httpx_aiohttp", exc_type=ImportError)
    attempts: list[int] = []

    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.close()

    async with await asyncio.start_server(hang_up, "127.0.0.1", 0) as server:
        base_url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        observed = {"base_url": base_url, "observe": lambda exchange: attempts.append(exchange.attempt)}
        async with AsyncToy(assembly(Token("access", "refresh"), **observed), module.AiohttpTransport()) as client:
            with pytest.raises((ConnectionFailedError, RequestTimeoutError)):
                await client.set_mode(7, "eco")
    # aiohttp itself may send one twice that a service may get twice by its method, as it does with PUT.
    assert attempts == [1]
