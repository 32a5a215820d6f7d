"""Series as data frames of pandas, polars and Arrow, whose columns fill up while what was fetched streams past.

Names and units, nulls, and what becomes of a value that is not as specified: `docs/decisions/units-in-frames.md`. How
intervals get here: `docs/decisions/rows-and-columns.md`.
"""

from __future__ import annotations

import warnings
from abc import abstractmethod
from datetime import UTC, date
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from ..errors import DroppedValuesWarning
from ..extras import load
from .layouts import ACCEPTED, MICROSECONDS, Kind, accepted_whole

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, Iterable, Sequence

    import pandas as pd
    import polars as pl
    import pyarrow as pa  # type: ignore[import-untyped]  # it ships no types

    from .layouts import Layout

EXTRAS = {"pandas": "pandas", "polars": "polars", "pyarrow": "arrow"}
"""The extra of this distribution that brings each library, and narwhals, which speaks to all of them."""

_DAY = 86_400 * MICROSECONDS
_EPOCH = date(1970, 1, 1)


class Table:
    """The columns of a frame as they fill up.

    Args:
        layout: How rows become a frame.
        library: ``pandas``, ``polars`` or ``pyarrow``.

    Raises:
        ConfigurationError: The library is not installed.
    """

    def __init__(self, layout: Layout, library: str) -> None:
        _require(library)
        from enlighten_v2.types import UNSET

        self._unset = UNSET
        self._layout = layout
        self._library = library
        self._columns: dict[str, list[Any]] = {name: [] for name in layout.columns}
        self._dropped: dict[str, int] = {}

    def add(self, row: Any) -> None:
        """Take in a row: null where there is no value, or none that the column can hold."""
        self._append(self._layout.read(row))

    def extend(self, columns: Sequence[Sequence[Any]]) -> None:
        """Take in many rows, given as columns in the order of the layout; as `add` takes in each."""
        kinds = self._layout.columns.values()
        try:
            accepted = [accepted_whole(kind, column) for kind, column in zip(kinds, columns, strict=True)]
        except ValueError:
            for row in zip(*columns, strict=True):
                self._append(row)
            return
        for column, values in zip(self._columns.values(), accepted, strict=True):
            column.extend(values)

    def _append(self, values: Iterable[Any]) -> None:
        for (name, kind), value in zip(self._layout.columns.items(), values, strict=True):
            accepted = None
            # By identity, since a value may be anything that JSON has.
            if value is not None and value is not self._unset:
                try:
                    accepted = ACCEPTED[kind](value)
                except ValueError:
                    self._dropped[name] = self._dropped.get(name, 0) + 1
            self._columns[name].append(accepted)

    def frame(self) -> Any:
        """Return the library's frame, and tell the caller's caller which values are missing in it."""
        import narwhals as nw

        # The libraries know timezones by name; instants of a tzinfo that has none are right in UTC.
        zone = str(getattr(self._layout.zone(), "key", None) or UTC)
        frame = nw.from_dict({name: self._series(name, kind, zone) for name, kind in self._layout.columns.items()})
        if self._layout.index is not None:
            frame = nw.maybe_set_index(frame, self._layout.index)
        if self._dropped:
            counts = ", ".join(f"{count} in {name}" for name, count in self._dropped.items())
            warnings.warn(
                DroppedValuesWarning(
                    f"Null in the frame because they are not what the specification says: {counts}. Iterate over the "
                    "series to get these values as they came."
                ),
                stacklevel=4,
            )
        return frame.to_native()

    def _series(self, name: str, kind: Kind, zone: str) -> Any:
        import narwhals as nw

        items: Any = self._columns[name]
        dtype: Any
        match kind, self._library:
            case Kind.TIME, _:
                dtype = nw.Datetime("us", zone)
            case Kind.DAY, "pandas":
                # pandas has no column of dates; midnight without a timezone is what its tools for dates expect.
                items, dtype = [(day - _EPOCH).days * _DAY for day in items], nw.Datetime("us")
            case Kind.WHOLE, "pandas":
                # The integers that narwhals would make know no null.
                items, dtype = import_module("pandas").array(items, dtype="Int64"), None
            case Kind.TEXTS, "pandas":
                # Lists proper would need pyarrow.
                dtype = nw.Object
            case _:
                dtype = {Kind.DAY: nw.Date, Kind.WHOLE: nw.Int64, Kind.TEXT: nw.String, Kind.TEXTS: nw.List(nw.String)}[
                    kind
                ]
        return nw.new_series(name, items, dtype, backend=cast(Any, self._library))


def _require(library: str) -> None:
    extra = EXTRAS[library]
    for module in ("narwhals", library):
        load(module, extra, f"to_{extra}()")


