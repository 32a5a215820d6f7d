"""pytest fixtures for the tests of applications that use the Enlighten API.

`enlighten_api` is a simulated API on loopback, new for each test as far as the test can tell: a
`enlighten_mock.SimulatedAPI` with `base_url`, `api_key`, `user_id`, `fleet`, `faults` and `clock`. A marker
says how it
is to be; it takes the arguments of `SimulatedAPI`, and `now` for a clock that stands still at that time:

    @pytest.mark.enlighten_api(systems=3, plan="watt", now="2024-06-01T12:00:00Z")
    def test_my_application(enlighten_api):
        enlighten_api.faults.add(Fault(kind="unavailable", count=2))
        ...

pytest loads this module in every environment that the package is installed in. So it imports nothing but
pytest until a test asks for the fixture, and the extra `mock` is needed only then.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from enlighten_mock.clock import Clock
    from enlighten_mock.simulation import SimulatedAPI

_MARKER = "enlighten_api"


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known."""
    config.addinivalue_line(
        "markers", f"{_MARKER}(**arguments): how the simulated API of the fixture `{_MARKER}` is to be"
    )


@pytest.fixture(scope="session")
def enlighten_servers() -> Iterator[Callable[[dict[str, Any]], SimulatedAPI]]:
    """Give a function that returns a server for these arguments, the same one throughout the session."""
    running: dict[str, SimulatedAPI] = {}
    with ExitStack() as stack:

        def server(arguments: dict[str, Any]) -> SimulatedAPI:
            name = repr(sorted(arguments.items()))
            if name not in running:
                running[name] = _start(stack, arguments)
            return running[name]

        yield server


@pytest.fixture
def enlighten_api(
    request: pytest.FixtureRequest, enlighten_servers: Callable[[dict[str, Any]], SimulatedAPI]
) -> SimulatedAPI:
    """A simulated API on loopback, with its faults, requests counted and clock as at the start."""
    marker = request.node.get_closest_marker(_MARKER)
    arguments = dict(marker.kwargs) if marker else {}
    now = arguments.pop("now", None)
    api = enlighten_servers(arguments)
    api.reset()
    api.clock = _clock(api, now)
    return api


def _start(stack: ExitStack, arguments: dict[str, Any]) -> SimulatedAPI:
    try:
        from enlighten_mock.serving import served
        from enlighten_mock.simulation import SimulatedAPI
    except ModuleNotFoundError as error:
        pytest.fail(f"{error.name} is not installed; install enphase-enlighten[mock] to use {_MARKER}", pytrace=False)
    return stack.enter_context(served(SimulatedAPI(**arguments)))


def _clock(api: SimulatedAPI, now: str | None) -> Clock:
    from enlighten_mock.clock import RunningClock, SettableClock, parse_moment

    return RunningClock(api.scenario.now) if now is None else SettableClock(parse_moment(now))
