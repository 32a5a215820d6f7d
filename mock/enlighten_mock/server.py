"""The simulated API as a program: reads its arguments, binds a port, says where it is, and serves."""

from __future__ import annotations

import argparse
import socket
import sys
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

from enlighten_mock.clock import RunningClock, SystemClock, parse_moment
from enlighten_mock.quota import PLANS
from enlighten_mock.service import API_KEY, PREFIX, USER_ID
from enlighten_mock.simulation import SimulatedAPI

if TYPE_CHECKING:
    import uvicorn
    from starlette.types import ASGIApp

_BAD_ARGUMENTS = 2
_INTERRUPTED = 130


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> None:  # type: ignore[override]  # typeshed says NoReturn; exit() below is that
        """Refuse the arguments in one line."""
        self.exit(_BAD_ARGUMENTS, f"{self.prog}: {message}\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve a simulated API until interrupted, and return the exit status."""
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        api = SimulatedAPI(
            options.systems,
            seed=options.seed,
            fleet=options.fleet,
            plan=options.plan,
            clock=RunningClock(parse_moment(options.now)) if options.now else SystemClock(),
            api_key=options.key,
            user_id=options.user_id,
        )
        listener = listen(options.host, options.port)
    except (ValueError, OSError) as error:
        parser.error(str(error))
    host, port = listener.getsockname()[:2]
    host = f"[{host}]" if ":" in host else host
    print(  # noqa: T201  # a parent process reads these lines
        f"http://{host}:{port}{PREFIX}\nENLIGHTEN_API_KEY={api.api_key}\nENLIGHTEN_USER_ID={api.user_id}",
        flush=True,
    )
    threading.Thread(target=_warm_up, daemon=True).start()
    try:
        http_server(api.app()).run(sockets=[listener])
    except KeyboardInterrupt:
        return _INTERRUPTED
    return 0


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens on `host` and `port`, 0 for any free one.

    Raises:
        OSError: The address cannot be had; the message says which.
    """
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(1024)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise OSError(f"cannot listen on {host} port {port}: {reason}; choose another with --port") from None
    return listener


def http_server(app: ASGIApp) -> uvicorn.Server:
    """Return a server for `app` that says nothing, and leaves the `Date` header to the simulated service."""
    import uvicorn

    return uvicorn.Server(
        uvicorn.Config(
            app,
            loop="asyncio",
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="critical",
            access_log=False,
            date_header=False,
            server_header=False,
            timeout_graceful_shutdown=1,
        )
    )


def _warm_up() -> None:
    """Import what the first request would otherwise wait for."""
    import pvlib  # noqa: F401  # imported for the sake of the next import


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m enlighten_mock", description="Serve a simulated Enlighten Systems API.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument(
        "--port", type=int, default=8000, help="port, 0 for any free one (default: %(default)s)"
    )
    parser.add_argument("--systems", type=int, default=20, help="number of systems (default: %(default)s)")
    parser.add_argument(
        "--seed", type=int, default=0, help="what the fleet is drawn from (default: %(default)s)"
    )
    parser.add_argument(
        "--fleet",
        choices=("default", "plain"),
        default="default",
        help="plain: ordinary systems whose answers keep to the published specification (default: %(default)s)",
    )
    parser.add_argument(
        "--plan",
        default="none",
        help=f"{', '.join(PLANS)}, or limits MINUTE/MONTH such as 10/5000 (default: %(default)s)",
    )
    parser.add_argument(
        "--now", help="time to start at, such as 2024-06-01T12:00:00Z (default: the machine's)"
    )
    parser.add_argument(
        "--key", default=API_KEY, help="API key that requests must bring (default: %(default)s)"
    )
    parser.add_argument(
        "--user-id", default=USER_ID, help="user id that requests must bring (default: %(default)s)"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
