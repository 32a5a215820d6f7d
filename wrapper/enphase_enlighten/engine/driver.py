"""Driving operations: sending what they ask for and handing on what they yield, sync and async."""

from __future__ import annotations

import threading
from contextlib import nullcontext
from functools import cache
from http.cookiejar import CookieJar, DefaultCookiePolicy
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakKeyDictionary

import httpx

from ..errors import EnlightenError
from ..transport.layers import (
    AsyncCredentialsTransport,
    AsyncSharedTransport,
    AsyncWholeBodyTransport,
    CredentialsTransport,
    SharedTransport,
    WholeBodyTransport,
)
from ..transport.outgoing import HEADERS, Outgoing, complete
from ..transport.pacing import AsyncQuotaTransport, QuotaTransport
from ..transport.retrying import AsyncRetryTransport, RetryTransport
from .iteration import AsyncRows, End
from .results import EXPECTED_ERRORS, Exchange, presented
from .steps import Batch, Rows

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Sequence
    from contextlib import AbstractContextManager

    import anyio
    from anyio.lowlevel import RunVar

    from ..api import Request
    from .context import Context
    from .steps import Call, Outcome, Stream

R = TypeVar("R")


class SyncDriver:
    """Carries out operations over an `httpx.Client`."""

    def __init__(self, context: Context, inner: httpx.BaseTransport, lender: SyncDriver | None = None) -> None:
        self.context = context
        self._inner = inner
        self._lender = lender
        settings, clock = context.settings, context.clock
        layers: httpx.BaseTransport = WholeBodyTransport(inner, settings.max_response_bytes)
        layers = CredentialsTransport(layers, context.authentication, settings.base_url, clock.now)
        layers = QuotaTransport(layers, context.quota, clock, settings.max_wait, context.api.errors)
        layers = RetryTransport(layers, clock, settings.max_retries, settings.max_wait)
        # What is learned is shared with the lender, and so is the turn to learn it.
        self.one_at_a_time: threading.Lock = threading.Lock() if lender is None else lender.one_at_a_time
        self._layers = layers
        self._outgoing = Outgoing(settings.base_url, settings.timeout)
        self.http = httpx.Client(transport=layers, **_options(context))

    def with_settings(self, changes: dict[str, Any]) -> SyncDriver:
        """Return a driver with changed settings that shares everything else, and closes nothing of it."""
        return SyncDriver(self.context.changed(changes), SharedTransport(self._inner), self)

    @property
    def is_closed(self) -> bool:
        """Whether the connections are closed: its own, or those that it was lent."""
        return self.http.is_closed or (self._lender is not None and self._lender.is_closed)

    def close(self) -> None:
        """Close the connections."""
        self.http.close()

    def run(self, call: Call[R]) -> R:
        """Carry out an operation to its result."""
        call = presented(call)
        try:
            batch = next(call)
            while True:
                with self._turn(batch):
                    batch = call.send(self._outcomes(batch))
        except StopIteration as stop:
            result: R = stop.value
            return result
        finally:
            call.close()

    def stream(self, stream: Stream) -> Iterator[Any]:
        """Carry out an operation as far as its rows are asked for."""
        end = End()
        return chain(self._rows(presented(stream), end), end)

    def _rows(self, stream: Stream, end: End) -> Iterator[Any]:
        try:
            step = next(stream, None)
            while step is not None:
                if isinstance(step, Rows):
                    yield from step.rows
                    step = next(stream, None)
                else:
                    with self._turn(step):
                        step = _advance(stream, self._outcomes(step))
            end.reached = True
        finally:
            stream.close()

    def _turn(self, batch: Batch) -> AbstractContextManager[object]:
        return nullcontext() if batch.needless is None else self.one_at_a_time

    def _outcomes(self, batch: Batch) -> Sequence[Outcome]:
        if batch.needless is not None and batch.needless():
            return []
        return [self._send(request) for request in batch.requests]

    def _send(self, request: Request) -> Outcome:
        exchange = Exchange(request, self.context.clock)
        try:
            _refuse_closed(self)
            outgoing = self._outgoing.prepared(request, exchange.trail)
            if any(self.http.event_hooks.values()):
                return exchange.answered(self.http.send(complete(outgoing)))
            # `httpx.Client.send` has nothing else to do: redirects, cookies and the reading are ours.
            return exchange.answered(self._layers.handle_request(outgoing))
        except EXPECTED_ERRORS as error:
            return exchange.failed(error)


