"""The network: sends a request, signed below whatever instruments httpx, and reads its whole response.

This is the one place that knows the HTTP library (with the modules of this folder that it uses).
"""

from __future__ import annotations

import threading
from contextvars import ContextVar
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

import httpx
from attrs import frozen

from .._version import __version__
from ..api import Response
from ..errors import ConfigurationError, EnlightenError, InvalidArgumentError
from .body import ACCEPTED_ENCODING, Body
from .delivery import Delivery, Timeout
from .redaction import redacted, redacted_headers

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop, Task
    from collections.abc import Mapping
    from contextvars import Token

    import httpcore

    from ..api import Authentication, Request, Signature
    from ..credentials.masking import Masking
    from .route import Route

HEADERS = {
    "Accept": "application/json",
    "Accept-Encoding": ACCEPTED_ENCODING,
    "Connection": "keep-alive",
    "User-Agent": f"enphase-enlighten/{__version__} python-httpx/{httpx.__version__}",
}

_LONGEST_URL = 60_000
"""Characters: httpx raises for URLs of more than 65,536, and the signature is still to come."""

_NO_BODY = httpx.ByteStream(b"")

_WITH_BODIES = ("POST", "PUT", "PATCH")
"""Methods whose requests say how long their body is, also where there is none."""

_SIGNING: ContextVar[_Signing | None] = ContextVar("enphase_enlighten.signing", default=None)
"""The request that this thread or task hands to a transport of httpx's own, and what it is signed with there."""


