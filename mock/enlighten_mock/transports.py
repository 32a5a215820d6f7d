"""httpx transports that ask a simulated API in process."""

from __future__ import annotations

import asyncio
import time
from http import HTTPStatus
from typing import TYPE_CHECKING

import httpx

from enlighten_mock.clock import SettableClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from enlighten_mock.service import Reply
    from enlighten_mock.simulation import SimulatedAPI


class Transport(httpx.BaseTransport):
    """Asks a simulated API, for `httpx.Client`.

    With a settable clock, a reply's delay is not slept through: the clock moves on by it.
    """

    def __init__(self, api: SimulatedAPI) -> None:
        self._api = api

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer `request`."""
        answer = _ask(self._api, request)
        delay = _delay(answer, request)
        if isinstance(self._api.clock, SettableClock):
            self._api.clock.advance(delay)
        elif delay:
            time.sleep(delay)
        _time_out(answer, delay, request)
        return _response(answer, request)


class AsyncTransport(httpx.AsyncBaseTransport):
    """Asks a simulated API, for `httpx.AsyncClient`; otherwise like `Transport`."""

    def __init__(self, api: SimulatedAPI) -> None:
        self._api = api

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer `request`."""
        answer = _ask(self._api, request)
        delay = _delay(answer, request)
        if isinstance(self._api.clock, SettableClock):
            self._api.clock.advance(delay)
        elif delay:
            await asyncio.sleep(delay)
        _time_out(answer, delay, request)
        return _response(answer, request)


class _Body(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that may break off like that of a connection which was closed."""

    def __init__(self, answer: Reply) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        answer = self._answer
        yield answer.body if answer.cut is None else answer.body[: answer.cut]
        if answer.cut is not None:
            raise httpx.RemoteProtocolError(
                "peer closed connection without sending complete message body "
                f"(received {answer.cut} bytes, expected {len(answer.body)})"
            )

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for part in self:
            yield part


def _ask(api: SimulatedAPI, request: httpx.Request) -> Reply:
    path, _, query = request.url.raw_path.decode("ascii").partition("?")
    return api.answer(request.method, path, query)


def _delay(answer: Reply, request: httpx.Request) -> float:
    timeout = request.extensions.get("timeout", {}).get("read")
    return answer.delay if timeout is None else min(answer.delay, timeout)


def _time_out(answer: Reply, waited: float, request: httpx.Request) -> None:
    if waited < answer.delay:
        raise httpx.ReadTimeout("The read operation timed out", request=request)


def _response(answer: Reply, request: httpx.Request) -> httpx.Response:
    headers = [*answer.headers]
    if answer.status != HTTPStatus.NO_CONTENT:
        headers.append(("Content-Length", str(len(answer.body))))
    return httpx.Response(answer.status, headers=headers, stream=_Body(answer), request=request)
