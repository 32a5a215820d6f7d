"""The command line as a user has it: real arguments, a home of its own, the simulated API on loopback."""

from __future__ import annotations

import json
import os
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from tests.support.service import StubService

from .running import Cli
from .service import Simulated, simulated_api
from .stub import LOS_ANGELES, served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path


@pytest.fixture(scope="session")
def simulated_session() -> Iterator[Simulated]:
    with simulated_api("--systems", "12") as simulated:
        yield simulated


@pytest.fixture
def simulated(simulated_session: Simulated) -> Simulated:
    """One simulated API for all tests, as new for each of them."""
    simulated_session.control("POST", "/reset")
    return simulated_session


@pytest.fixture
def bare(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Cli:
    """The command for somebody who has never used it."""
    names = ("PATH", "LD_LIBRARY_PATH", "PYTHONPATH", "COVERAGE_PROCESS_START", "COVERAGE_PROCESS_CONFIG")
    kept = {name: os.environ[name] for name in names if name in os.environ}
    folder = tmp_path / "work"
    folder.mkdir()
    return Cli(
        {
            **kept,
            "HOME": str(tmp_path),
            "XDG_CONFIG_HOME": str(tmp_path / "config"),
            "XDG_STATE_HOME": str(tmp_path / "state"),
            # Matplotlib lists the machine's fonts there, which takes seconds.
            "MPLCONFIGDIR": str(tmp_path_factory.getbasetemp() / "mpl"),
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
            # Which timezone the machine is in must not matter: it is one that no simulated system is in.
            "TZ": "Asia/Tokyo",
        },
        folder,
    )


@pytest.fixture
def cli(bare: Cli, simulated: Simulated) -> Cli:
    """The command with the credentials of the simulated API in the environment."""
    bare.environment.update(simulated.environment)
    return bare


@pytest.fixture
def responding() -> Iterator[Callable[[Mapping[str, Any]], Simulated]]:
    """Give what serves canned responses by the end of their path: a JSON body, or bytes as they are."""
    servers: list[ThreadingHTTPServer] = []

    def serve(responses: Mapping[str, Any]) -> Simulated:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                path = urlsplit(self.path).path.rstrip("/")
                body = next(body for end, body in responses.items() if path.endswith(end))
                content = body if isinstance(body, bytes) else json.dumps(body).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return Simulated(
            f"http://127.0.0.1:{server.server_address[1]}/api/v2", "a-key-nobody-sees", "a-user-nobody-sees"
        )

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def stub(bare: Cli) -> Iterator[StubService]:
    """A service of systems 66 to 70, in this process; `bare` has its credentials. A test writes its responses."""
    service = StubService(zones=dict.fromkeys(range(66, 71), LOS_ANGELES))
    with served(service) as environment:
        bare.environment.update(environment)
        yield service
