"""A simulated API over real HTTP, in a thread of the present process: on loopback, unless told otherwise."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from enlighten_mock.serving.app import create_app
from enlighten_mock.serving.guard import names_of
from enlighten_mock.serving.http_server import http_server, is_exposed, listen, url_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from starlette.types import ASGIApp, Receive, Scope, Send

    from enlighten_mock.simulation import SimulatedAPI

LOOPBACK = "127.0.0.1"

_POLL = 0.002
_LONGEST_START = 10.0


@contextmanager
def served(
    api: SimulatedAPI, *, port: int = 0, host: str = LOOPBACK, names: Iterable[str] = ()
) -> Iterator[SimulatedAPI]:
    """Serve `api` while the context lasts; its `origin` is then that of the server, as this machine reaches it.

    Args:
        api: What to serve.
        port: The port, 0 for any free one.
        host: The address to listen on. Beyond loopback, the credentials of `api` have to be simulated ones.
        names: The names by which other machines know this one; see `create_app`.

    Raises:
        OSError: The address or the port is not available.
        RuntimeError: The server did not start.
        ValueError: The credentials must not travel in clear, or a name is none.
    """
    elsewhere = api.origin
    with _running(create_app(api, names=names_of(host, names)), host, port) as (origin, exposed):
        if exposed:
            api.check_exposed()
        api.origin = origin
        try:
            yield api
        finally:
            api.origin = elsewhere


@contextmanager
def served_in_turn(
    *, port: int = 0, host: str = LOOPBACK, names: Iterable[str] = ()
) -> Iterator[Callable[[SimulatedAPI], None]]:
    """Give a function that serves its argument from now on, in place of the one before and at the same `origin`.

    A server takes its time to start and to stop, a simulated API takes none: so this is how to have a new one often.
    The function raises `ValueError` for credentials that must not travel in clear.

    Args:
        port: As for `served`.
        host: As for `served`.
        names: As for `served`.

    Raises:
        OSError: The address or the port is not available.
        RuntimeError: The server did not start.
        ValueError: A name is none.
    """
    allowed = names_of(host, names)
    present: ASGIApp

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await present(scope, receive, send)

    with _running(app, host, port) as (origin, exposed):

        def serve(api: SimulatedAPI) -> None:
            nonlocal present
            if exposed:
                api.check_exposed()
            present = create_app(api, names=allowed)
            api.origin = origin

        yield serve


@contextmanager
def _running(app: ASGIApp, host: str, port: int) -> Iterator[tuple[str, bool]]:
    """Run a server of `app`, and give its URL, and whether other machines may reach it."""
    listener = listen(host, port)
    server = http_server(app)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        deadline = time.monotonic() + _LONGEST_START
        while not server.started:
            if not thread.is_alive() or time.monotonic() > deadline:
                raise RuntimeError("the server of the simulated API did not start")
            time.sleep(_POLL)
        yield url_of(listener), is_exposed(listener)
    finally:
        server.should_exit = True
        thread.join()
        listener.close()
