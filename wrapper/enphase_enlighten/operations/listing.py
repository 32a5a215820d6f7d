"""The list of systems, page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..engine.steps import Rows, Stream, build, send
from ..errors import InvalidArgumentError
from ..reading.models import invalid, read
from .arguments import learn_timezone, member_of, several, text, whole_number
from .responses import checked

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from enlighten_v2.models import SystemsResponse

    from ..api import Response
    from ..engine.context import Context
    from ..planning.pages import Pages

PAGE_SIZE_MAX = 1000
"""`maximum` of the parameter `limit` in the specification."""


def systems(
    context: Context,
    *,
    system_id: Any = None,
    system_name: Any = None,
    status: Any = None,
    reference: Any = None,
    installer: Any = None,
    connection_type: Any = None,
    page_size: Any = PAGE_SIZE_MAX,
    cursor: Any = None,
) -> Callable[[Pages], Stream]:
    """`Systems`: check the filters, and return what lists the pages from where a `Pages` stands."""
    from enlighten_v2.models import ConnectionType, Status

    filters = {
        "system_id": several("system_id", system_id, whole_number),
        "system_name": several("system_name", system_name, text),
        "status": several("status", status, member_of(Status)),
        "reference": several("reference", reference, text),
        "installer": several("installer", installer, text),
        "connection_type": several("connection_type", connection_type, member_of(ConnectionType)),
    }
    page_size = whole_number("page_size", page_size)
    if not 1 <= page_size <= PAGE_SIZE_MAX:
        raise InvalidArgumentError.for_argument("page_size", page_size, f"a number from 1 to {PAGE_SIZE_MAX}")
    if cursor is not None and not text("cursor", cursor):
        raise InvalidArgumentError.for_argument("cursor", cursor, "what `cursor` of an earlier listing was, or None")
    return lambda pages: _pages(context, pages, page_size, filters)


def read_page(answer: Response, context: Context) -> SystemsResponse:
    """Read one page of systems.

    Raises:
        InvalidResponseError: It is no list of systems.
    """
    from enlighten_v2.models import System, SystemsResponse

    page = read(checked(answer, context), SystemsResponse, context, needs=["systems"])
    for index, system in enumerate(page.systems):
        if not isinstance(system, System):
            raise invalid(answer, context, f"/systems/{index}", "a system was expected")
    return page


def _pages(context: Context, pages: Pages, page_size: int, filters: Mapping[str, Any]) -> Stream:
    from enlighten_v2.types import UNSET

    while not pages.complete:
        answer = yield from send(build("Systems", next_=pages.cursor, limit=page_size, **filters))
        page = read_page(answer, context)
        for system in page.systems:
            learn_timezone(context, system)
        yield Rows([system for system in page.systems if pages.is_new(system.system_id)])
        following: Any = page.next_
        if following is UNSET or following == "":
            following = None
        if following is not None and not isinstance(following, str):
            raise invalid(answer, context, "/next", "a string was expected")
        problem = pages.turn(following)
        if problem:
            raise invalid(answer, context, "/next", problem)
