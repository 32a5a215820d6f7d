"""Calls of the wrapper's public methods, sync and async, with everything that can be seen of them."""

from __future__ import annotations

import asyncio
import warnings
from typing import TYPE_CHECKING, Any, NamedTuple

from enphase_enlighten import AsyncEnlighten, Enlighten, EnlightenError, MissingHistoryWarning
from tests.support.v2_calls import CALLS

from .exchanges import RecordingTransport

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import httpx

    from enlighten_mock import SimulatedAPI

    from .exchanges import RecordedExchange


class Outcome(NamedTuple):
    """The outcome of a call.

    Attributes:
        result: The result of the method, lazy series as lists; None where it raised an error.
        error: The error.
        exchanges: The requests and responses; none of a call over a network.
        warned: The messages of its warnings about missing history.
    """

    result: Any
    error: EnlightenError | None
    exchanges: Sequence[RecordedExchange]
    warned: Sequence[str]


class Caller:
    """Calls the wrapper's methods over a transport that records the exchanges.

    Args:
        inner: The transport that sends requests; None for the network, where nothing is recorded.
        api: The simulated API whose clock and credentials are used.
        options: Further arguments of the clients.
    """

    def __init__(self, inner: httpx.BaseTransport | None, api: SimulatedAPI, **options: Any) -> None:
        self._inner = inner
        self._options = {
            "api_key": api.api_key,
            "user_id": api.user_id,
            "base_url": api.base_url,
            "clock": api.clock,
            "max_retries": 0,
            "max_wait": 0,
            **options,
        }

    def call(
        self, operation_id: str, arguments: Mapping[str, Any], *, models: bool = False, sync: bool = True
    ) -> Outcome:
        """Call the method of an operation.

        Args:
            operation_id: The operation.
            arguments: Keyword arguments.
            models: Whether an interval series is read as models in place of rows.
            sync: Whether the sync client is called, or the async one.

        Raises:
            Exception: The method raised something that is no `EnlightenError`, which it never should.
        """
        transport = None if self._inner is None else RecordingTransport(self._inner)
        result, error = None, None
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            try:
                if sync:
                    result = self._result(transport, operation_id, arguments, models=models)
                else:
                    result = _RUNNER.run(self._async_result(transport, operation_id, arguments, models=models))
            except EnlightenError as raised:
                error = raised
        return Outcome(result, error, transport.exchanges if transport else (), _about_history(caught))

    def _result(
        self, transport: RecordingTransport | None, operation_id: str, arguments: Mapping[str, Any], *, models: bool
    ) -> Any:
        with Enlighten(transport=transport, **self._options) as client:
            return CALLS[operation_id].run(client, arguments, models=models)

    async def _async_result(
        self, transport: RecordingTransport | None, operation_id: str, arguments: Mapping[str, Any], *, models: bool
    ) -> Any:
        async with AsyncEnlighten(transport=transport, **{"concurrency": 1, **self._options}) as client:
            return await CALLS[operation_id].run_async(client, arguments, models=models)


def comparable(result: Any) -> Any:
    """Return a result in a form that can be compared with that of another call."""
    if isinstance(result, list | tuple) and not hasattr(result, "_fields"):
        return [comparable(item) for item in result]
    if hasattr(result, "to_dict"):
        return result.to_dict()
    if hasattr(result, "response"):
        return [list(result), None if result.response is None else result.response.to_dict()]
    return result


def _about_history(caught: Iterable[warnings.WarningMessage]) -> list[str]:
    messages = []
    for warning in caught:
        if issubclass(warning.category, MissingHistoryWarning):
            messages.append(str(warning.message))
        else:
            assert issubclass(warning.category, DeprecationWarning), f"the wrapper warned: {warning.message}"
    return messages


_RUNNER = asyncio.Runner()
