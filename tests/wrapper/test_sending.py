"""The way of a request when something comes between: interrupts, cancellation, observers, threads, closing."""

from __future__ import annotations

import asyncio
import contextvars
import gc
import logging
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
from enphase_enlighten.quota.stores import MemoryStore

from .loopback import Service

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Generator, Iterator

    from enphase_enlighten.quota.ledger import Ledger

KEY, USER = "key-of-the-app", "user-of-the-app"
START = 1_700_000_040.0


class Clock:
    """A clock that is moved on instead of waited for."""

    def __init__(self) -> None:
        self.moment = START

    def now(self) -> float:
        return self.moment

    def advance(self, seconds: float) -> None:
        self.moment += seconds


def served(_request: httpx.Request) -> httpx.Response:
    return httpx.Response(200, json={"system_id": 67})


def noting(sent: list[httpx.Request]) -> Callable[[httpx.Request], httpx.Response]:
    """Serve requests, and keep them."""

    def handle(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return served(request)

    return handle


def options_of(handle: Callable[[httpx.Request], Any], **options: Any) -> dict[str, Any]:
    return {"transport": httpx.MockTransport(handle), "clock": Clock(), **options}


def search(kind: str, **options: Any) -> int:
    if kind == "sync":
        with Enlighten(KEY, USER, **options) as client:
            return client.search_system_id("1")

    async def carried_out() -> int:
        async with AsyncEnlighten(KEY, USER, **options) as client:
            return await client.search_system_id("1")

    return asyncio.run(carried_out())


# Observers


class UnfitError(Exception):
    pass


def unfit(_exchange: Exchange) -> None:
    raise UnfitError("the disk is full")


def test_an_observer_that_fails_changes_nothing(sender: str, caplog: pytest.LogCaptureFixture) -> None:
    assert search(sender, **options_of(served, observe=unfit)) == 67
    [record] = caplog.records
    assert (record.name, record.levelname) == ("enphase_enlighten", "ERROR")
    assert "observe=" in record.getMessage()
    assert record.exc_info is not None
    assert record.exc_info[0] is UnfitError


def test_an_observer_that_fails_at_a_failure_leaves_the_failure(sender: str) -> None:
    with pytest.raises(ConnectionFailedError, match="SearchSystemId: no whole response"):
        search(sender, **options_of(broken, observe=unfit, max_retries=0))


def broken(_request: httpx.Request) -> httpx.Response:
    raise httpx.ReadError("broken")


async def test_an_observer_that_fails_does_not_swallow_a_cancellation() -> None:
    async def hang(_request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(60)
        raise AssertionError("it was to be cancelled")

    async with AsyncEnlighten(KEY, USER, **options_of(hang, observe=unfit)) as client:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.01):
                await client.search_system_id("1")


def test_a_limit_is_learned_though_the_observer_fails(sender: str) -> None:
    quota = Quota()
    end = START // 60 * 60 + 60
    refusal = {"reason": "409", "message": [], "period": "minute", "period_end": end, "limit": 3}
    options = options_of(lambda _request: httpx.Response(409, json=refusal), observe=unfit, max_wait=0, quota=quota)
    with pytest.raises(UsageLimitExceededError):
        search(sender, **options)
    assert quota.usage(START).per_minute == 3


@pytest.mark.parametrize("observe", ["print", [print], 0])
@pytest.mark.parametrize("kind", [Enlighten, AsyncEnlighten])
def test_an_observer_is_a_function(kind: Any, observe: object) -> None:
    with pytest.raises(ConfigurationError, match="observe="):
        kind(KEY, USER, observe=observe)


@pytest.mark.parametrize("kind", [Enlighten, AsyncEnlighten])
def test_an_observer_is_no_coroutine_function(kind: Any) -> None:
    async def observe(_exchange: Exchange) -> None:
        """Never awaited."""

    with pytest.raises(ConfigurationError, match=r"observe=.*not a coroutine function"):
        kind(KEY, USER, observe=observe)


def test_an_observer_is_told_of_a_low_level_request_as_of_others() -> None:
    seen: list[Exchange] = []
    with Enlighten(KEY, USER, **options_of(served, observe=seen.append, base_url="https://api.example/v2")) as client:
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
def test_a_body_is_closed_when_its_reading_is_interrupted(sender: str, interrupt: type[BaseException]) -> None:
    body = Body(interrupt())
    quota = Quota("watt")
    with pytest.raises(interrupt):
        search(sender, **options_of(lambda _request: httpx.Response(200, stream=body), quota=quota))
    assert body.closed
    # The place is taken for the minute, in which the service may have counted the request, and no longer.
    assert quota.usage(START).minute == 1
    assert quota.usage(START + 61).minute == 0


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


async def test_a_task_that_is_cancelled_while_it_gets_its_place_gives_it_back() -> None:
    store, clock = SlowStore(), Clock()
    quota = Quota(UsagePlan(per_minute=1), store=store)
    options = options_of(served, quota=quota, clock=clock, max_wait=0)
    async with AsyncEnlighten(KEY, USER, **options) as client:
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


async def test_a_timeout_while_a_place_is_got_is_a_timeout() -> None:
    store = SlowStore()
    async with AsyncEnlighten(KEY, USER, **options_of(served, quota=Quota("watt", store=store))) as client:
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
    call: Any = AsyncEnlighten(KEY, USER, **options_of(hang, quota=quota)).search_system_id("1")
    call.send(None)
    contextvars.copy_context().run(call.close) if elsewhere else call.close()
    assert quota.usage(START + 61).minute == 0


def test_an_interrupt_shows_no_credentials_in_its_notes(sender: str) -> None:
    def interrupted(request: httpx.Request) -> httpx.Response:
        error = KeyboardInterrupt()
        error.add_note(f"while sending {request.url}")
        raise error

    with pytest.raises(KeyboardInterrupt) as caught:
        search(sender, **options_of(interrupted))
    assert KEY not in repr(caught.value.__notes__)


# Retries


def test_thousands_of_retries_are_possible(sender: str) -> None:
    with pytest.raises(APIStatusError) as caught:
        search(sender, **options_of(lambda _request: httpx.Response(503), max_retries=3000))
    assert caught.value.attempts == 3001


# Transports of one's own


class Counted(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """A transport that looks empty, as one that counts its requests does at first."""

    def __init__(self) -> None:
        self.requests: list[httpx.Request] = []
        self.closed = 0

    def __len__(self) -> int:
        return 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return served(request)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return self.handle_request(request)

    def close(self) -> None:
        self.closed += 1

    async def aclose(self) -> None:
        self.closed += 1


def test_a_transport_that_looks_empty_is_one(sender: str) -> None:
    transport = Counted()
    assert search(sender, transport=transport) == 67
    assert (len(transport.requests), transport.closed) == (1, 1)


def test_a_transport_may_change_the_timeouts_of_a_request_for_itself(sender: str) -> None:
    seen: list[dict[str, float]] = []

    def patient(request: httpx.Request) -> httpx.Response:
        seen.append(dict(request.extensions["timeout"]))
        request.extensions["timeout"]["read"] = 600.0
        return served(request)

    search(sender, **options_of(patient, timeout=7.5))
    search(sender, **options_of(patient, timeout=7.5))
    assert [timeouts["read"] for timeouts in seen] == [7.5, 7.5]


# The low-level client


def test_a_low_level_request_of_a_closed_client_is_neither_sent_nor_counted() -> None:
    sent: list[httpx.Request] = []
    quota = Quota("watt")
    client = Enlighten(KEY, USER, **options_of(noting(sent), quota=quota))
    before = client.low_level.get_httpx_client()
    client.close()
    after = client.with_options(timeout=1).low_level.get_httpx_client()
    for http in (before, after):
        with pytest.raises(EnlightenError, match="the client is closed"):
            http.get("/systems")
    assert (quota.usage(START).month, sent) == (0, [])


async def test_a_low_level_request_of_a_closed_async_client_is_neither_sent_nor_counted() -> None:
    quota = Quota("watt")
    client = AsyncEnlighten(KEY, USER, **options_of(served, quota=quota))
    http = client.low_level.get_async_httpx_client()
    await client.close()
    with pytest.raises(EnlightenError, match="the client is closed"):
        await http.get("/systems")
    assert quota.usage(START).month == 0


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


def test_low_level_headers_are_sent_once_and_those_given_twice_twice() -> None:
    sent: list[httpx.Request] = []
    with Enlighten(KEY, USER, **options_of(noting(sent))) as client:
        http = client.low_level.get_httpx_client()
        http.get("/systems", headers=[("X-One", "1"), ("X-Two", "1"), ("X-Two", "2"), ("Accept", "text/plain")])
    headers = sent[0].headers
    assert headers.get_list("X-Two", split_commas=True) == ["1", "2"]
    for name, value in (("X-One", "1"), ("Accept", "text/plain"), ("Host", "api.enphaseenergy.com")):
        assert headers.get_list(name) == [value]
    assert len(headers.get_list("User-Agent")) == len(headers.get_list("Accept-Encoding")) == 1


def test_low_level_timeouts_are_those_of_the_request() -> None:
    seen: list[Any] = []

    def handle(request: httpx.Request) -> httpx.Response:
        seen.append(request.extensions["timeout"])
        return served(request)

    with Enlighten(KEY, USER, **options_of(handle, timeout=9)) as client:
        http = client.low_level.get_httpx_client()
        http.get("/systems")
        http.get("/systems", timeout=httpx.Timeout(1, read=None))
    assert seen == [httpx.Timeout(9).as_dict(), httpx.Timeout(1, read=None).as_dict()]


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


def test_what_is_logged_at_each_request_names_operation_and_outcome(
    sender: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, "enphase_enlighten"):
        search(sender, **options_of(served))
    assert [record.getMessage().partition(", attempts")[0] for record in caplog.records] == [
        "SearchSystemId: GET /systems/search_system_id: status 200"
    ]
    gc.collect()
