"""The parameters and the body of a request to API v4, in the types of their schemas."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from enlighten_mock.service import values
from enlighten_mock.v4.error_bodies import STREAM_REFUSALS, invalid, invalid_request, no_stream

if TYPE_CHECKING:
    from collections.abc import Mapping

    from enlighten_mock.service.exchange import Request
    from enlighten_mock.service.specification import Parameter
    from enlighten_mock.service.values import Value

_MISSING = {
    "start_time": "start_time is required",
    "serial_num": "Provide envoy serial number",
}
_SORTING = "The sorting parameter is not supported. Please use id for sorting by Asc or -id for sorting by Desc"
_SYSTEM = ("system_id",)
"""Parameters that the call reads itself."""


def read_parameters(request: Request, now: float) -> dict[str, Value]:
    """Return the values of a request's parameters in the types that their schemas name.

    What the operation does not declare is ignored, as an empty value is.

    Raises:
        ServiceError: A value is missing or is not what its schema says (422; of a stream its own statuses).
    """
    sent = {name: text for name, text in request.query if text}
    found: dict[str, Value] = {}
    for parameter in request.operation.parameters:
        name = parameter.name
        if name in _SYSTEM:
            continue
        text = {"path": request.path, "header": request.received.headers}.get(parameter.location, sent).get(name)
        if text is not None:
            found[name] = _read(parameter, text, now)
        elif parameter.required:
            raise invalid(_MISSING.get(name, f"{name} is required"))
    return found


def _read(parameter: Parameter, text: str, now: float) -> Value:
    name, schema = parameter.name, parameter.schema
    try:
        if schema.get("type") == "boolean":
            return text.lower() == "true"
        return values.read(name, text, schema)
    except values.InvalidDateError:
        raise invalid(f"Failed to parse date {text}") from None
    except values.InvalidValueError as error:
        if parameter.location == "header":
            raise no_stream(STREAM_REFUSALS[_duration_status(text, schema)], now) from None
        if name == "sort_by":
            raise invalid_request(_SORTING) from None
        raise invalid(str(error)) from None


def _duration_status(text: str, schema: Mapping[str, Any]) -> int:
    try:
        number = int(text)
    except ValueError:
        return 463
    return 461 if number < schema["minimum"] else 462


def read_body(request: Request) -> dict[str, Any]:
    """Return the JSON of a request, which must be an object; of an operation without one, an empty one.

    Raises:
        ServiceError: It is no object (422), or has what its schema does not allow.
    """
    schema = request.operation.body
    if schema is None:
        return {}
    try:
        body = json.loads(request.received.body or b"{}")
    except ValueError:
        raise invalid("Failed to parse the Json body") from None
    if not isinstance(body, dict):
        raise invalid("Failed to parse the Json body")
    check_object(body, schema)
    return body


def check_object(body: Mapping[str, Any], schema: Mapping[str, Any], place: str = "Json body") -> None:
    """Check an object against its schema as far as the service does: keys, types, enumerations and bounds.

    Raises:
        ServiceError: It has a key too many or too few, or a value that is not allowed (422).
    """
    known = schema.get("properties", {})
    for name in schema.get("required", ()):
        if name not in body:
            raise invalid(f"{name} is missing at {place} location" if place == "Json body" else f"{name} is missing")
    for name, value in body.items():
        if name not in known:
            raise invalid(f"{name[:40]} is not allowed at {place} location")
        problem = _problem(value, known[name])
        if problem:
            raise invalid(f"{name} {problem}")


def _problem(value: Any, schema: Mapping[str, Any]) -> str | None:
    """Return what is wrong with a value, or None."""
    kinds: Mapping[str, type] = {"string": str, "integer": int, "array": list, "object": dict, "boolean": bool}
    expected = kinds.get(schema.get("type", ""), object)
    if not isinstance(value, expected) or (expected is int and isinstance(value, bool)):
        return f"must be of type {schema['type']}"
    if "enum" in schema and value not in schema["enum"]:
        return f"must be one of {', '.join(map(str, schema['enum']))}"
    low, high = schema.get("minimum", value), schema.get("maximum", value)
    if isinstance(value, int) and not low <= value <= high:
        return f"must be from {low} to {high}"
    if isinstance(value, dict) and "properties" in schema:
        return _problem_within(value, schema["properties"])
    if isinstance(value, list):
        return next((problem for item in value if (problem := _problem(item, schema["items"]))), None)
    return None


def _problem_within(value: Mapping[str, Any], properties: Mapping[str, Any]) -> str | None:
    """Return what is wrong with an object's properties, of which null counts as left out, or None."""
    for name, item in value.items():
        if name not in properties:
            return f"has no {name[:40]}"
        problem = None if item is None else _problem(item, properties[name])
        if problem:
            return f"has a {name} that {problem}"
    return None
