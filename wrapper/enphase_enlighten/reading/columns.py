"""Intervals column by column, with no model of each where they are exactly what the generated model says.

What is to be expected is taken from the models themselves, so that it changes with the specification.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from functools import cache, partial
from itertools import chain, repeat
from operator import itemgetter, lt
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, get_args, get_origin, get_type_hints

from attrs import fields, has

from ..timing.numbers import whole_number
from .json import is_deep, loads, loads_at_any_depth
from .models import TOO_DEEP, invalid, model_of, property_of, read_json, read_object, unset_of

if TYPE_CHECKING:
    from ..api import Operation, Response
    from ..engine.context import Context
    from ..planning.windows import Window

# The types of decoded values that a model takes without noting anything.
_LEAVES: Mapping[Any, set[type]] = {int: {int}, float: {float, int}, str: {str}, bool: {bool}, NoneType: {NoneType}}


def exact_lists(model: type, body: object) -> dict[str, dict[str, list[Any]]]:
    """Find the lists of objects in a decoded body of which reading them as models would have nothing to note.

    Each is returned by its name, as a column for each property. Properties of the objects that the specification does
    not name do not matter: they are never noted.
    """
    if not isinstance(body, dict):
        return {}
    found = {
        name: exact_columns(item, body[name])
        for name, (_types, item, _model) in _properties(model).items()
        if item is not None and type(body.get(name)) is list
    }
    return {name: columns for name, columns in found.items() if columns is not None}


def exact_columns(model: type, objects: Sequence[Any]) -> dict[str, list[Any]] | None:
    """Return the properties of decoded objects as columns; None where reading one would have something to note."""
    properties = _properties(model)
    try:
        columns = {name: list(map(itemgetter(name), objects)) for name in properties}
    except (KeyError, TypeError):
        # Something is missing, or is no object.
        return None
    return columns if all(_fits(columns[name], *expected) for name, expected in properties.items()) else None


def _fits(values: Sequence[Any], types: set[type], item: type | None, model: type | None = None) -> bool:
    found = set(map(type, values))
    if model is not None:
        return found <= {dict} and exact_columns(model, values) is not None
    if item is None:
        return found <= types
    return found <= {list} and exact_columns(item, list(chain.from_iterable(values))) is not None


@cache
def _properties(model: type) -> Mapping[str, tuple[set[type], type | None, type | None]]:
    """Return what each property is to be: of these types, a list of the objects of a model, or the object of one."""
    hints = get_type_hints(model)
    return {field.name: _expected(hints[field.name]) for field in fields(model) if field.init}


def _expected(hint: Any) -> tuple[set[type], type | None, type | None]:
    # Nothing fits what is neither here nor there, such as an enumeration: only a model can tell.
    options = get_args(hint) if isinstance(hint, UnionType) else (hint,)
    types = set[type]().union(*(_LEAVES.get(option, ()) for option in options))
    items = [item for option in options if get_origin(option) is list for item in get_args(option) if has(item)]
    return types, items[0] if items else None, hint if isinstance(hint, type) and has(hint) else None


NO_PLACE = "no epoch seconds, so the interval has no place"


def read_columns(response: Response, operation: Operation, context: Context) -> Sequence[Sequence[Any]]:
    """Read the intervals of a response as columns, one for each field of a row; `end_at`, in epoch seconds, is first.

    There is a model of each interval only where they are not exactly as specified. The rest of the body is read as
    models, and so reported, in any case.

    Raises:
        APIStatusError: The status is not one of success.
        InvalidResponseError: As for `enphase_enlighten.reading.models.read`, or an interval has no end.
    """
    # How deep a body is takes long to tell, and matters to what walks through it alone: not to lists that are exact.
    body = read_json(response, context, loads if context.settings.strict else loads_at_any_depth)
    package, items = context.api.package, operation.items
    lists = {} if operation.model is None else exact_lists(model_of(package, operation.model), body)
    rest = {**body, **{name: [] for name in lists}} if isinstance(body, dict) else body
    if is_deep(rest):
        raise invalid(response, context, "", TOO_DEEP)
    result = read_object(response, rest, "", operation, context)
    names = ("end_at", *operation.row._fields[1:])
    if items in lists:
        columns = [lists[items][name] for name in names]
    else:
        # What came in place of an interval has no properties.
        intervals, unset = property_of(result, items), unset_of(package)
        values = ([property_of(interval, name) for interval in intervals] for name in names)
        columns = [[None if value is unset else value for value in column] for column in values]
    if not set(map(type, columns[0])) <= {int}:
        columns[0] = [whole_number(end, -math.inf, math.inf) for end in columns[0]]
        if None in columns[0]:
            raise invalid(response, context, f"/{items}/{columns[0].index(None)}/end_at", NO_PLACE)
    return columns


def rows_of(row: Any, columns: Sequence[Sequence[Any]], zone: tzinfo) -> list[Any]:
    """Return the rows of columns, the first of which has their ends in epoch seconds."""
    ends, *values = columns
    # What `_make` of a named tuple does, without a function of Python called for each row.
    make = partial(tuple.__new__, row)
    return list(map(make, zip(map(datetime.fromtimestamp, ends, repeat(zone)), *values, strict=True)))


def within(columns: Sequence[Sequence[Any]], window: Window) -> Sequence[Sequence[Any]]:
    """Return the columns of the intervals that end in a window, in order and each once; see `read_columns`."""
    ends = columns[0]
    ordered = all(map(lt, ends, ends[1:]))
    if ordered and ends and window.start < ends[0] and ends[-1] <= window.end:
        return columns
    places: dict[int, int] = {}
    for place, end in enumerate(ends):
        if window.start < end <= window.end:
            places.setdefault(end, place)
    chosen = [places[end] for end in sorted(places)]
    return [[column[place] for place in chosen] for column in columns]
