"""Ranges and windows at their very edges, and machines in another timezone than the system."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from dateutil.relativedelta import relativedelta

from enphase_enlighten import InvalidArgumentError, MissingHistoryWarning
from enphase_enlighten.planning.ranges import check_range, warn_of_missing_history
from enphase_enlighten.planning.windows import Length, Window, WindowRule
from enphase_enlighten.timing.instants import parse_instant
from tests.support.clock import NOW, SettableClock
from tests.support.service import StubService, reply, unlisted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enphase_enlighten import Enlighten

ZONE = ZoneInfo("America/Los_Angeles")
HOUR, DAY = 3600, 86_400
EDGE = int(datetime(2025, 6, 15, 18, 10, tzinfo=UTC).timestamp())
"""The first point of the grid within the year before now."""
RULE = WindowRule(interval=300, longest=relativedelta(days=1), history=relativedelta(years=1))


@pytest.fixture
def machine_in_new_york(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine whose clocks were an hour apart from today's a year ago, on some days, where UTC's never are."""
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def test_a_window_is_asked_for_by_its_length_where_the_service_wants_that() -> None:
    rule = WindowRule(300, relativedelta(days=1), relativedelta(years=1), lengths=(Length.DAY,))

    assert rule.parameters(Window(600, 900), Length.DAY) == {"start_at": 600, "granularity": "day"}


@pytest.mark.parametrize(
    ("longest", "seconds"),
    [
        ({"hours": 12}, 12 * HOUR),
        ({"days": 1, "hours": 6}, 30 * HOUR),
        ({"days": 7}, 7 * DAY),
        ({"years": 1}, 365 * DAY),
    ],
)
def test_a_window_may_be_hours_days_or_years_long(longest: dict[str, Any], seconds: int) -> None:
    rule = WindowRule(300, relativedelta(**longest), relativedelta(years=1))

    assert rule.end(1_700_000_100, UTC) - 1_700_000_100 == pytest.approx(seconds, abs=DAY if "years" in longest else 0)


def test_how_long_intervals_are_kept_is_said_in_words() -> None:
    kept = [WindowRule(300, relativedelta(days=1), relativedelta(years=years)).kept for years in (1, 2)]

    assert kept == ["one year", "2 years"]


def test_an_end_before_any_midnight_of_today_is_an_error_before_the_timezone_is_looked_up(
    client: Enlighten, service: StubService, clock: SettableClock
) -> None:
    # A day on which the clocks are set back has 25 hours.
    with pytest.raises(InvalidArgumentError, match="midnight today"):
        client.stats(67, end_at=clock.now() - 25 * HOUR - 1)
    assert service.requests == []

    series = client.stats(67, end_at=clock.now() - 25 * HOUR)
    with pytest.raises(InvalidArgumentError, match="midnight today"):
        list(series)
    assert len(service.requests) == 1


def test_an_end_beyond_history_in_every_timezone_is_an_error_before_the_timezone_is_looked_up(
    client: Enlighten, service: StubService
) -> None:
    with pytest.raises(InvalidArgumentError, match="keeps intervals"):
        client.stats(67, start_at="2025-01-01", end_at=EDGE - 25 * HOUR)
    assert service.requests == []

    series = client.stats(67, start_at="2025-01-01", end_at=EDGE - 25 * HOUR + 1)
    with pytest.raises(InvalidArgumentError, match="keeps intervals"):
        list(series)
    assert len(service.requests) == 1


def test_a_range_may_begin_in_this_very_second_and_not_in_the_next(client: Enlighten, clock: SettableClock) -> None:
    assert list(client.stats(67, start_at=clock.now(), timezone=ZONE)) == []
    with pytest.raises(InvalidArgumentError, match="not in the future"):
        client.stats(67, start_at=clock.now() + 1, timezone=ZONE)


def test_a_range_may_end_where_it_begins_and_not_a_second_before(client: Enlighten, clock: SettableClock) -> None:
    start = clock.now() - HOUR
    for known in ({}, {"timezone": ZONE}):
        assert list(client.stats(67, start_at=start, end_at=start, **known)) == []
        with pytest.raises(InvalidArgumentError, match="not before start_at="):
            client.stats(67, start_at=start, end_at=start - 1, **known)


