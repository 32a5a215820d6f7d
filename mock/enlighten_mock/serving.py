"""A simulated API over real HTTP on loopback, in a thread of the present process."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from enlighten_mock.app import create_app
from enlighten_mock.server import http_server, listen
from enlighten_mock.service import PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterator

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
        OSError: The port cannot be had.
        RuntimeError: The server did not start.
    """
    listener = listen("127.0.0.1", port)
    server = http_server(create_app(api))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    elsewhere = api.base_url
    api.base_url = f"http://127.0.0.1:{listener.getsockname()[1]}{PREFIX}"
    thread.start()
    try:
        deadline = time.monotonic() + _LONGEST_START
        while not server.started:
            if not thread.is_alive() or time.monotonic() > deadline:
                raise RuntimeError("the server of the simulated API did not start")
            time.sleep(_POLL)
        yield api
    finally:
        server.should_exit = True
        thread.join()
        listener.close()
        api.base_url = elsewhere
