"""The quota of a simulated service: what counts, in which minute and month, and what is told beyond a limit."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from enlighten_mock.service.quota import Excess, Plan, Quota, month_around
from enlighten_mock.v2.plans import PLANS, parse_plan

NOON = int(datetime(2024, 2, 29, 12, tzinfo=UTC).timestamp())
FEBRUARY, MARCH = (int(datetime(2024, month, 1, tzinfo=UTC).timestamp()) for month in (2, 3))


def spend(quota: Quota, *moments: float) -> list[str | None]:
    return [excess and excess.period for excess in map(quota.spend, moments)]


def test_a_request_beyond_a_limit_does_not_count() -> None:
    quota = Quota(Plan("Small", 2, 3))

    assert spend(quota, NOON, NOON + 59.9, NOON + 59.9, NOON + 59.9) == [None, None, "minute", "minute"]
    assert quota.spent() == {"minute": 2, "month": 2}
    assert spend(quota, NOON + 60, NOON + 60) == [None, "month"]
    assert quota.spent() == {"minute": 1, "month": 3}


def test_an_excess_names_the_plan_and_the_period_that_is_used_up() -> None:
    quota = Quota(Plan("Small", 1, 2))
    quota.spend(NOON + 30)

    minute = quota.spend(NOON + 59)
    assert minute == Excess("Small", "minute", NOON, NOON + 60, 1)
    assert minute is not None
    assert minute.moved(3600) == Excess("Small", "minute", NOON + 3600, NOON + 3660, 1)
    assert quota.spend(NOON + 60) is None
    # Where both are used up, it is the month that matters.
    assert quota.spend(NOON + 61) == Excess("Small", "month", FEBRUARY, MARCH, 2)


def test_minutes_and_months_are_those_of_the_clock_and_of_utc() -> None:
    quota = Quota(Plan("Small", 1, 3))

    assert spend(quota, MARCH - 0.1, MARCH - 0.1, MARCH, MARCH + 59.9, MARCH + 60) == [
        None,
        "minute",
        None,
        "minute",
        None,
    ]
    assert quota.spent() == {"minute": 1, "month": 2}
    assert (month_around(MARCH - 0.1), month_around(MARCH)[0]) == ((FEBRUARY, MARCH), MARCH)


def test_what_is_spent_is_that_of_the_latest_minute_and_month_that_had_any() -> None:
    quota = Quota(Plan("None", None, None))
    assert quota.spent() == {"minute": 0, "month": 0}
    assert spend(quota, *[NOON] * 1000) == [None] * 1000

    assert quota.spent() == {"minute": 1000, "month": 1000}, "also long after"
    quota.spend(NOON + 120)
    assert quota.spent() == {"minute": 1, "month": 1001}
    quota.reset()
    assert quota.spent() == {"minute": 0, "month": 0}


def test_threads_together_get_no_request_more_than_the_limit() -> None:
    quota = Quota(Plan("Small", 50, None))
    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(quota.spend, [float(NOON)] * 200))

    assert sum(outcome is None for outcome in outcomes) == 50
    assert quota.spent() == {"minute": 50, "month": 50}


@pytest.mark.parametrize("text", ["watt", "Watt", "WATT"])
def test_a_plan_is_found_by_its_name(text: str) -> None:
    assert parse_plan(text) == PLANS["watt"] == Plan("Watt", 10, 10_000)


def test_a_plan_may_be_its_limits() -> None:
    assert parse_plan("10/5000") == Plan("Custom", 10, 5000)
    for text in ("10", "10/", "/5", "10/5000/1", "-1/5", "ten/5", ""):
        with pytest.raises(ValueError, match="there is no plan"):
            parse_plan(text)
