"""What a user sees of the quota, in either client, against a service that counts by its own clock."""

from __future__ import annotations

import pickle
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import formatdate
from typing import Any

import anyio
import httpx
import pytest

from enphase_enlighten import (
    ConnectionFailedError,
    Quota,
    ServerError,
    Usage,
    UsageLimitExceededError,
    UsagePlan,
)
from enphase_enlighten.quota.ledger import Throttle
from enphase_enlighten.quota.quota import LimitReached, Ticket
from enphase_enlighten.timing.clock import instant
from tests.support.clock import SettableClock
from tests.support.service import StubService, limit_reached, reply

pytestmark = pytest.mark.lowest

MINUTE = 28_333_334 * 60.0
MONTH_END = datetime(2023, 12, 1, tzinfo=UTC).timestamp()

Asked = Callable[..., Usage]


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock(MINUTE)


def test_usage_has_the_requests_of_minute_and_month_and_the_limits(ask: Asked, clock: SettableClock) -> None:
    assert ask(StubService(clock), 3, plan="watt") == Usage(minute=3, month=3, per_minute=10, per_month=10_000)
    clock.advance(60)
    quota = Quota("watt")
    ask(StubService(clock), 3, quota=quota)
    assert quota.usage(clock.now() + 60) == Usage(minute=0, month=3, per_minute=10, per_month=10_000)
    assert quota.usage(MONTH_END + 60).month == 0


@pytest.mark.parametrize("ahead", [0.0, -0.9, 25.0, 7200.0, -86_400.0])
def test_with_a_plan_the_client_waits_for_the_next_minute_of_the_server(
    ahead: float, ask: Asked, clock: SettableClock
) -> None:
    service = StubService(clock, per_minute=10, offset=ahead)
    ask(service, 11, plan="watt")
    assert set(service.statuses) == {200}
    assert service.counted[10] // 60 == service.counted[9] // 60 + 1
    assert service.counted[10] % 60 < 2.1, "the server's time is known to the second"


def test_a_long_run_is_never_refused_and_uses_what_the_plan_allows(ask: Asked, clock: SettableClock) -> None:
    service = StubService(clock, per_minute=10, offset=0.6)
    ask(service, 600, plan="watt")
    assert set(service.statuses) == {200}
    assert clock.now() - MINUTE <= 3600 / 0.98


def test_without_a_plan_the_limit_is_learned_from_the_first_refusal(ask: Asked, clock: SettableClock) -> None:
    service = StubService(clock, per_minute=10)
    usage = ask(service, 200, max_wait=61)
    assert service.statuses.count(409) == 1
    assert (usage.per_minute, usage.per_month) == (10, None)


def test_what_was_learned_is_forgotten_after_a_day(ask: Asked, clock: SettableClock) -> None:
    service = StubService(clock, per_minute=10)
    quota = Quota()
    ask(service, 11, quota=quota)
    service.per_minute = 50
    clock.advance(86_500)
    assert ask(service, 40, quota=quota).per_minute is None
    assert service.statuses.count(409) == 1


