"""Exporting series as data frames of pandas, polars and Arrow."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import AsyncIterable
from typing import TYPE_CHECKING, Any, cast

from .tables import Layout, Table

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa  # type: ignore[import-untyped]  # it ships no types


class AsyncFrames:
    """Exports as a data frame, row by row."""

    async def to_pandas(self) -> pd.DataFrame:
        """Return all rows as a pandas frame; spends the same requests as iterating.

        Rows with an `end_at` are indexed by it, aware and in the system's timezone (in UTC where ``timezone=`` had no
        IANA name); systems are numbered, and their times are in UTC. Columns have the fields' names, with the unit
        where there is one: ``enwh_Wh``. Integers are nullable (``Int64``).

        Returns:
            A `pandas.DataFrame`, with all columns even when there are no rows.

        Raises:
            ConfigurationError: The extra ``pandas`` is not installed; no request is spent then.
            EnlightenError: As while iterating.

        Warns:
            DroppedValuesWarning: Values that do not match the specification are null in the frame.

        Example:
            >>> hour = client.stats(system_id, start_at="2024-06-01T10:00", end_at="2024-06-01T11:00")
            >>> frame = await hour.to_pandas()
            >>> frame.index.name, list(frame.columns), len(frame)
            ('end_at', ['powr_W', 'enwh_Wh', 'devices_reporting'], 12)
        """
        frame: pd.DataFrame = await self._frame("pandas")
        return frame

    async def to_polars(self) -> pl.DataFrame:
        """Return all rows as a polars frame; spends the same requests as iterating.

        As `to_pandas`, with `end_at` as the first column: a ``Datetime`` with the time zone.

        Returns:
            A `polars.DataFrame`, with all columns even when there are no rows.

        Raises:
            ConfigurationError: The extra ``polars`` is not installed; no request is spent then.
            EnlightenError: As while iterating.

        Warns:
            DroppedValuesWarning: Values that do not match the specification are null in the frame.

        Example:
            >>> hour = client.stats(system_id, start_at="2024-06-01T10:00", end_at="2024-06-01T11:00")
            >>> (await hour.to_polars()).columns
            ['end_at', 'powr_W', 'enwh_Wh', 'devices_reporting']
        """
        frame: pl.DataFrame = await self._frame("polars")
        return frame

    async def to_arrow(self) -> pa.Table:
        """Return all rows as an Arrow table; spends the same requests as iterating.

        As `to_polars`; `end_at` is a ``timestamp`` with the time zone.

        Returns:
            A `pyarrow.Table`, with all columns even when there are no rows.

        Raises:
            ConfigurationError: The extra ``arrow`` is not installed; no request is spent then.
            EnlightenError: As while iterating.

        Warns:
            DroppedValuesWarning: Values that do not match the specification are null in the table.

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
        """Return how the rows become a frame."""
