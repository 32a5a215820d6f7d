"""The ledger and the pacing of the quota at their very edges, where the server's time is known to a span."""

from __future__ import annotations

import asyncio
import json
import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from enphase_enlighten import ConfigurationError, Quota, Usage, UsageLimitExceededError, UsagePlan
from enphase_enlighten.quota.ledger import (
    HORIZON,
    LEARNED_FOR,
    LEASE,
    LONGEST_PERIOD,
    Ledger,
    Throttle,
    minute_end,
    month_end,
    month_of,
)
from enphase_enlighten.quota.plans import resolve_plan
from enphase_enlighten.quota.quota import LimitReached, MemoryStore, Ticket
from enphase_enlighten.timing.clock import Instant
from enphase_enlighten.timing.server_clock import Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.service import StubService

MINUTE = 28_333_334 * 60.0
DECEMBER = datetime(2023, 12, 1, tzinfo=UTC).timestamp()
NO_PLAN: dict[str, int | None] = {}
WATT: dict[str, int | None] = {"minute": 10, "month": 10_000}


def at(earliest: float, latest: float | None = None) -> Span:
    return Span(earliest, earliest if latest is None else latest)


def taken(ledger: Ledger, now: Span, number: int = 1, plan: dict[str, int | None] = NO_PLAN) -> None:
    for _ in range(number):
        assert ledger.take(f"ticket {len(ledger.holds)}", now, plan) is None


def minute(ledger: Ledger, now: Span) -> int:
    return ledger.usage(now, NO_PLAN).minute


def month(ledger: Ledger, now: Span) -> int:
    return ledger.usage(now, NO_PLAN).month


def test_a_place_is_held_for_the_lease_from_the_latest_time_that_it_can_be() -> None:
    ledger = Ledger()
    taken(ledger, at(MINUTE, MINUTE + 30))
    until = MINUTE + 30 + LEASE

    assert minute(ledger, at(until - 1)) == 1
    assert minute(ledger, at(until - 1, until + 60)) == 1, "it may still be that early"
    assert minute(ledger, at(until)) == 0


def test_a_place_that_is_held_for_longer_than_can_be_was_written_by_a_wrong_clock() -> None:
    for end, counts in ((HORIZON, 1), (HORIZON + 1, 0)):
        held = Ledger(holds={"a": MINUTE + end})
        spent = Ledger(spent={MINUTE + end: 1})
        for ledger in (held, spent):
            assert minute(ledger, at(MINUTE)) == counts
            assert minute(ledger, at(MINUTE - 60, MINUTE)) == counts, "it may already be that late"
            ledger.tidy(at(MINUTE))
            assert len(ledger.holds) + len(ledger.spent) == counts


def test_a_request_counts_until_the_end_of_the_minute_in_which_it_was_counted() -> None:
    ledger = Ledger()
    taken(ledger, at(MINUTE + 10), 2)
    ledger.settle("ticket 0", at(MINUTE + 10), MINUTE + 10)
    ledger.settle("ticket 1", at(MINUTE + 10), MINUTE + 59.9)

    assert ledger.spent == {MINUTE + 60: 2}
    assert minute(ledger, at(MINUTE + 59)) == 2
    assert minute(ledger, at(MINUTE + 60)) == 0
    ledger.settle("unknown", at(MINUTE), MINUTE + 60)
    assert ledger.spent[MINUTE + 120] == 1


def test_a_request_that_is_counted_in_another_month_than_it_was_taken_in_counts_in_both() -> None:
    ledger = Ledger()
    taken(ledger, at(DECEMBER - 1, DECEMBER + 1), 3)
    ledger.settle("ticket 0", at(DECEMBER - 1, DECEMBER + 1), DECEMBER - 0.5)
    for ticket in ("ticket 1", "ticket 2"):
        ledger.settle(ticket, at(DECEMBER - 1, DECEMBER + 1), DECEMBER)

    assert ledger.months == {"2023-11": 3, "2023-12": 2}
    assert month(ledger, at(DECEMBER - 1, DECEMBER + 1)) == 3
    assert month(ledger, at(DECEMBER)) == 2