def test_the_smaller_of_the_plans_limit_and_the_learned_one_holds(ask: Asked, clock: SettableClock) -> None:
    service = StubService(clock, per_minute=4)
    assert ask(service, 12, plan="watt").per_minute == 4
    assert service.statuses.count(409) == 1
    quota = Quota(UsagePlan(3))
    told = StubService(clock)
    told.always = limit_reached("minute", clock.now() // 60 * 60 + 60, 10)
    with pytest.raises(UsageLimitExceededError):
        ask(told, quota=quota, max_wait=0)
    assert quota.usage(clock.now()).per_minute == 3


@pytest.mark.parametrize("limit", [0, -3, True, "10", 1.5, None, 2**40])
def test_an_invalid_limit_is_not_learned(limit: object, ask: Asked, clock: SettableClock) -> None:
    service = StubService(clock)
    service.always = limit_reached("minute", MINUTE + 60, limit)
    quota = Quota()
    with pytest.raises(UsageLimitExceededError):
        ask(service, quota=quota, max_wait=0)
    assert quota.usage(clock.now()).per_minute is None


def test_a_refusal_is_waited_for_by_the_servers_clock(ask: Asked, clock: SettableClock) -> None:
    service = StubService(clock, per_minute=2, offset=7230.0)
    ask(service, 3)
    assert service.statuses == [200, 200, 409, 200]
    assert service.counted[2] // 60 == service.counted[1] // 60 + 1
    assert sum(clock.waits) <= 32


def test_all_clients_of_a_quota_wait_for_the_limit_that_one_of_them_learned(ask: Asked, clock: SettableClock) -> None:
    service = StubService(clock)
    service.always = limit_reached("minute", MINUTE + 60)
    quota = Quota()
    for _ in range(3):
        with pytest.raises(UsageLimitExceededError):
            ask(service, quota=quota, max_wait=5)
    assert len(service.sent) == 1


def test_max_wait_0_never_waits(ask: Asked, clock: SettableClock) -> None:
    service = StubService(clock, per_minute=3)
    quota = Quota("watt")
    with pytest.raises(UsageLimitExceededError):
        ask(service, 4, quota=quota, max_wait=0)
    with pytest.raises(UsageLimitExceededError):
        ask(service, quota=quota, max_wait=0)
    assert clock.waits == []


def test_a_refusal_of_our_own_count_sends_nothing_and_says_when_to_come_back(ask: Asked, clock: SettableClock) -> None:
    service = StubService(clock)
    with pytest.raises(
        UsageLimitExceededError, match=r"^SearchSystemId: not sent: .* in this minute \(2\) .* max_wait"
    ) as caught:
        ask(service, 3, plan=UsagePlan(2), max_wait=10)
    error = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - our own bytes
    assert len(service.sent) == 2
    assert (error.attempts, error.status, error.period, error.limit) == (0, None, "minute", 2)
    assert error.resets_at == datetime.fromtimestamp(MINUTE + 60, UTC)
    assert error.operation == "SearchSystemId"


def test_the_services_own_refusal_counts_every_attempt(ask: Asked, clock: SettableClock) -> None:
    service = StubService(clock)
    service.always = limit_reached("minute", MINUTE - 600)
    with pytest.raises(UsageLimitExceededError) as caught:
        ask(service, max_wait=10)
    assert caught.value.status == 409
    assert caught.value.attempts == len(service.sent) == 4


def test_a_wait_for_the_quota_is_no_retry(ask: Asked, clock: SettableClock) -> None:
    service = StubService(clock, per_minute=2)
    ask(service, 9, max_retries=0)
    assert len(service.counted) == 9


def test_a_spent_month_is_an_error_at_once_with_its_end(ask: Asked, clock: SettableClock) -> None:
    service = StubService(clock, per_month=3)
    quota = Quota()
    with pytest.raises(UsageLimitExceededError) as caught:
        ask(service, 4, quota=quota)
    assert (caught.value.period, caught.value.limit, caught.value.attempts) == ("month", 3, 1)
    assert caught.value.resets_at == datetime.fromtimestamp(MONTH_END, UTC)
    with pytest.raises(UsageLimitExceededError, match="2023-12-01 00:00:00 UTC") as caught:
        ask(service, quota=quota)
    assert (caught.value.period, caught.value.attempts, caught.value.status) == ("month", 0, None)
    assert clock.waits == []


def test_the_months_end_is_waited_for_where_max_wait_allows(ask: Asked) -> None:
    clock = SettableClock(MONTH_END - 50)
    service = StubService(clock)
    assert ask(service, 4, plan=UsagePlan(per_month=3), max_wait=60).month == 1
    assert service.counted[3] >= MONTH_END


def test_our_own_count_of_the_month_raises_at_once(ask: Asked, clock: SettableClock) -> None:
    with pytest.raises(UsageLimitExceededError) as caught:
        ask(StubService(clock), 4, plan=UsagePlan(per_month=3))
    assert caught.value.resets_at == datetime.fromtimestamp(MONTH_END, UTC)
    assert (caught.value.period, caught.value.limit, caught.value.attempts) == ("month", 3, 0)


def test_after_the_end_of_the_month_the_count_begins_again(ask: Asked) -> None:
    clock = SettableClock(MONTH_END - 1)
    quota = Quota(UsagePlan(per_month=3))
    ask(StubService(clock), 3, quota=quota)
    clock.advance(2)
    assert ask(StubService(clock), 2, quota=quota).month == 2


def test_a_request_counts_in_the_month_in_which_its_response_came(clock: SettableClock) -> None:
    clock.moment = MONTH_END - 30

    service = StubService(clock)
    service.latency = 60
    with service.client(plan="watt") as client:
        client.search_system_id("1218")
        assert client.usage.month == 1


@pytest.mark.parametrize("end", [MINUTE - 3600, 0, MINUTE + 600, MINUTE + 10**7])
def test_a_refusal_whose_end_cannot_be_does_not_cause_a_storm(end: float, ask: Asked, clock: SettableClock) -> None:
    service = StubService(clock)
    service.always = limit_reached("minute", end)
    with pytest.raises(UsageLimitExceededError):
        ask(service, max_wait=600)
    assert len(service.sent) <= 6 + 600 / 60
    assert clock.waits[:4] == pytest.approx([1, 2, 4, 8], abs=0.1)


@pytest.mark.parametrize(
    "body", [{}, [], "no", {"period": 3, "period_end": "soon"}, {"period_end": None}, {"period": "minute"}]
)
def test_a_refusal_that_does_not_say_when_it_ends_is_waited_for_till_the_next_minute(
    body: Any, ask: Asked, clock: SettableClock
) -> None:
    clock.moment += 20
    service = StubService(clock)
    service.always = reply(body, 409)
    with pytest.raises(UsageLimitExceededError):
        ask(service, max_wait=50)
    assert len(service.sent) == 2
    assert sum(clock.waits) == pytest.approx(41, abs=1.1)


def test_a_month_that_does_not_say_when_it_ends_is_a_calendar_month(ask: Asked, clock: SettableClock) -> None:
    service = StubService(clock)
    service.always = reply({"period": "month"}, 409)
    quota = Quota()
    with pytest.raises(UsageLimitExceededError):
        ask(service, quota=quota)
    with pytest.raises(UsageLimitExceededError) as caught:
        ask(service, quota=quota)
    assert caught.value.resets_at == datetime.fromtimestamp(MONTH_END, UTC)


@pytest.mark.parametrize("status", [409, 429])
@pytest.mark.parametrize("after", ["20", "20.5", formatdate(MINUTE + 7220, usegmt=True)])
@pytest.mark.parametrize("body", [{}, {"period_end": 1}, {"period_end": 10**14}])
def test_retry_after_is_waited_for_where_the_body_says_nothing(
    after: str, status: int, body: dict[str, int], ask: Asked, clock: SettableClock
) -> None:
    service = StubService(clock, offset=7200.0)
    service.always = reply(body, status, {"Retry-After": after})
    with pytest.raises(UsageLimitExceededError) as caught:
        ask(service, max_wait=25)
    assert caught.value.status == status
    assert clock.waits[0] == pytest.approx(20, abs=0.6)
    resets_at = caught.value.resets_at
    assert resets_at is not None
    assert resets_at.timestamp() == pytest.approx(clock.now() + 7200 + (0 if "," in after else 20), abs=1)
    assert f"ends at {resets_at:%Y-%m-%d %H:%M:%S} UTC. Wait until" in str(caught.value)


def test_max_wait_is_for_all_attempts_of_a_call_together(ask: Asked, clock: SettableClock) -> None:
    service = StubService(clock, always=httpx.Response(500), per_minute=1)
    with pytest.raises(UsageLimitExceededError):
        ask(service, max_wait=100, max_retries=10)
    assert service.statuses == [500, 409, 500]


def test_a_broken_connection_counts_as_spent(ask: Asked, clock: SettableClock) -> None:
    quota = Quota("watt")
    ask(StubService(clock), quota=quota)
    with pytest.raises(ConnectionFailedError):
        ask(StubService(clock, always=httpx.ReadError("broken")), quota=quota, max_retries=2)
    assert quota.usage(clock.now()).minute == 4
    assert quota.usage(clock.now()).month == 4


def test_what_is_still_under_way_keeps_its_place_in_the_next_minute(clock: SettableClock) -> None:
    async def main() -> None:
        gate = anyio.Event()
        service = StubService(clock)

        async def handle(request: httpx.Request) -> httpx.Response:
            if not gate.is_set():
                await gate.wait()
            return service.handle(request)

        quota = Quota(UsagePlan(2))
        async with service.async_client(transport=httpx.MockTransport(handle), quota=quota, max_wait=0) as client:
            async with anyio.create_task_group() as group:
                group.start_soon(client.search_system_id, "1")
                group.start_soon(client.search_system_id, "2")
                await anyio.wait_all_tasks_blocked()
                clock.advance(60)
                with pytest.raises(UsageLimitExceededError):
                    await client.search_system_id("3")
                gate.set()
            clock.advance(62)
            await client.search_system_id("4")

    anyio.run(main)


@pytest.mark.parametrize("used_before", [True, False])
async def test_a_task_that_was_cancelled_gives_its_place_back_when_the_minute_is_over(
    used_before: bool, clock: SettableClock
) -> None:
    service = StubService(clock)
    hang = False

    async def handle(request: httpx.Request) -> httpx.Response:
        if hang:
            await anyio.sleep_forever()
        return service.handle(request)

    async with service.async_client(transport=httpx.MockTransport(handle), plan=UsagePlan(2), max_wait=0) as client:
        if used_before:
            await client.search_system_id("1")
        hang = True
        async with anyio.create_task_group() as group:
            group.start_soon(client.search_system_id, "2")
            await anyio.wait_all_tasks_blocked()
            group.cancel_scope.cancel()
        hang = False
        assert client.usage.minute == 1 + used_before
        clock.advance(61)
        assert client.usage.minute == 0
        await client.search_system_id("3")
        await client.search_system_id("4")


def test_threads_share_a_quota(clock: SettableClock) -> None:
    service = StubService(clock)
    quota = Quota(UsagePlan(25))
    refused: list[UsageLimitExceededError] = []

    def work() -> None:
        with service.client(quota=quota, max_wait=0) as client:
            for _ in range(10):
                try:
                    client.search_system_id("1218")
                except UsageLimitExceededError as error:
                    refused.append(error)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(service.counted), len(refused)) == (25, 55)


