"""The simulated API as an ASGI application: its services, the control endpoint, and the page for people."""

from __future__ import annotations

import asyncio
import sys
import traceback
from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Match

from enlighten_mock.clock import SettableClock
from enlighten_mock.control import endpoint
from enlighten_mock.control.page import routes as page
from enlighten_mock.serving.guard import Guard
from enlighten_mock.simulation import SimulatedAPI

if TYPE_CHECKING:
    from collections.abc import Iterable

    import starlette.requests
    import starlette.responses
    from starlette.types import ASGIApp, Receive, Scope, Send

    from enlighten_mock.clock import Clock
    from enlighten_mock.service.exchange import Response


_LONGEST_BODY = 1 << 20


class Services:
    """Responds to everything below the prefixes of the services.

    Args:
        api: The simulated API.
    """

    def __init__(self, api: SimulatedAPI) -> None:
        self._api = api

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Respond to one request."""
        body, more = b"", True
        while more:
            message = await receive()
            body, more = body + message.get("body", b""), message.get("more_body", False)
            if len(body) > _LONGEST_BODY:
                body = b""  # which no operation takes
        path = scope.get("raw_path", scope["path"].encode()).decode("latin-1")
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        response = self._api.answer(scope["method"], path, scope["query_string"].decode("latin-1"), headers, body)
        if response.pace:
            await send_pieces(response, send, receive, self._api.clock)
        else:
            await send_response(response, send, head=scope["method"] == "HEAD")


class Below(BaseRoute):
    """Everything at a prefix and below it, whatever the path has in it: Starlette's own patterns stop at a line break.

    Args:
        prefix: The prefix, without a slash at its end.
        app: What responds.
    """

    def __init__(self, prefix: str, app: ASGIApp) -> None:
        self._prefix = prefix
        self._app = app

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Return a full match for a request at or below the prefix."""
        path = scope.get("path", "")
        below = scope["type"] == "http" and (path == self._prefix or path.startswith(f"{self._prefix}/"))
        return (Match.FULL if below else Match.NONE), {}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Respond to one request."""
        await self._app(scope, receive, send)


async def send_response(response: Response, send: Send, *, head: bool = False) -> None:
    """Send a response as it is to be sent: after its delay, and whole or cut."""
    if response.delay:
        await asyncio.sleep(response.delay)
    headers = [(name.lower().encode(), value.encode()) for name, value in response.headers]
    if response.status != HTTPStatus.NO_CONTENT:
        headers.append((b"content-length", str(len(response.body)).encode()))
    await send({"type": "http.response.start", "status": response.status, "headers": headers})
    if response.cut is None:
        await send({"type": "http.response.body", "body": b"" if head else response.body})
    else:
        # The server closes the connection of an application that returns in the middle of its body.
        await send({"type": "http.response.body", "body": response.body[: response.cut], "more_body": True})


async def send_pieces(response: Response, send: Send, receive: Receive, clock: Clock) -> None:
    """Send a response piece by piece, as long as somebody listens.

    With a settable clock nothing is waited for between the pieces: the clock moves on.
    """
    await asyncio.sleep(response.delay)
    headers = [(name.lower().encode(), value.encode()) for name, value in response.headers]
    await send({"type": "http.response.start", "status": response.status, "headers": headers})
    gone = asyncio.ensure_future(receive())
    try:
        for pause, piece in response.pieces():
            if isinstance(clock, SettableClock):
                clock.advance(pause)
                await asyncio.sleep(0)
            else:
                await asyncio.wait([gone], timeout=pause)
            if gone.done():
                return
            await send({"type": "http.response.body", "body": piece, "more_body": True})
    finally:
        gone.cancel()
    if response.cut is None:
        await send({"type": "http.response.body", "body": b""})


async def internal_error(_: starlette.requests.Request, error: Exception) -> starlette.responses.Response:
    """Respond to an exception of the simulation itself, which is also printed on stderr: no test asked for it."""
    traceback.print_exception(error, file=sys.stderr)
    message = f"This is a fault of the simulated API itself, not one it was asked for: {type(error).__name__}: {error}"
    body = {"reason": "500", "type": "SimulationError", "message": [message]}
    return JSONResponse(body, status_code=HTTPStatus.INTERNAL_SERVER_ERROR)


def create_app(api: SimulatedAPI | None = None, *, names: Iterable[str] | None = None) -> Starlette:
    """Return the ASGI application that serves `api`, or a simulated API with default arguments.

    Args:
        api: What to serve.
        names: The names under which the page and the control endpoint respond, beside addresses and `localhost`; None
            for any, which is for applications that no browser can reach.

    A server closes the connection of a body that is `cut`. `httpx.ASGITransport` has no connection to close and ends
    in an AssertionError there; `SimulatedAPI.transport` and `async_transport` break such a body as a connection does.
    """
    api = api or SimulatedAPI()
    services = Services(api)
    prefixes = [service.prefix for service in api.services]
    return Starlette(
        middleware=[] if names is None else [Middleware(Guard, prefixes=prefixes, names=frozenset(names))],
        routes=[
            *(Below(prefix, services) for prefix in prefixes),
            *endpoint.Control(api).routes(),
            *page.routes(api, endpoint.PREFIX),
        ],
        exception_handlers={Exception: internal_error},
    )
