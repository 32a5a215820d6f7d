"""The bodies that the effective specification gives as examples."""

from __future__ import annotations

import copy
from functools import cache
from typing import Any

from tests.support.specification import document, operations, resolve


def example(operation_id: str) -> Any:
    """Return the example of an operation's successful body; a new one by each call."""
    return copy.deepcopy(_example(operation_id))


@cache
def _example(operation_id: str) -> Any:
    responses = operations("effective")[operation_id].definition["responses"]
    return _of(responses["200"]["content"]["application/json"]["schema"])


def _of(schema: Any) -> Any:
    if schema.get("type") == "array":
        return [_of(schema["items"])]
    return resolve(document("effective"), schema)["example"]