def test_of_two_refusals_the_one_that_reaches_further_holds(clock: SettableClock) -> None:
    quota = Quota()
    first, second = quota.reserve(instant(clock)), quota.reserve(instant(clock))
    assert isinstance(first, Ticket)
    assert isinstance(second, Ticket)
    quota.settle(first, instant(clock), clock.now(), LimitReached(period="month", end=MONTH_END))
    quota.settle(second, instant(clock), clock.now(), LimitReached(period="minute", end=MINUTE + 60))
    third = quota.reserve(instant(clock))
    assert isinstance(third, Throttle)
    assert third.period == "month"


def test_refusals_side_by_side_make_the_wait_no_longer_than_one(clock: SettableClock) -> None:
    quota = Quota()

    def refuse(number: int) -> list[float]:
        tickets = [quota.reserve(instant(clock)) for _ in range(number)]
        assert all(isinstance(ticket, Ticket) for ticket in tickets)
        past = LimitReached(period="minute", end=MINUTE - 60)
        refusals = [
            quota.settle(ticket, instant(clock), clock.now(), past) for ticket in tickets if isinstance(ticket, Ticket)
        ]
        return [found.wait for found in refusals if found]

    assert refuse(5) == pytest.approx([1.0] * 5, abs=0.01)
    clock.advance(1.01)
    assert refuse(5) == pytest.approx([2.0] * 5, abs=0.01)
    clock.advance(600)
    assert refuse(1) == pytest.approx([1.0], abs=0.01), "that was long ago"


def test_an_error_of_the_service_is_not_one_of_the_quota(ask: Asked, clock: SettableClock) -> None:
    service = StubService(clock)
    service.always = httpx.Response(500, content=limit_reached("minute", MINUTE + 60).content)
    with pytest.raises(ServerError):
        ask(service, max_retries=0)
