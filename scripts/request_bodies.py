"""Reads what the body of a request is made of: each of its properties is an argument of the method."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from openapi_python_client.strings import PythonIdentifier, pascal_case

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from operation_sources import Argument, Operation

_JSON = "application/json"
_FILES = ("scripts/request_bodies.py", "wrapper/enphase_enlighten/api.py")


@dataclass(frozen=True)
class RequestBody:
    """The body of a request.

    Attributes:
        model: Its class in the generated package.
        arguments: The arguments that it is made of.
        places: The properties that lead to each of them, the outermost first, by the argument's name.
    """

    model: str
    arguments: list[Argument]
    places: dict[str, tuple[str, ...]]

    @property
    def entry(self) -> str:
        """How it stands in the table of operations."""
        places = ", ".join(f'"{name}": {place!r}' for name, place in self.places.items())
        return f'Body("{self.model}", {{{places}}})'


def request_body(operation: Operation) -> RequestBody | None:
    """Return what the body of an operation's request is made of; None where it has none.

    Raises:
        GenerationError: It cannot be made of arguments, or a property fits no kind of argument.
    """
    specified = operation.specified.get("requestBody")
    if specified is None:
        return None
    content = operation.document.resolved(specified).get("content", {})
    reference = content.get(_JSON, {}).get("schema", {}).get("$ref")
    if reference is None:
        problem = f"it sends {' or '.join(content) or 'nothing'}, and no model in {_JSON}"
        raise operation.error(problem, *_FILES)
    name = reference.rpartition("/")[2]
    schema = operation.document.resolved({"$ref": reference})
    found = dict(_properties(operation, schema, (), name))
    return RequestBody(
        operation.document.classes.get(name, name),
        [argument for argument, _ in found.values()],
        {argument.name: place for argument, place in found.values()},
    )


def _properties(
    operation: Operation, schema: Mapping[str, Any], above: tuple[str, ...], owner: str
) -> Iterator[tuple[str, tuple[Argument, tuple[str, ...]]]]:
    if schema.get("type") != "object" or not schema.get("properties"):
        raise operation.error(f"the body of its request has no properties below /{'/'.join(above)}", *_FILES)
    for name, described in schema["properties"].items():
        if name in operation.said.get("left_out", ()):
            continue
        place = (*above, name)
        inner = operation.document.resolved(described)
        if inner.get("type") == "object":
            part = f"{owner}{pascal_case(name)}"
            yield from _properties(operation, inner, place, operation.document.classes.get(part, part))
            continue
        required = name in schema.get("required", ())
        argument = operation.argument({"name": name, "schema": described, "required": required}, owner)
        yield str(PythonIdentifier(name, prefix="")), (argument, place)
