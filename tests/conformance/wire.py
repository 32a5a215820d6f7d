"""What goes over the wire: caught at the innermost transport, where requests are signed and whole."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import parse_qsl, unquote

import httpx

from .specifications import KEY, USER, document, operation_at, resolved

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from .specifications import Name

PREFIX = "/api/v2"
_HEADERS = {"host", "accept", "accept-encoding", "connection", "user-agent"}
"""The headers that an HTTP client sends for itself; a request of this API has none of its own."""

_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)", re.ASCII)


class Exchange(NamedTuple):
    """One request and its answer.

    Attributes:
        path: Below the base URL, still percent-encoded.
        query: Names and values in order, decoded.
        status: Of the answer; None where the connection broke.
        body: Of the answer.
    """

    method: str
    path: str
    query: tuple[tuple[str, str], ...]
    headers: Mapping[str, str]
    content: bytes
    status: int | None
    body: bytes

    def __repr__(self) -> str:
        """Show all but the credentials: an assertion that fails prints it."""
        shown = [(name, value) for name, value in self.query if name not in (KEY, USER)]
        return f"<{self.method} {self.path} {shown}: {self.status} {self.body[:200]!r}>"

    @property
    def sent(self) -> tuple[str, str, tuple[tuple[str, str], ...]]:
        """The request, to be compared with another."""
        return self.method, self.path, tuple(sorted(self.query))

    def values(self, name: str) -> list[str]:
        """Return the values of a query parameter."""
        return [value for key, value in self.query if key == name]

    def value(self, name: str) -> str | None:
        """Return the value of a query parameter that is there once, or None."""
        found = self.values(name)
        return found[0] if len(found) == 1 else None


class Catcher(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """A transport for either client that keeps what it is asked and what was answered.

    Args:
        inner: What answers.
    """

    def __init__(self, inner: httpx.BaseTransport) -> None:
        self._inner = inner
        self.exchanges: list[Exchange] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer, and keep both sides."""
        path, _, query = request.url.raw_path.decode("ascii").partition("?")
        pairs = tuple(parse_qsl(query, keep_blank_values=True, strict_parsing=bool(query), errors="strict"))
        place = path.removeprefix(PREFIX) if path.startswith(PREFIX + "/") else path
        asked = Exchange(request.method, place, pairs, dict(request.headers), request.read(), None, b"")
        self.exchanges.append(asked)
        response = self._inner.handle_request(request)
        body = response.read()
        self.exchanges[-1] = asked._replace(status=response.status_code, body=body)
        return httpx.Response(response.status_code, headers=response.headers, content=body)

    def close(self) -> None:
        """Close what answers."""
        self._inner.close()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer, and keep both sides."""
        await request.aread()
        return self.handle_request(request)


class Answering(httpx.BaseTransport):
    """A transport that answers every request with what a function makes of it."""

    def __init__(self, answer: Callable[[httpx.Request], httpx.Response]) -> None:
        self._answer = answer

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer `request`."""
        return self._answer(request)


def faults(exchange: Exchange, name: Name) -> list[str]:
    """Say in what a request is not one of a specification; nothing where it is."""
    return list(_faults(exchange, name))


def _faults(exchange: Exchange, name: Name) -> Iterator[str]:
    operation = operation_at(name, unquote(exchange.path))
    if exchange.method != "GET":
        yield f"the method is {exchange.method}"
    if exchange.content:
        yield "it has a body"
    extra = {header.lower() for header in exchange.headers} - _HEADERS
    if extra:
        yield f"it has the headers {sorted(extra)}"
    if operation is None:
        yield f"there is no operation at {exchange.path}"
        return
    match = re.fullmatch(re.sub(r"\\{\w+\\}", "([^/]+)", re.escape(operation.path)), exchange.path)
    for value in match.groups() if match else ():
        if not _INTEGER.fullmatch(value):
            yield f"{value!r} in the path is no integer"
    for missing in sorted(operation.required - {key for key, _ in exchange.query}):
        yield f"{missing} is missing"
    for key in sorted({key for key, _ in exchange.query}):
        if key in operation.query:
            yield from _parameter_faults(key, exchange.values(key), operation.query[key], name)
        else:
            yield f"there is no parameter {key!r}"


def _parameter_faults(key: str, values: list[str], schema: Mapping[str, Any], name: Name) -> Iterator[str]:
    several = schema.get("type") == "array"
    if len(values) > 1 and not several:
        yield f"{key} is there {len(values)} times"
    item = resolved(document(name), schema["items"]) if several else schema
    for value in values:
        problem = _problem(value, item)
        if problem:
            yield f"{key}={value!r} {problem}"


def _problem(value: str, schema: Mapping[str, Any]) -> str | None:
    if schema.get("type") == "integer":
        if not _INTEGER.fullmatch(value):
            return "is no integer"
        number = int(value)
        if not schema.get("minimum", number) <= number <= schema.get("maximum", number):
            return "is out of its bounds"
    if "enum" in schema and value not in schema["enum"]:
        return f"is none of {schema['enum']}"
    if schema.get("format") == "date":
        try:
            if date.fromisoformat(value).isoformat() != value:
                return "is not written as a date is"
        except ValueError:
            return "is no date"
    return None
