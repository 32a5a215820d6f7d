"""What electric cars and a heat pump consume, each a series of whole Wh whose sums agree at any step.

A charger has at most one session for each day: it begins on that day and may end on the next.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from enlighten_mock.world import draws
from enlighten_mock.world.days import day_at, day_start

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from enlighten_mock.world.equipment import ChargerKind
    from enlighten_mock.world.system import System

STEP = 300
"""The shortest intervals that they are measured in, in seconds."""

_MIDWINTER, _MIDSUMMER = 15, 196  # northern, in days of the year
_SOONEST, _LATEST = 30, 900  # days from the start of a system until a charger or a heat pump is connected
_HEATING = (1.25, 1.2, 1.2, 1.25, 1.4, 1.7, 1.8, 1.5, 1.1, 0.9, 0.8, 0.7, 0.7, 0.65, 0.65, 0.7, 0.9, 1.1)
_HEATING_HOURS = (*_HEATING, 1.2, 1.2, 1.15, 1.1, 1.1, 1.15)


class Charger(NamedTuple):
    """A charger of electric cars.

    Attributes:
        number: Its position among the system's chargers, from 0.
        kind: Whether it is Enphase's.
        serial_number: Unique among the chargers of its kind.
        installed_day: The first day it is there.
        watts: The most it charges with.
    """

    number: int
    kind: ChargerKind
    serial_number: str
    installed_day: int
    watts: int


class Session(NamedTuple):
    """A car at a charger, from when it is plugged in until it is plugged out.

    Attributes:
        start: When it was plugged in and began to charge, in epoch seconds.
        charged: When it was full, in epoch seconds.
        end: When it was plugged out, in epoch seconds.
        energy: What it was charged with, in Wh.
    """

    start: int
    charged: int
    end: int
    energy: int


class _Sessions(NamedTuple):
    """The sessions that begin on some days; those of 0 Wh do not take place."""

    start: NDArray[np.int64]
    seconds: NDArray[np.int64]
    plugged: NDArray[np.int64]
    energy: NDArray[np.int64]


@lru_cache(maxsize=8192)
def chargers(system: System) -> tuple[Charger, ...]:
    """Return the chargers of a system."""
    return tuple(_charger(system, number, kind) for number, kind in enumerate(system.equipment.ev_chargers))


def _charger(system: System, number: int, kind: ChargerKind) -> Charger:
    of = draws.key(system.key, "charger", number)
    watts = draws.choose(of, 1, (7400, 9600) if system.equipment.phases == 1 else (7400, 11_000))
    serial = 202_300_000_000 if kind == "enphase" else 20_000_000
    return Charger(number, kind, str(serial + draws.bits(of, 2) % 10**6 * 16 + number), _connected(system, of), watts)


def heat_pump_day(system: System) -> int | None:
    """Return the first day of the heat pump, or None without one."""
    return _connected(system, draws.key(system.key, "heat pump")) if system.equipment.heat_pump else None


def _connected(system: System, of: int) -> int:
    return system.operational_day + int(draws.between(of, 0, _SOONEST, _LATEST))


def sessions(system: System, charger: Charger, start: int, end: int) -> list[Session]:
    """Return the sessions that begin after `start` and not after `end` (epoch seconds), oldest first."""
    timezone = system.place.timezone
    found = _sessions(system, charger, day_at(timezone, start), day_at(timezone, end))
    rows = zip(*(values.tolist() for values in found), strict=True)
    return [
        Session(begin, begin + seconds, begin + plugged, energy)
        for begin, seconds, plugged, energy in rows
        if energy and start < begin <= end
    ]


def charger_days(system: System, charger: Charger, first: int, last: int) -> NDArray[np.int64]:
    """Return what a charger consumes on each day from `first` to `last`, both included, in Wh."""
    if last < first:
        return np.zeros(0, dtype=np.int64)
    found = _sessions(system, charger, first - 1, last)
    midnights = np.array([day_start(system.place.timezone, number + 1) for number in range(first - 1, last + 1)])
    today = _charged(found, midnights)
    result: NDArray[np.int64] = today[1:] + (found.energy - today)[:-1]
    return result


@lru_cache(maxsize=4096)
def charger_day(system: System, charger: Charger, number: int) -> NDArray[np.int64]:
    """Return what a charger consumed from the start of a day until each 5 minutes, its end last, in Wh."""
    start, marks = _marks(system, number)
    found = _sessions(system, charger, number - 1, number)
    total = np.zeros(len(marks), dtype=np.int64)
    for index in range(2):
        session = _Sessions(*(values[index] for values in found))
        total += _charged(session, start + marks)
    result: NDArray[np.int64] = total - total[0]
    result.flags.writeable = False
    return result


def heat_pump_days(system: System, first: int, last: int) -> NDArray[np.int64]:
    """Return what the heat pump consumes on each day from `first` to `last`, both included, in Wh.

    It heats in winter, and water all year round.
    """
    days = np.arange(first, last + 1)
    begin = heat_pump_day(system)
    if begin is None:
        return np.zeros(len(days), dtype=np.int64)
    of = draws.key(system.key, "heat pump")
    southern = system.place.latitude < 0
    cold = abs(system.place.latitude) / 52 * (1 + np.cos((days - (_MIDSUMMER if southern else _MIDWINTER)) / 58.13)) / 2
    mean = draws.between(of, 1, 9000, 22_000) * cold**1.5 + draws.between(of, 2, 1200, 2600)
    total: NDArray[np.int64] = np.floor(mean * (0.75 + 0.5 * draws.units(of, days))).astype(np.int64)
    total[days < begin] = 0
    return total


@lru_cache(maxsize=4096)
def heat_pump_marks(system: System, number: int) -> NDArray[np.int64]:
    """Return what the heat pump consumed from the start of a day until each 5 minutes, its end last, in Wh."""
    marks = _marks(system, number)[1]
    count = len(marks) - 1
    of = draws.key(system.key, "compressor", number)
    running = draws.units(of, np.arange(count) // 6) < 0.75
    weights = np.array(_HEATING_HOURS)[np.arange(count) * STEP // 3600 % 24] * np.where(running, 1.0, 0.08)
    shape = np.cumsum(weights)
    total = int(heat_pump_days(system, number, number)[0])
    result = np.zeros(count + 1, dtype=np.int64)
    result[1:] = np.floor(total * (shape / shape[-1]))
    result[-1] = total
    result.flags.writeable = False
    return result


def all_days(system: System, first: int, last: int) -> NDArray[np.int64]:
    """Return what chargers and heat pump consume on each day from `first` to `last`, both included, in Wh."""
    total = heat_pump_days(system, first, last)
    for charger in chargers(system):
        total = total + charger_days(system, charger, first, last)
    return total


def all_marks(system: System, number: int) -> NDArray[np.int64]:
    """Return what they consumed from the start of a day until each 5 minutes, its end last, in Wh."""
    total = heat_pump_marks(system, number) if system.equipment.heat_pump else np.zeros_like(_marks(system, number)[1])
    for charger in chargers(system):
        total = total + charger_day(system, charger, number)
    return total


def _sessions(system: System, charger: Charger, first: int, last: int) -> _Sessions:
    days = np.arange(first, last + 1)
    of = draws.key(system.key, "session", charger.number)
    drawn = [draws.units(draws.key(of, name), days) for name in ("takes place", "hour", "energy", "level", "out")]
    happens, hour, energy, level, out = drawn
    noon = (days % 7 == 6) | (days % 7 == 0)  # at weekends the car is at home
    begins = np.where(noon, 10 * 3600 + hour * 4 * 3600, 17 * 3600 + hour * 5.5 * 3600).astype(np.int64)
    start = np.array([day_start(system.place.timezone, int(number)) for number in days]) + begins
    watts = charger.watts * (0.6 + 0.4 * level)
    wh = np.floor(3000 + 21_000 * energy**2).astype(np.int64)
    wh[(happens >= np.where(noon, 0.35, 0.5)) | (days < charger.installed_day)] = 0
    seconds = np.maximum(300, np.rint(wh / watts * 3600)).astype(np.int64)
    plugged = seconds + np.where(noon, 600 + 3000 * out, 600 + 5 * 3600 * out).astype(np.int64)
    return _Sessions(start, seconds, plugged, wh)


def _charged(found: _Sessions, moments: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return what each session, or the only one, has brought by each of `moments`, in Wh."""
    passed = np.clip(moments - found.start, 0, found.seconds)
    result: NDArray[np.int64] = found.energy * passed // found.seconds
    return result


def _marks(system: System, number: int) -> tuple[int, NDArray[np.int64]]:
    timezone = system.place.timezone
    start, end = day_start(timezone, number), day_start(timezone, number + 1)
    return start, np.arange(0, end - start + 1, STEP)
