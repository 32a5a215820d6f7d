"""The command line as a user runs it: a process, real arguments, the simulated API on loopback, a terminal."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

COMMAND = [sys.executable, "-m", "enphase_enlighten.cli"]
NOW = "2024-06-15T18:00:00Z"
_LONGEST = 60


@dataclass
class Simulated:
    """A simulated API that runs."""

    base_url: str
    api_key: str
    user_id: str

    @property
    def environment(self) -> dict[str, str]:
        return {
            "ENLIGHTEN_BASE_URL": self.base_url,
            "ENLIGHTEN_API_KEY": self.api_key,
            "ENLIGHTEN_USER_ID": self.user_id,
        }

    def control(self, method: str, path: str, body: Any = None) -> Any:
        parts = urlsplit(self.base_url)
        address = f"{parts.scheme}://{parts.netloc}/_simulator{path}"
        return httpx.request(method, address, json=body, timeout=60).json()

    def fail(self, **fault: Any) -> None:
        self.control("POST", "/faults", fault)

    def spent(self) -> Any:
        return self.control("GET", "")["spent"]


@contextlib.contextmanager
def simulated_api(*arguments: str) -> Iterator[Simulated]:
    command = [sys.executable, "-m", "enlighten_mock", "--port", "0", "--now", NOW, *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own module
        assert process.stdout is not None
        try:
            base_url, key, user = (process.stdout.readline().strip().rpartition("=")[2] for _ in range(3))
            yield Simulated(base_url, key, user)
        finally:
            process.terminate()


@pytest.fixture(scope="session")
def simulated_session() -> Iterator[Simulated]:
    with simulated_api("--systems", "12") as simulated:
        yield simulated


@pytest.fixture
def simulated(simulated_session: Simulated) -> Simulated:
    """One simulated API for all tests, as new for each of them."""
    simulated_session.control("POST", "/reset")
    return simulated_session


@dataclass
class Result:
    """How a process ended."""

    code: int
    out: str
    err: str
    raw: bytes = b""

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()

    def rows(self) -> list[dict[str, Any]]:
        """The rows of JSON Lines."""
        return [json.loads(line) for line in self.lines]


@dataclass
class Cli:
    """Runs the command."""

    environment: dict[str, str]
    folder: Path
    command: list[str] = field(default_factory=lambda: list(COMMAND))

    def run(self, *arguments: str, environment: Mapping[str, str] | None = None, typed: str | None = None) -> Result:
        done = subprocess.run(  # noqa: S603 - our own module, as below
            [*self.command, *arguments],
            env={**self.environment, **(environment or {})},
            cwd=self.folder,
            input=None if typed is None else typed.encode(),
            stdin=subprocess.DEVNULL if typed is None else None,
            capture_output=True,
            timeout=_LONGEST,
            check=False,
        )
        return Result(done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode(), done.stdout)

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603 - as above
            [*self.command, *arguments],
            env=self.environment,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def at_terminal(
        self,
        *arguments: str,
        environment: Mapping[str, str] | None = None,
        width: int = 110,
        typed: Mapping[str, str] | None = None,
        interrupt_at: str | None = None,
    ) -> Result:
        """Run in a pseudo-terminal, where output and errors appear together.

        Args:
            arguments: Of the command.
            environment: More of the environment.
            width: Of the terminal.
            typed: What is typed as soon as a text appears, by that text.
            interrupt_at: The text at which Ctrl-C is pressed.
        """
        child, terminal = pty.fork()
        if child == 0:  # pragma: no cover - another process
            os.chdir(self.folder)
            surroundings = {**self.environment, **(environment or {})}
            os.execve(self.command[0], [*self.command, *arguments], surroundings)  # noqa: S606 - as above
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, width, 0, 0))
        waiting = dict(typed or {})
        if interrupt_at is not None:
            waiting[interrupt_at] = "\x03"
        shown = _follow(terminal, waiting)
        _, status = os.waitpid(child, 0)
        os.close(terminal)
        return Result(os.waitstatus_to_exitcode(status), shown, "")


def _follow(terminal: int, waiting: dict[str, str]) -> str:
    shown = b""
    end = time.monotonic() + _LONGEST
    while time.monotonic() < end:
        if not select.select([terminal], [], [], 0.1)[0]:
            continue
        try:
            part = os.read(terminal, 65536)
        except OSError:
            break
        if not part:
            break
        shown += part
        for text in [text for text in waiting if text.encode() in shown]:
            os.write(terminal, waiting.pop(text).encode())
    return shown.decode("utf-8", "replace").replace("\r\n", "\n")


@pytest.fixture
def bare(tmp_path: Path) -> Cli:
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
            "MPLCONFIGDIR": str(tmp_path / "mpl"),
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
def interrupt() -> Callable[[subprocess.Popen[bytes], Callable[[], bool]], Result]:
    """Give what presses Ctrl-C once something is so, and waits for the end."""

    def press(process: subprocess.Popen[bytes], ready: Callable[[], bool]) -> Result:
        end = time.monotonic() + _LONGEST
        while not ready() and process.poll() is None and time.monotonic() < end:
            time.sleep(0.02)
        begin = time.monotonic()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=_LONGEST)
        assert time.monotonic() - begin < 20, "it did not stop at once"
        return Result(process.returncode, out.decode(), err.decode(), out)

    return press


@pytest.fixture
def answering() -> Iterator[Callable[[Mapping[str, Any]], Simulated]]:
    """Give what serves canned answers by the end of their path: a JSON body, or bytes as they are."""
    servers: list[ThreadingHTTPServer] = []

    def serve(answers: Mapping[str, Any]) -> Simulated:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                path = urlsplit(self.path).path.rstrip("/")
                body = next(body for end, body in answers.items() if path.endswith(end))
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
