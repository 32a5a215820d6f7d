"""Decoding an event stream (`text/event-stream`), in whatever chunks it comes; free of I/O."""

from __future__ import annotations

from collections.abc import Iterator

_BOM = b"\xef\xbb\xbf"


_KEPT = 4096
"""Bytes of an event that is too large that are kept, for an excerpt."""


class EventTooLargeError(ValueError):
    """An event is larger than the limit.

    Attributes:
        beginning: How its line begins that is too much.
    """

    def __init__(self, limit: int, beginning: bytes) -> None:
        super().__init__(f"an event is larger than {limit} bytes")
        self.beginning = beginning


class EventDecoder:
    """Turns the bytes of a stream into the data of its events.

    An event is handed on with the end of its empty line, also where that is a lone CR. Names, ids and delays to
    reconnect after are left out, since nothing of ours reads them.

    Args:
        limit: How many bytes an event may have at most.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._line = bytearray()
        self._data: list[bytes] = []
        self._size = 0
        self._begun = self._after_cr = False

    @property
    def incomplete(self) -> bool:
        """Whether an event has begun whose end has not come."""
        return bool(self._data or self._line.lstrip(_BOM))

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """Take in the next bytes, and yield the data of each event that they complete.

        Raises:
            EventTooLargeError: An event is larger than the limit.
        """
        if chunk:
            # The second half of a CRLF may come in a chunk of its own.
            after_cr, self._after_cr = self._after_cr, chunk.endswith(b"\r")
            chunk = chunk.removeprefix(b"\n") if after_cr else chunk
        for piece in chunk.splitlines(keepends=True):
            text = piece.rstrip(b"\r\n")
            self._line += text
            if self._size + len(self._line) > self._limit:
                raise EventTooLargeError(self._limit, bytes(self._line[:_KEPT]))
            if len(text) < len(piece):
                line = bytes(self._line)
                self._line.clear()
                yield from self._take(line)

    def _take(self, line: bytes) -> Iterator[bytes]:
        if not self._begun:
            self._begun, line = True, line.removeprefix(_BOM)
        if not line:
            data, self._data, self._size = self._data, [], 0
            if data:
                yield b"\n".join(data)
            return
        name, _, value = line.partition(b":")
        if name == b"data":
            self._data.append(value.removeprefix(b" "))
            self._size += len(self._data[-1]) + 1