class AsyncDriver:
    """Carries out operations over an `httpx.AsyncClient`."""

    def __init__(self, context: Context, inner: httpx.AsyncBaseTransport, lender: AsyncDriver | None = None) -> None:
        self.context = context
        self._inner = inner
        self._lender = lender
        settings, clock = context.settings, context.clock
        layers: httpx.AsyncBaseTransport = AsyncWholeBodyTransport(inner, settings.max_response_bytes)
        layers = AsyncCredentialsTransport(layers, context.authentication, settings.base_url, clock.now)
        layers = AsyncQuotaTransport(layers, context.quota, clock, settings.max_wait, context.api.errors)
        layers = AsyncRetryTransport(layers, clock, settings.max_retries, settings.max_wait)
        self._layers = layers
        self._outgoing = Outgoing(settings.base_url, settings.timeout)
        self.http = httpx.AsyncClient(transport=layers, **_options(context))

    def with_settings(self, changes: dict[str, Any]) -> AsyncDriver:
        """Return a driver with changed settings that shares everything else, and closes nothing of it."""
        return AsyncDriver(self.context.changed(changes), AsyncSharedTransport(self._inner), self)

    @property
    def is_closed(self) -> bool:
        """Whether the connections are closed: its own, or those that it was lent."""
        return self.http.is_closed or (self._lender is not None and self._lender.is_closed)

    async def close(self) -> None:
        """Close the connections."""
        await self.http.aclose()

    def one_at_a_time(self) -> anyio.Lock:
        """Return the running event loop's lock of what is learned for all; the lender's, with whom it is shared."""
        if self._lender is not None:
            return self._lender.one_at_a_time()
        import anyio

        locks = _locks().get(None)
        if locks is None:
            locks = WeakKeyDictionary()
            _locks().set(locks)
        return locks.setdefault(self, anyio.Lock())

    async def run(self, call: Call[R]) -> R:
        """Carry out an operation to its result."""
        call = presented(call)
        try:
            batch = next(call)
            while True:
                batch = call.send(await self._outcomes(batch))
        except StopIteration as stop:
            result: R = stop.value
            return result
        finally:
            call.close()

    def stream(self, stream: Stream) -> AsyncIterator[Any]:
        """Carry out an operation as far as its rows are asked for."""
        return AsyncRows(presented(stream), self._outcomes)

    async def _outcomes(self, batch: Batch) -> Sequence[Outcome]:
        if batch.needless is None:
            return await self._send_all(batch)
        # What is learned from an answer is learned before the next task runs: nothing is awaited in between.
        async with self.one_at_a_time():
            return [] if batch.needless() else await self._send_all(batch)

    async def _send_all(self, batch: Batch) -> Sequence[Outcome]:
        if len(batch.requests) == 1:
            return [await self._send(batch.requests[0])]
        import anyio

        outcomes: dict[int, Outcome] = {}

        async def send(index: int, request: Request) -> None:
            outcomes[index] = await self._send(request)

        async with anyio.create_task_group() as group:
            for index, request in enumerate(batch.requests):
                group.start_soon(send, index, request)
        return [outcomes[index] for index in range(len(batch.requests))]

    async def _send(self, request: Request) -> Outcome:
        exchange = Exchange(request, self.context.clock)
        try:
            _refuse_closed(self)
            outgoing = self._outgoing.prepared(request, exchange.trail)
            if any(self.http.event_hooks.values()):
                return exchange.answered(await self.http.send(complete(outgoing)))
            # `httpx.AsyncClient.send` has nothing else to do: redirects, cookies and the reading are ours.
            return exchange.answered(await self._layers.handle_async_request(outgoing))
        except EXPECTED_ERRORS as error:
            return exchange.failed(error)


@cache
def _locks() -> RunVar[WeakKeyDictionary[AsyncDriver, anyio.Lock]]:
    """Return where each event loop has its locks: one that waits in another loop could not be woken from here."""
    from anyio.lowlevel import RunVar

    return RunVar("enphase_enlighten.engine.driver")


def _refuse_closed(driver: SyncDriver | AsyncDriver) -> None:
    if driver.is_closed:
        raise EnlightenError(
            "not sent, for the client is closed. Make another one, or stay within its `with` block, also while its "
            "series are iterated."
        )


def _options(context: Context) -> dict[str, Any]:
    return {
        "base_url": context.settings.base_url,
        "headers": HEADERS,
        "timeout": context.settings.timeout,
        "follow_redirects": False,
        "trust_env": False,
        # A request is what the specification says and nothing more: no cookie is kept, so none is sent.
        "cookies": CookieJar(DefaultCookiePolicy(allowed_domains=[])),
    }


def _advance(stream: Stream, outcomes: Sequence[Outcome]) -> Batch | Rows | None:
    try:
        return stream.send(outcomes)
    except StopIteration:
        return None


class SyncClient:
    """What the sync client's methods stand on."""

    _driver: SyncDriver


class AsyncClient:
    """What the async client's methods stand on."""

    _driver: AsyncDriver
