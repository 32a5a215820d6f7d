# Generated from async_driver.py by scripts/generate_sync.py: edit that file, then run `make generate`.
"""Driving operations of the sync client: sending what they ask for and handing on what they yield."""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from ..api import Request, Response
from ..errors import EnlightenError
from ..event_loops import Flattened, Lock, each
from ..transport.sending import Network, Pipeline
from .requests import load_all
from .results import EXPECTED_ERRORS, BrokenOff, failed, log, logger
from .steps import Batch, Call, Live, Message, Outcome, Receive, Rows, SeriesSteps, Steps, Stream

if TYPE_CHECKING:
    import httpx

    from ..quota.quota import RequestQuota
    from .context import Context

R = TypeVar("R")


class _End(NamedTuple):
    """Stands for the step after the last one of an operation: a coroutine cannot raise StopIteration.

    Attributes:
        value: The result of the operation.
    """

    value: Any


class Driver:
    """Carries out operations of the sync client.

    Args:
        context: What the operations of the client share.
        network: What requests are sent with.
        quota: What paces them.
        lender: The driver of the client that this one was made from: connections are the lender's.
    """

    def __init__(self, context: Context, network: Network, quota: RequestQuota, lender: Driver | None = None) -> None:
        self.context = context
        self._network = network
        self._quota = quota
        self._lender = lender
        self._closed = False
        self._pipeline = Pipeline(network, quota, context.clock, context.rules, context.observe)
        # What is learned is shared with the lender, and so is the turn to learn it.
        self.learning: Lock = Lock() if lender is None else lender.learning
        self._http: httpx.Client | None = None

    def with_settings(self, changes: dict[str, Any]) -> Driver:
        """Return a driver with changed settings that shares everything else, and closes nothing of it."""
        return Driver(self.context.changed(changes), self._network, self._quota, self)

    def prepare(self) -> None:
        """Do what the first requests would have to: find and compile what takes time, and load certificates."""
        load_all(self.context.api)
        _ = self._network.requests.masking.pattern
        self._network.prepare()

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
            raise EnlightenError(
                "not sent: the client is closed. Make another one, or stay within its `with` block, also while its "
                "series are iterated."
            )

    def run(self, call: Call[R]) -> R:
        """Carry out an operation to its result."""
        steps = call.steps
        try:
            step = self._carried_out(None, steps)
            while not isinstance(step, _End):
                step = self._carried_out(step, steps)
        except EnlightenError as error:
            raise error.during(call.operation).without_frames() from error.__cause__
        finally:
            steps.close()
        result: R = step.value
        return result

    def stream(self, stream: Stream) -> Iterator[Any]:
        """Carry out an operation as far as its rows are asked for."""
        return Flattened(Portions(stream, self._carried_out))

    def live(self, live: Live) -> Generator[Any]:
        """Carry out an operation whose response is handed on as it comes, and close it when that ends in any way.

        A generator, in contrast to other operations: one that is left early has a connection, which the event loop
        gives back when nobody has the generator any more.
        """
        steps, opened = live.steps, None
        outcome: Outcome | bytes | None
        try:
            step = next(steps)
            while True:
                if isinstance(step, Message):
                    yield step.value
                    outcome = None
                elif isinstance(step, Receive):
                    outcome = self._received(live.operation, opened)
                else:
                    outcome = self._send(step)
                    opened = outcome.opened if isinstance(outcome, Response) else None
                step = steps.throw(outcome) if isinstance(outcome, EnlightenError) else steps.send(outcome)
        except StopIteration:
            return
        except EnlightenError as error:
            raise error.during(live.operation).without_frames() from error.__cause__
        finally:
            steps.close()
            if opened is not None:
                opened.close()

    @staticmethod
    def _received(operation: str, opened: Any) -> bytes | EnlightenError | None:
        """Receive the next part of a response, or the error that came instead."""
        try:
            received: bytes | None = opened.read()
        except EXPECTED_ERRORS as error:
            return failed(Request(operation, "GET", ""), error, 1)
        return received

    def _carried_out(self, step: Request | Batch | Rows | None, steps: Steps[Any] | SeriesSteps) -> Any:
        """Carry out one step of an operation, if it asks for anything, and return the next one."""
        try:
            if isinstance(step, Request):
                outcome = self._send(step)
                return steps.throw(outcome) if isinstance(outcome, EnlightenError) else steps.send(outcome)
            if not isinstance(step, Batch):
                return next(steps)
            if step.needless is None:
                return steps.send(self._send_all(step.requests))
            # What is learned from the responses is learned before another has its turn.
            with self.learning:
                return steps.send([] if step.needless() else self._send_all(step.requests))
        except StopIteration as stop:
            return _End(stop.value)

    def _send_all(self, requests: Sequence[Request]) -> Sequence[Outcome]:
        if len(requests) == 1:
            return [self._send(requests[0])]
        return each(self._send, requests)

    def _send(self, request: Request) -> Outcome:
        settings, clock, delivery = self.context.settings, self.context.clock, None
        begun = clock.now() if logger.isEnabledFor(logging.DEBUG) else None
        try:
            self._check_open()
            delivery = self._network.requests.delivery(request, settings.timeout, settings.max_response_bytes)
            response = self._pipeline.send(delivery)
        except EXPECTED_ERRORS as error:
            attempts = 0 if delivery is None else delivery.attempts
            if begun is not None:
                log(request, type(getattr(error, "error", error)).__name__, attempts, clock.now() - begun)
            return failed(request, error, attempts)
        if begun is not None:
            log(request, f"status {response.status}", response.attempts, clock.now() - begun)
        return response


class Portions:
    """The rows of an operation, carried out as far as they are asked for, in the portions in which they come.

    Not a generator: an asynchronous one that is left early stays suspended until the event loop's own clearing up, and
    complains when there is no loop any more. Nothing is under way between two rows here, so that leaving leaves nothing
    behind.
    """

    def __init__(self, stream: Stream, carry_out: Callable[[Any, SeriesSteps], Any]) -> None:
        self._operation = stream.operation
        self._steps = stream.steps
        self._carry_out = carry_out
        self._busy = False

    def __iter__(self) -> Portions:
        return self

    def __next__(self) -> Iterable[Any]:
        if self._busy:
            return BrokenOff(
                RuntimeError("two threads advance one iteration: give each its own, or let one hand out the rows")
            )
        self._busy, step = True, None
        try:
            while not isinstance(step, _End):
                step = self._carry_out(step, self._steps)
                if isinstance(step, Rows):
                    return step.rows
        except BaseException as error:  # noqa: BLE001 - raised in the place of the rows, now and later
            self._steps.close()
            return BrokenOff(error, self._operation)
        finally:
            self._busy = False
        raise StopIteration

    def close(self) -> None:
        """End the iteration; there are no more rows."""
        self._steps.close()
