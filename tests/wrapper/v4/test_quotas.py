"""The quota of API v4: refusals without a period, applications of their own, and the writes of a partner."""

from __future__ import annotations

import pickle
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
import redis

from enphase_enlighten import APIStatusError, ConfigurationError, UsageLimitExceededError
from enphase_enlighten.quota.ledger import Throttle
from enphase_enlighten.quota.plans import UsagePlan
from enphase_enlighten.quota.quota import LimitReached, MemoryStore, Ticket
from enphase_enlighten.timing.clock import Instant
from enphase_enlighten.v2.quotas import RedisQuota as RedisQuotaOfV2
from enphase_enlighten.v2.quotas import SQLiteQuota as SQLiteQuotaOfV2
from enphase_enlighten.v4 import Enlighten, Quota, RedisQuota, SQLiteQuota
from tests.support.service import reply
from tests.support.v4_service import recorded

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import httpx

    from enphase_enlighten.quota.ledger import Ledger
    from tests.support.clients import Kind
    from tests.support.clock import SettableClock
    from tests.support.v4_service import Asked, V4Service

R = TypeVar("R")

NOW = 1_790_000_000.0 - 1_790_000_000 % 60 + 5
HOUR = 3600


def refused(quota: Quota, now: float, reached: LimitReached | None = LimitReached()) -> Throttle | None:  # noqa: B008 - frozen
    ticket = quota.reserve(Instant(now, now))
    assert isinstance(ticket, Ticket)
    return quota.settle(ticket, Instant(now, now), now, reached, accepted=reached is None)


def test_a_refusal_without_a_period_is_for_the_minute_and_after_three_perhaps_for_the_month() -> None:
    quota = Quota("kilowatt")
    first, second, third = (refused(quota, NOW + 60 * minute) for minute in range(3))
    assert first is not None
    assert second is not None
    assert third is not None
    assert (first.period, second.period) == ("minute", "minute")
    assert (third.period, third.suspected) == ("month", True)
    assert third.resets_at == pytest.approx(NOW + 120 + HOUR, abs=2)
    blocked = quota.reserve(Instant(NOW + 200, NOW + 200))
    assert isinstance(blocked, Throttle)
    assert "perhaps it is the month's" in str(blocked.error())
    # The next hour begins with the next refusal, and ends with the next success.
    again = refused(quota, NOW + 150 + HOUR)
    assert again is not None
    assert again.suspected
    assert refused(quota, NOW + 200 + 2 * HOUR, None) is None
    last = refused(quota, NOW + 260 + 2 * HOUR)
    assert last is not None
    assert last.period == "minute"


def test_a_month_that_is_nearly_spent_is_suspected_at_once() -> None:
    quota = Quota("10000/20")
    assert all(refused(quota, NOW, None) is None for _ in range(18))
    suspected = refused(quota, NOW)
    assert suspected is not None
    assert suspected.suspected


def test_a_partner_has_two_hundred_posts_and_two_hundred_puts_a_month() -> None:
    quota = Quota("partner")
    granted: list[Any] = [quota.reserve(Instant(NOW + 60 * each, NOW + 60 * each), "POST") for each in range(201)]
    assert all(isinstance(ticket, Ticket) for ticket in granted[:200])
    later = Instant(NOW + 20_000, NOW + 20_000)
    with pytest.raises(UsageLimitExceededError, match="limit of POST requests in this month"):
        raise granted[200].error()
    assert isinstance(quota.reserve(later, "PUT"), Ticket)
    assert isinstance(quota.reserve(later), Ticket)


def test_one_file_keeps_the_applications_apart_and_one_quota_takes_one(tmp_path: Path) -> None:
    def client(key: str, quota: Quota) -> Enlighten:
        return Enlighten(key, tokens="simulated-token", base_url="http://127.0.0.1:1/api/v4", quota=quota)

    path = tmp_path / "quota.sqlite"
    quota, other = SQLiteQuota(path), SQLiteQuota(path)
    with client("simulated-key-1", quota), client("simulated-key-1", quota), client("simulated-key-2", other):
        now = Instant(NOW, NOW)
        assert isinstance(quota.reserve(now), Ticket)
        assert (quota.usage(NOW).month, other.usage(NOW).month) == (1, 0)
        with pytest.raises(ConfigurationError, match="another application"):
            client("simulated-key-2", quota)
    assert b"simulated-key" not in path.read_bytes()


