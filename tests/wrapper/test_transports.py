"""The connection: proxies, certificates, transports of one's own, and when it is closed."""

from __future__ import annotations

import asyncio
import logging
import socket
import ssl
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from enlighten_v2.api.default import search_system_id
from enphase_enlighten import AsyncEnlighten, ConfigurationError, ConnectionFailedError, Enlighten, EnlightenError
from enphase_enlighten.transport.route import Route

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

pytestmark = pytest.mark.lowest

ANSWER = b'HTTP/1.1 200 OK\r\nContent-Length: 17\r\nSet-Cookie: a=b\r\n\r\n{"system_id": 67}'


@contextmanager
def server() -> Iterator[tuple[str, list[str]]]:
    """A server on loopback that answers everything alike; its URL, and the first lines of what it was asked."""
    asked: list[str] = []
    connections = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                connections.append(connection)
                # A client may hang up at any time.
                with suppress(OSError):
                    while received := connection.recv(65536):
                        asked.append(received.decode("latin-1").partition("\r\n")[0])
                        connection.sendall(ANSWER)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}", asked
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            for connection in connections:
                connection.close()
            thread.join(5)


def search(kind: str, base_url: str, **options: Any) -> int:
    if kind == "sync":
        with Enlighten("key", "user", base_url=base_url, max_retries=0, **options) as client:
            return client.search_system_id("1")

    async def ask() -> int:
        async with AsyncEnlighten("key", "user", base_url=base_url, max_retries=0, **options) as client:
            return await client.search_system_id("1")

    return asyncio.run(ask())


def test_requests_go_straight_to_the_service(sender: str) -> None:
    with server() as (base_url, asked):
        assert search(sender, base_url) == 67
    assert asked == ["GET /systems/search_system_id?serial_num=1&key=key&user_id=user HTTP/1.1"]


