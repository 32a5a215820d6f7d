"""From an operation's request to the one that httpx sends, as yet unsigned."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

from ._version import __version__
from .bodies import ACCEPTED_ENCODING
from .errors import InvalidArgumentError
from .transports import TRAIL, Trail

if TYPE_CHECKING:
    from .protocol import Request

HEADERS = {
    "Accept": "application/json",
    "Accept-Encoding": ACCEPTED_ENCODING,
    "Connection": "keep-alive",
    "User-Agent": f"enphase-enlighten/{__version__} python-httpx/{httpx.__version__}",
}


class Outgoing:
    """Makes requests of one client.

    Not with `httpx.Client.build_request`, which parses and merges base URL, path, parameters, headers and cookies for
    each request anew, though all but path and parameters are the same every time.

    Args:
        base_url: Where the service is, without a slash at its end.
        timeout: Seconds to wait for each part of the exchange.
    """

    def __init__(self, base_url: str, timeout: float) -> None:
        self._base_url = base_url
        self._timeout = httpx.Timeout(timeout).as_dict()

    def prepared(self, request: Request, trail: Trail) -> httpx.Request:
        """Return the request to send, unsigned.

        Raises:
            InvalidArgumentError: An argument cannot be sent.
        """
        try:
            return httpx.Request(
                request.method,
                self._base_url + request.path,
                params=dict(request.params) or None,
                headers=HEADERS,
                extensions={"timeout": self._timeout, TRAIL: trail},
            )
        except (httpx.InvalidURL, UnicodeError) as error:
            raise InvalidArgumentError(
                f"{request.operation}: an argument cannot be sent ({error}). Give a shorter one, of valid text."
            ) from None
