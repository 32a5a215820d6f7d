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
from functools import cache
from typing import TYPE_CHECKING, Any

from openapi_python_client.strings import PythonIdentifier, snake_case

from generate_sync import PACKAGE, formatted, written
from generation import PACKAGES, GenerationError
from method_docstrings import docstring
from method_errors import made_of_each
from operation_sources import SPAN, read
from overlay import SpecificationError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from generation import Package
    from operation_sources import Document, Operation

DATA = PACKAGE / "data"

CHECKS = (
    *("system", "day", "compact_day", "instant", "zone", "text", "filled_text", "part_of_path", "flag"),
    *("whole_number", "numeral", "between", "member_of", "several", "optional"),
)
"""The functions of `operations/arguments.py` that check an argument of each kind."""

_LENGTHS = {"week": {"days": 7}, "day": {"days": 1}}
"""How long a window is, by the name of its length."""

WHERE = {
    "Iterable": "collections.abc",
    "date": "datetime",
    "tzinfo": "datetime",
    "Instant": "..timing.instants",
    "DailySeries": ".daily_series",
    "AsyncIntervalSeries": "..data.async_series",
}
"""The modules of names that annotations have, beside models and rows."""


def table_entry(operation: Operation) -> str:
    """Return the assignment of an operation in the table."""
    parts = [f'"{operation.id}"', f'model="{operation.model}"', *_facts(operation)]
    # The range of windows is checked by their shape.
    by_shape = SPAN if operation.shape == "intervals" else ("system_id", "start_time", "end_time", "timezone")
    checked = [each for each in operation.arguments if operation.window is None or each.name not in by_shape]
    pairs = ", ".join(f'"{each.name}": {each.kind.check}' for each in checked if each.kind.check)
    if pairs:
        parts.append(f"arguments={{{pairs}}}")
    if operation.body:
        parts.append(f"body={operation.body.entry}")
    if operation.either:
        parts.append(f"either={operation.either!r}")
    if "deprecated" in operation.said:
        parts.append(f'deprecated="{operation.said["deprecated"]}"')
    if not operation.is_repeatable:
        parts.append("resend=False")
    return f"{operation.constant} = Operation({', '.join(parts)})"


def _facts(operation: Operation) -> Iterator[str]:
    match operation.shape:
        case "list":
            yield "many=True"
        case "table":
            yield f'needs=("{operation.property_named_by("items")}",)'
        case "value":
            name = operation.property_named_by("value")
            yield f'value="{name}", needs=("{name}",)'
        case "days":
            name = operation.property_named_by("series")
            late = ", late=True" if operation.said.get("late") else ""
            yield f'needs=("{name}",), first_day="start_date"{late}, row={operation.needed("row")}'
        case "intervals":
            yield from _facts_of_intervals(operation)
        case "events":
            name = operation.property_named_by("items")
            yield f'needs=("{name}",), items="{name}", window={_window(operation)}'
        case "listing":
            if operation.is_list:
                yield f'many=True, inner="{operation.needed("inner")}"'
            else:
                name = operation.property_named_by("items")
                yield f'needs=("{name}",), items="{name}"'
            yield f"pages={_pages(operation)}"


def _facts_of_intervals(operation: Operation) -> Iterator[str]:
    name = operation.property_named_by("items") if "items" in operation.said else "intervals"
    yield f'needs=("{name}",), items="{name}", row={operation.needed("row")}'
    if "fields" in operation.said:
        yield f"fields={operation.said['fields']!r}"
    if "devices" in operation.said:
        sizes = f"{operation.size_of_pages}, {operation.default_size_of_pages}"
        yield f'devices=DevicePages({sizes}, intervals="{operation.said["devices"]}")'
    yield f"window={_window(operation)}"


def _window(operation: Operation) -> str:
    window, said = operation.window, operation.said
    parts = [f"interval={window.get('interval', 1)}"]
    lengths = window.get("granularity", ())
    parts.append(f"longest=relativedelta({_keywords(window['longest'] if not lengths else _LENGTHS[lengths[0]])})")
    parts.append(f"history=relativedelta({_keywords(window['history'])})")
    if lengths:
        parts.append(f"lengths=({', '.join(f'Length.{length.upper()}' for length in lengths)},)")
    if "older" in said or operation.shape == "intervals":
        parts.append(f'older="{operation.needed("older")}"')
    if "margin" in window:
        parts.append(f"margin=timedelta({_keywords(window['margin'])})")
    if "certain" in window:
        parts.append(f"certain=relativedelta({_keywords(window['certain'])})")
    if operation.shape == "events":
        parts.append(f'names=("start_time", "end_time"), kinds="{operation.needed("items")}"')
    if operation.schema_of("start_at").get("type") == "string":
        parts.append("as_text=True")
    if durations := operation.schema_of("interval_duration").get("enum"):
        parts.append(f"durations={ {each: 60 * int(each.removesuffix('mins')) for each in durations}!r}")
    return f"WindowRule({', '.join(parts)})"


