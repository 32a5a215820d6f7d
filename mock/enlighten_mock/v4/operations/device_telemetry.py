"""Telemetry of single devices: microinverters, batteries, chargers of other makers, and the heat pump."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from enlighten_mock.v4.error_bodies import FUTURE, invalid_request, no_device
from enlighten_mock.v4.measured import days_of_devices, last_quarter
from enlighten_mock.v4.pages import page_of
from enlighten_mock.v4.windows import by_days, out_of_range, told, until, window_of
from enlighten_mock.world import balance, batteries, interval_series, loads, micros, production, reported
from enlighten_mock.world.days import day_at, day_start, iso_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from enlighten_mock.service.exchange import Json, ServiceError
    from enlighten_mock.v4.call import Call
    from enlighten_mock.v4.windows import Window
    from enlighten_mock.world.equipment import BatteryKind
    from enlighten_mock.world.loads import Charger

_STEPS = {"5mins": 300, "15mins": 900}


def micros_telemetry(call: Call) -> Json:
    """Give the production of each microinverter, page by page."""
    window = window_of(call, _out_of_range_of_micros)
    serials = micros.serial_numbers(call.system)
    page, size, wanted = page_of(call, range(len(serials)))
    return {
        "system_id": call.system.system_id,
        "total_devices": len(serials),
        "page": page,
        "page_size": size,
        **told(call, window, call.report.last_interval_at, production.STEP),
        "items": "intervals",
        "devices": [{"serial_number": serials[number], "intervals": _micro(call, window, number)} for number in wanted],
    }


def micro_telemetry(call: Call) -> Json:
    """Give the production of one microinverter."""
    serial = call.required("serial_no", str)
    serials = micros.serial_numbers(call.system)
    if serial not in serials:
        raise no_device("Micro", serial)
    window = window_of(call)
    return {
        "system_id": call.system.system_id,
        "serial_number": serial,
        "total_devices": 1,
        **told(call, window, call.report.last_interval_at, production.STEP),
        "items": "intervals",
        "intervals": _micro(call, window, serials.index(serial)),
    }


def encharge_telemetry(call: Call) -> Json:
    """Give what one battery is charged with and discharges."""
    return _battery(call, "encharge", "Encharge")


def acb_telemetry(call: Call) -> Json:
    """Give what one of the older batteries is charged with and discharges."""
    return _battery(call, "acb", "ACB")


def evse_telemetry(call: Call) -> Json:
    """Give what a charger consumes."""
    charger = _charger(call)
    return _loads(call, lambda number: loads.charger_day(call.system, charger, number))


def hp_telemetry(call: Call) -> Json:
    """Give what the heat pump consumes."""
    return _loads(call, lambda number: loads.heat_pump_marks(call.system, number))


def evse_lifetime(call: Call) -> Json:
    """Give what a charger consumed on each day."""
    charger = _charger(call)
    first, last = days_of_devices(call)
    return _lifetime(call, first, last, reported.charger(call.system, call.report, charger, first, last))


def hp_lifetime(call: Call) -> Json:
    """Give what the heat pump consumed on each day."""
    first, last = days_of_devices(call)
    return _lifetime(call, first, last, reported.heat_pump(call.system, call.report, first, last))


def _out_of_range_of_micros(call: Call, start: int, end: int) -> ServiceError:
    return invalid_request(FUTURE) if start > call.now else out_of_range(call, start, end)


def _invalid_range(call: Call, start: int, end: int) -> ServiceError:  # noqa: ARG001  # it tells no reason
    return invalid_request("Invalid date/time range")


def _micro(call: Call, window: Window, number: int) -> list[Json]:
    last = call.report.last_report_at
    if last is None or call.report.operational_at is None:
        return []
    (found,) = interval_series.each_micro(
        call.system, window.start, until(call, window, last, production.STEP), reported_at=last, wanted=[number]
    )
    rows = zip(found.end_at, found.power, found.energy, strict=True)
    return [{"end_at": end_at, "powr": power, "enwh": energy} for end_at, power, energy in rows]


def _battery(call: Call, kind: BatteryKind, name: str) -> Json:
    serial = call.required("serial_no", str)
    there = batteries.batteries(call.system) if call.system.equipment.battery == kind else ()
    battery = next((one for one in there if one.serial_number == serial and one.installed_at <= call.now), None)
    if battery is None:
        raise no_device(name, serial)
    window, last = window_of(call), last_quarter(call)

    def rows(start: int, end: int) -> Iterator[Json]:
        flows = balance.flows(call.system, max(start, battery.installed_at), end)
        charged, discharged, stored = (
            batteries.divided(call.system, values)[battery.number]
            for values in (flows.charged, flows.discharged, flows.stored)
        )
        percents = batteries.percent(stored, battery.model.capacity)
        for end_at, into, out, percent in zip(
            *(values.tolist() for values in (flows.end_at, charged, discharged, percents)), strict=True
        ):
            yield {
                "end_at": end_at,
                "charge": {"enwh": into},
                "discharge": {"enwh": out},
                "soc": {"percent": min(100, percent)},
            }

    latest = list(rows(last - balance.STEP, last))
    return {
        "system_id": call.system.system_id,
        "serial_number": serial,
        "total_devices": 1,
        **told(call, window, last, balance.STEP),
        "items": "intervals",
        "intervals": list(rows(window.start, until(call, window, last, balance.STEP))),
        "last_reported_time": call.report.last_report_at,
        "last_reported_soc": f"{latest[0]['soc']['percent']}%" if latest else None,
    }


def _charger(call: Call) -> Charger:
    serial = call.required("serial_no", str)
    found = next((one for one in loads.chargers(call.system) if one.serial_number == serial), None)
    if found is None:
        raise no_device("Evse", serial)
    return found


def _loads(call: Call, marks_of: Callable[[int], NDArray[np.int64]]) -> Json:
    window = window_of(call, _invalid_range)
    duration = call.optional("interval_duration", str, "15mins")
    step = _STEPS[duration]
    last = (call.report.last_report_at or 0) // step * step
    rows: list[dict[str, Json]] = []
    end = until(call, window, last, step)
    for number in range(day_at(call.timezone, window.start), day_at(call.timezone, end) + 1) if end else ():
        marks = marks_of(number)[:: step // loads.STEP]
        first = day_start(call.timezone, number)
        for index, energy in enumerate(np.diff(marks).tolist()):
            end_at = first + step * (index + 1)
            if window.start < end_at <= end:
                rows.append({"end_at": end_at, "wh_consumed": energy})
    return {
        "system_id": call.system.system_id,
        "interval_duration": duration,
        **told(call, window, last, step),
        "items": "intervals",
        "intervals": by_days(call, rows) if call.behaviour.nested == "nested" else rows,
    }


def _lifetime(call: Call, first: int, last: int, values: NDArray[np.int64]) -> Json:
    return {
        "system_id": call.system.system_id,
        "start_date": iso_date(first),
        "end_date": iso_date(last),
        "consumption": values.tolist(),
    }
