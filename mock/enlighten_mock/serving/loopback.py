"""A simulated API over real HTTP on loopback, in a thread of the present process."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from enlighten_mock.serving.app import create_app
from enlighten_mock.serving.http_server import http_server, listen
from enlighten_mock.v2.enlighten import PREFIX

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from starlette.types import ASGIApp, Receive, Scope, Send

    from enlighten_mock.simulation import SimulatedAPI

_POLL = 0.002
_LONGEST_START = 10.0


@contextmanager
def served(api: SimulatedAPI, *, port: int = 0) -> Iterator[SimulatedAPI]:
    """Serve `api` on loopback while the context lasts; its `base_url` is then that of the server.

    Args:
        api: What to serve.
        port: The port, 0 for any free one.

    Raises:
        OSError: The port is not available.
        RuntimeError: The server did not start.
    """
    elsewhere = api.base_url
    with _running(create_app(api), port) as base_url:
        api.base_url = base_url
        try:
            yield api
        finally:
            api.base_url = elsewhere


@contextmanager
def served_in_turn() -> Iterator[Callable[[SimulatedAPI], None]]:
    """Give a function that serves its argument from now on, in place of the one before and at the same `base_url`.

    A server takes its time to start and to stop, a simulated API takes none: so this is how to have a new one often.

    Raises:
        RuntimeError: The server did not start.
    """
    present: ASGIApp

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await present(scope, receive, send)

    with _running(app, port=0) as base_url:

        def serve(api: SimulatedAPI) -> None:
            nonlocal present
            present = create_app(api)
            api.base_url = base_url

        yield serve


@contextmanager
def _running(app: ASGIApp, port: int) -> Iterator[str]:
    """Run a server of `app`, and give the base URL of the API there."""
    listener = listen("127.0.0.1", port)
    server = http_server(app)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        deadline = time.monotonic() + _LONGEST_START
        while not server.started:
            if not thread.is_alive() or time.monotonic() > deadline:
                raise RuntimeError("the server of the simulated API did not start")
            time.sleep(_POLL)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}{PREFIX}"
    finally:
        server.should_exit = True
        thread.join()
        listener.close()
