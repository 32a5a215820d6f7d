"""What a lazy series is fetched from: the checked arguments of a call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import tzinfo

    from ..engine.steps import Stream
    from ..planning.pages import Position
    from .tables import Layout


class ListingSource(Protocol):
    """A listing that was asked for."""

    @property
    def layout(self) -> Layout:
        """How the entries become a data frame."""

    def entries(self, position: Position) -> Stream:
        """List the entries from where a listing stands."""


class IntervalSource(Protocol):
    """The intervals of a range that was asked for."""

    @property
    def fields(self) -> Sequence[str]:
        """The fields of a row."""

    @property
    def known_zone(self) -> tzinfo | None:
        """The system's timezone, unless it is still to be looked up."""

    def rows(self) -> Stream:
        """Give the intervals as rows."""

    def columns(self) -> Stream:
        """Give the intervals of each window as columns."""

    def responses(self) -> Stream:
        """Give the generated model of each window."""
