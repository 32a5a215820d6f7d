"""The way of a request when something comes between: interrupts, cancellation, observers, threads, closing."""

from __future__ import annotations

import asyncio
import contextvars
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from enphase_enlighten import (
    APIStatusError,
    AsyncEnlighten,
    ConfigurationError,
    ConnectionFailedError,
    Enlighten,
    EnlightenError,
    Exchange,
    Quota,
    UsageLimitExceededError,
    UsagePlan,
)
from enphase_enlighten.quota.quota import MemoryStore
from tests.support.clock import NOW
from tests.support.loopback import Service
from tests.support.service import StubService, StubTransport, limit_reached, reply

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Generator, Iterator

    from enphase_enlighten.quota.ledger import Ledger
    from tests.support.clients import Kind
    from tests.support.clock import SettableClock

KEY, USER = "key-of-the-app", "user-of-the-app"
KEYS = {"api_key": KEY, "user_id": USER}


def search(kind: Kind, service: StubService, **options: Any) -> int:
    with kind.client(service, **KEYS, **options) as client:
        number: int = client.search_system_id("1")
    return number


# Observers


class UnfitError(Exception):
    pass


def unfit(_exchange: Exchange) -> None:
    raise UnfitError("the disk is full")


def test_an_observer_that_fails_changes_nothing(
    kind: Kind, service: StubService, caplog: pytest.LogCaptureFixture
) -> None:
    assert search(kind, service, observe=unfit) == 67
    [record] = caplog.records
    assert (record.name, record.levelname) == ("enphase_enlighten", "ERROR")
    assert "observe=" in record.getMessage()
    assert record.exc_info is not None
    assert record.exc_info[0] is UnfitError


def test_an_observer_that_fails_at_a_failure_leaves_the_failure(kind: Kind) -> None:
    with pytest.raises(ConnectionFailedError, match="SearchSystemId: no whole response"):
        search(kind, StubService(always=httpx.ReadError("broken")), observe=unfit, max_retries=0)


async def test_an_observer_that_fails_does_not_swallow_a_cancellation() -> None:
    async def hang(_request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(60)
        raise AssertionError("it was to be cancelled")

    async with StubService().async_client(transport=httpx.MockTransport(hang), observe=unfit) as client:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.01):
                await client.search_system_id("1")


