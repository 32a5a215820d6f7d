"""The effective specification: which operations there are, and which parameters they take.

It is the file that the generation writes beside the generated client. It is found without importing that
package, of which nothing else is used here.
"""

from __future__ import annotations

import json
import re
from datetime import date
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

from enlighten_mock.refusals import invalid

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

_PACKAGE = "enlighten_v2"
_INTEGER = re.compile(r"[+-]?[0-9]{1,1000}")
_INDEXED = re.compile(r"(\w+)\[[^\]]+\]")
_INT64 = 1 << 63
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

# Parameters whose description says that other values than those of their enumeration are ignored.
_UNKNOWN_VALUES_IGNORED = frozenset({"production"})

Scalar = int | str | date
Value = Scalar | list[Scalar]


class Parameter(NamedTuple):
    """A parameter of an operation, without those that are credentials."""

    name: str
    location: str
    required: bool
    schema: Mapping[str, Any]


class Operation(NamedTuple):
    """An operation, and how its requests look."""

    operation_id: str
    path: str
    pattern: re.Pattern[str]
    parameters: tuple[Parameter, ...]
    statuses: tuple[str, ...]


class Specification:
    """An OpenAPI document, read for what the simulated service needs of it.

    Args:
        document: The parsed document.
    """

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.document = document
        self.operations = tuple(self._operations())

    def find(self, path: str) -> tuple[Operation, dict[str, str]] | None:
        """Return the operation at `path` (below the server's URL) and the path's parameters, or None."""
        for operation in self.operations:
            match = operation.pattern.fullmatch(path)
            if match:
                return operation, {name: unquote(value) for name, value in match.groupdict().items()}
        return None

    def resolve(self, node: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return what `node` refers to, or `node` itself if it is no reference."""
        while "$ref" in node:
            target: Any = self.document
            for part in node["$ref"].removeprefix("#/").split("/"):
                target = target[part.replace("~1", "/").replace("~0", "~")]
            node = target
        return node

    def _operations(self) -> Iterable[Operation]:
        credentials = {
            scheme["name"]
            for scheme in self.document.get("components", {}).get("securitySchemes", {}).values()
            if scheme.get("in") == "query"
        } | {"user_id"}
        # A literal path wins over one with a parameter in the same place.
        for path, item in sorted(self.document["paths"].items(), key=lambda entry: entry[0].count("{")):
            if "get" not in item:
                continue  # other methods are answered with 405, whatever the specification says
            operation = item["get"]
            shared = item.get("parameters", [])
            parameters = [self._parameter(entry) for entry in (*shared, *operation.get("parameters", []))]
            yield Operation(
                operation_id=operation["operationId"],
                path=path,
                pattern=re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+)", re.escape(path))),
                parameters=tuple(entry for entry in parameters if entry.name not in credentials),
                statuses=tuple(operation["responses"]),
            )

    def _parameter(self, entry: Mapping[str, Any]) -> Parameter:
        entry = self.resolve(entry)
        schema = dict(self.resolve(entry["schema"]))
        if "items" in schema:
            schema["items"] = self.resolve(schema["items"])
        return Parameter(entry["name"], entry["in"], entry.get("required", False), schema)


@lru_cache(maxsize=4)
def load(path: Path | None = None) -> Specification:
    """Return the specification in the JSON file at `path`, or without one the effective specification.

    Raises:
        FileNotFoundError: It is not there.
    """
    path = path or _effective_path()
    if not path.is_file():
        raise FileNotFoundError(f"there is no specification at {path}; `make generate` writes it")
    return Specification(json.loads(path.read_text(encoding="utf-8")))


def _effective_path() -> Path:
    package = find_spec(_PACKAGE)
    for folder in (package.submodule_search_locations or ()) if package else ():
        return Path(folder) / "openapi.json"
    raise FileNotFoundError(f"the package {_PACKAGE}, which has the specification, is not installed")


def read_parameters(
    operation: Operation, path: Mapping[str, str], query: Sequence[tuple[str, str]]
) -> dict[str, Value]:
    """Return the values of a request's parameters in the types that their schemas name.

    A list parameter such as `status[]` is also read from its bare name, where it stands for one value, and
    returned under the bare name. What the operation does not declare is ignored.

    Raises:
        RefusedError: A value is missing or is not what its schema says (422).
    """
    given: dict[str, list[str]] = {}
    for name, value in query:
        given.setdefault(name, []).append(value)
    declared = {parameter.name for parameter in operation.parameters}
    _refuse_indexed(given, declared)
    values: dict[str, Value] = {}
    for parameter in operation.parameters:
        name, schema = parameter.name, parameter.schema
        if parameter.location == "path":
            values[name] = _value(name, path[name], schema)
        elif schema.get("type") == "array":
            bare = name.removesuffix("[]")
            if bare != name and name in given and bare in given:
                raise invalid(f"{bare} and {name} are the same parameter; send one of them")
            sent = given.get(name) or given.get(bare, [])[-1:]
            if sent:
                values[bare] = [_value(name, value, schema["items"]) for value in sent]
        elif f"{name}[]" in declared:
            continue  # the published document lists both forms; the one with brackets reads both
        elif name in given and not (name in _UNKNOWN_VALUES_IGNORED and given[name][-1] not in schema.get("enum", ())):
            values[name] = _value(name, given[name][-1], schema)
        elif parameter.required and name not in given:
            raise invalid(f"{name} is missing")
    return values


def _refuse_indexed(given: Iterable[str], declared: Container[str]) -> None:
    """Refuse a list's name with something in its brackets, which would otherwise be ignored like any unknown name."""
    for name in given:
        indexed = _INDEXED.fullmatch(name)
        if indexed and f"{indexed[1]}[]" in declared:
            raise invalid(f"{name[:40]} is not understood; write {indexed[1]}[] for each of several values")


def _value(name: str, text: str, schema: Mapping[str, Any]) -> Scalar:
    kind = schema.get("type")
    if kind == "integer":
        if not _INTEGER.fullmatch(text):
            raise invalid(f"{name} must be an integer, not {text[:40]!r}")
        number = int(text)
        if schema.get("format") == "int64" and not -_INT64 <= number < _INT64:
            raise invalid(f"{name} must be an integer of 64 bits, not {text}")
        if not schema.get("minimum", number) <= number <= schema.get("maximum", number):
            raise invalid(f"{name} must be from {schema.get('minimum', '...')} to {schema.get('maximum', '...')}")
        return number
    if "enum" in schema and text not in schema["enum"]:
        raise invalid(f"{name} must be one of {', '.join(schema['enum'])}, not {text[:40]!r}")
    if schema.get("format") == "date":
        try:
            if _DATE.fullmatch(text):
                return date.fromisoformat(text)
        except ValueError:
            pass
        raise invalid(f"{name} must be a date like 2024-06-01, not {text[:40]!r}")
    return text
