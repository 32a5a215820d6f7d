"""Servers on loopback, to look at what goes over the wire: HTTP/1.1 or HTTP/2, encrypted or not."""

from __future__ import annotations

import select
import shutil
import socket
import socketserver
import ssl
import subprocess
import threading
from contextlib import suppress
from http.client import HTTPConnection
from typing import TYPE_CHECKING, Any, NamedTuple, Self
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from pathlib import Path

BODY = b'{"system_id": 67}'

TRUSTING_NOBODY = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""For the `verify` of an httpx client of plain HTTP, which otherwise takes 45 ms to read the machine's authorities."""


def certificate(folder: Path) -> Path | None:
    """Make a certificate for 127.0.0.1 that is its own authority, with its key, in one file; None without openssl."""
    openssl = shutil.which("openssl")
    if openssl is None:
        return None
    key, made, both = (folder / f"{name}.pem" for name in ("key", "certificate", "both"))
    elliptic = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    made_for = ["-subj", "/CN=loopback", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "2"]
    command = [openssl, "req", "-x509", *elliptic, *made_for, "-keyout", str(key), "-out", str(made)]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - ours
    both.write_bytes(key.read_bytes() + made.read_bytes())
    return both


class Received(NamedTuple):
    """A request as a server got it."""

    protocol: str
    method: str
    target: str
    headers: dict[str, str]

    @property
    def text(self) -> str:
        return repr(self)


class Loopback(socketserver.ThreadingTCPServer):
    """A server in threads of its own.

    Attributes:
        received: The requests that it got.
    """

    daemon_threads = allow_reuse_address = True
    block_on_close = False
    request_queue_size = 100

    def __init__(self, handler: type[socketserver.BaseRequestHandler]) -> None:
        super().__init__(("127.0.0.1", 0), handler)
        self.received: list[Received] = []

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()

    def handle_error(self, *_: object) -> None:
        """Stay silent: clients hang up at any time."""


class Service(Loopback):
    """Responds to everything alike.

    Args:
        certificate: What it is encrypted with, if it is.
        http2: Whether it speaks HTTP/2.

    Attributes:
        hangs_up: Whether it hangs up on a request instead of responding.
        delay: Cleared, it lets requests wait for their responses.
        status: The status of its responses.
    """

    def __init__(self, certificate: Path | None = None, *, http2: bool = False) -> None:
        super().__init__(_Http2 if http2 else _Http1)
        self.hangs_up = False
        self.delay = threading.Event()
        self.delay.set()
        self.status = 200
        self.context: ssl.SSLContext | None = None
        if certificate is not None:
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.context.load_cert_chain(certificate)
            self.context.set_alpn_protocols(["h2"] if http2 else ["http/1.1"])

    @property
    def url(self) -> str:
        return f"{'http' if self.context is None else 'https'}://{self.address}"

    def finish_request(self, request: Any, client_address: Any) -> None:
        with suppress(OSError):
            encrypted = request if self.context is None else self.context.wrap_socket(request, server_side=True)
            super().finish_request(encrypted, client_address)
            encrypted.close()


class _Http1(socketserver.StreamRequestHandler):
    server: Service

    def handle(self) -> None:
        while (received := _head(self.rfile)) is not None:
            self.server.received.append(received)
            self.rfile.read(int(received.headers.get("content-length", 0)))
            self.server.delay.wait(60)
            if self.server.hangs_up:
                return
            head = f"HTTP/1.1 {self.server.status} -\r\nContent-Length: {len(BODY)}\r\n\r\n"
            self.wfile.write(head.encode() + BODY)


class _Http2(socketserver.BaseRequestHandler):
    server: Service

    def handle(self) -> None:
        from h2.config import H2Configuration
        from h2.connection import H2Connection
        from h2.events import RequestReceived, StreamEnded

        connection = H2Connection(H2Configuration(client_side=False, header_encoding="latin-1"))
        connection.initiate_connection()
        self.request.sendall(connection.data_to_send())
        while data := self.request.recv(65536):
            for event in connection.receive_data(data):
                if isinstance(event, RequestReceived):
                    headers: dict[str, str] = dict(event.headers)  # type: ignore[arg-type]  # decoded, as configured
                    self.server.received.append(
                        Received("HTTP/2", headers.pop(":method"), headers.pop(":path"), headers)
                    )
                    if self.server.hangs_up:
                        return
                elif isinstance(event, StreamEnded):
                    connection.send_headers(event.stream_id, [(":status", str(self.server.status))])
                    connection.send_data(event.stream_id, BODY, end_stream=True)
            self.request.sendall(connection.data_to_send())


class Proxy(Loopback):
    """Forwards requests, and makes tunnels."""

    def __init__(self) -> None:
        super().__init__(_Forwarding)

    @property
    def url(self) -> str:
        return f"http://{self.address}"


class _Forwarding(socketserver.StreamRequestHandler):
    server: Proxy

    def handle(self) -> None:
        while (received := _head(self.rfile)) is not None:
            self.server.received.append(received)
            if received.method == "CONNECT":
                self._tunnel(received.target)
                return
            self._forward(received)

    def _forward(self, received: Received) -> None:
        place = urlsplit(received.target)
        connection = HTTPConnection(place.netloc)
        connection.request(received.method, f"{place.path}?{place.query}", headers=received.headers)
        response = connection.getresponse()
        body = response.read()
        connection.close()
        head = f"HTTP/1.1 {response.status} -\r\nContent-Length: {len(body)}\r\n\r\n"
        self.wfile.write(head.encode() + body)

    def _tunnel(self, target: str) -> None:
        host, _, port = target.partition(":")
        with socket.create_connection((host, int(port))) as service:
            self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
            ends = {self.connection: service, service: self.connection}
            while True:
                for end in select.select(list(ends), [], [])[0]:
                    data = end.recv(65536)
                    if not data:
                        return
                    ends[end].sendall(data)


def _head(file: Any) -> Received | None:
    """Read the head of a request; None where the client has hung up."""
    line = file.readline().decode("latin-1").split()
    if not line:
        return None
    headers: dict[str, str] = {}
    while (text := file.readline().decode("latin-1").strip()) != "":
        name, _, value = text.partition(":")
        headers[name.lower()] = value.strip()
    return Received(line[2], line[0], line[1], headers)
