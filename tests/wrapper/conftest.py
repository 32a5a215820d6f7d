"""What the tests of the wrapper have in common: a service in this process, and clients of it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.clients import Kind
from tests.support.clock import SettableClock
from tests.support.loopback import certificate
from tests.support.service import StubService

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from pathlib import Path

    from enphase_enlighten import AsyncEnlighten, Enlighten, Usage


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock()


@pytest.fixture
def service(clock: SettableClock) -> StubService:
    return StubService(clock)


@pytest.fixture
def client(service: StubService) -> Iterator[Enlighten]:
    with service.client() as client:
        yield client


@pytest.fixture
async def async_client(service: StubService) -> AsyncIterator[AsyncEnlighten]:
    async with service.async_client() as client:
        yield client


@pytest.fixture(params=["sync", "async"])
def kind(request: pytest.FixtureRequest) -> Iterator[Kind]:
    """Runs a test with the sync and with the async client."""
    kind = Kind(request.param)
    yield kind
    kind.close()


@pytest.fixture
def ask(kind: Kind) -> Callable[..., Usage]:
    """Makes calls with either client, one after another, and returns the client's usage."""

    def asked(service: StubService, calls: int = 1, **options: Any) -> Usage:
        with kind.client(service, **options) as client:
            for _ in range(calls):
                assert client.search_system_id("1218") == 67
            usage: Usage = client.usage
            return usage

    return asked


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for 127.0.0.1 that is its own authority, and its key, in one file."""
    made = certificate(tmp_path_factory.mktemp("certificate"))
    if made is None:
        # Continuous integration installs it, so that nothing is left out there.
        missing = "openssl is missing, which makes the certificate of these tests"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    return made
