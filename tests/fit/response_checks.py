"""Whether the wrapper fits the responses of a specification."""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING, Any

from tests.fit.findings import Finding
from tests.fit.shapes import differences, kind, shapes
from tests.fit.subject import files_with
from tests.support.specification import resolve

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tests.fit.shapes import Difference
    from tests.fit.subject import Subject

_JSON = "application/json"

# What a column of a row takes: the kinds of its property, and whether it may be null.
_COLUMNS = {"int | None": ("integer", True), "float | None": ("number", True), "datetime": ("integer", False)}

# The kinds of property that a column of a table is made of.
_TABLE_KINDS = {"whole": "integer", "text": "string", "texts": "array", "time": "integer"}


def statuses(subject: Subject, told: Sequence[Finding]) -> Iterator[Finding]:
    """The statuses and media types that the wrapper reads."""
    reader = files_with("class ErrorBodies")
    for operation in subject.operations.values():
        name = operation.operation_id
        if any(finding.tells_of(name) for finding in told):
            continue
        for status, response in operation.responses.items():
            places = (f"{name} {status}",)
            media = list(response.get("content", {}))
            code = int(status) if status.isdigit() else 0
            if 200 <= code < 300 and code not in subject.api.success:
                says = f"status {status} is one of success in the specification, and an error for the wrapper."
                files = f"{files_with('class API')}, {subject.files_of(name)}"
                yield Finding(
                    (name,), (*places, *([] if "200" in operation.responses else [f"{name} 200"])), says, files
                )
            elif 400 <= code < 500 and code not in subject.api.errors.classes:  # type: ignore[attr-defined]  # by ours
                says = f"the wrapper has no class of error for status {status}."
                yield Finding(
                    (name,), places, says, f"{reader}, {files_with(f'class {type(subject.api.errors).__name__}')}"
                )
            elif media and media != [_JSON]:
                says = (
                    f"the body of status {status} is {' or '.join(media)} in the specification: the wrapper reads "
                    f"{_JSON} alone, and strict mode checks no other."
                )
                yield Finding((name,), places, says, f"{files_with('def is_described')}, {files_with('def decode')}")
            elif code == 200 and not media:
                says = f"status {status} has no body in the specification, and the wrapper reads one."
                yield Finding((name,), places, says, subject.files_of(name))


def bodies(subject: Subject, told: Sequence[Finding]) -> Iterator[Finding]:
    """The properties of successful bodies without which the wrapper has nothing to return, and its models."""
    for name, operation in subject.operations.items():
        definition = subject.api.operations.get(name)
        if definition is None or any(finding.tells_of(f"{name} 200") for finding in told):
            continue
        schema = operation.body
        listed = schema.get("type") == "array"
        model = kind(schema["items"] if listed else schema)
        if definition.model not in (None, model) and "properties" not in schema:
            says = f"the body is {model} in the specification, and {definition.model} in the wrapper."
            yield Finding((name,), (f"{name} 200", str(definition.model)), says, subject.files_of(name))
            continue
        returned = str(inspect.signature(getattr(subject.clients[1], subject.method(name))).return_annotation)
        if name in subject.calls and listed != returned.startswith("list["):
            shapes_of = ("an array", "one object") if listed else ("one object", "an array")
            says = f"the body is {shapes_of[0]} in the specification, and {shapes_of[1]} in the wrapper, which returns"
            yield Finding((name,), (f"{name} 200",), f"{says} {returned}.", subject.files_of(name))
            continue
        body = resolve(subject.effective, schema["items"] if listed else schema)
        lists = {definition.items} - {""}
        for row in _rows(subject, name) if not definition.items else ():
            lists |= set(row._fields[1:])
        for each in sorted(lists | ({*definition.needs, definition.first_day} - {""})):
            schema = body.get("properties", {}).get(each)
            if schema is None:
                yield _gone(subject, f"{model}.{each}", (name,), body.get("properties", {}), subject.files_of(name))
            elif each in lists and kind(schema) != "array":
                says = f"{model}.{each} is {kind(schema)} in the specification, and a list in the wrapper."
                yield Finding((name,), (f"{model}.{each}",), says, subject.files_of(name))


def rows(subject: Subject, told: Sequence[Finding]) -> Iterator[Finding]:
    """The rows of series: a column for each property of an interval, of its type and with its unit."""
    for name, operation in subject.operations.items():
        definition = subject.api.operations.get(name)
        if definition is None or not _rows(subject, name) or any(finding.tells_of(f"{name} 200") for finding in told):
            continue
        properties = resolve(subject.effective, operation.body).get("properties", {})
        if not definition.items:
            # A day has one value of each list.
            lists = {field: schema["items"] for field, schema in properties.items() if schema.get("type") == "array"}
            for row in _rows(subject, name):
                yield from _types(subject, name, kind(operation.body), lists, row)
            continue
        place = f"{kind(operation.body)}.{definition.items}[]"
        properties = resolve(subject.effective, properties.get(definition.items, {}).get("items", {})).get("properties")
        # Without, it is another kind of body, which its shape tells.
        if properties:
            yield from _set_of_columns(subject, name, place, properties)
            yield from _types(subject, name, place, properties, definition.row)
            yield from _units(subject, name, place, properties)


