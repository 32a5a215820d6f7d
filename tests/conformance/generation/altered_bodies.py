"""Bodies that differ from a valid one in one place, and the difference."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any, NamedTuple

from hypothesis import strategies as st

from ..specification.responses import is_valid, merged
from .bodies import bodies

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..specification.responses import DocumentedResponse


class Place(NamedTuple):
    """A place of a body.

    Attributes:
        path: The names and numbers that lead there.
        schema: The schema of the place.
        alternatives: How much of the path leads to the nearest `oneOf` around it; None where there is none.
        removable: Whether it is a property, which can be missing.
    """

    path: tuple[str | int, ...]
    schema: Mapping[str, Any]
    alternatives: int | None
    removable: bool


class AlteredBody(NamedTuple):
    """A body near a valid one.

    Attributes:
        body: The changed body.
        pointer: The JSON pointer of the place.
        outer: The pointer of the alternatives that the place is one part of, or the same.
        change: The change.
        replaces_container: Whether an object or a list is replaced by something else.
        valid: Whether the body is valid nevertheless.
    """

    body: Any
    pointer: str
    outer: str
    change: str
    replaces_container: bool
    valid: bool


def json_pointer(path: tuple[str | int, ...]) -> str:
    """Return the JSON pointer (RFC 6901) of a path."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


def altered_bodies(response: DocumentedResponse) -> st.SearchStrategy[AlteredBody]:
    """Draw a body that differs in one place from a valid one."""
    assert response.schema is not None
    # Made once, and not for each body: hypothesis validates each strategy that it has not met.
    return _altered(response, bodies(response.schema))


@st.composite
def _altered(draw: st.DrawFn, response: DocumentedResponse, valid: st.SearchStrategy[Any]) -> AlteredBody:
    assert response.schema is not None
    body = copy.deepcopy(draw(valid))
    place = draw(st.sampled_from(list(_places(body, response.schema))))
    old = _value_at(body, place.path)
    change, new = draw(st.sampled_from(list(_changes(old, place))))
    if not place.path:
        body = new
    else:
        owner, last = _value_at(body, place.path[:-1]), place.path[-1]
        if change == "missing":
            del owner[last]
        else:
            owner[last] = new
    replaces_container = isinstance(old, dict | list) and type(new) is not type(old)
    outer = json_pointer(place.path[: place.alternatives])
    return AlteredBody(body, json_pointer(place.path), outer, change, replaces_container, is_valid(response, body))


def _places(
    body: Any, schema: Mapping[str, Any], path: tuple[str | int, ...] = (), alternatives: int | None = None
) -> Iterator[Place]:
    schema = merged(schema)
    yield Place(path, schema, alternatives, bool(path) and isinstance(path[-1], str))
    if "oneOf" in schema:
        alternatives = len(path)
        schema = next((merged(each) for each in schema["oneOf"] if _has_type_of(body, merged(each))), schema)
    if isinstance(body, dict):
        for name, value in body.items():
            yield from _places(value, schema["properties"][name], (*path, name), alternatives)
    elif isinstance(body, list):
        for index, value in enumerate(body):
            yield from _places(value, schema["items"], (*path, index), alternatives)


def _has_type_of(value: object, schema: Mapping[str, Any]) -> bool:
    types = {"object": dict, "array": list, "string": str, "integer": int, "number": float}
    return isinstance(value, types[schema["type"]])


def _changes(value: Any, place: Place) -> Iterator[tuple[str, Any]]:
    if place.removable:
        yield "missing", None
    if value is None:
        yield "object for leaf", {"value": 1}
    else:
        yield "null", None
    if isinstance(value, dict):
        yield "extra", {**value, "a_field_of_tomorrow": {"deep": [1, None]}}
        yield "list", [value]
    if isinstance(value, list):
        yield "object", {"0": value}
    if isinstance(value, int | float):
        yield "number as text", json.dumps(value)
        yield "fraction", value + 0.5 if abs(value) < 2**40 else 0.5
        yield "boolean", True
        yield "object for leaf", {"value": value}
    if isinstance(value, str):
        yield "number", 17
        yield "list for leaf", [value]
        if "enum" in place.schema:
            yield "unknown member", "a_value_of_tomorrow"
        if place.schema.get("format") == "date":
            yield "no date", "2024-02-30"
            yield "time for date", "2024-02-03T04:05:06Z"


def _value_at(body: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        body = body[step]
    return body
