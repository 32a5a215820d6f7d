"""Applies an OpenAPI Overlay: `enlighten.yaml` + `enlighten.overlay.yaml` -> effective specification.

Actions mean what Overlay 1.0.0 says (https://spec.openapis.org/overlay/v1.0.0.html), with two additions. A
`remove` may target a primitive, as Overlay 1.1.0 allows, since a single entry cannot be taken from `required`
otherwise. And an action that matches nothing, or changes nothing, is an error: it has become wrong or
superfluous, and nobody would notice. The same holds for each place that its target names and for each key of its
update, unless it has `x-wildcard: true` and so is for whatever places there are; and for each sentence of
`x-published`, which the text that it replaces must have.
"""

from __future__ import annotations

import argparse
import copy
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from jsonschema import Draft4Validator
from openapi_spec_validator import OpenAPIV30SpecValidator
from openapi_spec_validator.schemas import schema_v30
from referencing.exceptions import Unresolvable

from openapi_versions import advice_on_newer
from overlay_actions import JSONPATH, PUBLISHED, WILDCARD, ActionError, apply

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from jsonschema import ValidationError

_MESSAGE_LENGTH = 200


class SpecificationError(Exception):
    """A specification or an overlay cannot be used; the message names file and place, and what to do."""


def effective_specification(specification: Path, overlay: Path) -> dict[str, Any]:
    """Reads both files and gives the specification that the client is generated from.

    Args:
        specification: The published specification, YAML or JSON.
        overlay: The corrections to it, an OpenAPI Overlay 1.0 document.

    Returns:
        The corrected specification: valid OpenAPI 3.0, in JSON's types alone.

    Raises:
        SpecificationError: A file cannot be read, is not valid, or an action of the overlay has no effect.
    """
    published, node = _load(specification)
    _validate(published, str(specification), node)
    corrections, node = _load(overlay)
    actions = corrections.get("actions")
    lines = [_line(node, ["actions", index]) for index in range(len(actions) if isinstance(actions, list) else 0)]
    effective = apply_overlay(published, corrections, source=str(overlay), lines=lines)
    if _fault(effective):
        # Two actions together may be right where the first alone is not: what counts is the last that broke it.
        stage, broken_by = copy.deepcopy(published), ""
        for place in _apply_each(stage, corrections, str(overlay), lines, []):
            broken_by = (broken_by or place) if _fault(stage) else ""
        _validate(effective, f"{specification} with {broken_by}")
    return effective


def apply_overlay(
    specification: Mapping[str, Any], overlay: Mapping[str, Any], *, source: str, lines: Sequence[int] = ()
) -> dict[str, Any]:
    """Applies the actions of an overlay, in order, to a copy of a specification.

    Args:
        specification: The document to change; it stays as it is.
        overlay: The overlay document.
        source: The overlay's name in messages.
        lines: The line on which each action begins, for messages.

    Returns:
        The changed copy.

    Raises:
        SpecificationError: The overlay is not valid, or one of its actions matches or changes nothing.
    """
    result = copy.deepcopy(dict(specification))
    faults: list[str] = []
    for _ in _apply_each(result, overlay, source, lines, faults):
        pass
    if faults:
        raise SpecificationError("\n".join(faults))
    return result


def _apply_each(
    result: dict[str, Any], overlay: Mapping[str, Any], source: str, lines: Sequence[int], faults: list[str]
) -> Iterator[str]:
    """Applies one action after the other to `result` itself; gives the place of each, for messages.

    What of an action has become wrong or superfluous is added to `faults`, so that one run names all of it.
    """
    _check_overlay(overlay, source)
    for number, action in enumerate(overlay["actions"], start=1):
        line = f", line {lines[number - 1]}" if number <= len(lines) else ""
        place = f"{source}{line}, action {number}"
        _check_action(action, place)
        place += f" ({action['target']})"
        try:
            effect = apply(result, action)
        except ActionError as error:
            faults.append(f"{place}{error}")
            continue
        if not effect.changed:
            faults.append(f"{place} changes nothing: what it corrects is right already. Remove it.")
        elif effect.stale:
            faults.append(
                f"{place} is out of date in part: {'; '.join(effect.stale)}. The specification has changed there: "
                f"correct the action, so that it has only what is left to correct."
            )
        yield place


def _check_overlay(overlay: Mapping[str, Any], source: str) -> None:
    version = overlay.get("overlay")
    if not isinstance(version, str) or not version.startswith("1.0."):
        raise SpecificationError(f"{source}: 'overlay' is {version!r}; write `overlay: 1.0.0`.")
    _check_fields(overlay, {"overlay", "info", "extends", "actions"}, source)
    info = overlay.get("info")
    if not isinstance(info, dict) or not {"title", "version"} <= info.keys():
        raise SpecificationError(f"{source}: 'info' must be an object with a 'title' and a 'version'.")
    actions = overlay.get("actions")
    if not isinstance(actions, list) or not actions:
        raise SpecificationError(f"{source}: 'actions' must be a list with at least one action.")


