"""The layers below the client, each a small httpx transport that does one thing.

From the outside in: retry, quota (see `retrying` and `pacing`), credentials, which are signed onto a copy of the
request, and the reading of the whole body.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeVar

import httpx
from attrs import define

if TYPE_CHECKING:
    from collections.abc import Callable

    from .credentials import Credentials

E = TypeVar("E", bound=BaseException)

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


class BodyTooLargeError(Exception):
    """A body went over the limit while it was read."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


class CredentialsTransport(httpx.BaseTransport):
    """Sends a signed copy of each request; neither the request nor an exception ever shows the signature."""

    def __init__(
        self, inner: httpx.BaseTransport, credentials: Credentials, now: Callable[[], float] = time.time
    ) -> None:
        self._inner = inner
        self._credentials = credentials
        self._now = now

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send the signed copy."""
        _count(request, self._now())
        try:
            return self._inner.handle_request(self._credentials.sign(request))
        except BaseException as error:  # noqa: BLE001 - whatever it is, its frames hold the signed request
            failure = _cleaned(error, self._credentials)
        raise failure

    def close(self) -> None:
        """Close the layers below."""
        self._inner.close()


class AsyncCredentialsTransport(httpx.AsyncBaseTransport):
    """The same for the async client."""

    def __init__(
        self, inner: httpx.AsyncBaseTransport, credentials: Credentials, now: Callable[[], float] = time.time
    ) -> None:
        self._inner = inner
        self._credentials = credentials
        self._now = now

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send the signed copy."""
        _count(request, self._now())
        try:
            return await self._inner.handle_async_request(self._credentials.sign(request))
        except BaseException as error:  # noqa: BLE001 - whatever it is, its frames hold the signed request
            failure = _cleaned(error, self._credentials)
        raise failure

    async def aclose(self) -> None:
        """Close the layers below."""
        await self._inner.aclose()


def _count(request: httpx.Request, now: float) -> None:
    trail = request.extensions.get(TRAIL)
    if isinstance(trail, Trail):
        trail.attempts += 1
        trail.sent_at = now


def _cleaned(error: E, credentials: Credentials) -> E:
    """Return the error without the frames and causes that hold the signed request, and with its texts masked."""
    error.args = tuple(credentials.mask(argument) for argument in error.args)
    error.__cause__ = error.__context__ = None
    return error.with_traceback(None)


class WholeBodyTransport(httpx.BaseTransport):
    """Reads each body to its end, decoded, up to a limit: a body cut in the middle is a broken connection here."""

    def __init__(self, inner: httpx.BaseTransport, limit: int) -> None:
        self._inner = inner
        self._limit = limit

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request and read the whole answer."""
        response = self._inner.handle_request(request)
        body = bytearray()
        try:
            for chunk in response.iter_bytes():
                body += chunk
                if len(body) > self._limit:
                    raise BodyTooLargeError(self._limit)
        finally:
            response.close()
        return _whole(response, bytes(body))

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
        body = bytearray()
        try:
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) > self._limit:
                    raise BodyTooLargeError(self._limit)
        finally:
            await response.aclose()
        return _whole(response, bytes(body))

    async def aclose(self) -> None:
        """Close the layers below."""
        await self._inner.aclose()


_ABOUT_THE_STREAM = ("content-encoding", "content-length", "transfer-encoding")


def _whole(response: httpx.Response, body: bytes) -> httpx.Response:
    headers = [(name, value) for name, value in response.headers.raw if name.decode().lower() not in _ABOUT_THE_STREAM]
    return httpx.Response(response.status_code, headers=headers, content=body, extensions=response.extensions)


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