def _pages(operation: Operation) -> str:
    pages, largest = operation.needed("pages"), operation.largest_page
    match pages:
        case {"cursor": name, "size": size}:
            cursor = PythonIdentifier(name, prefix="")
            return (
                f'CursorPages(largest={largest}, cursor="{cursor}", size="{size}", following_property="{cursor}", '
                f'pointer="/{name}")'
            )
        case {"page": page, "size": size} if operation.is_list:
            counted, default = operation.needed("inner"), operation.default_page
            return f'UncountedPages({largest}, {default}, page="{page}", size="{size}", counted="{counted}")'
        case {"page": page, "size": size, **others}:
            smaller = f", smaller={others['smaller']}" if "smaller" in others else ""
            return f'NumberedPages({largest}, page="{page}", size="{size}"{smaller})'
        case {"offset": offset, "size": size}:
            return f'OffsetPages({largest}, {operation.default_page}, offset="{offset}", size="{size}")'
    raise operation.error("`pages` has to name the parameters for the size and for the cursor, page or offset")


def _keywords(span: Mapping[str, int]) -> str:
    return ", ".join(f"{unit}={count}" for unit, count in span.items())


def _code(operation: Operation) -> tuple[list[str], str, list[str]]:
    """Return the signatures of the method, its overloads first; its docstring; and its body."""
    chosen = operation.said.get("rows", {})
    signatures = []
    for argument in operation.arguments:
        if argument.name in chosen:
            without, given = f"{argument.name}: None = None", f"{argument.name}: {argument.kind.annotation}"
            for replaced, row in ((without, operation.needed("row")), (given, chosen[argument.name])):
                signatures += ["@overload", f"{_signature(operation, {argument.name: replaced}, row)} ..."]
    signatures.append(_signature(operation, {}, operation.said.get("row"), *chosen.values()))
    return signatures, docstring(operation), list(_body(operation))


def _signature(operation: Operation, replaced: Mapping[str, str], *rows: Any) -> str:
    first = operation.said.get("positional", ())
    required = [each.signature for each in operation.arguments if each.default is None or each.name in first]
    optional = [
        replaced.get(each.name, each.signature)
        for each in operation.arguments
        if each.default is not None and each.name not in first
    ]
    names = ["self", *required, *(["*", *optional] if optional else [])]
    result = " | ".join(_result(operation, row) for row in rows)
    # The comma spreads many arguments over lines; the formatter would join them.
    comma = "," if len(optional) > 1 else ""
    return f"{'async ' if operation.is_awaited else ''}def {operation.name}({', '.join(names)}{comma}) -> {result}:"


def _result(operation: Operation, row: Any) -> str:
    results = {
        "single": operation.model,
        "list": f"list[{operation.model}]",
        "value": "int",
        "days": f"DailySeries[{row}]",
        "intervals": f"AsyncIntervalSeries[{row}, {operation.model}]",
        "listing": str(operation.said.get("class")),
        "events": str(operation.said.get("class")),
        "table": str(operation.said.get("class")),
    }
    return results[operation.shape]


def _body(operation: Operation) -> Iterator[str]:
    given = [argument.name for argument in operation.arguments]
    named = [f"{name}={name}" for name in given]
    if operation.shape == "days":
        row = "".join(
            f", None if {name} is None else {other}" for name, other in operation.said.get("rows", {}).items()
        )
        yield f"return await self._days({operation.constant}, DailySeries{row}, {', '.join(named)})"
    elif operation.shape == "intervals":
        yield f"return self._intervals({operation.constant}, {', '.join([given[0], *named[1:]])})"
    elif operation.shape == "events":
        cls = operation.needed("class")
        yield f"events: {cls} = self._events("
        arguments = ", ".join([given[0], *named[1:]])
        yield f"    {operation.constant}, {tuple(operation.needed('keys'))!r}, {cls}, {arguments},"
        yield ")"
        yield "return events"
    elif operation.shape == "listing":
        cls = operation.needed("class")
        yield f"listing: {cls} = self._listing("
        yield f'    {operation.constant}, "{operation.said.get("key", "")}", {cls}, {", ".join(named)},'
        yield ")"
        yield "return listing"
    elif operation.shape == "table":
        yield f"return {operation.needed('class')}(await self._call({', '.join([operation.constant, *named])}))"
    else:
        yield f"result: {_result(operation, None)} = await self._call({', '.join([operation.constant, *named])})"
        yield "return result"


