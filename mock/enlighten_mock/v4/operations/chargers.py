"""Operations on the vendor's own chargers of electric cars."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np

from enlighten_mock.service.exchange import Reply
from enlighten_mock.v4.error_bodies import bad_charger_request
from enlighten_mock.v4.pages import slice_of
from enlighten_mock.world import charging, inventory, loads, reported
from enlighten_mock.world.days import day_at, day_start, iso_date

if TYPE_CHECKING:
    from enlighten_mock.service.exchange import Json
    from enlighten_mock.v4.call import Call
    from enlighten_mock.world.loads import Charger

_STEP = 900
_DAY = 86_400
_WHOLE_LEVEL = 100
_LONGEST = 20


def devices(call: Call) -> Json:
    """List the vendor's own chargers."""
    own = {charger.serial_number for charger in _chargers(call)}
    found = [
        {
            "id": f"{device.serial_number}:{call.system.system_id}",
            "sku": device.sku,
            "status": device.status,
            "serial_number": device.serial_number,
            "name": device.name,
            "model": device.model,
            "part_number": device.part_number,
            "firmware": device.firmware,
            "active": True,
        }
        for device in inventory.devices(call.system, call.report, call.now)
        if device.kind == "ev_charger" and device.serial_number in own
    ]
    return {
        "items": "devices",
        "total_devices": len(found),
        "system_id": call.system.system_id,
        "devices": {"ev_chargers": found},
    }


def events(call: Call) -> Json:
    """List what happened at the chargers, the latest first."""
    serial = call.optional("serial_num", str)
    charger = _charger(call, serial) if serial is not None else None
    found = charging.events(call.system, call.system.operational_at, call.report.last_report_at or 0, charger=charger)
    page = slice_of(call, found)
    return {
        "count": len(page),
        "events": [
            {
                "status": event.status,
                "triggered_date": event.at,
                "cleared_date": event.cleared_at,
                "details": event.details,
            }
            for event in page
        ],
        "system_id": call.system.system_id,
    }


def sessions(call: Call) -> Json:
    """List the sessions of a charger that are over, the latest first."""
    charger = _charger(call, call.required("serial_no", str))
    last = call.report.last_report_at or 0
    start = day_start(call.timezone, charger.installed_day) - 1
    found = [one for one in loads.sessions(call.system, charger, start, last) if one.end <= last] if last else []
    page = slice_of(call, found[::-1])
    return {
        "count": len(page),
        "system_id": call.system.system_id,
        "sessions": [
            {
                "start_time": session.start,
                "end_time": session.end,
                "duration": session.end - session.start,
                "energy_added": round(session.energy / 1000, 2),  # kWh, whatever the vendor's description says
                "charge_time": session.charged - session.start,
                "miles_added": charging.miles(session),
                "cost": charging.cost(call.system, session),
            }
            for session in page
        ],
    }


def schedules(call: Call) -> Json:
    """List when a charger may charge."""
    charger = _charger(call, call.required("serial_no", str))
    return {
        "system_id": call.system.system_id,
        "charger_schedules": [
            {
                "schedules": [
                    {
                        "days": list(schedule.days),
                        "start_time": f"{schedule.start}:00",
                        "end_time": f"{schedule.end}:00",
                        "charging_level": schedule.level,
                    }
                ],
                "type": schedule.kind,
                "is_active": schedule.active,
                "reminder_flag": schedule.remind_before is not None,
                "reminder_timer": schedule.remind_before or 0,
            }
            for schedule in charging.schedules(call.system, charger)
        ],
    }


def lifetime(call: Call) -> Json:
    """Give what a charger consumed on each day, until yesterday by default."""
    charger = _charger(call, call.required("serial_no", str))
    first = max(_compact_day(call, "start_date") or 0, call.system.operational_day)
    last = _compact_day(call, "end_date")
    last = call.today - 1 if last is None else last
    if last < first or last > call.today:
        raise bad_charger_request(["Invalid start_date/end_date"])
    values = reported.charger(call.system, call.report, charger, first, last)
    return {"system_id": call.system.system_id, "start_date": iso_date(first), "consumption": values.tolist()}


