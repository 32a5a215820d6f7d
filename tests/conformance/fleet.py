"""The simulated service of this suite, standing still at one moment, and what can be asked of it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from enlighten_mock import SettableClock, SimulatedAPI

if TYPE_CHECKING:
    from enlighten_mock.world.fleet import Fleet
    from enlighten_mock.world.system import System

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


@cache
def _systems() -> tuple[System, ...]:
    return tuple(system for number in _fleet().ids if (system := _fleet().system(number)))


def systems() -> st.SearchStrategy[System]:
    """Draw a system of the fleet."""
    return st.sampled_from(_systems())


def system_ids() -> st.SearchStrategy[int]:
    """Draw the id of a system of the fleet."""
    return st.sampled_from(_fleet().ids)


def metered_ids() -> st.SearchStrategy[int]:
    """Draw the id of a system that measures production and consumption."""
    return st.sampled_from([system.system_id for system in _systems() if system.meters and system.consumption_meter])


def serials() -> st.SearchStrategy[str]:
    """Draw the serial number of one of the fleet's envoys."""
    return st.sampled_from([envoy.serial_number for system in _systems() for envoy in system.envoys])


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


def instants_of_today() -> st.SearchStrategy[int]:
    """Draw an instant that is today for every system, or a little later than the present."""
    now = int(NOW.timestamp())
    return st.integers(now - 3600, now + 900)


def past_months() -> st.SearchStrategy[date]:
    """Draw the first day of a month that has passed."""
    return st.dates(date(2010, 1, 1), NOW.date() - timedelta(days=32))


def texts(name: str, system: System) -> st.SearchStrategy[str]:
    """Draw a value of the filter `name`: what `system` has there, or what any system has."""
    values = sorted({str(getattr(each, name)) for each in _systems() if getattr(each, name)})
    own = getattr(system, name)
    return st.one_of(st.just(str(own)), st.sampled_from(values)) if own else st.sampled_from(values)


def cursors() -> st.SearchStrategy[str]:
    """Draw the cursor of the second page of an unfiltered listing."""
    return st.sampled_from([_cursor(limit) for limit in (5, 12)])


@cache
def _cursor(limit: int) -> str:
    api = simulated()
    query = f"limit={limit}&key={api.api_key}&user_id={api.user_id}"
    cursor: str = json.loads(api.answer("GET", "/api/v2/systems", query).body)["next"]
    return cursor
