"""The edge of history: the service keeps intervals for a year; a range that begins before brings an empty list."""

from __future__ import annotations

import re
import warnings
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import anyio
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from enphase_enlighten import InvalidArgumentError, MissingHistoryWarning, Quota, UsagePlan
from tests.support.clock import SettableClock
from tests.support.service import StubService

if TYPE_CHECKING:
    from enphase_enlighten import AsyncEnlighten, Enlighten


pytestmark = pytest.mark.lowest

ZONE = ZoneInfo("America/Los_Angeles")
HERE = __file__
RANGE = re.compile(r": (\S+) to (\S+) is missing")


def missing(caught: list[warnings.WarningMessage]) -> tuple[float, float]:
    """The range that the one warning names."""
    [warning] = caught
    assert warning.category is MissingHistoryWarning
    named = RANGE.search(str(warning.message))
    assert named is not None
    start, end = (datetime.fromisoformat(moment).timestamp() for moment in named.groups())
    return start, end


def fetched(series: Any) -> tuple[list[float], list[warnings.WarningMessage]]:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        return [row.end_at.timestamp() for row in series], caught


@pytest.mark.parametrize("name", ["stats", "rgm_stats", "consumption_stats"])
def test_a_range_that_reaches_over_the_edge_gives_everything_on_this_side(client: Enlighten, name: str) -> None:
    step = 300 if name == "stats" else 900
    edge = int(datetime(2025, 6, 15, 18, 7, 30, tzinfo=UTC).timestamp())
    first = edge // step * step + step
    asked = int(datetime(2024, 1, 1, tzinfo=ZONE).timestamp())

    ends, caught = fetched(getattr(client, name)(67, start_at=asked, end_at=first + 3 * 86400))

    assert ends == list(range(first + step, first + 3 * 86400 + 1, step))
    assert missing(caught) == (asked, first)


def test_the_warning_points_at_the_line_that_asks_for_rows(client: Enlighten) -> None:
    series = client.stats(67, start_at="2025-06-01", end_at="2025-06-16")

    with pytest.warns(MissingHistoryWarning, match="2025-06-01T00:00:00-07:00 to 2025-06-15T11:10:00-07:00") as caught:
        list(series)
    [warning] = caught
    assert warning.filename == HERE


async def test_the_warning_of_an_async_series_points_there_too(async_client: AsyncEnlighten) -> None:
    series = async_client.stats(67, start_at="2025-06-01", end_at="2025-06-16")

    with pytest.warns(MissingHistoryWarning, match="energy_lifetime has those days") as caught:
        assert [row async for row in series]
    [warning] = caught
    assert warning.filename == HERE


def test_the_models_come_with_the_same_warning(client: Enlighten) -> None:
    series = client.rgm_stats(67, start_at="2025-06-01", end_at="2025-06-20")

    with pytest.warns(MissingHistoryWarning) as caught:
        assert len(list(series.responses())) == 1
    assert len(caught) == 1


def test_a_range_within_history_warns_of_nothing(client: Enlighten) -> None:
    assert list(client.stats(67, start_at="2025-06-15T11:10", end_at="2025-06-15T12:00"))


@pytest.mark.parametrize("arguments", [{}, {"timezone": "America/Los_Angeles"}])
def test_a_range_wholly_beyond_is_an_error_before_anything_is_sent(
    client: Enlighten, service: StubService, arguments: dict[str, str]
) -> None:
    with pytest.raises(InvalidArgumentError, match="for one year, and energy_lifetime has the days before"):
        client.stats(67, start_at="2024-01-01", end_at="2025-06-01", **arguments)

    assert service.requests == []


def test_a_local_end_near_the_edge_is_an_error_once_the_timezone_is_known(
    client: Enlighten, service: StubService
) -> None:
    series = client.stats(67, start_at="2025-06-01", end_at="2025-06-15T11:10")

    with pytest.raises(InvalidArgumentError):
        list(series)
    assert [name for name, _ in service.requests] == ["systems"]


def test_an_end_that_only_the_systems_own_year_reaches_is_asked_for() -> None:
    # A year ago the clocks at the system stood an hour ahead of where they stand now.
    service = StubService(SettableClock(datetime(2026, 11, 1, 20, 1, tzinfo=UTC).timestamp()))
    with service.client() as client:
        ends, _ = fetched(client.stats(67, start_at="2025-10-30", end_at="2025-11-01T19:30Z"))

    assert len(ends) == 5


@pytest.mark.parametrize("latency", [2.0, 20.0, 200.0])
def test_a_request_that_the_edge_overtakes_on_its_way_is_planned_again(latency: float) -> None:
    # The edge is a second short of a mark: what starts at that mark comes too late at a service that is slow.
    service = StubService(SettableClock(datetime(2026, 6, 15, 18, 4, 59, tzinfo=UTC).timestamp()))
    edge = int(datetime(2025, 6, 15, 18, 5, tzinfo=UTC).timestamp())
    with service.client() as client:
        list(client.systems())
        service.latency = latency
        ends, caught = fetched(client.stats(67, start_at="2025-06-10", end_at=edge + 86400))

    start = service.windows()[-1][0]
    assert edge + 300 <= start <= edge + 900
    assert ends == list(range(start + 300, edge + 86401, 300))
    assert missing(caught) == (datetime(2025, 6, 10, tzinfo=ZONE).timestamp(), start)


