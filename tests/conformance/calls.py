"""From the parameters of a request to a call of the wrapper's public method, sync and async."""

from __future__ import annotations

import asyncio
import warnings
from typing import TYPE_CHECKING, Any, NamedTuple

from enphase_enlighten import AsyncEnlighten, Enlighten, EnlightenError, MissingHistoryWarning
from enphase_enlighten.engine.requests import snake_case

from .wire import Catcher

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Mapping, Sequence

    import httpx

    from enlighten_mock import SimulatedAPI

    from .wire import Exchange

INTERVALS = ("Stats", "RgmStats", "ConsumptionStats")
DAILY = ("EnergyLifetime", "ConsumptionLifetime")
LAZY = ("Systems", *INTERVALS)

_ARGUMENTS = {"Systems": {"next": "cursor", "limit": "page_size"}}
"""The arguments that the contract names otherwise than the API."""

_LEFT_OUT = object()


class Outcome(NamedTuple):
    """What became of a call.

    Attributes:
        result: What the method gave, lazy series as lists; None where it raised.
        error: What it raised.
        exchanges: What went over the wire.
        warned: The messages of its warnings that history is missing.
    """

    result: Any
    error: EnlightenError | None
    exchanges: Sequence[Exchange]
    warned: Sequence[str]


def arguments(operation: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Return the keyword arguments for the parameters of a request, by the API's names, credentials left out."""
    renamed = _ARGUMENTS.get(operation, {})
    return {renamed.get(name, name.removesuffix("[]")): value for name, value in parameters.items()}


class Caller:
    """Calls the wrapper's methods over a transport that keeps what goes over the wire.

    Args:
        inner: What answers; None for the network, on which nothing is kept.
        api: Whose clock and credentials are used.
        options: Arguments of the clients beside those.
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

    def call(self, operation: str, given: Mapping[str, Any], *, responses: bool = False) -> Outcome:
        """Call the method of `operation` of the sync client.

        Args:
            operation: An operation id.
            given: Keyword arguments.
            responses: Whether an interval series is read as models instead of rows.

        Raises:
            Exception: The method raised something that is no `EnlightenError`, which it never should.
        """
        caught = None if self._inner is None else Catcher(self._inner)
        result, error = None, None
        with _noted() as warned, Enlighten(transport=caught, **self._options) as client:
            try:
                answer = getattr(client, snake_case(operation))(**given)
                if operation in LAZY:
                    answer = list(answer.responses() if responses else answer)
                result = answer
            except EnlightenError as raised:
                error = raised
        return Outcome(result, error, caught.exchanges if caught else (), _history(warned))

    def acall(self, operation: str, given: Mapping[str, Any], *, responses: bool = False) -> Outcome:
        """Call the method of `operation` of the async client; as `call`."""
        return _RUNNER.run(self._acall(operation, given, responses=responses))

    async def _acall(self, operation: str, given: Mapping[str, Any], *, responses: bool) -> Outcome:
        caught = None if self._inner is None else Catcher(self._inner)
        result, error = None, None
        options = {"concurrency": 1, **self._options}
        with _noted() as warned:
            async with AsyncEnlighten(transport=caught, **options) as client:
                try:
                    answer = getattr(client, snake_case(operation))(**given)
                    if operation in LAZY:
                        result = await _listed(answer.responses() if responses else answer)
                    else:
                        result = await answer
                except EnlightenError as raised:
                    error = raised
        return Outcome(result, error, caught.exchanges if caught else (), _history(warned))


def plain(result: Any) -> Any:
    """Return a result in a form that can be compared with that of another call."""
    if isinstance(result, list | tuple) and not hasattr(result, "_fields"):
        return [plain(item) for item in result]
    if hasattr(result, "to_dict"):
        return result.to_dict()
    if hasattr(result, "response"):
        return [list(result), None if result.response is None else result.response.to_dict()]
    return result


async def _listed(series: AsyncIterator[Any]) -> list[Any]:
    return [item async for item in series]


def _noted() -> Any:
    noted = warnings.catch_warnings(record=True)
    warnings.simplefilter("always")
    return noted


def _history(warned: Iterable[warnings.WarningMessage] | None) -> list[str]:
    others = [
        note for note in warned or () if not issubclass(note.category, MissingHistoryWarning | DeprecationWarning)
    ]
    assert not others, f"the wrapper warned: {others[0].message}"
    return [str(note.message) for note in warned or () if issubclass(note.category, MissingHistoryWarning)]


_RUNNER = asyncio.Runner()
