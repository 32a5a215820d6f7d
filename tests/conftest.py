"""What the tests of all parts have in common."""

from __future__ import annotations

import signal

import pytest


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
