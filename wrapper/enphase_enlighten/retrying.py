"""The retry layer: what failed for no fault of the request is tried again, after a while."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import tenacity

from .pacing import retry_after

if TYPE_CHECKING:
    from .clock import Clock

RETRIED_STATUSES = frozenset({500, 502, 503, 504})
RETRIED_ERRORS = (httpx.TimeoutException, httpx.NetworkError, httpx.RemoteProtocolError)

_BACKOFF = tenacity.wait_random_exponential(multiplier=0.5, max=30)


def _policy(max_retries: int, max_wait: float) -> dict[str, Any]:
    def wanted(outcome: httpx.Response) -> bool:
        return outcome.status_code in RETRIED_STATUSES

    def asked_wait(state: tenacity.RetryCallState) -> float:
        outcome = state.outcome
        if outcome is None or outcome.failed:
            return 0.0
        return retry_after(outcome.result()) or 0.0

    def given_up(state: tenacity.RetryCallState) -> bool:
        return state.attempt_number > max_retries or asked_wait(state) > max_wait

    def last_outcome(state: tenacity.RetryCallState) -> Any:
        assert state.outcome is not None  # noqa: S101 - tenacity calls this after an attempt
        return state.outcome.result()

    return {
        "retry": tenacity.retry_if_exception_type(RETRIED_ERRORS) | tenacity.retry_if_result(wanted),
        "wait": lambda state: max(asked_wait(state), _BACKOFF(state)),
        "stop": given_up,
        "retry_error_callback": last_outcome,
    }


class RetryTransport(httpx.BaseTransport):
    """Retries what the sync client sends.

    Args:
        inner: The layer below.
        clock: What waits.
        max_retries: How often a request is sent again at most. A request that waits for its quota is sent no more often
            for that.
        max_wait: The longest `Retry-After` that is waited for, in seconds; with a longer one the answer is given back,
            since an earlier attempt would be in vain.
    """

    def __init__(self, inner: httpx.BaseTransport, clock: Clock, max_retries: int, max_wait: float) -> None:
        self._inner = inner
        self._retrying = tenacity.Retrying(sleep=clock.sleep, **_policy(max_retries, max_wait))

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request, again if need be."""
        return self._retrying(self._inner.handle_request, request)

    def close(self) -> None:
        """Close the layers below."""
        self._inner.close()


class AsyncRetryTransport(httpx.AsyncBaseTransport):
    """Retries what the async client sends; see `RetryTransport`."""

    def __init__(self, inner: httpx.AsyncBaseTransport, clock: Clock, max_retries: int, max_wait: float) -> None:
        self._inner = inner
        self._retrying = tenacity.AsyncRetrying(sleep=clock.asleep, **_policy(max_retries, max_wait))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request, again if need be."""
        return await self._retrying(self._inner.handle_async_request, request)

    async def aclose(self) -> None:
        """Close the layers below."""
        await self._inner.aclose()
