"""The production of a system: daily totals first, then each total split exactly into whole watt-hours.

In that order all figures agree with each other: a day's total is the sum of its intervals because it was divided into
them. Days are local days of the system, named by their ordinal.
"""

from __future__ import annotations

from calendar import isleap
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from enlighten_mock.world import draws, sun
from enlighten_mock.world.days import day_at, day_start

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from enlighten_mock.world.system import Meter, System

STEP = sun.STEP
METER_STEP = 900
_PER_METER_STEP = METER_STEP // STEP
_AGEING = 0.995
_FIRST_SLOT = 0.6
_GAP_SHARE = 0.125


class Day(NamedTuple):
    """A day's production in 5-minute intervals.

    Attributes:
        start: First second of the day, in epoch seconds.
        reporting: For each interval, whether the microinverters report it: the sun is up and nothing is lost.
        energy: Energy from the day's start to the start of each interval, and at last to the day's end, in
            Wh.
        power: Mean power in each interval, in W.
    """

    start: int
    reporting: NDArray[np.bool_]
    energy: NDArray[np.int64]
    power: NDArray[np.int64]


def micro_total(system: System, first: int, last: int) -> int:
    """Return what the microinverters produce from day `first` to day `last`, both included, in Wh."""
    total = 0
    while first <= last:
        year = date.fromordinal(first).year
        end = min(last, date(year, 12, 31).toordinal())
        whole = first == date(year, 1, 1).toordinal() and end == date(year, 12, 31).toordinal()
        total += _year_total(system, year) if whole else int(micro_days(system, first, end).sum())
        first = end + 1
    return total


def micro_days(system: System, first: int, last: int) -> NDArray[np.int64]:
    """Return what the microinverters produce on each day from `first` to `last`, both included, in Wh."""
    if last < first:
        return np.zeros(0, dtype=np.int64)
    years = range(date.fromordinal(first).year, date.fromordinal(last).year + 1)
    days = np.concatenate([_micro_year(system, year) for year in years])
    skipped = first - date(years[0], 1, 1).toordinal()
    wanted: NDArray[np.int64] = days[skipped : skipped + last - first + 1]
    return wanted


def meter_days(system: System, meter: Meter, first: int, last: int) -> NDArray[np.int64]:
    """Return what a production meter measures on each day from `first` to `last`, both included, in Wh.

    A meter measures about one percent less than the microinverters: it sits behind the cable.
    """
    days = np.arange(first, last + 1)
    total = _metered(system, days, micro_days(system, first, last))
    timezone = system.place.timezone
    installed = day_at(timezone, meter.installed_at)
    if first <= installed <= last:
        share = _share_after(system, installed, meter.installed_at)
        total[installed - first] = int(total[installed - first] * share)
    total[days < installed] = 0
    if meter.retired_at is not None:
        total[days >= day_at(timezone, meter.retired_at)] = 0
    if system.slots == 1:
        return total
    part: NDArray[np.int64] = np.floor(total * _FIRST_SLOT).astype(np.int64)
    rest: NDArray[np.int64] = total - part
    return part if meter.slot == 0 else rest


def all_meter_days(system: System, first: int, last: int) -> NDArray[np.int64]:
    """Return what all production meters together measure on each day from `first` to `last`, in Wh."""
    total = np.zeros(max(0, last - first + 1), dtype=np.int64)
    for meter in system.meters:
        total += meter_days(system, meter, first, last)
    return total


def merged_days(system: System, first: int, last: int) -> NDArray[np.int64]:
    """Return each day's production: the microinverters', and from the first whole metered day the meters'."""
    days = micro_days(system, first, last)
    switch = system.meter_start_day
    if switch is None or switch > last or not len(days):
        return days
    begin = max(first, switch)
    result = days.copy()
    result[begin - first :] = all_meter_days(system, begin, last)
    return result


@lru_cache(maxsize=4096)
def day(system: System, number: int) -> Day:
    """Return the day `number` of the microinverters, split into intervals."""
    start, weights = _weights(system, number)
    total = int(micro_days(system, number, number)[0])
    shape = np.cumsum(weights)
    energy = _split(total, shape)
    power = np.rint(total * weights / shape[-1] * (3600 / STEP)) if shape[-1] else weights
    return Day(start, weights > 0, energy, power.astype(np.int64))


def reporting(system: System, number: int) -> tuple[int, NDArray[np.bool_]]:
    """Return the start of the day `number`, and in which of its intervals the microinverters report."""
    start, weights = _weights(system, number)
    return start, weights > 0


