"""The way of a request: its turn in the quota, its attempts, and the renewal of its signature.

`deliver` says what to do next and does no I/O; `Pipeline` and `AsyncPipeline` do it.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Callable, Collection, Generator
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar
from weakref import WeakKeyDictionary

from attrs import frozen

from ..api import Exchange, Response
from ..errors import EnlightenError
from ..quota.quota import Ticket
from ..timing.clock import instant
from ..timing.server_clock import date_of, retry_after
from .delivery import UndeliveredError
from .network import running_task

if TYPE_CHECKING:
    from collections.abc import Coroutine

    import anyio
    from anyio.lowlevel import RunVar

    from ..api import Authentication, ErrorReader, Observer, Renewal, Request
    from ..quota.ledger import Throttle
    from ..quota.quota import LimitReached, RequestQuota
    from ..timing.clock import Clock, Instant
    from .delivery import Delivery
    from .network import AsyncNetwork, Network

R = TypeVar("R")

RETRIED_STATUSES = frozenset({500, 502, 503, 504})
FIRST_BACKOFF = 0.5
"""Seconds to wait at most before the second attempt; twice as long before each further one."""
LONGEST_BACKOFF = 30.0

logger = logging.getLogger("enphase_enlighten")


@frozen
class Wait:
    """Wait for so many seconds."""

    seconds: float


@frozen
class Reserve:
    """Ask the quota for one request: a `Ticket`, or a `Throttle`."""


@frozen
class Send:
    """Send the request."""


@frozen
class Settle:
    """Tell the quota the outcome of a request: a `Throttle`, where the service refused it.

    Attributes:
        ticket: The request's ticket.
        date: The server's time, if a response told it.
        reached: The limit that is reached, if the response says that one is.
    """

    ticket: Ticket
    date: float | None = None
    reached: LimitReached | None = None


@frozen
class Renew:
    """Renew the signature: whether that may help."""

    renewal: Renewal


Step: TypeAlias = Wait | Reserve | Send | Settle | Renew
DeliverySteps: TypeAlias = Generator[Step, Any, Response]


@frozen
class Rules:
    """What a pipeline goes by.

    Attributes:
        authentication: What requests are signed with.
        errors: Reads which limit is reached.
        max_retries: How often a request is sent again at most after a failure. Waiting for the quota does not count.
        max_wait: The longest that a request may wait for its quota in all its attempts together, and the longest
            `Retry-After` that is waited for, in seconds.
    """

    authentication: Authentication
    errors: ErrorReader
    max_retries: int
    max_wait: float


def deliver(delivery: Delivery, rules: Rules) -> DeliverySteps:
    """Carry a request to its response.

    Raises:
        UndeliveredError: No response came that can be used.
        UsageLimitExceededError: The wait for the quota would be too long, and the service has not refused the request.
    """
    resend, renewed, failures = delivery.request.resend, False, 0
    while True:
        try:
            response = yield from _in_its_turn(delivery, rules)
        except UndeliveredError as failure:
            if failures >= rules.max_retries or not failure.worth_retrying or not (resend or failure.unsent):
                raise
            asked = 0.0
        else:
            if response.status == 401 and not renewed:
                renewal = rules.authentication.renewal(response, delivery.signature)
                renewed = renewal is not None and bool((yield Renew(renewal)))
                if renewed:
                    continue
            if failures >= rules.max_retries or response.status not in RETRIED_STATUSES or not resend:
                return response
            asked = retry_after(response.headers) or 0.0
            if asked > rules.max_wait:
                return response
        yield Wait(max(asked, random.uniform(0, min(FIRST_BACKOFF * 2 ** min(failures, 16), LONGEST_BACKOFF))))  # noqa: S311 - only spread
        failures += 1


def _in_its_turn(delivery: Delivery, rules: Rules) -> DeliverySteps:
    """Carry out one attempt within the quota, again where the service refuses it for the quota's sake."""
    refused: Response | None = None
    while True:
        granted: Ticket | Throttle = yield Reserve()
        if isinstance(granted, Ticket):
            try:
                response: Response = yield Send()
            except BaseException:
                # Whatever became of it, the service may have counted it.
                yield Settle(granted)
                raise
            reached = rules.errors.limit_reached(response) if response.status >= 400 else None
            throttle: Throttle | None = yield Settle(granted, date_of(response.headers), reached)
            if throttle is None:
                return response
            refused = response
        else:
            throttle = granted
        if delivery.waited + throttle.wait > rules.max_wait:
            if refused is not None:
                return refused
            raise throttle.error(delivery.attempts)
        delivery.waited += throttle.wait
        yield Wait(throttle.wait)


