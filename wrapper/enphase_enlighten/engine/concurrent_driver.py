"""Driving operations of the async client; see `enphase_enlighten.engine.driver`."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, TypeVar

from ..api import Request
from ..errors import EnlightenError
from ..transport.pipeline import AsyncPipeline, lock_of_the_loop
from .results import EXPECTED_ERRORS, broken_off_error, closed_error, failed, log, logger
from .steps import Rows

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence

    import anyio
    import httpx

    from ..transport.network import AsyncNetwork
    from .context import Context
    from .steps import Batch, Call, Outcome, SeriesSteps, Steps, Stream

R = TypeVar("R")

_NOTHING_LEFT = object()


class AsyncDriver:
    """Carries out operations of the async client.

    Args:
        context: What the operations of the client share.
        network: What requests are sent with.
        lender: The driver of the client that this one was made from: connections are the lender's.
    """

    def __init__(self, context: Context, network: AsyncNetwork, lender: AsyncDriver | None = None) -> None:
        self.context = context
        self._network = network
        self._lender = lender
        self._closed = False
        self._pipeline = AsyncPipeline(network, context.quota, context.clock, context.rules, context.observe)
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
        if self._http is not None:
            await self._http.aclose()
        if self._lender is None:
            await self._network.close()

    @property
    def http(self) -> httpx.AsyncClient:
        """A client of httpx that sends through the same pipeline, the same one each time."""
        if self._http is None:
            from ..transport.low_level import async_pipeline_client

            self._http = async_pipeline_client(self._pipeline, self.context.settings, self._check_open)
        return self._http

    def _check_open(self) -> None:
        if self.is_closed:
            raise closed_error()

    async def run(self, call: Call[R]) -> R:
        """Carry out an operation to its result."""
        steps = call.steps
        try:
            step = next(steps)
            while True:
                step = _resumed(steps, await self._outcome(step))
        except StopIteration as stop:
            result: R = stop.value
            return result
        except EnlightenError as error:
            raise error.during(call.operation).without_frames() from error.__cause__
        finally:
            steps.close()

    def stream(self, stream: Stream) -> AsyncIterator[Any]:
        """Carry out an operation as far as its rows are asked for."""
        return AsyncRows(stream, self._outcome)

    async def _outcome(self, step: Request | Batch) -> Outcome | Sequence[Outcome]:
        """Carry out one step of an operation."""
        if isinstance(step, Request):
            return await self._send(step)
        if step.needless is None:
            return await self._send_all(step.requests)
        # What is learned from a response is learned before the next task runs: nothing is awaited in between.
        async with self.learning():
            return [] if step.needless() else await self._send_all(step.requests)

    def learning(self) -> anyio.Lock:
        """Return the lock of what is learned for all; the lender's, with whom it is shared."""
        return lock_of_the_loop(self) if self._lender is None else self._lender.learning()

    async def _send_all(self, requests: Sequence[Request]) -> Sequence[Outcome]:
        if len(requests) == 1:
            return [await self._send(requests[0])]
        import anyio

        outcomes: dict[int, Outcome] = {}

        async def send(index: int, request: Request) -> None:
            outcomes[index] = await self._send(request)

        async with anyio.create_task_group() as group:
            for index, request in enumerate(requests):
                group.start_soon(send, index, request)
        return [outcomes[index] for index in range(len(requests))]

    async def _send(self, request: Request) -> Outcome:
        settings, clock, delivery = self.context.settings, self.context.clock, None
        begun = clock.now() if logger.isEnabledFor(logging.DEBUG) else None
        try:
            self._check_open()
            delivery = self._network.delivery(request, settings.timeout, settings.max_response_bytes)
            response = await self._pipeline.send(delivery)
        except EXPECTED_ERRORS as error:
            attempts = 0 if delivery is None else delivery.attempts
            if begun is not None:
                log(request, type(getattr(error, "error", error)).__name__, attempts, clock.now() - begun)
            return failed(request, error, attempts)
        if begun is not None:
            log(request, f"status {response.status}", response.attempts, clock.now() - begun)
        return response


def _resumed(steps: Steps[Any] | SeriesSteps, outcome: Outcome | Sequence[Outcome]) -> Any:
    """Resume an operation with the outcome of its step, and return the next step."""
    return steps.throw(outcome) if isinstance(outcome, EnlightenError) else steps.send(outcome)


class AsyncRows:
    """The rows of an operation, carried out as far as they are asked for.

    Not an async generator: one of those that is left early stays suspended until the event loop's own clearing up,
    and complains when there is no loop any more. Nothing is under way between two rows here, so that leaving leaves
    nothing behind.
    """

    def __init__(self, stream: Stream, carry_out: Callable[[Any], Awaitable[Any]]) -> None:
        self._operation = stream.operation
        self._steps = stream.steps
        self._carry_out = carry_out
        self._rows: Iterator[Any] = iter(())
        self._busy = False
        self._broken_off = False

    def __aiter__(self) -> AsyncRows:
        return self

    async def __anext__(self) -> Any:
        row = next(self._rows, _NOTHING_LEFT)
        if row is not _NOTHING_LEFT:
            return row
        if self._busy:
            raise RuntimeError("two tasks advance one iteration: give each its own, or let one hand out the rows")
        if self._broken_off:
            raise broken_off_error()
        self._busy = True
        try:
            return await self._following()
        except StopAsyncIteration:
            raise
        except BaseException as error:
            self._broken_off = True
            self._steps.close()
            if isinstance(error, EnlightenError):
                raise error.during(self._operation).without_frames() from error.__cause__
            raise
        finally:
            self._busy = False

    async def aclose(self) -> None:
        """End the iteration; it has no more rows."""
        self._rows = iter(())
        self._broken_off = False
        self._steps.close()

    async def _following(self) -> Any:
        try:
            step = next(self._steps)
            while True:
                if not isinstance(step, Rows):
                    step = _resumed(self._steps, await self._carry_out(step))
                    continue
                self._rows = iter(step.rows)
                row = next(self._rows, _NOTHING_LEFT)
                if row is not _NOTHING_LEFT:
                    return row
                step = next(self._steps)
        except StopIteration:
            raise StopAsyncIteration from None
