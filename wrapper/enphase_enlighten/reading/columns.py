"""Decoded objects column by column, where they are exactly what a generated model says, with no model of each.

What is to be expected is taken from the models themselves, so that it changes with the specification.
"""

from __future__ import annotations

from functools import cache
from itertools import chain
from operator import itemgetter
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, TypeAlias, get_args, get_origin, get_type_hints

from attrs import fields, frozen, has

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NamedColumns: TypeAlias = "Mapping[str, Sequence[Any]]"

# The types of decoded values that a model takes without noting anything.
_LEAVES: Mapping[Any, set[type]] = {
    int: {int},
    float: {float, int},
    str: {str},
    bool: {bool},
    NoneType: {NoneType},
}


@frozen
class _Expected:
    """What a property is to be: of these types, or a list of the objects of a model."""

    types: set[type]
    item: type | None


def exact_lists(model: type, body: object) -> dict[str, NamedColumns]:
    """Find the lists of objects in a decoded body of which reading them as models would have nothing to note.

    Properties of the objects that the specification does not name do not matter: they are never noted.

    Args:
        model: The generated class of the body.
        body: What was decoded, whatever it is.

    Returns:
        For each list by its name, the values of its objects: a column for each property.
    """
    if not isinstance(body, dict):
        return {}
    found = {
        name: _columns(expected.item, body[name])
        for name, expected in _properties(model).items()
        if expected.item is not None and type(body.get(name)) is list
    }
    return {name: columns for name, columns in found.items() if columns is not None}


def _columns(model: type, objects: Sequence[Any]) -> NamedColumns | None:
    properties = _properties(model)
    try:
        columns = {name: list(map(itemgetter(name), objects)) for name in properties}
    except (KeyError, TypeError):
        # Something is missing, or is no object.
        return None
    return columns if all(_fits(columns[name], expected) for name, expected in properties.items()) else None


def _fits(values: Sequence[Any], expected: _Expected) -> bool:
    types = set(map(type, values))
    if expected.item is None:
        return types <= expected.types
    return types <= {list} and _columns(expected.item, list(chain.from_iterable(values))) is not None


@cache
def _properties(model: type) -> Mapping[str, _Expected]:
    hints = get_type_hints(model)
    return {field.name: _expected(hints[field.name]) for field in fields(model) if field.init}


def _expected(hint: Any) -> _Expected:
    # Nothing fits what is neither here nor there, such as an enumeration: only a model can tell.
    options = get_args(hint) if isinstance(hint, UnionType) else (hint,)
    types = set[type]().union(*(_LEAVES.get(option, ()) for option in options))
    items = [item for option in options if get_origin(option) is list for item in get_args(option) if has(item)]
    return _Expected(types, items[0] if items else None)
