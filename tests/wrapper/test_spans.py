"""Which time the rows of a series are about: a night without intervals differs from one that was not asked for."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from enphase_enlighten import MissingHistoryWarning, NotFoundError
from tests.support.series import joined, spans
from tests.support.service import LOS_ANGELES, STEPS, no_content, reply, unlisted

if TYPE_CHECKING:
    from enphase_enlighten import Enlighten
    from tests.support.clock import SettableClock
    from tests.support.service import StubService

DAY = 86_400
ZONE = ZoneInfo(LOS_ANGELES)
JUNE = int(datetime(2026, 6, 1, tzinfo=ZONE).timestamp())


@pytest.mark.parametrize("name", STEPS)
def test_the_spans_of_what_was_asked_for_make_up_the_range(client: Enlighten, name: str) -> None:
    found = spans(getattr(client, name)(67, start_at=JUNE, end_at=JUNE + 10 * DAY))
    assert joined(found) == [(JUNE, JUNE + 10 * DAY)]
    assert all(number * STEPS[name] == end - start for start, end, number in found)


def test_a_night_without_intervals_has_its_span(client: Enlighten, service: StubService) -> None:
    night = JUNE + DAY
    service.has = lambda end: not night < end <= night + DAY
    found = spans(client.stats(67, start_at=JUNE, end_at=JUNE + 3 * DAY))
    assert found == [(JUNE, night, 288), (night, night + DAY, 0), (night + DAY, JUNE + 3 * DAY, 288)]


@pytest.mark.parametrize("response", ["204", "422"])
def test_so_has_a_window_of_which_the_service_says_that_it_has_nothing(
    client: Enlighten, service: StubService, response: str
) -> None:
    nothing = no_content() if response == "204" else reply(unlisted(JUNE - DAY, JUNE + 9 * DAY), 422)
    service.then = [None, nothing]
    found = spans(client.stats(67, start_at=JUNE, end_at=JUNE + 2 * DAY))
    assert found == [(JUNE, JUNE + DAY, 0), (JUNE + DAY, JUNE + 2 * DAY, 288)]


def test_the_last_span_ends_now_and_not_in_the_future(client: Enlighten, clock: SettableClock) -> None:
    *_, (_, end, _) = spans(client.stats(67, start_at="2026-06-14", end_at="2027-01-01"))
    assert end == int(clock.now())


def test_history_that_is_no_longer_kept_has_no_span(client: Enlighten) -> None:
    with pytest.warns(MissingHistoryWarning):
        found = spans(client.stats(67, start_at="2025-06-01", end_at="2025-06-18"))
    first = int(datetime(2025, 6, 15, 11, 10, tzinfo=ZONE).timestamp())
    assert joined(found) == [(first, int(datetime(2025, 6, 18, tzinfo=ZONE).timestamp()))]


def test_what_an_error_left_out_has_no_span(client: Enlighten, service: StubService) -> None:
    service.then = [None, None, reply({"reason": "404", "message": ["Resource not found."]}, 404)]
    found: list[tuple[int, int, int]] = []
    with pytest.raises(NotFoundError):
        spans(client.stats(67, start_at=JUNE, end_at=JUNE + 3 * DAY), found)
    assert found == [(JUNE, JUNE + DAY, 288)]
