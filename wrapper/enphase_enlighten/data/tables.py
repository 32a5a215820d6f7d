"""Data frames of pandas, polars and Arrow, whose columns are filled while the rows stream past.

Names and units, nulls, and values that are not as specified: `docs/decisions/units-in-frames.md`. How intervals get
here: `docs/decisions/rows-and-columns.md`.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, tzinfo
from enum import Enum, auto
from importlib import import_module
from typing import Any, cast

from attrs import frozen

from ..errors import DroppedValuesWarning, warn_caller
from ..extras import load
from ..timing.numbers import LATEST, epoch_seconds, whole_number

UNITS = {
    "powr": "W",
    "enwh": "Wh",
    "wh_del": "Wh",
    "production": "Wh",
    "micro_production": "Wh",
    "meter_production": "Wh",
    "consumption": "Wh",
    "charge": "Wh",
    "discharge": "Wh",
    "soc": "percent",
    "wh_imported": "Wh",
    "wh_exported": "Wh",
    "wh_consumed": "Wh",
    "import_": "Wh",
    "export": "Wh",
}
"""The unit of each field that has one, as the documentation of the rows says."""

TEXTS = frozenset({"serial_number"})
"""The fields of rows that are texts."""

MICROSECONDS = 1_000_000


class Kind(Enum):
    """What a column holds, beside nulls: whole or other numbers, flags, texts, lists of texts, instants or days.

    Amounts are whole numbers, unless one of them has a fraction: all of the column are floats then.
    """

    WHOLE = auto()
    AMOUNT = auto()
    NUMBER = auto()
    FLAG = auto()
    TEXT = auto()
    TEXTS = auto()
    TIME = auto()
    DAY = auto()


_PACKED = (Kind.WHOLE, Kind.AMOUNT, Kind.TIME)
"""The kinds whose columns are arrays of 64-bit integers, as long as they have no null."""


def _time(value: Any) -> int | None:
    return epoch_seconds(math.floor(value.timestamp()) if isinstance(value, datetime) else value)


def _amount(value: Any) -> int | float | None:
    whole = whole_number(value)
    return value if whole is None and type(value) is float and math.isfinite(value) else whole


def _texts(value: Any) -> list[str] | None:
    is_held = isinstance(value, list) and all(isinstance(item, str) for item in value)
    return [str(item) for item in value] if is_held else None


_HELD: Mapping[Kind, Callable[[Any], Any]] = {
    Kind.WHOLE: whole_number,
    Kind.AMOUNT: _amount,
    Kind.NUMBER: lambda value: float(value) if type(value) in (int, float) else None,
    Kind.FLAG: lambda value: value if isinstance(value, bool) else None,
    # A plain string, also for a member of an enumeration: the libraries look at the exact type.
    Kind.TEXT: lambda value: str(value) if isinstance(value, str) else None,
    Kind.TEXTS: _texts,
    Kind.TIME: _time,
    Kind.DAY: lambda value: value if isinstance(value, date) else None,
}
"""Returns a value, whatever it is, as a column holds it; None where it cannot: times are in epoch seconds."""


def _packed(kind: Kind, values: Sequence[Any]) -> Sequence[Any]:
    """Return all values of a column at once as `_HELD` does each, or raise: not all are texts, or integers that fit."""
    if kind is Kind.TEXT and set(map(type, values)) <= {str}:
        return values
    if kind not in _PACKED or not set(map(type, values)) <= {int}:
        raise ValueError
    integers = array("q", values)
    if kind is Kind.TIME and values and not 0 <= min(values) <= max(values) <= LATEST:
        raise ValueError
    return integers


def in_microseconds(seconds: Iterable[int | None]) -> list[int | None]:
    """Return a column of times in microseconds of the epoch."""
    return [None if value is None else value * MICROSECONDS for value in seconds]


@frozen
class Layout:
    """How rows become a frame: `read` returns the values of a row in the order of `columns`.

    `index` is the column that is the index where a library has one. `zone` returns the timezone of the instants, None
    for UTC, once all rows were read. `unset` is the value, beside None, of a property that a body does not have.
    """

    columns: Mapping[str, Kind]
    read: Callable[[Any], Iterable[Any]]
    index: str | None = None
    zone: Callable[[], tzinfo | None] = lambda: None
    unset: object = None


NO_COLUMNS = Layout({}, lambda _entry: ())
"""The layout of entries that are not for data frames."""


def row_layout(
    fields: Sequence[str], zone: Callable[[], tzinfo | None] = lambda: None, *, fractional: bool = False
) -> Layout:
    """Return the layout of a series whose rows have these fields, the first of which says when.

    With `fractional`, a fraction among whole numbers makes them all floats; otherwise it is null.
    """
    when, *quantities = fields
    whole = Kind.AMOUNT if fractional else Kind.WHOLE
    names = {name: f"{name.rstrip('_')}_{UNITS[name]}" if name in UNITS else name for name in quantities}
    columns = {names[name]: Kind.TEXT if name in TEXTS else whole for name in quantities}
    return Layout({when: Kind.DAY if when == "date" else Kind.TIME, **columns}, iter, when, zone)


EXTRAS = {"pandas": "pandas", "polars": "polars", "pyarrow": "arrow"}
"""The extra that installs each library, and narwhals, which works with all of them."""

_DAY = 86_400 * MICROSECONDS
_EPOCH = date(1970, 1, 1)


class Filling:
    """Columns while they are filled, times in epoch seconds; a missing value, or one that does not fit, is null."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.columns: dict[str, Any] = {}
        self.clear()
        self._dropped: dict[str, int] = {}

    def clear(self) -> None:
        """Drop all rows."""
        self.columns = {name: array("q") if kind in _PACKED else [] for name, kind in self.layout.columns.items()}

    def add(self, row: Any) -> None:
        """Add a row."""
        layout = self.layout
        for (name, kind), value in zip(layout.columns.items(), layout.read(row), strict=True):
            held = None
            # By identity, since a value may be anything that JSON has.
            if value is not None and value is not layout.unset:
                held = _HELD[kind](value)
                if held is None:
                    self._dropped[name] = self._dropped.get(name, 0) + 1
            if type(held) is not int and isinstance(self.columns[name], array):
                self.columns[name] = self.columns[name].tolist()
            self.columns[name].append(held)

    def extend(self, columns: Sequence[Sequence[Any]]) -> None:
        """Add many rows, given as columns in the order of the layout; see `add`."""
        try:
            arrays = [_packed(kind, column) for kind, column in zip(self.layout.columns.values(), columns, strict=True)]
        except (OverflowError, ValueError):
            for row in zip(*columns, strict=True):
                self.add(row)
            return
        for column, values in zip(self.columns.values(), arrays, strict=True):
            column.extend(values)

    @property
    def dropped(self) -> str:
        """How many values of which columns are null because they are not as specified; empty where there are none."""
        return ", ".join(f"{count} in {name}" for name, count in self._dropped.items())


