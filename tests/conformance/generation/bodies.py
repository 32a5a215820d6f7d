"""Bodies drawn from the response schemas of the effective specification."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from ..specification.responses import merged
from ..v2.values import PROPERTIES, without_undated_values

if TYPE_CHECKING:
    from collections.abc import Mapping

_TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=8)
_NUMBERS = st.one_of(st.integers(0, 50_000), st.integers(-(2**63), 2**63 - 1))
_LEAVES: Mapping[str, st.SearchStrategy[Any]] = {
    "string": _TEXTS,
    "integer": _NUMBERS,
    "number": st.one_of(st.integers(-(10**6), 10**6), st.floats(-1e9, 1e9, allow_nan=False)),
    "boolean": st.booleans(),
}


def bodies(schema: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    """Draw a valid body.

    Args:
        schema: A schema of the effective specification, with references into it.
    """
    return st.deferred(lambda: _strategy(schema)).map(without_undated_values)


def _strategy(schema: Mapping[str, Any], name: str = "") -> st.SearchStrategy[Any]:
    schema = merged(schema)
    if "oneOf" in schema:
        return st.one_of([_strategy(alternative) for alternative in schema["oneOf"]])
    drawn = _non_null(schema, name)
    return st.one_of(st.none(), drawn) if schema.get("nullable") else drawn


def _non_null(schema: Mapping[str, Any], name: str) -> st.SearchStrategy[Any]:
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
    if (name, schema["type"]) in PROPERTIES:
        return PROPERTIES[name, schema["type"]]
    if "minLength" in schema:
        return st.text("ABCXYZ", min_size=schema["minLength"], max_size=schema.get("maxLength", 8))
    if schema.get("format") == "date":
        return st.dates().map(date.isoformat)
    return _LEAVES[schema["type"]]