# Noon in UTC is 05:00 in Los Angeles, and 02:00 of the next day on Kiritimati.
@pytest.mark.parametrize(
    ("start", "end", "in_order", "backwards"),
    [
        ("2026-06-14T12:00Z", "2026-06-14T13:00", "America/Los_Angeles", "Pacific/Kiritimati"),
        ("2026-06-14T05:30", "2026-06-14T12:00Z", "Pacific/Kiritimati", "America/Los_Angeles"),
    ],
)
@pytest.mark.parametrize("known", [False, True])
@pytest.mark.usefixtures("machine_in_new_york")
def test_whether_an_aware_and_a_local_time_are_in_order_depends_on_the_systems_timezone(
    start: str, end: str, in_order: str, backwards: str, *, known: bool
) -> None:
    for zone in (in_order, backwards):
        service = StubService(zones={67: zone})
        with service.client() as client:
            if known:
                list(client.systems())
            if zone == in_order:
                assert list(client.stats(67, start_at=start, end_at=end))
                continue
            with pytest.raises(InvalidArgumentError, match=r"^end_at="):
                list(client.stats(67, start_at=start, end_at=end))
            assert service.windows() == []


def test_an_aware_start_and_a_local_end_that_no_timezone_puts_in_order_are_an_error_at_once(
    client: Enlighten, service: StubService
) -> None:
    # The end comes last at twelve hours behind UTC: on the 14th at noon.
    with pytest.raises(InvalidArgumentError, match=r"^end_at="):
        client.stats(67, start_at="2026-06-14T12:00:01Z", end_at="2026-06-14T00:00")
    assert service.requests == []

    series = client.stats(67, start_at="2026-06-14T12:00Z", end_at="2026-06-14T00:00")
    with pytest.raises(InvalidArgumentError, match=r"^end_at="):
        list(series)
    assert len(service.requests) == 1


def test_a_local_end_looks_a_day_earlier_than_the_start_at_most_where_it_is_the_second_of_two() -> None:
    service = StubService(SettableClock(datetime(2026, 12, 1, tzinfo=UTC).timestamp()))
    with service.client() as client:
        for known in ({}, {"timezone": ZONE}):
            end = datetime(2026, 11, 1, 1, 30, fold=1)  # noqa: DTZ001 - at the system
            assert list(client.stats(67, start_at="2026-11-02T01:30", end_at=end, **known)) == []
            with pytest.raises(InvalidArgumentError, match=r"^end_at="):
                client.stats(67, start_at="2026-11-02T01:30:01", end_at=end, **known)
            with pytest.raises(InvalidArgumentError, match=r"^end_at="):
                client.stats(67, start_at="2026-11-01T01:30:01", end_at="2026-11-01T01:30", **known)


def test_the_end_that_is_proposed_is_an_hour_later_than_the_first_and_good_for_an_hour() -> None:
    service = StubService()
    with service.client() as client:
        with pytest.raises(InvalidArgumentError) as caught:
            client.stats(67, start_at="2020-01-01", end_at="2020-01-02", timezone=ZONE)
        assert "an instant from 2025-06-15T12:15:00-07:00 on:" in str(caught.value)
        service.clock.advance(HOUR)
        with pytest.warns(MissingHistoryWarning):
            rows = list(client.stats(67, start_at="2020-01-01", end_at="2025-06-15T12:15:00-07:00", timezone=ZONE))
    assert len(rows) == 1


