"""The two specifications that everything is held against: the published one, and the effective one with its overlay."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import schemathesis
import yaml
from schemathesis import GenerationMode
from schemathesis.config import SchemathesisConfig

from .profile import SEED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from schemathesis.schemas import BaseSchema

ROOT = Path(__file__).parents[2]
Name = Literal["published", "effective"]
PATHS: Mapping[Name, Path] = {
    "published": ROOT / "enlighten.yaml",
    "effective": ROOT / "generated" / "enlighten_v2" / "openapi.json",
}
CONFIG = ROOT / "schemathesis.toml"

KEY, USER = "key", "user_id"
"""The query parameters that are credentials."""


class Operation(NamedTuple):
    """One operation of a specification, references resolved.

    Attributes:
        definition: The operation object.
        query: The schema of each query parameter, by name.
        required: The names of those that every request has.
    """

    operation_id: str
    path: str
    definition: Mapping[str, Any]
    query: Mapping[str, Mapping[str, Any]]
    required: frozenset[str]

    @property
    def window(self) -> Mapping[str, Any] | None:
        """How much one request can ask for, where the specification limits it."""
        found: Mapping[str, Any] | None = self.definition.get("x-window")
        return found


@cache
def document(name: Name) -> dict[str, Any]:
    """Return a specification as it is written."""
    text = PATHS[name].read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text) if PATHS[name].suffix == ".json" else yaml.safe_load(text)
    return loaded


@cache
def operations(name: Name) -> Mapping[str, Operation]:
    """Return the operations of a specification by their ids."""
    return {operation.operation_id: operation for operation in _operations(document(name))}


def resolved(root: Mapping[str, Any], node: Any) -> Any:
    """Return what `node` refers to, or `node` itself where it is no reference."""
    while isinstance(node, dict) and "$ref" in node:
        target: Any = root
        for part in node["$ref"].removeprefix("#/").split("/"):
            target = target[part.replace("~1", "/").replace("~0", "~")]
        node = target
    return node


def _operations(root: Mapping[str, Any]) -> Iterator[Operation]:
    for path, item in root["paths"].items():
        definition = item["get"]
        parameters = [resolved(root, parameter) for parameter in definition.get("parameters", ())]
        query = {parameter["name"]: parameter for parameter in parameters if parameter["in"] == "query"}
        schemas = {name: resolved(root, parameter["schema"]) for name, parameter in query.items()}
        required = {name for name, parameter in query.items() if parameter.get("required")}
        for scheme in resolved(root, root["security"][0]):
            name = root["components"]["securitySchemes"][scheme]["name"]
            schemas[name] = {"type": "string"}
            required.add(name)
        yield Operation(definition["operationId"], path, definition, schemas, frozenset(required))


def operation_at(name: Name, path: str) -> Operation | None:
    """Return the operation that a path below the base URL belongs to, or None."""
    # A literal path wins over one with a parameter in the same place.
    for operation in sorted(operations(name).values(), key=lambda found: found.path.count("{")):
        if re.fullmatch(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(operation.path)), path):
            return operation
    return None


def load(name: Name, *modes: GenerationMode, security: bool = False) -> BaseSchema:
    """Return a specification as schemathesis reads it, with the project's configuration.

    Args:
        name: Which of the two.
        modes: Whether cases are valid, invalid, or any.
        security: Whether cases bring credentials of their own where the specification has security schemes.
    """
    schema = schemathesis.openapi.from_path(PATHS[name], config=SchemathesisConfig.from_path(CONFIG))
    if SEED is not None:
        schema.config.seed = SEED
    schema.config.generation.update(
        modes=list(modes) or list(GenerationMode),
        with_security_parameters=security,
        allow_extra_parameters=GenerationMode.NEGATIVE in modes,
    )
    return schema
