"""Closing a client: who closes what, what a closed client says, and that nothing is left behind."""

from __future__ import annotations

import asyncio
import gc
import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from enphase_enlighten import AsyncEnlighten, ConnectionFailedError, Enlighten, EnlightenError
from enphase_enlighten.api import Request
from enphase_enlighten.transport.async_sending import AsyncNetwork
from enphase_enlighten.transport.sending import Network
from enphase_enlighten.v2.authentication import Credentials
from tests.support.byte_server import PATIENCE, ByteServer, http
from tests.support.service import StubService, reply, system

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

    from tests.support.clients import Kind

pytestmark = pytest.mark.lowest

CLOSED = "not sent: the client is closed. Make another one"
NOON = {"start_at": "2026-06-10T12:00", "end_at": "2026-06-10T13:00"}


def test_a_closed_client_says_what_to_do(kind: Kind, service: StubService) -> None:
    client = kind.client(service)
    client.close()
    client.close()
    with pytest.raises(EnlightenError, match=f"Summary: {CLOSED}") as caught:
        client.summary(67)
    assert caught.value.operation == "Summary"
    with pytest.raises(EnlightenError, match=CLOSED):
        list(client.systems())
    assert (service.sent, service.closed) == ([], 1)


def test_leaving_the_context_closes_the_connections(kind: Kind, service: StubService) -> None:
    with kind.client(service) as client:
        assert client.summary(67)
        assert service.closed == 0
    assert service.closed == 1
    with pytest.raises(EnlightenError, match=CLOSED):
        client.summary(67)


async def test_a_client_is_entered_as_itself_and_closed_after_an_error_inside(service: StubService) -> None:
    async def leave_async(client: AsyncEnlighten) -> None:
        async with client as entered:
            assert entered is client
            raise LookupError("of the application")

    def leave(client: Enlighten) -> None:
        with client as entered:
            assert entered is client
            raise LookupError("of the application")

    with pytest.raises(LookupError, match="of the application"):
        await leave_async(service.async_client())
    assert service.closed == 1
    with pytest.raises(LookupError, match="of the application"):
        leave(service.client())
    assert service.closed == 2


def test_a_series_that_outlives_its_client_says_so(kind: Kind, service: StubService) -> None:
    client = kind.client(service)
    series = client.stats(67, **NOON)
    client.close()
    with pytest.raises(EnlightenError, match=CLOSED):
        list(series)


@pytest.fixture
def pages(service: StubService) -> StubService:
    """Gives page after page of two systems."""

    def page(_params: object) -> httpx.Response:
        number = len(service.sent)
        return reply({"systems": [system(number * 10 + n) for n in range(2)], "next": str(number)})

    service.list_systems = page
    return service


def test_a_listing_of_a_client_that_is_closed_meanwhile_ends_in_an_error(pages: StubService) -> None:
    with pages.client() as client:
        systems = iter(client.systems())
        numbers = [next(systems).system_id]
    numbers.append(next(systems).system_id)
    assert numbers == [10, 11]
    with pytest.raises(EnlightenError, match=CLOSED):
        next(systems)
    with pytest.raises(EnlightenError, match="was broken off"):
        next(systems)


async def test_an_async_listing_of_a_client_that_is_closed_meanwhile_ends_in_an_error(pages: StubService) -> None:
    async with pages.async_client() as client:
        systems: Any = aiter(client.systems())
        numbers = [(await anext(systems)).system_id]
    numbers.append((await anext(systems)).system_id)
    assert numbers == [10, 11]
    with pytest.raises(EnlightenError, match=CLOSED):
        await anext(systems)
    assert (len(pages.sent), pages.closed) == (1, 1)


def test_a_client_with_other_options_borrows_the_connections(kind: Kind, service: StubService) -> None:
    with kind.client(service) as client:
        with client.with_options(timeout=1) as other:
            assert len(list(other.systems())) == 1
        assert service.closed == 0
        with pytest.raises(EnlightenError, match=CLOSED):
            other.summary(67)
        assert len(list(client.systems())) == 1
        third = client.with_options(timeout=1).with_options(max_retries=0)
    assert service.closed == 1
    with pytest.raises(EnlightenError, match=CLOSED):
        third.summary(67)
    assert len(service.sent) == 2


