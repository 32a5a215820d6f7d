"""Driving operations of the sync client: sending what they ask for and handing on what they yield."""

from __future__ import annotations

import logging
import threading
from contextlib import nullcontext
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeVar

from ..api import Request
from ..errors import EnlightenError
from ..transport.pipeline import Pipeline
from .results import EXPECTED_ERRORS, broken_off_error, closed_error, failed, log, logger
from .steps import Rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from contextlib import AbstractContextManager

    import httpx

    from ..transport.network import Network
    from .context import Context
    from .steps import Batch, Call, Outcome, SeriesSteps, Steps, Stream

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
        self._pipeline = Pipeline(network, context.quota, context.clock, context.rules, context.observe)
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
        if self._http is not None:
            self._http.close()
        if self._lender is None:
            self._network.close()

    @property
    def http(self) -> httpx.Client:
        """A client of httpx that sends through the same pipeline, the same one each time."""
        if self._http is None:
            from ..transport.low_level import pipeline_client

            self._http = pipeline_client(self._pipeline, self.context.settings, self._check_open)
        return self._http

    def _check_open(self) -> None:
        if self.is_closed:
            raise closed_error()

    def run(self, call: Call[R]) -> R:
        """Carry out an operation to its result."""
        steps = call.steps
        try:
            step = next(steps)
            while True:
                step = self._carried_out(step, steps)
        except StopIteration as stop:
            result: R = stop.value
            return result
        except EnlightenError as error:
            raise error.during(call.operation).without_frames() from error.__cause__
        finally:
            steps.close()

    def stream(self, stream: Stream) -> Iterator[Any]:
        """Carry out an operation as far as its rows are asked for."""
        end = End()
        return chain(self._rows(stream, end), end)

    def _rows(self, stream: Stream, end: End) -> Iterator[Any]:
        steps = stream.steps
        try:
            step = next(steps)
            while True:
                if isinstance(step, Rows):
                    rows = iter(step.rows)
                    # So that nothing here holds them any more while the next ones are fetched.
                    del step
                    yield from rows
                    step = next(steps)
                else:
                    step = self._carried_out(step, steps)
        except StopIteration:
            end.reached = True
        except EnlightenError as error:
            raise error.during(stream.operation).without_frames() from error.__cause__
        finally:
            steps.close()

    def _carried_out(self, step: Request | Batch, steps: Steps[Any] | SeriesSteps) -> Any:
        """Carry out one step of an operation, and return the next one."""
        if isinstance(step, Request):
            outcome = self._send(step)
            return steps.throw(outcome) if isinstance(outcome, EnlightenError) else steps.send(outcome)
        with self._turn(step):
            return steps.send(self._outcomes(step))

    def _turn(self, batch: Batch) -> AbstractContextManager[object]:
        return nullcontext() if batch.needless is None else self.learning

    def _outcomes(self, batch: Batch) -> Sequence[Outcome]:
        if batch.needless is not None and batch.needless():
            return []
        return [self._send(request) for request in batch.requests]

    def _send(self, request: Request) -> Outcome:
        settings, clock, delivery = self.context.settings, self.context.clock, None
        begun = clock.now() if logger.isEnabledFor(logging.DEBUG) else None
        try:
            self._check_open()
            delivery = self._network.delivery(request, settings.timeout, settings.max_response_bytes)
            response = self._pipeline.send(delivery)
        except EXPECTED_ERRORS as error:
            attempts = 0 if delivery is None else delivery.attempts
            if begun is not None:
                log(request, type(getattr(error, "error", error)).__name__, attempts, clock.now() - begun)
            return failed(request, error, attempts)
        if begun is not None:
            log(request, f"status {response.status}", response.attempts, clock.now() - begun)
        return response


class End:
    """What follows the rows of an iteration: nothing, or an error where an earlier one ended them.

    Attributes:
        reached: Whether there are no more rows.
    """

    reached = False

    def __iter__(self) -> End:
        return self

    def __next__(self) -> Any:
        if self.reached:
            raise StopIteration
        raise broken_off_error()
