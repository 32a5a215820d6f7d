"""Series as callers get them: what can be iterated, exported, and asked for what the service says about it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar, overload

from ..planning.pages import Pages
from .frames import AsyncFrames, Frames
from .layouts import Layout, row_layout, system_layout

if TYPE_CHECKING:
    from datetime import date, tzinfo

    from enlighten_v2.models import ConsumptionLifetimeResponse, EnergyLifetimeResponse, Meta, System

    from ..engine.steps import Stream
    from .frames import Table
    from .rows import ConsumptionDay, ProductionDay, ProductionDayBySource

RowT = TypeVar("RowT")
DayT = TypeVar("DayT", bound="ProductionDay | ProductionDayBySource | ConsumptionDay")
ResponseT = TypeVar("ResponseT")


class DailySeries(Sequence[DayT], Frames):
    """A series with one row a day and no gaps, in order.

    In a frame of pandas its index is `date`, a ``DatetimeIndex`` of midnights without a timezone; polars and Arrow have
    a column of dates.

    Attributes:
        name: ``production`` or ``consumption``, the quantity in Wh.
        response: The generated model that the series was read from; None when the service had no content (204).

    Example:
        >>> days = client.energy_lifetime(system_id, start_date="2024-06-01", end_date="2024-06-07", production="all")
        >>> list(days.to_pandas().columns)
        ['production_Wh', 'micro_production_Wh', 'meter_production_Wh']
    """

    def __init__(
        self,
        day: type[DayT],
        rows: Sequence[DayT] = (),
        *,
        response: EnergyLifetimeResponse | ConsumptionLifetimeResponse | None = None,
    ) -> None:
        self._fields = day._fields
        self.name = self._fields[1]
        self.response = response
        self._rows = tuple(rows)

    @property
    def meta(self) -> Meta | None:
        """The state of the system and the times of its last reports, if the service sent them."""
        meta: Meta | None = self._attribute("meta")
        return meta

    @property
    def start_date(self) -> date | None:
        """The first day of the series; None for a system that never produced."""
        start_date: date | None = self._attribute("start_date")
        return start_date

    @property
    def meter_start_date(self) -> date | None:
        """The first day on which the merged series comes from a meter; None without a meter."""
        meter_start_date: date | None = self._attribute("meter_start_date")
        return meter_start_date

    def _attribute(self, name: str) -> Any:
        return getattr(self.response, name, None) or None

    @overload
    def __getitem__(self, index: int) -> DayT: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[DayT]: ...
    def __getitem__(self, index: int | slice) -> DayT | Sequence[DayT]:
        return self._rows[index]

    def __len__(self) -> int:
        return len(self._rows)

    def __repr__(self) -> str:
        return f"<DailySeries of {self.name}: {len(self)} days from {self.start_date}>"

    def _layout(self) -> Layout:
        return row_layout(self._fields)


class _Listing:
    """What a listing of systems has, sync and async."""

    def __init__(self, operation: Callable[[Pages], Stream], cursor: str | None) -> None:
        self._operation = operation
        self._first = cursor
        self._pages = Pages(cursor)

    @property
    def cursor(self) -> str | None:
        """Where to resume: the cursor of the page that is being handed out; None on the first page.

        Pass it as ``systems(cursor=...)``: no system is lost, those of the page at hand come again.
        """
        return self._pages.cursor

    @property
    def complete(self) -> bool:
        """Whether the listing has come to its end."""
        return self._pages.complete

    def _restart(self) -> Stream:
        self._pages = Pages(self._first)
        return self._operation(self._pages)

    def _layout(self) -> Layout:
        return system_layout()


class Systems(_Listing, Iterable["System"], Frames):
    """The systems of a fleet, listed lazily; each iteration lists them anew.

    Example:
        >>> fleet = client.systems(page_size=4)
        >>> for system in fleet:
        ...     cursor = fleet.cursor  # where to resume, should the listing break off
        >>> fleet.complete
        True
    """

    def __init__(
        self,
        operation: Callable[[Pages], Stream],
        cursor: str | None,
        drive: Callable[[Stream], Iterator[Any]],
    ) -> None:
        super().__init__(operation, cursor)
        self._drive = drive

    def __iter__(self) -> Iterator[System]:
        return self._drive(self._restart())


class AsyncSystems(_Listing, AsyncFrames):
    """The systems of a fleet, listed lazily; each iteration lists them anew.

    Example:
        >>> fleet = client.systems(page_size=4)
        >>> async for system in fleet:
        ...     cursor = fleet.cursor  # where to resume, should the listing break off
        >>> fleet.complete
        True
    """

    def __init__(
        self,
        operation: Callable[[Pages], Stream],
        cursor: str | None,
        drive: Callable[[Stream], AsyncIterator[Any]],
    ) -> None:
        super().__init__(operation, cursor)
        self._drive = drive

    def __aiter__(self) -> AsyncIterator[System]:
        return self._drive(self._restart())


class IntervalRange(Protocol):
    """The intervals of a range that was asked for."""

    @property
    def fields(self) -> Sequence[str]:
        """The fields of a row."""

    @property
    def known_zone(self) -> tzinfo | None:
        """The system's timezone, unless it is still to be looked up."""

    def rows(self) -> Stream:
        """The intervals as rows."""

    def columns(self) -> Stream:
        """The intervals of each window as columns."""

    def responses(self) -> Stream:
        """The generated model of each window."""


