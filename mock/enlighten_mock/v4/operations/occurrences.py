"""Operations about events and alarms."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta

from enlighten_mock.v4.error_bodies import FUTURE, RANGE, invalid, no_device
from enlighten_mock.world import event_types, events
from enlighten_mock.world.days import zone

if TYPE_CHECKING:
    from enlighten_mock.service.exchange import Json
    from enlighten_mock.v4.call import Call
    from enlighten_mock.world.event_types import EventType
    from enlighten_mock.world.events import Alarm, Event

_DAY = 86_400
_WEEK = 7 * _DAY


def events_of(call: Call) -> Json:
    """List the events that began in a range of at most a week."""
    start, end = _range(call)
    found = events.events(call.system, call.report, call.now, start, end)
    return {"system_id": call.system.system_id, "events": [_event(event) for event in found]}


def open_events(call: Call) -> Json:
    """List the events that last, with their status in small letters."""
    found = events.open_events(call.system, call.report, call.now)
    return {"system_id": call.system.system_id, "events": [{**_event(event), "status": "open"} for event in found]}


def alarms(call: Call) -> Json:
    """List the alarms that were raised in a range of at most a week: the active ones, or those that are cleared."""
    start, end = _range(call)
    cleared = call.optional("cleared", bool, default=False)
    found = events.alarms(call.system, call.report, call.now, start, end)
    return {
        "system_id": call.system.system_id,
        "alarms": [
            {
                "id": str(alarm.number),
                "cleared": cleared,
                "severity": alarm.type.severity,
                "events": _events(alarm),
                "event_type_id": alarm.type.number,
                "alarm_start_time": alarm.start,
                "alarm_end_time": alarm.end,
            }
            for alarm in found
            if (alarm.end is not None) == cleared
        ],
    }


def open_alarms(call: Call) -> Json:
    """List the alarms that are open, under ids of their own."""
    found = events.open_alarms(call.system, call.report, call.now)
    system_id = call.system.system_id
    return {
        "system_id": system_id,
        "alarms": [
            {
                "id": f"{system_id}.{alarm.type.number}.{alarm.start * 1000}",
                "severity": alarm.type.severity,
                "events": _events(alarm),
                "event_type_id": alarm.type.number,
                "alarm_start_time": alarm.start,
            }
            for alarm in found
        ],
    }


def types(call: Call) -> Json:
    """List all types of events, or one."""
    number = call.optional("event_type_id", int)
    found = [one for one in event_types.TYPES if number in (None, one.number)]
    if not found:
        raise no_device("Event type", str(number))
    return {"event_types": [_type(one) for one in found]}


def _range(call: Call) -> tuple[int, int]:
    start = call.required("start_time", int)
    end = call.optional("end_time", int, min(start + _DAY, int(call.now)))
    local = datetime.fromtimestamp(call.now, zone(call.timezone))
    earliest = (local - relativedelta(months=call.behaviour.event_months)).timestamp()
    if start > call.now:
        raise invalid(FUTURE)
    if end < start or start < earliest:
        raise invalid(f"{RANGE}. {{:start_at=>{start}, :end_at=>{end}}}")
    if end - start > _WEEK and call.behaviour.long_range == "refused":
        raise invalid("Requested date range cannot be more than 7 days")
    return start, min(end, start + _WEEK, int(call.now) + 1)


def _event(event: Event) -> dict[str, Json]:
    stateful = "Open" if event.end is None else "Closed"
    return {
        "status": stateful if event.type.stateful else "Info",
        "event_type_id": event.type.number,
        "event_start_time": event.start,
        "event_end_time": event.end,
        "serial_number": event.serial_number,
    }


def _events(alarm: Alarm) -> list[Json]:
    return [
        {"serial_number": event.serial_number, "start_date": event.start, "end_date": event.end}
        for event in alarm.events
    ]


def _type(one: EventType) -> Json:
    return {
        "event_type_id": one.number,
        "event_type_key": one.key,
        "stateful": one.stateful,
        "event_name": one.name,
        "event_description": one.description,
        "recommended_action": one.action,
    }
