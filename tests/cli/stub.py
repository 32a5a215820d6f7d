"""The stub service on loopback in this process, so that a test writes each response itself and sees each request."""

from __future__ import annotations

import contextlib
import signal
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import httpx

from tests.support.service import StubService, reply

if TYPE_CHECKING:
    from collections.abc import Iterator

LOS_ANGELES = "America/Los_Angeles"


@contextlib.contextmanager
def served(service: StubService) -> Iterator[dict[str, str]]:
    """Serve it, and give the environment in which the command uses it."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            response = service.handle(httpx.Request("GET", f"http://{self.headers['Host']}{self.path}"))
            content = response.read()
            self.send_response_only(response.status_code)
            for name, value in response.headers.items():
                if name.lower() not in ("content-length", "transfer-encoding"):
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            with contextlib.suppress(OSError):
                self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield {
            "ENLIGHTEN_BASE_URL": f"http://127.0.0.1:{server.server_address[1]}/api/v2",
            "ENLIGHTEN_API_KEY": "a-key-nobody-sees",
            "ENLIGHTEN_USER_ID": "a-user-nobody-sees",
        }
    finally:
        server.shutdown()
        server.server_close()


def ctrl_c(_request: httpx.Request) -> httpx.Response:
    """Press Ctrl-C while the command waits for this response."""
    return _signalled(signal.SIGINT)


def terminated(_request: httpx.Request) -> httpx.Response:
    """Terminate the command while it waits for this response."""
    return _signalled(signal.SIGTERM)


def _signalled(number: int) -> httpx.Response:
    main = threading.main_thread().ident
    assert main is not None
    signal.pthread_kill(main, number)
    # Long enough for the command to hear of it first.
    threading.Event().wait(1)
    return reply({}, 418)


def late(_request: httpx.Request) -> httpx.Response:
    """Fail after a time in which something can be seen on a terminal."""
    threading.Event().wait(0.5)
    return reply({}, 404)


def failing(status: int) -> httpx.Response:
    return reply({"message": "so it says"}, status)


def tripped() -> httpx.Response:
    """What is a failure of the service, and not tried again."""
    return failing(501)