def test_a_request_that_was_not_sent_gives_back_its_place_once_and_is_not_counted() -> None:
    ledger = Ledger()
    now = at(DECEMBER - 1, DECEMBER + 1)
    taken(ledger, now, 3)
    for _ in range(2):
        ledger.give_back("ticket 1", now)
    assert (minute(ledger, now), ledger.months) == (2, {"2023-11": 2})
    ledger.give_back("unknown", now)
    assert (minute(ledger, now), ledger.months) == (2, {"2023-11": 2})

    # Somebody has dropped the month meanwhile, or what it counts.
    for months in ({}, {"2023-11": 0}):
        ledger = Ledger(holds={"a": DECEMBER + 60}, months=dict(months))
        ledger.give_back("a", now)
        assert (ledger.holds, ledger.months) == ({}, {"2023-11": 0})


def test_months_that_are_over_for_good_are_dropped_and_the_last_one_is_kept() -> None:
    months = {"2023-09": 1, "2023-10": 2, "2023-11": 3, "2023-12": 4, "2024-01": 5}
    december = Ledger(months=dict(months))
    december.tidy(at(DECEMBER + 86_400))
    # Thirty-two days before the second of December it was still October.
    assert december.months == {"2023-10": 2, "2023-12": 4}

    edge = Ledger(months=dict(months))
    edge.tidy(at(DECEMBER - 1, DECEMBER + 1))
    assert edge.months == {"2023-10": 2, "2023-11": 3, "2023-12": 4}


def test_a_quota_that_is_used_for_years_keeps_few_months() -> None:
    quota = Quota()
    for number in range(40):
        now = Instant(MINUTE + number * 30 * 86_400, number * 30 * 86_400.0)
        ticket = quota.reserve(now)
        assert isinstance(ticket, Ticket)
        quota.settle(ticket, now, now.wall)

    kept: list[dict[str, int]] = []
    quota.store.change(lambda ledger: kept.append(dict(ledger.months)))
    assert len(kept[0]) <= 3


def test_the_limit_of_a_minute_is_full_with_the_last_place_and_says_when_the_first_is_free() -> None:
    ledger = Ledger()
    now = at(MINUTE + 10)
    plan: dict[str, int | None] = {"minute": 3}
    taken(ledger, now, 3, plan)
    throttle = ledger.take("another", now, plan)

    assert throttle is not None
    assert (throttle.period, throttle.limit, throttle.resets_at) == ("minute", 3, MINUTE + 60)
    assert throttle.wait == now.seconds_to(MINUTE + 60)
    assert len(ledger.holds) == 3
    assert ledger.months == {"2023-11": 3}


def test_the_wait_for_a_place_is_until_as_many_are_free_as_are_needed() -> None:
    now = at(MINUTE + 10)
    ledger = Ledger(spent={MINUTE + 60: 2, MINUTE + 120: 1})

    waits = [throttle.wait for limit in (1, 2, 3) if (throttle := ledger.take("x", now, {"minute": limit}))]
    assert waits == [now.seconds_to(MINUTE + 120), now.seconds_to(MINUTE + 60), now.seconds_to(MINUTE + 60)]
    assert ledger.take("x", now, {"minute": 4}) is None


def test_what_is_under_way_is_expected_to_be_counted_in_the_present_minute_by_the_latest_time() -> None:
    ledger = Ledger()
    now = at(MINUTE + 50, MINUTE + 70)
    taken(ledger, now)

    throttle = ledger.take("x", now, {"minute": 1})
    assert throttle is not None
    assert throttle.wait == now.seconds_to(MINUTE + 120)
    assert throttle.resets_at == MINUTE + 60


def test_a_month_is_full_with_its_last_request_until_it_ends() -> None:
    plan: dict[str, int | None] = {"month": 2}
    ledger = Ledger(months={"2023-11": 1})
    november = at(DECEMBER - 3600)
    taken(ledger, november, 1, plan)

    throttle = ledger.take("x", november, plan)
    assert throttle == Throttle(november.seconds_to(DECEMBER), "month", 2, DECEMBER)
    assert ledger.take("x", at(DECEMBER), plan) is None


