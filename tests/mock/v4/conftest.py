"""What the tests of API v4 share: a fleet with every device, in process, with a clock that stands still."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from enlighten_mock import SettableClock, SimulatedAPI
from enlighten_mock.world import loads

if TYPE_CHECKING:
    from enlighten_mock.accounts.access import Access

Ask = Callable[..., httpx.Response]
Make = Callable[..., SimulatedAPI]

NOW = datetime(2026, 6, 12, 20, tzinfo=UTC)


def v4_client(api: SimulatedAPI, access: Access | None = None) -> httpx.Client:
    """A client of API v4 with the key in a header, so that queries are those of the tests alone."""
    access = access or api.v4
    headers = {"key": access.api_key, "Authorization": f"Bearer {access.access_token}"}
    return httpx.Client(transport=api.transport(), base_url=access.base_url, headers=headers, timeout=5)


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock(NOW)


@pytest.fixture
def make(clock: SettableClock) -> Make:
    """Makes a simulated API with these arguments beside those of the tests."""

    def made(**arguments: Any) -> SimulatedAPI:
        return SimulatedAPI(**{"systems": 20, "seed": 1, "fleet": "mixed", "clock": clock, **arguments})

    return made


@pytest.fixture
def api(make: Make) -> SimulatedAPI:
    return make()


@pytest.fixture
def ask(api: SimulatedAPI) -> Ask:
    """Sends a request with the right credentials: `ask("/systems/66/summary", summary_date="2026-06-01")`."""
    client = v4_client(api)

    def get(path: str, **parameters: Any) -> httpx.Response:
        return client.get(path, params=parameters)

    return get


@pytest.fixture
def connect() -> Callable[..., httpx.Client]:
    """Gives a client of a simulated API v4, with its credentials."""
    return v4_client


@pytest.fixture
def chargers(api: SimulatedAPI) -> dict[str, str]:
    """The serial numbers of the chargers of system 69: the vendor's `own` and the `foreign` one."""
    system = api.fleet.system(69)
    assert system is not None
    return {("own" if one.kind == "enphase" else "foreign"): one.serial_number for one in loads.chargers(system)}
