"""A request that a service has accepted, and the response to it."""

from __future__ import annotations

import json
from email.utils import formatdate
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from enlighten_mock.service.specification import Operation

Json = Any
"""What `json.dumps` takes; None stands for a response without content."""

_HTML = ("Content-Type", "text/html")
_JSON = ("Content-Type", "application/json; charset=utf-8")


class ServiceError(Exception):
    """Ends the handling of a request with an error status.

    Args:
        status: The HTTP status.
        body: The JSON body, or as text the HTML page of a gateway in front of the service.
        headers: More headers than every response has.
    """

    def __init__(self, status: int, body: dict[str, Any] | str, headers: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__(status, body, headers)
        self.status = status
        self.body = body
        self.headers = headers


class Request(NamedTuple):
    """A request with a known path, the right method and valid credentials.

    Attributes:
        operation: The operation that it is to.
        path: The parameters in its path.
        query: The parameters in its query, in the order in which they were sent.
        system_id: The system that it is about; None if it is about no single one, or its id is invalid.
    """

    operation: Operation
    path: Mapping[str, str]
    query: Sequence[tuple[str, str]]
    system_id: int | None

    @property
    def sent(self) -> dict[str, str]:
        """The parameters in the query, the last value of each."""
        return dict(self.query)


class Response(NamedTuple):
    """A response, and how it is to be sent.

    Attributes:
        status: The HTTP status.
        headers: Names and values, without the length.
        body: All of it, encoded.
        delay: Seconds to wait before it is sent.
        cut: After how many bytes of the body the connection breaks; None to send it all.
    """

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    delay: float = 0.0
    cut: int | None = None


def encode(outcome: Json | ServiceError, now: float) -> Response:
    """Return the response with this outcome.

    Args:
        outcome: An error, JSON, or None for no content.
        now: The service's time for the `Date` header, in epoch seconds.
    """
    dated = ("Date", formatdate(now, usegmt=True))
    if outcome is None:
        return Response(HTTPStatus.NO_CONTENT, (dated,), b"")
    if not isinstance(outcome, ServiceError):
        return Response(HTTPStatus.OK, (dated, _JSON), _encoded(outcome))
    if isinstance(outcome.body, str):
        return Response(outcome.status, (dated, *outcome.headers, _HTML), outcome.body.encode())
    return Response(outcome.status, (dated, *outcome.headers, _JSON), _encoded(outcome.body))


def _encoded(body: Json) -> bytes:
    return json.dumps(body, separators=(",", ":")).encode()
