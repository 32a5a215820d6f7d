"""The quota layer: each request waits for its turn, and one that was refused is sent again when the period ends.

What it does is written once, as a generator that yields what to do next, and driven by a sync and an async transport.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

import httpx
from attrs import frozen

from ..errors import EnlightenError
from ..quota.quota import Reply, Ticket
from .layers import TRAIL, Trail

if TYPE_CHECKING:
    from ..api import ErrorReader
    from ..quota.ledger import Refusal
    from ..quota.quota import Quota
    from ..timing.clock import Clock

R = TypeVar("R")

logger = logging.getLogger("enphase_enlighten")


@frozen
class Wait:
    """Wait for so many seconds."""

    seconds: float


@frozen
class Reserve:
    """Ask the quota for one request: a `Ticket`, or a `Refusal`."""


@frozen
class Send:
    """Send the request."""


@frozen
class Settle:
    """Tell the quota what became of a request: a `Refusal`, where the service refused it."""

    ticket: Ticket
    reply: Reply | None


Step: TypeAlias = Wait | Reserve | Send | Settle
Pacing: TypeAlias = Generator[Step, Any, httpx.Response]


def paced(trail: Trail, max_wait: float, errors: ErrorReader) -> Pacing:
    """Carry one request through its quota.

    Args:
        trail: What happened to the request so far, in earlier attempts too.
        errors: Reads refusals.
        max_wait: The longest that the request may wait for its quota in all its attempts together, in seconds.

    Raises:
        UsageLimitExceededError: The wait would be longer than that, and the service has not refused the request itself.
    """
    refused: httpx.Response | None = None
    while True:
        granted: Ticket | Refusal = yield Reserve()
        if isinstance(granted, Ticket):
            try:
                response: httpx.Response = yield Send()
            except BaseException:
                # Whatever became of it, the service may have counted it.
                yield Settle(granted, None)
                raise
            refusal: Refusal | None = yield Settle(
                granted, errors.reply(response.status_code, response.headers, response.content)
            )
            if refusal is None:
                return response
            refused = response
        else:
            refusal = granted
        if trail.waited + refusal.wait > max_wait:
            if refused is not None:
                return refused
            raise refusal.error(trail.attempts)
        trail.waited += refusal.wait
        yield Wait(refusal.wait)


class QuotaTransport(httpx.BaseTransport):
    """Paces what the sync client sends."""

    def __init__(
        self, inner: httpx.BaseTransport, quota: Quota, clock: Clock, max_wait: float, errors: ErrorReader
    ) -> None:
        self._inner, self._quota, self._clock, self._max_wait, self._errors = inner, quota, clock, max_wait, errors

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request when its turn has come."""
        pacing = paced(_trail(request), self._max_wait, self._errors)
        step = next(pacing)
        try:
            while True:
                try:
                    result = self._do(step, request)
                except BaseException as error:  # noqa: BLE001 - the generator raises it again
                    step = pacing.throw(error)
                else:
                    step = pacing.send(result)
        except StopIteration as stop:
            response: httpx.Response = stop.value
            return response

    def _do(self, step: Step, request: httpx.Request) -> Any:
        match step:
            case Wait():
                return self._clock.sleep(step.seconds)
            case Reserve():
                return self._quota.reserve(self._clock)
            case Send():
                return self._inner.handle_request(request)
            case Settle():
                return _settled(self._quota, self._clock, step)

    def close(self) -> None:
        """Close the layers below."""
        self._inner.close()


class AsyncQuotaTransport(httpx.AsyncBaseTransport):
    """Paces what the async client sends."""

    def __init__(
        self, inner: httpx.AsyncBaseTransport, quota: Quota, clock: Clock, max_wait: float, errors: ErrorReader
    ) -> None:
        self._inner, self._quota, self._clock, self._max_wait, self._errors = inner, quota, clock, max_wait, errors

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request when its turn has come."""
        pacing = paced(_trail(request), self._max_wait, self._errors)
        step = next(pacing)
        try:
            while True:
                try:
                    result = await self._do(step, request)
                except BaseException as error:  # noqa: BLE001 - the generator raises it again
                    step = pacing.throw(error)
                else:
                    step = pacing.send(result)
        except StopIteration as stop:
            response: httpx.Response = stop.value
            return response

    async def _do(self, step: Step, request: httpx.Request) -> Any:
        match step:
            case Wait():
                return await self._clock.asleep(step.seconds)
            case Reserve():
                return await self._off_the_loop(self._quota.reserve, self._clock)
            case Send():
                return await self._inner.handle_async_request(request)
            case Settle():
                return await self._off_the_loop(_settled, self._quota, self._clock, step)

    async def _off_the_loop(self, function: Callable[..., R], *args: object) -> R:
        if not self._quota.store.waits:
            return function(*args)
        import anyio.to_thread

        # Not to be cut short: a ticket that nobody got, or a request whose task was cancelled and that nobody settled,
        # would hold its place until its lease ends.
        with anyio.CancelScope(shield=True):
            result = await anyio.to_thread.run_sync(function, *args)
        return result  # noqa: RET504 - in the block it would look as if the scope could swallow it

    async def aclose(self) -> None:
        """Close the layers below."""
        await self._inner.aclose()


def _trail(request: httpx.Request) -> Trail:
    trail: Trail = request.extensions.setdefault(TRAIL, Trail())
    return trail


def _settled(quota: Quota, clock: Clock, step: Settle) -> Refusal | None:
    try:
        return quota.settle(step.ticket, clock, step.reply)
    except EnlightenError as error:
        # The answer is there and paid for. Its place stays taken until its lease ends, so nothing is overspent.
        logger.warning("The quota could not be told of an answer: %s", error)
        return None
