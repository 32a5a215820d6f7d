"""Credentials reach the service, and nothing else: they are put on below whatever instruments httpx."""

from __future__ import annotations

import logging
import ssl
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from attrs import define, frozen

from enphase_enlighten import AsyncEnlighten, ConnectionFailedError, Enlighten, Exchange
from tests.support.loopback import Proxy, Received, Service
from tests.support.watching import TRACE, Span, instrumented, reachable, shown

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.clients import Kind

KEY, USER = "s3cr3t key/of+the app", "s3cr3t-user&id"
SECRET = "s3cr3t"
SIGNATURE = "key=s3cr3t+key%2Fof%2Bthe+app&user_id=s3cr3t-user%26id"


@frozen
class Way:
    """How requests get to the service."""

    encrypted: bool = False
    http2: bool = False
    proxied: bool = False


WAYS = {
    "plain": Way(),
    "encrypted": Way(encrypted=True),
    "HTTP/2": Way(encrypted=True, http2=True),
    "forwarded": Way(proxied=True),
    "tunnel": Way(encrypted=True, proxied=True),
    "tunnel, HTTP/2": Way(encrypted=True, http2=True, proxied=True),
}


@define
class World:
    """The service, the proxy, and how a client gets there."""

    way: Way
    service: Service
    proxy: Proxy
    verify: ssl.SSLContext

    def own(self) -> dict[str, Any]:
        """Options for a client that makes its transport itself."""
        return {"verify": self.verify, "proxy": self.proxy.url if self.way.proxied else None}

    def given(self, kind: Kind) -> dict[str, Any]:
        """Options for a client that is given httpx's transport."""
        make: Any = httpx.AsyncHTTPTransport if kind.is_async else httpx.HTTPTransport
        return {"transport": make(http2=self.way.http2, **self.own())}

    def options(self, kind: Kind) -> dict[str, Any]:
        return self.given(kind) if self.way.http2 else self.own()


@pytest.fixture(params=WAYS.values(), ids=list(WAYS))
def world(request: pytest.FixtureRequest, authority: Path) -> Iterator[World]:
    way: Way = request.param
    with ExitStack() as stack:
        service = stack.enter_context(Service(authority if way.encrypted else None, http2=way.http2))
        proxy = stack.enter_context(Proxy())
        yield World(way, service, proxy, ssl.create_default_context(cafile=authority))


@pytest.fixture
def service() -> Iterator[Service]:
    with Service() as service:
        yield service


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> list[Span]:
    return instrumented(monkeypatch)


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> Iterator[Callable[[], list[tuple[str, str]]]]:
    """The loggers and texts of all records, at any level."""
    with caplog.at_level(logging.DEBUG):
        yield lambda: [(each.name, f"{each.getMessage()} {each.msg} {each.args}") for each in caplog.records]


def client(kind: Kind, base_url: str, **options: Any) -> Any:
    return kind.make(KEY, USER, **{"base_url": f"{base_url}/api/v2", "max_retries": 0, **options})


def calls(kind: Kind, base_url: str, **options: Any) -> httpx.Response:
    """Call one operation, and another one by the low-level client, whose response is returned."""
    with client(kind, base_url, **options) as made:
        assert made.search_system_id("1 2") == 67
        low_level = made.low_level
        http = low_level.get_async_httpx_client() if kind.is_async else low_level.get_httpx_client()
        response: httpx.Response = kind.settled(http.get("/systems/67/summary"))
    return response


def search(kind: Kind, base_url: str, **options: Any) -> int:
    with client(kind, base_url, **options) as made:
        number: int = made.search_system_id("1")
    return number


def signed(received: list[Received]) -> list[bool]:
    return [request.target.endswith(f"serial_num=1&{SIGNATURE}") for request in received]


