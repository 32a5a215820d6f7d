"""The two clients, used in the same way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterable, Awaitable, Iterator
from typing import TYPE_CHECKING, Any, Literal, Self

from enphase_enlighten import AsyncEnlighten, Enlighten
from enphase_enlighten.clients.async_base import AsyncBaseClient

if TYPE_CHECKING:
    from tests.support.service import StubService


class Kind:
    """One of the two kinds of clients; an async one is used like a sync one.

    Args:
        name: Which one.
        debug: Whether the event loop of async clients is in debug mode, in which it logs more.
    """

    def __init__(self, name: Literal["sync", "async"], *, debug: bool = False) -> None:
        self.name = name
        self._runner = asyncio.Runner(debug=debug)

    @property
    def is_async(self) -> bool:
        return self.name == "async"

    def client(self, service: StubService, **options: Any) -> Any:
        """Make a client of a service."""
        return Blocking(service.async_client(**options), self._runner) if self.is_async else service.client(**options)

    def make(self, *args: Any, of: tuple[Any, Any] = (Enlighten, AsyncEnlighten), **options: Any) -> Any:
        """Make a client as its class does, which is one of a pair."""
        client = of[self.is_async](*args, **options)
        return Blocking(client, self._runner) if self.is_async else client

    def settled(self, result: Any) -> Any:
        """Return a result; the one of a coroutine, where it is one."""
        return self._runner.run(_awaited(result)) if isinstance(result, Awaitable) else result

    def close(self) -> None:
        """End the event loop in which async clients are used."""
        self._runner.close()


class Blocking:
    """An async client, series or listing that is used like a sync one.

    Args:
        wrapped: What it stands for.
        runner: Runs what has to be awaited.
    """

    def __init__(self, wrapped: Any, runner: asyncio.Runner) -> None:
        self._wrapped = wrapped
        self._runner = runner

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __iter__(self) -> Iterator[Any]:
        return iter(self._runner.run(_listed(self._wrapped)))

    def __repr__(self) -> str:
        return repr(self._wrapped)

    def __getattr__(self, name: str) -> Any:
        attribute = getattr(self._wrapped, name)
        if not callable(attribute):
            return attribute
        return lambda *args, **kwargs: self._used(attribute(*args, **kwargs))

    def _used(self, result: Any) -> Any:
        if isinstance(result, Awaitable):
            return self._runner.run(_awaited(result))
        return Blocking(result, self._runner) if isinstance(result, AsyncIterable | AsyncBaseClient) else result


async def _awaited(awaitable: Awaitable[Any]) -> Any:
    return await awaitable


async def _listed(series: AsyncIterable[Any]) -> list[Any]:
    return [item async for item in series]
