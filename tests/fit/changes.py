"""Kinds of changes of a specification, each to be made to a copy."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, TypeAlias

import yaml


@dataclass
class Documents:
    """A copy of a specification, of its overlay and of what methods say, to be changed."""

    specification: dict[str, Any]
    overlay: dict[str, Any]
    methods: dict[str, Any]

    def place_of(self, operation_id: str) -> tuple[str, str]:
        """Return the path and the method of an operation."""
        for path, item in self.specification["paths"].items():
            for method, operation in item.items():
                if method != "parameters" and operation["operationId"] == operation_id:
                    return path, method
        raise KeyError(operation_id)

    def operation(self, operation_id: str) -> dict[str, Any]:
        path, method = self.place_of(operation_id)
        found: dict[str, Any] = self.specification["paths"][path][method]
        return found

    def parameter(self, operation_id: str, name: str) -> dict[str, Any]:
        parameters = self.operation(operation_id)["parameters"]
        return next(parameter for parameter in parameters if parameter.get("name") == name)

    def schema(self, place: str) -> dict[str, Any]:
        """Return the schema at a place such as `StatsResponse.intervals[].powr`."""
        first, *names = place.split(".")
        node: dict[str, Any] = self.specification["components"]["schemas"][first]
        for name in names:
            node = node["properties"][name.removesuffix("[]")]
            node = node["items"] if name.endswith("[]") else node
        return node

    def window(self, operation_id: str) -> dict[str, Any]:
        found: dict[str, Any] = self.action(f"@.operationId == '{operation_id}'")["update"]["x-window"]
        return found

    def action(self, text: str) -> dict[str, Any]:
        return next(action for action in self.overlay["actions"] if text in yaml.safe_dump(action, width=1000))


Change: TypeAlias = Callable[[Documents], object]


def new_operation(method: str) -> Change:
    def change(documents: Documents) -> None:
        operation = {**deepcopy(documents.operation("Envoys")), "operationId": "Alarms", "parameters": []}
        if method == "post":
            operation["requestBody"] = {"content": {"application/json": {"schema": {"type": "object"}}}}
        documents.specification["paths"].setdefault("/systems/alarms", {})[method] = operation

    return change


def no_operation(documents: Documents) -> None:
    path, method = documents.place_of("Inventory")
    del documents.specification["paths"][path][method]


def moved(operation: str, path: str = "", method: str = "") -> Change:
    def change(documents: Documents) -> None:
        old_path, old_method = documents.place_of(operation)
        definition = documents.specification["paths"].pop(old_path)[old_method]
        documents.specification["paths"][path or old_path] = {method or old_method: definition}

    return change


def with_operation(name: str, **fields: Any) -> Change:
    return lambda documents: documents.operation(name).update(fields)


def with_parameter(operation: str, parameter: str, **fields: Any) -> Change:
    return lambda documents: documents.parameter(operation, parameter).update(fields)


def with_values(operation: str, parameter: str, **fields: Any) -> Change:
    return lambda documents: documents.parameter(operation, parameter)["schema"].update(fields)


def new_parameter(operation: str, **fields: Any) -> Change:
    parameter = {"name": "currency", "in": "query", "schema": {"type": "string"}, **fields}
    return lambda documents: documents.operation(operation)["parameters"].append(parameter)


def no_parameter(operation: str, parameter: str) -> Change:
    return lambda documents: documents.operation(operation)["parameters"].remove(
        documents.parameter(operation, parameter)
    )


def path_parameter(**schema: Any) -> Change:
    return lambda documents: documents.specification["components"]["parameters"]["SystemId"].update(schema=schema)


def renamed_path_parameter(documents: Documents) -> None:
    documents.specification["components"]["parameters"]["SystemId"]["name"] = "site"
    paths = documents.specification["paths"]
    documents.specification["paths"] = {path.replace("{system_id}", "{site}"): item for path, item in paths.items()}


def shared_parameter(documents: Documents) -> None:
    """Moves the parameters of an operation to its path."""
    path, _ = documents.place_of("Envoys")
    documents.specification["paths"][path]["parameters"] = documents.operation("Envoys").pop("parameters")


def with_schema(place: str, **fields: Any) -> Change:
    return lambda documents: documents.schema(place).update(fields)


def replaced(place: str, **fields: Any) -> Change:
    def change(documents: Documents) -> None:
        schema = documents.schema(place)
        schema.clear()
        schema.update(fields)

    return change


def new_property(place: str, name: str, *, required: bool = True, **schema: Any) -> Change:
    def change(documents: Documents) -> None:
        around = documents.schema(place)
        around["properties"][name] = schema or {"type": "integer"}
        if required:
            around["required"].append(name)

    return change


def no_property(place: str, name: str, instead: str = "") -> Change:
    def change(documents: Documents) -> None:
        around = documents.schema(place)
        schema = around["properties"].pop(name)
        if instead:
            around["properties"][instead] = schema
        if name in around.get("required", ()):
            around["required"].remove(name)
            around["required"] += [instead] if instead else []

    return change


def not_required(place: str, name: str) -> Change:
    return lambda documents: documents.schema(place)["required"].remove(name)


def renamed_schema(old: str, new: str) -> Change:
    def change(documents: Documents) -> None:
        schemas = documents.specification["components"]["schemas"]
        schemas[new] = schemas.pop(old)
        name = f"#/components/schemas/{old}"
        pending: list[Any] = [documents.specification]
        while pending:
            node = pending.pop()
            if isinstance(node, dict) and node.get("$ref") == name:
                node["$ref"] = f"#/components/schemas/{new}"
            pending += node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()

    return change


def with_body(operation: str, schema: Mapping[str, Any]) -> Change:
    return lambda documents: documents.operation(operation)["responses"]["200"]["content"]["application/json"].update(
        schema=schema
    )


def with_media(operation: str, status: str, *media: str) -> Change:
    def change(documents: Documents) -> None:
        content = documents.operation(operation)["responses"][status]["content"]
        body = content.pop("application/json")
        content.update(dict.fromkeys(media, body))

    return change


def shared_media(response: str, media: str) -> Change:
    def change(documents: Documents) -> None:
        content = documents.specification["components"]["responses"][response]["content"]
        content[media] = content.pop("application/json")

    return change


def with_status(operation: str, status: str, like: str = "") -> Change:
    def change(documents: Documents) -> None:
        responses = documents.operation(operation)["responses"]
        responses[status] = responses[like] if like else {"description": "Nothing."}

    return change


def other_status(operation: str, status: str) -> Change:
    def change(documents: Documents) -> None:
        responses = documents.operation(operation)["responses"]
        responses[status] = responses.pop("200")

    return change


def with_window(operation: str, **fields: Any) -> Change:
    return lambda documents: documents.window(operation).update(fields)


def no_window(documents: Documents) -> None:
    documents.overlay["actions"].remove(documents.action("@.operationId == 'Stats'"))


def with_text(operation: str, old: str, new: str, parameter: str = "") -> Change:
    def change(documents: Documents) -> None:
        around = documents.parameter(operation, parameter) if parameter else documents.operation(operation)
        assert old in around["description"]
        around["description"] = around["description"].replace(old, new)

    return change


def in_another_unit(documents: Documents) -> None:
    schema = documents.schema("StatsResponse.intervals[].enwh")
    schema["description"] = schema["description"].replace("Wh", "kWh")


def signed_otherwise(documents: Documents) -> None:
    documents.specification["components"]["securitySchemes"]["ApiKey"].update({"name": "X-Key", "in": "header"})


def other_service(documents: Documents) -> None:
    documents.specification["servers"] = [{"url": "https://api.example.com/api/v2"}]