@lru_cache(maxsize=4096)
def meter_day(system: System, meter: Meter, number: int) -> NDArray[np.int64]:
    """Return what `meter` measured from the start of a day until each quarter of an hour, its end last."""
    start, weights = _weights(system, number)
    weights = weights.copy()
    weights[: max(0, (meter.installed_at - start) // STEP)] = 0
    total = int(meter_days(system, meter, number, number)[0])
    shape = np.cumsum(weights)[_PER_METER_STEP - 1 :: _PER_METER_STEP]
    return _split(total, shape)


@lru_cache(maxsize=8192)
def odometer(system: System, meter: Meter, number: int) -> int:
    """Return what the odometer of `meter` shows at the start of day `number`, in Wh."""
    first = day_at(system.place.timezone, meter.installed_at)
    return (
        meter.initial_wh + int(meter_days(system, meter, first, number - 1).sum())
        if number > first
        else meter.initial_wh
    )


def _split(total: int, shape: NDArray[np.float64]) -> NDArray[np.int64]:
    """Divide `total` as the cumulative `shape` is divided: whole numbers that rise from 0 to `total`."""
    result = np.zeros(len(shape) + 1, dtype=np.int64)
    if len(shape) and shape[-1] > 0:
        result[1:] = np.floor(total * (shape / shape[-1]))
        result[1:][shape == shape[-1]] = total
    result.flags.writeable = False
    return result


@lru_cache(maxsize=16_384)
def _year_total(system: System, year: int) -> int:
    return int(_micro_year(system, year).sum())


@lru_cache(maxsize=8192)
def _micro_year(system: System, year: int) -> NDArray[np.int64]:
    """Return the microinverters' production on each day of a calendar year."""
    first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    days = np.arange(first, last + 1)
    if last < system.operational_day or system.condition in ("never_reported", "never_produced"):
        return np.zeros(len(days), dtype=np.int64)
    clear = sun.year_of_days(system.place.number, system.orientation)
    if not isleap(year):
        clear = np.delete(clear, sun.LEAP_DAY)
    own = 0.97 + 0.06 * draws.units(draws.key(system.key, "day"), days)
    aged = _AGEING ** ((days - system.operational_day) / 365.25)
    rated = system.size_w * system.performance * (0.55 if system.condition == "power" else 1.0)
    total = np.floor(rated * aged * own * weather(system, days) * clear).astype(np.int64)
    total[days < system.operational_day] = 0
    if first <= system.operational_day <= last:
        share = _share_after(system, system.operational_day, system.operational_at)
        total[system.operational_day - first] = int(total[system.operational_day - first] * share)
    if system.condition == "gappy":
        _take_out_gaps(system, days, total)
    total.flags.writeable = False
    return total


def weather(system: System, days: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the share of the clear sky's energy that each of `days` lets through, from 0.05 to 1.

    Systems at the same place share it. Fair and foul spells last a day, some days, or more than a week.
    """
    of = system.weather_key
    cover = (
        0.5 * draws.units(of, days)
        + 0.3 * draws.units(draws.key(of, "spell"), days // 3)
        + 0.2 * draws.units(draws.key(of, "season"), days // 10)
    )
    share: NDArray[np.float64] = np.clip(1 - 2 * (1 - system.place.sunniness) * cover, 0.05, 1.0)
    return share


def _metered(system: System, days: NDArray[np.int64], micro: NDArray[np.int64]) -> NDArray[np.int64]:
    share = 0.988 + 0.004 * draws.units(draws.key(system.key, "meter"), days)
    return np.floor(micro * share).astype(np.int64)


def _share_after(system: System, number: int, moment: int) -> float:
    """Return the share of a clear day's energy that is still to come at `moment`."""
    start, clear = _clear(system, number)
    return float(clear[(moment - start) // STEP :].sum() / clear.sum())


def _clear(system: System, number: int) -> tuple[int, NDArray[np.float64]]:
    timezone = system.place.timezone
    start, end = day_start(timezone, number), day_start(timezone, number + 1)
    return start, sun.day_yield(system.place.number, system.orientation, start, end)


def _weights(system: System, number: int) -> tuple[int, NDArray[np.float64]]:
    """Return the start of a day, and how its energy is distributed over its intervals."""
    start, clear = _clear(system, number)
    days = np.array([number])
    cloudiness = 1 - float(weather(system, days)[0])
    of, intervals = draws.key(system.key, "clouds", number), np.arange(len(clear))
    clouds = 0.6 * draws.units(draws.key(of, "bank"), intervals // 5) + 0.4 * draws.units(of, intervals)
    weights = clear * (1 - min(0.8, 1.3 * cloudiness) * clouds)
    weights[: max(0, (system.operational_at - start) // STEP)] = 0
    if system.condition == "gappy":
        begin, length = _gaps(system, days)
        weights[int(begin[0]) : int(begin[0] + length[0])] = 0
    return start, weights


def _gaps(system: System, days: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return for each of `days` the first interval whose data is lost, and how many are; mostly 0."""
    of = draws.key(system.key, "gap")
    begin = 96 + np.floor(84 * draws.units(draws.key(of, "begin"), days))
    length = 12 + np.floor(36 * draws.units(draws.key(of, "length"), days))
    length[draws.units(of, days) >= _GAP_SHARE] = 0
    return begin.astype(np.int64), length.astype(np.int64)


def _take_out_gaps(system: System, days: NDArray[np.int64], total: NDArray[np.int64]) -> None:
    """Lower each day's total by the share of a clear day's energy that its gap would have brought."""
    begin, length = _gaps(system, days)
    hit = np.flatnonzero((length > 0) & (total > 0))
    if not len(hit):
        return
    timezone = system.place.timezone
    starts = np.array([day_start(timezone, int(days[index])) for index in hit])
    intervals = np.arange(288)
    moments = starts[:, None] + intervals * STEP + STEP // 2
    clear = sun.clear_sky_yield(system.place.number, system.orientation, moments.ravel()).reshape(moments.shape)
    lost = (intervals >= begin[hit][:, None]) & (intervals < (begin + length)[hit][:, None])
    total[hit] = np.floor(total[hit] * (1 - (clear * lost).sum(axis=1) / clear.sum(axis=1)))
