"""The simulated API on loopback, in a process of its own, which can be told to fail."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx

from tests.support.loopback import TRUSTING_NOBODY

if TYPE_CHECKING:
    from collections.abc import Iterator

NOW = "2024-06-15T18:00:00Z"


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
        return httpx.request(method, address, json=body, timeout=60, verify=TRUSTING_NOBODY).json()

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
