"""The sources of lazy series: the checked arguments of a call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import tzinfo

    from ..engine.steps import Stream
    from ..planning.pages import Position


class ListingSource(Protocol):
    """A requested listing."""

    def entries(self, position: Position) -> Stream:
        """List the entries from a position on."""


class IntervalSource(Protocol):
    """The intervals of a requested range."""

    @property
    def fields(self) -> Sequence[str]:
        """The fields of a row."""

    @property
    def known_zone(self) -> tzinfo | None:
        """The system's timezone, unless it is still to be looked up."""

    def rows(self) -> Stream:
        """Yield the intervals as rows."""

    def columns(self) -> Stream:
        """Yield the intervals of each window as columns."""

    def responses(self) -> Stream:
        """Yield the generated model of each window."""
