"""From an operation's request to the one that httpx sends, as yet unsigned."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

from .._version import __version__
from ..errors import InvalidArgumentError
from .body import ACCEPTED_ENCODING
from .layers import TARGET, TRAIL, Trail

if TYPE_CHECKING:
    from ..api import Request

HEADERS = {
    "Accept": "application/json",
    "Accept-Encoding": ACCEPTED_ENCODING,
    "Connection": "keep-alive",
    "User-Agent": f"enphase-enlighten/{__version__} python-httpx/{httpx.__version__}",
}

_LONGEST_TARGET = 60_000
"""Characters: httpx refuses URLs of more than 65,536, and host and signature are still to come."""

_NO_BODY = httpx.ByteStream(b"")


class Outgoing:
    """Makes requests of one client.

    Not with `httpx.Client.build_request`, which parses and merges base URL, path, parameters, headers and cookies for
    each request anew. Only path and parameters differ from one to the next, and the URL has to be parsed when it is
    signed in any case: until then the target travels beside the URL of the service.

    Args:
        base_url: Where the service is, without a slash at its end.
        timeout: Seconds to wait for each part of the exchange.
    """

    def __init__(self, base_url: str, timeout: float) -> None:
        self._service = httpx.URL(base_url)
        self._headers = httpx.Request("GET", self._service, headers=HEADERS).headers
        self._timeout = httpx.Timeout(timeout).as_dict()

    def prepared(self, request: Request, trail: Trail) -> httpx.Request:
        """Return the request to send, unsigned.

        Raises:
            InvalidArgumentError: An argument cannot be sent.
        """
        try:
            query = str(httpx.QueryParams(dict(request.params)))
        except UnicodeError as error:
            raise _refused(request, str(error)) from None
        target = f"{request.path}?{query}" if query else request.path
        if len(target) > _LONGEST_TARGET:
            raise _refused(request, "URL too long")
        return httpx.Request(
            request.method,
            self._service,
            headers=self._headers,
            stream=_NO_BODY,
            extensions={"timeout": self._timeout, TRAIL: trail, TARGET: target},
        )


def complete(prepared: httpx.Request) -> httpx.Request:
    """Return a prepared request with the target in its URL, for event hooks to see."""
    extensions = dict(prepared.extensions)
    url = f"{prepared.url}{extensions.pop(TARGET)}"
    request = httpx.Request(prepared.method, url, headers=prepared.headers, stream=_NO_BODY, extensions=extensions)
    request.read()
    return request


def _refused(request: Request, reason: str) -> InvalidArgumentError:
    return InvalidArgumentError(
        f"{request.operation}: an argument cannot be sent ({reason}). Give a shorter one, or fewer values at a time, "
        "of valid text."
    )
