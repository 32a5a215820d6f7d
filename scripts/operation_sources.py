"""Reads what a specification and a methods file say of the operations of an API, and checks that the two fit."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml
from openapi_python_client.strings import PythonIdentifier, pascal_case, snake_case

from overlay import effective_specification

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROOT = Path(__file__).resolve().parents[1]
SPAN = ["system_id", "start_at", "end_at", "timezone"]
"""The arguments of a series of intervals."""

SHAPES = ("single", "list", "value", "days", "intervals", "listing")


class MethodsError(Exception):
    """A method cannot be rendered; the message names the operation, and what to do."""


@dataclass(frozen=True)
class Sources:
    """All that decides what is rendered for one API.

    Attributes:
        specification: The published specification.
        overlay: Its corrections.
        methods: What the methods of this API say.
        sentences: The file whose sentences all APIs share: what `methods` does not have itself is taken from there.
        config: The generator's configuration.
        package: The generated package.
        output: The folder of the modules.
    """

    specification: Path = ROOT / "enlighten.yaml"
    overlay: Path = ROOT / "enlighten.overlay.yaml"
    methods: Path = ROOT / "enlighten.methods.yaml"
    sentences: Path = ROOT / "enlighten.methods.yaml"
    config: Path = ROOT / "generator-config.yaml"
    package: str = "enlighten_v2"
    output: Path = ROOT / "wrapper" / "enphase_enlighten" / "v2"


class Kind(NamedTuple):
    """What an argument is.

    Attributes:
        name: What the methods file calls it.
        annotation: Its type.
        check: What checks it, an expression with the functions of `operations/arguments.py`.
    """

    name: str
    annotation: str
    check: str


@dataclass(frozen=True)
class Argument:
    """An argument of a method.

    Attributes:
        name: Its name.
        kind: Its kind.
        default: Its default; None where it has to be given.
    """

    name: str
    kind: Kind
    default: str | None = None

    @property
    def signature(self) -> str:
        """How it stands in a signature."""
        if self.default is None:
            return f"{self.name}: {self.kind.annotation}"
        optional = " | None" if self.default == "None" else ""
        return f"{self.name}: {self.kind.annotation}{optional} = {self.default}"


TIMEZONE = Argument("timezone", Kind("zone", "str | tzinfo", "optional(zone)"), "None")
CURSOR = Argument("cursor", Kind("cursor", "str", ""), "None")


@dataclass
class Document:
    """The sources of one API, read."""

    specification: Mapping[str, Any]
    methods: Mapping[str, Any]
    classes: Mapping[str, str]
    package: str
    operations: dict[str, Mapping[str, Any]] = field(init=False)

    def __post_init__(self) -> None:
        self.operations = {
            operation["operationId"]: {**operation, "parameters": [*shared, *operation.get("parameters", ())]}
            for path in self.specification["paths"].values()
            for shared in [path.get("parameters", [])]
            for operation in path.values()
            if isinstance(operation, dict) and "operationId" in operation
        }

    def resolved(self, node: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return what a node refers to, or the node itself."""
        while "$ref" in node:
            target: Any = self.specification
            for part in node["$ref"].removeprefix("#/").split("/"):
                target = target[part]
            node = target
        return node


