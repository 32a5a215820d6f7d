"""The responses that the effective specification documents, and whether a body is valid for one."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import jsonschema_rs

from tests.support.specification import document, operations, resolve

if TYPE_CHECKING:
    from collections.abc import Mapping


class DocumentedResponse(NamedTuple):
    """The response of an operation with one status.

    Attributes:
        operation_id: The operation.
        status: The HTTP status.
        schema: The schema of the body; None where there is no body.
    """

    operation_id: str
    status: int
    schema: Mapping[str, Any] | None


def documented_responses() -> list[DocumentedResponse]:
    """Return every documented status of every operation."""
    root = document("effective")
    found = []
    for operation in operations("effective").values():
        for status, response in operation.definition["responses"].items():
            content = resolve(root, response).get("content", {})
            schema = content.get("application/json", {}).get("schema")
            found.append(DocumentedResponse(operation.operation_id, int(status), schema))
    return found


def merged(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a schema whose top level has neither a reference nor `allOf`."""
    found: Mapping[str, Any] = resolve(document("effective"), schema)
    for part in found.get("allOf", ()):
        found = {**found, **merged(part)}
    return found


def is_valid(response: DocumentedResponse, body: object) -> bool:
    """Whether a body is valid by the effective specification; by another library than the wrapper's."""
    return bool(_validator(response.operation_id, response.status).is_valid(body))


@cache
def _validator(operation_id: str, status: int) -> Any:
    schema = next(each.schema for each in documented_responses() if each[:2] == (operation_id, status))
    root = {**_as_json_schema(schema), "components": _as_json_schema(document("effective")["components"])}
    return jsonschema_rs.validator_for({"$schema": "http://json-schema.org/draft-04/schema#", **root})


def _as_json_schema(node: Any) -> Any:
    """Return a schema of OpenAPI 3.0 as one of JSON Schema, which has no `nullable`."""
    if isinstance(node, list):
        return [_as_json_schema(item) for item in node]
    if not isinstance(node, dict):
        return node
    schema = {key: _as_json_schema(value) for key, value in node.items() if key not in ("example", "nullable")}
    return {"anyOf": [schema, {"type": "null"}]} if node.get("nullable") is True else schema