class _Intervals:
    """What the intervals of a range have, sync and async."""

    _asked: IntervalRange

    def _layout(self) -> Layout:
        asked = self._asked
        return row_layout(asked.fields, lambda: asked.known_zone)


class IntervalSeries(_Intervals, Iterable[RowT], Frames, Generic[RowT, ResponseT]):
    """The intervals of a range, in order, fetched lazily window by window; each iteration fetches them anew.

    Example:
        >>> day = client.stats(system_id, start_at="2024-06-01", end_at="2024-06-02")
        >>> energy = sum([interval.enwh for interval in day])
        >>> energy == sum([interval.enwh for interval in day])
        True
    """

    def __init__(self, asked: IntervalRange, drive: Callable[[Stream], Iterator[Any]]) -> None:
        self._asked = asked
        self._drive = drive

    def __iter__(self) -> Iterator[RowT]:
        return self._drive(self._asked.rows())

    def _fill(self, table: Table) -> None:
        for columns in self._drive(self._asked.columns()):
            table.extend(columns)

    def responses(self) -> Iterator[ResponseT]:
        """Fetch the generated model of each window instead, with `meta`, `total_devices` and `meter_intervals`.

        Windows that have no intervals because the system has none there (422) have no model.

        Example:
            >>> week = client.rgm_stats(system_id, start_at="2024-06-01", end_at="2024-06-08")
            >>> [len(response.meter_intervals) for response in week.responses()]
            [1]
        """
        return self._drive(self._asked.responses())


class AsyncIntervalSeries(_Intervals, AsyncFrames, Generic[RowT, ResponseT]):
    """The intervals of a range, in order, fetched lazily window by window; each iteration fetches them anew.

    Example:
        >>> day = client.stats(system_id, start_at="2024-06-01", end_at="2024-06-02")
        >>> energy = sum([interval.enwh async for interval in day])
        >>> energy == sum([interval.enwh async for interval in day])
        True
    """

    def __init__(self, asked: IntervalRange, drive: Callable[[Stream], AsyncIterator[Any]]) -> None:
        self._asked = asked
        self._drive = drive

    def __aiter__(self) -> AsyncIterator[RowT]:
        return self._drive(self._asked.rows())

    async def _fill(self, table: Table) -> None:
        async for columns in self._drive(self._asked.columns()):
            table.extend(columns)

    def responses(self) -> AsyncIterator[ResponseT]:
        """Fetch the generated model of each window instead, with `meta`, `total_devices` and `meter_intervals`.

        Windows that have no intervals because the system has none there (422) have no model.

        Example:
            >>> week = client.rgm_stats(system_id, start_at="2024-06-01", end_at="2024-06-08")
            >>> [len(response.meter_intervals) async for response in week.responses()]
            [1]
        """
        return self._drive(self._asked.responses())
