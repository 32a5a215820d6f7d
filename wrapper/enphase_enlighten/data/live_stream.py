# Generated from async_live_stream.py by scripts/generate_sync.py: edit that file, then run `make generate`.
"""Live streams: messages as they come, of one call."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from typing import TYPE_CHECKING, Generic, Self, TypeVar

from ..errors import EnlightenError
from ..forks import OfThisProcess

if TYPE_CHECKING:
    from ..engine.steps import Live

MessageT = TypeVar("MessageT")


class LiveStream(Iterator[MessageT], OfThisProcess, Generic[MessageT]):
    """The messages of a live stream, as they come; nothing is sent before the first one is asked for.

    It is iterated once: it is one call, and ends with it. The connection is closed when the stream has ended, when
    nobody has the stream any more, or on leaving an ``with`` block, which does so at once.

    Example:
        >>> with client.live_data(system_id, duration=30) as stream:
        ...     for message in stream:
        ...         break
    """

    _instead = "Pickle a list of its messages."

    def __init__(self, source: Live, drive: Callable[[Live], Generator[MessageT]]) -> None:
        self._messages = drive(source)
        self._broken = False

    def __next__(self) -> MessageT:
        if self._broken:
            raise EnlightenError("The stream was broken off by an error or a cancellation. Ask for another one.")
        self._broken = True
        try:
            message = self._messages.__next__()
        except StopIteration:
            self._broken = False
            raise
        self._broken = False
        return message

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection; there are no more messages."""
        self._messages.close()
