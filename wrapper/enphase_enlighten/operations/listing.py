"""Listings, page by page."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from ..data.sources import ListingSource
from ..engine.requests import build
from ..engine.steps import Rows, SeriesSteps, Stream
from ..errors import InvalidArgumentError
from ..reading.models import invalid, property_of, read_page, unset_of
from .arguments import between, checked, names_operation, text
from .timezones import learn_timezone

if TYPE_CHECKING:
    from ..api import Operation
    from ..engine.context import Context
    from ..planning.pages import Position


@names_operation
def listed(
    context: Context,
    operation: Operation,
    /,
    key: str,
    *,
    page_size: Any,
    cursor: Any = None,
    **filters: Any,
) -> ListingSource:
    """Check what all listings take, and return what lists the entries, each `key` of them once, from a position on.

    Raises:
        InvalidArgumentError: The page size, the cursor or a filter is not accepted.
    """
    pages = operation.pages
    if pages is None:
        raise TypeError(f"{operation.id} is not a listing")
    size = between(1, pages.largest)(context, "page_size", page_size)
    if cursor is not None and not text(context, "cursor", cursor):
        raise InvalidArgumentError.for_argument("cursor", cursor, "the `cursor` of an earlier listing, or None")
    parameters = checked(context, operation, filters)
    # Each key has one entry: where all that are asked for were listed, another page cannot bring one.
    keys = parameters.get(key) or ()

    def steps(position: Position) -> SeriesSteps:
        while not position.complete:
            response = yield build(context.api, operation, **pages.parameters(position.cursor, size), **parameters)
            page, entries = read_page(response, operation, context)
            for entry in entries:
                learn_timezone(context, entry)
            following = pages.following(partial(property_of, page), entries, position.cursor, size)
            yield Rows([entry for entry in entries if position.is_new(property_of(entry, key))])
            # Before the next page is fetched: two pages at once take longer to go through than one after the other.
            del page, entries
            if following is unset_of(context.api.package) or following == "" or (keys and position.has_listed(keys)):
                following = None
            if following is not None and not isinstance(following, str):
                raise invalid(response, context, pages.pointer, "a string was expected")
            problem = position.turn(following)
            if problem:
                raise invalid(response, context, pages.pointer, problem)

    return ListingSource(lambda position: Stream(operation.id, steps(position)))