def test_a_window_that_waits_for_its_quota_while_the_edge_passes_is_planned_again() -> None:
    service = StubService(SettableClock(datetime(2026, 6, 15, 18, 4, 10, tzinfo=UTC).timestamp()))
    edge = int(datetime(2025, 6, 15, 18, 5, tzinfo=UTC).timestamp())
    quota = Quota(UsagePlan(per_minute=1))
    with service.client(quota=quota) as client:
        # The lookup of the timezone spends the one request of this minute.
        ends, caught = fetched(client.stats(67, start_at="2025-06-10", end_at=edge + 7200))

    assert service.clock.waits
    start = service.windows()[-1][0]
    assert ends[0] == start + 300
    assert ends[-1] == edge + 7200
    assert start <= edge + 300
    assert missing(caught)[1] == start


def test_an_empty_window_at_the_edge_is_not_asked_for_without_end() -> None:
    service = StubService(SettableClock(datetime(2026, 6, 15, 18, 4, 59, tzinfo=UTC).timestamp()))
    service.has = lambda _end: False
    with service.client() as client:
        ends, caught = fetched(client.stats(67, start_at="2025-06-10", end_at="2025-06-15T15:00"))

    assert ends == []
    assert len(caught) == 1
    assert len(service.windows()) == 2


@pytest.mark.parametrize("offset", [-7200, 7200])
def test_the_servers_clock_is_the_one_that_counts(offset: int) -> None:
    service = StubService()
    service.offset = offset
    edge = int(datetime(2025, 6, 15, 18, 7, 30, tzinfo=UTC).timestamp()) + offset
    first = edge // 300 * 300 + 300
    with service.client() as client:
        # Its `Date` comes with the lookup of the timezone.
        ends, _ = fetched(client.stats(67, start_at="2025-06-01", end_at=first + 3600))

    assert ends[0] == first + 300


def test_a_first_response_with_a_clock_far_ahead_counts() -> None:
    service = StubService()
    service.offset = 7200
    first = int(datetime(2025, 6, 15, 20, 10, tzinfo=UTC).timestamp())
    with service.client() as client:
        ends, caught = fetched(client.stats(67, start_at="2025-06-01", end_at=first + 3600, timezone=ZONE))

    assert ends == list(range(first + 300, first + 3601, 300))
    assert missing(caught)[1] == first


@settings(max_examples=60)
@given(
    st.integers(1_700_000_000, 1_790_000_000),
    st.sampled_from(["America/Los_Angeles", "Australia/Lord_Howe", "Europe/Berlin", "Asia/Kathmandu"]),
    st.sampled_from([None, "UTC"]),
    st.sampled_from([1, 2]),
)
# On these days a year ago the clocks at the system stood an hour from where they stand now; and a leap day.
@example(int(datetime(2026, 3, 8, 20, 1, tzinfo=UTC).timestamp()), "America/Los_Angeles", None, 1)
@example(int(datetime(2026, 3, 8, 20, 1, tzinfo=UTC).timestamp()), "America/Los_Angeles", "UTC", 2)
@example(int(datetime(2026, 11, 1, 20, 1, tzinfo=UTC).timestamp()), "America/Los_Angeles", None, 2)
@example(int(datetime(2026, 11, 1, 20, 1, tzinfo=UTC).timestamp()), "America/Los_Angeles", "UTC", 1)
@example(int(datetime(2024, 2, 29, 4, tzinfo=UTC).timestamp()), "America/Los_Angeles", "UTC", 1)
def test_whose_ever_year_it_is_what_is_given_and_what_is_missing_make_up_the_range(
    now: int, zone: str, history_zone: str | None, concurrency: int
) -> None:
    service = StubService(SettableClock(now), zones={67: zone})
    service.history_zone = history_zone
    there = datetime.fromtimestamp(now, ZoneInfo(history_zone or zone))
    edge = there.replace(year=there.year - 1, day=min(there.day, 28) if there.month == 2 else there.day).timestamp()
    asked, end = int(edge) // 300 * 300 - 3 * 86400, int(edge) // 300 * 300 + 2 * 86400

    async def fetch() -> tuple[list[float], list[warnings.WarningMessage]]:
        async with service.async_client(concurrency=concurrency) as client:
            with warnings.catch_warnings(record=True) as caught:
                warnings.simplefilter("always")
                series = client.stats(67, start_at=asked, end_at=end)
                return [row.end_at.timestamp() async for row in series], caught

    ends, caught = anyio.run(fetch)

    start = missing(caught)[1]
    assert ends == list(range(int(start) + 300, end + 1, 300))
    assert edge <= start <= edge + 600
    assert missing(caught)[0] == asked


def test_what_goes_missing_while_the_caller_takes_its_time_is_a_warning_of_its_own() -> None:
    service = StubService()
    start = int(datetime(2025, 6, 15, 18, 10, tzinfo=UTC).timestamp())
    with service.client() as client, warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        rows = iter(client.stats(67, start_at=start, end_at=start + 5 * 86400))
        ends = [next(rows).end_at.timestamp() for _ in range(288)]
        service.clock.advance(timedelta(days=3).total_seconds())
        ends += [row.end_at.timestamp() for row in rows]

    since, until = missing(caught)
    assert since == start + 86400
    assert ends == [*range(start + 300, int(since) + 1, 300), *range(int(until) + 300, start + 5 * 86400 + 1, 300)]