class Pipeline:
    """Sends what the sync client sends.

    Args:
        network: The layer below.
        quota: What paces requests.
        clock: Tells the time and waits.
        rules: What else to go by.
        observe: Called after each attempt.
    """

    def __init__(
        self, network: Network, quota: RequestQuota, clock: Clock, rules: Rules, observe: Observer | None = None
    ) -> None:
        self._network, self._quota, self._clock, self._rules, self._observe = network, quota, clock, rules, observe

    @property
    def signed_parameters(self) -> Collection[str]:
        """The names of the query parameters that requests are signed with."""
        return self._rules.authentication.signature()[0].keys()

    def send(self, delivery: Delivery) -> Response:
        """Send a request; see `deliver`."""
        steps = deliver(delivery, self._rules)
        try:
            step = next(steps)
            while True:
                try:
                    result = self._do(step, delivery)
                except BaseException as error:  # noqa: BLE001 - the generator raises it again
                    step = steps.throw(error)
                else:
                    step = steps.send(result)
        except StopIteration as stop:
            response: Response = stop.value
            return response

    def _do(self, step: Step, delivery: Delivery) -> Any:
        match step:
            case Reserve():
                now = instant(self._clock)
                delivery.sent_at = now.wall
                return self._quota.reserve(now)
            case Send():
                return self._attempt(delivery)
            case Settle():
                return _settled(self._quota, step, instant(self._clock))
            case Wait():
                return self._clock.sleep(step.seconds)
            case Renew():
                return self._renewed(step.renewal, delivery)

    def _attempt(self, delivery: Delivery) -> Response:
        delivery.attempts += 1
        if self._observe is None:
            return self._network.send(delivery)
        try:
            response = self._network.send(delivery)
        except BaseException as error:
            _tell(self._observe, delivery, self._clock, error=error)
            raise
        _tell(self._observe, delivery, self._clock, status=response.status)
        return response

    def _unsigned(self, request: Request, delivery: Delivery) -> Delivery:
        return self._network.delivery(request, delivery.timeout, delivery.limit, signed=False)

    def _renewed(self, renewal: Renewal, delivery: Delivery) -> bool:
        with self._network.renewing:
            try:
                request = next(renewal)
                while True:
                    request = renewal.send(self._network.send(self._unsigned(request, delivery)))
            except StopIteration as stop:
                return bool(stop.value)
            finally:
                renewal.close()


class _Abandoned(BaseException):
    """Stands for the end of a coroutine: a generator takes GeneratorExit for its own, and must not yield any more."""


