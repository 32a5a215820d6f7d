"""pytest fixtures for the tests of applications that use the Enlighten API.

`enlighten_api` is a simulated API on loopback, a new one for each test: an `enlighten_mock.SimulatedAPI` with
`base_url`, `api_key`, `user_id`, `fleet`, `faults` and `clock`. A marker says how it is to be; it takes the arguments
of `SimulatedAPI`, and `now` (text or an aware `datetime`) for a clock that stands still at that time. A marker of a
test adds to those of its class and module, and wins over them:

    @pytest.mark.enlighten_api(systems=3, plan="watt", now="2024-06-01T12:00:00Z")
    def test_my_application(enlighten_api):
        enlighten_api.faults.add(Fault(kind="unavailable", count=2))
        ...

`enlighten_v4` is what a client of the Monitoring API v4 needs to know of it: `base_url`, `api_key`, `client_id`,
`client_secret`, `access_token`, `authorize_url`, `token_url`, `redirect_uri`, and the login `username` and `password`.
It is part of the same simulated API, so that a test may take both:

    @pytest.mark.enlighten_api(plan="watt", behaviour={"week": "cut"}, token_rules={"access_seconds": 60})
    def test_my_application(enlighten_api, enlighten_v4):
        ...

It is on loopback. Where the application under test runs in another container or machine, say so on the command line of
pytest: `--enlighten-api-host 0.0.0.0 --enlighten-api-port 8000`, and `--enlighten-api-allow-host NAME` for what steers
the simulation from there.

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

    from enlighten_mock.accounts.access import Access
    from enlighten_mock.clock import Clock
    from enlighten_mock.simulation import SimulatedAPI

_MARKER = "enlighten_api"
_OPTION = "--enlighten-api-"


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker."""
    config.addinivalue_line(
        "markers", f"{_MARKER}(**arguments): how the simulated API of the fixture `{_MARKER}` is to be"
    )


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options that say where the simulated API listens."""
    group = parser.getgroup(_MARKER, "simulated Enlighten API")
    group.addoption(f"{_OPTION}host", default="127.0.0.1", metavar="ADDRESS", help="address that it listens on")
    group.addoption(f"{_OPTION}port", default=0, type=int, metavar="PORT", help="port; by default any free one")
    group.addoption(
        f"{_OPTION}allow-host",
        default=[],
        action="append",
        metavar="NAME",
        help="name of this machine under which its page and /_simulator respond too",
    )


@pytest.fixture(scope="session")
def enlighten_server(pytestconfig: pytest.Config) -> Iterator[Callable[[SimulatedAPI], None]]:
    """Give a function that serves a simulated API in place of the one before, at the same address."""
    try:
        from enlighten_mock.serving import served_in_turn
    except ModuleNotFoundError as error:
        pytest.fail(f"{error.name} is not installed; install enphase-enlighten[mock] to use {_MARKER}", pytrace=False)
    host, port, names = (pytestconfig.getoption(f"{_OPTION}{name}") for name in ("host", "port", "allow-host"))
    with ExitStack() as stack:
        try:
            serve = stack.enter_context(served_in_turn(host=host, port=port, names=names))
        except (OSError, ValueError, OverflowError) as error:
            pytest.fail(f"the simulated API of {_MARKER}: {error}", pytrace=False)
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
        enlighten_server(api)
    except (TypeError, ValueError, AttributeError, OSError) as error:
        pytest.fail(f"the marker {_MARKER}: {error}", pytrace=False)
    return api


@pytest.fixture
def enlighten_v4(enlighten_api: SimulatedAPI) -> Access:
    """The addresses and the credentials of API v4, of the same simulated API as `enlighten_api`."""
    return enlighten_api.v4


def _stopped_at(now: str | datetime) -> Clock:
    from enlighten_mock.clock import SettableClock, parse_moment

    return SettableClock(parse_moment(now) if isinstance(now, str) else now)
