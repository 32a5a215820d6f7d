"""The pages of API v4's lists: by page and size from 1, or by offset and limit."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from enlighten_mock.v4.error_bodies import error, invalid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from enlighten_mock.v4.call import Call

T = TypeVar("T")

_SIZE = 10
_LIMIT = 20


def page_of(call: Call, items: Sequence[T], largest: int | None = None) -> tuple[int, int, Sequence[T]]:
    """Return the number and the size of the page that a request asks for, and what of `items` is on it.

    Args:
        call: The request.
        items: All that there is.
        largest: The largest size, where that is a switch and not in the specification.

    Raises:
        ServiceError: The page is larger, or behind the end where the switches refuse that.
    """
    page, size = call.optional("page", int, 1), call.optional("size", int, _SIZE)
    if largest is not None and size > largest:
        raise invalid(f"size must be from 1 to {largest}")
    first = (page - 1) * size
    if page > 1 and first >= len(items):
        match call.behaviour.page_behind_end:
            case "not_found":
                raise error(404, "Page not found")
            case "unprocessable":
                raise invalid("page is behind the end")
            case "last":
                first = max(0, (len(items) - 1) // size * size)
            case "empty":
                pass
    return page, size, items[first : first + size]


def slice_of(call: Call, items: Sequence[T]) -> Sequence[T]:
    """Return what of `items` a request asks for by offset and limit."""
    first = call.optional("offset", int, 0)
    return items[first : first + call.optional("limit", int, _LIMIT)]