class Operation:
    """An operation of the specification, and what the methods file says of it.

    Args:
        document: The sources.
        operation_id: The operation.
        said: What the methods file says of it.

    Raises:
        MethodsError: The two do not fit together.
    """

    def __init__(self, document: Document, operation_id: str, said: Mapping[str, Any]) -> None:
        if operation_id not in document.operations:
            raise MethodsError(f"{operation_id}: the specification has no such operation. Take it out.")
        self.document, self.id, self.said = document, operation_id, said
        self.specified = document.operations[operation_id]
        self.name, self.constant = snake_case(operation_id), snake_case(operation_id).upper()
        self.shape = said.get("shape", "single")
        if self.shape not in SHAPES:
            raise self.error(f"{self.shape!r} is not a shape; there are {', '.join(SHAPES)}")
        self.sentences = document.methods["shapes"][self.shape]
        if "requestBody" in self.specified:
            raise self.error("it sends a body, which no shape does")
        self.model, many = self._model()
        if many != (self.shape == "list"):
            raise self.error(f"its body is {'a list' if many else 'not a list'}: it cannot have the shape {self.shape}")
        self.window: Any = self.specified.get("x-window")
        self.plans: Sequence[str] = self.specified.get("x-plans", ())
        if (self.window is not None) != (self.shape == "intervals"):
            raise self.error("an operation has x-window in the specification if its shape is intervals, and only then")
        if bool(self.specified.get("deprecated")) != ("deprecated" in said):
            raise self.error("`deprecated` has to say what to use instead if the specification has it deprecated")
        self.arguments = self._arguments()
        if self.shape == "intervals" and [argument.name for argument in self.arguments] != SPAN:
            raise self.error(f"a series of intervals takes {', '.join(SPAN)}, and nothing else")

    @property
    def is_awaited(self) -> bool:
        """Whether the async method is a coroutine: what is lazy is not."""
        return self.shape not in ("intervals", "listing")

    def error(self, problem: str) -> MethodsError:
        """Return the error for a problem of this operation."""
        return MethodsError(f"{self.id}: {problem}.")

    def needed(self, key: str) -> Any:
        """Return what the methods file has to say of this operation."""
        if key not in self.said:
            raise self.error(f"`{key}` is missing: an operation of the shape {self.shape} needs it")
        return self.said[key]

    def _model(self) -> tuple[str, bool]:
        content = self.document.resolved(self.specified["responses"].get("200", {})).get("content", {})
        schema = content.get("application/json", {}).get("schema", {})
        many = schema.get("type") == "array"
        reference = (schema["items"] if many else schema).get("$ref")
        if reference is None:
            raise self.error("the body of its 200 is neither a schema of a name in JSON, nor a list of one")
        name = reference.rpartition("/")[2]
        return self.document.classes.get(name, name), many

    def _arguments(self) -> list[Argument]:
        pages = self.needed("pages") if self.shape == "listing" else {}
        parameters = map(self.document.resolved, self.specified["parameters"])
        found = [self._argument(parameter) for parameter in parameters if parameter["name"] not in pages.values()]
        if any(argument.kind.name == "instant" for argument in found):
            if found[0].name != "system_id":
                raise self.error("it takes an instant, but no system_id, whose timezone that would be in")
            found.append(TIMEZONE)
        if pages:
            found += [Argument("page_size", Kind("page_size", "int", ""), str(self.largest_page)), CURSOR]
        return sorted(found, key=lambda argument: argument.default is not None)

    @property
    def largest_page(self) -> int:
        """How many entries a page of a listing may have."""
        schema = self._parameter(self.needed("pages")["size"])["schema"]
        if "maximum" not in schema:
            raise self.error("the parameter for the size of a page has no maximum")
        return int(schema["maximum"])

    def _parameter(self, name: str) -> Mapping[str, Any]:
        for parameter in map(self.document.resolved, self.specified["parameters"]):
            if parameter["name"] == name:
                return parameter
        raise self.error(f"it has no parameter {name}")

    def _argument(self, parameter: Mapping[str, Any]) -> Argument:
        name, schema = str(PythonIdentifier(parameter["name"], prefix="")), parameter["schema"]
        required = bool(parameter.get("required"))
        if schema.get("type") == "array":
            _, annotation, check = self._kind(parameter["name"], schema["items"], in_list=True)
            kind = Kind("filter", f"{annotation} | Iterable[{annotation}]", f"several({check})")
        else:
            kind = self._kind(parameter["name"], schema, required=required)
        if required:
            return Argument(name, kind)
        return Argument(name, kind._replace(check=f"optional({kind.check})"), "None")

    def _kind(
        self, parameter: str, schema: Mapping[str, Any], *, required: bool = False, in_list: bool = False
    ) -> Kind:
        name, resolved = parameter.removesuffix("[]"), self.document.resolved(schema)
        match resolved:
            # Ids are int to users, whatever the specification calls them.
            case {"type": "integer" | "string"} if name in ("system_id", "site_id") and not in_list:
                kind = Kind("system", "int | System", "system")
            case {"type": "string", "enum": values}:
                literal = ", ".join(f'"{value}"' for value in values)
                # What filters take comes from other data more often than from a program's text.
                annotation = "str" if in_list else f"Literal[{literal}]"
                kind = Kind("choice", annotation, f'member_of("{self._enum(name, schema)}")')
            case {"type": "string", "format": "date"}:
                kind = Kind("day", "date | str", "day")
            case {"type": "string"} if not resolved.keys() & {"format", "pattern"}:
                kind = Kind("text", "str", "filled_text" if required else "text")
            case {"type": "boolean"}:
                kind = Kind("flag", "bool", "flag")
            case {"type": "integer", "format": "int64"} if name.endswith(("_at", "_time")):
                kind = Kind("instant", "Instant", "instant")
            case {"type": "integer", "minimum": smallest, "maximum": largest}:
                kind = Kind("number", "int", f"between({smallest}, {largest})")
            case {"type": "integer"} if not resolved.keys() & {"minimum", "maximum", "format"}:
                kind = Kind("number", "int", "whole_number")
            case _:
                raise self.error(f"the parameter {parameter} fits no kind of argument: {dict(resolved)}")
        return kind

    def _enum(self, parameter: str, schema: Mapping[str, Any]) -> str:
        """Return the class that the generator makes of an enumeration."""
        name = schema["$ref"].rpartition("/")[2] if "$ref" in schema else f"{self.id}{pascal_case(parameter)}"
        return self.document.classes.get(name, name)

    def property_named_by(self, key: str) -> str:
        """Return the property of the body that the methods file names."""
        name, schemas = self.needed(key), self.document.specification["components"]["schemas"]
        if name not in schemas.get(self.model, {}).get("properties", {}):
            raise self.error(f"its body has no property {name}, which `{key}` names")
        return str(name)


def read(sources: Sources) -> tuple[Document, dict[str, list[Operation]]]:
    """Return what the sources say, and the operations of each module.

    Raises:
        MethodsError: What they say does not fit together.
        SpecificationError: The specification or its overlay is faulty.
    """
    config = yaml.safe_load(sources.config.read_text(encoding="utf-8"))
    classes = {name: override["class_name"] for name, override in config.get("class_overrides", {}).items()}
    specification = effective_specification(sources.specification, sources.overlay)
    files = (sources.sentences, sources.methods)
    methods = {key: part for file in files for key, part in yaml.safe_load(file.read_text(encoding="utf-8")).items()}
    document = Document(specification, methods, classes, sources.package)
    modules = {
        name: [Operation(document, operation, said) for operation, said in module["operations"].items()]
        for name, module in methods["modules"].items()
    }
    described = {operation.id for operations in modules.values() for operation in operations}
    for operation in document.operations.keys() - described - {*methods.get("by_hand", ())}:
        raise MethodsError(f"{operation}: {sources.methods.name} does not say what its method is. Describe it there.")
    return document, modules
