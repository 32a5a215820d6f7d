"""What the tests of the simulated API share: one in process, with a clock that stands still."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from enlighten_mock import SettableClock, SimulatedAPI

Ask = Callable[..., httpx.Response]
Python = Callable[..., subprocess.CompletedProcess[str]]


def client_of(api: SimulatedAPI) -> httpx.Client:
    credentials = {"key": api.api_key, "user_id": api.user_id}
    return httpx.Client(transport=api.transport(), base_url=api.base_url, params=credentials, timeout=5)


@pytest.fixture
def clock() -> SettableClock:
    """13:00 in California, where the first two systems of the fleet stand."""
    return SettableClock(datetime(2024, 6, 12, 20, tzinfo=UTC))


@pytest.fixture
def api(clock: SettableClock) -> SimulatedAPI:
    return SimulatedAPI(systems=20, seed=1, clock=clock)


@pytest.fixture
def ask(api: SimulatedAPI) -> Ask:
    """Sends a request with the right credentials: `ask("/systems/66/stats", start_at=0)`."""
    client = client_of(api)

    def get(path: str, **parameters: Any) -> httpx.Response:
        return client.get(path, params=parameters)

    return get


@pytest.fixture
def plain(clock: SettableClock) -> SimulatedAPI:
    return SimulatedAPI(systems=5, seed=1, fleet="plain", clock=clock)


@pytest.fixture
def connect() -> Callable[[SimulatedAPI], httpx.Client]:
    """Gives a client of a simulated API, with its credentials."""
    return client_of


@pytest.fixture
def python() -> Python:
    """Runs another Python, with these arguments, to its end."""

    def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603  # the tests' own arguments
            [sys.executable, *arguments],
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    return run


@pytest.fixture
def california() -> Callable[[str], float]:
    """Gives the epoch seconds of a time in California in June, such as `2024-06-12T00:00`."""
    return lambda text: datetime.fromisoformat(f"{text}:00-07:00").timestamp()


@pytest.fixture(scope="session")
def closed_schema() -> Callable[[Mapping[str, Any], Any], dict[str, Any]]:
    """Turns an OpenAPI 3.0 schema into a JSON Schema of its own that allows no undeclared property."""
    return _closed


def _closed(document: Mapping[str, Any], node: Any) -> Any:
    if isinstance(node, list):
        return [_closed(document, item) for item in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        target: Any = document
        for part in node["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        return _closed(document, target)
    schema = {name: _closed(document, value) for name, value in node.items() if name not in ("nullable", "example")}
    if "properties" in node:
        schema["additionalProperties"] = False
    return {"anyOf": [schema, {"type": "null"}]} if node.get("nullable") else schema
