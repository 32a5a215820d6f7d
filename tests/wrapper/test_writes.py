"""Writes, which a service may have carried out although no response came, are sent once."""

from __future__ import annotations

import pickle
import socket
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from enphase_enlighten import ConfigurationError, ConnectionFailedError, EnlightenError
from enphase_enlighten.clients.assembly import Assembly
from tests.support.byte_server import ByteServer, http
from tests.support.service import reply
from tests.toy.definition import TOY, AsyncToy, Token, Toy

if TYPE_CHECKING:
    from tests.support.clients import Kind
    from tests.support.clock import SettableClock
    from tests.support.service import Outcome, StubService

DONE = reply({"system_id": 67, "mode": "eco"})

UNKNOWN: list[Outcome] = [
    httpx.ReadTimeout("slow"),
    httpx.WriteTimeout("slow"),
    httpx.ReadError("broken"),
    httpx.WriteError("broken"),
    httpx.RemoteProtocolError("cut"),
    httpx.Response(500),
    httpx.Response(502),
    httpx.Response(503),
    httpx.Response(504),
    # Of a transport that is not one of httpx's own: what it means by them is not known.
    httpx.ConnectError("refused"),
    httpx.ConnectTimeout("slow"),
    httpx.PoolTimeout("all taken"),
]
"""After these nobody knows whether the service has carried out the request."""


def make(kind: Kind, service: StubService, **options: Any) -> Any:
    assembly = Assembly.checked(TOY, Token("access", "refresh"), clock=service.clock, **options)
    return kind.make(assembly, service.transport(), of=(Toy, AsyncToy))


@pytest.mark.parametrize("outcome", UNKNOWN, ids=repr)
def test_a_write_is_sent_once_where_nobody_knows_what_became_of_it(
    kind: Kind, service: StubService, clock: SettableClock, outcome: Outcome
) -> None:
    service.then, service.always = [outcome], DONE
    with make(kind, service, max_retries=5) as client, pytest.raises(EnlightenError, match="Mode: "):
        client.set_mode(67, "eco")
    assert len(service.sent) == 1
    assert clock.waits == []


@pytest.mark.parametrize("outcome", UNKNOWN, ids=repr)
def test_a_read_is_sent_again(kind: Kind, service: StubService, outcome: Outcome) -> None:
    service.then, service.always = [outcome], DONE
    with make(kind, service) as client:
        assert client.site(67)["system_id"] == 67
    assert len(service.sent) == 2


def test_a_write_is_sent_again_where_no_connection_came_about(kind: Kind, clock: SettableClock) -> None:
    attempts: list[int] = []
    with socket.create_server(("127.0.0.1", 0)) as free:
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    options: dict[str, Any] = {
        "base_url": url,
        "clock": clock,
        "observe": lambda exchange: attempts.append(exchange.attempt),
    }
    with (
        kind.make(Assembly.checked(TOY, Token("access", "refresh"), **options), of=(Toy, AsyncToy)) as client,
        pytest.raises(ConnectionFailedError, match=r"Mode: no whole response in 4 attempts \(ConnectError") as caught,
    ):
        client.set_mode(67, "eco")
    assert not caught.value.outcome_unknown
    assert attempts == [1, 2, 3, 4]


def test_a_write_whose_connection_breaks_is_sent_once(kind: Kind, clock: SettableClock) -> None:
    with ByteServer(b"") as server:
        server.hangs_up = lambda _number: True
        assembly = Assembly.checked(TOY, Token("access", "refresh"), base_url=server.url, clock=clock)
        with kind.make(assembly, of=(Toy, AsyncToy)) as client, pytest.raises(ConnectionFailedError, match="Mode: "):
            client.set_mode(67, "eco")
        assert len(server.heads) == 1


def test_a_write_is_sent_again_after_a_limit_of_the_plan(
    kind: Kind, service: StubService, clock: SettableClock
) -> None:
    until = clock.now() // 60 * 60 + 60
    service.then = [reply({"error": {"code": "slow", "text": "Slow down"}, "until": until}, 429)]
    service.always = DONE
    with make(kind, service, max_retries=0) as client:
        assert client.set_mode(67, "eco")["mode"] == "eco"
    assert [request.content for request in service.sent] == [b'{"mode": "eco"}'] * 2
    assert clock.now() >= until


