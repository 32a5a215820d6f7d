"""Uses an installed distribution as its users do. It is run by the environment's own Python, with `-I`, in any folder.

`smoke.py` needs no extra; `smoke.py full` needs the extras `cli` and `mock`.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import subprocess
import sys
import threading
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import enphase_enlighten
from enphase_enlighten import AsyncEnlighten, AuthenticationError, Enlighten

if TYPE_CHECKING:
    from collections.abc import Iterator

COMMAND = Path(sys.executable).with_name("enlighten")
PACKAGES = ("enphase_enlighten", "enlighten_v2", "enlighten_v4", "enlighten_mock")
KEY, USER = "smoke-key", "smoke-user"
SERIAL = "122001000001"
ENVOY = {"envoy_id": 5, "name": "Envoy", "part_number": "800", "last_report_at": 1718222000, "status": "normal"}
ENVOYS = {"system_id": 67, "envoys": [{**ENVOY, "serial_number": SERIAL}]}


class SmokeError(Exception):
    """The distribution does not do what it is to do."""


def require(holds: object, what: str) -> None:
    """Say what holds, or stop."""
    if not holds:
        raise SmokeError(what)
    print(f"  {what}", flush=True)


class Service(BaseHTTPRequestHandler):
    """One operation for one user."""

    def do_GET(self) -> None:
        """Respond by the credentials in the query."""
        known = f"key={KEY}" in self.path and "/systems/67/envoys" in self.path
        body = json.dumps(ENVOYS if known else {"reason": "401", "message": ["Not authorized"]}).encode()
        self.send_response(200 if known else 401)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that http.server gives it
        """Log nothing."""


@contextlib.contextmanager
def service() -> Iterator[str]:
    """Serve on a free port of loopback."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Service) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/api/v2"
        server.shutdown()


@contextlib.contextmanager
def simulated_api() -> Iterator[tuple[str, str, str]]:
    """Start the simulated API; give its URL and credentials."""
    command = [sys.executable, "-I", "-m", "enlighten_mock", "--port", "0", "--scenario", "evening-at-home"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:  # noqa: S603 - of this environment
        assert server.stdout is not None  # noqa: S101 - it is a pipe
        try:
            base_url, api_key, user_id = (server.stdout.readline().strip().rpartition("=")[2] for _ in range(3))
            require(user_id, "the simulated API starts")
            yield base_url, api_key, user_id
        finally:
            server.terminate()


def enlighten(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the command."""
    environment = {**os.environ, **variables}
    return subprocess.run([COMMAND, *arguments], env=environment, capture_output=True, text=True, check=False)  # noqa: S603


async def asynchronous(base_url: str) -> object:
    """Return the envoys as `AsyncEnlighten` gives them."""
    async with AsyncEnlighten(KEY, USER, base_url=base_url) as client:
        return await client.envoys(67)


def library() -> None:
    """Try what needs no extra."""
    names = enphase_enlighten.__all__
    require(all(hasattr(enphase_enlighten, name) for name in names), f"{len(names)} public names can be imported")
    require(all((files(package) / "py.typed").is_file() for package in PACKAGES), "each package says that it is typed")
    require((files("enlighten_v2") / "openapi.json").is_file(), "the specification comes along")
    with service() as base_url:
        with Enlighten(KEY, USER, base_url=base_url) as client:
            envoys = client.envoys(67)
        require(envoys.envoys[0].serial_number == SERIAL, "Enlighten reads a response")
        require(asyncio.run(asynchronous(base_url)) == envoys, "AsyncEnlighten reads the same")
        try:
            with Enlighten("wrong", USER, base_url=base_url) as client:
                client.envoys(67)
        except AuthenticationError as error:
            require("wrong" not in str(error), "a 401 is an AuthenticationError")
        else:
            raise SmokeError("a 401 is no error")


def without_extras() -> None:
    """Try the command where its extra is missing."""
    ran = enlighten("--version")
    told = "pip install 'enphase-enlighten[cli]'"
    require(ran.returncode == 2 and told in ran.stderr, "the command says which extra it needs")


def full() -> None:
    """Try the command and the simulated API."""
    ran = enlighten("--version")
    require(ran.stdout.strip() == f"enlighten {enphase_enlighten.__version__}", ran.stdout.strip() or ran.stderr)
    with simulated_api() as (base_url, api_key, user_id):
        with Enlighten(api_key, user_id, base_url=base_url) as client:
            systems = [system.system_id for system in client.systems()]
            require(systems, f"plays a scenario with the systems {systems}")
            days = client.energy_lifetime(systems[0], start_date="2024-05-01", end_date="2024-05-07")
            require(len(days) == 7, "gives a week of one of them")
        with urllib.request.urlopen(base_url.removesuffix("/api/v2")) as page:  # noqa: S310 - http on loopback
            require(b"<html" in page.read(), "and has a page for browsers")
        variables = {"ENLIGHTEN_API_KEY": api_key, "ENLIGHTEN_USER_ID": user_id, "ENLIGHTEN_BASE_URL": base_url}
        ran = enlighten("systems", "--output", "json", "--quiet", **variables)
        require(ran.returncode == 0, f"enlighten systems: {ran.stderr.strip() or 'done'}")
        require([row["system_id"] for row in json.loads(ran.stdout)] == systems, "it lists the same systems")


def main() -> int:
    """Run what was asked for; give the exit status."""
    try:
        library()
        if "full" in sys.argv[1:]:
            full()
        else:
            without_extras()
    except SmokeError as error:
        print(f"smoke.py: failed: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
