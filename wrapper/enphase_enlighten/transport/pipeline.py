"""The way of a request: its turn in the quota, its attempts, and the renewal of its signature.

`deliver` says what to do next and does no I/O; `enphase_enlighten.transport.sending` does it.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Generator
from typing import TYPE_CHECKING, Any, TypeAlias

from attrs import frozen

from ..api import Authentication, ErrorReader, Renewal, Response
from ..quota.quota import LimitReached, Ticket
from ..timing.server_clock import ServerTime, retry_after
from .delivery import Delivery, UndeliveredError

if TYPE_CHECKING:
    from ..quota.ledger import Throttle

RETRIED_STATUSES = frozenset({500, 502, 503, 504})
FIRST_BACKOFF = 0.5
"""Seconds to wait at most before the second attempt; twice as long before each further one."""
LONGEST_BACKOFF = 30.0


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
        response: The response, if one came.
        reached: The limit that is reached, if the response says that one is.
        unsent: Whether it is certain that the request was not sent.
    """

    ticket: Ticket
    response: Response | None = None
    reached: LimitReached | None = None
    unsent: bool = False


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
        time: Returns the service's time, as far as known.
    """

    authentication: Authentication
    errors: ErrorReader
    max_retries: int
    max_wait: float
    time: Callable[[], ServerTime]


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
                renewed = renewal is not None and (yield from _renewed(renewal))
                if renewed:
                    continue
            if failures >= rules.max_retries or response.status not in RETRIED_STATUSES or not resend:
                return response
            asked = retry_after(response.headers) or 0.0
            if asked > rules.max_wait:
                return response
        yield Wait(max(asked, random.uniform(0, min(FIRST_BACKOFF * 2 ** min(failures, 16), LONGEST_BACKOFF))))  # noqa: S311 - only spread
        failures += 1


def _renewed(renewal: Renewal) -> Generator[Step, Any, bool]:
    """Renew the signature: whether that may help."""
    try:
        return bool((yield Renew(renewal)))
    except UndeliveredError as error:
        raise error.while_renewing() from None


def _in_its_turn(delivery: Delivery, rules: Rules) -> DeliverySteps:
    """Carry out one attempt within the quota, again where the service refuses it for the quota's sake."""
    refused: Response | None = None
    while True:
        preparation = rules.authentication.preparation(rules.time)
        if preparation is not None:
            yield from _renewed(preparation)
        granted: Ticket | Throttle = yield Reserve()
        if isinstance(granted, Ticket):
            try:
                response: Response = yield Send()
            except BaseException as error:
                # Whatever became of it, the service may have counted it, unless it was cancelled before, or no
                # connection came about.
                failed = isinstance(error, Exception)
                unsent = isinstance(error, UndeliveredError) and error.unsent
                yield Settle(granted, unsent=unsent or not (delivery.sent or failed))
                raise
            reached = rules.errors.limit_reached(response) if response.status >= 400 else None
            throttle: Throttle | None = yield Settle(granted, response, reached)
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
