"""Renders the methods of the async clients, and the table of operations, from the specification and a methods file.

The specification with its overlay has the names, types, limits and windows; `enlighten.methods.yaml` says the rest, and
what can stand in it. Each argument has a kind, by its name and its schema: the kind decides its annotation and how it
is checked. What fits no kind, or is said nowhere, is an error that names the operation.
"""

from __future__ import annotations

import argparse
import re
import sys
import textwrap
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from openapi_python_client.strings import PythonIdentifier, pascal_case, snake_case

from generate_sync import formatted, written
from overlay import SpecificationError, effective_specification

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ROOT = Path(__file__).resolve().parents[1]
WRAPPER = ROOT / "wrapper" / "enphase_enlighten"
WIDTH = 119

SHAPES = ("single", "list", "value", "days", "intervals", "listing")
SPAN = ("system_id", "start_at", "end_at", "timezone")
"""Arguments that every series of intervals has, which the shape checks."""

CHECKS = (
    *("system", "day", "instant", "zone", "text", "filled_text", "flag", "whole_number"),
    *("between", "member_of", "several", "optional"),
)
"""The functions of `operations/arguments.py` that check an argument of each kind."""

WHERE = {
    "Iterable": "collections.abc",
    "date": "datetime",
    "tzinfo": "datetime",
    "Instant": "..timing.instants",
    "DailySeries": ".daily_series",
    "AsyncIntervalSeries": "..data.async_series",
}
"""The modules of names that annotations have, beside models and rows."""


class MethodsError(Exception):
    """A method cannot be rendered; the message names the operation, and what to do."""


@dataclass(frozen=True)
class Sources:
    """All that decides what is rendered for one API."""

    specification: Path = ROOT / "enlighten.yaml"
    overlay: Path = ROOT / "enlighten.overlay.yaml"
    methods: Path = ROOT / "enlighten.methods.yaml"
    config: Path = ROOT / "generator-config.yaml"
    package: str = "enlighten_v2"
    output: Path = WRAPPER / "v2"


@dataclass(frozen=True)
class Argument:
    """An argument of a method.

    Attributes:
        name: Its name.
        kind: What it is, as the methods file calls it.
        annotation: Its type.
        check: What checks it, an expression of `operations/arguments.py`; empty where the shape does.
        default: Its default; None where it has to be given.
    """

    name: str
    kind: str
    annotation: str
    check: str = ""
    default: str | None = None

    @property
    def signature(self) -> str:
        """How it stands in a signature."""
        if self.default is None:
            return f"{self.name}: {self.annotation}"
        optional = " | None" if self.default == "None" else ""
        return f"{self.name}: {self.annotation}{optional} = {self.default}"


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


