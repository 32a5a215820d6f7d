"""The shape of a specification: what its bodies and parameters are, without its texts and examples.

A shape is one line of text for each place. `recorded/*.json` have those that the wrapper, the simulated API and the
docs were last held against, since no check of theirs can see that a type that they hand on has become another.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.support.described import described
from tests.support.specification import resolve

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_LIMITS = ("minimum", "maximum", "minLength", "maxLength", "pattern", "minItems", "maxItems", "uniqueItems")


def shapes(root: Mapping[str, Any]) -> dict[str, str]:
    """Return the shape of each place of a specification, sorted by place."""
    found: dict[str, str] = {}
    for operation in described(root).values():
        name = operation.operation_id
        found[name] = route(operation.method, operation.path)
        if operation.definition.get("deprecated"):
            found[name] += ", deprecated"
        for parameter in operation.parameters.values():
            found[parameter.place] = _parameter(parameter.definition)
        if "requestBody" in operation.definition:
            found.update(_content(f"{name} request", resolve(root, operation.definition["requestBody"])))
        for status, response in operation.responses.items():
            found.update(_content(f"{name} {status}", response))
    for name, schema in root["components"]["schemas"].items():
        found.update(_schema(name, schema))
    for name, scheme in root["components"].get("securitySchemes", {}).items():
        found[f"security {name}"] = ", ".join(str(scheme.get(key)) for key in ("type", "in", "name"))
    return dict(sorted(found.items()))


def route(method: str, path: str) -> str:
    """Return where an operation is, whatever the parameters in its path are called."""
    return f"{method} {re.sub('{[^}]*}', '{}', path)}"


def reach(root: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Return the operations that each schema of the components belongs to, by its name."""
    found: dict[str, list[str]] = {}
    for operation in described(root).values():
        pending: list[Any] = [operation.definition]
        seen: set[str] = set()
        while pending:
            node = pending.pop()
            if isinstance(node, dict):
                reference = node.get("$ref")
                if isinstance(reference, str) and reference not in seen:
                    seen.add(reference)
                    pending.append(resolve(root, node))
                pending += node.values()
            elif isinstance(node, list):
                pending += node
        for reference in seen:
            if "/schemas/" in reference:
                found.setdefault(reference.rpartition("/")[2], []).append(operation.operation_id)
    return {name: tuple(operations) for name, operations in found.items()}


def kind(schema: Mapping[str, Any]) -> str:
    """Return what a schema is in a word or two, without its limits."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    for alternatives in ("allOf", "oneOf", "anyOf"):
        if alternatives in schema:
            if len(schema[alternatives]) == 1:
                return kind(schema[alternatives][0])
            return f"{alternatives} {len(schema[alternatives])}"
    words = [schema.get("type", "object" if "properties" in schema else "any"), schema.get("format", "")]
    return " ".join(word for word in words if word)


def _parameter(definition: Mapping[str, Any]) -> str:
    schema = definition.get("schema", {})
    words = [str(definition["in"]), _text(schema)]
    if "items" in schema:
        words.append(f"of {_text(schema['items'])}")
    style, explode = definition.get("style", "form"), definition.get("explode", True)
    words += ["required"] if definition.get("required") else []
    words += ["deprecated"] if definition.get("deprecated") else []
    words += [f"style {style}, explode {explode}"] if schema.get("type") == "array" else []
    return ", ".join(words)


def _content(place: str, response: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    content = response.get("content", {})
    words = [f"{media}: {kind(each.get('schema', {}))}" for media, each in content.items()] or ["no content"]
    yield place, ", ".join([*words, *(f"header {name}" for name in response.get("headers", {}))])
    for each in content.values():
        schema = each.get("schema", {})
        if "items" in schema:
            yield from _schema(f"{place}[]", schema["items"])
        for name, child in schema.get("properties", {}).items():
            yield from _schema(f"{place}.{name}", child, required=name in schema.get("required", ()))


def _schema(place: str, schema: Mapping[str, Any], *, required: bool = False) -> Iterator[tuple[str, str]]:
    yield place, _text(schema) + (", required" if required else "")
    for name, child in schema.get("properties", {}).items():
        yield from _schema(f"{place}.{name}", child, required=name in schema.get("required", ()))
    if "items" in schema:
        yield from _schema(f"{place}[]", schema["items"])
    for alternatives in ("allOf", "oneOf", "anyOf"):
        if len(schema.get(alternatives, ())) > 1:
            for number, child in enumerate(schema[alternatives], start=1):
                yield from _schema(f"{place}({number})", child)
    if isinstance(schema.get("additionalProperties"), dict):
        yield from _schema(f"{place}{{}}", schema["additionalProperties"])


def _text(schema: Mapping[str, Any]) -> str:
    words = [kind(schema)]
    if "enum" in schema:
        words.append(f"one of {', '.join(map(str, schema['enum']))}")
    words += [f"{name} {json.dumps(schema[name])}" for name in (*_LIMITS, "default") if name in schema]
    if isinstance(schema.get("additionalProperties"), bool):
        words.append("with other properties" if schema["additionalProperties"] else "without other properties")
    words += [word for word in ("nullable", "deprecated", "readOnly", "writeOnly") if schema.get(word)]
    return ", ".join(words)


class Difference(NamedTuple):
    """A place whose shape is another than it was.

    Attributes:
        place: The place; where it has another name now, its former name.
        old: What it was; None where it is new.
        new: What it is; None where it is gone.
        renamed: Its present name, where it has another one.
    """

    place: str
    old: str | None
    new: str | None
    renamed: str = ""


def differences(old: Mapping[str, str], new: Mapping[str, str]) -> list[Difference]:
    """Return the places whose shapes differ, of those that lie in each other only the outermost."""
    gone, added = _outermost(old.keys() - new.keys()), _outermost(new.keys() - old.keys())
    found = []
    for place in gone:
        same = [each for each in added if parent(each) == parent(place) and new[each] == old[place]]
        others = [each for each in gone if parent(each) == parent(place) and old[each] == old[place]]
        if len(same) == len(others) == 1:
            added.remove(same[0])
            found.append(Difference(place, old[place], new[same[0]], renamed=same[0]))
        else:
            found.append(Difference(place, old[place], None))
    found += [Difference(place, None, new[place]) for place in added]
    changed = [place for place in old.keys() & new.keys() if old[place] != new[place]]
    found += [Difference(place, old[place], new[place]) for place in changed]
    # What lies in something of another kind now says nothing of its own.
    kinds = [place for place in changed if old[place].split(",")[0] != new[place].split(",")[0]]
    return sorted(each for each in found if not any(is_within(each.place, place) for place in kinds))


def is_within(place: str, outer: str) -> bool:
    """Whether a place lies in another one."""
    return place.startswith(outer) and place[len(outer) : len(outer) + 1] in tuple(" .[({")


def parent(place: str) -> str:
    """Return the place that a property lies in; what an operation or component belongs to where it is no property."""
    return place.rpartition(".")[0] or place.rpartition(" ")[0]


def _outermost(places: Any) -> list[str]:
    return [place for place in sorted(places) if not any(is_within(place, other) for other in places)]
