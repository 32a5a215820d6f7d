"""Operations with intervals of 5 or 15 minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enlighten_mock.v2.error_bodies import out_of_range
from enlighten_mock.v2.unmetered import check_consumption, has_no_content
from enlighten_mock.v2.windows import DAY, WEEK, window_of
from enlighten_mock.world import consumption, interval_series, production
from enlighten_mock.world.days import day_start, shift

if TYPE_CHECKING:
    from enlighten_mock.service.exchange import Json
    from enlighten_mock.v2.call import Call


def stats(call: Call) -> Json:
    """Give the microinverters' production every 5 minutes; a window of more than 24 hours is cut.

    A window before the first interval or after the last one is an error 422 with the range that has intervals, except
    that a plain fleet responds to a request with default times with an empty list. A system that never produced has
    an empty list.
    """
    system, known = call.system, call.report
    body: dict[str, Json] = {
        "system_id": system.system_id,
        "total_devices": system.modules,
        "meta": call.meta,
        "intervals": [],
    }
    window = window_of(call, production.STEP)
    if window is None or known.operational_at is None or known.last_interval_at is None:
        return body
    defaults = "start_at" not in call.values and "end_at" not in call.values
    late = window.start >= known.last_interval_at
    if (late or window.end < known.operational_at) and not (call.plain and defaults):
        raise out_of_range(
            "Requested start is after the last reported interval"
            if late
            else "Requested end is before the first interval of this system",
            start_at=window.start,
            end_at=window.end,
            first_interval=known.operational_at,
            last_interval=known.last_interval_at,
        )
    start = max(window.start, day_start(system.place.timezone, system.operational_day))
    end = min(window.end, start + DAY, known.last_interval_at)
    body["intervals"] = [
        {"end_at": end_at, "powr": power, "enwh": energy, "devices_reporting": devices}
        for end_at, power, energy, devices in interval_series.micro(
            system, start, end, reported_at=known.last_report_at or end
        )
    ]
    return body


def rgm_stats(call: Call) -> Json:
    """Give the production meters' measurements in intervals of 15 minutes; a window of more than 7 days is an error.

    Meters measure at night too, and then nothing. A system whose meter does not communicate well has nulls
    there.
    """
    system, known = call.system, call.report
    meters = [meter for meter in system.meters if meter.installed_at <= call.now]
    body: dict[str, Json] = {
        "system_id": system.system_id,
        "total_devices": sum(meter.in_service(call.now) for meter in meters),
        "meta": call.meta,
        "intervals": [],
        "meter_intervals": [],
    }
    window = window_of(call, production.METER_STEP, longest=WEEK)
    if window is None or known.last_report_at is None or not meters:
        return body
    end = min(window.end, known.last_report_at)
    energy: dict[int, int] = {}
    reporting: dict[int, int] = {}
    for meter in meters:
        intervals = list(interval_series.production_meter(system, meter, window.start, end))
        body["meter_intervals"].append(
            {
                "meter_serial_number": meter.serial_number,
                "envoy_serial_number": meter.envoy_serial_number,
                "intervals": [
                    {"channel": 1, "end_at": end_at, "wh_del": wh, "curr_w": None if wh is None else wh * 4}
                    for end_at, wh in intervals
                ],
            }
        )
        for end_at, measured in intervals:
            if measured is not None:
                energy[end_at] = energy.get(end_at, 0) + measured
                reporting[end_at] = reporting.get(end_at, 0) + 1
    body["intervals"] = [
        {"end_at": end_at, "wh_del": energy[end_at], "devices_reporting": reporting[end_at]}
        for end_at in sorted(energy)
    ]
    return body


def consumption_stats(call: Call) -> Json:
    """Give the consumption every 15 minutes; a window of more than a month of local time is cut."""
    system, known = call.system, call.report
    check_consumption(system)
    if has_no_content(system):
        return None
    meter = system.consumption_meter
    body: dict[str, Json] = {
        "system_id": system.system_id,
        "total_devices": int(meter is not None and meter.in_service(call.now)),
        "meta": call.meta,
        "intervals": [],
    }
    window = window_of(call, consumption.STEP)
    if window is None or meter is None or known.last_report_at is None or window.start >= known.last_report_at:
        return body
    start = max(window.start, meter.installed_at)
    end = min(window.end, int(shift(system.place.timezone, start, months=1)), known.last_report_at)
    body["intervals"] = [
        {"end_at": end_at, "enwh": energy, "devices_reporting": 1}
        for end_at, energy in interval_series.consumption_meter(system, start, end)
    ]
    return body
