"""A small Monitoring API v4 in the process of its clients: it gives recorded bodies, and keeps what it is asked for."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, NamedTuple

import httpx

from enphase_enlighten.v4 import AsyncEnlighten, Enlighten
from tests.support.clock import SettableClock
from tests.support.service import reply
from tests.support.specification import Operation
from tests.support.v4_bodies import BODIES, body, operations

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tests.support.clients import Kind

API_KEY, ACCESS_TOKEN = "simulated-key-of-an-application", "simulated-access-token"
ROOT = "/api/v4"
RECORDED = {
    **{of.operation: name for name, of in reversed(list(BODIES.items())) if of.status in (200, 202)},
    # Their bodies are those of others.
    "UpdateLoadControl": "load_control",
    "StopCharging": "ev_command_accepted",
}
"""The body that each operation has by default, by the name of its file."""


class Asked(NamedTuple):
    """A request as it came.

    Attributes:
        operation: The id of the operation.
        path: What its path has in braces.
        params: The query without the credentials.
        body: The decoded body; None where there is none.
    """

    operation: str
    path: dict[str, str]
    params: dict[str, str]
    body: Any = None


class V4Service:
    """The service.

    Attributes:
        asked: The requests, in order.
        sent: The same as they came.
        then: The outcomes of the next requests, in turn.
        always: What gives the outcome of all requests after those; None for recorded bodies.
    """

    def __init__(self, clock: SettableClock | None = None) -> None:
        self.clock = SettableClock() if clock is None else clock
        self.asked: list[Asked] = []
        self.sent: list[httpx.Request] = []
        self.then: list[httpx.Response | Exception] = []
        self.always: Callable[[Asked], httpx.Response] | None = None

    def client(self, **options: Any) -> Enlighten:
        """Make a sync client of it."""
        options = {"tokens": ACCESS_TOKEN, "transport": self.transport(), "clock": self.clock, **options}
        return Enlighten(options.pop("api_key", API_KEY), **options)

    def made(self, kind: Kind, **options: Any) -> Any:
        """Make a client of either kind, which is used like a sync one."""
        options = {"tokens": ACCESS_TOKEN, "transport": self.transport(), "clock": self.clock, **options}
        return kind.make(options.pop("api_key", API_KEY), of=(Enlighten, AsyncEnlighten), **options)

    def transport(self) -> httpx.MockTransport:
        """Make a way to it for a client of either kind."""
        return httpx.MockTransport(self.handle)

    def handle(self, request: httpx.Request) -> httpx.Response:
        self.sent.append(request)
        asked = asked_for(request)
        self.asked.append(asked)
        if self.then:
            outcome = self.then.pop(0)
            if isinstance(outcome, Exception):
                raise outcome
        else:
            outcome = recorded(asked) if self.always is None else self.always(asked)
        outcome.headers.setdefault("Date", formatdate(self.clock.now(), usegmt=True))
        return outcome

    @property
    def operations(self) -> Sequence[str]:
        """The operations that were asked for."""
        return [asked.operation for asked in self.asked]


def asked_for(request: httpx.Request) -> Asked:
    """Return what a request asks for."""
    below = request.url.path[request.url.path.index("/systems") :]
    candidates = sorted(operations().items(), key=lambda each: each[1][1].count("{"))
    for operation, (method, path, definition) in candidates:
        parts = Operation(operation, path, definition, {}).path_parameters(below)
        if parts is not None and method == request.method.lower():
            content = json.loads(request.content) if request.content else None
            params = {name: value for name, value in request.url.params.items() if name != "key"}
            return Asked(operation, parts, params, content)
    raise AssertionError(f"no operation: {request.method} {request.url.path}")


def recorded(asked: Asked) -> httpx.Response:
    """Return the recorded body of an operation, as one of the system that is asked for."""
    if asked.operation == "LiveData":
        data = json.dumps(body("live_data_event"))
        return httpx.Response(200, text=f"data: {data}\n\n", headers={"Content-Type": "text/event-stream"})
    name = RECORDED.get(asked.operation)
    assert name is not None, f"there is no body of {asked.operation}"
    content = body(name)
    if isinstance(content, dict) and "system_id" in content and "system_id" in asked.path:
        content["system_id"] = int(asked.path["system_id"])
    return reply(content, BODIES[name].status or 200)


@contextmanager
def served(service: V4Service) -> Iterator[str]:
    """Serve a service on loopback, and give its base URL."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            url = f"http://{self.headers['Host']}{self.path}"
            response = service.handle(httpx.Request(self.command, url, content=self.rfile.read(length)))
            self.send_response(response.status_code)
            for name, value in {"Content-Length": str(len(response.content)), **response.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(response.content)

        do_POST = do_PUT = do_GET  # noqa: N815 - http.server finds them by these names

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}{ROOT}"
        finally:
            server.shutdown()
            thread.join()
