"""The time of the service's clock, as its responses tell it, and what the quota makes of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from enphase_enlighten import (
    Quota,
    Usage,
    UsageLimitExceededError,
    UsagePlan,
)
from enphase_enlighten.quota.ledger import Throttle
from enphase_enlighten.quota.quota import Ticket
from enphase_enlighten.timing.clock import Instant, instant
from tests.support.clock import SettableClock
from tests.support.service import StubService, reply

pytestmark = pytest.mark.lowest

MINUTE = 28_333_334 * 60.0
MONTH_END = datetime(2023, 12, 1, tzinfo=UTC).timestamp()

Asked = Callable[..., Usage]


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock(MINUTE)


@pytest.mark.parametrize(
    "after", ["Tue, 14 Nov 2023 22:14:20", "Tue Nov 14 22:14:20 2023", "Tue, 14 Nov 2023 22:14:20 -0000"]
)
def test_a_date_of_http_is_never_one_of_the_machines_timezone(
    after: str, ask: Asked, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.moment = datetime(2023, 11, 14, 22, 14, 0, tzinfo=UTC).timestamp()
    service = StubService(clock)
    service.always = reply({}, 429, {"Retry-After": after})
    monkeypatch.setenv("TZ", "America/Los_Angeles")
    time.tzset()
    try:
        with pytest.raises(UsageLimitExceededError):
            ask(service, max_wait=30)
    finally:
        monkeypatch.undo()
        time.tzset()
    assert clock.waits[0] == pytest.approx(20, abs=0.6)


def test_a_date_that_a_cache_kept_does_not_tell_the_time(ask: Asked, clock: SettableClock) -> None:
    service = StubService(clock, offset=-7200.0)
    service.headers = {"Age": "7200"}
    quota = Quota("watt")
    ask(service, quota=quota)
    assert quota.offset == 0.0


@pytest.mark.parametrize("date", ["", "yesterday", "Tue, 14 Nov 99999 22:14:20 GMT", "Thu, 01 Jan 1600 00:00:00 GMT"])
def test_an_invalid_date_is_ignored(date: str, ask: Asked, clock: SettableClock) -> None:
    service = StubService(clock)
    service.headers = {"Date": date}
    quota = Quota("watt")
    ask(service, 3, quota=quota)
    assert quota.offset == 0.0
    assert quota.usage(clock.now()).minute == 3


def test_without_a_date_a_request_counts_for_a_minute_whenever_that_began(ask: Asked, clock: SettableClock) -> None:
    service = StubService(clock, per_minute=2, offset=7200.0)
    service.headers = {"Date": ""}
    ask(service, 7, max_wait=200)
    assert service.statuses.count(409) == 1


@pytest.mark.parametrize("ahead", [3600.0, -3600.0])
def test_a_clock_that_is_set_does_not_open_the_minute_again(ahead: float) -> None:
    clock = SettableClock(MINUTE)
    service = StubService(clock, per_minute=2)
    with service.client(plan=UsagePlan(2)) as client:
        client.search_system_id("1")
        client.search_system_id("2")
        clock.ahead, service.offset = ahead, -ahead
        client.search_system_id("3")
    assert service.statuses == [200, 200, 200]
    assert sum(clock.waits) <= 61


def test_a_machine_that_slept_over_the_months_end_need_not_wait_for_it(clock: SettableClock) -> None:
    asleep = SettableClock(MONTH_END - 3600)
    service = StubService(asleep, per_month=2)
    with service.client(quota=Quota()) as client:
        client.search_system_id("1")
        client.search_system_id("2")
        with pytest.raises(UsageLimitExceededError):
            client.search_system_id("3")
        asleep.ahead, service.per_month = 7200.0, None
        client.search_system_id("4")
    assert asleep.waits == clock.waits == []


def test_a_clock_that_was_set_is_taken_for_right_until_the_next_response() -> None:
    clock = SettableClock(MINUTE)
    service = StubService(clock, offset=-3600.0)
    quota = Quota()
    with service.client(quota=quota) as client:
        client.search_system_id("1")
        assert quota.offset == pytest.approx(-3600, abs=1)
        clock.ahead = 3600.0
        quota.reserve(instant(clock))
        assert quota.offset == 0.0


def test_each_response_makes_the_servers_time_more_exact(clock: SettableClock) -> None:
    service = StubService(clock, offset=12.34)
    quota = Quota()
    with service.client(quota=quota) as client:
        for _ in range(20):
            client.search_system_id("1")
            clock.advance(0.37)
    assert quota.offset == pytest.approx(12.34, abs=0.05)


def learn(quota: Quota, ticket: Ticket, date: float, now: Instant) -> None:
    """What a pipeline does with a response."""
    quota.server_clock.learn(date, ticket.since, now)
    quota.settle(ticket, now, date)


def test_what_is_under_way_when_the_servers_time_becomes_known_keeps_its_place(clock: SettableClock) -> None:
    quota = Quota(UsagePlan(2))
    first, second = quota.reserve(instant(clock)), quota.reserve(instant(clock))
    assert isinstance(first, Ticket)
    assert isinstance(second, Ticket)
    learn(quota, first, clock.now() + 7200, instant(clock))
    assert isinstance(quota.reserve(instant(clock)), Throttle)


def test_a_response_that_was_long_on_its_way_makes_the_servers_time_no_more_exact_than_that(
    clock: SettableClock,
) -> None:
    quota = Quota()
    ticket = quota.reserve(instant(clock))
    assert isinstance(ticket, Ticket)
    clock.advance(30)
    learn(quota, ticket, MINUTE, instant(clock))
    later = quota.reserve(instant(clock))
    assert isinstance(later, Ticket)
    assert later.taken == pytest.approx((MINUTE, MINUTE + 31), rel=0, abs=0.01)


def test_what_is_known_of_the_servers_time_gets_old(clock: SettableClock) -> None:
    quota = Quota()
    ticket = quota.reserve(instant(clock))
    assert isinstance(ticket, Ticket)
    learn(quota, ticket, MINUTE, instant(clock))
    clock.advance(3600)
    later = quota.reserve(instant(clock))
    assert isinstance(later, Ticket)
    now = clock.now()
    assert later.taken == pytest.approx((now - 1.8, now + 2.8), rel=0, abs=0.01), (
        "two clocks may part by half a second in 1,000"
    )
