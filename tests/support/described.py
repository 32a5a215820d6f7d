"""The operations of a specification, whatever their methods, with parameters and responses resolved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from tests.support.specification import resolve

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


class Parameter(NamedTuple):
    """A parameter of an operation.

    Attributes:
        name: Its name on the wire.
        definition: The parameter object.
        schema: Its schema, references resolved.
        place: What it is called in a comparison: operations share the parameter of a component.
        values: The same of its values, which may be those of a component.
    """

    name: str
    definition: Mapping[str, Any]
    schema: Mapping[str, Any]
    place: str
    values: str

    @property
    def required(self) -> bool:
        return self.definition.get("required") is True


class Described(NamedTuple):
    """An operation as the specification describes it.

    Attributes:
        operation_id: Its id.
        method: The HTTP method, in capitals.
        path: Below the base URL.
        definition: The operation object.
        parameters: Those of the path and its own, credentials left out, by name.
        responses: The response objects by status, references resolved.
        servers: Where it is, if not where the other operations are.
    """

    operation_id: str
    method: str
    path: str
    definition: Mapping[str, Any]
    parameters: Mapping[str, Parameter]
    responses: Mapping[str, Mapping[str, Any]]
    servers: Sequence[Mapping[str, Any]]

    @property
    def window(self) -> Mapping[str, Any] | None:
        found: Mapping[str, Any] | None = self.definition.get("x-window")
        return found

    @property
    def body(self) -> Mapping[str, Any]:
        """The schema of the body of status 200, which may be a reference; empty where there is none."""
        content: Mapping[str, Any] = self.responses.get("200", {}).get("content", {})
        schema: Mapping[str, Any] = next((each.get("schema", {}) for each in content.values()), {})
        return schema


def described(root: Mapping[str, Any]) -> dict[str, Described]:
    """Return the operations of a specification by id, whatever their method; without an id, none is generated."""
    found = {}
    for path, item in root["paths"].items():
        for method in METHODS:
            if "operationId" in item.get(method, {}):
                definition = item[method]
                name = definition["operationId"]
                parameters = [*item.get("parameters", ()), *definition.get("parameters", ())]
                responses = {str(status): resolve(root, each) for status, each in definition["responses"].items()}
                found[name] = Described(
                    operation_id=name,
                    method=method.upper(),
                    path=path,
                    definition=definition,
                    parameters=dict(_parameters(root, name, parameters)),
                    responses=responses,
                    servers=definition.get("servers", item.get("servers", ())),
                )
    return found


def credentials(root: Mapping[str, Any]) -> set[str]:
    """Return the names of the parameters that sign requests."""
    schemes = root.get("components", {}).get("securitySchemes", {}).values()
    return {scheme["name"] for scheme in schemes if "name" in scheme}


def _parameters(
    root: Mapping[str, Any], operation: str, parameters: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[str, Parameter]]:
    signing = credentials(root)
    for each in parameters:
        definition = resolve(root, each)
        if definition["name"] in signing:
            continue
        schema = resolve(root, definition.get("schema", {}))
        place = f"{operation} parameter {definition['name']}"
        if "$ref" in each:
            place = f"parameter {each['$ref'].rpartition('/')[2]}"
        one_value = schema.get("items", {}) if schema.get("type") == "array" else definition.get("schema", {})
        values = one_value["$ref"].rpartition("/")[2] if "$ref" in one_value else place
        yield definition["name"], Parameter(definition["name"], definition, schema, place, values)
