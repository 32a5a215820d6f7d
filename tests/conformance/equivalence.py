"""Whether what went over the wire is what a case describes.

Equivalent are: a filter's single form and its bracketed one; a list and all its pages; a period and the windows that
together ask for it, in the least number; an end in the future and the present; and the one lookup of a system's
timezone.
"""

from __future__ import annotations

import json
import math
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from .cases import FILTERS
from .refusals import edge, period
from .specifications import KEY, USER

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .cases import Described
    from .specifications import Operation
    from .wire import Exchange

OK, NO_CONTENT, UNAUTHORIZED, NOT_FOUND, UNPROCESSABLE = 200, 204, 401, 404, 422

_REPLANNED = 2
"""Steps by which a window may begin later than the edge of history, when the edge moved on while it was asked for."""


class Mismatch(AssertionError):  # noqa: N818 - it is what a test fails with
    """What was sent is not what the case describes."""


def is_lookup(exchange: Exchange, system_id: int) -> bool:
    """Tell whether a request is the lookup of a system's timezone."""
    query = {(name, value) for name, value in exchange.query if name not in (KEY, USER)}
    return exchange.path == "/systems" and query == {("system_id[]", str(system_id)), ("limit", "1")}


class Setting(NamedTuple):
    """What a request depends on beside its case.

    Attributes:
        credentials: Key and user id of the client.
        now: The present, in epoch seconds.
        zone: The timezone of the system.
    """

    credentials: tuple[str, str]
    now: float
    zone: str

    @property
    def signature(self) -> list[tuple[str, str]]:
        """What the credentials are in a query."""
        return [(KEY, self.credentials[0]), (USER, self.credentials[1])]


def compare(case: Described, operation: Operation, sent: Sequence[Exchange], setting: Setting) -> None:
    """Compare what was sent with what a case describes.

    Args:
        case: What the case describes.
        operation: Its operation, of the effective specification.
        sent: What went over the wire, the lookup of a timezone left out.
        setting: What else the requests depend on.

    Raises:
        Mismatch: It is not equivalent.
    """
    query = {name: value for name, value in case.parameters.items() if f"{{{name}}}" not in operation.path}
    if "end_at" in query:
        query["end_at"] = min(query["end_at"], math.floor(setting.now))
    expected = [*_pairs(query), *setting.signature]
    for exchange in sent:
        if (exchange.method, exchange.path) != ("GET", case.path):
            raise Mismatch(f"{exchange.method} {exchange.path} was sent, not GET {case.path}")
    if operation.window is not None:
        _compare_windows(case.parameters, operation, sent, setting)
    elif not sent:
        raise Mismatch("nothing was sent")
    elif case.operation_id == "Systems":
        _compare_pages(expected, sent)
    elif len(sent) != 1:
        raise Mismatch(f"{len(sent)} requests were sent instead of 1")
    else:
        _same(sent[0], expected)


def _pairs(query: Mapping[str, Any]) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for name, value in query.items():
        bare = name.removesuffix("[]")
        if bare in FILTERS and not (bare == "system_id" and name == "site_id"):
            values = value if isinstance(value, list) else [value]
            pairs += [(f"{bare}[]", str(item)) for item in values]
        else:
            pairs.append((name, str(value)))
    return pairs


def _same(exchange: Exchange, expected: list[tuple[str, str]]) -> None:
    if sorted(exchange.query) != sorted(expected):
        missing = [pair for pair in expected if pair not in exchange.query]
        extra = [pair for pair in exchange.query if pair not in expected]
        raise Mismatch(f"the query lacks {missing} and has {extra} too much: {exchange}")


def _compare_pages(expected: list[tuple[str, str]], sent: Sequence[Exchange]) -> None:
    # How many systems make a page is the wrapper's own business, unless the case says it.
    limit = next((value for name, value in expected if name == "limit"), sent[0].value("limit") or "")
    rest = [pair for pair in expected if pair[0] not in ("limit", "next")] + [("limit", limit)]
    cursor = next((value for name, value in expected if name == "next"), None)
    for number, exchange in enumerate(sent):
        _same(exchange, rest + ([("next", cursor)] if cursor is not None else []))
        cursor = _decoded(exchange).get("next") if exchange.status == OK else None
        if (cursor is None) != (number == len(sent) - 1):
            raise Mismatch(f"after page {number + 1} of {len(sent)} the cursor was {cursor!r}")


def _compare_windows(
    given: Mapping[str, Any], operation: Operation, sent: Sequence[Exchange], setting: Setting
) -> None:
    assert operation.window is not None
    step: int = operation.window["interval"]
    start, end = period(given, setting.now, setting.zone)
    oldest = math.floor(edge(operation, setting.now, setting.zone))
    position: float = max(math.floor(start / step) * step, oldest)
    replans = False
    for number, exchange in enumerate(sent, start=1):
        window = {name: exchange.value(name) or "0" for name in ("start_at", "end_at")}
        _same(exchange, [*setting.signature, *window.items()])
        first, last = int(window["start_at"]), int(window["end_at"])
        if first != position and not (replans and oldest <= first <= oldest + _REPLANNED * step):
            raise Mismatch(f"window {number} begins at {first}, {first - position} s off the end of the one before")
        longest = _longest(operation, first, setting.zone)
        if last > min(longest, end):
            raise Mismatch(f"window {number}, {first} to {last}, ends after {min(longest, end)}")
        if last < min(longest // step * step, end // step * step):
            raise Mismatch(f"window {number}, {first} to {last}, could reach {min(longest, end)}")
        following = _following(exchange, first, last, step)
        if following is None:
            if number < len(sent):
                raise Mismatch(f"{len(sent) - number} windows were asked for after an answer that makes them idle")
            return
        replans = first <= oldest + step and exchange.status == OK and not _decoded(exchange).get("intervals")
        position = following
    if position < end // step * step:
        raise Mismatch(f"what was asked for ends at {position}, {end - position} s before its end")


def _longest(operation: Operation, first: int, zone: str) -> float:
    assert operation.window is not None
    longest = operation.window["longest"]
    # A month is one of the site's calendar and wall clock; days and hours are of 24 hours and 60 minutes.
    calendar = ZoneInfo(zone) if "months" in longest else UTC
    return (datetime.fromtimestamp(first, calendar) + relativedelta(**longest)).timestamp()


def _following(exchange: Exchange, first: int, last: int, step: int) -> float | None:
    """Return where the next window begins after this answer; None where there can be none."""
    if exchange.status in (OK, NO_CONTENT):
        return last
    body = _decoded(exchange)
    begins: int | None = body.get("first_interval")
    ends: int | None = body.get("last_interval")
    if exchange.status != UNPROCESSABLE or (begins is None and ends is None):
        return None
    if ends is not None and ends <= first:
        return None
    if begins is not None and begins > last:
        return max(last, begins // step * step - step)
    return last


def _decoded(exchange: Exchange) -> dict[str, Any]:
    try:
        body = json.loads(exchange.body)
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}
