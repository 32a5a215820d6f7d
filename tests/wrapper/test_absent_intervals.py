"""What the service says it does not have: ranges without intervals, and systems without a meter."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import anyio
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enphase_enlighten import AuthenticationError, NotFoundError, UnprocessableRequestError
from tests.support.service import StubService, no_content, reply, unlisted

if TYPE_CHECKING:
    from enphase_enlighten import AsyncEnlighten, Enlighten
    from tests.support.clock import SettableClock

ZONE = ZoneInfo("America/Los_Angeles")
DAY = 86400


def test_windows_before_the_first_interval_are_empty_and_spared(client: Enlighten, service: StubService) -> None:
    service.first = int(datetime(2026, 5, 20, 6, tzinfo=ZONE).timestamp())

    rows = list(client.stats(67, start_at="2026-03-01", end_at="2026-05-22"))

    assert rows[0].end_at.timestamp() == service.first
    assert len(rows) == 1 + 42 * 12
    # One that is told where the first interval is, and two for the 42 hours from there.
    assert len(service.windows()) == 3


def test_windows_after_the_last_interval_are_empty_and_spared(client: Enlighten, service: StubService) -> None:
    service.last = int(datetime(2026, 3, 2, 6, tzinfo=ZONE).timestamp())

    rows = list(client.stats(67, start_at="2026-03-01", end_at="2026-05-22"))

    assert rows[-1].end_at.timestamp() == service.last
    assert len(service.windows()) == 3


def test_before_sunrise_there_are_no_intervals_yet(
    client: Enlighten, service: StubService, clock: SettableClock
) -> None:
    service.last = int(clock.now()) - DAY

    assert list(client.stats(67)) == []
    assert list(client.stats(67).responses()) == []


async def test_windows_under_way_at_once_are_spared_alike(async_client: AsyncEnlighten, service: StubService) -> None:
    service.first = int(datetime(2026, 5, 20, 6, tzinfo=ZONE).timestamp())

    rows = [row async for row in async_client.stats(67, start_at="2026-03-01", end_at="2026-05-22")]

    assert len(rows) == 1 + 42 * 12
    assert len(service.windows()) == 4


@settings(max_examples=60)
@given(st.integers(-DAY, 4 * DAY), st.integers(-DAY, 4 * DAY), st.integers(1, 3))
def test_whatever_range_a_422_names_nothing_is_lost_and_it_comes_to_an_end(
    first: int, length: int, concurrency: int
) -> None:
    service = StubService()
    start = int(datetime(2026, 6, 1, tzinfo=ZONE).timestamp())
    service.first, service.last = start + first, start + first + length
    truth = [at for at in range(start + 300, start + 3 * DAY + 1, 300) if service.first <= at <= service.last]

    async def fetch() -> list[Any]:
        async with service.async_client(concurrency=concurrency) as client:
            return [row async for row in client.stats(67, start_at=start, end_at=start + 3 * DAY)]

    assert [row.end_at.timestamp() for row in anyio.run(fetch)] == truth


def test_a_422_for_a_window_that_reaches_over_the_first_interval_loses_nothing(
    client: Enlighten, service: StubService
) -> None:
    start = int(datetime(2026, 6, 1, tzinfo=ZONE).timestamp())
    service.then = [None, reply(unlisted(start + 7200, start + 9 * DAY), 422)]

    rows = list(client.stats(67, start_at=start, end_at=start + DAY))

    assert [rows[0].end_at.timestamp(), rows[-1].end_at.timestamp()] == [start + 7200, start + DAY]


@pytest.mark.parametrize("behind", [1, 100, 299, 300, 301])
def test_a_first_interval_just_behind_a_window_is_not_asked_for_without_end(
    client: Enlighten, service: StubService, behind: int
) -> None:
    start = int(datetime(2026, 6, 1, tzinfo=ZONE).timestamp())
    service.then = [None, reply(unlisted(start + DAY + behind, start + 9 * DAY), 422)]

    rows = list(client.stats(67, start_at=start, end_at=start + 2 * DAY))

    assert len(rows) == 288
    assert len(service.windows()) == 2


def test_a_422_that_names_a_range_around_a_window_empties_that_window_alone(
    client: Enlighten, service: StubService
) -> None:
    start = int(datetime(2026, 6, 1, tzinfo=ZONE).timestamp())
    service.then = [None, reply(unlisted(start - DAY, start + 9 * DAY), 422)]

    rows = list(client.stats(67, start_at=start, end_at=start + 2 * DAY))

    assert rows[0].end_at.timestamp() == start + DAY + 300
    assert len(service.windows()) == 2


@pytest.mark.parametrize(
    "body",
    [
        {"reason": "Requested date range is invalid for this system"},
        {"message": "Couldn't find Site with 'id'=-1"},
        {"reason": "no integers", "first_interval": "2026-06-01", "last_interval": None},
        {"reason": "no time of any clock", "first_interval": 10**400, "last_interval": -(10**400)},
    ],
)
def test_any_other_422_is_an_error(client: Enlighten, service: StubService, body: object) -> None:
    service.then = [None, reply(body, 422)]

    with pytest.raises(UnprocessableRequestError):
        list(client.stats(67))


def consumption(client: Enlighten, name: str) -> Any:
    return list(getattr(client, name)(67))


@pytest.mark.parametrize("name", ["consumption_stats", "consumption_lifetime"])
@pytest.mark.parametrize("status", [204, 401, 404])
def test_without_a_consumption_meter_a_series_is_empty(name: str, status: int) -> None:
    service = StubService()
    with service.client(strict=True) as client:
        list(client.systems())
        response = reply({"message": "This system has no consumption meter"}, status)
        service.then = [response if status != 204 else no_content()]

        assert consumption(client, name) == []


@pytest.mark.parametrize(
    ("message", "is_empty"),
    [
        ("This system has no consumption meter", True),
        ("This system does not have a working consumption meter.", True),
        ("System 67 doesn't have any consumption meters", True),
        ("A system without a meter has no consumption", True),
        ("Consumption meter was not found", True),
        ("No consumption data is available for this system.", True),
        ("Missing required parameter: key", False),
        ("No parameter user_id", False),
        ("Not authorized to access consumption data of this system.", False),
        ("You may not read this meter", False),
        ("You do not have access to this meter", False),
        ("No permission. The meter may be read by its owner alone", False),
    ],
)
def test_only_a_body_that_says_that_there_is_no_meter_is_no_error(
    client: Enlighten, service: StubService, message: str, is_empty: bool
) -> None:
    list(client.systems())
    for status, error in ((401, AuthenticationError), (404, NotFoundError)):
        service.then = [reply({"message": message}, status)]
        if is_empty:
            assert consumption(client, "consumption_stats") == []
        else:
            with pytest.raises(error):
                consumption(client, "consumption_stats")


@pytest.mark.parametrize("name", ["consumption_stats", "consumption_lifetime"])
def test_a_plain_401_names_both_causes(name: str) -> None:
    service = StubService()
    with service.client() as client:
        list(client.systems())
        refusal = {"reason": "401", "message": ["Not authorized to access requested resource."]}
        service.then = [reply(refusal, 401)]

        with pytest.raises(AuthenticationError, match=r"without a consumption meter.*authorised"):
            consumption(client, name)


def test_a_plain_404_is_an_error(client: Enlighten, service: StubService) -> None:
    service.then = [None, reply({"reason": "404", "message": ["Resource not found."]}, 404)]

    with pytest.raises(NotFoundError):
        consumption(client, "consumption_stats")


def test_one_window_without_content_does_not_cost_the_others(client: Enlighten, service: StubService) -> None:
    service.then = [None, no_content()]

    rows = list(client.consumption_stats(67, start_at="2026-03-01", end_at="2026-05-01"))

    assert rows[0].end_at == datetime(2026, 4, 1, 0, 15, tzinfo=ZONE)
