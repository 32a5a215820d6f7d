"""The simulated service of this suite, standing still at one moment, and what can be asked of it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from enlighten_mock import SettableClock, SimulatedAPI

if TYPE_CHECKING:
    from enlighten_mock.fleet import Fleet

NOW = datetime(2024, 6, 15, 19, 7, 23, tzinfo=UTC)
"""A moment at which the fleet's systems are in daylight, at night, and in either half of their year."""

SYSTEMS = 24
SEED = 11


def simulated(**arguments: object) -> SimulatedAPI:
    """Return a new simulated service with the suite's fleet."""
    return SimulatedAPI(**{"systems": SYSTEMS, "seed": SEED, "clock": SettableClock(NOW), **arguments})  # type: ignore[arg-type]  # as given


@cache
def _fleet() -> Fleet:
    return simulated().fleet


def system_ids() -> st.SearchStrategy[int]:
    """Draw the id of a system of the fleet."""
    return st.sampled_from(_fleet().ids)


def serials() -> st.SearchStrategy[str]:
    """Draw the serial number of one of the fleet's envoys."""
    systems = [_fleet().system(number) for number in _fleet().ids]
    return st.sampled_from([envoy.serial_number for system in systems if system for envoy in system.envoys])


def instants() -> st.SearchStrategy[int]:
    """Draw an instant for which there is data, around the edge of history, or around the present."""
    now = int(NOW.timestamp())
    return st.one_of(
        st.integers(now - 40 * 86_400, now),
        st.integers(now - 367 * 86_400, now - 364 * 86_400),
        st.integers(now - 900, now + 900),
        # On the grid of both interval lengths.
        st.integers((now - 30 * 86_400) // 900, now // 900).map(lambda step: step * 900),
    )


def days() -> st.SearchStrategy[date]:
    """Draw a day in the fleet's life, or around today."""
    today = NOW.date()
    return st.one_of(
        st.dates(date(2010, 1, 1), today),
        st.dates(today - timedelta(days=40), today + timedelta(days=2)),
    )


def property_of_a_system(name: str) -> st.SearchStrategy[str]:
    """Draw what a system of the fleet has as its `installer`, `system_name` or `reference`."""
    systems = [_fleet().system(number) for number in _fleet().ids]
    return st.sampled_from(sorted({str(getattr(system, name)) for system in systems if getattr(system, name)}))


def cursors() -> st.SearchStrategy[str]:
    """Draw the cursor of the second page of an unfiltered listing."""
    return st.sampled_from([_cursor(limit) for limit in (5, 12)])


@cache
def _cursor(limit: int) -> str:
    api = simulated()
    query = f"limit={limit}&key={api.api_key}&user_id={api.user_id}"
    cursor: str = json.loads(api.answer("GET", "/api/v2/systems", query).body)["next"]
    return cursor
