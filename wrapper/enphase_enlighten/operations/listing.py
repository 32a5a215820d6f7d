"""Listings, page by page."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from attrs import evolve

from ..data.sources import ListingSource
from ..engine.requests import build
from ..engine.steps import Rows, SeriesSteps, Stream
from ..errors import InvalidArgumentError
from ..planning.pages import NumberedPages
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
    if cursor is not None and not pages.accepts(text(context, "cursor", cursor)):
        raise InvalidArgumentError.for_argument("cursor", cursor, "the `cursor` of an earlier listing, or None")
    parameters = checked(context, operation, filters)
    body = operation.body.made_of(parameters) if operation.body else None
    request = partial(build, context.api, operation, body=body, **parameters)
    # Each key has one entry: where all that are asked for were listed, another page cannot bring one.
    keys = parameters.get(key) or ()

    def steps(position: Position) -> SeriesSteps:
        while not position.complete:
            most = min(size, context.page_sizes.get(operation.id, size))
            place = pages.parameters(position.cursor, most)
            response = yield request(**place)
            if response.status == 422 and isinstance(pages, NumberedPages) and 0 < pages.smaller < place[pages.size]:
                # It may be the size that is refused; if it is something else, so will the smaller one be.
                context.page_sizes[operation.id] = pages.smaller
                position.cursor = pages.resized(position.cursor, pages.smaller)
                continue
            page, entries = read_page(response, operation, context)
            for entry in entries:
                learn_timezone(context, entry)
            following = pages.following(partial(property_of, page), entries, position.cursor, most)
            fresh = list(_fresh(position, entries, key, operation.inner))
            yield Rows(fresh)
            if (keys and position.has_listed(keys)) or (pages.ends_with_repeats and not fresh):
                following = None
            # Before the next page is fetched: two pages at once take longer to go through than one after the other.
            del page, entries, fresh
            problem = _turned(position, following, unset_of(context.api.package))
            if problem:
                raise invalid(response, context, pages.pointer, problem)

    return ListingSource(lambda position: Stream(operation.id, steps(position)))


def _turned(position: Position, following: Any, unset: object) -> str | None:
    """Go on to the page after the current one, as it came; return why its cursor must not be followed."""
    if following is None or following is unset or following == "":
        return position.turn(None)
    return position.turn(following) if isinstance(following, str) else "a string was expected"


def _fresh(position: Position, entries: Sequence[Any], key: str, inner: str) -> Iterator[Any]:
    """Return the entries that were not listed before; of those with inner ones, with those that were not."""
    if not key:
        # Twins within a page are two, and one that an earlier page had is one.
        met: Counter[str] = Counter()
        for entry in entries:
            content = json.dumps(entry.to_dict() if hasattr(entry, "to_dict") else entry, sort_keys=True)
            met[content] += 1
            if position.is_new(f"{met[content]} {content}"):
                yield entry
    elif inner:
        for entry in entries:
            held = property_of(entry, inner) or ()
            fresh = [each for each in held if position.is_new(property_of(each, key))]
            if fresh:
                yield entry if len(fresh) == len(held) else evolve(entry, **{inner: fresh})
    else:
        yield from (entry for entry in entries if position.is_new(property_of(entry, key)))
