"""The simulated API as a program: reads its arguments, binds a port, says where it is, and serves."""

from __future__ import annotations

import argparse
import os
import sys
import threading
from importlib.util import find_spec
from typing import TYPE_CHECKING, NoReturn

from enlighten_mock.clock import RunningClock, parse_moment

if TYPE_CHECKING:
    import socket
    from collections.abc import Sequence

    from enlighten_mock.simulation import SimulatedAPI

_BAD_ARGUMENTS = 2
_INTERRUPTED = 130
_EXPOSED = (
    "Other machines can reach it: at http://NAME:{port}{path}, with the name that this machine or container has there. "
    "The page and /_simulator respond to names that --allow-host gives.\n"
)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Print what is wrong with the arguments in one line, and exit."""
        self.exit(_BAD_ARGUMENTS, f"{self.prog}: {message}\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve a simulated API until interrupted, and return the exit status."""
    try:
        return _serve(arguments)
    except KeyboardInterrupt:
        return _INTERRUPTED


def _serve(arguments: Sequence[str] | None) -> int:
    parser = _parser()
    options = parser.parse_args(arguments)
    if "" in (options.key, options.user_id):
        parser.error("--key and --user-id cannot be empty; leave them out for those of a test")
    try:
        # Half a second to import: too long for --help, and an extra that is missing is to be named.
        from enlighten_mock.serving.app import create_app
        from enlighten_mock.serving.guard import names_of
        from enlighten_mock.serving.http_server import http_server, listen, url_of
        from enlighten_mock.simulation import SimulatedAPI
        from enlighten_mock.v2.enlighten import API_KEY, PREFIX, USER_ID
        from enlighten_mock.world.days import zone
        from enlighten_mock.world.sun import pvlib

        _require("pvlib")
        zone("America/Los_Angeles")  # rather now than with the first request
        api = SimulatedAPI(
            options.systems,
            seed=options.seed,
            fleet=options.fleet,
            plan=options.plan,
            scenario=options.scenario,
            clock=RunningClock(parse_moment(options.now)) if options.now else None,
            api_key=options.key or API_KEY,
            user_id=options.user_id or USER_ID,
            unknown_systems=options.unknown_systems,
        )
        names = names_of(options.host, options.allow_host)
        listener = listen(options.host, options.port)
        exposed = _is_exposed(listener, api)
    except ModuleNotFoundError as error:
        parser.error(f"{error.name} is not installed; install enphase-enlighten[mock]")
    except (ValueError, OSError, LookupError) as error:
        parser.error(str(error))
    url = f"{url_of(listener)}{PREFIX}"
    api.origin = url_of(listener)
    lines = (url, f"ENLIGHTEN_API_KEY={api.api_key}", f"ENLIGHTEN_USER_ID={api.user_id}")
    try:
        print(*lines, sep="\n", flush=True)  # noqa: T201  # a parent process reads them
    except OSError as error:
        # Nothing more can be written there, and Python would try once more at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        parser.error(f"cannot print where it is: {error.strerror}")
    if exposed and sys.stderr is not None:  # a closed stream is none
        sys.stderr.write(_EXPOSED.format(port=listener.getsockname()[1], path=PREFIX))
    # The first request need not wait for it either.
    threading.Thread(target=pvlib, daemon=True).start()
    http_server(create_app(api, names=names)).run(sockets=[listener])
    return 0


def _is_exposed(listener: socket.socket, api: SimulatedAPI) -> bool:
    """Return whether other machines may reach `listener`; close it where the credentials must not travel to them."""
    from enlighten_mock.serving.http_server import is_exposed

    try:
        if is_exposed(listener):
            api.check_exposed()
            return True
    except ValueError:
        listener.close()
        raise
    return False


def _require(package: str) -> None:
    """Raise now what would otherwise be raised by the first request."""
    if find_spec(package) is None:
        raise ModuleNotFoundError(name=package)


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= 0xFFFF):  # the highest port
        raise argparse.ArgumentTypeError(f"a port is a number from 0 to 65535, not {text!r}")
    return int(text)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="python -m enlighten_mock",
        description="Serve a simulated Enlighten Systems API. Prints its URL and test credentials, then serves until "
        "interrupted. A page that explains it is at /.",
    )
    add = parser.add_argument
    add("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    add(
        "--allow-host",
        action="append",
        default=[],
        metavar="NAME",
        help="name of this machine or container under which the page and /_simulator respond too, beside localhost "
        "and addresses; may be given several times",
    )
    add("--port", type=_port, default=8000, help="port, 0 for any free one (default: %(default)s)")
    add("--systems", type=int, help="number of systems (default: 20)")
    add("--seed", type=int, help="what the fleet is drawn from (default: 0)")
    add(
        "--fleet",
        choices=("default", "plain", "mixed"),
        help="plain: ordinary systems that keep to the published specification of API v2; mixed: homes with batteries, "
        "electric cars and heat pumps",
    )
    add("--plan", help="watt, kilowatt, megawatt, gigawatt, none, or MINUTE/MONTH such as 10/5000 (default: none)")
    add(
        "--unknown-systems",
        type=int,
        choices=(404, 422),
        help="status of requests about a system that does not exist: 404, or 422 in newer recordings (default: 404)",
    )
    add("--scenario", help="a TOML file of what happens, or evening-at-home, which comes along")
    add("--now", help="time to start at, such as 2024-06-01T12:00:00Z (default: the machine's)")
    add("--key", help="API key that requests must bring (default: a test key)")
    add("--user-id", help="user id that requests must bring (default: a test user)")
    return parser
