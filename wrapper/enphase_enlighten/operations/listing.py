"""Listings, page by page."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from attrs import frozen

from ..data.tables import NO_COLUMNS
from ..engine.requests import build
from ..engine.steps import Rows, Stream
from ..errors import InvalidArgumentError
from ..reading.models import failure, invalid, read_page, unset_of
from .arguments import text, whole_number
from .timezones import learn_timezone

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..api import Operation, Response
    from ..data.tables import Layout
    from ..engine.context import Context
    from ..engine.steps import SeriesSteps
    from ..planning.pages import Pages, Position


@frozen
class ListingRequest:
    """The checked arguments of one listing.

    Attributes:
        context: The client's context.
        operation: The operation.
        key: The property that identifies an entry.
        page_size: How many entries a page has at most.
        filters: The other parameters.
        layout: How the entries become a data frame.
    """

    context: Context
    operation: Operation
    key: str
    page_size: int
    filters: Mapping[str, Any]
    layout: Layout = NO_COLUMNS

    @property
    def keys(self) -> Sequence[Any]:
        """The keys of the only entries that are asked for; none where the listing is not filtered by its key."""
        return self.filters.get(self.key) or ()

    def entries(self, position: Position) -> Stream:
        """List the entries from a position on."""
        return Stream(self.operation.id, _pages(self, position))


def listed(
    context: Context,
    operation: Operation,
    key: str,
    *,
    page_size: Any,
    cursor: Any = None,
    layout: Layout = NO_COLUMNS,
    **filters: Any,
) -> ListingRequest:
    """Check what all listings take.

    Raises:
        InvalidArgumentError: The page size or the cursor is not accepted.
    """
    largest = pages_of(operation).largest
    size = whole_number("page_size", page_size)
    if not 1 <= size <= largest:
        raise InvalidArgumentError.for_argument("page_size", page_size, f"a number from 1 to {largest}")
    if cursor is not None and not text("cursor", cursor):
        raise InvalidArgumentError.for_argument("cursor", cursor, "the `cursor` of an earlier listing, or None")
    return ListingRequest(context, operation, key, size, filters, layout)


def pages_of(operation: Operation) -> Pages:
    """Return how the pages of a listing follow each other."""
    if operation.pages is None:
        raise TypeError(f"{operation.id} is not a listing")
    return operation.pages


def _pages(asked: ListingRequest, position: Position) -> SeriesSteps:
    context, operation, pages = asked.context, asked.operation, pages_of(asked.operation)
    while not position.complete:
        paging = pages.parameters(position.cursor, asked.page_size)
        response = yield build(context.api, operation, **paging, **asked.filters)
        if response.status not in context.api.success:
            raise failure(response, context)
        entries, following = _read(response, asked, position)
        yield Rows(entries)
        # Before the next page is fetched: two pages at once take longer to go through than one after the other.
        del entries
        if asked.keys and position.has_listed(asked.keys):
            # Each key has one entry, so what follows cannot bring another: a request for it would be spent on nothing.
            following = None
        if following is not None and not isinstance(following, str):
            raise invalid(response, context, pages.pointer, "a string was expected")
        problem = position.turn(following)
        if problem:
            raise invalid(response, context, pages.pointer, problem)


def _read(response: Response, asked: ListingRequest, position: Position) -> tuple[list[Any], Any]:
    """Read the entries of a page that were not listed before, and the cursor of the page after it, as it came."""
    context, operation = asked.context, asked.operation
    page, entries = read_page(response, operation, context)
    for entry in entries:
        learn_timezone(context, entry)
    following = pages_of(operation).following(partial(_property, page), entries, position.cursor, asked.page_size)
    if following is unset_of(context.api.package) or following == "":
        following = None
    return [entry for entry in entries if position.is_new(_property(entry, asked.key))], following


def _property(entry: Any, name: str) -> Any:
    return entry.get(name) if isinstance(entry, dict) else getattr(entry, name, None)
