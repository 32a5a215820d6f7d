"""What a connection may do to a request: break, stay silent, never come about; and how many there are."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import time
from typing import TYPE_CHECKING, Any

import pytest

from enphase_enlighten import (
    AsyncEnlighten,
    ConnectionFailedError,
    EnlightenError,
    RequestTimeoutError,
    ServiceUnavailableError,
)
from tests.support.byte_server import PATIENCE, ByteServer, http
from tests.support.clock import SettableClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from tests.support.clients import Kind
    from tests.support.service import StubService

pytestmark = pytest.mark.lowest

KEY, USER = "key-of-the-app", "user-of-the-app"
HALF_A_BODY = b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"system_id": 67'


@pytest.fixture
def server() -> Iterator[ByteServer]:
    with ByteServer() as server:
        yield server


def make(kind: Kind, url: str, **options: Any) -> Any:
    return kind.make(KEY, USER, **{"base_url": url, "max_retries": 0, "timeout": PATIENCE, **options})


def failure(kind: Kind, url: str, **options: Any) -> EnlightenError:
    """The error of a request, which shows no credentials."""
    with make(kind, url, **options) as client, pytest.raises(EnlightenError) as caught:
        client.summary(67)
    assert "-of-the-app" not in str(caught.value)
    assert caught.value.operation == "Summary"
    return caught.value


def free_address() -> str:
    """A place at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return f"http://127.0.0.1:{free.getsockname()[1]}"


def test_a_refused_connection(kind: Kind) -> None:
    error = failure(kind, free_address())
    assert type(error) is ConnectionFailedError
    assert "ConnectError" in str(error)
    assert "SSLContext" not in str(error)


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Le",
        HALF_A_BODY,
        b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\n{"system_id": 67',
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nno chunk\r\n",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200_000,
    ],
    ids=["nothing", "half a head", "half a body", "half a chunk", "no chunk", "no HTTP", "an endless head"],
)
def test_a_server_that_breaks_off(kind: Kind, server: ByteServer, sent: bytes) -> None:
    server.respond = lambda _number: sent
    server.hangs_up = lambda _number: True
    error = failure(kind, server.url)
    assert type(error) is ConnectionFailedError
    assert "Check the network and the base URL" in str(error)


@pytest.mark.parametrize("sent", [b"", HALF_A_BODY])
def test_a_server_that_goes_silent(kind: Kind, server: ByteServer, sent: bytes) -> None:
    server.respond = lambda _number: sent
    error = failure(kind, server.url, timeout=0.5)
    assert type(error) is RequestTimeoutError
    assert "ReadTimeout" in str(error)
    assert "raise timeout" in str(error)
    assert server.hung_up.acquire(timeout=PATIENCE)


def test_a_server_without_tls(kind: Kind) -> None:
    with ByteServer(greeting=b"HTTP/1.1 400 Bad Request\r\n\r\n") as server:
        error = failure(kind, server.url.replace("http:", "https:"))
    assert type(error) is ConnectionFailedError
    assert "SSL" in str(error)


@pytest.mark.parametrize(
    "broken", [b"", b"HTTP/1.1 200 OK\r\nContent-Le", http()[:-5], b"SSH-2.0-OpenSSH_9.2\r\n"], ids=repr
)
def test_a_broken_connection_is_retried_and_each_attempt_is_counted(
    kind: Kind, server: ByteServer, broken: bytes
) -> None:
    server.respond = lambda number: http() if number == 1 else broken
    server.hangs_up = lambda number: number > 1
    with make(kind, server.url, max_retries=2, clock=SettableClock()) as client:
        # The first leaves a connection open, on which the next attempt is sent.
        assert client.search_system_id("1") == 67
        with pytest.raises(ConnectionFailedError, match=r"in 3 attempts \(RemoteProtocolError") as caught:
            client.search_system_id("1")
        assert "serial_num" not in str(caught.value)
        assert client.usage.month == len(server.heads) == 4
        assert server.connections == 3


def test_a_connection_that_never_came_about_is_not_counted(kind: Kind) -> None:
    with make(kind, free_address(), plan="2/2", max_wait=0, max_retries=2, clock=SettableClock()) as client:
        for _ in range(3):
            with pytest.raises(ConnectionFailedError, match=r"in 3 attempts \(ConnectError"):
                client.summary(67)
        assert (client.usage.minute, client.usage.month) == (0, 0)


