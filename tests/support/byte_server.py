"""A server on loopback that sends the bytes that it is told to, whether they are HTTP or not."""

from __future__ import annotations

import socket
import socketserver
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import anyio

from tests.support.loopback import BODY, Loopback

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable

PATIENCE = 60.0
"""Seconds to wait for what is to happen: a busy machine may take long over it."""


def http(body: bytes = BODY, status: str = "200 OK", *lines: str) -> bytes:
    """Return a response as it goes over the wire."""
    head = "".join(f"{line}\r\n" for line in (f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *lines))
    return head.encode() + b"\r\n" + body


class ByteServer(Loopback):
    """The server, with a thread of its own for each connection.

    Args:
        respond: Returns what is sent for the request of a number, which counts from 1; or what is sent for each.
        greeting: What is sent on each new connection, before any request.
        encrypted: What it is encrypted with, if it is.

    Attributes:
        heads: The heads of the requests.
        connections: How many were opened.
        open: How many are open.
        most: The most that were open at once.
        hung_up: Is released for each connection that was closed.
        responding: Whether it responds now, or waits until it may.
        hangs_up: Whether it hangs up after its response to the request of this number.
    """

    request_queue_size = 200

    def __init__(
        self,
        respond: Callable[[int], bytes] | bytes | None = None,
        *,
        greeting: bytes = b"",
        encrypted: ssl.SSLContext | None = None,
    ) -> None:
        super().__init__(_Connection)
        sent = http() if respond is None else respond
        self.respond = sent if callable(sent) else lambda _number: sent
        self.greeting = greeting
        self.encrypted = encrypted
        self.heads: list[bytes] = []
        self.connections = self.open = self.most = 0
        self.hung_up = threading.Semaphore(0)
        self.responding = threading.Event()
        self.responding.set()
        self.hangs_up: Callable[[int], bool] = lambda _number: False
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()

    @property
    def url(self) -> str:
        scheme = "http" if self.encrypted is None else "https"
        return f"{scheme}://{self.address}"

    @property
    def first_lines(self) -> list[str]:
        """The first line of each request."""
        return [head.decode("latin-1").partition("\r\n")[0] for head in self.heads]

    def __exit__(self, *_: object) -> None:
        super().__exit__()
        self.responding.set()
        with self._lock:
            for connection in self._open:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait in an event loop until a condition holds."""
        deadline = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < deadline
            await anyio.sleep(0.005)

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._lock:
            self._open.add(request)
            self.connections += 1
            self.open += 1
            self.most = max(self.open, self.most)
        super().process_request(request, client_address)

    def finish_request(self, request: Any, client_address: Any) -> None:
        # A client may hang up at any time.
        with suppress(OSError):
            if self.encrypted is None:
                super().finish_request(request, client_address)
                return
            with self.encrypted.wrap_socket(request, server_side=True) as encrypted:
                super().finish_request(encrypted, client_address)

    def shutdown_request(self, request: Any) -> None:
        super().shutdown_request(request)
        with self._lock:
            self._open.discard(request)
            self.open -= 1
        self.hung_up.release()

    def keep(self, head: bytes) -> int:
        """Keep the head of a request, and return its number."""
        with self._lock:
            self.heads.append(head)
            return len(self.heads)


class _Connection(socketserver.StreamRequestHandler):
    server: ByteServer
    disable_nagle_algorithm = True

    def handle(self) -> None:
        self.wfile.write(self.server.greeting)
        while (head := self._head()) is not None:
            number = self.server.keep(head)
            self.server.responding.wait()
            self.wfile.write(self.server.respond(number))
            if self.server.hangs_up(number):
                return

    def _head(self) -> bytes | None:
        lines: list[bytes] = []
        while not lines or lines[-1] != b"\r\n":
            line = self.rfile.readline()
            if not line:
                return None
            lines.append(line)
        return b"".join(lines)
