"""What OpenAPI 3.1 has and 3.0, which the client is generated from, does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# A key of 3.1, and what 3.0 has in its place.
_KEYS = {
    "$defs": "put the schemas into components",
    "$dynamicRef": "write the schema out",
    "const": "write an `enum` of one value",
    "contentEncoding": "write a `format`",
    "contentMediaType": "write a `format`",
    "dependentRequired": "say so in the description",
    "dependentSchemas": "say so in the description",
    "examples": "write one `example`",
    "identifier": "write the license's `url`",
    "if": "write `oneOf`",
    "jsonSchemaDialect": "remove it",
    "pathItems": "write the paths out",
    "patternProperties": "write `additionalProperties`",
    "prefixItems": "write `items` with `oneOf`",
    "propertyNames": "say so in the description",
    "unevaluatedProperties": "write `additionalProperties`",
    "webhooks": "remove it",
}


def advice_on_newer(specification: Mapping[str, Any], path: Sequence[str | int], message: str) -> str:
    """Says that OpenAPI 3.1 is the cause of a fault, and what to write in its place.

    Args:
        specification: The document.
        path: The path of the fault in it.
        message: What is wrong there.

    Returns:
        A sentence to end the message with; empty for a fault that has another cause.
    """
    node: Any = specification
    for part in path:
        node = node[part]
    advice = _advice(path[-1] if path else "", node, message)
    version = specification.get("openapi")
    if not advice and isinstance(version, str) and version.startswith("3.1"):
        advice = "take the document for 3.0, or convert it"
    return f". This is OpenAPI 3.1, and the client is generated from 3.0: {advice}." if advice else ""


def _advice(key: str | int, node: Any, message: str) -> str:
    if key == "type" and isinstance(node, list):
        return "write one `type`, with `nullable: true` for null, or `oneOf`"
    if key == "type" and node == "null":
        return "write `nullable: true` beside another type"
    if key in ("exclusiveMinimum", "exclusiveMaximum") and not isinstance(node, bool):
        return f"write the number as `minimum` or `maximum`, and `{key}: true`"
    keys = [name for name in _KEYS if isinstance(node, dict) and name in node and f"'{name}'" in message]
    return _KEYS[keys[0]] if keys else ""
