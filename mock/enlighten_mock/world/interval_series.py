"""The measurements of a system's devices in intervals of 5 or 15 minutes.

An interval belongs to a series if it ends after the series' start and not after its end, both in epoch seconds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from enlighten_mock.world import consumption, draws, micros, production
from enlighten_mock.world.days import day_at, day_start

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from enlighten_mock.world.system import Meter, System

_DUSK = 0.03  # share of the rated power below which not every microinverter is awake


class MicroInterval(NamedTuple):
    """The production of the microinverters of a system in 5 minutes.

    Attributes:
        end_at: When the interval ends, in epoch seconds.
        power: Mean power, in W.
        energy: Energy, in Wh.
        devices: How many microinverters report.
    """

    end_at: int
    power: int
    energy: int
    devices: int


class MicroParts(NamedTuple):
    """The production of one microinverter, in intervals of 5 minutes.

    Attributes:
        serial_number: Of the microinverter.
        end_at: When each interval ends, in epoch seconds.
        power: Mean power, in W.
        energy: Energy, in Wh.
    """

    serial_number: str
    end_at: list[int]
    power: list[int]
    energy: list[int]


def micro(system: System, start: int, end: int, *, reported_at: int | None = None) -> Iterator[MicroInterval]:
    """Yield the intervals that the microinverters report: those with sun, less the lost ones.

    Args:
        system: The system.
        start: The series' start, in epoch seconds.
        end: The series' end, in epoch seconds.
        reported_at: When the system last reported, in epoch seconds; None if all microinverters have since.
    """
    devices = system.modules - micros.not_reporting(system)
    dusk = system.size_w * _DUSK
    for number, first in _days(system, start, end):
        day = production.day(system, number)
        of = draws.key(system.key, "awake", number)
        late = None if reported_at is None else micros.late(system, number, reported_at)
        rows = zip(
            _steps(day.energy, first, production.STEP),
            day.power.tolist(),
            day.reporting.tolist(),
            strict=True,
        )
        for index, ((end_at, energy), power, reporting) in enumerate(rows):
            if reporting and start < end_at <= end:
                awake = devices if power >= dusk else max(1, int(devices * draws.between(of, index, 0.4, 1.0)))
                if late is None:
                    yield MicroInterval(end_at, power, energy, awake)
                else:
                    yield _without_late(MicroInterval(end_at, power, energy, awake), late, index)


def _without_late(interval: MicroInterval, late: micros.Late, index: int) -> MicroInterval:
    devices, energy, power = (int(values[index]) for values in late)
    return MicroInterval(
        interval.end_at,
        interval.power - power,
        interval.energy - energy,
        max(1, interval.devices - devices),
    )


def each_micro(
    system: System, start: int, end: int, *, reported_at: int, wanted: Sequence[int] | None = None
) -> list[MicroParts]:
    """Return what each microinverter reports; those that nothing is heard of have no interval.

    Their intervals add up to those of `micro`.

    Args:
        system: The system.
        start: The series' start, in epoch seconds.
        end: The series' end, in epoch seconds.
        reported_at: When the system last reported, in epoch seconds.
        wanted: The numbers of the microinverters that are wanted; by default all.
    """
    serials, lags = micros.serial_numbers(system), micros.lags(system)
    numbers = range(system.modules) if wanted is None else wanted
    found = [MicroParts(serials[index], [], [], []) for index in numbers]
    silent = micros.not_reporting(system)
    for number, first in _days(system, start, end):
        whole, parts = production.day(system, number), micros.day(system, number)
        end_at = first + production.STEP * np.arange(1, len(whole.power) + 1)
        inside = whole.reporting & (end_at > start) & (end_at <= end)
        for index, part in zip(numbers, found, strict=True):
            if index < silent:
                continue
            mask = inside & (end_at + lags[index] <= reported_at)
            part.end_at.extend(end_at[mask].tolist())
            part.power.extend(parts.power[index][mask].tolist())
            part.energy.extend(parts.energy[index][mask].tolist())
    return found


def production_meter(system: System, meter: Meter, start: int, end: int) -> Iterator[tuple[int, int | None]]:
    """Yield the end of each interval of a production meter, in epoch seconds, and its energy, in Wh.

    It measures at night too, and then nothing. The energy of a lost measurement is None: a meter that does not
    communicate well loses some, but only of 0 Wh, so that the odometer still shows the sum of all intervals.
    """
    loses = system.condition in ("meter", "meter_issue")
    start = max(start, meter.installed_at)
    for number, first in _days(system, start, end):
        if meter.retired_at is not None and first >= meter.retired_at:
            return
        of = draws.key(system.key, meter.serial_number, number)
        marks = production.meter_day(system, meter, number)
        for index, (end_at, energy) in enumerate(_steps(marks, first, production.METER_STEP)):
            if start < end_at <= end:
                lost = loses and energy == 0 and draws.chance(of, index, 0.3)
                yield end_at, None if lost else energy


def consumption_meter(system: System, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the end of each interval of the consumption meter, in epoch seconds, and its energy, in Wh."""
    for number, first in _days(system, start, end):
        for end_at, energy in _steps(consumption.day(system, number), first, consumption.STEP):
            if start < end_at <= end:
                yield end_at, energy


def _days(system: System, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the local days that a series touches, each with its first second."""
    if start >= end:
        return
    timezone = system.place.timezone
    for number in range(day_at(timezone, start), day_at(timezone, end) + 1):
        yield number, day_start(timezone, number)


def _steps(marks: NDArray[np.int64], first: int, step: int) -> Iterator[tuple[int, int]]:
    """Yield the end of each interval and its energy, from the energy until each mark."""
    energies = (marks[1:] - marks[:-1]).tolist()
    return zip(range(first + step, first + step * len(marks), step), energies, strict=True)