def _check_action(action: object, place: str) -> None:
    if not isinstance(action, dict) or not isinstance(action.get("target"), str):
        raise SpecificationError(f"{place} must be an object with a 'target', a JSONPath (RFC 9535).")
    _check_fields(action, {"target", "description", "update", "remove"}, place)
    for name, kind in (("description", str), ("remove", bool), (WILDCARD, bool), (PUBLISHED, list)):
        if not isinstance(action.get(name, kind()), kind):
            raise SpecificationError(f"{place}: {name!r} must be a {kind.__name__}.")
    if ("update" in action) == action.get("remove", False):
        raise SpecificationError(f"{place} needs either an 'update' or `remove: true`, and not both.")


def _check_fields(value: Mapping[str, Any], known: set[str], place: str) -> None:
    unknown = sorted(name for name in value if name not in known and not name.startswith("x-"))
    if unknown:
        names = ", ".join(sorted(known))
        raise SpecificationError(f"{place} has the unknown field {unknown[0]!r}; known are {names}, x-...")


class _Loader(yaml.SafeLoader):
    """YAML as OpenAPI has it: names are unique strings, and there are no types but JSON's."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - PyYAML's own attribute; a date stays the string that was written
        first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002
        """Raises where PyYAML would not: of two equal names, it would silently keep the last."""
        seen: dict[object, int] = {}
        for key, _ in node.value:
            name = self.construct_object(key, deep=True)
            line = key.start_mark.line + 1
            if not isinstance(name, str):
                raise SpecificationError(f"{self.name}, line {line}: {name!r} is no string. Quote it.")
            if name in seen:
                other = f"{name!r} already exists, on line {seen[name]}"
                raise SpecificationError(f"{self.name}, line {line}: {other}. Remove one of the two.")
            seen[name] = line
        return super().construct_mapping(node, deep=deep)


def _load(path: Path) -> tuple[dict[str, Any], yaml.Node]:
    try:
        with path.open(encoding="utf-8") as stream:
            loader = _Loader(stream)
            node = loader.get_single_node()
            loaded = loader.construct_document(node) if node else None
        # Through JSON: the uses of a YAML anchor become separate values, and what JSON lacks raises.
        document = json.loads(json.dumps(loaded, allow_nan=False))
    except (OSError, ValueError, TypeError, yaml.YAMLError) as error:
        raise SpecificationError(f"{path}: cannot be read: {error}") from error
    if node is None or not isinstance(document, dict):
        raise SpecificationError(f"{path}: must be a YAML or JSON object.")
    return document, node


def _line(node: yaml.Node, path: Sequence[str | int]) -> int:
    """The line of what lies at a path, or of the nearest thing around it."""
    for part in path:
        if isinstance(node, yaml.MappingNode):
            node = next((value for key, value in node.value if key.value == part), node)
        elif isinstance(node, yaml.SequenceNode):
            node = node.value[part]
    return node.start_mark.line + 1


def _validate(specification: dict[str, Any], source: str, node: yaml.Node | None = None) -> None:
    fault = _fault(specification)
    if fault is None:
        return
    path, message = fault
    # A duplicate operation id, for one, has no place of its own: the message names the operations.
    line = f", line {_line(node, path)}" if node and path else ""
    pointer = "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in path)
    advice = advice_on_newer(specification, path, message)
    if len(message) > _MESSAGE_LENGTH:  # it begins with the faulty value, and ends with what is wrong with it
        message = f"{message[: _MESSAGE_LENGTH // 2]} ... {message[-_MESSAGE_LENGTH // 2 :]}"
    raise SpecificationError(f"{source}{line}: not valid OpenAPI 3.0{pointer and ' at '}{pointer}: {message}{advice}")


def _fault(specification: dict[str, Any]) -> tuple[Sequence[str | int], str] | None:
    """The path and the message of the first fault of a specification."""
    try:
        error = next(iter(OpenAPIV30SpecValidator(specification).iter_errors()), None)
    except Unresolvable as fault:
        references = JSONPATH.finditer("$..['$ref']", specification)
        path = next((match.parts for match in references if str(match.obj).endswith(fault.ref)), ())
        return path, f"the reference {fault.ref!r} leads nowhere"
    if error is None:
        return None
    # It stops at the outermost "schema or reference". The fault is in the one of the two that leads further in.
    inner = max(
        _innermost(Draft4Validator(schema_v30).iter_errors(specification)),
        key=lambda each: len(each.absolute_path),
        default=error,
    )
    return list(inner.absolute_path), inner.message.partition("\n")[0]


def _innermost(errors: Iterable[ValidationError]) -> Iterator[ValidationError]:
    for error in errors:
        if error.context:
            yield from _innermost(error.context)
        else:
            yield error


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; gives the exit status."""
    parser = argparse.ArgumentParser(description="Prints a specification with an overlay applied, as JSON.")
    parser.add_argument("specification", type=Path)
    parser.add_argument("overlay", type=Path)
    parser.add_argument("--output", type=Path, metavar="FILE", help="write there instead of printing")
    parser.add_argument("--validate", action="store_true", help="only check that all is well")
    options = parser.parse_args(arguments)
    try:
        effective = effective_specification(options.specification, options.overlay)
    except SpecificationError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    text = json.dumps(effective, indent=2, ensure_ascii=False)
    if options.output:
        options.output.parent.mkdir(parents=True, exist_ok=True)
        options.output.write_text(text + "\n", encoding="utf-8")
    elif not options.validate:
        print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
