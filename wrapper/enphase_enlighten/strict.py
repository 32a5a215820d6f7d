"""Strict mode: each body is held against the effective specification, which the package ships."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

from .errors import ConfigurationError

KEYWORD_OF_CHILDREN = {"required": "is missing"}


@cache
def specification() -> dict[str, Any]:
    """Return the effective specification."""
    document: dict[str, Any] = json.loads(files("enlighten_v2").joinpath("openapi.json").read_bytes())
    return document


def require_validator() -> None:
    """Refuse strict mode without what it needs.

    Raises:
        ConfigurationError: The extra is not installed.
    """
    try:
        import jsonschema  # noqa: F401 - only whether it is there
    except ImportError:
        raise ConfigurationError(
            "strict=True needs the extra 'strict': pip install 'enphase-enlighten[strict]'"
        ) from None


def is_described(operation: str, status: int) -> bool:
    """Whether the specification has a schema for the bodies of this status."""
    return _schema(operation, status) is not None


def first_fault(operation: str, status: int, body: object) -> tuple[str, str] | None:
    """Return the JSON pointer of the first place where a body is not what the specification says, and what is wrong."""
    validator = _validator(operation, status)
    faults = sorted(validator.iter_errors(body), key=lambda fault: [str(step) for step in fault.absolute_path])
    if not faults:
        return None
    fault = faults[0]
    path = list(fault.absolute_path)
    if fault.validator == "required":
        path.append(next(name for name in fault.validator_value if name not in fault.instance))
    pointer = "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)
    return pointer, f"fails {fault.validator!r}: {_expected(fault)}"


def _expected(fault: Any) -> str:
    expected = json.dumps(fault.validator_value, default=str)
    return expected if len(expected) <= 200 else f"{expected[:197]}..."


@cache
def _operations() -> dict[str, dict[str, Any]]:
    return {
        operation["operationId"]: operation
        for path in specification()["paths"].values()
        for operation in path.values()
        if isinstance(operation, dict) and "operationId" in operation
    }


def _schema(operation: str, status: int) -> dict[str, Any] | None:
    response = _operations()[operation]["responses"].get(str(status), {})
    if "$ref" in response:
        response = specification()["components"]["responses"][response["$ref"].rpartition("/")[2]]
    schema: dict[str, Any] | None = response.get("content", {}).get("application/json", {}).get("schema")
    return schema


@cache
def _validator(operation: str, status: int) -> Any:
    import jsonschema

    root = _as_json_schema({**(_schema(operation, status) or {}), "components": specification()["components"]})
    return jsonschema.Draft7Validator(root, format_checker=jsonschema.FormatChecker(["date"]))


def _as_json_schema(node: Any) -> Any:
    """Translate what OpenAPI 3.0 says in its own way: `nullable`."""
    if isinstance(node, list):
        return [_as_json_schema(item) for item in node]
    if not isinstance(node, dict):
        return node
    schema = {key: _as_json_schema(value) for key, value in node.items() if key != "example"}
    if schema.pop("nullable", False) is not True:
        return schema
    return {"anyOf": [schema, {"type": "null"}]}
