"""Whether the requests on the wire are those that a case describes.

Equivalent are: a filter's single form and its bracketed one; a list and all its pages; a period and the fewest windows
that together ask for it; an end in the future and the present; and the one lookup of a system's timezone.
"""

from __future__ import annotations

import math
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from ..v2.limits import edge_of_history, on_the_grid, period
from ..v2.operations import FILTERS, KEY, NO_CONTENT, OK, UNPROCESSABLE, USER

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.support.specification import Operation

    from ..generation.cases import DescribedRequest
    from ..recording.exchanges import RecordedExchange

_REPLANNED = 2
"""Steps by which a window may begin after the edge of history, when the edge has moved since it was asked for."""


class Mismatch(AssertionError):  # noqa: N818 - the failure of a test
    """The requests are not those that the case describes."""


def is_lookup(exchange: RecordedExchange, system_id: int) -> bool:
    """Whether a request is the lookup of a system's timezone."""
    query = {(name, value) for name, value in exchange.query if name not in (KEY, USER)}
    return exchange.path == "/systems" and query == {("system_id[]", str(system_id)), ("limit", "1")}


class Setting(NamedTuple):
    """The circumstances that requests depend on beside their case.

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
        """The credentials as query parameters."""
        return [(KEY, self.credentials[0]), (USER, self.credentials[1])]


def compare(case: DescribedRequest, operation: Operation, sent: Sequence[RecordedExchange], setting: Setting) -> None:
    """Compare the requests on the wire with the one that a case describes.

    Args:
        case: The request that the case describes.
        operation: Its operation, of the effective specification.
        sent: The exchanges, without the lookup of a timezone.
        setting: What else the requests depend on.

    Raises:
        Mismatch: They are not equivalent.
    """
    query = {name: value for name, value in case.parameters.items() if f"{{{name}}}" not in operation.path}
    if "end_at" in query:
        query["end_at"] = min(query["end_at"], math.floor(setting.now))
    expected = [*_expected_pairs(query), *setting.signature]
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
        _check_query(sent[0], expected)


def _expected_pairs(query: Mapping[str, Any]) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for name, value in query.items():
        bare = name.removesuffix("[]")
        if bare in FILTERS:
            values = value if isinstance(value, list) else [value]
            pairs += [(f"{bare}[]", str(item)) for item in values]
        else:
            pairs.append((name, str(value)))
    return pairs


def _check_query(exchange: RecordedExchange, expected: list[tuple[str, str]]) -> None:
    if sorted(exchange.query) != sorted(expected):
        missing = [pair for pair in expected if pair not in exchange.query]
        extra = [pair for pair in exchange.query if pair not in expected]
        raise Mismatch(f"the query lacks {missing} and has {extra} as well: {exchange}")


def _compare_pages(expected: list[tuple[str, str]], sent: Sequence[RecordedExchange]) -> None:
    # The wrapper may choose the size of a page where the case does not say it.
    limit = next((value for name, value in expected if name == "limit"), sent[0].value("limit") or "")
    rest = [pair for pair in expected if pair[0] not in ("limit", "next")] + [("limit", limit)]
    cursor = next((value for name, value in expected if name == "next"), None)
    for number, exchange in enumerate(sent):
        _check_query(exchange, rest + ([("next", cursor)] if cursor is not None else []))
        cursor = exchange.fields.get("next") if exchange.status == OK else None
        if (cursor is None) != (number == len(sent) - 1):
            raise Mismatch(f"after page {number + 1} of {len(sent)} the cursor was {cursor!r}")


def _compare_windows(
    given: Mapping[str, Any], operation: Operation, sent: Sequence[RecordedExchange], setting: Setting
) -> None:
    assert operation.window is not None
    step: int = operation.window["interval"]
    start, end = period(given, setting.now, setting.zone)
    oldest = math.floor(edge_of_history(operation, setting.now, setting.zone))
    position: float = max(on_the_grid(operation, start), oldest)
    may_replan = False
    for number, exchange in enumerate(sent, start=1):
        window = {name: exchange.value(name) or "0" for name in ("start_at", "end_at")}
        _check_query(exchange, [*setting.signature, *window.items()])
        first, last = int(window["start_at"]), int(window["end_at"])
        if first != position and not (may_replan and oldest <= first <= oldest + _REPLANNED * step):
            raise Mismatch(f"window {number} begins at {first}, {first - position} s off the end of the one before")
        longest = _end_of_longest(operation, first, setting.zone)
        if last > min(longest, end):
            raise Mismatch(f"window {number}, {first} to {last}, ends after {min(longest, end)}")
        if last < on_the_grid(operation, min(longest, end)):
            raise Mismatch(f"window {number}, {first} to {last}, could reach {min(longest, end)}")
        following = _next_start(exchange, first, last, step)
        if following is None:
            if number < len(sent):
                raise Mismatch(f"{len(sent) - number} windows were asked for after a response that makes them needless")
            return
        may_replan = first <= oldest + step and exchange.status == OK and not exchange.fields.get("intervals")
        position = following
    if position < on_the_grid(operation, end):
        raise Mismatch(f"the windows end at {position}, {end - position} s before the end of the period")


def _end_of_longest(operation: Operation, first: int, zone: str) -> float:
    assert operation.window is not None
    longest = operation.window["longest"]
    # A month is one of the site's calendar and wall clock; a day has 24 hours.
    calendar = ZoneInfo(zone) if "months" in longest else UTC
    return (datetime.fromtimestamp(first, calendar) + relativedelta(**longest)).timestamp()


def _next_start(exchange: RecordedExchange, first: int, last: int, step: int) -> float | None:
    """Return where the window after this one begins, by its response; None where there can be none."""
    if exchange.status in (OK, NO_CONTENT):
        return last
    begins: int | None = exchange.fields.get("first_interval")
    ends: int | None = exchange.fields.get("last_interval")
    if exchange.status != UNPROCESSABLE or (begins is None and ends is None):
        return None
    if ends is not None and ends <= first:
        return None
    if begins is not None and begins > last:
        return max(last, begins // step * step - step)
    return last
