"""Bodies that are handed on as they come."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from ..errors import EnlightenError
from .redaction import redacted

if TYPE_CHECKING:
    import httpx

    from ..credentials.masking import Masking
    from .body import Body


class AsyncOpenBody:
    """The body of a response whose connection is kept until it is closed.

    Args:
        response: The response.
        body: Decompresses what comes.
        masking: Masks the credentials in errors.
    """

    def __init__(self, response: httpx.Response, body: Body, masking: Masking) -> None:
        self._response, self._body, self._masking = response, body, masking
        self._process = os.getpid()
        self._chunks: Any = None
        self._ended = self._closed = False

    @property
    def delimited(self) -> bool:
        """Whether its end can be told from that of the connection: by a terminating chunk, or a length.

        In HTTP/2 each body has an end of its own, and so has what comes over no network.
        """
        headers, version = self._response.headers, self._response.extensions.get("http_version", b"")
        chunked = "chunked" in headers.get("Transfer-Encoding", "").lower()
        return chunked or "Content-Length" in headers or not version.startswith(b"HTTP/1")

    async def read(self) -> bytes | None:
        """Return what comes next, decompressed; None at the end.

        Raises:
            UndeliveredError: Nothing came in time, the connection broke, or what came cannot be decompressed.
            EnlightenError: It was opened in the parent of this process.
        """
        if os.getpid() != self._process:
            raise EnlightenError("the stream belongs to the process in which it began: begin another one in this one.")
        try:
            return await self._read()
        except BaseException as error:  # noqa: BLE001 - whatever it is, its frames hold the signed request
            failure = redacted(error, self._masking)
        raise failure

    async def _read(self) -> bytes | None:
        if self._ended:
            return None
        if self._response.is_stream_consumed:
            self._ended = True
            return self._body.part()
        if self._chunks is None:
            stream: Any = self._response.stream
            self._chunks = stream.__aiter__()
        try:
            chunk = await self._chunks.__anext__()
        except StopAsyncIteration:
            self._ended = True
            self._body.check_end()
            return None
        return self._body.part(chunk)

    async def close(self) -> None:
        """Give the connection back, or close it where the body has not ended."""
        # In the child of a fork it is the parent's, and so are the locks of its pool.
        if not self._closed and os.getpid() == self._process:
            self._closed = True
            await self._response.aclose()
