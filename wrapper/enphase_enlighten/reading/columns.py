"""Intervals column by column, with no model of each where they are exactly what the generated model says.

What is to be expected is taken from the models themselves, so that it changes with the specification.
"""

from __future__ import annotations

from functools import cache
from itertools import chain
from operator import itemgetter, lt
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, TypeAlias, get_args, get_origin, get_type_hints

from attrs import fields, frozen, has

from ..timing.instants import epoch_seconds
from .json import is_deep, loads, loads_at_any_depth
from .models import TOO_DEEP, check, decode, invalid, model_of, read_object, unset_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..api import Operation, Response
    from ..engine.context import Context
    from ..planning.windows import Window

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


@frozen
class Intervals:
    """The intervals of a response, whatever is in them.

    Attributes:
        response: The response.
        operation: The operation.
        intervals: As they came: decoded objects where all are exactly as specified, else models.
        ends: The `end_at` of each.
        values: The other fields of a row, each as a column; None where there is no value.
    """

    response: Response
    operation: Operation
    intervals: Sequence[Any]
    ends: Sequence[Any]
    values: Sequence[Sequence[Any]]

    def within(self, window: Window, context: Context) -> Sequence[Sequence[Any]]:
        """Return the columns of those that end in a window, in order and each once; `end_at` in epoch seconds first.

        Raises:
            InvalidResponseError: One of them has no end.
        """
        ends = self._epochs(context)
        ordered = all(map(lt, ends, ends[1:]))
        if ordered and ends and window.start < ends[0] and ends[-1] <= window.end:
            return [ends, *self.values]
        places: dict[int, int] = {}
        for place, end in enumerate(ends):
            if window.start < end <= window.end:
                places.setdefault(end, place)
        chosen = [places[end] for end in sorted(places)]
        return [[column[place] for place in chosen] for column in (ends, *self.values)]

    def _epochs(self, context: Context) -> Sequence[int]:
        if set(map(type, self.ends)) <= {int}:
            return self.ends
        ends: list[int] = []
        for place, came in enumerate(self.ends):
            end = epoch_seconds(came)
            if end is None:
                problem = "no epoch seconds, so the interval has no place"
                raise invalid(self.response, context, f"/{self.operation.items}/{place}/end_at", problem)
            ends.append(end)
        return ends


def read_intervals(response: Response, operation: Operation, context: Context) -> Intervals:
    """Read the intervals of a response, with a model of each only where they are not exactly as specified.

    The rest of the body is read as models, and so reported, in any case.

    Raises:
        InvalidResponseError: As for `enphase_enlighten.reading.models.read`.
    """
    # How deep a body is takes long to tell, and matters to what walks through it alone: not to lists that are exact.
    body = decode(response, context, loads if context.settings.strict else loads_at_any_depth)
    check(response, body, context)
    names, items = operation.row._fields[1:], operation.items
    lists = {} if operation.model is None else exact_lists(model_of(context.api, operation.model), body)
    rest = {**body, **{name: [] for name in lists}} if isinstance(body, dict) else body
    if is_deep(rest):
        raise invalid(response, context, "", TOO_DEEP)
    read = read_object(response, rest, "", operation, context)
    if items in lists:
        intervals, columns = body[items], lists[items]
    else:
        intervals = read[items] if operation.model is None else getattr(read, items)
        unset = unset_of(context.api.package)
        columns = {name: [_value(interval, name, unset) for interval in intervals] for name in ("end_at", *names)}
    return Intervals(response, operation, intervals, columns["end_at"], [columns[name] for name in names])


def _value(interval: Any, name: str, unset: object) -> Any:
    # What came in place of an interval has no fields.
    value = interval.get(name) if isinstance(interval, dict) else getattr(interval, name, None)
    return None if value is unset else value
