"""httpx transports that send requests to a simulated API in process."""

from __future__ import annotations

import asyncio
import time
from http import HTTPStatus
from typing import TYPE_CHECKING, Protocol

import httpx

from enlighten_mock.clock import Clock, SettableClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from enlighten_mock.service.exchange import Response


class Responder(Protocol):
    """Whatever responds to the requests of a transport, and its clock."""

    clock: Clock

    def answer(
        self, method: str, path: str, query: str, headers: Mapping[str, str] | None = None, body: bytes = b""
    ) -> Response:
        """Return the response to a request; path and query are percent-encoded, names of headers in lower case."""
        ...


class Transport(httpx.BaseTransport):
    """Sends requests to a simulated API, for `httpx.Client`.

    With a settable clock, a response's delay is not slept through: the clock moves on by it.
    """

    def __init__(self, api: Responder) -> None:
        self._api = api

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Return the response to `request`."""
        response = _send(self._api, request)
        delay = _delay(response, request)
        if isinstance(self._api.clock, SettableClock):
            self._api.clock.advance(delay)
        elif delay:
            time.sleep(delay)
        _time_out(response, delay, request)
        return _received(response, request)


class AsyncTransport(httpx.AsyncBaseTransport):
    """Sends requests to a simulated API, for `httpx.AsyncClient`; otherwise like `Transport`."""

    def __init__(self, api: Responder) -> None:
        self._api = api

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Return the response to `request`."""
        response = _send(self._api, request)
        delay = _delay(response, request)
        if isinstance(self._api.clock, SettableClock):
            self._api.clock.advance(delay)
        elif delay:
            await asyncio.sleep(delay)
        _time_out(response, delay, request)
        return _received(response, request)


class _Body(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that may break off like that of a connection which was closed."""

    def __init__(self, response: Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        response = self._response
        yield response.body if response.cut is None else response.body[: response.cut]
        if response.cut is not None:
            raise httpx.RemoteProtocolError(
                "peer closed connection without sending complete message body "
                f"(received {response.cut} bytes, expected {len(response.body)})"
            )

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for part in self:
            yield part


def _send(api: Responder, request: httpx.Request) -> Response:
    path, _, query = request.url.raw_path.decode("ascii").partition("?")
    return api.answer(request.method, path, query)


def _delay(response: Response, request: httpx.Request) -> float:
    timeout = request.extensions.get("timeout", {}).get("read")
    return response.delay if timeout is None else min(response.delay, timeout)


def _time_out(response: Response, waited: float, request: httpx.Request) -> None:
    if waited < response.delay:
        raise httpx.ReadTimeout("The read operation timed out", request=request)


def _received(response: Response, request: httpx.Request) -> httpx.Response:
    headers = [*response.headers]
    if response.status != HTTPStatus.NO_CONTENT:
        headers.append(("Content-Length", str(len(response.body))))
    return httpx.Response(response.status, headers=headers, stream=_Body(response), request=request)
