"""The specification as it is published, its overlay, and the effective specification that both make."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).parents[2]

SpecificationName = Literal["published", "effective"]

OVERLAY_FILE = ROOT / "enlighten.overlay.yaml"
SPECIFICATION_FILES: Mapping[SpecificationName, Path] = {
    "published": ROOT / "enlighten.yaml",
    # Of the package that is imported, which need not be the one of this tree.
    "effective": Path(str(files("enlighten_v2").joinpath("openapi.json"))),
}


class Parameter(NamedTuple):
    """A query parameter.

    Attributes:
        schema: The schema of one value, references resolved.
        repeated: Whether it may have several values, each sent under its name.
        required: Whether every request has it.
    """

    schema: Mapping[str, Any]
    repeated: bool
    required: bool


class Operation(NamedTuple):
    """One operation of a specification.

    Attributes:
        operation_id: Its id.
        path: Below the base URL, with path parameters in braces.
        definition: The operation object.
        query: Its query parameters by name, those of the security schemes included.
    """

    operation_id: str
    path: str
    definition: Mapping[str, Any]
    query: Mapping[str, Parameter]

    @property
    def required(self) -> frozenset[str]:
        """The names of the query parameters that every request has."""
        return frozenset(name for name, parameter in self.query.items() if parameter.required)

    @property
    def window(self) -> Mapping[str, Any] | None:
        """How much one request can ask for, where the specification limits it."""
        found: Mapping[str, Any] | None = self.definition.get("x-window")
        return found

    def path_parameters(self, path: str) -> dict[str, str] | None:
        """Return the values of the path parameters in a path below the base URL; None for another operation's path."""
        pattern = re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+)", re.escape(self.path))
        match = re.fullmatch(pattern, path)
        return match.groupdict() if match else None


@cache
def document(name: SpecificationName) -> dict[str, Any]:
    """Return a specification as it is written; only to be read."""
    return load_document(SPECIFICATION_FILES[name])


def load_document(path: Path) -> dict[str, Any]:
    """Return the content of a YAML or JSON file, read again by each call."""
    text = path.read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text) if path.suffix == ".json" else yaml.safe_load(text)
    return loaded


@cache
def operations(name: SpecificationName) -> Mapping[str, Operation]:
    """Return the operations of a specification by id."""
    return {operation.operation_id: operation for operation in _operations(document(name))}


def operation_at(name: SpecificationName, path: str) -> Operation | None:
    """Return the operation that a path below the base URL belongs to; None where there is none."""
    # A literal path takes precedence over one with a parameter in the same place.
    candidates = sorted(operations(name).values(), key=lambda operation: operation.path.count("{"))
    return next((operation for operation in candidates if operation.path_parameters(path) is not None), None)


def resolve(root: Mapping[str, Any], node: Any) -> Any:
    """Return the target of a reference, or the node itself where it is no reference."""
    while isinstance(node, dict) and "$ref" in node:
        target: Any = root
        for part in node["$ref"].removeprefix("#/").split("/"):
            target = target[part.replace("~1", "/").replace("~0", "~")]
        node = target
    return node


def _operations(root: Mapping[str, Any]) -> Iterator[Operation]:
    for path, item in root["paths"].items():
        for definition in item.values():
            if isinstance(definition, dict) and "operationId" in definition:
                yield Operation(definition["operationId"], path, definition, _query(root, definition))


def _query(root: Mapping[str, Any], definition: Mapping[str, Any]) -> dict[str, Parameter]:
    query = {}
    for parameter in (resolve(root, each) for each in definition.get("parameters", ())):
        if parameter["in"] == "query":
            schema = resolve(root, parameter["schema"])
            repeated = schema.get("type") == "array"
            item = resolve(root, schema["items"]) if repeated else schema
            query[parameter["name"]] = Parameter(item, repeated, parameter.get("required", False))
    for scheme in root["security"][0]:
        name = root["components"]["securitySchemes"][scheme]["name"]
        query[name] = Parameter({"type": "string"}, repeated=False, required=True)
    return query
