"""The sources of lazy series: calls whose arguments are checked, and of which nothing was sent yet."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from ..engine.steps import Stream
    from ..planning.pages import Position
    from .tables import Layout


@frozen
class ListingSource:
    """A requested listing.

    Attributes:
        entries: Lists the entries from a position on.
    """

    entries: Callable[[Position], Stream]


@frozen
class IntervalSource:
    """The intervals of a requested range, window by window: as rows, as columns or as generated models.

    Columns are `end_at` in epoch seconds, then the other fields.
    """

    rows: Callable[[], Stream]
    columns: Callable[[], Stream]
    responses: Callable[[], Stream]
    layout: Layout


@frozen
class EventSource:
    """The events of a requested range, window by window: each once, or as generated models."""

    events: Callable[[], Stream]
    responses: Callable[[], Stream]
