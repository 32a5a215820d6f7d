"""A browser for the tests of the page: headless Chromium, spoken to over its DevTools pipe."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_LONGEST_WAIT = 20.0

# Chromium reads commands from file descriptor 3, and writes to 4.
_START = """
import fcntl, os, sys
commands, responses = (fcntl.fcntl(int(text), fcntl.F_DUPFD, 10) for text in sys.argv[1:3])
os.dup2(commands, 3)
os.dup2(responses, 4)
os.execv(sys.argv[3], sys.argv[3:])
"""


class _NavigatedError(Exception):
    """The page went to another address while it was asked."""


class Browser:
    """A tab of Chromium.

    Attributes:
        problems: What it wrote to its console as errors or warnings, exceptions of scripts, and loads that failed.
    """

    def __init__(self, program: str, profile: Path) -> None:
        to_browser, self._out = os.pipe()
        self._in, from_browser = os.pipe()
        self._process = subprocess.Popen(  # noqa: S603  # a browser of this machine
            [sys.executable, "-c", _START, str(to_browser), str(from_browser), program, *_options(profile)],
            pass_fds=(to_browser, from_browser),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(to_browser)
        os.close(from_browser)
        self._buffer = b""
        self._number = 0
        self.problems: list[str] = []
        self._session = ""

    def start(self) -> None:
        """Open the tab."""
        target = self._send("Target.createTarget", {"url": "about:blank"})["targetId"]
        self._session = self._send("Target.attachToTarget", {"targetId": target, "flatten": True})["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.send(f"{domain}.enable")
        self.send(
            "Emulation.setDeviceMetricsOverride",
            {"width": 1200, "height": 2000, "deviceScaleFactor": 1, "mobile": False},
        )

    def send(self, method: str, parameters: dict[str, Any] | None = None) -> dict[str, Any]:
        """Send a command to the tab and return its result."""
        return self._send(method, parameters, sessionId=self._session)

    def evaluate(self, script: str) -> Any:
        """Return the value of a JavaScript expression in the page."""
        response = self.send("Runtime.evaluate", {"expression": script, "returnByValue": True, "awaitPromise": True})
        assert "exceptionDetails" not in response, response
        return response["result"].get("value")

    def wait_for(self, script: str) -> Any:
        """Return the first value of the expression that is true."""
        deadline = time.monotonic() + _LONGEST_WAIT
        while time.monotonic() < deadline:
            value = None
            with contextlib.suppress(_NavigatedError):
                value = self.evaluate(f"(value => value instanceof Node || value)({script})")
            if value:
                return value
            time.sleep(0.05)
        raise AssertionError(f"never true in the page: {script}")

    def open(self, url: str) -> None:
        """Load a page."""
        self.send("Page.navigate", {"url": url})
        self.wait_for("document.readyState === 'complete'")

    def screenshot(self) -> bytes:
        """Return a picture of the page as PNG."""
        return base64.b64decode(self.send("Page.captureScreenshot", {"format": "png"})["data"])

    def close(self) -> None:
        """End the browser."""
        self._process.terminate()
        self._process.wait()
        os.close(self._out)
        os.close(self._in)

    def _send(self, method: str, parameters: dict[str, Any] | None = None, **envelope: str) -> dict[str, Any]:
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters or {}, **envelope}
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while True:
            response = self._receive()
            if response.get("id") == self._number:
                if "navigated" in response.get("error", {}).get("message", ""):
                    raise _NavigatedError
                assert "error" not in response, response
                result: dict[str, Any] = response["result"]
                return result
            self._note(response)

    def _receive(self) -> dict[str, Any]:
        while b"\0" not in self._buffer:
            part = os.read(self._in, 1 << 16)
            assert part, "the browser has ended"
            self._buffer += part
        message, _, self._buffer = self._buffer.partition(b"\0")
        response: dict[str, Any] = json.loads(message)
        return response

    def _note(self, event: dict[str, Any]) -> None:
        details = event.get("params", {})
        match event.get("method"):
            case "Runtime.exceptionThrown":
                self.problems.append(json.dumps(details["exceptionDetails"]))
            case "Runtime.consoleAPICalled" if details["type"] in ("error", "warning", "assert"):
                self.problems.append(json.dumps(details["args"]))
            case "Log.entryAdded" if details["entry"]["level"] in ("error", "warning"):
                self.problems.append(json.dumps(details["entry"]))
            case "Network.loadingFailed" if not details.get("canceled"):
                self.problems.append(json.dumps(details))


def _options(profile: Path) -> list[str]:
    return [
        "--headless=new",
        "--no-sandbox",  # containers and root have no sandbox to offer, and the page is our own
        "--remote-debugging-pipe",
        f"--user-data-dir={profile}",
        "--no-first-run",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "about:blank",
    ]


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Browser]:
    """A new browser."""
    program = next(filter(None, map(shutil.which, _NAMES)), None)
    if program is None:
        pytest.fail("Chromium is not installed. Debian has it in the package chromium.")
    opened = Browser(program, tmp_path / "profile")
    try:
        opened.start()
        yield opened
    finally:
        opened.close()


@pytest.fixture
def keep_picture() -> Callable[[str, bytes], None]:
    """Keeps a picture by its name, where the environment says a folder for them."""

    def keep(name: str, picture: bytes) -> None:
        folder = os.environ.get("SCREENSHOTS")
        if folder:
            Path(folder, f"{name}.png").write_bytes(picture)

    return keep
