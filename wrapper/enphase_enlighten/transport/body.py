"""Reading the body of a response: chunk by chunk, decompressed, and never more of it than the limit."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any

import httpx

from ..api import Response
from .delivery import Delivery, UnusableBodyError

if TYPE_CHECKING:
    from ..credentials.masking import Masking

ACCEPTED_ENCODING = "gzip"
"""Asked for with each request. httpx would decompress a whole chunk at once, in several encodings one upon the other:
a small response could then fill the memory before its size is known."""

_KEPT = 4096
"""Bytes of an unusable body that are kept, for an excerpt."""

_TIMES = (b"date", b"retry-after", b"age")
"""Headers that are read as times, in which a short secret may happen to stand."""


class Body:
    """A body that comes in; one that a transport has made with its content is read already, and decompressed.

    That of an error may be unusable: its status says what happened, and its beginning is kept.
    """

    def __init__(self, response: httpx.Response, delivery: Delivery, masking: Masking) -> None:
        self._response, self._delivery, self._masking = response, delivery, masking
        self._status, self._limit = response.status_code, delivery.limit
        self._read = bytearray()
        encodings = "" if response.is_stream_consumed else response.headers.get("Content-Encoding", "")
        named = (name.strip().lower() for name in encodings.split(","))
        self._encodings = [name for name in named if name not in ("", "identity")]
        self._member = _member()
        self._begun = False
        self._given_up = False
        if response.is_stream_consumed:
            self.take(response.content)

    def take(self, chunk: bytes) -> bool:
        """Take in a chunk as it came, and tell whether the next one is wanted.

        Raises:
            UnusableBodyError: The body of a success is too large, or not compressed as was asked for.
        """
        try:
            self._take(chunk)
        except UnusableBodyError:
            if self._status < 300:
                raise
            self._given_up = True
            self._read = (self._read or bytearray(chunk))[:_KEPT]
        return not self._given_up

    def _take(self, chunk: bytes) -> None:
        if not self._encodings:
            self._read += chunk
        elif self._encodings in (["gzip"], ["x-gzip"]):
            self._decompress(chunk)
        elif chunk:
            raise self._unusable(f"its encoding {', '.join(self._encodings)!r} was not asked for")
        if len(self._read) > self._limit:
            raise self._unusable(
                f"it is larger than {self._limit} bytes. Raise max_response_bytes if so much is expected"
            )

    def whole(self) -> Response:
        """Return the whole response, masked where a service or a proxy echoes a secret in its headers.

        Raises:
            httpx.RemoteProtocolError: The body ends in the middle of its compression.
        """
        self.check_end()
        return self.head(bytes(self._read))

    def check_end(self) -> None:
        """Raise where a body ends in the middle of its compression.

        Raises:
            httpx.RemoteProtocolError: It does.
        """
        if self._begun and not self._given_up and not self._member.eof:
            raise httpx.RemoteProtocolError("the compressed body ends in the middle")

    def head(self, content: bytes = b"", opened: Any = None) -> Response:
        """Return a response with this content; see `whole`."""
        headers, delivery, masking = self._response.headers, self._delivery, self._masking
        # Looked for in all of them at once, since hardly any response echoes a secret.
        values = "\n".join([value.decode("latin-1") for _, value in headers.raw])
        if any(pattern.search(values) for pattern in masking.patterns):
            headers = httpx.Headers(
                [
                    (name, value if name.lower() in _TIMES else masking.text(value.decode("latin-1")).encode("latin-1"))
                    for name, value in headers.raw
                ]
            )
        told = (delivery.request, self._status, headers, content, delivery.attempts, delivery.sent_at)
        return Response(*told, opened)

    def part(self, chunk: bytes = b"") -> bytes:
        """Return a chunk of a body that is read as it comes, decompressed, with what was read before.

        Raises:
            UnusableBodyError: It is too large when decompressed, or not compressed as was asked for.
        """
        if self._encodings:
            self._take(chunk)
            chunk = b""
        part = bytes(self._read) + chunk
        self._read.clear()
        return part

    def _decompress(self, chunk: bytes) -> None:
        while chunk:
            if self._member.eof:
                # Another member may follow, or padding.
                chunk = chunk.lstrip(b"\0")
                if not chunk:
                    return
                self._member = _member()
            self._begun = True
            try:
                self._read += self._member.decompress(chunk, self._limit + 1 - len(self._read))
            except zlib.error as error:
                raise self._unusable(f"its compression is broken ({error})") from None
            if len(self._read) > self._limit:
                return
            chunk = self._member.unused_data

    def _unusable(self, problem: str) -> UnusableBodyError:
        error = httpx.DecodingError(self._masking.text(problem))
        # Nothing masks secrets yet that such a response brings.
        kept = b"" if self._delivery.request.secret else bytes(self._read[:_KEPT])
        return UnusableBodyError(error, self._status, self._masking.excerpt(kept))


def _member() -> zlib._Decompress:
    return zlib.decompressobj(16 + zlib.MAX_WBITS)
