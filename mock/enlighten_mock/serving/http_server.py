"""An HTTP server, and the socket that it listens on."""

from __future__ import annotations

import errno
import socket
from ipaddress import ip_address
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import uvicorn
    from starlette.types import ASGIApp

_BACKLOG = 1024
_LONGEST_HEAD = 1 << 17
"""Bytes: h11 rejects half-received heads of more than 16 KiB, which two thousand ids to filter by have, and httpx sends
URLs of up to 64 KiB. Whether a head is ever half-received is up to the network."""


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens on `host` and `port`, 0 for any free one.

    Raises:
        OSError: The address is not available; the message says which.
    """
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        # asyncio sends at once (TCP_NODELAY) only where the protocol is named; each response took 40 ms without.
        listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    except OSError as error:
        raise OSError(f"cannot listen on {host}: {error.strerror or error}; choose another --host") from None
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        other = "--host" if error.errno == errno.EADDRNOTAVAIL else "--port"
        raise OSError(f"cannot listen on {host}, port {port}: {error.strerror}; choose another {other}") from None
    return listener


def url_of(listener: socket.socket) -> str:
    """Return the URL at which this machine reaches a socket: on loopback, where it listens on all addresses."""
    host, port = listener.getsockname()[:2]
    address = ip_address(host)
    if address.is_unspecified:
        host = "::1" if ":" in host else "127.0.0.1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def is_exposed(listener: socket.socket) -> bool:
    """Return whether other machines may reach a socket."""
    return not ip_address(listener.getsockname()[0]).is_loopback


def http_server(app: ASGIApp) -> uvicorn.Server:
    """Return a server for `app` that says nothing, and leaves the `Date` header to the simulated service."""
    import uvicorn  # heavy, and part of an extra

    return uvicorn.Server(
        uvicorn.Config(
            app,
            loop="asyncio",
            http="h11",
            h11_max_incomplete_event_size=_LONGEST_HEAD,
            ws="none",
            lifespan="off",
            log_config=None,
            # A connection that is cut on demand is an error in its eyes.
            log_level="critical",
            access_log=False,
            date_header=False,
            server_header=False,
            timeout_graceful_shutdown=1,
        )
    )
