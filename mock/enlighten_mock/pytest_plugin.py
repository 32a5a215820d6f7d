"""pytest fixtures for the tests of applications that use the Enlighten API.

`enlighten_api` is a simulated API on loopback, new for each test as far as the test can tell: a
`enlighten_mock.SimulatedAPI` with `base_url`, `api_key`, `user_id`, `fleet`, `faults` and `clock`. A marker says how
it is to be; it takes the arguments of `SimulatedAPI`, and `now` (text or an aware `datetime`) for a clock that stands
still at that time. A marker of a test adds to those of its class and module, and wins over them:

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
    from datetime import datetime

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
    attributes: dict[str, dict[str, Any]] = {}
    with ExitStack() as stack:

        def server(arguments: dict[str, Any]) -> SimulatedAPI:
            name = repr(sorted(arguments.items()))
            if name not in running:
                running[name] = _start(stack, arguments)
                attributes[name] = dict(vars(running[name]))
            # What a test has assigned is not to be found by the next.
            vars(running[name]).update(attributes[name])
            return running[name]

        yield server


@pytest.fixture
def enlighten_api(
    request: pytest.FixtureRequest, enlighten_servers: Callable[[dict[str, Any]], SimulatedAPI]
) -> SimulatedAPI:
    """A simulated API on loopback, with its faults, requests counted and clock as at the start."""
    arguments: dict[str, Any] = {}
    for marker in reversed(list(request.node.iter_markers(_MARKER))):
        if marker.args:
            pytest.fail(f"the marker {_MARKER} takes arguments by name, such as systems=3", pytrace=False)
        arguments.update(marker.kwargs)
    now = arguments.pop("now", None)
    clock = arguments.pop("clock", None)
    if now is not None and clock is not None:
        pytest.fail(f"the marker {_MARKER} takes now or clock, not both", pytrace=False)
    api = enlighten_servers(arguments)
    api.reset()
    try:
        api.clock = clock or _clock(api, now)
        api.fleet.check_time(api.clock.now())
    except (TypeError, ValueError, AttributeError) as error:
        pytest.fail(f"the marker {_MARKER}: {error}", pytrace=False)
    return api


def _start(stack: ExitStack, arguments: dict[str, Any]) -> SimulatedAPI:
    try:
        from enlighten_mock.serving import served
        from enlighten_mock.simulation import SimulatedAPI
    except ModuleNotFoundError as error:
        pytest.fail(f"{error.name} is not installed; install enphase-enlighten[mock] to use {_MARKER}", pytrace=False)
    try:
        api = SimulatedAPI(**arguments)
    except (TypeError, ValueError, OSError) as error:
        pytest.fail(f"the marker {_MARKER}: {error}", pytrace=False)
    stack.enter_context(served(api))
    return api


def _clock(api: SimulatedAPI, now: str | datetime | None) -> Clock:
    from enlighten_mock.clock import RunningClock, SettableClock, parse_moment

    if now is None:
        return RunningClock(api.scenario.now)
    return SettableClock(parse_moment(now) if isinstance(now, str) else now)
