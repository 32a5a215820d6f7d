"""What each microinverter produces in 5 minutes, and how much of it has been reported by a given time.

A day's production of the system is divided among its microinverters interval by interval, so that they always add up
to it. Those of some systems report late, each with a lag of its own: a recent interval then lacks some of them, and
grows until they have all reported.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from enlighten_mock.world import draws, production, shares
from enlighten_mock.world.days import day_at

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from enlighten_mock.world.system import System

LONGEST_LAG = 4 * 3600
"""No microinverter reports later than this, in seconds."""


class Parts(NamedTuple):
    """A day's production of each microinverter, by row, in each 5-minute interval, by column.

    Attributes:
        energy: Energy, in Wh.
        power: Mean power, in W.
    """

    energy: NDArray[np.int64]
    power: NDArray[np.int64]


class Late(NamedTuple):
    """What has not been reported yet of a day's 5-minute intervals.

    Attributes:
        devices: How many microinverters lack in each interval.
        energy: Their energy in each interval, in Wh.
        power: Their mean power in each interval, in W.
    """

    devices: NDArray[np.int64]
    energy: NDArray[np.int64]
    power: NDArray[np.int64]


def serial_numbers(system: System) -> list[str]:
    """Return the serial numbers of all microinverters."""
    first = 121_000_000_000 + draws.bits(system.key, 60) % 10**9 * 7
    return [str(first + 7 * index) for index in range(system.modules)]


def not_reporting(system: System) -> int:
    """Return how many microinverters, the first ones, a system in condition `micro` hears nothing of."""
    return max(1, system.modules // 8) if system.condition == "micro" else 0


@lru_cache(maxsize=256)
def day(system: System, number: int) -> Parts:
    """Return what each microinverter produces on a day; those that nothing is heard of have 0."""
    whole = production.day(system, number)
    weights = 0.97 + 0.06 * draws.units(draws.key(system.key, "inverters"), np.arange(system.modules))
    weights[: not_reporting(system)] = 0
    parts = Parts(shares.divided(np.diff(whole.energy), weights), shares.divided(whole.power, weights))
    for values in parts:
        values.flags.writeable = False
    return parts


def lags(system: System) -> NDArray[np.int64]:
    """Return after how many seconds each microinverter reports an interval; at least one does at once."""
    count = system.modules
    if not system.equipment.late_reports:
        return np.zeros(count, dtype=np.int64)
    of = draws.key(system.key, "lag")
    found = np.floor(LONGEST_LAG * draws.units(of, np.arange(count)) ** 2).astype(np.int64)
    found[not_reporting(system)] = 0
    return found


@lru_cache(maxsize=1024)
def late(system: System, number: int, reported_at: int) -> Late | None:
    """Return what lacks of a day at a system's last report; None if nothing does.

    Args:
        system: The system.
        number: The day.
        reported_at: When the system last reported, in epoch seconds.
    """
    if not system.equipment.late_reports or number < day_at(system.place.timezone, reported_at - LONGEST_LAG):
        return None
    whole, parts = production.day(system, number), day(system, number)
    end_at = whole.start + production.STEP * np.arange(1, len(whole.power) + 1)
    lacking = (end_at + lags(system)[:, None] > reported_at) & (end_at <= reported_at) & whole.reporting
    return Late(lacking.sum(axis=0), (parts.energy * lacking).sum(axis=0), (parts.power * lacking).sum(axis=0))


def late_energy(system: System, number: int, reported_at: int) -> int:
    """Return the energy that lacks of a day at a system's last report, in Wh."""
    found = late(system, number, reported_at)
    return int(found.energy.sum()) if found else 0
