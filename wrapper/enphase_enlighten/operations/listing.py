"""Listings, page by page."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from ..data.sources import ListingSource
from ..data.tables import NO_COLUMNS, Layout
from ..engine.requests import build
from ..engine.steps import Rows, SeriesSteps, Stream
from ..errors import InvalidArgumentError
from ..reading.models import invalid, property_of, read_page, unset_of
from .arguments import text, whole_number
from .timezones import learn_timezone

if TYPE_CHECKING:
    from ..api import Operation
    from ..engine.context import Context
    from ..planning.pages import Position


def listed(
    context: Context,
    operation: Operation,
    key: str,
    *,
    page_size: Any,
    cursor: Any = None,
    layout: Layout = NO_COLUMNS,
    **filters: Any,
) -> ListingSource:
    """Check what all listings take.

    Args:
        context: The client's context.
        operation: The operation.
        key: The property that identifies an entry.
        page_size: How many entries a page has at most.
        cursor: Where to begin.
        layout: How the entries become a data frame.
        filters: The other parameters.

    Raises:
        InvalidArgumentError: The page size or the cursor is not accepted.
    """
    pages = operation.pages
    if pages is None:
        raise TypeError(f"{operation.id} is not a listing")
    size = whole_number("page_size", page_size)
    if not 1 <= size <= pages.largest:
        raise InvalidArgumentError.for_argument("page_size", page_size, f"a number from 1 to {pages.largest}")
    if cursor is not None and not text("cursor", cursor):
        raise InvalidArgumentError.for_argument("cursor", cursor, "the `cursor` of an earlier listing, or None")

    def steps(position: Position) -> SeriesSteps:
        while not position.complete:
            response = yield build(context.api, operation, **pages.parameters(position.cursor, size), **filters)
            page, entries = read_page(response, operation, context)
            for entry in entries:
                learn_timezone(context, entry)
            following = pages.following(partial(property_of, page), entries, position.cursor, size)
            yield Rows([entry for entry in entries if position.is_new(property_of(entry, key))])
            # Before the next page is fetched: two pages at once take longer to go through than one after the other.
            del page, entries
            if following is unset_of(context.api.package) or following == "":
                following = None
            if following is not None and not isinstance(following, str):
                raise invalid(response, context, pages.pointer, "a string was expected")
            problem = position.turn(following)
            if problem:
                raise invalid(response, context, pages.pointer, problem)

    return ListingSource(lambda position: Stream(operation.id, steps(position)), layout)
