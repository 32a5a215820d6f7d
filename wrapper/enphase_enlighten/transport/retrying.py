"""The retry layer: what failed for no fault of the request is tried again, after a while."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import httpx

from ..timing.server_clock import retry_after

if TYPE_CHECKING:
    import tenacity

    from ..timing.clock import Clock

RETRIED_STATUSES = frozenset({500, 502, 503, 504})
RETRIED_ERRORS = (httpx.TimeoutException, httpx.NetworkError, httpx.RemoteProtocolError)

FirstOutcome: TypeAlias = httpx.Response | Exception


def _worth_retrying(response: httpx.Response) -> bool:
    return response.status_code in RETRIED_STATUSES


def _policy(max_retries: int, max_wait: float) -> dict[str, Any]:
    import tenacity

    backoff = tenacity.wait_random_exponential(multiplier=0.5, max=30)

    def asked_wait(state: tenacity.RetryCallState) -> float:
        outcome = state.outcome
        if outcome is None or outcome.failed:
            return 0.0
        return retry_after(outcome.result().headers) or 0.0

    def given_up(state: tenacity.RetryCallState) -> bool:
        return state.attempt_number > max_retries or asked_wait(state) > max_wait

    def last_outcome(state: tenacity.RetryCallState) -> Any:
        assert state.outcome is not None  # noqa: S101 - tenacity calls this after an attempt
        return state.outcome.result()

    return {
        "retry": tenacity.retry_if_exception_type(RETRIED_ERRORS) | tenacity.retry_if_result(_worth_retrying),
        "wait": lambda state: max(asked_wait(state), backoff(state)),
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
        self._inner, self._clock, self._max_retries, self._max_wait = inner, clock, max_retries, max_wait

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request, again if need be."""
        first: FirstOutcome
        try:
            first = self._inner.handle_request(request)
            if not _worth_retrying(first):
                return first
        except RETRIED_ERRORS as error:
            first = error
        return self._again(first, request)

    def _again(self, first: FirstOutcome, request: httpx.Request) -> httpx.Response:
        # Imported here, since most programs meet no failure: it takes longer than all of the wrapper.
        import tenacity

        outcomes = [first]

        def attempt() -> httpx.Response:
            return _settled(outcomes.pop()) if outcomes else self._inner.handle_request(request)

        return tenacity.Retrying(sleep=self._clock.sleep, **_policy(self._max_retries, self._max_wait))(attempt)

    def close(self) -> None:
        """Close the layers below."""
        self._inner.close()


class AsyncRetryTransport(httpx.AsyncBaseTransport):
    """Retries what the async client sends; see `RetryTransport`."""

    def __init__(self, inner: httpx.AsyncBaseTransport, clock: Clock, max_retries: int, max_wait: float) -> None:
        self._inner, self._clock, self._max_retries, self._max_wait = inner, clock, max_retries, max_wait

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request, again if need be."""
        first: FirstOutcome
        try:
            first = await self._inner.handle_async_request(request)
            if not _worth_retrying(first):
                return first
        except RETRIED_ERRORS as error:
            first = error
        return await self._again(first, request)

    async def _again(self, first: FirstOutcome, request: httpx.Request) -> httpx.Response:
        import tenacity

        outcomes = [first]

        async def attempt() -> httpx.Response:
            return _settled(outcomes.pop()) if outcomes else await self._inner.handle_async_request(request)

        policy = _policy(self._max_retries, self._max_wait)
        return await tenacity.AsyncRetrying(sleep=self._clock.asleep, **policy)(attempt)

    async def aclose(self) -> None:
        """Close the layers below."""
        await self._inner.aclose()


def _settled(outcome: FirstOutcome) -> httpx.Response:
    if isinstance(outcome, Exception):
        raise outcome
    return outcome