def telemetry(call: Call) -> Json:
    """Give what a charger consumed in each quarter of an hour, of yesterday by default."""
    charger = _charger(call, call.required("serial_no", str))
    week = call.optional("granularity", str, "day") == "week"
    if week and call.behaviour.week == "refused":
        raise bad_charger_request(["Invalid granularity"])
    days = 7 if week and call.behaviour.week == "honoured" else 1
    at = call.optional("start_at", str)
    if at is not None and not (at.isascii() and at.isdigit() and len(at) < _LONGEST):
        raise bad_charger_request(["Invalid start_at"])
    named = _compact_day(call, "start_date")
    number = call.today - 1 if named is None else named
    if number > call.today or (at is not None and int(at) > call.now):
        raise bad_charger_request(["Invalid start_date/start_at"])
    number = max(number, call.system.operational_day)
    start = day_start(call.timezone, number) if at is None else int(at)
    start = max(start, day_start(call.timezone, call.system.operational_day))
    end = start + days * _DAY if at is not None else day_start(call.timezone, number + days)
    last = min(end, (call.report.last_report_at or 0) // _STEP * _STEP)
    ends: dict[str, Json] = {"start_at": start, "end_at": max(start, last)}
    if at is None:
        ends = {"start_date": iso_date(number), "end_date": iso_date(number + days - 1)}
    return {
        "granularity": call.optional("granularity", str, "day"),
        "consumption": _quarters(call, charger, start, last),
        "system_id": call.system.system_id,
        **ends,
    }


def start_charging(call: Call) -> Json:
    """Make a charger charge."""
    charger = _charger(call, call.required("serial_no", str))
    connector, level = call.body["connectorId"], call.body["chargingLevel"]
    problems = [
        f"Invalid {name}"
        for name, text, most in (("connectorId", connector, None), ("chargingLevel", level, _WHOLE_LEVEL))
        if not (text.isascii() and text.isdigit() and (int(text) <= most if most else int(text) > 0))
    ]
    if problems:
        raise bad_charger_request(problems)
    return _commanded(call, charger, "CHARGING")


def stop_charging(call: Call) -> Json:
    """Make a charger stop."""
    return _commanded(call, _charger(call, call.required("serial_no", str)), "IDLE")


def _commanded(call: Call, charger: Charger, mode: str) -> Json:
    call.settings.change(call.system.system_id, f"charger {charger.serial_number}", {"mode": mode})
    return Reply(202, {"message": "Request sent successfully"})


def _chargers(call: Call) -> list[Charger]:
    found = loads.chargers(call.system)
    return [one for one in found if one.kind == "enphase" and one.installed_day <= call.today]


def _charger(call: Call, serial: str) -> Charger:
    for charger in _chargers(call):
        if charger.serial_number == serial:
            return charger
    raise bad_charger_request(["Invalid serial_number"])


def _compact_day(call: Call, name: str) -> int | None:
    """Return the day of a parameter that is written YYYYMMDD, or None if it was not sent."""
    text = call.optional(name, str)
    if text is None:
        return None
    try:
        if len(text) == len("20260301") and text.isascii() and text.isdigit():
            return datetime.strptime(text, "%Y%m%d").toordinal()  # noqa: DTZ007  # a day has no timezone
    except ValueError:
        pass
    raise bad_charger_request([f"Invalid {name}"])


def _quarters(call: Call, charger: Charger, start: int, end: int) -> list[Json]:
    rows: list[Json] = []
    for number in range(day_at(call.timezone, start), day_at(call.timezone, end) + 1) if start < end else ():
        first = day_start(call.timezone, number)
        marks = loads.charger_day(call.system, charger, number)[:: _STEP // loads.STEP]
        for index, energy in enumerate(np.diff(marks).tolist()):
            end_at = first + _STEP * (index + 1)
            if start < end_at <= end:
                rows.append({"consumption": energy, "end_at": end_at})
    return rows
