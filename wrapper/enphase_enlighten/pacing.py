"""The quota layer: each request waits for its turn, and one that was refused is sent again when the period ends.

What it does is written once, as a generator that yields what to do next, and driven by a sync and an async transport.
"""

from __future__ import annotations

from collections.abc import Generator
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, TypeAlias

import httpx
from attrs import frozen

from .reading import decode_or_none

if TYPE_CHECKING:
    from .clock import Clock
    from .quota import Quota, Refusal

REFUSED = (409, 429)


@frozen
class Wait:
    """Wait for so many seconds."""

    seconds: float


@frozen
class Reserve:
    """Ask the quota for one request."""


@frozen
class Send:
    """Send the request."""


Step: TypeAlias = Wait | Reserve | Send
Pacing: TypeAlias = Generator[Step, Any, httpx.Response]


def paced(quota: Quota, clock: Clock, max_wait: float) -> Pacing:
    """Carry one request through its quota.

    Args:
        quota: What counts.
        clock: The time.
        max_wait: The longest that the request may wait altogether, in seconds.

    Raises:
        UsageLimitExceededError: The wait would be longer than that, and the request was never sent.
    """
    waited = 0.0
    refused: httpx.Response | None = None
    while True:
        refusal: Refusal | None = yield Reserve()
        if refusal is None:
            sent_at = clock.now()
            response: httpx.Response = yield Send()
            received_at = clock.now()
            quota.observe(date_of(response), sent_at, received_at)
            if response.status_code not in REFUSED:
                return response
            refused = response
            refusal = _refusal(quota, response, received_at)
        if waited + refusal.wait > max_wait:
            if refused is not None:
                return refused
            raise refusal.error()
        yield Wait(refusal.wait)
        waited += refusal.wait


def _refusal(quota: Quota, response: httpx.Response, now: float) -> Refusal:
    body = decode_or_none(response.content)
    fields = body if isinstance(body, dict) else {}
    period, limit, ends = (
        fields.get("period"),
        _number(fields.get("limit")),
        _number(fields.get("period_end")),
    )
    after = retry_after(response, now)
    if ends is None and after is not None:
        ends = int(now + quota.offset + after) + 1
    return quota.refused(now, period if isinstance(period, str) else None, limit, ends)


def _number(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**33 else None


def date_of(response: httpx.Response) -> float | None:
    """The `Date` of an answer as epoch seconds; None where there is none that can be read."""
    return _moment(response.headers.get("Date", ""))


def retry_after(response: httpx.Response, now: float) -> float | None:
    """The seconds that `Retry-After` asks to wait, as seconds or as a date of the server's clock; None without it."""
    value = response.headers.get("Retry-After", "").strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    moment = _moment(value)
    if moment is None:
        return None
    return max(0.0, moment - (date_of(response) or now))


def _moment(value: str) -> float | None:
    try:
        return parsedate_to_datetime(value).timestamp()
    except (ValueError, TypeError, OverflowError):
        return None


class QuotaTransport(httpx.BaseTransport):
    """Paces what the sync client sends."""

    def __init__(self, inner: httpx.BaseTransport, quota: Quota, clock: Clock, max_wait: float) -> None:
        self._inner, self._quota, self._clock, self._max_wait = inner, quota, clock, max_wait

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request when its turn has come."""
        pacing = paced(self._quota, self._clock, self._max_wait)
        step: Step = next(pacing)
        try:
            while True:
                match step:
                    case Wait():
                        self._clock.sleep(step.seconds)
                        step = next(pacing)
                    case Reserve():
                        step = pacing.send(self._quota.reserve(self._clock.now()))
                    case Send():
                        step = pacing.send(self._inner.handle_request(request))
        except StopIteration as stop:
            response: httpx.Response = stop.value
            return response

    def close(self) -> None:
        """Close the layers below."""
        self._inner.close()


class AsyncQuotaTransport(httpx.AsyncBaseTransport):
    """Paces what the async client sends."""

    def __init__(self, inner: httpx.AsyncBaseTransport, quota: Quota, clock: Clock, max_wait: float) -> None:
        self._inner, self._quota, self._clock, self._max_wait = inner, quota, clock, max_wait

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request when its turn has come."""
        pacing = paced(self._quota, self._clock, self._max_wait)
        step: Step = next(pacing)
        try:
            while True:
                match step:
                    case Wait():
                        await self._clock.asleep(step.seconds)
                        step = next(pacing)
                    case Reserve():
                        step = pacing.send(await self._reserve())
                    case Send():
                        step = pacing.send(await self._inner.handle_async_request(request))
        except StopIteration as stop:
            response: httpx.Response = stop.value
            return response

    async def _reserve(self) -> Refusal | None:
        now = self._clock.now()
        if not self._quota.store.waits:
            return self._quota.reserve(now)
        import anyio.to_thread

        return await anyio.to_thread.run_sync(self._quota.reserve, now)

    async def aclose(self) -> None:
        """Close the layers below."""
        await self._inner.aclose()
