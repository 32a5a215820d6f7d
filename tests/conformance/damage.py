"""Bodies near the valid ones: one place of a body is changed, and it is known which and how."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any, NamedTuple

from hypothesis import strategies as st

from .bodies import bodies, is_valid, whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .bodies import Answer


class Place(NamedTuple):
    """A place of a body.

    Attributes:
        path: The names and numbers that lead there.
        schema: What the specification says of it.
        alternatives: How much of the path leads to the nearest `oneOf` around it; None where there is none.
        removable: Whether it is a property, which can be missing.
    """

    path: tuple[str | int, ...]
    schema: Mapping[str, Any]
    alternatives: int | None
    removable: bool


class Damaged(NamedTuple):
    """A body near a valid one.

    Attributes:
        body: The changed body.
        pointer: The JSON pointer of the place.
        outer: The pointer of the alternatives that the place is one part of, or the same.
        how: What was done there.
        container: Whether an object or a list was there, and is not any more.
        valid: Whether the body is valid all the same.
    """

    body: Any
    pointer: str
    outer: str
    how: str
    container: bool
    valid: bool


def pointer(path: tuple[str | int, ...]) -> str:
    """Return the JSON pointer (RFC 6901) of a path."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


@st.composite
def damaged_bodies(draw: st.DrawFn, answer: Answer) -> Damaged:
    """Draw a body that differs in one place from a valid one."""
    assert answer.schema is not None
    body = copy.deepcopy(draw(bodies(answer.schema)))
    place = draw(st.sampled_from(list(_places(body, answer.schema))))
    old = _at(body, place.path)
    how, new = draw(st.sampled_from(list(_changes(old, place))))
    if not place.path:
        body = new
    else:
        owner, last = _at(body, place.path[:-1]), place.path[-1]
        if how == "missing":
            del owner[last]
        else:
            owner[last] = new
    container = isinstance(old, dict | list) and type(new) is not type(old)
    outer = pointer(place.path[: place.alternatives])
    return Damaged(body, pointer(place.path), outer, how, container, is_valid(answer, body))


def _places(body: Any, schema: Mapping[str, Any], path: tuple[str | int, ...] = ()) -> Iterator[Place]:
    yield from _walk(body, schema, path, None)


def _walk(
    body: Any, schema: Mapping[str, Any], path: tuple[str | int, ...], alternatives: int | None
) -> Iterator[Place]:
    schema = whole(schema)
    yield Place(path, schema, alternatives, bool(path) and isinstance(path[-1], str))
    if "oneOf" in schema:
        alternatives = len(path)
        schema = next((whole(each) for each in schema["oneOf"] if _is_of(body, whole(each))), schema)
    if isinstance(body, dict):
        for name, value in body.items():
            yield from _walk(value, schema["properties"][name], (*path, name), alternatives)
    elif isinstance(body, list):
        for index, value in enumerate(body):
            yield from _walk(value, schema["items"], (*path, index), alternatives)


def _is_of(value: object, schema: Mapping[str, Any]) -> bool:
    kinds = {"object": dict, "array": list, "string": str, "integer": int, "number": float}
    return isinstance(value, kinds[schema["type"]])


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


def _at(body: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        body = body[step]
    return body
