"""httpx transports that send requests to a simulated API in process."""

from __future__ import annotations

import asyncio
import time
from http import HTTPStatus
from typing import TYPE_CHECKING, Protocol

import httpx

from enlighten_mock.clock import Clock, SettableClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Mapping

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
        response = _send(self._api, request, request.read())
        _sleep(self._api.clock, _delay(response.delay, request))
        _time_out(response.delay, request)
        return _received(response, request, self._api.clock)


class AsyncTransport(httpx.AsyncBaseTransport):
    """Sends requests to a simulated API, for `httpx.AsyncClient`; otherwise like `Transport`."""

    def __init__(self, api: Responder) -> None:
        self._api = api

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Return the response to `request`."""
        response = _send(self._api, request, await request.aread())
        await _async_sleep(self._api.clock, _delay(response.delay, request))
        _time_out(response.delay, request)
        return _received(response, request, self._api.clock)


class _Body(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that may come piece by piece, and break off like that of a connection which was closed."""

    def __init__(self, response: Response, request: httpx.Request, clock: Clock) -> None:
        self._response = response
        self._request = request
        self._clock = clock

    def __iter__(self) -> Iterator[bytes]:
        for pause, piece in self._response.pieces():
            _sleep(self._clock, _delay(pause, self._request))
            _time_out(pause, self._request)
            yield piece
        self._break()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for pause, piece in self._response.pieces():
            await _async_sleep(self._clock, _delay(pause, self._request))
            _time_out(pause, self._request)
            yield piece
        self._break()

    def _break(self) -> None:
        response = self._response
        if response.cut is None:
            return
        if response.pace:
            raise httpx.RemoteProtocolError(
                "peer closed connection without sending complete message body (incomplete chunked read)"
            )
        raise httpx.RemoteProtocolError(
            "peer closed connection without sending complete message body "
            f"(received {response.cut} bytes, expected {len(response.body)})"
        )


def _send(api: Responder, request: httpx.Request, body: bytes) -> Response:
    path, _, query = request.url.raw_path.decode("ascii").partition("?")
    headers = {name.lower(): value for name, value in request.headers.items()}
    return api.answer(request.method, path, query, headers, body)


def _delay(wanted: float, request: httpx.Request) -> float:
    timeout = request.extensions.get("timeout", {}).get("read")
    return wanted if timeout is None else min(wanted, timeout)


def _sleep(clock: Clock, delay: float) -> None:
    if isinstance(clock, SettableClock):
        clock.advance(delay)
    elif delay:
        time.sleep(delay)


async def _async_sleep(clock: Clock, delay: float) -> None:
    if isinstance(clock, SettableClock):
        clock.advance(delay)
    elif delay:
        await asyncio.sleep(delay)


def _time_out(wanted: float, request: httpx.Request) -> None:
    if _delay(wanted, request) < wanted:
        raise httpx.ReadTimeout("The read operation timed out", request=request)


def _received(response: Response, request: httpx.Request, clock: Clock) -> httpx.Response:
    headers = [*response.headers]
    if response.status != HTTPStatus.NO_CONTENT and not response.pace:
        headers.append(("Content-Length", str(len(response.body))))
    return httpx.Response(response.status, headers=headers, stream=_Body(response, request, clock), request=request)