@pytest.mark.parametrize(
    ("earliest", "latest", "over"),
    [
        (0.0, 0.0, True),
        (-1.0, -0.5, False),
        # A minute's difference is waited for by the earliest time, more is not.
        (-60.0, 0.0, False),
        (-61.0, 0.0, True),
        (-61.0, -1.0, False),
    ],
)
def test_a_period_is_over_by_the_earliest_time_unless_the_clock_was_set_by_far(
    earliest: float, latest: float, *, over: bool
) -> None:
    ledger = Ledger()
    ledger.block_by(Throttle(0.0, "month", None, DECEMBER), at(DECEMBER - 3600))
    now = at(DECEMBER + earliest, DECEMBER + latest)

    blocked = ledger.take("x", now, NO_PLAN)
    assert (blocked is None) is over
    if blocked is not None:
        assert blocked.wait == now.seconds_to(DECEMBER)


def test_a_block_that_ends_later_than_any_period_is_not_believed() -> None:
    for end, blocked in ((LONGEST_PERIOD, True), (LONGEST_PERIOD + 1, False)):
        ledger = Ledger(block=Throttle(0.0, "month", None, MINUTE + end))
        assert (ledger.take("x", at(MINUTE), NO_PLAN) is not None) is blocked
        assert (ledger.take("y", at(MINUTE - 600, MINUTE), NO_PLAN) is not None) is blocked


def test_of_blocks_the_one_that_lasts_longest_is_kept_while_it_lasts() -> None:
    ledger = Ledger()
    now = at(MINUTE)
    short, long = Throttle(0.0, "minute", None, MINUTE + 60), Throttle(0.0, "month", None, MINUTE + 3600)
    for first, second in ((short, long), (long, short)):
        ledger.block_by(first, now)
        ledger.block_by(second, now)
        assert ledger.block == long
    ledger.block_by(short, at(MINUTE + 3600))
    assert ledger.block == short


def test_a_limit_is_learned_for_a_day_from_the_earliest_time_that_it_can_be() -> None:
    ledger = Ledger()
    ledger.block_by(Throttle(0.0, "minute", 4, MINUTE + 60), at(MINUTE, MINUTE + 30))
    forgotten = MINUTE + LEARNED_FOR

    def limit(now: Span) -> int | None:
        return ledger.limit("minute", now, WATT)

    assert limit(at(MINUTE)) == 4
    assert limit(at(forgotten - 1)) == 4
    assert limit(at(forgotten - 1, forgotten + 60)) == 4, "it may still be that early"
    assert limit(at(forgotten)) == 10


def test_a_learned_limit_that_holds_for_longer_than_can_be_was_written_by_a_wrong_clock() -> None:
    for end, known in ((2 * LEARNED_FOR, 4), (2 * LEARNED_FOR + 1, None)):
        ledger = Ledger(learned={"month": (4, MINUTE + end)})
        assert ledger.limit("month", at(MINUTE), NO_PLAN) == known
        assert ledger.limit("month", at(MINUTE - 600, MINUTE), NO_PLAN) == known, "it may already be that late"


@pytest.mark.parametrize(
    ("period", "limit", "learned"),
    [("minute", 4, True), ("month", 4, True), ("day", 4, False), ("minute", None, False)],
)
def test_a_limit_is_learned_where_its_period_is_known_and_it_is_named(
    period: str, limit: int | None, *, learned: bool
) -> None:
    ledger = Ledger()
    ledger.block_by(Throttle(0.0, period, limit, MINUTE + 60), at(MINUTE))

    assert ledger.learned == ({period: (limit, MINUTE + LEARNED_FOR)} if learned else {})


def test_the_smaller_limit_holds_whichever_it_is() -> None:
    ledger = Ledger(learned={"minute": (4, MINUTE + 3600), "month": (20_000, MINUTE + 3600)})
    now = at(MINUTE)

    assert ledger.usage(now, WATT) == Usage(0, 0, 4, 10_000)
    assert ledger.usage(now, NO_PLAN) == Usage(0, 0, 4, 20_000)
    assert Ledger().usage(now, WATT) == Usage(0, 0, 10, 10_000)


def test_a_ledger_comes_back_from_json_as_it_was() -> None:
    ledger = Ledger(
        holds={"a": MINUTE + 60.5},
        spent={MINUTE + 60: 2, MINUTE + 120: 0},
        months={"2023-11": 7, "2023-12": 0},
        learned={"minute": (4, MINUTE + 3600)},
        block=Throttle(0.0, "month", 5, DECEMBER),
    )
    for written in (ledger, Ledger(), Ledger(block=Throttle(0.0, "minute", None, MINUTE))):
        text = written.to_json()
        assert " " not in text
        assert Ledger.from_json(text, "here", "Move it.") == written
    assert Ledger.from_json(None, "here", "Move it.") == Ledger()


