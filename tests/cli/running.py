"""Running the command: in this process, in one of its own, and at a terminal."""

from __future__ import annotations

import contextlib
import fcntl
import io
import json
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
import tty
import warnings
from dataclasses import dataclass, field
from threading import Thread
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from enphase_enlighten.cli import main
from enphase_enlighten.cli.session import CLOCK
from enphase_enlighten.timing.clock import SystemClock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

COMMAND = [sys.executable, "-m", "enphase_enlighten.cli"]
LONGEST = 60


@dataclass
class Result:
    """How a run ended."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()

    def rows(self) -> list[dict[str, Any]]:
        """The rows of JSON Lines."""
        return [json.loads(line) for line in self.lines]


class _MovedOn(SystemClock):
    """The machine's clock, which is moved on in place of waiting."""

    def __init__(self) -> None:
        self._waited = 0.0
        super().__init__(lambda: time.time() + self._waited, self._wait)

    def _wait(self, seconds: float) -> None:
        self._waited += seconds


@dataclass
class Cli:
    """Runs the command."""

    environment: dict[str, str]
    folder: Path
    command: list[str] = field(default_factory=lambda: list(COMMAND))

    def run(self, *arguments: str, environment: Mapping[str, str] | None = None, typed: str = "") -> Result:
        """Call the entry point, with everything that it has from its process as in a new one."""
        streams = [io.TextIOWrapper(io.BytesIO(text.encode()), "utf-8") for text in (typed, "", "")]
        with self._surroundings(environment, *streams):
            code = _exit_code(arguments)
        for stream in streams:
            stream.flush()
        out, err = (stream.buffer.getvalue().decode("utf-8", "replace") for stream in streams[1:])
        return Result(code, out, err)

    def shown(
        self, *arguments: str, environment: Mapping[str, str] | None = None, width: int = 110, typed: str = ""
    ) -> Result:
        """Call the entry point with a terminal for its streams, which shows output and errors together.

        Args:
            arguments: Of the command.
            environment: More of the environment.
            width: Of the terminal.
            typed: What is typed ahead.
        """
        terminal, inside = pty.openpty()
        tty.setcbreak(inside)
        os.write(terminal, typed.encode())
        said: list[bytes] = []
        reader = Thread(target=_read_all, args=(terminal, said))
        reader.start()
        try:
            with contextlib.ExitStack() as closing:
                streams = [closing.enter_context(open(inside, mode, closefd=False)) for mode in ("r", "w", "w")]
                with self._surroundings({"COLUMNS": str(width), **(environment or {})}, *streams):
                    code = _exit_code(arguments)
        finally:
            os.close(inside)
            reader.join()
            os.close(terminal)
        return Result(code, b"".join(said).decode("utf-8", "replace").replace("\r\n", "\n"), "")

    @contextlib.contextmanager
    def _surroundings(self, environment: Mapping[str, str] | None, *streams: Any) -> Iterator[None]:
        """Give the environment, folder and streams of a process of its own, and its warnings, which are no errors."""
        stdin, stdout, stderr = streams
        with contextlib.ExitStack() as stack:
            stack.callback(time.tzset)
            stack.enter_context(patch.dict(os.environ, {**self.environment, **(environment or {})}, clear=True))
            time.tzset()
            stack.enter_context(contextlib.chdir(self.folder))
            stack.enter_context(warnings.catch_warnings())
            warnings.simplefilter("default")
            warnings.simplefilter("ignore", DeprecationWarning)
            for name, stream in (("stdin", stdin), ("stdout", stdout), ("stderr", stderr)):
                stack.enter_context(patch.object(sys, name, stream))
            yield

    def without_waiting(self, *arguments: str) -> Result:
        """Run as `run` does; waits, as before a request is sent again, move the clock on and take no time."""
        clock = CLOCK.set(_MovedOn())
        try:
            return self.run(*arguments)
        finally:
            CLOCK.reset(clock)

    def in_process(self, *arguments: str, environment: Mapping[str, str] | None = None) -> Result:
        """Run in a process of its own."""
        done = subprocess.run(  # noqa: S603 - our own module, as below
            [*self.command, *arguments],
            env={**self.environment, **(environment or {})},
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=LONGEST,
            check=False,
        )
        return Result(done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode())

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start a process, which a test goes on with."""
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
        """Run a process of its own in a pseudo-terminal, where output and errors appear together.

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


def interrupted(process: subprocess.Popen[bytes], ready: Callable[[], bool]) -> Result:
    """Press Ctrl-C once something is so, and wait for the end."""
    end = time.monotonic() + LONGEST
    while not ready() and process.poll() is None and time.monotonic() < end:
        time.sleep(0.02)
    begin = time.monotonic()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=LONGEST)
    assert time.monotonic() - begin < 20, "it did not stop at once"
    return Result(process.returncode, out.decode(), err.decode())


def _exit_code(arguments: tuple[str, ...]) -> int:
    try:
        return main(arguments)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else int(stop.code is not None)


def _read_all(terminal: int, said: list[bytes]) -> None:
    # A terminal that nobody has open any more cannot be read.
    with contextlib.suppress(OSError):
        while part := os.read(terminal, 65536):
            said.append(part)


def _follow(terminal: int, waiting: dict[str, str]) -> str:
    shown = b""
    end = time.monotonic() + LONGEST
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
        end = time.monotonic() + LONGEST
        for text in [text for text in waiting if text.encode() in shown]:
            os.write(terminal, waiting.pop(text).encode())
    return shown.decode("utf-8", "replace").replace("\r\n", "\n")
