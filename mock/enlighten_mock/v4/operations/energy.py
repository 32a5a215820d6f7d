"""Operations with energy day by day and in sum, and the readings of meters."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from enlighten_mock.v4.error_bodies import FUTURE, RANGE, invalid
from enlighten_mock.v4.measured import metered, stored
from enlighten_mock.world import batteries, loads, reported, sites
from enlighten_mock.world.days import iso_date, zone

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from enlighten_mock.service.exchange import Json
    from enlighten_mock.v4.call import Call
    from enlighten_mock.world.reports import Report
    from enlighten_mock.world.system import System


class Days(NamedTuple):
    """The days of a request, both included; none if the last is before the first."""

    first: int
    last: int


def summary(call: Call) -> Json:
    """Sum up a day, by default today, and all days before it.

    Of a day in the past, power, modules and size are 0, as documented.
    """
    system, known, day = call.system, call.report, call.day("summary_date")
    day = call.today if day is None else day
    if day > call.today:
        raise invalid(FUTURE)
    past = day < call.today
    is_metered = any(meter.in_service(call.now) for meter in system.meters)
    found = [one for one in batteries.batteries(system) if one.installed_at <= call.now]
    body: dict[str, Json] = {
        "system_id": system.system_id,
        "current_power": 0 if past else reported.current_power(system, known),
        "energy_lifetime": int(reported.merged(system, known, system.operational_day, day - 1).sum()),
        "energy_today": int(reported.merged(system, known, day, day)[0]) if day >= system.operational_day else 0,
        "last_interval_end_at": known.last_interval_at,
        "last_report_at": known.last_report_at,
        "modules": 0 if past else system.modules,
        "operational_at": known.operational_at,
        "size_w": 0 if past else system.size_w,
        "nmi": sites.site(system).meter_identifier,
        "source": "meter" if is_metered else "microinverters",
        "status": known.status,
        "summary_date": iso_date(day),
        "battery_charge_w": sum(battery.model.watts for battery in found),
        "battery_discharge_w": sum(battery.model.watts for battery in found),
        "battery_capacity_wh": sum(battery.model.capacity for battery in found),
    }
    chargers = [charger for charger in loads.chargers(system) if charger.installed_day <= call.today]
    if chargers:
        body["evse_power"] = [
            {charger.serial_number: {"evse_max_charge_w": charger.watts, "evse_min_charge_w": _LEAST_CHARGE}}
            for charger in chargers
        ]
    return body


_LEAST_CHARGE = 1440


def energy_lifetime(call: Call) -> Json:
    """Give each day's production, of microinverters at first and of meters later, as far as there are any."""
    system, known = call.system, call.report
    days = _days(call)
    merged = call.behaviour.lifetime_source == "merged"
    source = reported.merged if merged else reported.micro
    body = {**_head(call, days), "production": _values(call, days, source(system, known, days.first, days.last))}
    if merged and system.meter_start_day is not None and system.meter_start_day <= call.today:
        body["meter_start_date"] = iso_date(system.meter_start_day)
    if "production" in call.values:
        body["micro_production"] = _values(call, days, reported.micro(system, known, days.first, days.last))
        if system.meter_start_day is not None:
            body["meter_production"] = _values(call, days, reported.metered(system, known, days.first, days.last))
    return {**body, "meta": call.meta}


def consumption_lifetime(call: Call) -> Json:
    """Give each day's consumption, 0 before the meter."""
    meter, days = metered(call), _days(call)
    values = reported.consumed(call.system, call.report, days.first, days.last)
    return {**_head(call, days), "consumption": _values(call, days, values) if meter else [], "meta": call.meta}


def battery_lifetime(call: Call) -> Json:
    """Give what went into the batteries on each day, and what came out."""
    storage, days = stored(call), _days(call)
    return {
        **_head(call, days),
        "discharge": _values(call, days, _series(call, days, reported.discharged)) if storage else [],
        "charge": _values(call, days, _series(call, days, reported.charged)) if storage else [],
        "meta": call.meta,
    }


