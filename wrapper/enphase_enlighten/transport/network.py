"""The requests of httpx, signed below whatever instruments it.

This folder is the one place that knows the HTTP library.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from contextvars import ContextVar, Token
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

import httpx
from attrs import frozen

from .._version import __version__
from ..errors import InvalidArgumentError
from .body import ACCEPTED_ENCODING
from .delivery import Delivery, Timeout

if TYPE_CHECKING:
    import httpcore

    from ..api import Authentication, Request, Signature
    from ..credentials.masking import Masking

HEADERS = {
    "Accept": "application/json",
    "Accept-Encoding": ACCEPTED_ENCODING,
    "Connection": "keep-alive",
    "User-Agent": f"enphase-enlighten/{__version__} python-httpx/{httpx.__version__}",
}

_LONGEST_URL = 60_000
"""Characters: httpx raises for URLs of more than 65,536, and the signature is still to come."""

_WITH_BODIES = ("POST", "PUT", "PATCH")
"""Methods whose requests say how long their body is, also where there is none."""

_SIGNING: ContextVar[_Signing | None] = ContextVar("enphase_enlighten.signing", default=None)
"""The request that this thread or task hands to a transport of httpx's own, and what it is signed with there."""


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
        delivery: The request on its way, which is told when it is written.
    """

    signature: _EncodedSignature
    stream: object
    delivery: Delivery


class _Headers(list[tuple[bytes, bytes]]):
    """The headers of a request, which are asked for when it is written, before the first byte.

    Not its body, which is asked for after the rest has been written: asyncio may cancel the task in between.
    """

    def __init__(
        self, headers: Iterable[tuple[bytes, bytes]], delivery: Delivery, is_cancelled: Callable[[], bool]
    ) -> None:
        super().__init__(headers)
        self._delivery = delivery
        self._is_cancelled = is_cancelled

    def __iter__(self) -> Iterator[tuple[bytes, bytes]]:
        self._delivery.sent = not self._is_cancelled()
        return super().__iter__()


def _is_cancelled() -> bool:
    """Whether a scope of anyio or trio has cancelled the task, which then writes nothing any more."""
    import anyio

    return anyio.current_effective_deadline() == -math.inf


def _cannot_be_cancelled() -> bool:
    return False


class Requests:
    """Makes the requests of one client.

    Args:
        base_url: Where the service is, without a slash at its end.
        authentication: What requests are signed with.

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

    def delivery(self, request: Request, timeout: Timeout, limit: int, *, signed: bool = True) -> Delivery:
        """Return a request that is ready to be sent.

        Raises:
            InvalidArgumentError: An argument cannot be sent.
        """
        return Delivery(request, self._url(request), timeout, limit, signed)

    def begun(self, delivery: Delivery, transport: Any) -> tuple[httpx.Request, Token[_Signing | None]]:
        """Return the request to hand to a transport, and what to `end` with when it has returned."""
        request, url = delivery.request, delivery.url
        signature = self._signature(delivery) if delivery.signed else None
        below = signs_below(transport)
        headers = self._headers_of(request)
        if signature is not None and not below:
            url = signature.onto(url)
            headers = httpx.Headers([*headers.raw, *signature.headers])
        prepared = httpx.Request(
            request.method,
            url,
            headers=headers,
            stream=httpx.ByteStream(request.content),
            extensions={"timeout": dict(_timeout(delivery.timeout))},
        )
        # Otherwise a transport cannot tell whether there is a body: httpx-aiohttp would send an empty one in chunks.
        prepared.read()
        signing = _Signing(signature, prepared.stream, delivery) if signature is not None and below else None
        # When others write it, nobody knows.
        delivery.sent = signing is None
        return prepared, _SIGNING.set(signing)

    @staticmethod
    def end(token: Token[_Signing | None]) -> None:
        """Sign no more with the signature of a request."""
        # A coroutine that nobody awaits any more is closed in another context.
        with suppress(ValueError):
            _SIGNING.reset(token)

    def _url(self, request: Request) -> str:
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
        response: httpcore.Response = self._pool.handle_request(_signed(request, _cannot_be_cancelled))
        return response

    async def handle_async_request(self, request: httpcore.Request) -> httpcore.Response:
        response: httpcore.Response = await self._pool.handle_async_request(_signed(request, _is_cancelled))
        return response


def _signed(request: httpcore.Request, is_cancelled: Callable[[], bool]) -> httpcore.Request:
    signing = _SIGNING.get()
    if signing is None or signing.stream is not request.stream:
        return request
    import httpcore

    signature, url = signing.signature, request.url
    target = signature.onto(url.target.decode("ascii")).encode("ascii")
    signed = httpcore.Request(
        request.method,
        httpcore.URL(scheme=url.scheme, host=url.host, port=url.port, target=target),
        content=request.stream,
        extensions=request.extensions,
    )
    signed.headers = _Headers([*request.headers, *signature.headers], signing.delivery, is_cancelled)
    return signed
