"""Operations with energy day by day and in sum."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from enlighten_mock.v2.error_bodies import INVALID_RANGE, out_of_range
from enlighten_mock.v2.unmetered import check_consumption
from enlighten_mock.world import consumption, reported
from enlighten_mock.world.days import day_at, day_start, iso_date, month_later

if TYPE_CHECKING:
    from enlighten_mock.service.exchange import Json
    from enlighten_mock.v2.call import Call

_FIRST_DAY = date(2000, 1, 1).toordinal()
"""No system is older; a series that starts earlier would be all zeros, and without bound."""


def summary(call: Call) -> Json:
    """Sum up a day, by default today, and all days before it.

    A system with a production meter in service has its energy from the meter, others from the microinverters.
    Of a day in the past, power, modules and size are 0, as documented.
    """
    system, known, day = call.system, call.report, call.day("summary_date")
    day = call.today if day is None else day
    if day > call.today:
        raise out_of_range("Requested date is in the future")
    past = day < call.today
    metered = any(meter.in_service(call.now) for meter in system.meters)
    return {
        "system_id": system.system_id,
        "summary_date": iso_date(day),
        "current_power": 0 if past else reported.current_power(system, known),
        "energy_lifetime": int(reported.merged(system, known, system.operational_day, day - 1).sum()),
        "energy_today": int(reported.merged(system, known, day, day)[0]) if day >= system.operational_day else 0,
        "last_interval_end_at": known.last_interval_at,
        "last_report_at": known.last_report_at,
        "modules": 0 if past else system.modules,
        "operational_at": known.operational_at,
        "size_w": 0 if past else system.size_w,
        "source": "meter" if metered else "microinverters",
        "status": known.status,
    }


def energy_lifetime(call: Call) -> Json:
    """Give each day's production: 204 for a system that never reported, nothing for one that never produced.

    Days before the first and after the last report are 0. The series ends yesterday, or on the day of the
    last report; only an `end_date` of today shows what today has brought so far. A `start_date` of today is an
    error, as recorded.
    """
    system, known = call.system, call.report
    if known.last_report_at is None:
        return None
    first, last = _period(call, system.operational_day if known.operational_at is not None else None)
    body: dict[str, Json] = {
        "start_date": None if first is None else iso_date(first),
        "system_id": system.system_id,
        "production": [] if first is None else reported.merged(system, known, first, last).tolist(),
        "meta": call.meta,
    }
    if system.meter_start_day is not None and system.meter_start_day <= call.today:
        body["meter_start_date"] = iso_date(system.meter_start_day)
    if "production" in call.values:
        body["micro_production"] = [] if first is None else reported.micro(system, known, first, last).tolist()
        if first is not None and system.meter_start_day is not None:
            body["meter_production"] = _meter_production(call, system.meter_start_day, first, last)
    return body


def consumption_lifetime(call: Call) -> Json:
    """Give the consumption of each day since the meter was installed; 204 before that."""
    begin = consumption.first_day(call.system)
    check_consumption(call.system)
    if begin is None or begin > call.today or call.report.last_report_at is None:
        return None
    first, last = _period(call, begin)
    return {
        "system_id": call.system.system_id,
        "start_date": None if first is None else iso_date(first),
        "consumption": [] if first is None else reported.consumed(call.system, call.report, first, last).tolist(),
        "meta": call.meta,
    }


def monthly_production(call: Call) -> Json:
    """Sum up a month that has passed: its days in `energy_lifetime`, and the meters' readings around them."""
    system, known = call.system, call.report
    first = call.required("start_date", date).toordinal()
    if first < _FIRST_DAY:
        raise out_of_range(INVALID_RANGE)
    after = month_later(first) if first <= call.today else None
    if after is None or after > call.today:
        raise out_of_range("start_date must be at least one month ago")
    timezone = system.place.timezone
    readings: list[Json] = []
    for meter in system.meters:
        start = reported.odometer(system, known, meter, day_start(timezone, first))
        end = reported.odometer(system, known, meter, day_start(timezone, after))
        if end is not None:
            readings.append(
                {
                    "serial_number": meter.serial_number,
                    "start": start[0] if start else meter.initial_wh,
                    "end": end[0],
                }
            )
    return {
        "system_id": system.system_id,
        "start_date": iso_date(first),
        "end_date": iso_date(after - 1),
        "production_wh": int(reported.merged(system, known, first, after - 1).sum()),
        "meter_readings": readings,
        "meta": call.meta,
    }


def production_meter_readings(call: Call) -> Json:
    """Give each production meter's last odometer reading until `end_at`, by default now; retired ones too."""
    until = min(call.optional("end_at", int, int(call.now)), int(call.now))
    readings = []
    for meter in call.system.meters:
        reading = reported.odometer(call.system, call.report, meter, until)
        if reading:
            value, read_at = reading
            readings.append({"serial_number": meter.serial_number, "value": value, "read_at": read_at})
    return {"system_id": call.system.system_id, "meter_readings": readings, "meta": call.meta}


def _period(call: Call, begin: int | None) -> tuple[int | None, int]:
    """Return the first and the last day of a daily series that by default starts on the day `begin`."""
    start, end = call.day("start_date"), call.day("end_date")
    latest = min(call.today - 1, day_at(call.system.place.timezone, call.report.last_report_at or call.now))
    if (start or _FIRST_DAY) < _FIRST_DAY or (end or _FIRST_DAY) < _FIRST_DAY:
        raise out_of_range(INVALID_RANGE)
    if end is not None and end > call.today:
        raise out_of_range("Requested date is in the future")
    if start is not None and (start >= call.today or start > (latest if end is None else end)):
        raise out_of_range(INVALID_RANGE)
    first = begin if start is None else start
    if start is None and first is not None and end is not None and end < first:
        raise out_of_range(INVALID_RANGE)
    return first, latest if end is None else end


def _meter_production(call: Call, switch: int, first: int, last: int) -> list[int | None]:
    """Return the meters' series: null before there was one; 0 in a plain fleet, as the published types want."""
    values: list[int | None] = reported.metered(call.system, call.report, first, last).tolist()
    if call.plain:
        return values
    unmetered = min(len(values), max(0, switch - 1 - first))
    return [None] * unmetered + values[unmetered:]