def test_a_write_is_sent_again_with_a_renewed_signature(kind: Kind, service: StubService) -> None:
    service.then = [reply({"error": {"code": "expired"}}, 401), reply(["renewed", "refresh"])]
    service.always = DONE
    with make(kind, service, max_retries=0) as client:
        assert client.set_mode(67, "eco")["mode"] == "eco"
    assert [request.url.path for request in service.sent] == ["/sites/67/mode", "/token", "/sites/67/mode"]
    assert [request.headers.get("Authorization") for request in service.sent] == [
        "Bearer access",
        None,
        "Bearer renewed",
    ]


class Wrapped(httpx.AsyncBaseTransport):
    """A transport around another one, as tracing and caches are."""

    def __init__(self, inner: httpx.AsyncBaseTransport) -> None:
        self._inner = inner

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return await self._inner.handle_async_request(request)

    async def aclose(self) -> None:
        await self._inner.aclose()


def breaking_kept_connections() -> ByteServer:
    """A server that responds to the first request of a connection, and hangs up on the second one."""
    server = ByteServer(lambda number: http(b'{"system_id": 67}') if number == 1 else b"")
    server.hangs_up = lambda number: number > 1
    return server


@pytest.mark.parametrize("wrapped", [False, True])
async def test_a_write_is_not_sent_over_a_transport_that_sends_again_by_itself(wrapped: bool) -> None:
    module = pytest.importorskip("httpx_aiohttp", exc_type=ImportError)
    attempts: list[int] = []
    with breaking_kept_connections() as server:
        options: dict[str, Any] = {
            "base_url": server.url,
            "observe": lambda exchange: attempts.append(exchange.attempt),
        }
        assembly = Assembly.checked(TOY, Token("access", "refresh"), **options)
        transport = module.AiohttpTransport()
        async with AsyncToy(assembly, Wrapped(transport) if wrapped else transport) as client:
            assert (await client.site(67))["system_id"] == 67
            with pytest.raises(ConfigurationError, match=r"Mode is not sent: .*AiohttpTransport.* without transport="):
                await client.set_mode(67, "eco")
            assert client.usage.minute == 1
    assert len(server.heads) == 1
    assert attempts == [1]


async def test_aiohttp_would_have_sent_it_twice() -> None:
    """Why it is not sent: once this fails, aiohttp has changed, and may be let."""
    module = pytest.importorskip("httpx_aiohttp", exc_type=ImportError)
    with breaking_kept_connections() as server:
        async with httpx.AsyncClient(transport=module.AiohttpTransport()) as client:
            await client.get(server.url)
            with pytest.raises(httpx.TransportError):
                await client.put(server.url)
    assert [line.split()[0] for line in server.first_lines] == ["GET", "PUT", "PUT"]


def test_a_write_on_a_kept_connection_that_breaks_is_sent_once(kind: Kind) -> None:
    with breaking_kept_connections() as server:
        assembly = Assembly.checked(TOY, Token("access", "refresh"), base_url=server.url)
        with kind.make(assembly, of=(Toy, AsyncToy)) as client:
            assert client.site(67)["system_id"] == 67
            with pytest.raises(ConnectionFailedError) as caught:
                client.set_mode(67, "eco")
    assert [line.split()[0] for line in server.first_lines] == ["GET", "PUT"]
    assert server.connections == 1
    assert caught.value.outcome_unknown


def test_an_error_says_whether_a_write_may_have_been_carried_out(kind: Kind, service: StubService) -> None:
    advice = "Whether the service has carried it out is unknown.*read the setting"
    for outcome in (httpx.ReadTimeout("slow"), httpx.ReadError("broken"), httpx.Response(503), reply(b"<html>")):
        service.always = outcome
        with make(kind, service, max_retries=0) as client:
            with pytest.raises(EnlightenError, match=advice) as caught:
                client.set_mode(67, "eco")
            assert caught.value.outcome_unknown
            twin = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - our own
            assert twin.outcome_unknown
            with pytest.raises(EnlightenError) as read:
                client.site(67)
            assert not read.value.outcome_unknown
            assert "carried it out" not in str(read.value)
    service.always = reply({"error": {"code": "no"}}, 422)
    with make(kind, service) as client, pytest.raises(EnlightenError) as refused:
        client.set_mode(67, "eco")
    assert not refused.value.outcome_unknown
