"""Operations that are one request and one body: reads and writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..engine.requests import build
from ..engine.steps import Call, Steps
from ..reading.models import invalid, read, read_json, read_object

if TYPE_CHECKING:
    from ..api import Operation, Request
    from ..engine.context import Context


def fetch(context: Context, operation: Operation, *, body: Any = None, **parameters: Any) -> Call[Any]:
    """Send one request, which `build` makes, and read its body as the operation's model."""
    request = build(context.api, operation, body=body, **parameters)
    return Call(operation.id, fetched(context, operation, request))


def fetched(context: Context, operation: Operation, request: Request) -> Steps[Any]:
    """Carry out the steps of `fetch` for a request that is built."""
    return read((yield request), operation, context)


def fetch_list(context: Context, operation: Operation, **parameters: Any) -> Call[list[Any]]:
    """Send one request, likewise, whose body is a list, and read each entry as the operation's model."""
    request = build(context.api, operation, **parameters)

    def steps() -> Steps[list[Any]]:
        response = yield request
        body = read_json(response, context)
        if not isinstance(body, list):
            raise invalid(response, context, "", "a list was expected")
        return [read_object(response, item, f"/{index}", operation, context) for index, item in enumerate(body)]

    return Call(operation.id, steps())