class Network:
    """Sends the requests of a sync client.

    Args:
        base_url: Where the service is, without a slash at its end.
        authentication: What requests are signed with.
        route: Makes httpx's own transport when the first request is sent.
        transport: A transport of the user's own in its place.

    Attributes:
        renewing: The turn to renew the signature.

    Raises:
        ConfigurationError: The transport is one of the other client's kind, or none.
    """

    def __init__(
        self,
        base_url: str,
        authentication: Authentication,
        route: Route | None = None,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        _check_kind(transport, httpx.BaseTransport)
        self.renewing: threading.Lock = threading.Lock()
        self.is_closed = False
        self.route = route
        self._requests = _Requests(base_url, authentication)
        self._transport = transport
        self._lock = threading.Lock()

    def delivery(self, request: Request, timeout: Timeout, limit: int, *, signed: bool = True) -> Delivery:
        """Return a request that is ready to be sent.

        Raises:
            InvalidArgumentError: An argument cannot be sent.
        """
        return Delivery(request, self._requests.url(request), timeout, limit, signed)

    def send(self, delivery: Delivery) -> Response:
        """Send a request once and read its whole response.

        Raises:
            UndeliveredError: No response came that can be used.
            EnlightenError: The request cannot be sent.
        """
        try:
            return self._exchanged(delivery)
        except BaseException as error:  # noqa: BLE001 - whatever it is, its frames hold the signed request
            failure = redacted(error, self._requests.masking)
        raise failure

    def _exchanged(self, delivery: Delivery) -> Response:
        transport = self._made() if self._transport is None else self._transport
        request, signing = self._requests.prepared(delivery, below=signs_below(transport))
        token = _SIGNING.set(signing)
        try:
            response = transport.handle_request(request)
        finally:
            _SIGNING.reset(token)
        try:
            body = Body(response, delivery.limit)
            if not response.is_stream_consumed:
                for chunk in response.stream:  # type: ignore[union-attr]  # a sync transport's stream is sync
                    if not body.take(chunk):
                        break
        finally:
            response.close()
        return _response(delivery, response, body.whole(), self._requests.masking)

    def _made(self) -> httpx.BaseTransport:
        with self._lock:
            if self._transport is None:
                self._transport = _open_route(self).transport()
            return self._transport

    def close(self) -> None:
        """Close the connections."""
        with self._lock:
            closed_before, self.is_closed = self.is_closed, True
            transport, self._transport = self._transport, None
        if transport is not None and not closed_before:
            transport.close()


class AsyncNetwork:
    """Sends the requests of an async client; see `Network`.

    Connections belong to the event loop in which they were opened. A client that is used in several, say in one call of
    `asyncio.run` after another or in one for each thread, has others in each, but for a transport of the user's own.
    """

    def __init__(
        self,
        base_url: str,
        authentication: Authentication,
        route: Route | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        _check_kind(transport, httpx.AsyncBaseTransport)
        self.is_closed = False
        self.route = route
        self._requests = _Requests(base_url, authentication)
        self._transport = transport
        self._made_in: dict[AbstractEventLoop | None, httpx.AsyncBaseTransport] = {}

    def delivery(self, request: Request, timeout: Timeout, limit: int, *, signed: bool = True) -> Delivery:
        """Return a request that is ready to be sent; see `Network.delivery`."""
        return Delivery(request, self._requests.url(request), timeout, limit, signed)

    async def send(self, delivery: Delivery) -> Response:
        """Send a request once and read its whole response; see `Network.send`."""
        try:
            return await self._exchanged(delivery)
        except BaseException as error:  # noqa: BLE001 - whatever it is, its frames hold the signed request
            failure = redacted(error, self._requests.masking)
        raise failure

    async def _exchanged(self, delivery: Delivery) -> Response:
        transport = self._made() if self._transport is None else self._transport
        request, signing = self._requests.prepared(delivery, below=signs_below(transport))
        token = _SIGNING.set(signing)
        try:
            response = await transport.handle_async_request(request)
        finally:
            _reset(token)
        try:
            body = Body(response, delivery.limit)
            if not response.is_stream_consumed:
                async for chunk in response.stream:  # type: ignore[union-attr]  # an async transport's stream is async
                    if not body.take(chunk):
                        break
        finally:
            await response.aclose()
        return _response(delivery, response, body.whole(), self._requests.masking)

    def _made(self) -> httpx.AsyncBaseTransport:
        # No other task of the event loop runs meanwhile.
        loop = _asyncio_loop()
        made = self._made_in.get(loop)
        if made is None:
            route = _open_route(self)
            for other in list(self._made_in):
                if other is not None and other.is_closed():
                    self._made_in.pop(other, None)
            made = self._made_in[loop] = route.async_transport()
        return made

    async def close(self) -> None:
        """Close the connections; those of another event loop end with it."""
        closed_before, self.is_closed = self.is_closed, True
        made = self._made_in.pop(_asyncio_loop(), None) if self._transport is None else self._transport
        self._transport = None
        self._made_in.clear()
        if made is not None and not closed_before:
            await made.aclose()


def _reset(token: Token[_Signing | None]) -> None:
    try:
        _SIGNING.reset(token)
    except ValueError:
        # A coroutine that nobody awaits any more is closed in another context.
        return


def _check_kind(transport: object, kind: type) -> None:
    if transport is not None and not isinstance(transport, kind):
        raise ConfigurationError(f"transport={transport!r} must be an httpx.{kind.__name__}, which this client needs.")


def _open_route(network: Network | AsyncNetwork) -> Route:
    if network.is_closed or network.route is None:
        raise EnlightenError("not sent: the client was closed meanwhile. Close it when all requests are done.")
    return network.route


def running_task() -> Task[Any] | None:
    """Return the running task of asyncio; None in an event loop of trio, also where that runs as a guest of asyncio."""
    import asyncio

    try:
        return asyncio.current_task()
    except RuntimeError:
        return None


def _asyncio_loop() -> AbstractEventLoop | None:
    task = running_task()
    return None if task is None else task.get_loop()


@frozen(repr=False)
class _EncodedSignature:
    """A signature as it goes onto the wire.

    Attributes:
        query: The query, encoded.
        headers: The headers.
    """

    query: str
    headers: list[tuple[bytes, bytes]]

    @classmethod
    def of(cls, signature: Signature) -> _EncodedSignature:
        query, headers = signature
        encoded = [(name.encode("ascii"), value.encode("latin-1")) for name, value in headers.items()]
        return cls(urlencode(query), encoded)

    def onto(self, target: str) -> str:
        """Return path and query with the signature's query added."""
        return f"{target}{'&' if '?' in target else '?'}{self.query}" if self.query else target


class _Signing(NamedTuple):
    """What one request is signed with below its transport.

    Attributes:
        signature: The signature.
        stream: The body of the request, by which it is known: a hook of a library may send others meanwhile.
    """

    signature: _EncodedSignature
    stream: object


class _Requests:
    """Makes the requests of one client.

    Not with `httpx.Client.build_request`, which parses and merges base URL, path, parameters, headers and cookies for
    each request again. Only path and parameters differ from one to the next.
    """

    def __init__(self, base_url: str, authentication: Authentication) -> None:
        self._base_url = base_url
        self._authentication = authentication
        self._headers = httpx.Request("GET", base_url, headers=HEADERS).headers
        self._encoded: tuple[Signature, _EncodedSignature] | None = None

    @property
    def masking(self) -> Masking:
        """Masks the credentials."""
        return self._authentication.masking

    def prepared(self, delivery: Delivery, *, below: bool) -> tuple[httpx.Request, _Signing | None]:
        """Return the request to send, and how it is signed where that is still to be done below the transport."""
        request, url = delivery.request, delivery.url
        signature = self._signature(delivery) if delivery.signed else None
        headers = self._headers_of(request)
        if signature is not None and not below:
            url = signature.onto(url)
            headers = httpx.Headers([*headers.raw, *signature.headers])
        prepared = httpx.Request(
            request.method,
            url,
            headers=headers,
            stream=httpx.ByteStream(request.content) if request.content else _NO_BODY,
            extensions={"timeout": dict(_timeout(delivery.timeout))},
        )
        # Otherwise a transport cannot tell whether there is a body: httpx-aiohttp would send an empty one in chunks.
        prepared.read()
        return prepared, _Signing(signature, prepared.stream) if signature is not None and below else None

    def url(self, request: Request) -> str:
        """Return the URL of a request, without the signature.

        Raises:
            InvalidArgumentError: An argument cannot be sent.
        """
        try:
            query = str(httpx.QueryParams(dict(request.params))) if request.params else ""
        except UnicodeError as error:
            raise _unsendable(request, str(error)) from None
        url = request.path if request.path.startswith("http") else f"{self._base_url}{request.path}"
        url = f"{url}?{query}" if query else url
        if len(url) > _LONGEST_URL:
            raise _unsendable(request, "URL too long")
        return url

    def _headers_of(self, request: Request) -> httpx.Headers:
        has_body = bool(request.content) or request.method in _WITH_BODIES
        elsewhere = request.path.startswith("http")
        if not request.headers and not has_body and not elsewhere:
            return self._headers
        headers = httpx.Headers(self._headers)
        if elsewhere:
            headers["Host"] = httpx.URL(request.path).netloc.decode("ascii")
        headers.update(dict(request.headers))
        if has_body:
            headers["Content-Length"] = str(len(request.content))
        return headers

    def _signature(self, delivery: Delivery) -> _EncodedSignature:
        signature = delivery.signature = self._authentication.signature()
        if self._encoded is None or self._encoded[0] is not signature:
            self._encoded = signature, _EncodedSignature.of(signature)
        return self._encoded[1]


@lru_cache(maxsize=32)
def _timeout_of(seconds: float) -> Mapping[str, float | None]:
    return httpx.Timeout(seconds).as_dict()


def _timeout(timeout: Timeout) -> Mapping[str, float | None]:
    return _timeout_of(timeout) if isinstance(timeout, int | float) else timeout


def _unsendable(request: Request, reason: str) -> InvalidArgumentError:
    return InvalidArgumentError(
        f"{request.operation}: an argument cannot be sent ({reason}). Give a shorter one, or fewer values at a time, "
        "of valid text."
    )


def _response(delivery: Delivery, response: httpx.Response, content: bytes, masking: Masking) -> Response:
    raw = response.headers.raw
    # Looked for in all of them at once, since hardly any response echoes a secret.
    if masking.pattern.search("\n".join([value.decode("latin-1") for _, value in raw])):
        response.headers = httpx.Headers(redacted_headers(raw, masking))
    return Response(
        delivery.request, response.status_code, response.headers, content, delivery.attempts, delivery.sent_at
    )


def signs_below(transport: Any) -> bool:
    """Let a transport of httpx's own sign in its connection pool, and tell whether it does.

    There the signature is out of sight of whatever wraps the transports of httpx: tracing, recorders, mocks. The pool
    signs what this package sends, and nothing else. It is a private attribute of the transport, of which httpx has no
    public counterpart. A transport without one gets signed requests, and so does one that sends in a way of its own:
    nobody knows by which connections.
    """
    pool = getattr(transport, "_pool", None)
    if isinstance(pool, _SigningPool):
        return True
    if pool is None or not _sends_as_httpx(type(transport)):
        return False
    transport.__dict__["_pool"] = _SigningPool(pool)
    return True


def _sends_as_httpx(kind: type) -> bool:
    # Not by comparing the methods themselves: a library may have wrapped those of httpx.
    for cls in kind.__mro__:
        if cls in (httpx.HTTPTransport, httpx.AsyncHTTPTransport):
            return True
        if not vars(cls).keys().isdisjoint(("handle_request", "handle_async_request")):
            return False
    return False


class _SigningPool:
    """A connection pool that signs each request.

    Not by httpcore's extension `target`: a proxy would get it in clear with the request for a tunnel.
    """

    def __init__(self, pool: Any) -> None:
        self._pool = pool

    def __getattr__(self, name: str) -> Any:
        return getattr(self._pool, name)

    def __enter__(self) -> Any:
        return self._pool.__enter__()

    def __exit__(self, *exc_info: object) -> None:
        self._pool.__exit__(*exc_info)

    async def __aenter__(self) -> Any:
        return await self._pool.__aenter__()

    async def __aexit__(self, *exc_info: object) -> None:
        await self._pool.__aexit__(*exc_info)

    def handle_request(self, request: httpcore.Request) -> httpcore.Response:
        response: httpcore.Response = self._pool.handle_request(_signed(request))
        return response

    async def handle_async_request(self, request: httpcore.Request) -> httpcore.Response:
        response: httpcore.Response = await self._pool.handle_async_request(_signed(request))
        return response


def _signed(request: httpcore.Request) -> httpcore.Request:
    signing = _SIGNING.get()
    if signing is None or signing.stream is not request.stream:
        return request
    import httpcore

    signature, url = signing.signature, request.url
    target = signature.onto(url.target.decode("ascii")).encode("ascii")
    return httpcore.Request(
        request.method,
        httpcore.URL(scheme=url.scheme, host=url.host, port=url.port, target=target),
        headers=[*request.headers, *signature.headers],
        content=request.stream,
        extensions=request.extensions,
    )