def energy_import_lifetime(call: Call) -> Json:
    """Give what came from the grid on each day."""
    days = _days(call)
    values = _values(call, days, _series(call, days, reported.imported)) if call.system.grid_measured_from else []
    return {**_head(call, days), "import": values, "meta": call.meta}


def energy_export_lifetime(call: Call) -> Json:
    """Give what went to the grid on each day."""
    days = _days(call)
    values = _values(call, days, _series(call, days, reported.exported)) if call.system.grid_measured_from else []
    return {**_head(call, days), "export": values, "meta": call.meta}


def production_meter_readings(call: Call) -> Json:
    """Give each production meter's last odometer reading until `end_at`, by default now; retired ones too."""
    readings = []
    for meter in call.system.meters:
        reading = reported.odometer(call.system, call.report, meter, _until(call))
        if reading:
            readings.append({"serial_number": meter.serial_number, "value": reading[0], "read_at": reading[1]})
    return _readings(call, readings)


def consumption_meter_readings(call: Call) -> Json:
    """Give the consumption meter's last odometer reading until `end_at`, by default now."""
    meter = call.system.consumption_meter
    reading = reported.consumption_odometer(call.system, call.report, _until(call))
    if meter is None or reading is None:
        return _readings(call, [])
    value, read_at = reading
    return _readings(call, [{"serial_num": meter.serial_number, "value": value, "read_at": read_at}])


def storage_meter_readings(call: Call) -> Json:
    """Give what the batteries have been charged with and have discharged until `end_at`, by default now."""
    reading = reported.storage_odometers(call.system, call.report, _until(call))
    if reading is None:
        return _readings(call, [])
    charged, discharged, read_at = reading
    serial = f"{call.system.envoys[0].serial_number}EIM4"
    return _readings(
        call,
        [{"serial_num": serial, "value_charged": charged, "value_discharged": discharged, "read_at": read_at}],
    )


def _until(call: Call) -> int:
    return min(call.optional("end_at", int, int(call.now)), int(call.now))


def _readings(call: Call, readings: list[Json]) -> Json:
    return {"system_id": call.system.system_id, "meter_readings": readings, "meta": call.meta}


def _days(call: Call) -> Days:
    """Return the days of a request: from the first of the system to yesterday, or to today if that is the start."""
    start, end = call.day("start_date"), call.day("end_date")
    yesterday = call.today - 1
    if max(start or 0, end or 0) > call.today:
        raise invalid(FUTURE)
    last = end if end is not None else max(yesterday, start or 0)
    first = max(start or 0, call.system.operational_day)
    if last < (start or 0) or (end is not None and end < first):
        told = {"start_at": first, "end_at": last}
        raise invalid(f"{RANGE}. {{{', '.join(f':{name}=>{iso_date(day)}' for name, day in told.items())}}}")
    if start == end == yesterday and call.behaviour.single_day != "answered":
        if call.behaviour.single_day == "refused":
            raise invalid(f"{RANGE}. {{:start_at=>{iso_date(first)}, :end_at=>{iso_date(last - 1)}}}")
        return Days(first, first - 1)
    hour = datetime.fromtimestamp(call.now, zone(call.timezone)).hour
    return Days(first, last - 1 if last == yesterday and hour < call.behaviour.yesterday_from_hour else last)


def _head(call: Call, days: Days) -> dict[str, Json]:
    none = call.report.operational_at is None
    return {"system_id": call.system.system_id, "start_date": None if none else iso_date(days.first)}


def _values(call: Call, days: Days, values: NDArray[np.int64]) -> list[int]:
    return [] if call.report.operational_at is None or days.last < days.first else values.tolist()


def _series(
    call: Call, days: Days, source: Callable[[System, Report, int, int], NDArray[np.int64]]
) -> NDArray[np.int64]:
    return source(call.system, call.report, days.first, days.last)
