"""The results that the wrapper has to give for a body, and the bodies that it may call unusable."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, timedelta
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, TypeAlias
from zoneinfo import ZoneInfo

import httpx

from ..recording.caller import comparable
from ..v2.operations import DAILY, DAILY_COLUMNS, INTERVALS, OK

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ..generation.altered_bodies import AlteredBody
    from ..recording.caller import Outcome
    from ..specification.responses import DocumentedResponse

_UNKNOWN_END = 2**33
"""The year 2242 in epoch seconds: a period with a later end is taken to end at an unknown time."""

_NEEDED = {
    "Systems": r"/systems|/systems/\d+|/next",
    "SearchSystemId": r"/system_id",
    "EnergyLifetime": r"/production|/start_date",
    "ConsumptionLifetime": r"/consumption|/start_date",
    **dict.fromkeys(INTERVALS, r"/intervals|/intervals/\d+|/intervals/\d+/end_at"),
}
"""The places of a body that an operation may be unable to do without, as JSON pointers."""

_ESSENTIAL = {
    "Systems": "/systems",
    "SearchSystemId": "/system_id",
    "EnergyLifetime": "/production",
    "ConsumptionLifetime": "/consumption",
    **dict.fromkeys(INTERVALS, "/intervals"),
}
"""The place of a body without which an operation has no result."""


def responder(response: DocumentedResponse, content: bytes) -> Callable[[httpx.Request], httpx.Response]:
    """Return a handler that responds with a body, and with an empty page after a page of a list."""
    served = []

    def respond(request: httpx.Request) -> httpx.Response:
        served.append(request)
        if len(served) > 1 and response.operation_id == "Systems" and response.status == OK:
            return httpx.Response(OK, json={"systems": []})
        headers = {"Content-Type": "application/json"} if content else {}
        return httpx.Response(response.status, headers=headers, content=content)

    return respond


def body_of(operation_id: str, outcome: Outcome) -> Any:
    """Return the body as the result of a call shows it; models are expected of a series of intervals."""
    result = comparable(outcome.result)
    if operation_id in DAILY:
        return result[1]
    if operation_id in INTERVALS:
        return result[0] if result else None
    return result


def expected_body(operation_id: str, body: Any) -> Any:
    """Return the body as the result of a call has to show it."""
    if operation_id == "SearchSystemId":
        return body["system_id"]
    if operation_id != "Systems":
        return body
    listed: dict[Any, Any] = {}
    for index, system in enumerate(body["systems"]):
        number = system.get("system_id")
        # A system that is listed twice is returned once; one without a usable id may be new each time.
        is_key = type(number) in {int, float, str} and number != ""
        listed.setdefault(number if is_key else ("place", index), system)
    return list(listed.values())


def intervals_of(rows: Iterable[Any], timezone: str) -> list[dict[str, Any]]:
    """Return the intervals that rows show, and check that the time of each is in the system's timezone."""
    intervals = []
    for row in rows:
        assert row.end_at.utcoffset() == row.end_at.astimezone(ZoneInfo(timezone)).utcoffset(), row
        intervals.append({**row._asdict(), "end_at": int(row.end_at.timestamp())})
    return intervals


Day: TypeAlias = tuple[tuple[str, Any], ...]
"""The names and values of a row, in order: rows are read by position, too."""


def days_of(rows: Iterable[Any]) -> list[Day]:
    """Return the days that the rows of a daily series show."""
    return [tuple(row._asdict().items()) for row in rows]


def expected_days(operation_id: str, body: Any, production: str | None = None) -> list[Day]:
    """Return the days that a daily series has to show for a body: the date and the value of each column."""
    names = DAILY_COLUMNS[operation_id][production]
    days = []
    for number, values in enumerate(zip_longest(*[body.get(name) or [] for name in names])):
        day = date.fromisoformat(body["start_date"]) + timedelta(days=number)
        days.append((("date", day), *zip(names, values, strict=True)))
    return days


def numbers_of(body: dict[str, Any]) -> dict[str, int]:
    """Return the counts and times of an error body that are plausible."""
    return {name: value for name, value in body.items() if type(value) is int and 0 <= value < _UNKNOWN_END}


def expected_limit(body: dict[str, Any]) -> tuple[str | None, int | None, datetime | None]:
    """Return period, limit and end of the period that the error has to have for the body of a 409."""
    numbers = numbers_of(body)
    period = body.get("period")
    return (
        period if isinstance(period, str) else None,
        numbers.get("limit"),
        datetime.fromtimestamp(numbers["period_end"], UTC) if "period_end" in numbers else None,
    )


def identical(one: Any, other: Any) -> bool:
    """Whether two JSON values are the same; True and 1, or 1 and 1.0, are not."""
    written, other_written = (json.dumps(value, sort_keys=True) for value in (one, other))
    return written == other_written


def may_be_unusable(operation_id: str, altered: AlteredBody) -> bool:
    """Whether an altered body may be an error although reading is lenient."""
    needed = _NEEDED.get(operation_id)
    is_needed = bool(needed and re.fullmatch(needed, altered.pointer))
    return altered.change != "extra" and (altered.replaces_container or altered.pointer == "" or is_needed)


def must_be_unusable(operation_id: str, altered: AlteredBody) -> bool:
    """Whether an altered body lacks a property without which the operation has no result."""
    return altered.change in ("missing", "null") and altered.pointer == _ESSENTIAL.get(operation_id)
