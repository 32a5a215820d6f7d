"""What the tests of all parts have in common."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest
import time_machine
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Iterator

# How fast an example is tried or drawn says something about the machine alone. Continuous integration, which says so in
# its environment, tries the same examples every time; elsewhere they are new ones.
settings.register_profile(
    "unhurried",
    settings.get_profile("ci" if os.environ.get("CI") else "default"),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("unhurried")

NOW = 1718222550.0  # 2024-06-12T20:02:30Z


@pytest.fixture(autouse=True)
def own_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hides what the environment says about proxies, certificates and clients, also from the programs of a test.

    A live target that `make conformance` was asked to read from is reached as the environment says.
    """
    if os.environ.get("CONFORMANCE_BASE_URL"):
        return
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    of_clients = [name for name in os.environ if name.startswith("ENLIGHTEN_")]
    for name in (*of_clients, "SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def now(request: pytest.FixtureRequest) -> Iterator[float]:
    """The time for examples and pages, a working day from Hawaii to Europe, or what a test is parametrized with."""
    moment: float = getattr(request, "param", NOW)
    with time_machine.travel(moment):
        yield moment


@pytest.fixture
def anyio_backend() -> str:
    """Coroutines are tested on asyncio; what has to run on trio too says so."""
    return "asyncio"


def pytest_configure() -> None:
    """Let Ctrl-C be pressed on the programs that tests start, also where a shell has run the tests in the background.

    Such a shell has them ignore the signal, and a program inherits that from whoever starts it.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