class Method:
    """One operation, and all that is rendered for it."""

    def __init__(self, document: Document, operation_id: str, said: Mapping[str, Any]) -> None:
        if operation_id not in document.operations:
            raise MethodsError(f"{operation_id}: the specification has no such operation. Take it out.")
        self.document, self.id, self.said = document, operation_id, said
        self.operation = document.operations[operation_id]
        self.name, self.constant = snake_case(operation_id), snake_case(operation_id).upper()
        self.shape = said.get("shape", "single")
        if self.shape not in SHAPES:
            raise self.error(f"{self.shape!r} is not a shape; there are {', '.join(SHAPES)}")
        self.sentences = document.methods["shapes"][self.shape]
        self.model, many = self._model()
        if many != (self.shape == "list"):
            raise self.error(f"its body is {'a list' if many else 'not a list'}: it cannot have the shape {self.shape}")
        self.window = self.operation.get("x-window")
        if (self.window is not None) != (self.shape == "intervals"):
            raise self.error("an operation has x-window in the specification if its shape is intervals, and only then")
        if bool(self.operation.get("deprecated")) != ("deprecated" in said):
            raise self.error("`deprecated` has to say what to use instead if the specification has it deprecated")
        self.arguments = self._arguments()

    def error(self, problem: str) -> MethodsError:
        """Return the error for a problem of this operation."""
        return MethodsError(f"{self.id}: {problem}.")

    def needed(self, key: str) -> Any:
        """Return what the methods file has to say of this operation."""
        if key not in self.said:
            raise self.error(f"`{key}` is missing: an operation of the shape {self.shape} needs it")
        return self.said[key]

    def _model(self) -> tuple[str, bool]:
        content = self.document.resolved(self.operation["responses"].get("200", {})).get("content", {})
        schema = content.get("application/json", {}).get("schema", {})
        many = schema.get("type") == "array"
        reference = (schema["items"] if many else schema).get("$ref")
        if reference is None:
            raise self.error("the body of its 200 is neither a schema of a name in JSON, nor a list of one")
        name = reference.rpartition("/")[2]
        return self.document.classes.get(name, name), many

    def _arguments(self) -> list[Argument]:
        pages = self.needed("pages") if self.shape == "listing" else {}
        parameters = map(self.document.resolved, self.operation["parameters"])
        found = [self._argument(parameter) for parameter in parameters if parameter["name"] not in pages.values()]
        if any(argument.kind == "instant" for argument in found):
            if found[0].name != "system_id":
                raise self.error("it takes an instant, but no system_id, whose timezone that would be in")
            found.append(Argument("timezone", "zone", "str | tzinfo", "optional(zone)", "None"))
        if pages:
            size = self._parameter(pages["size"])["schema"]
            found.append(Argument("page_size", "page_size", "int", default=str(size["maximum"])))
            found.append(Argument("cursor", "cursor", "str", default="None"))
        return sorted(found, key=lambda argument: argument.default is not None)

    def _parameter(self, name: str) -> Mapping[str, Any]:
        for parameter in map(self.document.resolved, self.operation["parameters"]):
            if parameter["name"] == name:
                return parameter
        raise self.error(f"it has no parameter {name}")

    def _argument(self, parameter: Mapping[str, Any]) -> Argument:
        name = str(PythonIdentifier(parameter["name"], prefix=""))
        schema = parameter["schema"]
        required = bool(parameter.get("required"))
        if schema.get("type") == "array":
            kind, annotation, check = self._kind(parameter["name"], schema["items"], required=False)
            # Filters come from other data more often than from the source text.
            loose = {"system": ("int", "whole_number"), "choice": ("str", check)}
            annotation, check = loose.get(kind, (annotation, check))
            kind, annotation, check = "filter", f"{annotation} | Iterable[{annotation}]", f"several({check})"
        else:
            kind, annotation, check = self._kind(parameter["name"], schema, required=required)
        if required:
            return Argument(name, kind, annotation, check)
        return Argument(name, kind, annotation, f"optional({check})", "None")

    def _kind(self, parameter: str, schema: Mapping[str, Any], *, required: bool) -> tuple[str, str, str]:
        """Return the kind, the annotation and the check of a parameter."""
        name, resolved = parameter.removesuffix("[]"), self.document.resolved(schema)
        match resolved:
            case {"type": "string", "enum": values}:
                literal = ", ".join(f'"{value}"' for value in values)
                kind = "choice", f"Literal[{literal}]", f'member_of("{self._enum(name, schema)}")'
            case {"type": "string", "format": "date"}:
                kind = "day", "date | str", "day"
            case {"type": "string"} if not resolved.keys() & {"format", "pattern"}:
                kind = "text", "str", "filled_text" if required else "text"
            case {"type": "boolean"}:
                kind = "flag", "bool", "flag"
            case {"type": "integer"} if name in ("system_id", "site_id"):
                kind = "system", "int | System", "system"
            case {"type": "integer", "format": "int64"} if name.endswith(("_at", "_time")):
                kind = "instant", "Instant", "instant"
            case {"type": "integer", "minimum": smallest, "maximum": largest}:
                kind = "number", "int", f"between({smallest}, {largest})"
            case {"type": "integer"} if not resolved.keys() & {"minimum", "maximum", "format"}:
                kind = "number", "int", "whole_number"
            case _:
                raise self.error(f"the parameter {parameter} fits no kind of argument: {dict(resolved)}")
        return kind

    def _enum(self, parameter: str, schema: Mapping[str, Any]) -> str:
        """Return the class that the generator makes of an enumeration."""
        name = schema["$ref"].rpartition("/")[2] if "$ref" in schema else f"{self.id}{pascal_case(parameter)}"
        return self.document.classes.get(name, name)

    # The table of operations

    def row_of_table(self) -> str:
        """Return the operation's value in the table."""
        parts = [f'"{self.id}"', f'model="{self.model}"', *self._facts()]
        by_shape = SPAN if self.shape == "intervals" else ()
        checks = [f'"{each.name}": {each.check}' for each in self.arguments if each.check and each.name not in by_shape]
        if checks:
            parts.append(f"arguments={{{', '.join(checks)}}}")
        if "deprecated" in self.said:
            parts.append(f'deprecated="{self.said["deprecated"]}"')
        return f"{self.constant} = Operation({', '.join(parts)})"

    def _facts(self) -> Iterator[str]:
        match self.shape:
            case "list":
                yield "many=True"
            case "value":
                yield f'value="{self._property("value")}", needs=("{self._property("value")}",)'
            case "days":
                yield f'needs=("{self._property("series")}",), first_day="start_date", row={self.needed("row")}'
            case "intervals" if self.window:
                yield f'needs=("intervals",), items="intervals", row={self.needed("row")}'
                span = {key: _keywords(self.window[key]) for key in ("longest", "history")}
                yield (
                    f"window=WindowRule(interval={self.window['interval']}, longest=relativedelta({span['longest']}), "
                    f'history=relativedelta({span["history"]}), older="{self.needed("older")}")'
                )
            case "listing":
                yield f'needs=("{self._property("items")}",), items="{self._property("items")}"'
                pages = self.needed("pages")
                cursor, largest = pages["cursor"], self._parameter(pages["size"])["schema"]["maximum"]
                python = PythonIdentifier(cursor, prefix="")
                yield (
                    f'pages=CursorPages(largest={largest}, cursor="{python}", size="{pages["size"]}", '
                    f'following_property="{python}", pointer="/{cursor}")'
                )

    def _property(self, key: str) -> str:
        name, schemas = self.needed(key), self.document.specification["components"]["schemas"]
        if name not in schemas.get(self.model, {}).get("properties", {}):
            raise self.error(f"its body has no property {name}, which `{key}` names")
        return str(name)

    # The method

    def code(self) -> tuple[list[str], str, list[str]]:
        """Return the signatures of the method, its overloads first; its docstring; and its body."""
        chosen = self.said.get("rows", {})
        signatures = []
        for argument in self.arguments:
            if argument.name in chosen:
                without, given = f"{argument.name}: None = None", f"{argument.name}: {argument.annotation}"
                for replaced, row in ((without, self.needed("row")), (given, chosen[argument.name])):
                    signatures += ["@overload", f"{self._signature({argument.name: replaced}, row)} ..."]
        signatures.append(self._signature({}, self.said.get("row"), *chosen.values()))
        return signatures, self._docstring(), list(self._body())

    @property
    def _awaits(self) -> bool:
        return self.shape not in ("intervals", "listing")

    def _signature(self, replaced: Mapping[str, str], *rows: Any) -> str:
        required = [argument.signature for argument in self.arguments if argument.default is None]
        optional = [replaced.get(each.name, each.signature) for each in self.arguments if each.default is not None]
        names = ["self", *required, *(["*", *optional] if optional else [])]
        result = " | ".join(self._result(row) for row in rows)
        # The comma spreads many arguments over lines; the formatter would join them.
        comma = "," if len(optional) > 1 else ""
        return f"{'async ' if self._awaits else ''}def {self.name}({', '.join(names)}{comma}) -> {result}:"

    def _result(self, row: Any) -> str:
        return {
            "single": self.model,
            "list": f"list[{self.model}]",
            "value": "int",
            "days": f"DailySeries[{row}]",
            "intervals": f"AsyncIntervalSeries[{row}, {self.model}]",
            "listing": self.said.get("class", ""),
        }[self.shape]

    def _body(self) -> Iterator[str]:
        given = [argument.name for argument in self.arguments]
        named = [f"{name}={name}" for name in given]
        if self.shape == "days":
            row = "".join(f", None if {name} is None else {other}" for name, other in self.said.get("rows", {}).items())
            yield f"return await self._days({self.constant}, DailySeries{row}, {', '.join(named)})"
        elif self.shape == "intervals":
            yield f"return self._intervals({self.constant}, {', '.join([given[0], *named[1:]])})"
        elif self.shape == "listing":
            cls = self.needed("class")
            yield f"listing: {cls} = self._listing("
            yield f'    {self.constant}, "{self.needed("key")}", {cls}, {", ".join(named)},'
            yield ")"
            yield "return listing"
        else:
            yield f"result: {self._result(None)} = await self._call({', '.join([self.constant, *named])})"
            yield "return result"

    # The docstring

    def _docstring(self) -> str:
        spends = self.sentences["spends"]
        if self._awaits and any(argument.kind == "instant" for argument in self.arguments):
            spends = self.sentences["spends_with_instant"]
        about = [spends, self.said.get("about"), f"Operation ``{self.id}``."]
        if "deprecated" in self.said:
            about.append("Emits a `DeprecationWarning`.")
        described = {argument.name: self._sentence_of(argument) for argument in self.arguments}
        sections = {
            "Args": self._items(described),
            "Returns": _paragraph(self.needed("returns"), "    "),
            "Raises": self._items(self._raises()),
            "Warns": self._items(self.sentences.get("warns", {})),
            "Example": textwrap.indent(self.needed("example").rstrip(), "    "),
        }
        parts = [f"{self.needed('summary')}\n", f"{_paragraph(self._words(' '.join(filter(None, about))))}\n"]
        parts += [f"{title}:\n{text}\n" for title, text in sections.items() if text]
        return "\n".join(parts)

    def _items(self, sentences: Mapping[str, str]) -> str:
        items = (f"{name}: {self._words(sentence)}" for name, sentence in sentences.items())
        return "\n".join(_paragraph(item, "    ", "        ") for item in items)

    def _sentence_of(self, argument: Argument) -> str:
        kinds = self.document.methods["arguments"]
        for said, key in ((self.said, argument.name), (self.sentences, argument.name)):
            if key in said.get("arguments", {}):
                return str(said["arguments"][key])
        if argument.kind not in kinds:
            raise self.error(f"nothing says what the argument {argument.name} is")
        return str(kinds[argument.kind])

    def _raises(self) -> dict[str, str]:
        said = {**self.sentences["raises"], **self.said.get("raises", {})}
        kinds = ", ".join(dict.fromkeys(argument.kind for argument in self.arguments))
        by_kinds = self.document.methods["invalid"]
        invalid = said.pop("InvalidArgumentError", by_kinds.get(kinds, by_kinds["otherwise"]))
        # The most general error comes last.
        general = said.pop("EnlightenError")
        return {"InvalidArgumentError": invalid, **said, "EnlightenError": general}

    def _words(self, sentence: str) -> str:
        """Return a sentence with this operation's words in it."""
        words = dict(self.document.methods["phrases"])
        words["an"] = "another" if self.said.get("raises", {}).keys() - {"InvalidArgumentError"} else "an"
        words["instants"] = ", ".join(argument.name for argument in self.arguments if argument.kind == "instant")
        if self.window:
            words["minutes"] = str(self.window["interval"] // 60)
            words["longest"], words["history"] = _period(self.window["longest"]), _period(self.window["history"], "a ")
        if self.shape == "listing":
            words["Items"] = self.needed("items").capitalize()
            words["largest"] = next(each.default or "" for each in self.arguments if each.name == "page_size")
        try:
            return str(sentence.format_map(words))
        except (KeyError, ValueError) as error:
            raise self.error(f"there is no phrase {error} for: {sentence}") from None

    def names(self) -> dict[str, str]:
        """Return the modules of the names that the method's annotations may have."""
        rows = [self.said.get("row"), *self.said.get("rows", {}).values()]
        models = {self.model: f"{self.document.package}.models", "System": f"{self.document.package}.models"}
        return {**WHERE, **models, **{row: "..data.rows" for row in rows if row}}


def _keywords(span: Mapping[str, int]) -> str:
    return ", ".join(f"{unit}={count}" for unit, count in span.items())


def _period(span: Mapping[str, int], article: str = "") -> str:
    ((unit, count),) = span.items()
    return f"{article}{unit.removesuffix('s')}" if count == 1 else f"{count} {unit}"


def _paragraph(text: str, indent: str = "", hanging: str | None = None) -> str:
    """Fill a paragraph of a docstring, which stands 8 columns in."""
    filler = textwrap.TextWrapper(WIDTH - 8, break_long_words=False, break_on_hyphens=False)
    filler.initial_indent, filler.subsequent_indent = indent, indent if hanging is None else hanging
    return filler.fill(text)


def read(sources: Sources) -> tuple[Document, dict[str, list[Method]]]:
    """Return what the sources say, and the methods of each module.

    Raises:
        MethodsError: What they say does not fit together.
        SpecificationError: The specification or its overlay is faulty.
    """
    config = yaml.safe_load(sources.config.read_text(encoding="utf-8"))
    classes = {name: override["class_name"] for name, override in config.get("class_overrides", {}).items()}
    specification = effective_specification(sources.specification, sources.overlay)
    methods = yaml.safe_load(sources.methods.read_text(encoding="utf-8"))
    document = Document(specification, methods, classes, sources.package)
    modules = {
        name: [Method(document, operation, said) for operation, said in module["operations"].items()]
        for name, module in methods["modules"].items()
    }
    said_of = {method.id for module in modules.values() for method in module}
    for operation in document.operations:
        if operation not in said_of:
            raise MethodsError(f"{operation}: {sources.methods.name} says nothing of it. Describe it there.")
    return document, modules


def rendered(sources: Sources) -> dict[Path, str]:
    """Return the path and the text of each module, formatted.

    Raises:
        MethodsError: What the sources say does not fit together.
        SpecificationError: The specification or its overlay is faulty.
    """
    document, modules = read(sources)
    texts = {"operation_table": _table([method for module in modules.values() for method in module])}
    texts |= {name: _module(document.methods["modules"][name], methods) for name, methods in modules.items()}
    names = f"{sources.specification.name} and {sources.methods.name}"
    first = f"# Generated by scripts/generate_methods.py from {names}: see `make generate`."
    paths = {sources.output / f"{name}.py": f"{first}\n{text}" for name, text in texts.items()}
    return {path: formatted(text, path) for path, text in paths.items()}


def _table(methods: Sequence[Method]) -> str:
    values = [method.row_of_table() for method in methods]
    origins = {
        "relativedelta": "dateutil.relativedelta",
        "CursorPages": "..planning.pages",
        "WindowRule": "..planning.windows",
        **dict.fromkeys(CHECKS, "..operations.arguments"),
    }
    for method in methods:
        origins |= {name: origin for name, origin in method.names().items() if origin == "..data.rows"}
    lines = [
        '"""The operations of the API as data: models, windows, pages, and how their arguments are checked."""\n',
        "from __future__ import annotations\n",
        "from ..api import Operation",
        *_imports(re.sub(r'"[^"]*"', "", "\n".join(values)), origins),
        *values,
        f"OPERATIONS = ({', '.join(method.constant for method in methods)},)",
    ]
    return "\n".join(lines)


def _module(said: Mapping[str, Any], methods: Sequence[Method]) -> str:
    origins: dict[str, str] = {}
    signatures, bodies, text = [], [], []
    for method in methods:
        heads, docstring, body = method.code()
        signatures += heads
        bodies += body
        lines = [*heads, textwrap.indent(f'"""{docstring}"""', "    "), *(f"    {line}" for line in body)]
        text.append(textwrap.indent("\n".join(lines), "    "))
        origins |= method.names()
        if method.shape == "listing":
            origins[method.needed("class")] = f".{snake_case(method.needed('class'))}"
    # Annotations, also those of variables, are not evaluated.
    run = re.sub(r"^\w+: [^=]*=", "", "\n".join(bodies), flags=re.MULTILINE)
    needed = {name: origin for name, origin in origins.items() if re.search(rf"\b{name}\b", run)}
    annotations = {name: origin for name, origin in origins.items() if name not in needed}
    heads_text = "\n".join([*signatures, *bodies])
    typing = [name for name in ("Literal", "overload") if re.search(rf"\b{name}\b", heads_text)]
    lines = [
        f'"""{said["summary"]}"""\n',
        "from __future__ import annotations\n",
        f"from typing import {', '.join(['TYPE_CHECKING', *typing])}\n",
        "from ..clients.async_base import AsyncBaseClient",
        *_imports(run, needed),
        f"from .operation_table import {', '.join(method.constant for method in methods)}\n",
        "if TYPE_CHECKING:",
        *(f"    {line}" for line in _imports(heads_text, annotations)),
        f"\n\nclass {said['class']}(AsyncBaseClient):",
        f'    """{said["class_summary"]}"""\n',
        "\n\n".join(text),
    ]
    return "\n".join(lines)


def _imports(code: str, origins: Mapping[str, str]) -> list[str]:
    """Return an import of each name that some code has."""
    return [f"from {origin} import {name}" for name, origin in origins.items() if re.search(rf"\b{name}\b", code)]


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the modules, or with ``--check`` say which of them are not what they should be."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; fail where a module differs")
    check = parser.parse_args(arguments).check
    try:
        modules = rendered(Sources())
    except (MethodsError, SpecificationError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return written(modules, check=check)


if __name__ == "__main__":
    sys.exit(main())