def test_a_quota_in_a_file_tells_no_usage_before_it_knows_whose(tmp_path: Path, v4_service: V4Service) -> None:
    path = tmp_path / "quota.sqlite"
    with v4_service.client(quota=SQLiteQuota(path, "watt")) as client:
        client.summary(67)
    monitor = SQLiteQuota(path, "watt")
    with pytest.raises(ConfigurationError, match=r"does not know yet which one is meant. Make a client"):
        monitor.usage(v4_service.clock.now())
    with v4_service.client(quota=monitor):
        assert monitor.usage(v4_service.clock.now()).month == 1
    assert SQLiteQuotaOfV2(path).usage(NOW).month == 0
    assert Quota("watt").usage(NOW).month == 0


@pytest.mark.parametrize("of", [RedisQuota, RedisQuotaOfV2])
def test_a_quota_in_redis_pickles_as_its_url_without_a_server(of: Any, tmp_path: Path) -> None:
    url = f"unix://:s3cr3t@{tmp_path}/socket"
    quota = of(url, "watt", namespace="garden")
    pickled = pickle.dumps(quota)
    copy = pickle.loads(pickled)  # noqa: S301 - made above
    assert (type(copy), copy.plan) == (of, quota.plan)
    assert pickle.dumps(copy) == pickled != pickle.dumps(of(url, "watt"))
    with pytest.raises(ConfigurationError, match="Check that the server runs") as caught:
        copy.usage(NOW)
    assert "s3cr3t" not in str(caught.value)
    with redis.Redis.from_url(url) as client, pytest.raises(TypeError, match=r"cannot be pickled. Give it a URL"):
        pickle.dumps(of(client))


class ForgettingStore(MemoryStore):
    """A store that cannot be used from its second change on."""

    def __init__(self) -> None:
        super().__init__()
        self._changes = 0

    def change(self, action: Callable[[Ledger], R]) -> R:
        self._changes += 1
        if self._changes > 1:
            raise ConfigurationError("The disk is gone.")
        return super().change(action)


def test_a_response_that_the_quota_cannot_be_told_of_is_given_all_the_same(
    kind: Kind, v4_service: V4Service, caplog: pytest.LogCaptureFixture
) -> None:
    with v4_service.made(kind, quota=Quota("watt", store=ForgettingStore())) as client:
        assert client.summary(67).system_id == 67
        assert "could not be told of a response: The disk is gone." in caplog.text
        with pytest.raises(ConfigurationError, match="The disk is gone"):
            client.summary(67)
    assert len(v4_service.sent) == 1


def test_a_write_over_the_end_of_a_month_is_one_of_the_writes_of_both(
    kind: Kind, v4_service: V4Service, clock: SettableClock
) -> None:
    clock.moment = datetime(2026, 10, 31, 23, 59, 59, tzinfo=UTC).timestamp()

    def slow(asked: Asked) -> httpx.Response:
        clock.advance(2)
        return recorded(asked)

    v4_service.always = slow
    quota = Quota(UsagePlan(100, 1000, 1))
    with v4_service.made(kind, quota=quota, max_wait=0) as client:
        client.update_storm_guard(67, "enabled")
        with pytest.raises(UsageLimitExceededError, match="limit of PUT requests in this month"):
            client.update_storm_guard(67, "enabled")
        assert client.usage.month == 1
    assert len(v4_service.sent) == 1


@pytest.mark.parametrize(("status", "trusted"), [(200, True), (404, False), (422, False), (500, False), (503, False)])
def test_a_success_alone_ends_the_suspicion_that_the_month_is_spent(
    kind: Kind, v4_service: V4Service, clock: SettableClock, status: int, trusted: bool
) -> None:
    def refuse(_asked: Asked) -> httpx.Response:
        return reply(
            {"message": "Too Many Requests", "details": "Usage limit exceeded for plan Watt", "code": 429}, 429
        )

    quota = Quota("kilowatt")

    def ask_refused(client: Any) -> str:
        v4_service.always = refuse
        with pytest.raises(UsageLimitExceededError) as caught:
            client.summary(67)
        clock.advance(61)
        return str(caught.value.period)

    with v4_service.made(kind, quota=quota, max_wait=0, max_retries=0) as client:
        assert [ask_refused(client) for _ in range(3)] == ["minute"] * 3
        with pytest.raises(UsageLimitExceededError, match="perhaps it is the month's"):
            client.summary(67)
        clock.advance(HOUR)
        v4_service.always = recorded if status == 200 else lambda _: reply({"message": "unable to fetch data"}, status)
        with suppress(APIStatusError):
            client.summary(67)
        ask_refused(client)
        if trusted:
            assert ask_refused(client) == "minute"
        else:
            with pytest.raises(UsageLimitExceededError, match="perhaps it is the month's"):
                client.summary(67)
