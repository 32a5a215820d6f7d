"""What the wrapper has to make of a body: what it gives back, and what it may call unusable."""

from __future__ import annotations

import json
import logging
import re
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import zip_longest
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import httpx

from .bodies import WINDOW
from .calls import DAILY, INTERVALS, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from .bodies import Answer
    from .calls import Outcome
    from .damage import Damaged

ZONE = "America/Los_Angeles"
"""The timezone of the system in the calls below."""

ARGUMENTS: dict[str, dict[str, Any]] = {
    "Systems": {},
    "SearchSystemId": {"serial_num": "1"},
    "InvertersSummaryByEnvoyOrSite": {"site_id": 67},
    "MonthlyProduction": {"system_id": 67, "start_date": "2024-04-01"},
    **{name: {"system_id": 67, "start_at": WINDOW[0], "end_at": WINDOW[1], "timezone": ZONE} for name in INTERVALS},
}
"""One call of each operation that takes more than a system's id."""

ERRORS = {
    401: "AuthenticationError",
    404: "NotFoundError",
    409: "UsageLimitExceededError",
    422: "UnprocessableRequestError",
    500: "ServerError",
    503: "ServiceUnavailableError",
}
"""The class of each status, as the contract names them."""

DAILY_COLUMNS: dict[str, dict[str | None, tuple[str, ...]]] = {
    "EnergyLifetime": {None: ("production",), "all": ("production", "micro_production", "meter_production")},
    "ConsumptionLifetime": {None: ("consumption",)},
}
"""The properties that are the columns of a daily series, by what `production` asks for."""

NO_TIME_TO_WAIT_FOR = 2**33
"""The year 2242 in epoch seconds: a period that is said to end later is taken to end at no known time."""

# What an operation stands on: without it there is nothing to give.
_STANDS_ON = {
    "Systems": r"/systems|/systems/\d+|/next",
    "SearchSystemId": r"/system_id",
    "EnergyLifetime": r"/production|/start_date",
    "ConsumptionLifetime": r"/consumption|/start_date",
    **dict.fromkeys(INTERVALS, r"/intervals|/intervals/\d+|/intervals/\d+/end_at"),
}
_ESSENTIAL = {
    "Systems": "/systems",
    "SearchSystemId": "/system_id",
    "EnergyLifetime": "/production",
    "ConsumptionLifetime": "/consumption",
    **dict.fromkeys(INTERVALS, "/intervals"),
}


def call(answer: Answer) -> dict[str, Any]:
    """Return arguments for the operation of an answer that take one request."""
    return ARGUMENTS.get(answer.operation_id, {"system_id": 67})


def serve(answer: Answer, content: bytes) -> Callable[[httpx.Request], httpx.Response]:
    """Return what answers with a body, and after a page of a list with an empty one."""
    served = []

    def respond(request: httpx.Request) -> httpx.Response:
        served.append(request)
        if len(served) > 1 and answer.operation_id == "Systems" and answer.status == 200:
            return httpx.Response(200, json={"systems": []})
        headers = {"Content-Type": "application/json"} if content else {}
        return httpx.Response(answer.status, headers=headers, content=content)

    return respond


def given_back(answer: Answer, outcome: Outcome) -> Any:
    """Return the body as the result of a call tells it."""
    result = plain(outcome.result)
    if answer.operation_id in DAILY:
        return result[1]
    if answer.operation_id in INTERVALS:
        return result[0] if result else None
    return result


def rows_back(rows: Iterable[Any], timezone: str) -> list[dict[str, Any]]:
    """Return the intervals that rows tell of, and hold that each tells its time in the system's timezone."""
    told = []
    for row in rows:
        assert row.end_at.utcoffset() == row.end_at.astimezone(ZoneInfo(timezone)).utcoffset(), row
        told.append({**row._asdict(), "end_at": int(row.end_at.timestamp())})
    return told


def days_expected(operation_id: str, body: Any, production: str | None = None) -> list[tuple[Any, ...]]:
    """Return the rows that a daily series has to have: the day, and the value of each column on it."""
    columns = [body.get(name) or [] for name in DAILY_COLUMNS[operation_id][production]]
    days = list(zip_longest(*columns))
    return [(date.fromisoformat(body["start_date"]) + timedelta(days=day), *values) for day, values in enumerate(days)]


def numbers_told(body: dict[str, Any]) -> dict[str, int]:
    """Return the counts and times of an error body that can be any."""
    return {name: value for name, value in body.items() if type(value) is int and 0 <= value < NO_TIME_TO_WAIT_FOR}


def limit_expected(body: dict[str, Any]) -> tuple[str | None, int | None, datetime | None]:
    """Return period, limit and end of it that the error has to have for the body of a 409."""
    numbers = numbers_told(body)
    period = body.get("period")
    return (
        period if isinstance(period, str) else None,
        numbers.get("limit"),
        datetime.fromtimestamp(numbers["period_end"], UTC) if "period_end" in numbers else None,
    )


def expected_back(answer: Answer, body: Any) -> Any:
    """Return what the result of a call has to tell of a body."""
    if answer.operation_id == "SearchSystemId":
        return body["system_id"]
    if answer.operation_id != "Systems":
        return body
    listed: dict[Any, Any] = {}
    for index, system in enumerate(body["systems"]):
        number = system.get("system_id")
        # What is listed twice is given once; what has no usable id may be new each time.
        is_key = type(number) in {int, float, str} and number != ""
        listed.setdefault(number if is_key else ("place", index), system)
    return list(listed.values())


def same(one: Any, other: Any) -> bool:
    """Tell whether two JSON values are the same, which True and 1, or 1 and 1.0, are not."""
    written, other_written = (json.dumps(value, sort_keys=True) for value in (one, other))
    return written == other_written


def may_be_unusable(answer: Answer, damage: Damaged) -> bool:
    """Tell whether a body may be refused although reading is lenient."""
    stands_on = _STANDS_ON.get(answer.operation_id)
    essential = bool(stands_on and re.fullmatch(stands_on, damage.pointer))
    return damage.how != "extra" and (damage.container or damage.pointer == "" or essential)


def must_be_unusable(answer: Answer, damage: Damaged) -> bool:
    """Tell whether what the operation stands on is missing from a body."""
    return damage.how in ("missing", "null") and damage.pointer == _ESSENTIAL.get(answer.operation_id)


@contextmanager
def reports() -> Iterator[list[str]]:
    """Collect the wrapper's warnings in the log."""
    said: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(record.getMessage())

    logger, collector = logging.getLogger("enphase_enlighten"), Collector(logging.WARNING)
    propagates = logger.propagate
    logger.addHandler(collector)
    logger.propagate = False
    try:
        yield said
    finally:
        logger.removeHandler(collector)
        logger.propagate = propagates