@pytest.mark.parametrize("given", [False, True], ids=["own transport", "given transport"])
def test_the_service_gets_them_and_nothing_that_watches_httpx(
    world: World, kind: Kind, given: bool, spans: list[Span], logged: Callable[[], list[tuple[str, str]]]
) -> None:
    exchanges: list[Exchange] = []
    options = world.given(kind) if given else world.options(kind)

    response = calls(kind, world.service.url, observe=exchanges.append, **options)

    assert [(request.protocol, request.target) for request in world.service.received] == [
        ("HTTP/2" if world.way.http2 else "HTTP/1.1", f"/api/v2{target}{SIGNATURE}")
        for target in ("/systems/search_system_id?serial_num=1+2&", "/systems/67/summary?")
    ]
    # What the instrumentation put on went the same way.
    assert [request.headers["traceparent"] for request in world.service.received] == [TRACE, TRACE]
    assert [span.url.removeprefix(world.service.url) for span in spans] == [
        "/api/v2/systems/search_system_id?serial_num=1+2",
        "/api/v2/systems/67/summary",
    ]
    watched = [
        (span.request.url, span.request.headers, span.request.extensions, span.request.content) for span in spans
    ]
    headers = [span.response and span.response.headers for span in spans]
    seen_above = reachable(watched, headers, response.request, exchanges)
    assert SECRET not in seen_above
    assert [exchange.status for exchange in exchanges] == [200, 200]
    assert {"httpx", "httpcore.connection", f"httpcore.http{'2' if world.way.http2 else '11'}"} <= dict(logged()).keys()
    for logger, text in logged():
        assert SECRET not in text
        # Nor was there anything to mask; hpack, below all, logs the whole head.
        assert "***" not in text or logger.startswith("hpack")


def test_a_proxy_gets_them_only_where_it_is_to_pass_the_request_on(world: World, kind: Kind) -> None:
    assert search(kind, world.service.url, **world.options(kind)) == 67
    assert signed(world.service.received) == [True]
    if world.way.encrypted:
        assert [(each.method, each.target) for each in world.proxy.received] == (
            [("CONNECT", world.service.address)] if world.way.proxied else []
        )
        assert SECRET not in repr(world.proxy.received)
    else:
        assert signed(world.proxy.received) == [True] * world.way.proxied


def test_an_error_shows_them_nowhere(
    world: World, kind: Kind, spans: list[Span], logged: Callable[[], list[tuple[str, str]]]
) -> None:
    world.service.hangs_up = True
    exchanges: list[Exchange] = []
    with pytest.raises(ConnectionFailedError) as caught:
        search(kind, world.service.url, observe=exchanges.append, **world.options(kind))
    assert signed(world.service.received) == [True]
    assert SECRET not in shown(caught.value, __file__)
    assert SECRET not in repr(logged())
    [span], [exchange] = spans, exchanges
    assert SECRET not in f"{span.url} {reachable(span.request.url, span.request.headers, span.request.extensions)}"
    assert exchange.error is not None
    assert SECRET not in reachable(exchange) + shown(exchange.error, __file__)