def _names(operation: Operation) -> dict[str, str]:
    """Return the modules of the names that the method's annotations may have."""
    rows = [operation.said.get("row"), *operation.said.get("rows", {}).values()]
    models = {operation.model, "System", *operation.document.methods.get("models", ())}
    where = dict.fromkeys(models, f"{operation.document.package}.models")
    return {**WHERE, **where, **{row: _module_of(row) for row in rows if row}}


@cache
def _module_of(row: str) -> str:
    """Return the module that has a row."""
    for name in ("rows", "telemetry_rows"):
        if f"class {row}(" in (DATA / f"{name}.py").read_text(encoding="utf-8"):
            return f"..data.{name}"
    raise GenerationError(f"{DATA.name} has no row {row}")


def rendered(package: Package) -> dict[Path, str]:
    """Return the path and the text of each module that uses a generated package, formatted.

    Raises:
        GenerationError: What the sources say does not fit together.
        SpecificationError: The specification or its overlay is faulty.
    """
    if package.methods is None:
        return {}
    texts = texts_of(package)
    names = f"{package.sources.specification.name} and {package.methods.said.name}"
    first = f"# Generated by scripts/generate_methods.py from {names}: see `make generate`."
    paths = {package.methods.output / f"{name}.py": f"{first}\n{text}" for name, text in texts.items()}
    return {path: formatted(text, path) for path, text in paths.items()}


def texts_of(package: Package) -> dict[str, str]:
    """Return the text of each module that uses a generated package by its name, before it is formatted.

    Raises:
        GenerationError: What the sources say does not fit together.
        SpecificationError: The specification or its overlay is faulty.
    """
    if package.methods is None:
        return {}
    return module_texts(*read(package.output.name, package.sources, package.methods))


def module_texts(document: Document, modules: Mapping[str, Sequence[Operation]]) -> dict[str, str]:
    """Return the text of each module by its name, before it is formatted.

    Raises:
        MethodsError: What the methods file says does not fit the specification.
    """
    operations = [operation for module in modules.values() for operation in module]
    made_of_each(operations, lambda operation: (table_entry(operation), docstring(operation)))
    texts = {"operation_table": _table(operations)}
    return texts | {name: _module(document.methods["modules"][name], module) for name, module in modules.items()}


def _table(methods: Sequence[Operation]) -> str:
    values = [table_entry(method) for method in methods]
    origins = {
        "relativedelta": "dateutil.relativedelta",
        **dict.fromkeys(("CursorPages", "NumberedPages", "OffsetPages", "UncountedPages"), "..planning.pages"),
        "Body": "..api",
        **dict.fromkeys(("Length", "WindowRule"), "..planning.windows"),
        "DevicePages": "..planning.lengths",
        "timedelta": "datetime",
        **dict.fromkeys(CHECKS, "..operations.arguments"),
    }
    for method in methods:
        origins |= {
            name: origin for name, origin in _names(method).items() if origin.startswith("..data.") and "rows" in origin
        }
    lines = [
        '"""The operations of the API as data: models, windows, pages, and how their arguments are checked."""\n',
        "from __future__ import annotations\n",
        "from ..api import Operation",
        *_imports(re.sub(r'"[^"]*"', "", "\n".join(values)), origins),
        *values,
        f"OPERATIONS = ({', '.join(method.constant for method in methods)},)",
    ]
    return "\n".join(lines)


def _module(said: Mapping[str, Any], methods: Sequence[Operation]) -> str:
    origins: dict[str, str] = {}
    signatures, bodies, text = [], [], []
    for method in methods:
        heads, text_of_docstring, body = _code(method)
        signatures += heads
        bodies += body
        lines = [*heads, textwrap.indent(f'"""{text_of_docstring}"""', "    "), *(f"    {line}" for line in body)]
        text.append(textwrap.indent("\n".join(lines), "    "))
        for alias in method.said.get("aliases", ()):
            said_of_alias = method.document.methods["phrases"]["alias"].format(name=method.name)
            text.append(f'    {alias} = {method.name}\n    """{said_of_alias}"""')
        origins |= _names(method)
        if method.shape in ("listing", "table", "events"):
            cls = method.needed("class")
            origins[cls] = f".{method.document.methods.get('classes', {}).get(method.shape, snake_case(cls))}"
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


def main(arguments: Sequence[str] | None = None, packages: Sequence[Package] = PACKAGES) -> int:
    """Write the modules, or with ``--check`` say which of them are not what they should be."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; fail where a module differs")
    check = parser.parse_args(arguments).check
    try:
        modules = {path: text for package in packages for path, text in rendered(package).items()}
    except (GenerationError, SpecificationError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return written(modules, check=check)


if __name__ == "__main__":
    sys.exit(main())