def damaged(**changes: Any) -> str:
    return json.dumps({**json.loads(Ledger().to_json()), **changes})


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[]", "another version, or not a ledger"),
        ("{}", "another version, or not a ledger"),
        (damaged(version=2), "another version, or not a ledger"),
        (damaged(holds={"a": "soon"}), "damaged: invalid epoch seconds"),
        (damaged(holds={"a": True}), "damaged: invalid epoch seconds"),
        (damaged(holds={"a": float("inf")}), "damaged: invalid epoch seconds"),
        (damaged(spent=[[1.0, -1]]), "damaged: invalid count"),
        (damaged(spent=[[1.0, 1.5]]), "damaged: invalid count"),
        (damaged(months={"2023-11": True}), "damaged: invalid count"),
        (damaged(learned={"minute": [1.5, 1.0]}), "damaged: invalid count"),
        (damaged(block=[1.0, "minute", -1]), "damaged: invalid count"),
        (damaged(block=[None, "minute", 1]), "damaged: invalid epoch seconds"),
        (damaged(block=[1.0]), "damaged: "),
        (damaged(holds=[]), "damaged: "),
        ("{", "Expecting"),
    ],
)
def test_what_is_no_ledger_is_an_error_that_names_the_place_the_problem_and_the_remedy(text: str, problem: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        Ledger.from_json(text, "The file q.db", "Move it away.")

    message = str(caught.value)
    assert message.startswith(f"The file q.db was not written by this version of the package ({problem}")
    assert message.endswith("). Move it away.")


def test_a_whole_number_of_epoch_seconds_in_a_ledger_is_read_as_a_time() -> None:
    ledger = Ledger.from_json(damaged(holds={"a": 60}, spent=[[120, 0]]), "here", "Move it.")

    assert [type(end) for end in (*ledger.holds.values(), *ledger.spent)] == [float, float]


@pytest.mark.parametrize(
    ("moment", "minute", "month", "name"),
    [
        (DECEMBER - 0.5, DECEMBER, DECEMBER, "2023-11"),
        (DECEMBER, DECEMBER + 60, DECEMBER + 31 * 86_400, "2023-12"),
        (DECEMBER + 59.9, DECEMBER + 60, DECEMBER + 31 * 86_400, "2023-12"),
        (DECEMBER + 60, DECEMBER + 120, DECEMBER + 31 * 86_400, "2023-12"),
        (DECEMBER + 31 * 86_400 - 1, DECEMBER + 31 * 86_400, DECEMBER + 31 * 86_400, "2023-12"),
    ],
)
def test_minutes_and_months_end_where_the_next_one_begins(
    moment: float, minute: float, month: float, name: str
) -> None:
    assert (minute_end(moment), month_end(moment), month_of(moment)) == (minute, month, name)


@pytest.mark.parametrize(
    ("attempts", "limit", "text"),
    [
        (0, 10, "not sent: the limit of requests in this minute (10) is reached, until 2023-12-01 00:00:00 UTC. "),
        (2, None, "not sent again: the limit of requests in this minute is reached, until 2023-12-01 00:00:00 UTC. "),
    ],
)
def test_the_error_of_a_throttle_says_which_limit_is_reached_and_until_when(
    attempts: int, limit: int | None, text: str
) -> None:
    error = Throttle(5.0, "minute", limit, DECEMBER).error(attempts)

    assert str(error) == text + UsageLimitExceededError.advice
    assert (error.attempts, error.period, error.limit) == (attempts, "minute", limit)
    assert error.resets_at == datetime.fromtimestamp(DECEMBER, UTC)


def now(seconds: float = 0.0) -> Instant:
    return Instant(MINUTE + 10 + seconds, 1000.0 + seconds)


def reserved(quota: Any, seconds: float = 0.0) -> Ticket:
    ticket = quota.reserve(now(seconds))
    assert isinstance(ticket, Ticket)
    return ticket


def waits(quota: Any, reached: LimitReached, *, seconds: float = 0.0, date: float | None = None) -> Throttle:
    throttle: Throttle | None = quota.settle(reserved(quota, seconds), now(seconds), date, reached)
    assert throttle is not None
    return throttle


@pytest.mark.parametrize(
    ("period", "end", "believed"),
    [
        ("minute", MINUTE + 10, False),
        ("minute", MINUTE + 11, True),
        # Where the clocks are two minutes apart, but not more.
        ("minute", MINUTE + 130, True),
        ("minute", MINUTE + 131, False),
        ("month", MINUTE + 10 + LONGEST_PERIOD, True),
        ("month", MINUTE + 11 + LONGEST_PERIOD, False),
        (None, MINUTE + 130, True),
        (None, MINUTE + 131, False),
    ],
)
def test_the_end_that_a_response_names_is_believed_where_it_can_be(
    period: str | None, end: float, *, believed: bool
) -> None:
    throttle = waits(Quota(), LimitReached(period, 10, end))

    assert throttle.resets_at == (end if believed else MINUTE + 11)
    assert (throttle.period, throttle.limit) == (period or "minute", 10)
    assert throttle.wait == at(MINUTE + 10).seconds_to(throttle.resets_at)


def test_retry_after_counts_where_the_named_end_is_past_and_not_where_it_is_to_come() -> None:
    past, present, to_come = (
        waits(Quota(), LimitReached("minute", None, end, retry_after=20)).resets_at
        for end in (MINUTE, MINUTE + 10, MINUTE + 30)
    )
    alone = waits(Quota(), LimitReached(retry_after=3000)).resets_at

    assert (past, present, to_come, alone) == (MINUTE + 30, MINUTE + 30, MINUTE + 30, MINUTE + 3010)
    assert waits(Quota(), LimitReached("minute", None, MINUTE + 40, retry_after=20)).resets_at == MINUTE + 40


def test_without_an_end_a_limit_lasts_until_its_period_ends_and_a_second_at_least() -> None:
    assert waits(Quota(), LimitReached()).resets_at == MINUTE + 60
    assert waits(Quota(), LimitReached("month")).resets_at == DECEMBER
    assert waits(Quota(), LimitReached("day")).resets_at == MINUTE + 60
    assert waits(Quota(), LimitReached(), seconds=49.5).resets_at == MINUTE + 60.5


def test_a_limit_of_zero_is_not_a_limit_that_is_known() -> None:
    assert waits(Quota(), LimitReached("minute", 0, MINUTE + 60)).limit is None


def test_a_409_that_came_although_the_last_one_was_waited_for_doubles_the_wait_up_to_a_minute() -> None:
    quota, past, seconds = Quota(), LimitReached("minute", None, MINUTE - 60), 0.0
    found = []
    for _ in range(9):
        throttle = waits(quota, past, seconds=seconds)
        found.append(round(throttle.resets_at - MINUTE - 10 - seconds, 6))
        seconds += throttle.wait

    assert found == [1, 2, 4, 8, 16, 32, 60, 60, 60]


@pytest.mark.parametrize(("later", "wait"), [(1.0, 2.0), (120.0, 2.0), (121.0, 1.0), (500.0, 1.0)])
def test_the_wait_begins_small_again_two_minutes_after_the_last_one_was_over(later: float, wait: float) -> None:
    quota, past = Quota(), LimitReached("minute", None, MINUTE - 600)
    waits(quota, past)

    throttle = waits(quota, past, seconds=later)
    assert throttle.resets_at - MINUTE - 10 - later == wait


def test_a_request_whose_minute_nobody_knows_holds_its_place_for_a_minute_from_its_end() -> None:
    quota = Quota(UsagePlan(1))
    ticket = reserved(quota)
    assert quota.settle(ticket, now(100)) is None

    assert quota.usage(now(159).wall).minute == 1
    assert isinstance(quota.reserve(now(159)), Throttle)
    assert isinstance(quota.reserve(now(161)), Ticket)


def test_a_request_that_nobody_settles_gives_its_place_back_after_the_lease() -> None:
    quota = Quota(UsagePlan(1))
    reserved(quota)

    assert isinstance(quota.reserve(now(LEASE - 1)), Throttle)
    assert isinstance(quota.reserve(now(LEASE)), Ticket)


def test_the_places_of_requests_under_way_move_with_the_servers_clock_once_it_is_known() -> None:
    quota = Quota(UsagePlan(2))
    reserved(quota)
    second = reserved(quota)
    # The server is an hour ahead.
    quota.server_clock.learn(MINUTE + 3610, 1000.0, now(0.5))
    quota.settle(second, now(0.5), MINUTE + 3610)

    usage = quota.usage(now(0.5).wall)
    assert (usage.minute, usage.month) == (2, 2)
    ends: list[float] = []
    quota.store.change(lambda ledger: ends.extend(ledger.holds.values()))
    assert ends == [pytest.approx(MINUTE + 3610 + LEASE, abs=2)]


def test_a_response_that_comes_after_the_lease_is_counted_like_others() -> None:
    quota = Quota()
    late, other = reserved(quota), reserved(quota, LEASE + 1)
    quota.settle(other, now(LEASE + 1), now(LEASE + 1).wall)
    quota.settle(late, now(LEASE + 2), now(LEASE + 2).wall)

    assert quota.usage(now(LEASE + 2).wall).minute == 2


def test_a_place_whose_lease_is_over_is_free_also_where_the_servers_clock_was_set_back() -> None:
    quota = Quota()
    reserved(quota)
    settled = reserved(quota, LEASE - 10)
    quota.server_clock.learn(now(LEASE - 70).wall, now(LEASE - 10).steady, now(LEASE - 10))
    quota.settle(settled, now(LEASE + 1), now(LEASE - 59).wall)

    assert quota.usage(now(LEASE + 1).wall).minute == 1


class Waiting(MemoryStore):
    """Keeps a ledger in a place that has to be waited for, and that breaks after so many changes."""

    waits = True

    def __init__(self, breaks_after: int = 1000) -> None:
        super().__init__()
        self.left = breaks_after
        self.asked, self.free = threading.Event(), threading.Event()
        self.free.set()

    def change(self, action: Callable[[Ledger], Any]) -> Any:
        self.asked.set()
        assert self.free.wait(60)
        if self.left == 0:
            raise ConfigurationError("the place is gone")
        self.left -= 1
        return super().change(action)


@pytest.mark.parametrize(("breaks_after", "log"), [(1000, []), (1, ["of a cancelled request: the place is gone"])])
async def test_a_task_that_is_cancelled_while_it_gets_its_place_settles_it_or_says_why_not(
    service: StubService, caplog: pytest.LogCaptureFixture, breaks_after: int, log: list[str]
) -> None:
    store = Waiting(breaks_after)
    async with service.async_client(quota=Quota("watt", store=store)) as client:
        store.free.clear()
        task = asyncio.create_task(client.search_system_id("1"))
        await asyncio.to_thread(store.asked.wait, 60)
        task.cancel()
        await asyncio.sleep(0.01)
        store.free.set()
        with pytest.raises(asyncio.CancelledError):
            await task
        if breaks_after > 1:
            # Nothing was sent, and the place is free again with the next minute.
            service.clock.advance(61)
            assert await client.search_system_id("2") == 67
            assert client.usage.minute == 1

    assert [record.message.partition("could not be told ")[2] for record in caplog.records] == log


def test_an_unknown_plan_is_told_by_where_it_was_given() -> None:
    forms = "Give 'watt', or the limits for a minute and a month such as '10/5000' (in Python also a UsagePlan)."
    for plan, source, begin in (
        ("kw", "plan", "plan='kw' is unknown."),
        (5, "plan", "plan=5 is unknown."),
        ("kw", "plan of the profile", "The plan of the profile, 'kw', is unknown."),
    ):
        with pytest.raises(ConfigurationError) as caught:
            resolve_plan(plan, {"watt": UsagePlan(10)}, source)  # type: ignore[arg-type]  # one is wrong on purpose
        assert str(caught.value) == f"{begin} {forms}"
    with pytest.raises(ConfigurationError, match=r"^plan='kw' is unknown"):
        resolve_plan("kw", {})
    assert resolve_plan(None, {}) == UsagePlan()


def test_a_quota_counts_whatever_clients_and_threads_use_it_and_shows_its_limits() -> None:
    quota = Quota("10/5000")
    threads = [threading.Thread(target=reserved, args=(quota,)) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert quota.usage(now().wall) == Usage(10, 10, 10, 5000)
    assert repr(quota) == "<Quota per_minute=10, per_month=5000>"
    assert quota.offset == 0.0
