"""Which ranges may be asked for, and what they mean at the system."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from enphase_enlighten import InvalidArgumentError, MissingHistoryWarning
from tests.support.clock import SettableClock
from tests.support.service import StubService

if TYPE_CHECKING:
    from enphase_enlighten import Enlighten


ZONE = ZoneInfo("America/Los_Angeles")
DAY = 86400


def test_the_default_is_today_at_the_system_until_now(client: Enlighten, clock: SettableClock) -> None:
    rows = list(client.stats(67))

    assert rows[0].end_at == datetime(2026, 6, 15, 0, 5, tzinfo=ZONE)
    assert rows[-1].end_at.timestamp() == clock.now() // 300 * 300


def test_today_is_the_systems_own_day() -> None:
    service = StubService(zones={67: "Pacific/Auckland"})
    with service.client() as client:
        assert next(iter(client.stats(67))).end_at.isoformat() == "2026-06-16T00:05:00+12:00"


def test_today_begins_when_the_clocks_reach_it() -> None:
    # In Beirut there is no midnight on the day on which the clocks are set forward.
    service = StubService(SettableClock(datetime(2026, 3, 29, 10, tzinfo=UTC).timestamp()), zones={67: "Asia/Beirut"})
    with service.client() as client:
        assert next(iter(client.stats(67))).end_at.isoformat() == "2026-03-29T01:05:00+03:00"


def test_an_end_in_the_future_means_now(client: Enlighten, service: StubService, clock: SettableClock) -> None:
    assert len(list(client.stats(67, start_at="2026-06-14", end_at="2027-01-01"))) > 288
    assert service.windows()[-1][1] == int(clock.now())


def test_each_iteration_is_a_call_of_its_own(client: Enlighten, service: StubService, clock: SettableClock) -> None:
    series = client.stats(67)
    before = len(list(series))
    clock.advance(600)

    assert len(list(series)) == before + 2
    assert len(service.windows()) == 2


def test_a_range_without_a_whole_interval_is_empty_and_costs_nothing(client: Enlighten, service: StubService) -> None:
    assert list(client.stats(67, start_at="2026-06-01T10:01", end_at="2026-06-01T10:04", timezone=ZONE)) == []
    assert list(client.stats(67, start_at="2026-06-01T10:00", end_at="2026-06-01T10:00", timezone=ZONE)) == []
    assert service.requests == []


def test_a_time_between_two_marks_is_rounded_down(client: Enlighten) -> None:
    rows = list(client.stats(67, start_at="2026-06-01T10:04:59", end_at="2026-06-01T10:14:59"))

    assert [row.end_at.minute for row in rows] == [5, 10]


@pytest.mark.parametrize(
    ("arguments", "argument"),
    [
        ({"start_at": "2026-06-15", "end_at": "2026-06-14"}, "end_at"),
        ({"start_at": "2026-06-15T10:00Z", "end_at": "2026-06-15T09:00Z"}, "end_at"),
        ({"start_at": "2026-06-15", "end_at": "2026-06-13T00:00Z"}, "end_at"),
        ({"end_at": "2026-06-14"}, "end_at"),
        ({"start_at": "2026-06-17"}, "start_at"),
        ({"start_at": "2026-06-15T19:00Z"}, "start_at"),
        ({"start_at": "2020-01-01", "end_at": "2021-01-01"}, "end_at"),
        ({"start_at": "soon"}, "start_at"),
        ({"end_at": True}, "end_at"),
        ({"timezone": "Mars"}, "timezone"),
    ],
)
@pytest.mark.parametrize("zone", [{}, {"timezone": "America/Los_Angeles"}])
def test_an_invalid_range_is_an_error_before_anything_is_sent(
    client: Enlighten, service: StubService, arguments: dict[str, Any], argument: str, zone: dict[str, Any]
) -> None:
    with pytest.raises(InvalidArgumentError) as caught:
        client.stats(67, **{**zone, **arguments})

    assert caught.value.argument == argument
    assert service.requests == []


NOON = datetime(2026, 6, 14, 12, tzinfo=UTC)


@pytest.mark.parametrize("zone", [{}, {"timezone": "America/Los_Angeles"}])
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            {"start_at": "2026-06-14", "end_at": "2026-06-13"},
            "end_at='2026-06-13' is not accepted. Give an instant that is not before start_at='2026-06-14'.",
        ),
        (
            {"start_at": NOON, "end_at": date(2026, 6, 12)},
            (
                "end_at='2026-06-12' is not accepted. "
                "Give an instant that is not before start_at='2026-06-14T12:00:00+00:00'."
            ),
        ),
        (
            {"end_at": 1781000000},
            "end_at=1781000000 is not accepted. Give an instant that is not before midnight today at the system.",
        ),
        (
            {"start_at": "2026-06-18"},
            "start_at='2026-06-18' is not accepted. Give an instant that is not in the future.",
        ),
    ],
)
def test_the_error_of_a_range_shows_it_as_it_was_given(
    client: Enlighten, arguments: dict[str, Any], message: str, zone: dict[str, Any]
) -> None:
    with pytest.raises(InvalidArgumentError) as caught:
        client.stats(67, **arguments, **zone)

    assert str(caught.value) == message


@pytest.mark.parametrize("known", [False, True])
@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Pacific/Kiritimati", "Etc/GMT+12"])
@pytest.mark.parametrize("now", ["2026-06-15T18:07:30+00:00", "2024-02-29T23:59:00+00:00", "2026-03-08T20:01:00+00:00"])
def test_the_end_that_is_proposed_for_one_beyond_history_is_accepted(zone: str, known: bool, now: str) -> None:
    service = StubService(SettableClock(datetime.fromisoformat(now).timestamp()), zones={67: zone})
    arguments = {"timezone": zone} if known else {}
    with service.client() as client:
        with pytest.raises(InvalidArgumentError, match=r"^end_at='2020-01-02' is not accepted") as caught:
            client.stats(67, start_at="2020-01-01", end_at="2020-01-02", **arguments)
        proposed = str(caught.value).partition(" from ")[2].partition(" on:")[0]
        service.clock.advance(1800)
        with pytest.warns(MissingHistoryWarning):
            list(client.stats(67, start_at="2020-01-01", end_at=proposed, **arguments))


def test_an_end_of_today_is_asked_for_while_the_timezone_is_unknown(client: Enlighten) -> None:
    assert len(list(client.stats(67, end_at="2026-06-15T08:00Z"))) == 12


@pytest.mark.parametrize("known", [False, True])
@pytest.mark.parametrize(("zone", "length"), [("Pacific/Kiritimati", 7), ("Pacific/Auckland", 0)])
def test_a_local_time_is_in_the_future_only_where_it_is_so_everywhere(zone: str, length: int, known: bool) -> None:
    # 18:07 in UTC: half past seven of the next morning has come on Kiritimati alone.
    service = StubService(zones={67: zone})
    arguments = {"timezone": zone} if known else {}
    with service.client() as client:
        series = client.stats(67, start_at="2026-06-16T07:30", **arguments)
        assert len(list(series)) == length
        assert len(service.windows()) == (length > 0)
        with pytest.raises(InvalidArgumentError, match=r"^start_at="):
            client.stats(67, start_at="2026-06-16T08:08", **arguments)

    assert len(service.asked("systems")) == (not known)


def test_a_start_that_the_services_clock_has_not_reached_is_no_error_after_a_request(
    client: Enlighten, service: StubService, clock: SettableClock
) -> None:
    service.offset = -60
    assert list(client.stats(67, start_at=clock.now() - 30)) == []
    assert [name for name, _ in service.requests] == ["systems"]


def test_local_times_that_only_a_change_of_clocks_turns_around_are_an_empty_range() -> None:
    # 02:45 is skipped, which makes it 03:45.
    service = StubService(SettableClock(datetime(2026, 4, 1, tzinfo=UTC).timestamp()))
    with service.client() as client:
        for _ in range(2):
            assert list(client.stats(67, start_at="2026-03-08T02:45", end_at="2026-03-08T03:15")) == []

    assert service.windows() == []


def test_a_local_end_long_before_the_start_is_an_error_whatever_its_fold(
    client: Enlighten, service: StubService
) -> None:
    end = datetime(2026, 6, 10, fold=1)  # noqa: DTZ001 - at the system
    with pytest.raises(InvalidArgumentError, match=r"^end_at="):
        client.stats(67, start_at="2026-06-12", end_at=end)

    assert service.requests == []


def test_an_end_in_the_repeated_hour_may_come_after_a_later_looking_start() -> None:
    service = StubService(SettableClock(datetime(2026, 12, 1, tzinfo=UTC).timestamp()))
    second = datetime(2026, 11, 1, 1, 30, fold=1)  # noqa: DTZ001 - at the system
    with service.client() as client:
        rows = list(client.stats(67, start_at="2026-11-01T01:45", end_at=second))

    assert len(rows) == 9


def test_a_day_of_a_change_of_clocks_has_all_its_hours() -> None:
    for day, hours in (("2026-03-08", 23), ("2026-11-01", 25)):
        service = StubService(SettableClock(datetime(2026, 12, 1, tzinfo=UTC).timestamp()))
        following = date.fromisoformat(day) + timedelta(days=1)
        with service.client() as client:
            assert len(list(client.stats(67, start_at=day, end_at=following))) == hours * 12
