"""The consumption of the house behind a system: daily totals first, then each split exactly into whole Wh."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from enlighten_mock.world import draws, loads
from enlighten_mock.world.days import day_at, day_start

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from enlighten_mock.world.system import System

STEP = 900
_COOLING_LATITUDE = 32
_WEEKEND = (6, 0)  # date.toordinal() % 7
_MIDWINTER, _MIDSUMMER = 15, 196  # northern, in days of the year

# Share of a household's mean power by hour of the day: asleep, breakfast, daytime, the evening's peak.
_HOURS = (
    *(0.55, 0.48, 0.45, 0.43, 0.45, 0.55),
    *(0.85, 1.15, 1.10, 0.95, 0.90, 0.95),
    *(1.05, 1.00, 0.92, 0.92, 1.05, 1.45),
    *(1.85, 1.95, 1.75, 1.45, 1.05, 0.75),
)


def first_day(system: System) -> int | None:
    """Return the first day that the consumption meter measured, or None without a meter."""
    meter = system.consumption_meter
    return day_at(system.place.timezone, meter.installed_at) if meter else None


def days(system: System, first: int, last: int) -> NDArray[np.int64]:
    """Return what is consumed on each day from `first` to `last`, both included, in Wh; 0 before the meter.

    The meter measures the house and what else the system has of chargers and heat pumps.
    """
    begin = first_day(system)
    number = np.arange(first, last + 1)
    if begin is None:
        return np.zeros(len(number), dtype=np.int64)
    total: NDArray[np.int64] = _house_days(system, number) + loads.all_days(system, first, last)
    total[number < begin] = 0
    return total


def _house_days(system: System, number: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return what the house consumes on the days `number`, in Wh.

    More in winter (heating) or, nearer to the equator, in summer (cooling), more at weekends, and more in large
    systems' houses.
    """
    of = draws.key(system.key, "consumption")
    mean = draws.between(of, 0, 0.5, 1.1) * 3.2 * system.size_w
    southern = system.place.latitude < 0
    cooling = abs(system.place.latitude) < _COOLING_LATITUDE
    peak = _MIDWINTER if southern == cooling else _MIDSUMMER
    season = 1 + 0.28 * np.cos((number - peak) * (2 * np.pi / 365.25))
    weekend = np.where(np.isin(number % 7, _WEEKEND), 1.12, 1.0)
    noise = 0.8 + 0.4 * draws.units(of, number)
    total: NDArray[np.int64] = np.floor(mean * season * weekend * noise).astype(np.int64)
    return total


@lru_cache(maxsize=4096)
def day(system: System, number: int) -> NDArray[np.int64]:
    """Return what was consumed from the start of a day until each quarter of an hour, its end last."""
    timezone = system.place.timezone
    start, end = day_start(timezone, number), day_start(timezone, number + 1)
    count = (end - start) // STEP
    hours = np.array(_HOURS)[np.arange(count) * STEP // 3600 % 24]
    shape = np.cumsum(hours * (0.6 + 0.8 * draws.units(draws.key(system.key, "load", number), np.arange(count))))
    result = np.zeros(count + 1, dtype=np.int64)
    begin = first_day(system)
    if begin is not None and number >= begin:
        total = int(_house_days(system, np.array([number]))[0])
        result[1:] = np.floor(total * (shape / shape[-1]))
        result[-1] = total
        result += loads.all_marks(system, number)[:: STEP // loads.STEP]
    result.flags.writeable = False
    return result
