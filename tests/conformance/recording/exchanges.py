"""Exchanges as they go over the wire, recorded at the innermost transport, where requests are signed and complete."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import parse_qsl

import httpx

from ..v2.operations import KEY, PREFIX, USER

if TYPE_CHECKING:
    from collections.abc import Mapping


class RecordedExchange(NamedTuple):
    """One request and its response.

    Attributes:
        path: Below the base URL, still percent-encoded.
        query: Names and values in order, decoded.
        status: The status of the response; None where the connection broke.
        body: The body of the response.
    """

    method: str
    path: str
    query: tuple[tuple[str, str], ...]
    headers: Mapping[str, str]
    content: bytes
    status: int | None
    body: bytes

    def __repr__(self) -> str:
        """Return all but the credentials: an assertion that fails prints it."""
        shown = [(name, value) for name, value in self.query if name not in (KEY, USER)]
        return f"<{self.method} {self.path} {shown}: {self.status} {self.body[:200]!r}>"

    @property
    def request(self) -> tuple[str, str, tuple[tuple[str, str], ...]]:
        """The request, to be compared with another."""
        return self.method, self.path, tuple(sorted(self.query))

    @property
    def fields(self) -> dict[str, Any]:
        """The properties of the response's body; none where it is no JSON object."""
        try:
            body = json.loads(self.body)
        except ValueError:
            return {}
        return body if isinstance(body, dict) else {}

    def values(self, name: str) -> list[str]:
        """Return the values of a query parameter."""
        return [value for key, value in self.query if key == name]

    def value(self, name: str) -> str | None:
        """Return the value of a query parameter that occurs once; None for any other."""
        found = self.values(name)
        return found[0] if len(found) == 1 else None


class RecordingTransport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """A transport for either client that records requests and responses.

    Args:
        inner: The transport that sends them.

    Attributes:
        exchanges: The exchanges so far.
    """

    def __init__(self, inner: httpx.BaseTransport) -> None:
        self._inner = inner
        self.exchanges: list[RecordedExchange] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request, and record it with its response."""
        path, _, query = request.url.raw_path.decode("ascii").partition("?")
        pairs = tuple(parse_qsl(query, keep_blank_values=True, strict_parsing=bool(query), errors="strict"))
        place = path.removeprefix(PREFIX) if path.startswith(f"{PREFIX}/") else path
        sent = RecordedExchange(request.method, place, pairs, dict(request.headers), request.read(), None, b"")
        self.exchanges.append(sent)
        response = self._inner.handle_request(request)
        body = response.read()
        self.exchanges[-1] = sent._replace(status=response.status_code, body=body)
        return httpx.Response(response.status_code, headers=response.headers, content=body)

    def close(self) -> None:
        """Close the transport that sends requests."""
        self._inner.close()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request, and record it with its response."""
        await request.aread()
        return self.handle_request(request)
