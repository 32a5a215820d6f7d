"""The simulated service of this suite, stopped at one moment, and values of its systems to ask for.

At that moment some of the fleet's systems are in daylight and some at night, and they are in either half of their year.
"""

from __future__ import annotations

import json
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

from hypothesis import strategies as st

from enlighten_mock import SettableClock, SimulatedAPI
from tests.support.v2_calls import NOW

from .operations import DAY, PREFIX

if TYPE_CHECKING:
    from collections.abc import Sequence

SYSTEMS = 24
SEED = 11

System: TypeAlias = Any
"""A system as `SimulatedAPI.fleet` has it."""


def simulated(**arguments: Any) -> SimulatedAPI:
    """Return a new simulated service with the suite's fleet."""
    return SimulatedAPI(**{"systems": SYSTEMS, "seed": SEED, "clock": SettableClock(NOW), **arguments})


@cache
def all_systems() -> Sequence[System]:
    """Return the systems of the suite's fleet."""
    fleet = simulated().fleet
    return tuple(fleet.system(number) for number in fleet.ids)


def timezone_of(api: SimulatedAPI, system_id: int) -> str | None:
    """Return the timezone of a system; None where the service has no such system."""
    system: System = api.fleet.system(system_id)
    return None if system is None else system.place.timezone


@cache
def systems() -> st.SearchStrategy[System]:
    """Draw a system of the fleet."""
    return st.sampled_from(all_systems())


@cache
def system_ids() -> st.SearchStrategy[int]:
    """Draw the id of a system of the fleet."""
    return st.sampled_from([system.system_id for system in all_systems()])


@cache
def metered_ids() -> st.SearchStrategy[int]:
    """Draw the id of a system that measures production and consumption."""
    metered = (system for system in all_systems() if system.meters and system.consumption_meter)
    return st.sampled_from([system.system_id for system in metered])


@cache
def serials() -> st.SearchStrategy[str]:
    """Draw the serial number of one of the fleet's envoys."""
    return st.sampled_from([envoy.serial_number for system in all_systems() for envoy in system.envoys])


@cache
def instants() -> st.SearchStrategy[int]:
    """Draw an instant for which there is data, around the edge of history, or around the present."""
    now = int(NOW.timestamp())
    return st.one_of(
        st.integers(now - 40 * DAY, now),
        st.integers(now - 367 * DAY, now - 364 * DAY),
        st.integers(now - 900, now + 900),
        # On the grid of both interval lengths.
        st.integers((now - 30 * DAY) // 900, now // 900).map(lambda step: step * 900),
    )


@cache
def instants_of_today() -> st.SearchStrategy[int]:
    """Draw an instant that is today for every system, or a little later than the present."""
    now = int(NOW.timestamp())
    return st.integers(now - 3600, now + 900)


@cache
def days() -> st.SearchStrategy[date]:
    """Draw a day in the fleet's life, or around today."""
    today = NOW.date()
    return st.one_of(
        st.dates(date(2010, 1, 1), today),
        st.dates(today - timedelta(days=40), today + timedelta(days=2)),
    )


@cache
def past_months() -> st.SearchStrategy[date]:
    """Draw the first day of a month that has passed."""
    return st.dates(date(2010, 1, 1), NOW.date() - timedelta(days=32))


@cache
def texts(name: str, system: System) -> st.SearchStrategy[str]:
    """Draw a value of the filter `name`: that of `system`, or that of any system."""
    values = sorted({str(getattr(each, name)) for each in all_systems() if getattr(each, name)})
    own = getattr(system, name)
    return st.one_of(st.just(str(own)), st.sampled_from(values)) if own else st.sampled_from(values)


@cache
def cursors() -> st.SearchStrategy[str]:
    """Draw the cursor of the second page of an unfiltered listing."""
    return st.sampled_from([_cursor(limit) for limit in (5, 12)])


def _cursor(limit: int) -> str:
    api = simulated()
    query = f"limit={limit}&key={api.api_key}&user_id={api.user_id}"
    cursor: str = json.loads(api.answer("GET", f"{PREFIX}/systems", query).body)["next"]
    return cursor
