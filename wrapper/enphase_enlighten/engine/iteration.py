"""Handing on the rows of an operation, and how they end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..errors import EnlightenError
from .steps import Rows

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Sequence

    from .steps import Batch, Outcome, Stream

_NOTHING_LEFT = object()


class End:
    """What follows the rows of a sync iteration: nothing, or an error where an earlier one ended them.

    A generator that has raised is at its end: whoever went on after an error would take what came until then for all
    there is.

    Attributes:
        reached: Whether there are no more rows.
    """

    reached = False

    def __iter__(self) -> End:
        return self

    def __next__(self) -> Any:
        if self.reached:
            raise StopIteration
        raise _broken_off()


class AsyncRows:
    """The rows of an operation, carried out as far as they are asked for.

    Not an async generator: one of those that is left early stays suspended until the event loop's own clearing up,
    and complains when there is no loop any more. Nothing is under way between two rows here, so that leaving leaves
    nothing behind.
    """

    def __init__(self, stream: Stream, send: Callable[[Batch], Awaitable[Sequence[Outcome]]]) -> None:
        self._stream = stream
        self._send = send
        self._rows: Iterator[Any] = iter(())
        self._busy = False
        self._broken_off = False

    def __aiter__(self) -> AsyncRows:
        return self

    async def __anext__(self) -> Any:
        row = next(self._rows, _NOTHING_LEFT)
        if row is not _NOTHING_LEFT:
            return row
        if self._busy:
            raise RuntimeError("two tasks advance one iteration: give each its own, or let one hand out the rows")
        if self._broken_off:
            raise _broken_off()
        self._busy = True
        try:
            return await self._following()
        except StopAsyncIteration:
            raise
        except BaseException:
            self._broken_off = True
            self._stream.close()
            raise
        finally:
            self._busy = False

    async def aclose(self) -> None:
        """End the iteration; it has no more rows."""
        self._rows = iter(())
        self._broken_off = False
        self._stream.close()

    async def _following(self) -> Any:
        outcomes: Any = None
        while True:
            try:
                step = self._stream.send(outcomes)
            except StopIteration:
                raise StopAsyncIteration from None
            if not isinstance(step, Rows):
                outcomes = await self._send(step)
                continue
            outcomes = None
            self._rows = iter(step.rows)
            row = next(self._rows, _NOTHING_LEFT)
            if row is not _NOTHING_LEFT:
                return row


def _broken_off() -> EnlightenError:
    return EnlightenError(
        "An error, a timeout or a cancellation came before the next row: the iteration was broken off; iterate the "
        "series anew, from the last row that came."
    )
