"""Live streams: messages as they come, of one call."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Callable
from typing import TYPE_CHECKING, Generic, Self, TypeVar

from ..errors import EnlightenError
from ..forks import OfThisProcess

if TYPE_CHECKING:
    from ..engine.steps import Live

MessageT = TypeVar("MessageT")


class AsyncLiveStream(AsyncIterator[MessageT], OfThisProcess, Generic[MessageT]):
    """The messages of a live stream, as they come; nothing is sent before the first one is asked for.

    It is iterated once: it is one call, and ends with it. The connection is closed when the stream has ended, when
    nobody has the stream any more, or on leaving an ``async with`` block, which does so at once.

    Example:
        >>> async with client.live_data(system_id, duration=30) as stream:
        ...     async for message in stream:
        ...         break
    """

    _instead = "Pickle a list of its messages."

    def __init__(self, source: Live, drive: Callable[[Live], AsyncGenerator[MessageT]]) -> None:
        self._messages = drive(source)
        self._broken = False

    async def __anext__(self) -> MessageT:
        if self._broken:
            raise EnlightenError("The stream was broken off by an error or a cancellation. Ask for another one.")
        self._broken = True
        try:
            message = await self._messages.__anext__()
        except StopAsyncIteration:
            self._broken = False
            raise
        self._broken = False
        return message

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connection; there are no more messages."""
        await self._messages.aclose()