@pytest.mark.usefixtures("machine_in_new_york")
def test_the_end_that_is_proposed_does_not_depend_on_the_machines_timezone() -> None:
    # A year ago, the clocks in New York were an hour apart from today's, those of Phoenix were not.
    phoenix = ZoneInfo("America/Phoenix")
    for now in (datetime(2026, 3, 8, 12, tzinfo=UTC), datetime(2026, 11, 1, 20, tzinfo=UTC)):
        service = StubService(SettableClock(now.timestamp()), zones={67: "America/Phoenix"})
        first = now.replace(year=2025).timestamp() + 300
        assert RULE.safe_start(now.timestamp(), phoenix) == RULE.earliest_start(now.timestamp(), phoenix) == first
        with service.client() as client:
            with pytest.raises(InvalidArgumentError) as caught:
                client.stats(67, start_at="2020-01-01", end_at="2020-01-02", timezone="America/Phoenix")
            proposed = str(caught.value).partition(" from ")[2].partition(" on:")[0]
            assert datetime.fromisoformat(proposed).timestamp() == first + 300 + HOUR
            with pytest.raises(InvalidArgumentError):
                client.stats(67, start_at="2020-01-01", end_at=first - 25 * HOUR)
            asked = client.stats(67, start_at="2020-01-01", end_at=first - 25 * HOUR + 1)
            with pytest.raises(InvalidArgumentError):
                list(asked)


@pytest.mark.usefixtures("machine_in_new_york")
def test_the_warning_names_the_missing_part_in_the_systems_timezone_and_what_has_it(
    client: Enlighten,
) -> None:
    with pytest.warns(MissingHistoryWarning) as caught:
        list(client.stats(67, start_at="2025-06-01", end_at="2025-06-16"))

    assert str(caught[0].message) == (
        "The service keeps intervals for one year: 2025-06-01T00:00:00-07:00 to 2025-06-15T11:10:00-07:00 is missing. "
        "energy_lifetime has those days."
    )


def test_where_no_operation_has_the_older_days_none_is_named() -> None:
    start, end = parse_instant("start_at", "2020-01-01"), parse_instant("end_at", "2020-01-02")
    for zone in (None, ZONE):
        with pytest.raises(InvalidArgumentError) as caught:
            check_range(RULE, start, end, NOW, zone)
        assert str(caught.value).endswith(" on: the service keeps intervals for one year.")

    with pytest.warns(MissingHistoryWarning) as told:
        warn_of_missing_history(RULE, 0, 300, UTC)
    assert str(told[0].message).endswith("T00:05:00+00:00 is missing.")


START = int(datetime(2026, 6, 1, tzinfo=ZONE).timestamp())


def asked_after(service: StubService, client: Enlighten, body: dict[str, Any], step: int = 300) -> list[int]:
    """Return where the windows of two days begin, when the first is a 422 with this body."""
    list(client.systems())
    service.then = [reply({"reason": "Requested date range is invalid for this system", **body}, 422)]
    rows = list(client.stats(67, start_at=START, end_at=START + 2 * DAY))
    starts = [start for start, _ in service.windows()]
    assert [row.end_at.timestamp() for row in rows] == [
        at for start in starts[1:] for at in range(start + step, min(start + DAY, START + 2 * DAY) + 1, step)
    ]
    return [(start - START) for start in starts]


@pytest.mark.parametrize(
    ("first", "last", "starts"),
    [
        # The last interval alone: nothing comes after it, if it is not later than where the window starts.
        (None, -1, [0]),
        (None, 0, [0]),
        (None, 1, [0, DAY]),
        (None, 3 * DAY, [0, DAY]),
        # The first alone: it ends an interval, which is asked for from its beginning.
        (0, None, [0, DAY]),
        (1, None, [0, DAY]),
        (300, None, [0, DAY]),
        (600, None, [0, 300, DAY + 300]),
        (DAY, None, [0, DAY - 300, 2 * DAY - 300]),
        (DAY + 300, None, [0, DAY]),
        (DAY + 600, None, [0, DAY + 300]),
        # Both.
        (0, 0, [0]),
        (-300, 300, [0, DAY]),
    ],
)
def test_a_422_says_where_to_go_on_by_the_first_or_the_last_interval(
    client: Enlighten, service: StubService, first: int | None, last: int | None, starts: list[int]
) -> None:
    named = {"first_interval": first, "last_interval": last}
    body = {name: START + value for name, value in named.items() if value is not None}

    assert asked_after(service, client, body) == starts


def test_after_a_422_with_the_last_interval_nothing_more_is_read_from_windows_under_way(service: StubService) -> None:
    with service.client(concurrency=3) as client:
        list(client.systems())
        service.then = [reply(unlisted(START - DAY, START), 422)]

        assert list(client.stats(67, start_at=START, end_at=START + 3 * DAY)) == []