async def test_a_client_that_was_never_used_is_closed_without_ado() -> None:
    async with AsyncEnlighten("key", "user") as client:
        pass
    with pytest.raises(EnlightenError, match="closed"):
        await client.search_system_id("1")


async def test_a_closed_client_leaves_no_connection(caplog: pytest.LogCaptureFixture) -> None:
    before = asyncio.all_tasks()
    with ByteServer() as server:
        async with AsyncEnlighten("key", "user", base_url=server.url, max_retries=0) as client:
            await asyncio.gather(*(client.search_system_id("1") for _ in range(5)))
            assert server.open > 0
        await server.until(lambda: server.open == 0)
    del client
    gc.collect()
    await asyncio.sleep(0)
    assert asyncio.all_tasks() == before
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


async def test_a_client_that_is_closed_within_a_body_says_so_at_once() -> None:
    with ByteServer(http()[:-3]) as server:
        client = AsyncEnlighten("key", "user", base_url=server.url, max_retries=0, timeout=PATIENCE)
        task = asyncio.create_task(client.search_system_id("1"))
        await server.until(lambda: len(server.heads) == 1)
        await asyncio.sleep(0.05)
        await client.close()
        with pytest.raises(ConnectionFailedError, match="no whole response"):
            await asyncio.wait_for(task, PATIENCE / 2)
        await server.until(lambda: server.open == 0)


# The transport of a client's own is made when the first request is sent.


class Route:
    """Makes transports, and takes its time over it."""

    def __init__(self, service: StubService) -> None:
        self._service = service
        self.made = 0
        self.begun, self.go_on = threading.Event(), threading.Event()

    def transport(self) -> httpx.BaseTransport:
        self.begun.set()
        assert self.go_on.wait(60)
        self.made += 1
        return self._service.transport()

    def async_transport(self) -> httpx.AsyncBaseTransport:
        self.made += 1
        return self._service.transport()


@pytest.fixture
def route(service: StubService) -> Iterator[Route]:
    route = Route(service)
    yield route
    route.go_on.set()


REQUEST = Request("Summary", "GET", "/systems/67/summary")
ORIGIN, CREDENTIALS = "https://api.example/api/v2", Credentials("key", "user")


def sent(network: Network) -> int:
    return network.send(network.requests.delivery(REQUEST, 1.0, 10_000)).status


def test_threads_that_send_their_first_requests_at_once_share_a_transport(route: Any) -> None:
    network = Network(ORIGIN, CREDENTIALS, route)
    with ThreadPoolExecutor(8) as pool:
        sending = [pool.submit(sent, network) for _ in range(8)]
        assert route.begun.wait(60)
        route.go_on.set()
        assert [each.result() for each in sending] == [200] * 8
    assert route.made == 1


def test_closing_waits_for_a_transport_that_is_being_made(route: Any, service: StubService) -> None:
    network = Network(ORIGIN, CREDENTIALS, route)
    with ThreadPoolExecutor(2) as pool:
        sending = pool.submit(sent, network)
        assert route.begun.wait(60)
        closed = pool.submit(network.close)
        assert not closed.done()
        route.go_on.set()
        closed.result(60)
        sending.result(60)
    assert (route.made, service.closed) == (1, 1)


@pytest.mark.parametrize("used", [True, False])
async def test_after_closing_no_other_transport_is_made(route: Any, service: StubService, used: bool) -> None:
    route.go_on.set()
    network, async_network = Network(ORIGIN, CREDENTIALS, route), AsyncNetwork(ORIGIN, CREDENTIALS, route)
    delivery = network.requests.delivery(REQUEST, 1.0, 10_000)
    if used:
        network.send(delivery)
        await async_network.send(delivery)
    for _ in range(2):
        network.close()
        await async_network.close()
    # As where a client is closed between its own check and the network.
    with pytest.raises(EnlightenError, match="the client was closed meanwhile"):
        network.send(delivery)
    with pytest.raises(EnlightenError, match="the client was closed meanwhile"):
        await async_network.send(delivery)
    assert route.made == service.closed == 2 * used
