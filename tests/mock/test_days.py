"""Days that begin where the clocks change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from enlighten_mock import SettableClock, SimulatedAPI
from enlighten_mock.world.days import day_at, day_start, zone
from enlighten_mock.world.places import PLACES

FIRST = datetime(2009, 1, 1, tzinfo=UTC)


def changes(timezone: str) -> list[int]:
    """Return the quarters of an hour from 2009 to 2026 at which the clocks of a timezone change, as epoch seconds."""
    days = [FIRST + timedelta(days=number) for number in range(18 * 365)]
    offsets = [day.astimezone(zone(timezone)).utcoffset() for day in days]
    found = []
    for day, before, after in zip(days, offsets, offsets[1:], strict=False):
        if before != after:
            start = int(day.timestamp())
            found += [
                moment
                for moment in range(start + 60, start + 86_400 + 60, 60)
                if zone(timezone).utcoffset(datetime.fromtimestamp(moment, zone(timezone)))
                != zone(timezone).utcoffset(datetime.fromtimestamp(moment - 60, zone(timezone)))
            ]
    return found


@pytest.mark.parametrize("timezone", sorted({place.timezone for place in PLACES}))
def test_a_moment_lies_in_the_day_that_has_begun_and_not_ended(timezone: str) -> None:
    for change in changes(timezone):
        for moment in range(change - 7200, change + 7200 + 1, 300):
            day = day_at(timezone, moment)
            assert day_start(timezone, day) <= moment < day_start(timezone, day + 1), (timezone, moment)


@pytest.mark.parametrize("moment", [1257042600, 1289098200])
def test_the_hour_that_comes_twice_before_midnight_has_a_response(moment: int) -> None:
    api = SimulatedAPI(systems=40, seed=6, clock=SettableClock(1718222400))
    for system_id in api.fleet.ids:
        query = f"key={api.api_key}&user_id={api.user_id}&end_at={moment}"
        response = api.answer("GET", f"/api/v2/systems/{system_id}/production_meter_readings", query)
        assert response.status == 200
