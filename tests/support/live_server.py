"""A server on loopback that streams, step by step as a test lets it."""

from __future__ import annotations

import json
import socketserver
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from tests.support.byte_server import PATIENCE
from tests.support.loopback import Loopback

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
LAST_CHUNK = b"0\r\n\r\n"


def event(power: int = 30) -> bytes:
    """Return one message of the live stream."""
    reading = {"system_id": 67, "pv_power": power, "consumption_power": 15, "battery_power": 5, "grid_power": -10}
    message = {"data": reading, "timestamp_epoch": 1773150000000, "timestamp_utc": "2026-03-10", "type": "response"}
    return f"data: {json.dumps({'data': message})}\n\n".encode()


def chunk(content: bytes) -> bytes:
    """Return a part of a chunked body."""
    return b"%x\r\n%s\r\n" % (len(content), content)


class LiveServer(Loopback):
    """The server, with a thread of its own for each connection.

    Args:
        respond: Yields what is sent for the request of a number, which counts from 1, as it may be sent.

    Attributes:
        heads: The heads of the requests.
        connections: How many were opened.
        hung_up: Is released for each connection that was closed by the client.
    """

    def __init__(self, respond: Callable[[int], Iterable[bytes]]) -> None:
        super().__init__(_Connection)
        self.respond = respond
        self.heads: list[str] = []
        self.connections = 0
        self.hung_up = threading.Semaphore(0)

    @property
    def url(self) -> str:
        return f"http://{self.address}"

    def is_hung_up(self) -> bool:
        """Wait until a client has closed its connection."""
        return self.hung_up.acquire(timeout=PATIENCE)

    def process_request(self, request: Any, client_address: Any) -> None:
        self.connections += 1
        super().process_request(request, client_address)


class _Connection(socketserver.StreamRequestHandler):
    server: LiveServer
    disable_nagle_algorithm = True

    def handle(self) -> None:
        while (head := self._head()) is not None:
            self.server.heads.append(head)
            with suppress(OSError):
                for part in self.server.respond(len(self.server.heads)):
                    self.wfile.write(part)
                    if part == b"":
                        return  # What the test says to hang up with.
        self.server.hung_up.release()

    def _head(self) -> str | None:
        lines: list[bytes] = []
        while not lines or lines[-1] != b"\r\n":
            try:
                line = self.rfile.readline()
            except OSError:
                return None
            if not line:
                return None
            lines.append(line)
        return b"".join(lines).decode("latin-1")