class Frames:
    """What can be exported as a data frame, row by row."""

    def to_pandas(self) -> pd.DataFrame:
        """Return all rows as a pandas frame; spends what iterating over them spends.

        Rows with an `end_at` are indexed by it, aware and in the system's timezone (in UTC where ``timezone=`` had no
        IANA name); systems are numbered, and their times are in UTC. Columns have the fields' names, with the unit
        where there is one: ``enwh_Wh``. Integers are nullable (``Int64``).

        Returns:
            A `pandas.DataFrame`, with all columns even when there are no rows.

        Raises:
            ConfigurationError: The extra ``pandas`` is not installed; nothing is spent then.
            EnlightenError: As while iterating.

        Warns:
            DroppedValuesWarning: Values that are not what the specification says are null in the frame.

        Example:
            >>> hour = client.stats(system_id, start_at="2024-06-01T10:00", end_at="2024-06-01T11:00")
            >>> frame = hour.to_pandas()
            >>> frame.index.name, list(frame.columns), len(frame)
            ('end_at', ['powr_W', 'enwh_Wh', 'devices_reporting'], 12)
        """
        frame: pd.DataFrame = self._frame("pandas")
        return frame

    def to_polars(self) -> pl.DataFrame:
        """Return all rows as a polars frame; spends what iterating over them spends.

        As `to_pandas`, with `end_at` as the first column: a ``Datetime`` with the time zone.

        Returns:
            A `polars.DataFrame`, with all columns even when there are no rows.

        Raises:
            ConfigurationError: The extra ``polars`` is not installed; nothing is spent then.
            EnlightenError: As while iterating.

        Warns:
            DroppedValuesWarning: Values that are not what the specification says are null in the frame.

        Example:
            >>> hour = client.stats(system_id, start_at="2024-06-01T10:00", end_at="2024-06-01T11:00")
            >>> hour.to_polars().columns
            ['end_at', 'powr_W', 'enwh_Wh', 'devices_reporting']
        """
        frame: pl.DataFrame = self._frame("polars")
        return frame

    def to_arrow(self) -> pa.Table:
        """Return all rows as an Arrow table; spends what iterating over them spends.

        As `to_polars`; `end_at` is a ``timestamp`` with the time zone.

        Returns:
            A `pyarrow.Table`, with all columns even when there are no rows.

        Raises:
            ConfigurationError: The extra ``arrow`` is not installed; nothing is spent then.
            EnlightenError: As while iterating.

        Warns:
            DroppedValuesWarning: Values that are not what the specification says are null in the table.

        Example:
            >>> client.systems().to_arrow().num_rows
            8
        """
        return self._frame("pyarrow")

    def _frame(self, library: str) -> Any:
        table = Table(self._layout(), library)
        self._fill(table)
        return table.frame()

    def _fill(self, table: Table) -> None:
        for row in cast("Iterable[Any]", self):
            table.add(row)

    @abstractmethod
    def _layout(self) -> Layout:
        """How the rows become a frame."""


class AsyncFrames:
    """What can be exported as a data frame, row by row."""

    async def to_pandas(self) -> pd.DataFrame:
        """Return all rows as a pandas frame; spends what iterating over them spends.

        Rows with an `end_at` are indexed by it, aware and in the system's timezone (in UTC where ``timezone=`` had no
        IANA name); systems are numbered, and their times are in UTC. Columns have the fields' names, with the unit
        where there is one: ``enwh_Wh``. Integers are nullable (``Int64``).

        Returns:
            A `pandas.DataFrame`, with all columns even when there are no rows.

        Raises:
            ConfigurationError: The extra ``pandas`` is not installed; nothing is spent then.
            EnlightenError: As while iterating.

        Warns:
            DroppedValuesWarning: Values that are not what the specification says are null in the frame.

        Example:
            >>> hour = client.stats(system_id, start_at="2024-06-01T10:00", end_at="2024-06-01T11:00")
            >>> frame = await hour.to_pandas()
            >>> frame.index.name, list(frame.columns), len(frame)
            ('end_at', ['powr_W', 'enwh_Wh', 'devices_reporting'], 12)
        """
        frame: pd.DataFrame = await self._frame("pandas")
        return frame

    async def to_polars(self) -> pl.DataFrame:
        """Return all rows as a polars frame; spends what iterating over them spends.

        As `to_pandas`, with `end_at` as the first column: a ``Datetime`` with the time zone.

        Returns:
            A `polars.DataFrame`, with all columns even when there are no rows.

        Raises:
            ConfigurationError: The extra ``polars`` is not installed; nothing is spent then.
            EnlightenError: As while iterating.

        Warns:
            DroppedValuesWarning: Values that are not what the specification says are null in the frame.

        Example:
            >>> hour = client.stats(system_id, start_at="2024-06-01T10:00", end_at="2024-06-01T11:00")
            >>> (await hour.to_polars()).columns
            ['end_at', 'powr_W', 'enwh_Wh', 'devices_reporting']
        """
        frame: pl.DataFrame = await self._frame("polars")
        return frame

    async def to_arrow(self) -> pa.Table:
        """Return all rows as an Arrow table; spends what iterating over them spends.

        As `to_polars`; `end_at` is a ``timestamp`` with the time zone.

        Returns:
            A `pyarrow.Table`, with all columns even when there are no rows.

        Raises:
            ConfigurationError: The extra ``arrow`` is not installed; nothing is spent then.
            EnlightenError: As while iterating.

        Warns:
            DroppedValuesWarning: Values that are not what the specification says are null in the table.

        Example:
            >>> (await client.systems().to_arrow()).num_rows
            8
        """
        return await self._frame("pyarrow")

    async def _frame(self, library: str) -> Any:
        table = Table(self._layout(), library)
        await self._fill(table)
        return table.frame()

    async def _fill(self, table: Table) -> None:
        async for row in cast("AsyncIterable[Any]", self):
            table.add(row)

    @abstractmethod
    def _layout(self) -> Layout:
        """How the rows become a frame."""
