"""The OpenAPI document of a service: its operations, and their parameters.

It is the file that the generation writes beside a generated client. It is found without importing that package, of
which nothing else is used here.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


class Parameter(NamedTuple):
    """A parameter of an operation, without those that are credentials."""

    name: str
    location: str
    required: bool
    schema: Mapping[str, Any]


class Operation(NamedTuple):
    """An operation, and how its requests look.

    Attributes:
        operation_id: Its id.
        path: Its path, with the names of parameters.
        pattern: What its paths match.
        parameters: Those in path, query and headers.
        statuses: The statuses of its responses.
        method: The HTTP method.
        body: The schema of its requests' JSON, or None if they have none.
        access_control: What an application must be allowed to call it, or None where the document does not say.
    """

    operation_id: str
    path: str
    pattern: re.Pattern[str]
    parameters: tuple[Parameter, ...]
    statuses: tuple[str, ...]
    method: str = "GET"
    body: Mapping[str, Any] | None = None
    access_control: str | None = None


class Specification:
    """An OpenAPI document, read for what a simulated service needs of it: its operations.

    Args:
        document: The parsed document.
        credentials: Query parameters that are credentials, beside those of its security schemes.
    """

    def __init__(self, document: Mapping[str, Any], credentials: Iterable[str] = ()) -> None:
        self.document = document
        self._credentials = frozenset(credentials)
        self.operations = tuple(self._operations())

    def find(self, path: str, method: str = "GET") -> tuple[Operation, dict[str, str]] | None:
        """Return the operation at `path` (below the server's URL) and the path's parameters, or None.

        One slash at the end changes nothing: published clients send `/systems/?key=...` to the real services.
        """
        named = path.removesuffix("/")
        for operation in self.operations:
            match = operation.pattern.fullmatch(named) if operation.method == method else None
            if match:
                return operation, {name: unquote(value) for name, value in match.groupdict().items()}
        return None

    def methods(self, path: str) -> tuple[str, ...]:
        """Return the methods of the operations at `path`, or of those that have the fewest parameters there."""
        named = path.removesuffix("/")
        found = [operation for operation in self.operations if operation.pattern.fullmatch(named)]
        return tuple(operation.method for operation in found if operation.path == found[0].path)

    def resolve(self, node: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return what `node` refers to, or `node` itself if it is not a reference."""
        while "$ref" in node:
            target: Any = self.document
            for part in node["$ref"].removeprefix("#/").split("/"):
                target = target[part.replace("~1", "/").replace("~0", "~")]
            node = target
        return node

    def _operations(self) -> Iterable[Operation]:
        schemes = self.document.get("components", {}).get("securitySchemes", {}).values()
        credentials = self._credentials.union(scheme["name"] for scheme in schemes if scheme.get("in") == "query")
        # A literal path wins over one with a parameter in the same place.
        for path, item in sorted(self.document["paths"].items(), key=lambda entry: entry[0].count("{")):
            shared = item.get("parameters", [])
            for method in [name for name in item if name in _METHODS]:
                operation = item[method]
                parameters = [self._parameter(entry) for entry in (*shared, *operation.get("parameters", []))]
                yield Operation(
                    operation_id=operation["operationId"],
                    path=path,
                    pattern=re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+)", re.escape(path))),
                    parameters=tuple(entry for entry in parameters if entry.name not in credentials),
                    statuses=tuple(operation["responses"]),
                    method=method.upper(),
                    body=self._body(operation),
                    access_control=operation.get("x-access-control"),
                )

    def _body(self, operation: Mapping[str, Any]) -> Mapping[str, Any] | None:
        content = self.resolve(operation.get("requestBody", {})).get("content", {})
        return self._whole(content["application/json"]["schema"]) if "application/json" in content else None

    def _whole(self, node: Any) -> Any:
        """Return a schema without references."""
        if isinstance(node, list):
            return [self._whole(item) for item in node]
        if not isinstance(node, dict):
            return node
        return {name: self._whole(value) for name, value in self.resolve(node).items()}

    def _parameter(self, entry: Mapping[str, Any]) -> Parameter:
        entry = self.resolve(entry)
        schema = dict(self.resolve(entry["schema"]))
        if "items" in schema:
            schema["items"] = self.resolve(schema["items"])
        return Parameter(entry["name"], entry["in"], entry.get("required", False), schema)


@lru_cache(maxsize=4)
def load(path: Path, credentials: tuple[str, ...] = ()) -> Specification:
    """Return the specification in the JSON file at `path`.

    Args:
        path: The file.
        credentials: As for `Specification`.

    Raises:
        FileNotFoundError: There is no such file.
    """
    if not path.is_file():
        raise FileNotFoundError(f"there is no specification at {path}; `make generate` writes it")
    return Specification(json.loads(path.read_text(encoding="utf-8")), credentials)


def effective_path(package: str) -> Path:
    """Return where the effective specification lies in the folder of a generated `package`.

    Raises:
        FileNotFoundError: The package is not installed.
    """
    found = find_spec(package)
    for folder in (found.submodule_search_locations or ()) if found else ():
        return Path(folder) / "openapi.json"
    raise FileNotFoundError(f"the package {package}, which has the specification, is not installed")
