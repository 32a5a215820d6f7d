"""Which columns a data frame of each series has, and what a column can hold."""

from __future__ import annotations

import math
from datetime import date, datetime
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import tzinfo

UNITS = {
    "powr": "W",
    "enwh": "Wh",
    "wh_del": "Wh",
    "production": "Wh",
    "micro_production": "Wh",
    "meter_production": "Wh",
    "consumption": "Wh",
}
"""The unit of each field that has one, as the documentation of the rows says."""

MICROSECONDS = 1_000_000

# The last second that a datetime can show in every timezone.
_LATEST = 253402128000


class Kind(Enum):
    """What a column holds, beside nulls: whole numbers, texts, lists of texts, instants or days."""

    WHOLE = auto()
    TEXT = auto()
    TEXTS = auto()
    TIME = auto()
    DAY = auto()


_BOUNDS: Mapping[Kind, tuple[int, int]] = {Kind.WHOLE: (-(2**63), 2**63 - 1), Kind.TIME: (0, _LATEST)}
"""The least and the greatest integer that a column takes."""


def whole_number(value: Any) -> int:
    """Return what a column of 64-bit integers can hold; the integer 1.0 is 1, as JSON has but one kind of number."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or not -(2**63) <= value < 2**63:
        raise ValueError
    return value


def text(value: Any) -> str:
    """Return a plain string, also for a member of an enumeration: the libraries look at the exact type."""
    if not isinstance(value, str):
        raise ValueError  # noqa: TRY004 - one error for all that a column cannot hold
    return str(value)


def texts(value: Any) -> list[str]:
    """Return a list of plain strings."""
    return [text(item) for item in value]


def microseconds(value: Any) -> int:
    """Return the microseconds of the epoch for epoch seconds or an aware datetime."""
    seconds = math.floor(value.timestamp()) if isinstance(value, datetime) else whole_number(value)
    if not 0 <= seconds <= _LATEST:
        raise ValueError
    return seconds * MICROSECONDS


def day(value: date) -> date:
    """Return a date: those of a series are made here, not read."""
    return value


ACCEPTED: Mapping[Kind, Callable[[Any], Any]] = {
    Kind.WHOLE: whole_number,
    Kind.TEXT: text,
    Kind.TEXTS: texts,
    Kind.TIME: microseconds,
    Kind.DAY: day,
}
"""Turns a value into what a column holds, or raises `ValueError`."""


def accepted_whole(kind: Kind, values: Sequence[Any]) -> Sequence[int]:
    """Turn all values of a column as `ACCEPTED` does each; raises `ValueError` unless all are integers that fit."""
    if kind not in _BOUNDS or not set(map(type, values)) <= {int}:
        raise ValueError
    least, most = _BOUNDS[kind]
    if values and (min(values) < least or max(values) > most):
        raise ValueError
    return [value * MICROSECONDS for value in values] if kind is Kind.TIME else values


@frozen
class Layout:
    """How rows become a frame.

    Attributes:
        columns: What each column holds, by name, in order.
        read: Gives the values of a row in the same order.
        index: The column that is the index where a library has one.
        zone: Gives the timezone of the instants, UTC if there is none; asked once all rows were read.
    """

    columns: Mapping[str, Kind]
    read: Callable[[Any], Iterable[Any]]
    index: str | None = None
    zone: Callable[[], tzinfo | None] = lambda: None


def row_layout(fields: Sequence[str], zone: Callable[[], tzinfo | None] = lambda: None) -> Layout:
    """Return the layout of a series whose rows have these fields, the first of which says when."""
    when, *quantities = fields
    columns = {f"{name}_{UNITS[name]}" if name in UNITS else name: Kind.WHOLE for name in quantities}
    return Layout({when: Kind.DAY if when == "date" else Kind.TIME, **columns}, iter, when, zone)


SYSTEM_COLUMNS: Mapping[str, Kind] = {
    "system_id": Kind.WHOLE,
    "system_name": Kind.TEXT,
    "system_public_name": Kind.TEXT,
    "country": Kind.TEXT,
    "state": Kind.TEXT,
    "city": Kind.TEXT,
    "postal_code": Kind.TEXT,
    "timezone": Kind.TEXT,
    "connection_type": Kind.TEXT,
    "status": Kind.TEXT,
    "reference": Kind.TEXT,
    "other_references": Kind.TEXTS,
}
META_COLUMNS: Mapping[str, Kind] = {
    "status": Kind.TEXT,
    "last_report_at": Kind.TIME,
    "last_energy_at": Kind.TIME,
    "operational_at": Kind.TIME,
}


def system_layout() -> Layout:
    """Return the layout of a listing of systems: their properties, and those of `meta` with a prefix."""
    meta_columns = {f"meta_{name}": kind for name, kind in META_COLUMNS.items()}
    return Layout({**SYSTEM_COLUMNS, **meta_columns}, _system_values)


def _system_values(system: Any) -> Iterable[Any]:
    yield from (getattr(system, name) for name in SYSTEM_COLUMNS)
    # A system whose `meta` is missing or null has none of its properties.
    yield from (getattr(system.meta, name, None) for name in META_COLUMNS)
