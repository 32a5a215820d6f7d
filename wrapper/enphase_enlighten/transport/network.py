"""How the service is reached: checked when a client is made, and made when its first request is sent.

What only the first request needs is left until then: certificates take longer to load than all the rest of a client
takes to be made, and not before then is it known in which event loop an async client lives.
"""

from __future__ import annotations

import os
import threading
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import httpx

from ..config.settings import is_loopback
from ..credentials.log_filter import mask_libraries
from ..errors import ConfigurationError, EnlightenError

if TYPE_CHECKING:
    import ssl
    from asyncio import AbstractEventLoop
    from collections.abc import Callable


class Connection:
    """What a transport is made of.

    Args:
        base_url: Where the service is.
        proxy: As it was given; None for that of the environment.
        verify: As it was given.

    Raises:
        ConfigurationError: The proxy or the certificates cannot be used.
    """

    def __init__(self, base_url: str, proxy: Any, verify: Any) -> None:
        self._proxy = _checked_proxy(_environment_proxy(base_url) if proxy is None else proxy)
        self._encrypted = urlsplit(base_url).scheme == "https"
        # Read now, because the environment may say something else later; loaded now, where it may be wrong.
        self._file, folder = os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR")
        can_wait = verify is True and (_has_certificates(self._file) if self._file else not folder)
        self._context = None if can_wait else _context(lambda: httpx.create_ssl_context(verify=verify))

    def transport(self) -> httpx.HTTPTransport:
        """Return a transport for the sync client."""
        transport = httpx.HTTPTransport(verify=self._verify(), proxy=self._proxy)
        mask_libraries()
        return transport

    def async_transport(self, *, in_asyncio: bool) -> httpx.AsyncBaseTransport:
        """Return a transport for the async client: that of aiohttp where it is installed and does the same."""
        transport = self._of_aiohttp() if in_asyncio else None
        if transport is None:
            transport = httpx.AsyncHTTPTransport(verify=self._verify(), proxy=self._proxy)
        mask_libraries()
        return transport

    def _of_aiohttp(self) -> httpx.AsyncBaseTransport | None:
        # To a proxy that is itself encrypted, aiohttp would apply `verify` too, which is meant for the service.
        if self._proxy is not None and self._proxy.url.scheme != "http":
            return None
        try:
            from .aiohttp_transport import VerbatimAiohttpTransport
        except ImportError:
            return None  # The extra is not installed, or a release of it that is too old.
        return VerbatimAiohttpTransport(verify=self._verify(), proxy=self._proxy)

    def _verify(self) -> ssl.SSLContext:
        if self._context is None:
            self._context = _context(self._load if self._encrypted else _trusting_nobody)
        return self._context

    def _load(self) -> ssl.SSLContext:
        import ssl

        if self._file:
            return ssl.create_default_context(cafile=self._file)
        return httpx.create_ssl_context(trust_env=False)


class DeferredTransport(httpx.BaseTransport):
    """Makes the transport of the sync client when the first request is there to be sent, by whichever thread."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._made: httpx.HTTPTransport | None = None
        self._closed = False
        self._lock = threading.Lock()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request."""
        return (self._made or self.transport()).handle_request(request)

    def transport(self) -> httpx.HTTPTransport:
        """Return what the requests are sent with.

        Raises:
            ConfigurationError: It cannot be made.
            EnlightenError: It is closed.
        """
        with self._lock:
            if self._made is None:
                _refuse_if(closed=self._closed)
                self._made = self._connection.transport()
            return self._made

    def close(self) -> None:
        """Close the connections."""
        with self._lock:
            self._closed = True
            made, self._made = self._made, None
        if made is not None:
            made.close()


class AsyncDeferredTransport(httpx.AsyncBaseTransport):
    """Makes the transport of the async client when the first request of an event loop is there to be sent.

    Connections belong to the event loop in which they were opened. A client that is used in several, say in one call of
    `asyncio.run` after another or in one for each thread, has others in each.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._made: dict[AbstractEventLoop | None, httpx.AsyncBaseTransport] = {}
        self._closed = False

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request."""
        return await self.transport().handle_async_request(request)

    def transport(self) -> httpx.AsyncBaseTransport:
        """Return what the requests of the running event loop are sent with; no other task of it runs meanwhile.

        Raises:
            ConfigurationError: It cannot be made.
            EnlightenError: It is closed.
        """
        loop = _asyncio_loop()
        made = self._made.get(loop)
        if made is None:
            _refuse_if(closed=self._closed)
            for other in list(self._made):
                if other is not None and other.is_closed():
                    self._made.pop(other, None)
            made = self._made[loop] = self._connection.async_transport(in_asyncio=loop is not None)
        return made

    async def aclose(self) -> None:
        """Close the connections; those of another event loop end with it."""
        self._closed = True
        made = self._made.pop(_asyncio_loop(), None)
        self._made.clear()
        if made is not None:
            await made.aclose()


def _asyncio_loop() -> AbstractEventLoop | None:
    """Return the running event loop of asyncio; None in one of trio, also where that runs as a guest of the other."""
    import asyncio

    try:
        return asyncio.get_running_loop() if asyncio.current_task() is not None else None
    except RuntimeError:
        return None


def _refuse_if(*, closed: bool) -> None:
    if closed:
        raise EnlightenError("not sent, for the client was closed meanwhile. Close it when all requests are done.")


def _has_certificates(path: str) -> bool:
    try:
        return b"-----BEGIN " in Path(path).read_bytes()
    except OSError:
        return False


def _context(load: Callable[[], ssl.SSLContext]) -> ssl.SSLContext:
    try:
        return load()
    except (ValueError, OSError, TypeError) as error:
        raise ConfigurationError(
            f"The connection cannot be set up: {error}. Correct verify=, or SSL_CERT_FILE and SSL_CERT_DIR."
        ) from None


def _trusting_nobody() -> ssl.SSLContext:
    """Return a context without certificates: httpx wants one also where nothing is encrypted."""
    import ssl

    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _checked_proxy(proxy: Any) -> httpx.Proxy | None:
    checked = proxy if isinstance(proxy, httpx.Proxy) else _proxy_of(proxy)
    if checked is not None and checked.url.scheme.startswith("socks") and find_spec("socksio") is None:
        raise ConfigurationError("A SOCKS proxy needs another package: pip install 'httpx[socks]'")
    return checked


def _proxy_of(given: Any) -> httpx.Proxy | None:
    if given is None:
        return None
    try:
        url = httpx.URL(given)
        if url.host:
            return httpx.Proxy(url)
    except (httpx.InvalidURL, ValueError, TypeError):
        pass
    # Not shown: it may have a password in it, and be so broken that nothing tells where.
    raise ConfigurationError(
        "The proxy, given as proxy= or by the environment (HTTPS_PROXY, HTTP_PROXY, ALL_PROXY), cannot be used. Give a "
        "URL such as 'http://user:password@host:8080'."
    )


def _environment_proxy(base_url: str) -> str | None:
    """Return the proxy that the environment names for the service, as httpx does for a client without a transport.

    For loopback there is none: what may go there in clear, credentials in it, may not leave the machine.
    """
    parts = urlsplit(base_url)
    host = parts.hostname or ""
    if is_loopback(host) or proxy_bypass(host):
        return None
    proxies = getproxies()
    proxy = proxies.get(parts.scheme) or proxies.get("all")
    return proxy if proxy is None or "://" in proxy else f"http://{proxy}"
