"""Reads what a specification and a methods file say of the operations of an API, and checks that the two fit."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml
from openapi_python_client.strings import PythonIdentifier, pascal_case, snake_case

from generation import GenerationError
from method_errors import MethodsError, Problem, made_of_each
from overlay import effective_specification
from request_bodies import request_body

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from generation import Methods, Sources

SPAN = ("system_id", "start_at", "end_at", "timezone")
"""The arguments of a series of intervals, which are checked by that shape."""

SHAPES = ("single", "table", "list", "value", "days", "intervals", "events", "listing")

WINDOWED = ("intervals", "events")
"""The shapes of operations that are asked for window by window."""

_PLANNED = ("start_date", "end_date", "granularity", "page", "size")
"""The parameters of a series of intervals that the planner decides on."""


_HTTP_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_JSON = "application/json"
_SUCCESS = ("200", "201", "202")
_SHAPE_FILES = ("wrapper/enphase_enlighten/operations", "scripts/operation_sources.py")
_KIND_FILES = ("wrapper/enphase_enlighten/operations/arguments.py", "scripts/operation_sources.py")


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


START = Argument("start_at", Kind("instant", "Instant", ""), "None")
END = Argument("end_at", Kind("instant", "Instant", ""), "None")
TIMEZONE = Argument("timezone", Kind("zone", "str | tzinfo", "optional(zone)"), "None")
CURSOR = Argument("cursor", Kind("cursor", "str", ""), "None")


@dataclass
class Document:
    """The sources of one API, read."""

    specification: Mapping[str, Any]
    methods: Mapping[str, Any]
    classes: Mapping[str, str]
    package: str
    file: str = "enlighten.methods.yaml"
    operations: dict[str, Mapping[str, Any]] = field(init=False)
    routes: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.operations, self.routes = {}, {}
        for path, item in self.specification["paths"].items():
            for method in _HTTP_METHODS:
                operation = item.get(method, {})
                if "operationId" in operation:
                    parameters = [*item.get("parameters", ()), *operation.get("parameters", ())]
                    self.operations[operation["operationId"]] = {**operation, "parameters": parameters}
                    self.routes[operation["operationId"]] = f"{method.upper()} {path}"

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
        self.document, self.id, self.said = document, operation_id, said
        self.specified = document.operations[operation_id]
        self.name, self.constant = snake_case(operation_id), snake_case(operation_id).upper()
        self.shape = said.get("shape", "single")
        if self.shape not in SHAPES:
            raise self.error(f"{self.shape!r} is not a shape; there are {', '.join(SHAPES)}")
        self.sentences = document.methods["shapes"][self.shape]
        self.model, self.is_list = self._model()
        if self.shape != "listing" and self.is_list != (self.shape == "list"):
            kind = "a list" if self.is_list else "not a list"
            raise self.error(f"its body is {kind}: it cannot have the shape {self.shape}")
        self.window: Any = self.specified.get("x-window")
        self.plans: Sequence[str] = self.specified.get("x-plans", ())
        if (self.window is not None) != (self.shape in WINDOWED):
            problem = "the specification has an x-window for it, so its shape has to be intervals or events"
            if self.window is None:
                problem = f"its shape is {self.shape}, and the specification has no x-window for it"
            raise self.error(problem, "enlighten.overlay.yaml", document.file)
        if bool(self.specified.get("deprecated")) != ("deprecated" in said):
            if "deprecated" in said:
                raise self.error("the specification does not deprecate it any more: take out its `deprecated`")
            raise self.error("the specification deprecates it: `deprecated` has to say what to use instead")
        self.body = request_body(self)
        self.arguments = self._arguments()
        if self.shape == "intervals" and "granularity" not in (self.window or ()):
            self._check_span()

    def _check_span(self) -> None:
        names = [argument.name for argument in self.arguments]
        kinds = {argument.kind.name for argument in self.arguments if argument.name in SPAN[1:3]}
        if names != list(SPAN) or kinds != {"instant"}:
            problem = (
                f"a series of intervals takes {', '.join(SPAN)}, and nothing else; this one takes {', '.join(names)}"
            )
            raise self.error(problem, *_SHAPE_FILES)

    @property
    def is_awaited(self) -> bool:
        """Whether the async method is a coroutine: what is lazy is not."""
        return self.shape not in (*WINDOWED, "listing")

    @property
    def is_repeatable(self) -> bool:
        """Whether the service may carry it out twice without harm."""
        reads = self.document.routes[self.id].partition(" ")[0] in ("GET", "HEAD")
        return reads or bool(self.said.get("reads"))

    def error(self, problem: str, *files: str) -> MethodsError:
        """Return the error for a problem of this operation, with the files to open: by default the methods file."""
        return MethodsError(Problem((self.id,), problem, files or (self.document.file,)))

    def needed(self, key: str) -> Any:
        """Return what the methods file has to say of this operation."""
        if key not in self.said:
            raise self.error(f"`{key}` is missing: an operation of the shape {self.shape} needs it")
        return self.said[key]

    def _model(self) -> tuple[str, bool]:
        status = min((status for status in self.specified["responses"] if status in _SUCCESS), default="200")
        content = self.document.resolved(self.specified["responses"].get(status, {})).get("content", {})
        schema = content.get(_JSON, {}).get("schema", {})
        resolved = self.document.resolved(schema)
        many = resolved.get("type") == "array"
        schema = resolved if many else schema
        reference = (schema["items"] if many else schema).get("$ref")
        if reference is None:
            problem = (
                f"its status {status} has {' or '.join(content) or 'no body'}, and no model in {_JSON} or list of one"
            )
            raise self.error(problem, *_SHAPE_FILES)
        name = reference.rpartition("/")[2]
        return self.document.classes.get(name, name), many

    def _arguments(self) -> list[Argument]:
        pages = self.needed("pages") if self.shape == "listing" else {}
        parameters = map(self.document.resolved, self.specified["parameters"])
        names_length = self.shape == "intervals" and "granularity" in self.window
        planned = (*_PLANNED, *SPAN[1:]) if names_length else pages.values()
        found = [self.argument(parameter) for parameter in parameters if parameter["name"] not in planned]
        if names_length:
            required = [argument for argument in found if argument.default is None]
            found = [*required, START, END, *(argument for argument in found if argument.default is not None)]
        found += self.body.arguments if self.body else ()
        if any(argument.kind.name == "instant" for argument in found):
            if found[0].name != "system_id":
                problem = "it takes an instant, but no system_id, whose timezone that would be in"
                raise self.error(problem, *_KIND_FILES)
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

    @property
    def size_of_pages(self) -> int:
        """How many devices a page may have."""
        return int(self.schema_of("size")["maximum"])

    @property
    def default_size_of_pages(self) -> int:
        """How many devices a page has where none are asked for."""
        return int(self.schema_of("size")["default"])

    def schema_of(self, name: str) -> Mapping[str, Any]:
        """Return the schema of a parameter; an empty one where there is no such parameter."""
        for parameter in map(self.document.resolved, self.specified["parameters"]):
            if parameter["name"] == name:
                return self.document.resolved(parameter["schema"])
        return {}

    @property
    def default_page(self) -> int:
        """How many entries a page of a listing has where none are asked for."""
        schema = self._parameter(self.needed("pages")["size"])["schema"]
        if "default" not in schema:
            raise self.error("the parameter for the size of a page has no default")
        return int(schema["default"])

    @property
    def either(self) -> tuple[str, ...]:
        """The arguments of which one has to be given at least."""
        names: tuple[str, ...] = tuple(self.said.get("either", ()))
        taken = {argument.name for argument in self.arguments}
        if unknown := [name for name in names if name not in taken]:
            raise self.error(f"it takes no argument {', '.join(unknown)}, which `either` names")
        return names

    def _parameter(self, name: str) -> Mapping[str, Any]:
        for parameter in map(self.document.resolved, self.specified["parameters"]):
            if parameter["name"] == name:
                return parameter
        raise self.error(f"it has no parameter {name}")

    def argument(self, parameter: Mapping[str, Any], owner: str = "") -> Argument:
        """Return the argument for a parameter, or for a property of the body of the class that is its `owner`.

        Raises:
            MethodsError: It fits no kind of argument.
        """
        name, schema = str(PythonIdentifier(parameter["name"], prefix="")), parameter.get("schema", {})
        required, owner = bool(parameter.get("required")), owner or self.id
        if schema.get("type") == "array":
            items = {**parameter, "schema": schema["items"]}
            _, annotation, check = self._kind(items, owner, in_list=True)
            kind = Kind("filter", f"{annotation} | Iterable[{annotation}]", f"several({check})")
        else:
            kind = self._kind(parameter, owner)
        annotations = self.document.methods.get("annotations", {})
        kind = kind._replace(annotation=annotations.get(kind.name, kind.annotation))
        if required:
            return Argument(name, kind)
        return Argument(name, kind._replace(check=f"optional({kind.check})"), "None")

    def _kind(self, parameter: Mapping[str, Any], owner: str, *, in_list: bool = False) -> Kind:
        name, schema = parameter["name"].removesuffix("[]"), parameter.get("schema", {})
        match resolved := self.document.resolved(schema):
            # Ids are int to users, whatever the specification calls them.
            case {"type": "integer" | "string"} if name in ("system_id", "site_id") and not in_list:
                return Kind("system", "int | System", "system")
            case {"type": "string", "enum": values}:
                literal = ", ".join(f'"{value}"' for value in values)
                # What filters take comes from other data more often than from a program's text.
                annotation = "str" if in_list else f"Literal[{literal}]"
                return Kind("choice", annotation, f'member_of("{self._enum(parameter, owner, in_list=in_list)}")')
        kind = _kind_of_number(name, resolved) or _kind_of_text(parameter, resolved)
        if kind is None:
            shown = ", ".join(f"{key} {value}" for key, value in resolved.items() if key != "description")
            problem = f"the parameter {parameter['name']} fits no kind of argument: it is ({shown}) in the "
            raise self.error(f"{problem}specification", *_KIND_FILES)
        return kind

    def _enum(self, parameter: Mapping[str, Any], owner: str, *, in_list: bool) -> str:
        """Return the class that the generator makes of an enumeration."""
        name, schema = parameter["name"].removesuffix("[]"), parameter["schema"]
        inline = f"{owner}{pascal_case(name)}{'Item' if in_list else ''}"
        name = schema["$ref"].rpartition("/")[2] if "$ref" in schema else inline
        return self.document.classes.get(name, name)

    def property_named_by(self, key: str) -> str:
        """Return the property of the body that the methods file names."""
        name, schemas = self.needed(key), self.document.specification["components"]["schemas"]
        if name not in schemas.get(self.model, {}).get("properties", {}):
            raise self.error(f"its body has no property {name}, which `{key}` names")
        return str(name)


def _kind_of_number(name: str, schema: Mapping[str, Any]) -> Kind | None:
    match schema:
        case {"type": "boolean"}:
            return Kind("flag", "bool", "flag")
        case {"type": "integer", "format": "int64"} if name.endswith(("_at", "_time")):
            return Kind("instant", "Instant", "instant")
        case {"type": "integer", "minimum": smallest, "maximum": largest}:
            return Kind("number", "int", f"between({smallest}, {largest})")
        case {"type": "integer"} if not schema.keys() & {"minimum", "maximum", "format"}:
            return Kind("number", "int", "whole_number")
        case {"type": "string", "x-numeral": {"minimum": smallest, "maximum": largest}}:
            return Kind("number", "int", f"numeral({smallest}, {largest})")
    return None


def _kind_of_text(parameter: Mapping[str, Any], schema: Mapping[str, Any]) -> Kind | None:
    match schema:
        case {"type": "string", "format": "date"}:
            return Kind("day", "date | str", "day")
        case {"type": "string", "pattern": r"^\d{8}$"}:
            return Kind("day", "date | str", "compact_day")
        case {"type": "string"} if not schema.keys() & {"format", "pattern"}:
            if parameter.get("in") == "path":
                return Kind("device", "str", "part_of_path")
            return Kind("text", "str", "filled_text" if parameter.get("required") else "text")
    return None


def read(package: str, sources: Sources, methods: Methods) -> tuple[Document, dict[str, list[Operation]]]:
    """Return what the sources of an API say, and the operations of each module.

    Args:
        package: The name of the generated package.
        sources: What that is generated from.
        methods: What the methods that use it say.

    Raises:
        GenerationError: What they say does not fit together.
        SpecificationError: The specification or its overlay is faulty.
    """
    config = _mapping(sources.config)
    classes = {name: override["class_name"] for name, override in config.get("class_overrides", {}).items()}
    said = {key: part for file in (methods.sentences, methods.said) for key, part in _mapping(file).items()}
    specification = effective_specification(sources.specification, sources.overlay)
    document = Document(specification, said, classes, package, methods.said.name)
    return document, modules_of(document)


def modules_of(document: Document) -> dict[str, list[Operation]]:
    """Return the operations of each module.

    Raises:
        MethodsError: What the methods file says does not fit the specification.
    """
    modules = document.methods["modules"]
    said = {name: each for module in modules.values() for name, each in module["operations"].items()}
    gone = [name for name in said if name not in document.operations]
    new = [name for name in document.operations if name not in {*said, *document.methods.get("by_hand", ())}]
    if new:
        routes = " and ".join(document.routes[name] for name in new)
        problem = f"the specification has this operation, {routes}, and {document.file} does not say what its method is"
        if gone:
            problem += (
                f"; it does of {', '.join(gone)}, which the specification has no more: rename that if it is the same"
            )
        problem += ". Describe it there as docs/maintain/changing.md says"
        raise MethodsError(Problem(tuple(new), problem, (document.file,)))
    if gone:
        problem = "the specification has no such operation any more: take it out"
        raise MethodsError(Problem(tuple(gone), problem, (document.file,)))
    operations = made_of_each(said, lambda name: Operation(document, name, said[name]))
    built = {operation.id: operation for operation in operations}
    return {name: [built[operation] for operation in module["operations"]] for name, module in modules.items()}


def _mapping(file: Path) -> Mapping[str, Any]:
    try:
        found = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise GenerationError(f"{file}: cannot be read: {error}") from error
    if not isinstance(found, dict):
        raise GenerationError(f"{file}: must be an object at the top.")
    return found
