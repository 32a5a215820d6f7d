"""Intervals in the forms that responses have them: in one list, in a list for each day, or in a list for each device.

Either form of list is read whatever the specification says. As in `enphase_enlighten.reading.columns`, there is a model
of each interval only where they are not exactly as specified, or where models are asked for.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from itertools import chain
from operator import itemgetter
from types import UnionType
from typing import TYPE_CHECKING, Any, NamedTuple, get_args, get_origin, get_type_hints

from attrs import has

from ..timing.numbers import whole_number
from .columns import NO_PLACE, exact_columns
from .json import is_deep, loads, loads_at_any_depth
from .models import TOO_DEEP, invalid, model_of, property_of, read_json, read_object, unset_of

if TYPE_CHECKING:
    from ..api import Operation, Response
    from ..engine.context import Context


class Intervals(NamedTuple):
    """What a response has: its body, and its intervals as columns, one for each field of a row.

    Attributes:
        body: The body as a model, or decoded where there is none; without the intervals, unless models were asked for.
        columns: The first has `end_at`, in epoch seconds.
        devices: What tells the devices apart that it has, also those without intervals; empty where it is of a system.
    """

    body: Any
    columns: Sequence[Sequence[Any]]
    devices: tuple[Any, ...] = ()


def read_intervals(response: Response, operation: Operation, context: Context, *, models: bool = False) -> Intervals:
    """Read the intervals of a response.

    Raises:
        APIStatusError: The status is not one of success.
        InvalidResponseError: As for `enphase_enlighten.reading.models.read`, or an interval has no end.
    """
    body = read_json(response, context, loads if context.settings.strict or models else loads_at_any_depth)
    items, package = operation.items, context.api.package
    found = body.get(items) if isinstance(body, dict) else None
    columns = None
    devices = _devices(_flat(found), operation) if isinstance(found, list) else ()
    if isinstance(found, list) and operation.model is not None:
        entry, is_nested = _form(model_of(package, operation.model), items)
        flat = _flat(found)
        if not models and entry is not None and exact_columns(entry, flat) is not None:
            columns = _columns(flat, operation)
            body = {**body, items: []}
        elif not (is_nested and all(isinstance(each, list) for each in found)):
            body = {**body, items: [flat] if is_nested else flat}
    if is_deep(body):
        raise invalid(response, context, "", TOO_DEEP)
    result = read_object(response, body, "", operation, context)
    if columns is None:
        unset = unset_of(package)
        columns = [
            [None if value is unset else value for value in column]
            for column in _columns(_flat(property_of(result, items) or ()), operation)
        ]
    if not set(map(type, columns[0])) <= {int}:
        columns[0] = [whole_number(end, -math.inf, math.inf) for end in columns[0]]
        if None in columns[0]:
            raise invalid(response, context, f"/{items}/{columns[0].index(None)}/end_at", NO_PLACE)
    return Intervals(result, columns, devices)


def _devices(entries: Sequence[Any], operation: Operation) -> tuple[Any, ...]:
    if operation.devices is None:
        return ()
    return tuple(tuple(property_of(device, name) for name in operation.devices.fields) for device in entries)


def _flat(found: Sequence[Any]) -> list[Any]:
    """Return the entries of a list of entries, or of lists of them, in order."""
    if list not in set(map(type, found)):
        return list(found)
    return list(chain.from_iterable(each if isinstance(each, list) else [each] for each in found))


@cache
def _form(model: type, items: str) -> tuple[type | None, bool]:
    """Return the model of an entry of a list, and whether the specification has a list of lists of them."""
    hint, depth = get_type_hints(model)[items], 0
    while get_origin(hint) is list:
        (hint,), depth = get_args(hint), depth + 1
    # Where the specification has both forms, the plain one comes first.
    entry = get_args(hint)[0] if isinstance(hint, UnionType) else hint
    return entry if has(entry) else None, depth > 1


def _columns(entries: Sequence[Any], operation: Operation) -> list[list[Any]]:
    """Return the columns of intervals, or of those of devices, decoded or as models."""
    names = ("end_at", *operation.row._fields[1:])
    owners: Sequence[Any] = ()
    of_device: frozenset[str] = frozenset()
    if operation.devices is not None:
        of_device = operation.devices.fields
        lists = [(device, property_of(device, operation.devices.intervals)) for device in entries]
        owners = [device for device, intervals in lists if isinstance(intervals, list) for _ in intervals]
        entries = list(chain.from_iterable(intervals for _, intervals in lists if isinstance(intervals, list)))
    paths = {name: operation.fields.get(name, name).split(".") for name in names}
    return [_column(owners if name in of_device else entries, path) for name, path in paths.items()]


def _column(values: Sequence[Any], path: Sequence[str]) -> list[Any]:
    for name in path:
        try:
            values = list(map(itemgetter(name), values))
        except (KeyError, TypeError):
            values = [property_of(value, name) for value in values]
    return list(values)
