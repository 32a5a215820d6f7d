"""The layers below the client, each a small httpx transport that does one thing.

From the outside in: retry, quota (see `retrying` and `pacing`), credentials, which are signed onto a copy of the
request, and the reading of the whole body.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import httpx
from attrs import define

from .body import Body
from .redaction import presentable

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..api import Authentication
    from ..credentials.masking import Masking

TARGET = "enphase_enlighten.target"
"""The request extension with path and query, encoded, that come after a request's URL; without it, that is all."""

TRAIL = "enphase_enlighten.trail"
"""The request extension that holds the `Trail`."""


@define
class Trail:
    """What happened to a request on its way.

    Attributes:
        attempts: How many times it was sent.
        sent_at: When it was last sent, epoch seconds.
        waited: Seconds that it has waited for its quota.
    """

    attempts: int = 0
    sent_at: float = 0.0
    waited: float = 0.0


class CredentialsTransport(httpx.BaseTransport):
    """Sends a signed copy of each request; neither the request nor an exception ever shows the signature.

    Args:
        inner: The layer below.
        authentication: What to sign with.
        base_url: Where the service is: a request to any other place is refused, and not signed.
        now: The time.
    """

    def __init__(
        self,
        inner: httpx.BaseTransport,
        authentication: Authentication,
        base_url: str,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._inner = inner
        self._authentication = authentication
        self._service = httpx.URL(base_url)
        self._now = now

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send the signed copy."""
        _check_place(request, self._service)
        _count(request, self._now())
        try:
            return _unechoed(
                self._inner.handle_request(self._authentication.sign(request)), self._authentication.masking
            )
        except BaseException as error:  # noqa: BLE001 - whatever it is, its frames hold the signed request
            failure = presentable(error, self._authentication.masking)
        raise failure

    def close(self) -> None:
        """Close the layers below."""
        self._inner.close()


class AsyncCredentialsTransport(httpx.AsyncBaseTransport):
    """The same for the async client; see `CredentialsTransport`."""

    def __init__(
        self,
        inner: httpx.AsyncBaseTransport,
        authentication: Authentication,
        base_url: str,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._inner = inner
        self._authentication = authentication
        self._service = httpx.URL(base_url)
        self._now = now

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send the signed copy."""
        _check_place(request, self._service)
        _count(request, self._now())
        try:
            return _unechoed(
                await self._inner.handle_async_request(self._authentication.sign(request)), self._authentication.masking
            )
        except BaseException as error:  # noqa: BLE001 - whatever it is, its frames hold the signed request
            failure = presentable(error, self._authentication.masking)
        raise failure

    async def aclose(self) -> None:
        """Close the layers below."""
        await self._inner.aclose()


def _check_place(request: httpx.Request, service: httpx.URL) -> None:
    place = request.url
    if (place.scheme, place.host, place.port) != (service.scheme, service.host, service.port):
        # Only somebody who uses the low-level client in his own way gets here, with a URL or a redirect of his own.
        raise httpx.UnsupportedProtocol(
            f"Not sent to {place.host}: the credentials are for {service.host} alone.", request=request
        )


def _count(request: httpx.Request, now: float) -> None:
    trail = request.extensions.get(TRAIL)
    if isinstance(trail, Trail):
        trail.attempts += 1
        trail.sent_at = now


_TIMES = (b"date", b"retry-after", b"age")
"""Headers that are read as times, in which a short secret may happen to stand."""


def _unechoed(response: httpx.Response, masking: Masking) -> httpx.Response:
    raw = response.headers.raw
    shown = [
        (name, value if name.lower() in _TIMES else masking.text(value.decode("latin-1")).encode("latin-1"))
        for name, value in raw
    ]
    if shown != raw:
        response.headers = httpx.Headers(shown)
    return response


class WholeBodyTransport(httpx.BaseTransport):
    """Reads each body to its end, decoded, up to a limit: a body cut in the middle is a broken connection here."""

    def __init__(self, inner: httpx.BaseTransport, limit: int) -> None:
        self._inner = inner
        self._limit = limit

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request and read the whole answer."""
        response = self._inner.handle_request(request)
        try:
            if response.is_stream_consumed:
                return _whole(response, _already_read(response, self._limit))
            body = Body(response.status_code, response.headers, self._limit)
            for chunk in response.iter_raw():
                if not body.take(chunk):
                    break
        finally:
            response.close()
        return _whole(response, body.whole())

    def close(self) -> None:
        """Close the layers below."""
        self._inner.close()


class AsyncWholeBodyTransport(httpx.AsyncBaseTransport):
    """The same for the async client."""

    def __init__(self, inner: httpx.AsyncBaseTransport, limit: int) -> None:
        self._inner = inner
        self._limit = limit

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request and read the whole answer."""
        response = await self._inner.handle_async_request(request)
        try:
            if response.is_stream_consumed:
                return _whole(response, _already_read(response, self._limit))
            body = Body(response.status_code, response.headers, self._limit)
            async for chunk in response.aiter_raw():
                if not body.take(chunk):
                    break
        finally:
            await response.aclose()
        return _whole(response, body.whole())

    async def aclose(self) -> None:
        """Close the layers below."""
        await self._inner.aclose()


_GONE = (b"content-encoding", b"content-length", b"transfer-encoding", b"location")
"""Headers that are about the stream, which is read; and the one of which httpx would make a request that nobody
sends, or an error where it is no URL."""


def _already_read(response: httpx.Response, limit: int) -> bytes:
    """Return the body of a response that a transport made with its content: httpx has decoded it."""
    body = Body(response.status_code, {}, limit)
    body.take(response.content)
    return body.whole()


def _whole(response: httpx.Response, body: bytes) -> httpx.Response:
    headers = [(name, value) for name, value in response.headers.raw if name.lower() not in _GONE]
    # Without the extensions: they hold the connection, and a reason phrase that may echo what was asked.
    return httpx.Response(response.status_code, headers=headers, content=body)


class SharedTransport(httpx.BaseTransport):
    """Lends a transport to a second client, whose closing does not close it."""

    def __init__(self, inner: httpx.BaseTransport) -> None:
        self._inner = inner

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request."""
        return self._inner.handle_request(request)


class AsyncSharedTransport(httpx.AsyncBaseTransport):
    """The same for the async client."""

    def __init__(self, inner: httpx.AsyncBaseTransport) -> None:
        self._inner = inner

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request."""
        return await self._inner.handle_async_request(request)
