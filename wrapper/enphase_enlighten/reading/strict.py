"""Strict mode: each body is held against the effective specification, which the generated package ships."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from ..credentials.untrusted import shortened
from .json import json_pointer


@cache
def specification(package: str) -> dict[str, Any]:
    """Return the effective specification that a generated package ships."""
    document: dict[str, Any] = json.loads(files(package).joinpath("openapi.json").read_bytes())
    return document


def is_described(package: str, operation: str, status: int) -> bool:
    """Whether the specification of a generated package has a schema for the bodies of this status."""
    return bool(package) and _schema(package, operation, status) is not None


def first_fault(package: str, operation: str, status: int, body: object) -> tuple[str, str] | None:
    """Return the JSON pointer of the first place where a body is not what the specification says, and what is wrong.

    None where nothing is wrong, or the specification has no schema for the bodies of this status.
    """
    if not is_described(package, operation, status):
        return None
    faults = list(_validator(package, operation, status).iter_errors(body))
    if not faults:
        return None
    fault, path = _first(faults, body)
    expected = shortened(json.dumps(fault.validator_value, default=str), 200)
    return json_pointer(path), f"fails {fault.validator!r}: {expected}"


def _first(faults: Iterable[Any], body: object) -> tuple[Any, list[Any]]:
    """Return the fault that comes first in the document, and its path; within alternatives, the one that was meant."""
    fault = min(faults, key=lambda fault: _place(body, fault.absolute_path))
    path = list(fault.absolute_path)
    meant = _meant_alternative(fault)
    if meant:
        return _first(meant, body)
    if fault.validator == "required":
        path.append(next(name for name in fault.validator_value if name not in fault.instance))
    return fault, path


def _place(body: Any, path: Iterable[Any]) -> list[int]:
    place = []
    for step in path:
        place.append(step if isinstance(body, list) else list(body).index(step))
        body = body[step]
    return place


def _meant_alternative(fault: Any) -> Sequence[Any]:
    """Return the faults within the one alternative of `oneOf` whose type the value has; nothing where there is none."""
    alternatives: dict[int, list[Any]] = defaultdict(list)
    for inner in fault.context:
        alternatives[inner.schema_path[0]].append(inner)
    of_its_type = [
        inner
        for inner in alternatives.values()
        if not any(each.validator == "type" and not each.relative_path for each in inner)
    ]
    return of_its_type[0] if len(of_its_type) == 1 else ()


@cache
def _schema(package: str, operation: str, status: int) -> Any:
    """Return the schema of the bodies of a status; None where the specification has none."""
    document = specification(package)
    methods = [method for path in document["paths"].values() for method in path.values() if isinstance(method, dict)]
    described = next(method for method in methods if method.get("operationId") == operation)
    response = described["responses"].get(str(status), {})
    if "$ref" in response:
        response = document["components"]["responses"][response["$ref"].rpartition("/")[2]]
    content = response.get("content", {})
    # The schema of a stream says that it is a string; that of its messages stands beside it.
    messages = content.get("text/event-stream", {}).get("x-event-schemas")
    return {"$ref": messages[0]} if messages else content.get("application/json", {}).get("schema")


@cache
def _validator(package: str, operation: str, status: int) -> Any:
    """Return a validator of the JSON Schema draft that OpenAPI 3.0 builds on: 1.0, say, is no integer in it."""
    import jsonschema

    formats = jsonschema.FormatChecker(["date"])
    for name, bits in (("int32", 32), ("int64", 64)):
        formats.checks(name)(_fits(bits))
    schemas = specification(package)["components"]["schemas"]
    components = {"schemas": {name: _as_json_schema(schema) for name, schema in schemas.items()}}
    root = {"allOf": [_as_json_schema(_schema(package, operation, status))], "components": components}
    return jsonschema.Draft4Validator(root, format_checker=formats)


def _fits(bits: int) -> Any:
    return lambda value: type(value) is not int or -(2 ** (bits - 1)) <= value < 2 ** (bits - 1)


def _as_json_schema(node: Any) -> Any:
    """Translate what OpenAPI 3.0 says in its own way: `nullable`, which adds null to the type, and to nothing else."""
    if isinstance(node, list):
        return [_as_json_schema(item) for item in node]
    if not isinstance(node, dict):
        return node
    schema = {key: _as_json_schema(value) for key, value in node.items() if key not in ("example", "nullable")}
    if isinstance(node.get("properties"), dict):
        schema["properties"] = {name: _as_json_schema(value) for name, value in node["properties"].items()}
    if node.get("nullable") is True and isinstance(schema.get("type"), str):
        schema["type"] = [schema["type"], "null"]
    return schema
