"""Energy as far as it has been reported: up to a system's last report, and nothing after that."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from enlighten_mock.world import consumption, production
from enlighten_mock.world.days import day_at, day_start

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from enlighten_mock.world.reports import Report
    from enlighten_mock.world.system import Meter, System

    Series = Callable[[System, int, int], NDArray[np.int64]]
    Partial = Callable[[System, int, int], int]


def micro(system: System, report: Report, first: int, last: int) -> NDArray[np.int64]:
    """Return what the microinverters reported for each day from `first` to `last`, in Wh."""
    return _until_report(system, report, (production.micro_days, _micro_until), first, last)


def metered(system: System, report: Report, first: int, last: int) -> NDArray[np.int64]:
    """Return what the production meters reported for each day from `first` to `last`, in Wh."""
    return _until_report(system, report, (production.all_meter_days, _meters_until), first, last)


def merged(system: System, report: Report, first: int, last: int) -> NDArray[np.int64]:
    """Return the merged series of microinverters and meters for each day from `first` to `last`, in Wh."""
    return _until_report(system, report, (production.merged_days, _merged_until), first, last)


def consumed(system: System, report: Report, first: int, last: int) -> NDArray[np.int64]:
    """Return what the consumption meter reported for each day from `first` to `last`, in Wh."""
    return _until_report(system, report, (consumption.days, _consumed_until), first, last)


def micro_lifetime(system: System, report: Report) -> int:
    """Return all that the microinverters have reported, in Wh."""
    if report.last_report_at is None:
        return 0
    reported = day_at(system.place.timezone, report.last_report_at)
    before = production.micro_total(system, system.operational_day, reported - 1)
    return before + _micro_until(system, reported, report.last_report_at)


def current_power(system: System, report: Report) -> int:
    """Return the mean power of the latest interval that was reported, in W, however long ago that is."""
    if report.last_interval_at is None:
        return 0
    began = report.last_interval_at - production.STEP
    day = production.day(system, day_at(system.place.timezone, began))
    return int(day.power[(began - day.start) // production.STEP])


def odometer(system: System, report: Report, meter: Meter, at: int) -> tuple[int, int] | None:
    """Return what a meter's odometer showed at its last reading until `at`, and when; None before its first.

    Args:
        system: The meter's system.
        report: What it has reported.
        meter: One of its production meters.
        at: Epoch seconds.
    """
    if report.last_report_at is None:
        return None
    until = min(at, report.last_report_at, *([meter.retired_at] if meter.retired_at is not None else []))
    read_at = until // production.METER_STEP * production.METER_STEP
    if read_at < meter.installed_at:
        return None
    number = day_at(system.place.timezone, read_at)
    start = day_start(system.place.timezone, number)
    value = production.odometer(system, meter, number)
    if read_at > start:
        value += int(production.meter_day(system, meter, number)[(read_at - start) // production.METER_STEP])
    return value, read_at


def _until_report(
    system: System, report: Report, source: tuple[Series, Partial], first: int, last: int
) -> NDArray[np.int64]:
    series, partial = source
    if last < first or report.last_report_at is None:
        return np.zeros(max(0, last - first + 1), dtype=np.int64)
    reported = day_at(system.place.timezone, report.last_report_at)
    if reported > last:
        return series(system, first, last)
    values = np.zeros(last - first + 1, dtype=np.int64)
    if first < reported:
        values[: reported - first] = series(system, first, reported - 1)
    if first <= reported:
        values[reported - first] = partial(system, reported, report.last_report_at)
    return values


def _micro_until(system: System, number: int, moment: int) -> int:
    day = production.day(system, number)
    return int(day.energy[(moment - day.start) // production.STEP])


def _meters_until(system: System, number: int, moment: int) -> int:
    mark = (moment - day_start(system.place.timezone, number)) // production.METER_STEP
    return sum(int(production.meter_day(system, meter, number)[mark]) for meter in system.meters)


def _merged_until(system: System, number: int, moment: int) -> int:
    switch = system.meter_start_day
    until = _micro_until if switch is None or number < switch else _meters_until
    return until(system, number, moment)


def _consumed_until(system: System, number: int, moment: int) -> int:
    mark = (moment - day_start(system.place.timezone, number)) // consumption.STEP
    return int(consumption.day(system, number)[mark])