class Table(Filling):
    """The columns of a frame of pandas, polars or pyarrow, which must be installed, while they are filled."""

    def __init__(self, layout: Layout, library: str) -> None:
        for module in ("narwhals", library):
            load(module, EXTRAS[library], f"to_{EXTRAS[library]}()")
        super().__init__(layout)
        self._library = library

    def frame(self) -> Any:
        """Return the library's frame, and warn the application of values that are missing in it."""
        import narwhals as nw

        layout = self.layout
        # The libraries know timezones by name; instants of a tzinfo that has none are right in UTC.
        zone = str(getattr(layout.zone(), "key", None) or UTC)
        frame = nw.from_dict({name: self._series(name, kind, zone) for name, kind in layout.columns.items()})
        if layout.index is not None:
            frame = nw.maybe_set_index(frame, layout.index)
        if self.dropped:
            message = f"Null in the frame because they do not match the specification: {self.dropped}. "
            warn_caller(DroppedValuesWarning(message + "Iterate over the series to get the original values."))
        return frame.to_native()

    def _series(self, name: str, kind: Kind, zone: str) -> Any:
        import narwhals as nw

        items: Any = self.columns[name]
        dtype: Any
        if kind is Kind.AMOUNT:
            kind = Kind.NUMBER if float in set(map(type, items)) else Kind.WHOLE
        if kind is Kind.NUMBER:
            items = [None if value is None else float(value) for value in items]
        match kind, self._library:
            case Kind.TIME, "pandas" if isinstance(items, array):
                items, dtype = _as_numpy(items) * MICROSECONDS, nw.Datetime("us", zone)
            case Kind.TIME, _:
                items, dtype = in_microseconds(items), nw.Datetime("us", zone)
            case Kind.DAY, "pandas":
                # pandas has no column of dates; midnight without a timezone is what its tools for dates expect.
                items, dtype = [(day - _EPOCH).days * _DAY for day in items], nw.Datetime("us")
            case Kind.WHOLE, "pandas":
                # The integers of narwhals cannot be null.
                whole = _as_numpy(items) if isinstance(items, array) else items
                items, dtype = import_module("pandas").array(whole, dtype="Int64"), None
            case Kind.NUMBER | Kind.FLAG, "pandas":
                name_of_dtype = "Float64" if kind is Kind.NUMBER else "boolean"
                items, dtype = import_module("pandas").array(items, dtype=name_of_dtype), None
            case Kind.TEXTS, "pandas":
                # Lists proper would need pyarrow.
                dtype = nw.Object
            case _:
                numbers = {Kind.WHOLE: nw.Int64, Kind.NUMBER: nw.Float64, Kind.FLAG: nw.Boolean}
                others = {Kind.DAY: nw.Date, Kind.TEXT: nw.String, Kind.TEXTS: nw.List(nw.String), **numbers}
                dtype = others[kind]
        return nw.new_series(name, items, dtype, backend=cast(Any, self._library))


def _as_numpy(integers: array[int]) -> Any:
    return import_module("numpy").frombuffer(integers, dtype="int64")
