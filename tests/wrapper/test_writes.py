"""Writes, which a service may have carried out although no response came, are sent once."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from enphase_enlighten import ConnectionFailedError, EnlightenError, RequestTimeoutError
from enphase_enlighten.clients.assembly import Assembly
from tests.support.byte_server import ByteServer
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
        pytest.raises(ConnectionFailedError, match=r"Mode: no whole response in 4 attempts \(ConnectError"),
    ):
        client.set_mode(67, "eco")
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


async def test_a_write_that_breaks_is_not_sent_again_over_httpx_aiohttp() -> None:
    module = pytest.importorskip("httpx_aiohttp", exc_type=ImportError)
    attempts: list[int] = []
    with ByteServer(b"") as server:
        server.hangs_up = lambda _number: True
        options: dict[str, Any] = {
            "base_url": server.url,
            "observe": lambda exchange: attempts.append(exchange.attempt),
        }
        assembly = Assembly.checked(TOY, Token("access", "refresh"), **options)
        async with AsyncToy(assembly, module.AiohttpTransport()) as client:
            with pytest.raises((ConnectionFailedError, RequestTimeoutError)):
                await client.set_mode(67, "eco")
    # aiohttp itself may send one twice that a service may get twice by its method, as it does with PUT.
    assert attempts == [1]