def _types(subject: Subject, name: str, place: str, properties: Mapping[str, Any], row: Any) -> Iterator[Finding]:
    for field, annotation in row.__annotations__.items():
        # Names that are imported when the module runs are classes here, the others text.
        text = getattr(annotation, "__forward_arg__", getattr(annotation, "__name__", str(annotation)))
        taken, null = _COLUMNS.get(text, (text, True))
        schema = properties.get(field)
        if schema is not None and (kind(schema).split()[0] != taken or (schema.get("nullable") and not null)):
            found = kind(schema) + (" or null" if schema.get("nullable") else "")
            says = f"{place}.{field} is {found} in the specification, and {text} in {row.__name__}."
            files = f"{files_with(f'class {row.__name__}')}, {subject.files_of(name)}"
            yield Finding((name,), (f"{place}.{field}",), says, files)


def _set_of_columns(subject: Subject, name: str, place: str, properties: Mapping[str, Any]) -> Iterator[Finding]:
    row, fields = subject.api.operations[name].row.__name__, set(subject.api.operations[name].row._fields)
    missing, new = sorted(fields - properties.keys()), sorted(properties.keys() - fields)
    if missing or new:
        problems = [f"has {', '.join(new)}, which rows and data frames lack"] if new else []
        problems += [f"has no {', '.join(missing)} any more, which rows and data frames have"] if missing else []
        files = (
            f"{files_with(f'class {row}')}, {files_with('UNITS')}, {subject.simulated(*new, *missing)}, CHANGELOG.md"
        )
        places = tuple(f"{place}.{field}" for field in (*missing, *new))
        yield Finding((name,), places, f"{place} {' and '.join(problems)}: change {row}.", files)


def _units(subject: Subject, name: str, place: str, properties: Mapping[str, Any]) -> Iterator[Finding]:
    for field in subject.api.operations[name].row._fields[1:]:
        words = properties.get(field, {}).get("description", "").replace(".", " ").replace(",", " ").split()
        unit = next((word for word in words if word in ("Wh", "W", "kWh", "kW", "MWh", "J", "kJ", "VAh")), None)
        if field in properties and unit != subject.units.get(field):
            says = f"{place}.{field} is in {unit} in the specification, and its column in {subject.units.get(field)}."
            yield Finding((name,), (f"{place}.{field}",), says, files_with("UNITS"))


def tables(subject: Subject, told: Sequence[Finding]) -> Iterator[Finding]:
    """The columns of data frames of models: one for each property."""
    for place, columns in subject.tables.items():
        model = _at(subject, place)
        operations = _operations(subject, place)
        if model is None or any(finding.tells_of(place) for finding in told):
            continue
        properties = {field: schema for field, schema in model.items() if f"{place}.{field}" not in _inner(subject)}
        differing = sorted(columns.keys() ^ properties.keys())
        if differing:
            new, gone = properties.keys() - columns.keys(), columns.keys() - properties.keys()
            problems = [f"has {', '.join(sorted(new))}, which the data frame lacks"] if new else []
            problems += [f"has no {', '.join(sorted(gone))} any more, which the data frame has"] if gone else []
            says = f"{place} {' and '.join(problems)}."
            files = f"{subject.columns_file}, {subject.simulated(*differing)}, CHANGELOG.md"
            yield Finding(operations, tuple(f"{place}.{each}" for each in differing), says, files)
        for field in columns.keys() & properties.keys():
            schema = properties[field]
            inner = schema["allOf"][0] if len(schema.get("allOf", ())) == 1 else schema
            found = kind(resolve(subject.effective, inner)).split()[0]
            if found != _TABLE_KINDS[columns[field]]:
                says = f"{place}.{field} is {kind(schema)} in the specification, and a column of {columns[field]}."
                yield Finding(operations, (f"{place}.{field}",), says, subject.columns_file)


def read_elsewhere(subject: Subject, told: Sequence[Finding]) -> Iterator[Finding]:
    """The other properties that the wrapper reads itself, such as those of errors."""
    for place, words in subject.reads.items():
        model, _, field = place.rpartition(".")
        properties = _at(subject, model)
        operations = _operations(subject, place)
        if properties is None and not any(finding.tells_of(model) for finding in told):
            says = f"the specification has no {model} any more, which the wrapper reads."
            yield Finding(("Every operation",), (model,), says, f"generator-config.yaml, {_readers(subject, words)}")
        elif properties is not None and field not in properties:
            yield _gone(subject, place, operations, properties, _readers(subject, words))