@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"])
@pytest.mark.parametrize("scheme", ["http://", ""])
def test_a_proxy_is_used_that_the_environment_names(
    sender: str, variable: str, scheme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with server() as (proxy, asked):
        monkeypatch.setenv(variable, f"{scheme}{proxy.removeprefix('http://')}")
        # The proxy answers as a service would, without any encryption.
        with pytest.raises(ConnectionFailedError):
            search(sender, "https://service.example/v2")
    assert asked[0] == "CONNECT service.example:443 HTTP/1.1"


def test_a_proxy_is_used_that_an_argument_names(sender: str) -> None:
    with server() as (proxy, asked):
        assert search(sender, "http://127.0.0.1:1/v2", proxy=proxy) == 67
    [line] = asked
    assert line.startswith("GET http://127.0.0.1:1/v2/systems/search_system_id?")


@pytest.mark.parametrize("variable", ["HTTP_PROXY", "http_proxy", "ALL_PROXY"])
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_what_goes_to_loopback_stays_there(
    sender: str, variable: str, host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with server() as (proxy, at_proxy), server() as (service, asked):
        monkeypatch.setenv(variable, proxy)
        assert search(sender, service.replace("127.0.0.1", host)) == 67
    assert (len(asked), at_proxy) == (1, [])


def test_an_argument_goes_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("NO_PROXY", "*")
    with server() as (proxy, asked):
        assert search("sync", "http://127.0.0.1:2", proxy=httpx.Proxy(proxy)) == 67
    assert len(asked) == 1


PROXY = "http://proxy.example:3128"


@pytest.mark.parametrize(
    "environment",
    [
        {"HTTPS_PROXY": PROXY},
        {"HTTPS_PROXY": "proxy.example:3128"},
        {"HTTP_PROXY": PROXY},
        {"ALL_PROXY": PROXY},
        {"HTTPS_PROXY": ""},
        *(
            {"HTTPS_PROXY": PROXY, "NO_PROXY": bypassed}
            for bypassed in (
                "*",
                "api.enphaseenergy.com",
                "enphaseenergy.com",
                ".enphaseenergy.com",
                "phaseenergy.com",
                "other.example",
                "other.example, api.enphaseenergy.com",
                "localhost,127.0.0.1",
                "",
            )
        ),
    ],
    ids=str,
)
def test_the_environment_is_read_as_httpx_reads_it(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    url = httpx.URL("https://api.enphaseenergy.com/api/v2")
    with httpx.Client() as theirs:
        # What each would send with: httpx has no public way to ask.
        expected = type(theirs._transport_for_url(url)._pool)  # type: ignore[attr-defined]
        assert type(Route(str(url), None, True).transport()._pool) is expected


@pytest.mark.parametrize("kind", [Enlighten, AsyncEnlighten])
@pytest.mark.parametrize(
    "proxy",
    [
        "user:pass-of-the-proxy@proxy.example:3128",
        "ftp://user:pass-of-the-proxy@proxy.example",
        "http://user:pass-of-the-proxy@",
        "http://user:pass-of-the-proxy@[::1",
        "http://user:pass-of-the-proxy@proxy.example:port",
        "pass-of-the-proxy",
        42,
    ],
)
def test_a_proxy_that_cannot_be_used_is_refused_and_not_shown(
    kind: Any, proxy: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ConfigurationError, match="http://user:password@host:8080") as caught:
        kind("key", "user", proxy=proxy)
    assert "pass-of-the-proxy" not in str(caught.value)
    if isinstance(proxy, str) and "://" in proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy)
        with pytest.raises(ConfigurationError, match="HTTPS_PROXY") as caught:
            kind("key", "user")
        assert "pass-of-the-proxy" not in str(caught.value)


def test_a_socks_proxy_needs_a_package() -> None:
    with pytest.raises(ConfigurationError, match=r"pip install 'httpx\[socks\]'"):
        Enlighten("key", "user", proxy="socks5://127.0.0.1:1")


def test_certificates_are_taken_as_httpx_takes_them(monkeypatch: pytest.MonkeyPatch) -> None:
    Enlighten("key", "user", verify=False).close()
    Enlighten("key", "user", verify=ssl.create_default_context()).close()
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere.pem")
    with pytest.raises(ConfigurationError, match="SSL_CERT_FILE"):
        Enlighten("key", "user")


@pytest.mark.parametrize(
    ("client", "transport"),
    [
        (Enlighten, httpx.AsyncHTTPTransport()),
        (AsyncEnlighten, httpx.HTTPTransport()),
        (Enlighten, "http"),
        (AsyncEnlighten, httpx.MockTransport),
    ],
)
def test_a_transport_of_the_other_kind_is_refused(client: Any, transport: Any) -> None:
    with pytest.raises(ConfigurationError, match="which this client needs"):
        client("key", "user", transport=transport)


def test_the_loggers_of_the_libraries_show_no_credentials(sender: str, caplog: pytest.LogCaptureFixture) -> None:
    with server() as (base_url, _), caplog.at_level(logging.DEBUG):
        search(sender, base_url, proxy=base_url)
        search(sender, base_url)
        with Enlighten("key", "user", base_url=base_url) as client:
            search_system_id.sync(serial_num="1", client=client.low_level)
    expected = {"httpx", "httpcore.connection", "httpcore.http11", "asyncio"}
    assert (expected if sender == "async" else expected - {"asyncio"}) <= {record.name for record in caplog.records}
    for record in caplog.records:
        assert "key=key" not in record.getMessage()
        assert "user_id=user" not in record.getMessage()


class Transport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Gives page after page, and counts what happens to it."""

    def __init__(self) -> None:
        self.asked = self.closed = 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        assert not self.closed
        self.asked += 1
        systems = [{"system_id": self.asked * 10 + n, "timezone": "UTC"} for n in range(2)]
        return httpx.Response(200, json={"systems": systems, "next": str(self.asked)}, request=request)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return self.handle_request(request)

    def close(self) -> None:
        self.closed += 1

    async def aclose(self) -> None:
        self.closed += 1


CLOSED = "not sent: the client is closed. Make another one"


def test_a_closed_client_refuses_with_what_to_do() -> None:
    transport = Transport()
    client = Enlighten("key", "user", transport=transport)
    client.close()
    client.close()
    with pytest.raises(EnlightenError, match=f"Summary: {CLOSED}") as caught:
        client.summary(67)
    assert caught.value.operation == "Summary"
    with pytest.raises(EnlightenError, match=CLOSED):
        list(client.systems())
    assert (transport.asked, transport.closed) == (0, 1)


def test_a_series_of_a_client_that_is_closed_meanwhile_ends_in_an_error() -> None:
    transport = Transport()
    with Enlighten("key", "user", transport=transport) as client:
        systems = iter(client.systems())
        numbers = [next(systems).system_id]
    numbers.append(next(systems).system_id)
    assert numbers == [10, 11]
    with pytest.raises(EnlightenError, match=CLOSED):
        next(systems)
    with pytest.raises(EnlightenError, match="was broken off"):
        next(systems)


async def test_a_closed_async_client_refuses_with_what_to_do() -> None:
    transport = Transport()
    async with AsyncEnlighten("key", "user", transport=transport) as client:
        systems: AsyncIterator[Any] = aiter(client.systems())
        numbers = [(await anext(systems)).system_id]
    numbers.append((await anext(systems)).system_id)
    assert numbers == [10, 11]
    with pytest.raises(EnlightenError, match=CLOSED):
        await anext(systems)
    with pytest.raises(EnlightenError, match=f"Summary: {CLOSED}"):
        await client.summary(67)
    assert (transport.asked, transport.closed) == (1, 1)


def test_a_client_with_other_options_borrows_the_connections() -> None:
    transport = Transport()
    with Enlighten("key", "user", transport=transport) as client:
        with client.with_options(timeout=1) as other:
            assert next(iter(other.systems())).system_id == 10
        assert transport.closed == 0
        with pytest.raises(EnlightenError, match=CLOSED):
            other.summary(67)
        assert next(iter(client.systems())).system_id == 20
        third = client.with_options(timeout=1).with_options(max_retries=0)
    assert transport.closed == 1
    with pytest.raises(EnlightenError, match=CLOSED):
        third.summary(67)
    assert transport.asked == 2


async def test_an_async_client_with_other_options_borrows_the_connections() -> None:
    transport = Transport()
    async with AsyncEnlighten("key", "user", transport=transport) as client:
        async with client.with_options(timeout=1) as other:
            assert (await anext(aiter(other.systems()))).system_id == 10
        assert transport.closed == 0
        assert (await anext(aiter(client.systems()))).system_id == 20
        third = client.with_options(timeout=1)
    assert transport.closed == 1
    with pytest.raises(EnlightenError, match=CLOSED):
        await third.summary(67)


def test_every_request_tells_who_asks() -> None:
    seen = []

    def handle(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json={"system_id": 67})

    search("sync", "https://api.example", transport=httpx.MockTransport(handle))
    assert seen[0].headers["User-Agent"].startswith("enphase-enlighten/")
    assert seen[0].headers["Accept"] == "application/json"
    assert seen[0].headers["Host"] == "api.example"


async def test_a_request_has_no_body_whatever_transport_sends_it() -> None:
    module = pytest.importorskip("httpx_aiohttp", exc_type=ImportError)
    received = bytearray()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        received.extend(await reader.readuntil(b"\r\n\r\n"))
        body = b'{"system_id": 67}'
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        writer.write(head.encode() + b"Connection: close\r\n\r\n" + body)
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as listening:
        base_url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/api/v2"
        transport = module.AiohttpTransport()
        async with AsyncEnlighten("key", "user", base_url=base_url, max_retries=0, transport=transport) as client:
            assert await client.search_system_id("121212121212") == 67
    head = received.decode().lower()
    assert "transfer-encoding" not in head
    assert "content-type" not in head
