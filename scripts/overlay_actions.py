"""The effect of one overlay action on a document, and what of the action has none any more."""

from __future__ import annotations

import copy
import json
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import jsonpath
from jsonpath.filter import FilterExpression, InfixExpression
from jsonpath.selectors import Filter

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from jsonpath.filter import BaseExpression
    from jsonpath.segments import JSONPathSegment
    from jsonpath.selectors import JSONPathSelector

# Strict is RFC 9535, without the library's own extensions: another tool must be able to read our targets.
JSONPATH = jsonpath.JSONPathEnvironment(strict=True)

WILDCARD = "x-wildcard"
"""An action with this is for whatever places there are: some of them may be right already."""

PUBLISHED = "x-published"
"""Sentences of the published text that an action replaces, on which what it says rests."""

# The keys of what people read.
_TEXTS = ("['description']", "['summary']")


class ActionError(Exception):
    """An action cannot be applied to the document; the message says why, and what to do."""


class Effect(NamedTuple):
    """What came of an action.

    Attributes:
        changed: Whether it changed anything.
        stale: The places and keys where it has nothing to correct any more.
    """

    changed: bool
    stale: tuple[str, ...]


def apply(document: dict[str, Any], action: Mapping[str, Any]) -> Effect:
    """Applies an action to the document itself.

    Args:
        document: The document.
        action: The action, whose form has been checked.

    Returns:
        What came of it.

    Raises:
        ActionError: The target is no JSONPath, matches nothing, or the update does not fit what it matches.
    """
    try:
        target = JSONPATH.compile(action["target"])
        matches = {match.parts: match for match in target.finditer(document)}
    except jsonpath.JSONPathError as error:
        raise ActionError(f": the target is not a JSONPath: {error.args[0]}") from error
    if not matches:
        raise ActionError(
            " matches nothing. The specification has changed there: correct the target, or remove the action."
        )
    stale = [] if action.get(WILDCARD) else [f"nothing is at {place}" for place in _without_match(target, document)]
    if action.get("remove"):
        if () in matches:
            raise ActionError(" removes the whole document. Select something inside it.")
        # Inner nodes before outer ones, and the last of a list first: the places of the others stay right.
        order = sorted(matches, key=lambda path: (len(path), path[-1] if isinstance(path[-1], int) else -1))
        for path in reversed(order):
            del cast(Any, matches[path].parent).obj[path[-1]]
        return Effect(changed=True, stale=tuple(stale))
    merge = _Merge()
    for match in matches.values():
        merge.update(match.obj, action["update"], match.path)
    stale += merge.unexpected(action.get(PUBLISHED, ()))
    if not action.get(WILDCARD):
        stale += merge.stale
    return Effect(merge.changed, tuple(stale))


def _without_match(target: Any, document: dict[str, Any]) -> list[str]:
    """Finds the parts of a target that match nothing, where it names several places.

    Names in one pair of brackets are several places, and so are the alternatives of a filter.
    """
    if isinstance(target, jsonpath.CompoundJSONPath):
        return []
    alternatives = [list(_alternatives(segment)) for segment in target.segments]
    places = [jsonpath.JSONPath(env=JSONPATH, segments=segments) for segments in product(*alternatives)]
    return [str(place) for place in places if place.match(document) is None] if len(places) > 1 else []


def _alternatives(segment: JSONPathSegment) -> Iterator[JSONPathSegment]:
    for selector in segment.selectors:
        for single in _split(selector):
            yield type(segment)(env=segment.env, token=segment.token, selectors=(single,))


def _split(selector: JSONPathSelector) -> Iterator[JSONPathSelector]:
    if not isinstance(selector, Filter):
        yield selector
        return
    for expression in _operands(selector.expression.expression):
        yield Filter(env=selector.env, token=selector.token, expression=FilterExpression(expression))


def _operands(expression: BaseExpression) -> Iterator[BaseExpression]:
    if isinstance(expression, InfixExpression) and expression.operator == "||":
        yield from _operands(expression.left)
        yield from _operands(expression.right)
    else:
        yield expression


class _Merge:
    """Merges updates into nodes, and keeps account of what that changes."""

    def __init__(self) -> None:
        self.changed = False
        self.stale: list[str] = []
        self._replaced: dict[str, str] = {}

    def unexpected(self, sentences: Sequence[str]) -> Iterator[str]:
        """Finds sentences that no replaced text has, or replaced texts where there are no sentences."""
        quoted = [" ".join(sentence.split()) for sentence in sentences]
        texts = {place: " ".join(text.split()) for place, text in self._replaced.items()}
        for sentence in quoted:
            if not any(sentence in text for text in texts.values()):
                yield f"the published text does not say {sentence!r}, on which it rests"
        for place in texts if not quoted else ():
            if place.endswith(_TEXTS):
                yield f"{place} is published too, and no sentence of {PUBLISHED} says what of it is wrong"

    def update(self, node: Any, value: Any, path: str) -> None:
        """Updates what a target selects at a path."""
        if isinstance(node, list):
            self._append(node, [value], path)
        elif isinstance(node, dict) and isinstance(value, dict):
            self._merge(node, value, path)
        else:
            raise ActionError(
                f": a {_kind(value)} cannot update the {_kind(node)} at {path}. "
                "Select the object around it, and update that with an object."
            )

    def _merge(self, target: dict[str, Any], update: Mapping[str, Any], path: str) -> None:
        if not update:
            self.stale.append(f"{path} is right already")
        for name, value in update.items():
            present, place = target.get(name), f"{path}[{name!r}]"
            if isinstance(present, dict) and isinstance(value, dict):
                self._merge(present, value, place)
            elif isinstance(present, list) and isinstance(value, list):
                self._append(present, value, place)
            elif name in target and (isinstance(present, dict | list) or isinstance(value, dict | list)):
                # Overlay 1.1.0 says so in as many words; 1.0.0 only asks that the two be compatible.
                raise ActionError(
                    f": {name!r} is a {_kind(present)}, and the update has a {_kind(value)} for it. "
                    "Remove it with an action before, if it is to be replaced."
                )
            elif name in target and _same(present, value):
                self.stale.append(f"{place} is right already")
            else:
                if isinstance(present, str):
                    self._replaced[place] = present
                target[name] = copy.deepcopy(value)
                self.changed = True

    def _append(self, present: list[Any], values: list[Any], path: str) -> None:
        known = [value for value in values if any(_same(value, other) for other in present)]
        self.stale += [f"{path} has {json.dumps(value)} already" for value in known]
        if not values:
            self.stale.append(f"{path} is right already")
        present.extend(copy.deepcopy(values))
        self.changed = self.changed or bool(values)


def _same(one: Any, other: Any) -> bool:
    # True is not 1 in JSON.
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def _kind(value: object) -> str:
    if isinstance(value, dict):
        return "object"
    return "list" if isinstance(value, list) else "single value"