def test_what_replaces_the_transport_of_httpx_responds_and_nothing_is_sent(
    service: Service, kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As pytest-httpx does, and respx where it mocks httpx.
    mocked: list[httpx.Request] = []

    def handle(_self: object, request: httpx.Request) -> httpx.Response:
        mocked.append(request)
        return httpx.Response(200, json={"system_id": 12})

    async def ahandle(self: object, request: httpx.Request) -> httpx.Response:
        return handle(self, request)

    monkeypatch.setattr(httpx.HTTPTransport, "handle_request", handle)
    monkeypatch.setattr(httpx.AsyncHTTPTransport, "handle_async_request", ahandle)
    assert search(kind, service.url) == 12
    assert str(mocked[0].url) == f"{service.url}/api/v2/systems/search_system_id?serial_num=1"
    assert service.received == []


def forwarded(request: httpx.Request) -> httpx.Response:
    """Send a request by a transport of its own."""
    with httpx.HTTPTransport() as transport:
        response = transport.handle_request(request)
        return httpx.Response(response.status_code, content=response.read())


class Plain(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """A transport of its own kind."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return forwarded(request)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return forwarded(request)


class Poolless(Plain, httpx.HTTPTransport):
    """One of httpx's kind without a connection pool."""

    def __init__(self) -> None:
        """Make no pool."""

    def close(self) -> None:
        """Close nothing."""


class AsyncPoolless(Plain, httpx.AsyncHTTPTransport):
    def __init__(self) -> None:
        """Make no pool."""

    async def aclose(self) -> None:
        """Close nothing."""


class Elsewhere(Plain, httpx.HTTPTransport):
    """One of httpx's kind that sends by other connections than its own."""


class AsyncElsewhere(Plain, httpx.AsyncHTTPTransport):
    pass


class Rewriting(httpx.HTTPTransport):
    """One of httpx's kind that sends another request than the one that it was given."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return super().handle_request(httpx.Request(request.method, request.url, content=request.content))


class Threaded(httpx.HTTPTransport):
    """One of httpx's kind that sends in another thread."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        with ThreadPoolExecutor(1) as threads:
            return threads.submit(super().handle_request, request).result()


class AsyncRewriting(httpx.AsyncHTTPTransport):
    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return await super().handle_async_request(httpx.Request(request.method, request.url, content=request.content))


class AsyncThreaded(httpx.AsyncHTTPTransport):
    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        with ThreadPoolExecutor(1) as threads:
            return threads.submit(forwarded, request).result()


OF_ONES_OWN: dict[str, tuple[Callable[[], Any], Callable[[], Any]]] = {
    "plain": (Plain, Plain),
    "mock": (lambda: httpx.MockTransport(forwarded), lambda: httpx.MockTransport(forwarded)),
    "poolless": (Poolless, AsyncPoolless),
    "elsewhere": (Elsewhere, AsyncElsewhere),
    "rewriting": (Rewriting, AsyncRewriting),
    "threaded": (Threaded, AsyncThreaded),
}


@pytest.mark.parametrize("makers", OF_ONES_OWN.values(), ids=OF_ONES_OWN)
def test_a_transport_of_ones_own_gets_a_signed_copy(makers: Any, service: Service, kind: Kind) -> None:
    exchanges: list[Exchange] = []
    transport = makers[kind.is_async]()
    response = calls(kind, service.url, transport=transport, observe=exchanges.append)
    assert [request.target.endswith(SIGNATURE) for request in service.received] == [True, True]
    assert SECRET not in reachable(response.request, exchanges)


async def test_the_transport_of_httpx_aiohttp_gets_a_signed_copy(service: Service) -> None:
    module = pytest.importorskip("httpx_aiohttp", exc_type=ImportError)
    options: dict[str, Any] = {"base_url": f"{service.url}/api/v2", "transport": module.AiohttpTransport()}
    async with AsyncEnlighten(KEY, USER, **options) as client:
        assert await client.search_system_id("1") == 67
    [request] = service.received
    # It encodes them in its own way.
    sent = httpx.URL(f"{service.url}{request.target}").params
    assert (sent["key"], sent["user_id"]) == (KEY, USER)


def test_another_client_of_the_same_transport_is_not_signed_for(service: Service, spans: list[Span]) -> None:
    del spans  # the instrumentation stays
    transport = httpx.HTTPTransport()
    with (
        Service() as elsewhere,
        httpx.Client(transport=transport) as other,
        Enlighten(KEY, USER, base_url=service.url, transport=transport) as client,
    ):
        assert client.search_system_id("1") == 67
        assert other.get(elsewhere.url).status_code == 200
        assert client.search_system_id("1") == 67
        assert other.get(service.url).status_code == 200
        # While the other one's requests are under way as well.
        with ThreadPoolExecutor(8) as threads:
            theirs = [threads.submit(other.get, elsewhere.url) for _ in range(40)]
            ours = [threads.submit(client.search_system_id, "1") for _ in range(40)]
            assert {each.result().status_code for each in theirs} == {200}
            assert {each.result() for each in ours} == {67}
    assert SECRET not in repr(elsewhere.received)
    assert len(elsewhere.received) == 41
    assert signed(service.received).count(True) == 42


def test_what_an_instrumentation_sends_itself_is_not_signed(
    service: Service, kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    # To report the request, say, over the very transport that it found.
    send, asend = httpx.HTTPTransport.handle_request, httpx.AsyncHTTPTransport.handle_async_request
    with Service() as collector:
        report = f"{collector.url}/report"

        def handle(self: httpx.HTTPTransport, request: httpx.Request) -> httpx.Response:
            send(self, httpx.Request("POST", report, content=str(request.url))).close()
            return send(self, request)

        async def ahandle(self: httpx.AsyncHTTPTransport, request: httpx.Request) -> httpx.Response:
            await (await asend(self, httpx.Request("POST", report, content=str(request.url)))).aclose()
            return await asend(self, request)

        monkeypatch.setattr(httpx.HTTPTransport, "handle_request", handle)
        monkeypatch.setattr(httpx.AsyncHTTPTransport, "handle_async_request", ahandle)
        assert search(kind, service.url) == 67
        assert signed(service.received) == [True]
        assert [request.target for request in collector.received] == ["/report"]
        assert SECRET not in repr(collector.received)
