"""Operations that are one request and one body: reads and writes."""

from __future__ import annotations

import math
from datetime import tzinfo
from typing import TYPE_CHECKING, Any

from ..engine.requests import build
from ..engine.steps import Call, Steps
from ..reading.models import invalid, property_of, read, read_list
from ..timing.instants import Moment
from ..timing.numbers import whole_number
from .arguments import checked, names_operation
from .timezones import timezone_of

if TYPE_CHECKING:
    from ..api import Operation, Request, Response
    from ..engine.context import Context


@names_operation
def fetch(context: Context, operation: Operation, /, *, body: Any = None, **arguments: Any) -> Call[Any]:
    """Send one request and read its body: as the operation's model, as a list of them, or as a number.

    Args:
        context: The client's context.
        operation: The operation.
        body: What is sent as JSON, where the operation does not make it of its arguments.
        arguments: The arguments by name; None leaves one out. A timezone is not sent: it is that of instants.

    Raises:
        InvalidArgumentError: An argument is not accepted.
    """
    parameters = checked(context, operation, arguments)
    if operation.body is not None:
        body = operation.body.made_of(parameters)
    zones = [parameters.pop(name) for name, value in [*parameters.items()] if isinstance(value, tzinfo)]
    if any(isinstance(value, Moment) for value in parameters.values()):
        return Call(operation.id, _fetched_as_of(context, operation, body, parameters, *zones))
    request = build(context.api, operation, body=body, **parameters)
    return Call(operation.id, _fetched(context, operation, request))


def _fetched_as_of(
    context: Context, operation: Operation, body: Any, parameters: dict[str, Any], zone: tzinfo | None = None
) -> Steps[Any]:
    """Carry out the steps of `fetch` where an argument is an instant: one in the future is now."""
    for name, value in parameters.items():
        if isinstance(value, Moment):
            epoch = value.epoch
            if epoch is None:
                epoch = value.at((yield from timezone_of(context, parameters["system_id"], zone)))
            parameters[name] = math.floor(min(epoch, context.now()))
    request = build(context.api, operation, body=body, **parameters)
    return (yield from _fetched(context, operation, request))


def _fetched(context: Context, operation: Operation, request: Request) -> Steps[Any]:
    response = yield request
    if operation.many:
        return read_list(response, operation, context)
    model = read(response, operation, context)
    return _number(context, response, model, operation.value) if operation.value else model


def _number(context: Context, response: Response, model: Any, name: str) -> int:
    number = whole_number(property_of(model, name))
    if number is None:
        raise invalid(response, context, f"/{name}", "an integer was expected")
    return number
