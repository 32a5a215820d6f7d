"""Who may see and steer a simulation that is served: requests that know the server by an address or an allowed name.

A web page from anywhere can have a browser send requests to this machine. It gives itself away by its name: in
`Origin`, or in `Host`, where its name was made to lead here after it was loaded. The services need no such guard: they
give away nothing but simulated data, and that to whoever has the credentials, under any name.
"""

from __future__ import annotations

import re
from http import HTTPStatus
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.responses import JSONResponse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.types import ASGIApp, Receive, Scope, Send

_NAME = re.compile(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?")
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[^:\[\]]+)(:[0-9]*)?")
_LONGEST_NAME = 253


class Guard:
    """Rejects requests to the page and the control endpoint that come by a name that is not allowed, with 403.

    Args:
        app: What responds to the others.
        prefixes: Below which everything passes: those of the services.
        names: The names that are allowed, beside addresses and `localhost`.
    """

    def __init__(self, app: ASGIApp, prefixes: Iterable[str], names: Iterable[str]) -> None:
        self._app = app
        self._prefixes = tuple(f"{prefix}/" for prefix in prefixes)
        self._names = frozenset(names)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Respond to one request, or reject it."""
        if scope["type"] != "http" or f"{scope['path']}/".startswith(self._prefixes):
            await self._app(scope, receive, send)
            return
        headers: dict[str, str] = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        problem = self._problem(headers.get("host", "localhost"), headers.get("origin"))
        if problem is None:
            await self._app(scope, receive, send)
        else:
            response = JSONResponse({"message": problem}, status_code=HTTPStatus.FORBIDDEN)
            await response(scope, receive, send)

    def _problem(self, host: str, origin: str | None) -> str | None:
        name = _name(host)
        if not (self._knows(name) or _address(name)):
            return (
                f"The page and /_simulator do not respond to the name {name[:_LONGEST_NAME]!r}. If that is this "
                "simulated API's own, start it with --allow-host and the name."
            )
        if origin is None:
            return None
        source = _origin(origin)
        if source != name and not self._knows(source):
            return "The page and /_simulator do not respond to pages of other sites."
        return None

    def _knows(self, name: str) -> bool:
        return is_loopback(name) or name in self._names


def allowed_name(text: str) -> str:
    """Return the name of a host, in lower case.

    Raises:
        ValueError: It is none, or has more than the name.
    """
    name = text.lower()
    if len(name) > _LONGEST_NAME or not _NAME.fullmatch(name):
        raise ValueError(f"{text[:_LONGEST_NAME]!r} is not the name of a host, such as mock, without http:// and port")
    return name


def names_of(host: str, names: Iterable[str]) -> frozenset[str]:
    """Return the names of a server that listens on `host` and is known by `names`.

    Raises:
        ValueError: One of the names is none.
    """
    return frozenset((host.lower(), *map(allowed_name, names)))


def is_loopback(name: str) -> bool:
    """Return whether a name or an address is that of a machine to itself, wherever it is used."""
    if name == "localhost" or name.endswith(".localhost"):
        return True
    address = _address(name)
    return address is not None and address.is_loopback


def _name(host: str) -> str:
    """Return the name or address in a `Host` header: without port, brackets, and the dot that names may end with."""
    match = _HOST.fullmatch(host.lower())
    return match[1].strip("[]").removesuffix(".") if match else host.lower()


def _origin(origin: str) -> str:
    try:
        return _name(urlsplit(origin).netloc)
    except ValueError:
        return ""


def _address(name: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(name)
    except ValueError:
        return None
