"""Bodies drawn from the response schemas of the effective specification, and whether one is valid."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import jsonschema_rs
from hypothesis import strategies as st

from .specifications import document, operations, resolved

if TYPE_CHECKING:
    from collections.abc import Mapping

WINDOW = (1_718_000_100, 1_718_086_500)
"""The period, of one request, that the drawn intervals lie in and around; in epoch seconds, on every grid."""

_TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=8)
_NUMBERS = st.one_of(st.integers(0, 50_000), st.integers(-(2**63), 2**63 - 1))
_LEAVES: Mapping[str, st.SearchStrategy[Any]] = {
    "string": _TEXTS,
    "integer": _NUMBERS,
    "number": st.one_of(st.integers(-(10**6), 10**6), st.floats(-1e9, 1e9, allow_nan=False)),
    "boolean": st.booleans(),
}
_NAMED: Mapping[str, st.SearchStrategy[Any]] = {
    "end_at": st.one_of(st.integers(WINDOW[0] - 900, WINDOW[1] + 900), _NUMBERS),
    # Later ones leave no room for a series in the calendar.
    "start_date": st.dates(date(2008, 1, 1), date(2100, 1, 1)).map(date.isoformat),
    "timezone": st.sampled_from(["UTC", "America/Los_Angeles", "Mars/Olympus_Mons"]),
}


class Answer(NamedTuple):
    """What an operation answers with under one status.

    Attributes:
        operation_id: The operation.
        status: The HTTP status.
        schema: Of the body; None where there is none.
    """

    operation_id: str
    status: int
    schema: Mapping[str, Any] | None


def answers() -> list[Answer]:
    """Return every documented status of every operation."""
    root = document("effective")
    found = []
    for operation in operations("effective").values():
        for status, response in operation.definition["responses"].items():
            content = resolved(root, response).get("content", {})
            found.append(Answer(operation.operation_id, int(status), content.get("application/json", {}).get("schema")))
    return found


def bodies(schema: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    """Draw a valid body.

    Args:
        schema: A schema of the effective specification, with references into it.
    """
    return st.deferred(lambda: _strategy(schema)).map(_dated)


def _dated(body: Any) -> Any:
    """Leave the values out where no day is named that they could begin on: only what never produced has none."""
    if isinstance(body, dict) and body.get("start_date", "") is None:
        return {name: [] if isinstance(value, list) else value for name, value in body.items()}
    return body


def _strategy(schema: Mapping[str, Any], name: str = "") -> st.SearchStrategy[Any]:
    schema = whole(schema)
    if "oneOf" in schema:
        return st.one_of([_strategy(alternative) for alternative in schema["oneOf"]])
    drawn = _drawn(schema, name)
    return st.one_of(st.none(), drawn) if schema.get("nullable") else drawn


def _drawn(schema: Mapping[str, Any], name: str) -> st.SearchStrategy[Any]:
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if schema["type"] == "object":
        properties = {key: _strategy(inner, key) for key, inner in schema["properties"].items()}
        required = set(schema.get("required", ()))
        return st.fixed_dictionaries(
            {key: drawn for key, drawn in properties.items() if key in required},
            optional={key: drawn for key, drawn in properties.items() if key not in required},
        )
    if schema["type"] == "array":
        return st.lists(_strategy(schema["items"]), max_size=3)
    return _leaf(schema, name)


def _leaf(schema: Mapping[str, Any], name: str) -> st.SearchStrategy[Any]:
    if name in _NAMED and (name != "end_at" or schema["type"] == "integer"):
        return _NAMED[name]
    if "minLength" in schema:
        return st.text("ABCXYZ", min_size=schema["minLength"], max_size=schema.get("maxLength", 8))
    if schema.get("format") == "date":
        return st.dates().map(date.isoformat)
    return _LEAVES[schema["type"]]


def whole(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a schema without references, and without `allOf`, at its top."""
    found: Mapping[str, Any] = resolved(document("effective"), schema)
    for part in found.get("allOf", ()):
        found = {**found, **whole(part)}
    return found


def is_valid(answer: Answer, body: object) -> bool:
    """Tell whether a body is what the effective specification says; by another library than the wrapper's."""
    return bool(_validator(answer.operation_id, answer.status).is_valid(body))


@cache
def _validator(operation_id: str, status: int) -> Any:
    schema = next(each.schema for each in answers() if each[:2] == (operation_id, status))
    root = {**_translated(schema), "components": _translated(document("effective")["components"])}
    return jsonschema_rs.validator_for({"$schema": "http://json-schema.org/draft-04/schema#", **root})


def _translated(node: Any) -> Any:
    """Say in JSON Schema what OpenAPI 3.0 says as `nullable`."""
    if isinstance(node, list):
        return [_translated(item) for item in node]
    if not isinstance(node, dict):
        return node
    said = {key: _translated(value) for key, value in node.items() if key not in ("example", "nullable")}
    return {"anyOf": [said, {"type": "null"}]} if node.get("nullable") is True else said
