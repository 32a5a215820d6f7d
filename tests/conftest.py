"""What the tests of all parts have in common."""

from __future__ import annotations

import pytest


@pytest.fixture
def anyio_backend() -> str:
    """Coroutines are tested on asyncio; what has to run on trio too says so."""
    return "asyncio"
