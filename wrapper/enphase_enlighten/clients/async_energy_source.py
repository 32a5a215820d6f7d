"""What the async clients of API v2 and API v4 have in common, for programs that run on both."""

from __future__ import annotations

from collections.abc import AsyncIterable, Iterator
from datetime import date, tzinfo
from typing import TYPE_CHECKING, Protocol, Self, TypeVar

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

    from ..data.rows import ConsumptionDay, ConsumptionStatsRow, ProductionDay, RgmStatsRow, StatsRow
    from ..quota.plans import Usage
    from ..timing.instants import Instant
    from .found import FoundReadings, FoundSummary, FoundSystem

RowT_co = TypeVar("RowT_co", covariant=True)


class AsyncIntervals(AsyncIterable[RowT_co], Protocol[RowT_co]):
    """The intervals of a range, as each API's series of intervals gives them."""

    async def to_pandas(self) -> pd.DataFrame:
        """Return all rows as a pandas frame."""

    async def to_polars(self) -> pl.DataFrame:
        """Return all rows as a polars frame."""


class AsyncDailyValues(Protocol[RowT_co]):
    """The days of a range, as each API's daily series gives them."""

    def __iter__(self) -> Iterator[RowT_co]: ...
    def __len__(self) -> int: ...

    def to_pandas(self) -> pd.DataFrame:
        """Return all rows as a pandas frame."""

    def to_polars(self) -> pl.DataFrame:
        """Return all rows as a polars frame."""


class AsyncEnergySource(Protocol):
    """An async client of API v2 or API v4: a program that keeps to these methods runs on both.

    Of a system that is listed, both have `system_id`, `timezone` and `status`; other properties differ.

    Example:
        >>> async def energy_of(source: AsyncEnergySource) -> int:
        ...     return sum([(await source.summary(system.system_id)).energy_today async for system in source.systems()])
        >>> await energy_of(client) >= 0
        True
    """

    async def __aenter__(self) -> Self: ...
    async def __aexit__(self, *exc_info: object) -> None: ...

    async def close(self) -> None:
        """Close the connections."""

    @property
    def usage(self) -> Usage:
        """Requests spent in the present minute and month."""

    def systems(self) -> AsyncIterable[FoundSystem]:
        """List the systems, lazily."""

    async def search_system_id(self, serial_num: str) -> int:
        """Find the system to which a gateway belongs."""

    async def summary(self, system_id: int, *, summary_date: date | str | None = None) -> FoundSummary:
        """Get power and energy of a system."""

    async def production_meter_readings(
        self, system_id: int, *, end_at: Instant | None = None, timezone: str | tzinfo | None = None
    ) -> FoundReadings:
        """Read the odometer of each production meter."""

    async def energy_lifetime(
        self, system_id: int, *, start_date: date | str | None = None, end_date: date | str | None = None
    ) -> AsyncDailyValues[ProductionDay]:
        """Get the energy that a system produced on each day."""

    async def consumption_lifetime(
        self, system_id: int, *, start_date: date | str | None = None, end_date: date | str | None = None
    ) -> AsyncDailyValues[ConsumptionDay]:
        """Get the energy that was consumed at a system on each day."""

    def stats(
        self,
        system_id: int,
        *,
        start_at: Instant | None = None,
        end_at: Instant | None = None,
        timezone: str | tzinfo | None = None,
    ) -> AsyncIntervals[StatsRow]:
        """Get power and energy of a system in intervals of 5 minutes."""

    def rgm_stats(
        self,
        system_id: int,
        *,
        start_at: Instant | None = None,
        end_at: Instant | None = None,
        timezone: str | tzinfo | None = None,
    ) -> AsyncIntervals[RgmStatsRow]:
        """Get the energy of a system's revenue-grade meters in intervals of 15 minutes."""

    def consumption_stats(
        self,
        system_id: int,
        *,
        start_at: Instant | None = None,
        end_at: Instant | None = None,
        timezone: str | tzinfo | None = None,
    ) -> AsyncIntervals[ConsumptionStatsRow]:
        """Get the energy that was consumed at a system in intervals of 15 minutes."""