def test_a_limit_is_learned_though_the_observer_fails(kind: Kind) -> None:
    quota = Quota()
    service = StubService(always=limit_reached("minute", NOW // 60 * 60 + 60, 3))
    with pytest.raises(UsageLimitExceededError):
        search(kind, service, observe=unfit, max_wait=0, quota=quota)
    assert quota.usage(NOW).per_minute == 3


@pytest.mark.parametrize("observe", ["print", [print], 0])
@pytest.mark.parametrize("make", [Enlighten, AsyncEnlighten])
def test_an_observer_is_a_function(make: Any, observe: object) -> None:
    with pytest.raises(ConfigurationError, match="observe="):
        make(KEY, USER, observe=observe)


@pytest.mark.parametrize("make", [Enlighten, AsyncEnlighten])
def test_an_observer_is_no_coroutine_function(make: Any) -> None:
    async def observe(_exchange: Exchange) -> None:
        """Never awaited."""

    with pytest.raises(ConfigurationError, match=r"observe=.*not a coroutine function"):
        make(KEY, USER, observe=observe)


def test_an_observer_sees_a_low_level_request_as_others(service: StubService) -> None:
    seen: list[Exchange] = []
    with service.client(observe=seen.append, base_url="https://api.example/v2") as client:
        client.low_level.get_httpx_client().get("/systems", params={"limit": 1, "status[]": ["normal", "comm"]})
    [exchange] = seen
    assert (exchange.path, exchange.query) == ("/systems", {"limit": "1", "status[]": ["normal", "comm"]})


# Interrupts and cancellation


class Body(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that is interrupted in the middle."""

    def __init__(self, interrupt: BaseException) -> None:
        self.interrupt = interrupt
        self.closed = False

    def __iter__(self) -> Iterator[bytes]:
        yield b'{"system'
        raise self.interrupt

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield b'{"system'
        raise self.interrupt

    def close(self) -> None:
        self.closed = True

    async def aclose(self) -> None:
        self.closed = True


@pytest.mark.parametrize("interrupt", [KeyboardInterrupt, SystemExit, asyncio.CancelledError])
def test_a_body_is_closed_when_its_reading_is_interrupted(kind: Kind, interrupt: type[BaseException]) -> None:
    body = Body(interrupt())
    quota = Quota("watt")
    with pytest.raises(interrupt):
        search(kind, StubService(always=httpx.Response(200, stream=body)), quota=quota)
    assert body.closed
    # The place is taken for the minute, in which the service may have counted the request, and no longer.
    assert quota.usage(NOW).minute == 1
    assert quota.usage(NOW + 61).minute == 0


class SlowStore(MemoryStore):
    """A store that takes its time, as a file or Redis may."""

    waits = True

    def __init__(self) -> None:
        super().__init__()
        self.busy = threading.Event()
        self.free = threading.Event()
        self.free.set()

    def change(self, action: Callable[[Ledger], Any]) -> Any:
        self.busy.set()
        assert self.free.wait(60)
        return super().change(action)


async def test_a_task_that_is_cancelled_while_it_gets_its_place_gives_it_back(
    service: StubService, clock: SettableClock
) -> None:
    store = SlowStore()
    quota = Quota(UsagePlan(per_minute=1), store=store)
    async with service.async_client(quota=quota, max_wait=0) as client:
        store.free.clear()
        store.busy.clear()
        # By asyncio itself, from which no scope of anyio shields.
        task = asyncio.create_task(client.search_system_id("1"))
        await asyncio.to_thread(store.busy.wait, 60)
        task.cancel("enough")
        await asyncio.sleep(0.01)
        store.free.set()
        with pytest.raises(asyncio.CancelledError):
            await task
        clock.advance(61)
        assert await client.search_system_id("2") == 67


async def test_a_timeout_while_a_place_is_got_is_a_timeout(service: StubService) -> None:
    store = SlowStore()
    async with service.async_client(quota=Quota("watt", store=store)) as client:
        store.free.clear()
        asyncio.get_running_loop().call_later(0.05, store.free.set)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.01):
                await client.search_system_id("1")
        assert await client.search_system_id("2") == 67


class Never:
    """Is awaited for ever."""

    def __await__(self) -> Generator[None, None, None]:
        yield


@pytest.mark.parametrize("elsewhere", [False, True], ids=["same context", "another context"])
def test_a_call_that_is_given_up_with_its_event_loop_ends_quietly(elsewhere: bool) -> None:
    # Where a loop is stopped, and nobody cancels what it leaves, the coroutine is closed by whoever clears it away.
    async def hang(_request: httpx.Request) -> httpx.Response:
        await Never()
        raise AssertionError("it was to be given up")

    quota = Quota("watt")
    call: Any = StubService().async_client(transport=httpx.MockTransport(hang), quota=quota).search_system_id("1")
    call.send(None)
    contextvars.copy_context().run(call.close) if elsewhere else call.close()
    assert quota.usage(NOW + 61).minute == 0


def test_an_interrupt_shows_no_credentials_in_its_notes(kind: Kind) -> None:
    def interrupted(request: httpx.Request) -> httpx.Response:
        error = KeyboardInterrupt()
        error.add_note(f"while sending {request.url}")
        raise error

    with pytest.raises(KeyboardInterrupt) as caught:
        search(kind, StubService(always=interrupted))
    assert KEY not in repr(caught.value.__notes__)


# Retries


def test_thousands_of_retries_are_possible(kind: Kind) -> None:
    with pytest.raises(APIStatusError) as caught:
        search(kind, StubService(always=httpx.Response(503)), max_retries=3000)
    assert caught.value.attempts == 3001


# Transports of one's own


class Counted(StubTransport):
    """A transport that looks empty, as one that counts its requests does at first."""

    def __len__(self) -> int:
        return 0


def test_a_transport_that_looks_empty_is_one(kind: Kind, service: StubService) -> None:
    assert search(kind, service, transport=Counted(service)) == 67
    assert (len(service.sent), service.closed) == (1, 1)


def test_a_transport_may_change_the_timeouts_of_a_request_for_itself(kind: Kind) -> None:
    seen: list[float] = []

    def patient(request: httpx.Request) -> httpx.Response:
        seen.append(request.extensions["timeout"]["read"])
        request.extensions["timeout"]["read"] = 600.0
        return reply({"system_id": 67})

    service = StubService(always=patient)
    for _ in range(2):
        search(kind, service, timeout=7.5)
    assert seen == [7.5, 7.5]


# The low-level client


async def test_a_low_level_request_of_a_closed_client_is_neither_sent_nor_counted(
    service: StubService, clock: SettableClock
) -> None:
    quota = Quota("watt")
    client, async_client = service.client(quota=quota), service.async_client(quota=quota)
    before, async_http = client.low_level.get_httpx_client(), async_client.low_level.get_async_httpx_client()
    client.close()
    await async_client.close()
    after = client.with_options(timeout=1).low_level.get_httpx_client()
    with pytest.raises(RuntimeError, match="the client has been closed"):
        before.get("/systems")
    with pytest.raises(EnlightenError, match="the client is closed"):
        after.get("/systems")
    with pytest.raises(RuntimeError, match="the client has been closed"):
        await async_http.get("/systems")
    assert (quota.usage(clock.now()).month, service.sent) == (0, [])


def test_credentials_of_the_users_own_do_not_go_beside_those_of_the_client(service: StubService) -> None:
    with service.client() as client:
        client.low_level.get_httpx_client().get("/systems", params={"key": "5", "limit": 2})
    [request] = service.sent
    assert [name for name, _ in request.url.params.multi_items()] == ["limit", "key", "user_id"]
    assert request.url.params["key"] != "5"


@pytest.mark.parametrize(
    ("given", "length"),
    [
        ({"content": b"abc"}, "3"),
        ({"content": iter([b"a", b"bc"])}, "3"),
        ({"json": {"a": 1}}, "7"),
        ({}, "0"),
    ],
    ids=["bytes", "chunks", "json", "none"],
)
def test_a_low_level_body_is_sent_whole_with_its_length(given: dict[str, Any], length: str) -> None:
    with Service() as service, Enlighten(KEY, USER, base_url=service.url) as client:
        assert client.low_level.get_httpx_client().post("/systems", **given).status_code == 200
        [request] = service.received
    assert request.headers.get("content-length") == length
    assert "transfer-encoding" not in request.headers


def test_low_level_headers_are_sent_once_and_those_given_twice_twice(service: StubService) -> None:
    with service.client() as client:
        http = client.low_level.get_httpx_client()
        http.get("/systems", headers=[("X-One", "1"), ("X-Two", "1"), ("X-Two", "2"), ("Accept", "text/plain")])
    headers = service.sent[0].headers
    assert headers.get_list("X-Two", split_commas=True) == ["1", "2"]
    for name, value in (("X-One", "1"), ("Accept", "text/plain"), ("Host", "api.enphaseenergy.com")):
        assert headers.get_list(name) == [value]
    assert len(headers.get_list("User-Agent")) == len(headers.get_list("Accept-Encoding")) == 1


def test_low_level_timeouts_are_those_of_the_request(service: StubService) -> None:
    with service.client(timeout=9) as client:
        http = client.low_level.get_httpx_client()
        http.get("/systems")
        http.get("/systems", timeout=httpx.Timeout(1, read=None))
    timeouts = [request.extensions["timeout"] for request in service.sent]
    assert timeouts == [httpx.Timeout(9).as_dict(), httpx.Timeout(1, read=None).as_dict()]


# Threads


def test_the_first_requests_of_many_threads_share_one_transport(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[httpx.HTTPTransport] = []
    make = httpx.HTTPTransport.__init__

    def counted(self: httpx.HTTPTransport, *args: Any, **options: Any) -> None:
        made.append(self)
        time.sleep(0.01)
        make(self, *args, **options)

    monkeypatch.setattr(httpx.HTTPTransport, "__init__", counted)
    with Service() as service, ThreadPoolExecutor(16) as threads:
        with Enlighten(KEY, USER, base_url=service.url) as client:
            assert list(threads.map(client.search_system_id, map(str, range(64)))) == [67] * 64
        assert len(made) == 1
        assert {request.target.count("key=") for request in service.received} == {1}


def test_a_client_that_is_closed_while_it_sends_ends_the_request_at_once() -> None:
    with Service() as service, ThreadPoolExecutor(1) as threads:
        service.delay.clear()
        client = Enlighten(KEY, USER, base_url=service.url, timeout=60, max_retries=0)
        call = threads.submit(client.search_system_id, "1")
        while not service.received:
            time.sleep(0.001)
        client.close()
        service.delay.set()
        with pytest.raises(EnlightenError):
            call.result(10)
