"""Compares the public API with that of the last release: what `__all__` exports, whichever module it lives in.

`public-api.json` beside this script describes the API of the last release, so that the check needs neither a tag nor a
network, and its diff shows what a release changes. A difference that can break a program is an error, unless
`public-api-accepted.txt` lists it. `--renew` is part of a release: it describes the present API and empties the list.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import griffe

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("enphase_enlighten", "enlighten_mock")
SOURCES = tuple(ROOT / folder for folder in ("wrapper", "mock", "generated"))
RELEASED = ROOT / "scripts" / "public-api.json"
ACCEPTED = ROOT / "scripts" / "public-api-accepted.txt"
HEADER = """\
# Differences from the last release that were reviewed and may stay: each as `make api` prints it, and above it, in a
# comment, why no program breaks or why it has to. A line that no longer applies is an error too.
"""

# The special methods that a program calls by syntax. Texts, comparison and pickling are behaviour, and have tests.
_SYNTAX = frozenset(
    f"__{name}__" for name in ("init", "call", "len", "iter", "getitem", "enter", "exit", "aiter", "aenter", "aexit")
)
_BY_PLACE = (griffe.ParameterKind.positional_only, griffe.ParameterKind.positional_or_keyword)
# A type may be given later: that breaks nothing.
_UNKNOWN = "not annotated"


class PublicAPIError(Exception):
    """The public API cannot be read; the message names what is missing."""


def public_api(package: str, sources: Sequence[Path]) -> dict[str, str]:
    """Return what a program can rely on: each public name, base, attribute and parameter, and what it is.

    A class is described with the members that it inherits. Private base classes are not named, so that they can change.
    """
    loader = griffe.GriffeLoader(search_paths=sources)
    module = loader.load(package)
    loader.resolve_aliases(implicit=False, external=False)
    exported = {str(name): _member(module, str(name)) for name in getattr(module, "exports", None) or ()}
    public = {item.path: name for name, item in exported.items()}
    described = (entry for name, item in exported.items() for entry in _description(name, item, public))
    return {f"{package}.{place}": text for place, text in described}


def differences(released: Mapping[str, str], present: Mapping[str, str]) -> Iterator[str]:
    """Yield what can break a program that was written for the release."""
    for place, text in released.items():
        if place not in present:
            yield f"{place} is gone"
        elif present[place] != text and text != _UNKNOWN:
            yield f"{place} was `{text}`, is `{present[place]}`"
    for place in sorted(present.keys() - released.keys()):
        if place.partition("(")[0] in released and place.endswith(")") and " = " not in present[place]:
            yield f"{place} is new and has no default"


def accepted_differences(path: Path) -> set[str]:
    """Return the lines of the reviewed list that are not comments."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return {line.strip() for line in lines if line.strip() and not line.startswith("#")}


def _member(parent: griffe.Object | griffe.Alias, name: str) -> griffe.Object:
    """Return a member, following the imports that a module makes for type checkers alone."""
    try:
        member = parent.all_members[name]
        return member.final_target if isinstance(member, griffe.Alias) else member
    except (KeyError, griffe.AliasResolutionError, griffe.CyclicAliasError) as error:
        raise PublicAPIError(f"{parent.path}.{name} is public, but its definition is not found") from error


def _description(name: str, item: griffe.Object, public: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if isinstance(item, griffe.Class):
        yield from _class(name, item, public)
    elif isinstance(item, griffe.Function):
        yield from _function(name, item)
    elif isinstance(item, griffe.Attribute):
        yield name, _typed("property: " if "property" in item.labels else "", item.annotation)
    else:
        yield name, item.kind.value


def _class(name: str, item: griffe.Class, public: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    yield name, " ".join(["class", *(f"@{decorator.value}" for decorator in item.decorators)])
    bases = dict.fromkeys(_bases(item, public))
    yield from ((f"{name} is a {base}", "base") for base in bases)
    members = {key: _member(item, key) for key in item.all_members if key in _SYNTAX or not key.startswith("_")}
    for key, member in members.items():
        yield from _description(f"{name}.{key}", member, public)
    if "__init__" not in members and (item.decorators or "typing.NamedTuple" in bases):
        yield f"{name}.__init__", "takes the fields"
        attributes = (member for member in members.values() if isinstance(member, griffe.Attribute))
        fields = (attribute for attribute in attributes if "instance-attribute" in attribute.labels)
        for place, field in enumerate(fields):
            default = "..." if "class-attribute" in field.labels else None
            yield f"{name}.__init__({field.name})", _typed(f"{place}: ", field.annotation, default)


def _bases(item: griffe.Class, public: Mapping[str, str]) -> Iterator[str]:
    """Yield the public bases by name, those of other distributions by path, and those of private bases."""
    for base in item.bases:
        path = base if isinstance(base, str) else base.canonical_path
        try:
            found = item.modules_collection.get_member(path)
        except KeyError:
            yield path
            continue
        target = found.final_target if found.is_alias else found
        if target.path in public:
            yield public[target.path]
        yield from _bases(target, public)


def _function(name: str, item: griffe.Function) -> Iterator[tuple[str, str]]:
    kinds = [label for label in ("async", "classmethod", "staticmethod") if label in item.labels]
    yield name, _typed(" ".join([*kinds, "returns "]), item.returns)
    for place, parameter in enumerate(item.parameters):
        if parameter.name not in ("self", "cls"):
            start = f"{place}: " if parameter.kind in _BY_PLACE else f"{parameter.kind.value}: "
            yield f"{name}({parameter.name})", _typed(start, parameter.annotation, _value(parameter.default, item))
    for place, overload in enumerate(item.overloads or ()):
        yield f"{name} overload {place}", overload.signature(name="")


def _value(default: str | griffe.Expr | None, item: griffe.Object) -> str | griffe.Expr | None:
    """Return the value of a default that is a constant's name: the constant may move, and its value may not change."""
    if not isinstance(default, griffe.ExprName | griffe.ExprAttribute):
        return default
    try:
        constant = item.modules_collection.get_member(default.canonical_path)
        target = constant.final_target if constant.is_alias else constant
    except (KeyError, griffe.AliasResolutionError, griffe.CyclicAliasError):
        return default  # of another distribution
    return _value(target.value, target) if isinstance(target, griffe.Attribute) else default


def _typed(start: str, annotation: object, default: object = None) -> str:
    return f"{start}{annotation or _UNKNOWN}" + (f" = {default}" if default is not None else "")


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare, or renew what is compared with; return the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--renew", action="store_true", help="describe the present API, as part of a release")
    renew = parser.parse_args(arguments).renew
    present = {place: text for package in PACKAGES for place, text in public_api(package, SOURCES).items()}
    if renew:
        RELEASED.write_text(json.dumps(present, indent=2, sort_keys=True) + "\n", encoding="utf-8")
        ACCEPTED.write_text(HEADER, encoding="utf-8")
        return 0
    found = set(differences(json.loads(RELEASED.read_text(encoding="utf-8")), present))
    accepted = accepted_differences(ACCEPTED)
    for line in sorted(found - accepted):
        print(line)
    for line in sorted(accepted - found):
        print(f"{ACCEPTED.name}: no longer a difference: {line}")
    if found == accepted:
        return 0
    print(f"A program written for the last release can break. Restore the API, or list the line in {ACCEPTED.name}.")
    return 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except PublicAPIError as error:
        sys.exit(f"error: {error}")
