"""The transport of httpx-aiohttp, made to send and to fail as httpx's own does.

With many requests under way at once it takes a fraction of the time of httpx's own. `httpx_aiohttp.AiohttpTransport`
would however re-encode the signed URL, keep cookies, and report a refused connection as a timeout; and aiohttp sends
a request again, uncounted by the quota, where a connection that was kept open breaks.
"""

from __future__ import annotations

import asyncio
import base64
import weakref
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import aiohttp
import httpx
from aiohttp import ClientHandlerType  # not there before 3.12, the first with middlewares
from httpx_aiohttp import AiohttpTransport
from yarl import URL

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterator, Iterable, Iterator

_LONGEST_LINE = 100 * 1024
"""Bytes of a line of an answer's head: what httpx allows, more than ten times what aiohttp does."""

_ADDED_BY_AIOHTTP = ("Accept", "Accept-Encoding", "Content-Type", "User-Agent")


class VerbatimAiohttpTransport(AiohttpTransport):
    """Sends requests over an aiohttp session of its own, in the event loop of the first of them.

    Args:
        verify: The SSL context.
        proxy: A proxy to which one speaks HTTP in clear.
    """

    def __init__(self, verify: ssl.SSLContext, proxy: httpx.Proxy | None = None) -> None:
        super().__init__(verify=verify, proxy=proxy)
        self._bodies: weakref.WeakSet[_Body] = weakref.WeakSet()
        self._proxy_url = None if proxy is None else URL(str(proxy.url), encoded=True)
        self._proxy_headers = [] if proxy is None else _headers_for(proxy)

    def get_client(self) -> aiohttp.ClientSession:
        """Return the session, a new one the first time."""
        if isinstance(self.client, aiohttp.ClientSession):
            return self.client
        connector = aiohttp.TCPConnector(
            ssl=self.ssl_context,
            limit=self.limits.max_connections or 0,
            keepalive_timeout=self.limits.keepalive_expiry,
        )
        session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            skip_auto_headers=_ADDED_BY_AIOHTTP,
            auto_decompress=False,
            timeout=aiohttp.ClientTimeout(total=None),
            max_line_size=_LONGEST_LINE,
            max_field_size=_LONGEST_LINE,
            middlewares=(_sent_once,),
        )
        weakref.finalize(self, _let_go, session, self._bodies, asyncio.get_running_loop())
        self.client = session
        return session

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request as it is."""
        headers = _decoded(request.headers)
        through_tunnel = request.url.scheme == "https"
        # That the service has closed a kept connection is read in one turn of the event loop, and acted upon in the
        # next. After other work it would be taken for open, and the request be lost on it.
        for _ in range(2):
            await asyncio.sleep(0)
        response = await self.get_client().request(
            request.method,
            URL(str(request.url), encoded=True),
            headers=headers if through_tunnel else [*self._proxy_headers, *headers],
            data=await request.aread() or None,
            allow_redirects=False,
            timeout=_timeout(request.extensions.get("timeout", {})),
            proxy=self._proxy_url,
            proxy_headers=self._proxy_headers if through_tunnel else None,
        )
        body = _Body(response)
        self._bodies.add(body)
        return httpx.Response(response.status, headers=response.raw_headers, stream=body)

    async def aclose(self) -> None:
        """Close the connections, those that are in use too."""
        _break_off(self._bodies)
        await super().aclose()


class _Body(httpx.AsyncByteStream):
    """The body of an answer, as it comes in."""

    def __init__(self, response: aiohttp.ClientResponse) -> None:
        self._response = response

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with _errors_of_httpx():
            async for chunk in self._response.content.iter_any():
                yield chunk

    async def aclose(self) -> None:
        # A connection whose answer was read to the end has been given back before.
        self._response.close()

    def break_off(self) -> None:
        """End the reading with an error: aiohttp leaves it waiting for ever when the connection is closed here."""
        if not self._response.content.is_eof():
            self._response.content.set_exception(aiohttp.ClientConnectionError("the client was closed meanwhile"))


async def _sent_once(request: aiohttp.ClientRequest, handler: ClientHandlerType) -> aiohttp.ClientResponse:
    """Carry out the one attempt: aiohttp would make another one if it saw an error of its own."""
    with _errors_of_httpx():
        return await handler(request)


@contextmanager
def _errors_of_httpx() -> Iterator[None]:
    """Raise what httpx's own transport raises in such a case."""
    try:
        yield
    except (aiohttp.ClientError, OSError) as error:
        raise _as_httpx(error) from error


_KINDS: tuple[tuple[type[Exception], type[httpx.TransportError]], ...] = (
    (aiohttp.ConnectionTimeoutError, httpx.ConnectTimeout),
    (TimeoutError, httpx.ReadTimeout),
    (aiohttp.ClientHttpProxyError, httpx.ProxyError),
    (aiohttp.ClientConnectorError, httpx.ConnectError),
    (aiohttp.ClientResponseError, httpx.RemoteProtocolError),
    (aiohttp.ServerDisconnectedError, httpx.RemoteProtocolError),
    (aiohttp.ClientPayloadError, httpx.RemoteProtocolError),
)
"""What httpx's own transport raises where aiohttp raises such an error: the first that fits."""


def _as_httpx(error: Exception) -> httpx.TransportError:
    kind = next((ours for theirs, ours in _KINDS if isinstance(error, theirs)), httpx.ReadError)
    return kind(_text(error) or type(error).__name__)


def _text(error: Exception) -> str:
    if isinstance(error, aiohttp.ClientResponseError):
        return f"{error.status} {error.message}"  # its own text has the URL in it
    if isinstance(error, aiohttp.ClientConnectorError) and error.__cause__ is not None:
        return str(error.__cause__)  # its own text has the SSL context in it
    return str(error)


def _timeout(seconds: dict[str, float | None]) -> aiohttp.ClientTimeout:
    connect, pool = seconds.get("connect"), seconds.get("pool")
    # What aiohttp calls connect includes the wait for a place among the connections.
    both = None if connect is None or pool is None else connect + pool
    return aiohttp.ClientTimeout(total=None, connect=both, sock_connect=connect, sock_read=seconds.get("read"))


def _decoded(headers: httpx.Headers) -> list[tuple[str, str]]:
    # One by one and in their own letters, which a mapping would not keep.
    return [(name.decode("latin-1"), value.decode("latin-1")) for name, value in headers.raw]


def _headers_for(proxy: httpx.Proxy) -> list[tuple[str, str]]:
    """Return the headers that a proxy is to get."""
    headers = _decoded(proxy.headers)
    if proxy.raw_auth is not None:
        # As a header, because aiohttp gives up its argument for it.
        headers.append(("Proxy-Authorization", f"Basic {base64.b64encode(b':'.join(proxy.raw_auth)).decode()}"))
    return headers


def _break_off(bodies: Iterable[_Body]) -> None:
    for body in list(bodies):
        body.break_off()


def _let_go(session: aiohttp.ClientSession, bodies: Iterable[_Body], loop: asyncio.AbstractEventLoop) -> None:
    """Close a session whose client was forgotten, or whose event loop has ended.

    aiohttp would log an error, which those who have never chosen it could not make sense of.
    """
    if session.closed:
        return
    if loop.is_running():

        def close() -> None:
            _break_off(bodies)
            loop.create_task(session.close())

        loop.call_soon_threadsafe(close)
    elif loop.is_closed():
        # There is nothing to wait for, so this coroutine ends where it begins.
        with suppress(StopIteration):
            session.close().send(None)