class AsyncPipeline:
    """Sends what the async client sends; see `Pipeline`."""

    def __init__(
        self, network: AsyncNetwork, quota: RequestQuota, clock: Clock, rules: Rules, observe: Observer | None = None
    ) -> None:
        self._network, self._quota, self._clock, self._rules, self._observe = network, quota, clock, rules, observe

    @property
    def signed_parameters(self) -> Collection[str]:
        """The names of the query parameters that requests are signed with."""
        return self._rules.authentication.signature()[0].keys()

    async def send(self, delivery: Delivery) -> Response:
        """Send a request; see `deliver`."""
        steps = deliver(delivery, self._rules)
        try:
            step = next(steps)
            while True:
                try:
                    result = await self._do(step, delivery)
                except BaseException as error:  # noqa: BLE001 - the generator raises it again
                    step = steps.throw(_Abandoned() if isinstance(error, GeneratorExit) else error)
                else:
                    step = steps.send(result)
        except StopIteration as stop:
            response: Response = stop.value
            return response
        except _Abandoned:
            raise GeneratorExit from None

    async def _do(self, step: Step, delivery: Delivery) -> Any:
        match step:
            case Reserve():
                now = instant(self._clock)
                delivery.sent_at = now.wall
                return await self._off_the_loop(self._quota.reserve, now)
            case Send():
                return await self._attempt(delivery)
            case Settle():
                return await self._off_the_loop(_settled, self._quota, step, instant(self._clock))
            case Wait():
                return await self._clock.asleep(step.seconds)
            case Renew():
                return await self._renewed(step.renewal, delivery)

    async def _attempt(self, delivery: Delivery) -> Response:
        delivery.attempts += 1
        if self._observe is None:
            return await self._network.send(delivery)
        try:
            response = await self._network.send(delivery)
        except BaseException as error:
            _tell(self._observe, delivery, self._clock, error=error)
            raise
        _tell(self._observe, delivery, self._clock, status=response.status)
        return response

    def _unsigned(self, request: Request, delivery: Delivery) -> Delivery:
        return self._network.delivery(request, delivery.timeout, delivery.limit, signed=False)

    async def _renewed(self, renewal: Renewal, delivery: Delivery) -> bool:
        async with lock_of_the_loop(self._network):
            try:
                request = next(renewal)
                while True:
                    request = renewal.send(await self._network.send(self._unsigned(request, delivery)))
            except StopIteration as stop:
                return bool(stop.value)
            finally:
                renewal.close()

    async def _off_the_loop(self, function: Callable[..., R], *args: object) -> R:
        if not self._quota.store.waits:
            return function(*args)
        import anyio.to_thread

        # Not to be cut short: a ticket that nobody got, or a request whose task was cancelled and that nobody settled,
        # would hold its place until its lease ends.
        with anyio.CancelScope(shield=True):
            result, cancelled = await _to_its_end(anyio.to_thread.run_sync(function, *args))
        if cancelled is not None:
            if isinstance(result, Ticket):
                await self._off_the_loop(_settled, self._quota, Settle(result), instant(self._clock))
            raise cancelled
        return result


async def _to_its_end(call: Coroutine[Any, Any, R]) -> tuple[R, BaseException | None]:
    """Await a call that asyncio must not cut short either, whose cancellation passes through anyio's shields.

    Returns:
        What the call returned, and the cancellation that came meanwhile.
    """
    if running_task() is None:
        return await call, None
    import asyncio

    task, cancelled = asyncio.ensure_future(call), None
    while not task.done():
        try:
            await asyncio.wait([task])
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is not None and task.exception() is not None:
        raise cancelled
    return task.result(), cancelled


def lock_of_the_loop(owner: object) -> anyio.Lock:
    """Return the running event loop's lock of an object: one that waits in another loop could not be woken from it."""
    import anyio

    locks = _locks().get(None)
    if locks is None:
        locks = WeakKeyDictionary()
        _locks().set(locks)
    return locks.setdefault(owner, anyio.Lock())


@cache
def _locks() -> RunVar[WeakKeyDictionary[object, anyio.Lock]]:
    from anyio.lowlevel import RunVar

    return RunVar("enphase_enlighten.locks")


def _tell(
    observe: Observer,
    delivery: Delivery,
    clock: Clock,
    *,
    status: int | None = None,
    error: BaseException | None = None,
) -> None:
    """Tell the observer of an attempt. An error of its own changes nothing for the request, and is logged."""
    request, seconds = delivery.request, clock.now() - delivery.sent_at
    shown = error.error if isinstance(error, UndeliveredError) else error
    exchange = Exchange(
        request.operation,
        request.method,
        request.path,
        request.params,
        delivery.attempts,
        delivery.sent_at,
        seconds,
        status,
        shown,
    )
    try:
        observe(exchange)
    except Exception:
        logger.exception("%s: observe= raised an error", request.operation)


def _settled(quota: RequestQuota, step: Settle, now: Instant) -> Throttle | None:
    if step.date is not None:
        quota.server_clock.learn(step.date, step.ticket.since, now)
    try:
        return quota.settle(step.ticket, now, step.date, step.reached)
    except EnlightenError as error:
        # The response came and is paid for. Its place stays taken until its lease ends, so nothing is overspent.
        logger.warning("The quota could not be told of a response: %s", error)
        return None
