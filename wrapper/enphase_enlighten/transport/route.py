"""How a service is reached: checked when a client is made, and set up when its first request is sent.

What only the first request needs is left until then: certificates take longer to load than all the rest of a client
takes to be made.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from importlib.util import find_spec
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from urllib.parse import SplitResult, urlsplit
from urllib.request import getproxies, proxy_bypass

import httpx

from ..credentials.log_filter import mask_libraries
from ..errors import ConfigurationError, EnlightenError
from ..event_loops import asyncio_loop
from ..forks import renew_in_children, undivided
from .no_proxy import goes_direct

if TYPE_CHECKING:
    import ssl
    from asyncio import AbstractEventLoop


TransportT = TypeVar("TransportT", bound=httpx.BaseTransport | httpx.AsyncBaseTransport)


class Route:
    """The way to a service: its address, a proxy, and the certificates that are trusted.

    Args:
        base_url: Where the service is, without a slash at its end.
        proxy: As it was given; None for that of the environment.
        verify: As it was given.

    Raises:
        ConfigurationError: The proxy or the certificates cannot be used.
    """

    _used = False

    def __init__(self, base_url: str, proxy: Any, verify: Any) -> None:
        self._proxy = _checked_proxy(_environment_proxy(base_url) if proxy is None else proxy)
        self._encrypted = urlsplit(base_url).scheme == "https"
        # Read now, because the environment may say something else later; loaded now, where it may be wrong.
        self._file, folder = os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR")
        can_wait = verify is True and (_has_certificates(self._file) if self._file else not folder)
        self._context = None if can_wait else _context(lambda: httpx.create_ssl_context(verify=verify))
        self._may_renew = can_wait
        renew_in_children(self)

    def renew(self) -> None:
        """Load the certificates again in the child of a fork, if a connection of the parent may have them locked."""
        if self._may_renew and self._used:
            self._context = None

    def prepare(self) -> None:
        """Load the certificates and the HTTP library, which takes longer than all the rest of a request."""
        import httpcore  # noqa: F401 - httpx imports it with its first transport

        self._verify()

    def transport(self) -> httpx.HTTPTransport:
        """Return a transport for the sync client."""
        self._used = True
        return _masked(httpx.HTTPTransport(verify=self._verify(), proxy=self._proxy))

    def async_transport(self) -> httpx.AsyncHTTPTransport:
        """Return a transport for the async client."""
        self._used = True
        return _masked(httpx.AsyncHTTPTransport(verify=self._verify(), proxy=self._proxy))

    def _verify(self) -> ssl.SSLContext:
        if self._context is None:
            self._context = _context(self._load if self._encrypted else _trusting_nobody)
        return self._context

    def _load(self) -> ssl.SSLContext:
        import ssl

        if self._file:
            return ssl.create_default_context(cafile=self._file)
        return httpx.create_ssl_context(trust_env=False)


class Connections(Generic[TransportT]):
    """The transports of one client: one of the user's own, or httpx's, made when the first request is sent.

    Connections of an async client belong to the event loop in which they were opened. One that is used in several, say
    in one call of `asyncio.run` after another or in one for each thread, has others in each.

    Args:
        kind: The class of transports that the client needs.
        make: Makes httpx's own; None where one is given.
        given: A transport of the user's own.

    Raises:
        ConfigurationError: That is one of the other client's kind, or none.
    """

    def __init__(self, kind: type[TransportT], make: Callable[[], TransportT] | None, given: TransportT | None) -> None:
        if given is not None and not isinstance(given, kind):
            raise ConfigurationError(f"transport={given!r} must be an httpx.{kind.__name__}, which this client needs.")
        self.given: TransportT | None = given
        self._make: Callable[[], TransportT] | None = make
        self._by_loop = kind is httpx.AsyncBaseTransport
        self._made: dict[AbstractEventLoop | None, TransportT] = {}
        self._lock = threading.Lock()
        renew_in_children(self)

    def renew(self) -> None:
        """Drop the connections in the child of a fork: neither closed nor said goodbye on, they are the parent's."""
        self._made, self._lock = {}, threading.Lock()

    def made(self) -> TransportT:
        """Return httpx's own transport.

        Raises:
            EnlightenError: The client is closed.
        """
        loop = asyncio_loop() if self._by_loop else None
        with self._lock:
            made = self._made.get(loop)
            if made is None:
                if self._make is None:
                    raise EnlightenError(
                        "not sent: the client was closed meanwhile. Close it when all requests are done."
                    )
                for ended in [other for other in self._made if other is not None and other.is_closed()]:
                    del self._made[ended]
                with undivided():
                    made = self._made[loop] = self._make()
            return made

    def ended(self) -> TransportT | None:
        """Return the transport that is to be closed, once; those of another event loop end with it."""
        loop = asyncio_loop() if self._by_loop else None
        with self._lock:
            transport = self._made.get(loop) if self.given is None else self.given
            self._make = self.given = None
            self._made.clear()
            return transport


def _masked(transport: TransportT) -> TransportT:
    """Return a transport, whose making has imported libraries, with the credentials masked in what those log."""
    mask_libraries()
    return transport


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
    proxies = getproxies()
    if is_loopback(host) or proxy_bypass(host) or goes_direct(base_url, proxies.get("no", "")):
        return None
    proxy = proxies.get(parts.scheme) or proxies.get("all")
    return proxy if proxy is None or "://" in proxy else f"http://{proxy}"


def checked_base_url(url: Any, source: str, example: str, *, in_clear: bool = False) -> str:
    """Check a base URL, and return it without a slash at its end.

    Args:
        url: The URL.
        source: Where it was given, for the message.
        example: One that would be accepted, for the message.
        in_clear: Whether the credentials are no secrets, so that http is accepted beyond loopback.

    Raises:
        ConfigurationError: It is no https URL (http is else accepted for loopback alone: the credentials would travel
            in clear), or has a query, a fragment or user information.
    """
    example = f"Give one such as {example!r}."
    if not isinstance(url, str) or set(url) & set("@?#"):
        # Not shown: whatever stands there may be a secret.
        raise ConfigurationError(f"{source} has a query, a fragment or a user in it, or is no string. {example}")
    shown = f"{source}={url!r}"
    parts = _parsed(url)
    if parts is None or parts.scheme not in ("https", "http"):
        raise ConfigurationError(f"{shown} is not a web address. {example}")
    if parts.scheme == "http" and not in_clear and not is_loopback(parts.raw_host.decode()):
        raise ConfigurationError(
            f"{shown} must not be used: over http the credentials would travel in clear. Use https; http is for a "
            "simulated API, on loopback or with the credentials that it prints, both of them."
        )
    return str(parts).rstrip("/")


def _parsed(url: str) -> httpx.URL | None:
    """Return the URL, unless two parsers read another host out of it: then it is a trick, or a slip."""
    try:
        parts, other = httpx.URL(url), urlsplit(url)
        host, hosts = other.hostname, (parts.host, parts.raw_host.decode())
        same = bool(host) and host in hosts and parts.port == _explicit_port(other)
    except (httpx.InvalidURL, ValueError):
        return None
    return parts if same else None


def _explicit_port(parts: SplitResult) -> int | None:
    return None if parts.port == {"http": 80, "https": 443}.get(parts.scheme) else parts.port


def is_loopback(host: str) -> bool:
    """Whether a host's name or address is that of this machine to itself."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