def test_a_connection_that_is_not_made_in_time_is_a_timeout(kind: Kind) -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full, contextlib.ExitStack() as stack:
        # Nobody takes what waits here, and no more may wait.
        for _ in range(4):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(full.getsockname())
        begun = time.monotonic()
        error = failure(kind, f"http://127.0.0.1:{full.getsockname()[1]}", timeout=1.5)
        assert 1.5 <= time.monotonic() - begun < 2.9, "it is tried once"
    assert type(error) is RequestTimeoutError
    assert "ConnectTimeout" in str(error)
    assert "127.0.0.1" not in str(error)


def test_there_is_a_timeout_by_default(kind: Kind, service: StubService) -> None:
    with kind.client(service) as client:
        client.search_system_id("1")
        client.with_options(timeout=5).search_system_id("1")
    timeouts = [request.extensions["timeout"] for request in service.sent]
    assert [set(timeout.values()) for timeout in timeouts] == [{30.0}, {5}]


def test_a_kept_connection_that_the_service_has_closed_is_not_used_again(kind: Kind, server: ByteServer) -> None:
    server.hangs_up = lambda _number: True
    with make(kind, server.url) as client:
        for _ in range(3):
            assert client.search_system_id("1") == 67
            # As an application does that works on its result: the event loop sees nothing meanwhile.
            assert server.hung_up.acquire(timeout=PATIENCE)


def test_the_rest_of_an_error_body_that_is_too_long_is_not_waited_for(kind: Kind, server: ByteServer) -> None:
    too_long = b"HTTP/1.1 503 Busy\r\nContent-Length: 100000\r\n\r\nbusy" + b" " * 2000
    server.respond = lambda number: too_long if number == 1 else http()
    with make(kind, server.url, max_response_bytes=1000) as client:
        with pytest.raises(ServiceUnavailableError, match="busy"):
            client.search_system_id("1")
        assert server.hung_up.acquire(timeout=PATIENCE)
        assert client.search_system_id("1") == 67


@pytest.fixture
async def async_client(server: ByteServer) -> AsyncIterator[AsyncEnlighten]:
    async with AsyncEnlighten(KEY, USER, base_url=server.url, max_retries=0, timeout=PATIENCE) as client:
        yield client


async def test_the_wait_for_a_free_connection_has_an_end(server: ByteServer, async_client: AsyncEnlighten) -> None:
    server.responding.clear()
    held = [asyncio.create_task(async_client.search_system_id("1")) for _ in range(100)]
    await server.until(lambda: len(server.heads) == 100)
    with pytest.raises(RequestTimeoutError):
        await async_client.with_options(timeout=0.3).search_system_id("2")
    server.responding.set()
    assert await asyncio.gather(*held) == [67] * 100
    assert len(server.heads) == 100


async def test_no_more_than_a_hundred_connections_are_open_at_once(
    server: ByteServer, async_client: AsyncEnlighten
) -> None:
    server.responding.clear()
    calls = asyncio.gather(*(async_client.search_system_id("1") for _ in range(130)))
    await server.until(lambda: len(server.heads) == 100)
    await asyncio.sleep(0.1)  # for more than may be
    # Now: a server learns of a connection that was closed only after the one that has taken its place.
    assert server.most == 100
    server.responding.set()
    assert await calls == [67] * 130


async def test_a_cancelled_task_leaves_no_connection(server: ByteServer, async_client: AsyncEnlighten) -> None:
    server.responding.clear()
    task = asyncio.create_task(async_client.search_system_id("1"))
    await server.until(lambda: len(server.heads) == 1)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    server.responding.set()
    assert await async_client.search_system_id("1") == 67
    # The one that was given up is not the one that was used again.
    assert server.connections == 2


async def test_a_task_that_is_cancelled_within_a_body_leaves_no_connection(
    server: ByteServer, async_client: AsyncEnlighten
) -> None:
    server.respond = lambda number: http()[:-3] if number == 1 else http()
    task = asyncio.create_task(async_client.search_system_id("1"))
    await server.until(lambda: len(server.heads) == 1)
    await asyncio.sleep(0.05)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await server.until(lambda: server.open == 0)
    assert await async_client.search_system_id("1") == 67