def shape(subject: Subject, told: Sequence[Finding]) -> Iterator[Finding]:
    """Everything else that is another than it was when the wrapper was last held against it."""
    components = subject.effective["components"]["schemas"]
    new = shapes(subject.effective)
    of_former = {_root(place).partition(" ")[0] for place in subject.recorded}
    known = {place for place in new if place in of_former}
    for each in differences(subject.recorded, new):
        if any(finding.tells_of(place) for finding in told for place in (each.place, each.renamed) if place):
            continue
        root = _root(each.place)
        # A schema that came or went with what refers to it, which tells of it.
        if (
            root == each.place
            and (each.old is None or each.new is None or each.renamed)
            and " " not in root
            and (root in components or root not in known)
        ):
            continue
        operations = _operations(subject, each.place)
        name = (each.renamed or each.place).rpartition(".")[2].partition("[")[0].partition("(")[0]
        files = f"{subject.simulated(name, each.place.rpartition('.')[2])}, CHANGELOG.md"
        readers = subject.reads.get(each.place)
        if readers:
            files = f"{_readers(subject, readers)}, {files}"
        elif operations[0] in subject.calls:
            files = f"{subject.files_of(operations[0])}, {files}"
        says = (
            f"{_says(each)}. The generated package has it; hold the wrapper, the simulated API and the docs against "
            "it, then run `make fit RENEW=yes`."
        )
        yield Finding(operations, (each.place, *([each.renamed] if each.renamed else [])), says, files)


def _says(each: Difference) -> str:
    if each.renamed:
        return f"{each.place} is {each.renamed} in the specification now ({each.new})"
    if each.old is None:
        return f"{each.place} is new in the specification ({each.new})"
    if each.new is None:
        return f"{each.place} is gone from the specification ({each.old})"
    return f"{each.place} is ({each.new}) in the specification, and was ({each.old})"


def _gone(subject: Subject, place: str, operations: tuple[str, ...], present: Iterable[str], files: str) -> Finding:
    model, _, field = place.rpartition(".")
    former = {place.rpartition(".")[2] for place in subject.recorded if place.rpartition(".")[0] == model}
    new = [name for name in present if name not in former]
    instead = f", and has {', '.join(new)} instead" if new else ""
    says = f"{model} has no {field} any more, which the wrapper reads{instead}."
    places = tuple(f"{model}.{name}" for name in (field, *new))
    return Finding(operations, places, says, f"{files}, {subject.simulated(field)}")


def _readers(subject: Subject, words: str) -> str:
    """Return the files that read a property; what methods are rendered from, if none by hand reads it."""
    found = files_with(words)
    return found if found.endswith(".py") else subject.methods_file


def _rows(subject: Subject, operation: str) -> tuple[Any, ...]:
    definition = subject.api.operations[operation]
    return (*([definition.row] if definition.row else []), *subject.rows.get(operation, ()))


def _at(subject: Subject, place: str) -> dict[str, Any] | None:
    """Return the properties of the object at a place; None where there is none."""
    first, *more = place.split(".")
    node: Any = subject.effective["components"]["schemas"].get(first)
    for name in more:
        node = resolve(subject.effective, node or {}).get("properties", {}).get(name.removesuffix("[]"))
        node = (node or {}).get("items") if name.endswith("[]") else node
    found: dict[str, Any] | None = None if node is None else resolve(subject.effective, node).get("properties", {})
    return found


def _inner(subject: Subject) -> set[str]:
    """Return the places of objects whose properties have columns of their own."""
    found = set()
    for place in subject.tables:
        for name, schema in (_at(subject, place) or {}).items():
            if kind(schema) in subject.tables:
                found.add(f"{place}.{name}")
    return found


def _root(place: str) -> str:
    """Return the operation or component that a place begins with, with the status that may follow."""
    return re.split(r"[.[({]", place, maxsplit=1)[0]


def _operations(subject: Subject, place: str) -> tuple[str, ...]:
    """Return the operations that a place belongs to."""
    first = _root(place)
    if first.partition(" ")[0] in subject.operations:
        return (first.partition(" ")[0],)
    if first.startswith("parameter "):
        return tuple(
            name
            for name, operation in subject.operations.items()
            if any(each.place == first for each in operation.parameters.values())
        )
    found = subject.belonging.get(first, ())
    return ("Every operation",) if not found or len(found) == len(subject.operations) else found
