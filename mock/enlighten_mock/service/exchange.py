"""A request that a service has accepted, and the response to it."""

from __future__ import annotations

import json
from email.utils import formatdate
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from enlighten_mock.service.specification import Operation

Json = Any
"""What `json.dumps` takes; None stands for a response without content."""

_HTML = ("Content-Type", "text/html")
_PAGE = ("Content-Type", "text/html; charset=utf-8")
_JSON = ("Content-Type", "application/json; charset=utf-8")
_EVENTS = ("Content-Type", "text/event-stream;charset=UTF-8")


class Received(NamedTuple):
    """A request as it comes in.

    Attributes:
        method: The HTTP method.
        path: The path as sent, with the prefix of its service, still percent-encoded.
        query: What follows the question mark, still percent-encoded.
        headers: By name in lower case.
        body: All of it.
    """

    method: str
    path: str
    query: str = ""
    headers: Mapping[str, str] = {}
    body: bytes = b""


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


class Reply(NamedTuple):
    """A successful response that is no JSON with status 200.

    Attributes:
        status: The HTTP status.
        body: The JSON body, or as text a page of HTML.
        headers: More headers than every response has.
    """

    status: int
    body: Json
    headers: tuple[tuple[str, str], ...] = ()


class Stream(NamedTuple):
    """A successful response that is a stream of events.

    Attributes:
        events: The data of each event.
        pauses: The seconds before each event.
    """

    events: list[Json]
    pauses: Sequence[float]


Outcome = Json | Reply | Stream | ServiceError


class Request(NamedTuple):
    """A request with a known path, the right method and valid credentials.

    Attributes:
        operation: The operation that it is to.
        path: The parameters in its path.
        query: The parameters in its query, in the order in which they were sent.
        system_id: The system that it is about; None if it is about no single one, or its id is invalid.
        received: The request as it came in.
        caller: Whoever sent it, for a service that tells callers apart.
    """

    operation: Operation
    path: Mapping[str, str]
    query: Sequence[tuple[str, str]]
    system_id: int | None
    received: Received = Received("GET", "/")
    caller: object = None

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
        pace: For a body that is sent piece by piece, the seconds before each piece and its length.
    """

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    delay: float = 0.0
    cut: int | None = None
    pace: tuple[tuple[float, int], ...] = ()

    def pieces(self) -> Iterator[tuple[float, bytes]]:
        """Yield the pieces of the body until it is cut, each with the seconds before it."""
        whole = self.body if self.cut is None else self.body[: self.cut]
        start = 0
        for pause, length in self.pace or ((0.0, len(self.body)),):
            if start < len(whole) or not whole:
                yield pause, whole[start : start + length]
            start += length


def encode(outcome: Outcome, now: float) -> Response:
    """Return the response with this outcome.

    Args:
        outcome: An error, JSON, None for no content, or another reply.
        now: The service's time for the `Date` header, in epoch seconds.
    """
    dated = ("Date", formatdate(now, usegmt=True))
    match outcome:
        case None:
            return Response(HTTPStatus.NO_CONTENT, (dated,), b"")
        case Stream(events, pauses):
            pieces = [b"data:%b\n\n" % _encoded(event) for event in events]
            pace = tuple(zip(pauses, map(len, pieces), strict=True))
            return Response(HTTPStatus.OK, (dated, _EVENTS), b"".join(pieces), pace=pace)
        case Reply(status, body, headers):
            kind = _PAGE
        case ServiceError(status=status, body=body, headers=headers):
            kind = _HTML
        case body:
            status, headers, kind = HTTPStatus.OK, (), _JSON
    if isinstance(body, str):
        return Response(status, (dated, *headers, kind), body.encode())
    return Response(status, (dated, *headers, _JSON), _encoded(body))


def _encoded(body: Json) -> bytes:
    return json.dumps(body, separators=(",", ":")).encode()
