"""Driving operations: sending what they ask for and handing on what they yield, sync and async."""

from __future__ import annotations

import threading
from contextlib import nullcontext
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeVar

from ..errors import EnlightenError
from ..transport.pipeline import AsyncPipeline, Pipeline, Rules, lock_of_the_loop
from .iteration import AsyncRows, End
from .results import EXPECTED_ERRORS, failed, succeeded
from .steps import Batch, Rows

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Sequence
    from contextlib import AbstractContextManager

    import anyio
    import httpx

    from ..api import Request
    from ..transport.network import AsyncNetwork, Network
    from .context import Context
    from .steps import Call, Outcome, Stream

R = TypeVar("R")


class Driver:
    """Carries out operations of the sync client.

    Args:
        context: What the operations of the client share.
        network: What requests are sent with.
        lender: The driver of the client that this one was made from: connections are the lender's.
    """

    def __init__(self, context: Context, network: Network, lender: Driver | None = None) -> None:
        self.context = context
        self._network = network
        self._lender = lender
        self._closed = False
        self._pipeline = Pipeline(network, context.quota, context.clock, _rules(context), context.observe)
        # What is learned is shared with the lender, and so is the turn to learn it.
        self.learning: threading.Lock = threading.Lock() if lender is None else lender.learning
        self._http: httpx.Client | None = None

    def with_settings(self, changes: dict[str, Any]) -> Driver:
        """Return a driver with changed settings that shares everything else, and closes nothing of it."""
        return Driver(self.context.changed(changes), self._network, self)

    @property
    def is_closed(self) -> bool:
        """Whether the connections are closed: its own, or those that it was lent."""
        return self._closed or (self._lender is not None and self._lender.is_closed)

    def close(self) -> None:
        """Close the connections, unless they were lent."""
        self._closed = True
        if self._lender is None:
            self._network.close()

    @property
    def http(self) -> httpx.Client:
        """A client of httpx that sends through the same pipeline, the same one each time."""
        if self._http is None:
            import httpx

            from ..transport.low_level import PipelineTransport, client_options

            settings = self.context.settings
            transport = PipelineTransport(self._pipeline, settings.base_url, settings.max_response_bytes)
            self._http = httpx.Client(transport=transport, **client_options(settings.base_url, settings.timeout))
        return self._http

    def run(self, call: Call[R]) -> R:
        """Carry out an operation to its result."""
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
        return chain(self._rows(stream, end), end)

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
        return nullcontext() if batch.needless is None else self.learning

    def _outcomes(self, batch: Batch) -> Sequence[Outcome]:
        if batch.needless is not None and batch.needless():
            return []
        return [self._send(request) for request in batch.requests]

    def _send(self, request: Request) -> Outcome:
        clock, settings, delivery = self.context.clock, self.context.settings, None
        begun = clock.now()
        try:
            _check_open(self)
            delivery = self._network.delivery(request, settings.timeout, settings.max_response_bytes)
            response = self._pipeline.send(delivery)
        except EXPECTED_ERRORS as error:
            attempts = 0 if delivery is None else delivery.attempts
            return failed(request, error, attempts, clock.now() - begun)
        return succeeded(response, clock.now() - begun)


class AsyncDriver:
    """Carries out operations of the async client; see `Driver`."""

    def __init__(self, context: Context, network: AsyncNetwork, lender: AsyncDriver | None = None) -> None:
        self.context = context
        self._network = network
        self._lender = lender
        self._closed = False
        self._pipeline = AsyncPipeline(network, context.quota, context.clock, _rules(context), context.observe)
        self._http: httpx.AsyncClient | None = None

    def with_settings(self, changes: dict[str, Any]) -> AsyncDriver:
        """Return a driver with changed settings that shares everything else, and closes nothing of it."""
        return AsyncDriver(self.context.changed(changes), self._network, self)

    @property
    def is_closed(self) -> bool:
        """Whether the connections are closed: its own, or those that it was lent."""
        return self._closed or (self._lender is not None and self._lender.is_closed)

    async def close(self) -> None:
        """Close the connections, unless they were lent."""
        self._closed = True
        if self._lender is None:
            await self._network.close()

    @property
    def http(self) -> httpx.AsyncClient:
        """A client of httpx that sends through the same pipeline, the same one each time."""
        if self._http is None:
            import httpx

            from ..transport.low_level import AsyncPipelineTransport, client_options

            settings = self.context.settings
            transport = AsyncPipelineTransport(self._pipeline, settings.base_url, settings.max_response_bytes)
            self._http = httpx.AsyncClient(transport=transport, **client_options(settings.base_url, settings.timeout))
        return self._http

    async def run(self, call: Call[R]) -> R:
        """Carry out an operation to its result."""
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
        return AsyncRows(stream, self._outcomes)

    def learning(self) -> anyio.Lock:
        """Return the lock of what is learned for all; the lender's, with whom it is shared."""
        return lock_of_the_loop(self) if self._lender is None else self._lender.learning()

    async def _outcomes(self, batch: Batch) -> Sequence[Outcome]:
        if batch.needless is None:
            return await self._send_all(batch)
        # What is learned from a response is learned before the next task runs: nothing is awaited in between.
        async with self.learning():
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
        clock, settings, delivery = self.context.clock, self.context.settings, None
        begun = clock.now()
        try:
            _check_open(self)
            delivery = self._network.delivery(request, settings.timeout, settings.max_response_bytes)
            response = await self._pipeline.send(delivery)
        except EXPECTED_ERRORS as error:
            attempts = 0 if delivery is None else delivery.attempts
            return failed(request, error, attempts, clock.now() - begun)
        return succeeded(response, clock.now() - begun)


def _rules(context: Context) -> Rules:
    settings = context.settings
    return Rules(context.authentication, context.api.errors, settings.max_retries, settings.max_wait)


def _check_open(driver: Driver | AsyncDriver) -> None:
    if driver.is_closed:
        raise EnlightenError(
            "not sent: the client is closed. Make another one, or stay within its `with` block, also while its "
            "series are iterated."
        )


def _advance(stream: Stream, outcomes: Sequence[Outcome]) -> Batch | Rows | None:
    try:
        return stream.send(outcomes)
    except StopIteration:
        return None
