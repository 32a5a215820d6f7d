"""pytest fixtures for the tests of applications that use the Enlighten API.

`enlighten_api` is a simulated API on loopback, a new one for each test: an `enlighten_mock.SimulatedAPI` with
`base_url`, `api_key`, `user_id`, `fleet`, `faults` and `clock`. A marker says how it is to be; it takes the arguments
of `SimulatedAPI`, and `now` (text or an aware `datetime`) for a clock that stands still at that time. A marker of a
test adds to those of its class and module, and wins over them:

    @pytest.mark.enlighten_api(systems=3, plan="watt", now="2024-06-01T12:00:00Z")
    def test_my_application(enlighten_api):
        enlighten_api.faults.add(Fault(kind="unavailable", count=2))
        ...

pytest loads this module in every environment that the package is installed in. So it imports nothing but
pytest until a test asks for the fixture, and the extra `mock` is needed only then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from enlighten_mock.clock import Clock
    from enlighten_mock.simulation import SimulatedAPI

_MARKER = "enlighten_api"


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker."""
    config.addinivalue_line(
        "markers", f"{_MARKER}(**arguments): how the simulated API of the fixture `{_MARKER}` is to be"
    )


@pytest.fixture(scope="session")
def enlighten_server() -> Iterator[Callable[[SimulatedAPI], None]]:
    """Give a function that serves a simulated API in place of the one before, at the same address."""
    try:
        from enlighten_mock.serving import served_in_turn
    except ModuleNotFoundError as error:
        pytest.fail(f"{error.name} is not installed; install enphase-enlighten[mock] to use {_MARKER}", pytrace=False)
    with served_in_turn() as serve:
        yield serve


@pytest.fixture
def enlighten_api(request: pytest.FixtureRequest, enlighten_server: Callable[[SimulatedAPI], None]) -> SimulatedAPI:
    """A simulated API on loopback that no test has used before."""
    from enlighten_mock.simulation import SimulatedAPI

    arguments: dict[str, Any] = {}
    for marker in reversed(list(request.node.iter_markers(_MARKER))):
        if marker.args:
            pytest.fail(f"the marker {_MARKER} takes arguments by name, such as systems=3", pytrace=False)
        arguments.update(marker.kwargs)
    now = arguments.pop("now", None)
    if now is not None and arguments.get("clock") is not None:
        pytest.fail(f"the marker {_MARKER} takes now or clock, not both", pytrace=False)
    try:
        if now is not None:
            arguments["clock"] = _stopped_at(now)
        api = SimulatedAPI(**arguments)
    except (TypeError, ValueError, AttributeError, OSError) as error:
        pytest.fail(f"the marker {_MARKER}: {error}", pytrace=False)
    enlighten_server(api)
    return api


def _stopped_at(now: str | datetime) -> Clock:
    from enlighten_mock.clock import SettableClock, parse_moment

    return SettableClock(parse_moment(now) if isinstance(now, str) else now)
