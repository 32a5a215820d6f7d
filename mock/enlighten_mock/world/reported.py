"""Energy as far as it has been reported: up to a system's last report, and nothing after that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from enlighten_mock.world import balance, batteries, consumption, loads, micros, production
from enlighten_mock.world.days import day_at, day_start

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from enlighten_mock.world.loads import Charger
    from enlighten_mock.world.reports import Report
    from enlighten_mock.world.system import Meter, System

    Series = Callable[[System, int, int], NDArray[np.int64]]
    Partial = Callable[[System, int, int], int]
    Flow = Literal["charged", "discharged", "imported", "exported"]


def micro(system: System, report: Report, first: int, last: int) -> NDArray[np.int64]:
    """Return what the microinverters reported for each day from `first` to `last`, in Wh."""
    values = _until_report(system, report, (production.micro_days, _micro_until), first, last)
    return _without_late(system, report, values, first)


def metered(system: System, report: Report, first: int, last: int) -> NDArray[np.int64]:
    """Return what the production meters reported for each day from `first` to `last`, in Wh."""
    return _until_report(system, report, (production.all_meter_days, _meters_until), first, last)


def merged(system: System, report: Report, first: int, last: int) -> NDArray[np.int64]:
    """Return the merged series of microinverters and meters for each day from `first` to `last`, in Wh."""
    values = _until_report(system, report, (production.merged_days, _merged_until), first, last)
    return _without_late(system, report, values, first, before=system.meter_start_day)


def consumed(system: System, report: Report, first: int, last: int) -> NDArray[np.int64]:
    """Return what the consumption meter reported for each day from `first` to `last`, in Wh."""
    return _until_report(system, report, (consumption.days, _consumed_until), first, last)


def charged(system: System, report: Report, first: int, last: int) -> NDArray[np.int64]:
    """Return what the batteries were charged with on each day from `first` to `last`, as reported, in Wh."""
    return _balanced(system, report, "charged", first, last)


def discharged(system: System, report: Report, first: int, last: int) -> NDArray[np.int64]:
    """Return what the batteries discharged on each day from `first` to `last`, as reported, in Wh."""
    return _balanced(system, report, "discharged", first, last)


def imported(system: System, report: Report, first: int, last: int) -> NDArray[np.int64]:
    """Return what came from the grid on each day from `first` to `last`, as reported, in Wh."""
    return _balanced(system, report, "imported", first, last)


def exported(system: System, report: Report, first: int, last: int) -> NDArray[np.int64]:
    """Return what went to the grid on each day from `first` to `last`, as reported, in Wh."""
    return _balanced(system, report, "exported", first, last)


def charger(system: System, report: Report, of: Charger, first: int, last: int) -> NDArray[np.int64]:
    """Return what a charger of cars consumed on each day from `first` to `last`, as reported, in Wh."""

    def days(system: System, first: int, last: int) -> NDArray[np.int64]:
        return loads.charger_days(system, of, first, last)

    def until(system: System, number: int, moment: int) -> int:
        return _at(loads.charger_day(system, of, number), system, number, moment)

    return _until_report(system, report, (days, until), first, last)


def heat_pump(system: System, report: Report, first: int, last: int) -> NDArray[np.int64]:
    """Return what the heat pump consumed on each day from `first` to `last`, as reported, in Wh."""

    def until(system: System, number: int, moment: int) -> int:
        return _at(loads.heat_pump_marks(system, number), system, number, moment)

    return _until_report(system, report, (loads.heat_pump_days, until), first, last)


def consumption_odometer(system: System, report: Report, at: int) -> tuple[int, int] | None:
    """Return what the consumption meter's odometer showed at its last reading until `at`, and when.

    None before its first reading, and without a meter.
    """
    meter, since = system.consumption_meter, consumption.first_day(system)
    if meter is None or since is None or report.last_report_at is None:
        return None
    read_at = min(at, report.last_report_at) // consumption.STEP * consumption.STEP
    if read_at < meter.installed_at:
        return None
    number = day_at(system.place.timezone, read_at)
    value = int(consumption.days(system, since, number - 1).sum()) + _consumed_until(system, number, read_at)
    return value, read_at


def storage_odometers(system: System, report: Report, at: int) -> tuple[int, int, int] | None:
    """Return what the batteries were charged with, and discharged, until the last reading until `at`, and when.

    None before their first reading, and without batteries.
    """
    storage = batteries.storage_of(system)
    if storage is None or report.last_report_at is None:
        return None
    read_at = min(at, report.last_report_at) // balance.STEP * balance.STEP
    if read_at < storage.installed_at:
        return None
    timezone = system.place.timezone
    number = day_at(timezone, read_at)
    days = balance.days(system, day_at(timezone, storage.installed_at), number - 1)
    today = balance.flows(system, day_start(timezone, number), read_at)
    return (
        int(days.charged.sum() + today.charged.sum()),
        int(days.discharged.sum() + today.discharged.sum()),
        read_at,
    )


def micro_lifetime(system: System, report: Report) -> int:
    """Return all that the microinverters have reported, in Wh."""
    if report.last_report_at is None:
        return 0
    reported = day_at(system.place.timezone, report.last_report_at)
    before = production.micro_total(system, system.operational_day, reported - 1)
    late = sum(micros.late_energy(system, number, report.last_report_at) for number in (reported - 1, reported))
    return before + _micro_until(system, reported, report.last_report_at) - late


def current_power(system: System, report: Report) -> int:
    """Return the mean power of the latest interval that was reported, in W, however long ago that is."""
    if report.last_interval_at is None:
        return 0
    began = report.last_interval_at - production.STEP
    number = day_at(system.place.timezone, began)
    day = production.day(system, number)
    index = (began - day.start) // production.STEP
    late = micros.late(system, number, report.last_report_at or began)
    return int(day.power[index]) - (int(late.power[index]) if late else 0)


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


def _without_late(
    system: System, report: Report, days: NDArray[np.int64], first: int, *, before: int | None = None
) -> NDArray[np.int64]:
    """Take what lacks at the last report from the microinverters' days: from `first`, and those before `before`."""
    if report.last_report_at is None or not system.equipment.late_reports:
        return days
    reported = day_at(system.place.timezone, report.last_report_at)
    result = days.copy()
    for number in (reported - 1, reported):
        if first <= number < first + len(days) and (before is None or number < before):
            result[number - first] -= micros.late_energy(system, number, report.last_report_at)
    return result


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


def _at(marks: NDArray[np.int64], system: System, number: int, moment: int) -> int:
    """Return what the `marks` of a load, one each 5 minutes, show in the quarter's beginning before `moment`."""
    passed = (moment - day_start(system.place.timezone, number)) // balance.STEP * balance.STEP
    return int(marks[passed // loads.STEP])


def _balanced(system: System, report: Report, flow: Flow, first: int, last: int) -> NDArray[np.int64]:
    def days(system: System, first: int, last: int) -> NDArray[np.int64]:
        values: NDArray[np.int64] = getattr(balance.days(system, first, last), flow)
        return values

    def until(system: System, number: int, moment: int) -> int:
        today = balance.flows(system, day_start(system.place.timezone, number), moment)
        return int(getattr(today, flow).sum())

    return _until_report(system, report, (days, until), first, last)
