"""How a request violates a specification."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from tests.support.specification import operation_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.support.specification import Parameter, SpecificationName

    from ..recording.exchanges import RecordedExchange

_HEADERS = {"host", "accept", "accept-encoding", "connection", "user-agent"}
"""The headers that an HTTP client sends on its own; a request of this API has no others."""

_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)", re.ASCII)


def violations(exchange: RecordedExchange, name: SpecificationName) -> list[str]:
    """Return how a request violates a specification; nothing where it does not."""
    return list(_violations(exchange, name))


def _violations(exchange: RecordedExchange, name: SpecificationName) -> Iterator[str]:
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
    for value in (operation.path_parameters(exchange.path) or {}).values():
        if not _INTEGER.fullmatch(value):
            yield f"{value!r} in the path is no integer"
    names = {key for key, _ in exchange.query}
    for missing in sorted(operation.required - names):
        yield f"{missing} is missing"
    for key in sorted(names):
        if key in operation.query:
            yield from _parameter_violations(key, exchange.values(key), operation.query[key])
        else:
            yield f"there is no parameter {key!r}"


def _parameter_violations(key: str, values: list[str], parameter: Parameter) -> Iterator[str]:
    if len(values) > 1 and not parameter.repeated:
        yield f"{key} occurs {len(values)} times"
    for value in values:
        problem = _problem(value, parameter.schema)
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
                return "is not in the format of a date"
        except ValueError:
            return "is no date"
    return None
