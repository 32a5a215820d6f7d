# Generated from async_series.py by scripts/generate_sync.py: edit that file, then run `make generate`.
"""Lazy series: iterated, exported as data frames, or read as the models of the responses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from ..forks import OfThisProcess
from ..planning.pages import Position
from .frames import Frames
from .tables import NO_COLUMNS, Layout, Table

if TYPE_CHECKING:
    from ..engine.steps import Stream
    from .sources import EventSource, IntervalSource, ListingSource

EntryT = TypeVar("EntryT")
RowT = TypeVar("RowT")
ResponseT = TypeVar("ResponseT")


_INSTEAD = "Pickle a list of what it iterates over, or its data frame."


class Listing(Iterable[EntryT], Frames, OfThisProcess, Generic[EntryT]):
    """A listing, fetched lazily page by page; each iteration fetches it again."""

    _instead = _INSTEAD

    def __init__(self, source: ListingSource, cursor: str | None, drive: Callable[[Stream], Iterator[Any]]) -> None:
        self._source = source
        self._first = cursor
        self._position = Position(cursor)
        self._drive = drive

    def __iter__(self) -> Iterator[EntryT]:
        self._position = Position(self._first)
        return self._drive(self._source.entries(self._position))

    @property
    def cursor(self) -> str | None:
        """Where to resume: the cursor of the current page; None on the first page.

        Pass it as ``cursor=``: no entry is lost, those of the current page are repeated.
        """
        return self._position.cursor

    @property
    def complete(self) -> bool:
        """Whether the listing has reached its end."""
        return self._position.complete

    def _layout(self) -> Layout:
        return NO_COLUMNS


class IntervalSeries(Iterable[RowT], Frames, OfThisProcess, Generic[RowT, ResponseT]):
    """The intervals of a range, in order, fetched lazily window by window; each iteration fetches them again.

    Example:
        >>> day = client.stats(system_id, start_at="2024-06-01", end_at="2024-06-02")
        >>> energy = sum([interval.enwh for interval in day])
        >>> energy == sum([interval.enwh for interval in day])
        True
    """

    _instead = _INSTEAD

    def __init__(self, source: IntervalSource, drive: Callable[[Stream], Iterator[Any]]) -> None:
        self._source = source
        self._drive = drive

    def __iter__(self) -> Iterator[RowT]:
        return self._drive(self._source.rows())

    def _fill(self, table: Table) -> None:
        for columns in self._drive(self._source.columns()):
            table.extend(columns)

    def responses(self) -> Iterator[ResponseT]:
        """Fetch the generated model of each window instead, with `meta`, `total_devices` and `meter_intervals`.

        Windows that have no intervals because the system has none there (422) have no model.

        Example:
            >>> week = client.rgm_stats(system_id, start_at="2024-06-01", end_at="2024-06-08")
            >>> [len(response.meter_intervals) for response in week.responses()]
            [1]
        """
        return self._drive(self._source.responses())

    def _layout(self) -> Layout:
        return self._source.layout


class EventSeries(Iterable[EntryT], Frames, OfThisProcess, Generic[EntryT, ResponseT]):
    """The events of a range, each once, fetched lazily window by window; each iteration fetches them again."""

    _instead = _INSTEAD

    def __init__(self, source: EventSource, drive: Callable[[Stream], Iterator[Any]]) -> None:
        self._source = source
        self._drive = drive

    def __iter__(self) -> Iterator[EntryT]:
        return self._drive(self._source.events())

    def responses(self) -> Iterator[ResponseT]:
        """Fetch the generated model of each window instead; an event that goes on over several windows is in each."""
        return self._drive(self._source.responses())

    def _layout(self) -> Layout:
        return NO_COLUMNS
