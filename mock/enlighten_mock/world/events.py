"""Events of a system's devices, and the alarms that stand for the serious ones.

Each device has events of its own, drawn for periods of 16 days; a system that is silent or whose condition is not
normal has those that follow from it. An event is known once the system has reported it; that a gateway is silent is
noticed without it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from enlighten_mock.world import batteries, draws, loads, micros
from enlighten_mock.world.event_types import (
    BATTERY_SILENT,
    BATTERY_SLEEPS,
    CHARGER_FAULT,
    GATEWAY_SILENT,
    GRID_LOST,
    METER_ISSUE,
    MICRO_POWER,
    MICRO_SILENT,
    NO_ALARM,
    EventType,
)
from enlighten_mock.world.reports import silences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enlighten_mock.world.reports import Report
    from enlighten_mock.world.system import System

_DAY = 86_400
_BLOCK = 16 * _DAY
_LONGEST = 40 * _DAY
_NOTICED_AFTER = 3600  # seconds of silence until a gateway counts as not reporting


_OF_CONDITION = {
    "micro": MICRO_SILENT,
    "power": MICRO_POWER,
    "meter": METER_ISSUE,
    "meter_issue": METER_ISSUE,
    "battery": BATTERY_SILENT,
    "storage_idle": BATTERY_SILENT,
}


class Event(NamedTuple):
    """Something that happened to a device.

    Attributes:
        type: What.
        serial_number: The device.
        start: Since when, in epoch seconds.
        end: Until when, in epoch seconds; None while it lasts. One that does not last ends when it starts.
    """

    type: EventType
    serial_number: str
    start: int
    end: int | None


class Alarm(NamedTuple):
    """Events of one type at the same time.

    Attributes:
        number: Its id.
        type: Of its events.
        events: Its events, one for each device.
        start: When it was raised, in epoch seconds.
        end: When it was cleared, in epoch seconds; None while it is open.
    """

    number: int
    type: EventType
    events: tuple[Event, ...]
    start: int
    end: int | None


def events(system: System, report: Report, now: float, start: int, end: int) -> list[Event]:
    """Return the events that started from `start` to before `end`, as known at `now`, oldest first.

    Args:
        system: The system.
        report: What it has reported at `now`.
        now: Epoch seconds.
        start: Epoch seconds.
        end: Epoch seconds.
    """
    found = [
        *_silent_gateways(system, now, start, end),
        *(event for event in _told(system, start, end) if event.start <= (report.last_report_at or 0)),
    ]
    known = (_as_known(event, report, now) for event in found)
    wanted = (event for event in known if start <= event.start < end and event.start <= now)
    return sorted(wanted, key=lambda event: (event.start, event.type.number, event.serial_number))


def open_events(system: System, report: Report, now: float) -> list[Event]:
    """Return the events that last at `now`, oldest first, as far back as events can last."""
    oldest = min(int(now) - 2 * _LONGEST, _condition_since(system) or int(now), system.stopped_at or int(now))
    return [event for event in events(system, report, now, oldest, int(now) + 1) if event.end is None]


def alarms(system: System, report: Report, now: float, start: int, end: int) -> list[Alarm]:
    """Return the alarms that were raised from `start` to before `end`, as known at `now`, oldest first.

    The arguments are those of `events`.
    """
    return _raised(system, events(system, report, now, start, end))


def open_alarms(system: System, report: Report, now: float) -> list[Alarm]:
    """Return the alarms that are open at `now`, oldest first."""
    return _raised(system, open_events(system, report, now))


def _raised(system: System, found: list[Event]) -> list[Alarm]:
    groups: dict[tuple[int, int], list[Event]] = {}
    for event in found:
        if event.type.severity < NO_ALARM:
            groups.setdefault((event.type.number, event.start), []).append(event)
    return [
        Alarm(
            number=1_080_000_000 + draws.key(system.key, number, start) % 9_000_000_000,
            type=group[0].type,
            events=tuple(group),
            start=start,
            end=None if any(event.end is None for event in group) else max(event.end or 0 for event in group),
        )
        for (number, start), group in groups.items()
    ]


def _as_known(event: Event, report: Report, now: float) -> Event:
    """Take the end from an event that has not been reported to be over."""
    until = now if event.type is GATEWAY_SILENT else (report.last_report_at or 0)
    return event._replace(end=None) if event.end is not None and event.end > until else event


def _silent_gateways(system: System, now: float, start: int, end: int) -> Iterator[Event]:
    if system.condition == "never_reported":
        return
    for begin, until in silences(system, start - _LONGEST, min(end, int(now))):
        if until is None or until - begin > _NOTICED_AFTER:
            for envoy in system.envoys:
                yield Event(GATEWAY_SILENT, envoy.serial_number, int(begin) + _NOTICED_AFTER, until)


def _told(system: System, start: int, end: int) -> Iterator[Event]:
    """Yield the events that the devices tell of, some before `start` as well."""
    since = _condition_since(system)
    kind = _OF_CONDITION.get(system.condition)
    if kind is not None and since is not None:
        for serial in _devices(system, kind):
            yield Event(kind, serial, since, None)
    for block in range(max(start, system.operational_at) // _BLOCK, end // _BLOCK + 1):
        for index, kind in enumerate(_possible(system)):
            of = draws.key(system.key, "events", block, kind.key)
            if not draws.chance(of, 0, 0.35 if system.equipment.troubled else 0.06):
                continue
            begin = block * _BLOCK + int(draws.between(of, 1, 0, _BLOCK))
            serials = _devices(system, kind)
            if begin <= system.operational_at + _DAY or not serials:
                continue
            lasts = int(draws.between(of, 2, 900, 2 * _DAY if draws.chance(of, 3, 0.8) else _LONGEST))
            first = draws.bits(of, 4) % len(serials)
            count = 1 + draws.bits(of, 5) % 3 if kind is MICRO_SILENT else 1
            for serial in serials[first : first + count]:
                yield Event(kind, serial, begin + index, begin + index + (lasts if kind.stateful else 0))


def _condition_since(system: System) -> int | None:
    """Return since when a system is in a condition that its devices tell of, in epoch seconds."""
    if system.condition not in _OF_CONDITION:
        return None
    return system.operational_at + int(draws.between(draws.key(system.key, "condition"), 0, 30, 400)) * _DAY


def _possible(system: System) -> list[EventType]:
    """Return the types of events that the devices of a system can have, beside those of its condition."""
    found = [MICRO_SILENT, GRID_LOST]
    if system.meters:
        found.append(METER_ISSUE)
    if batteries.batteries(system):
        found += [BATTERY_SILENT] if system.equipment.battery == "encharge" else [BATTERY_SLEEPS]
    if any(charger.kind == "enphase" for charger in loads.chargers(system)):
        found.append(CHARGER_FAULT)
    return [kind for kind in found if kind is not _OF_CONDITION.get(system.condition)]


def _devices(system: System, kind: EventType) -> list[str]:
    """Return the serial numbers of the devices that events of a type are about."""
    if kind is MICRO_SILENT:
        return micros.serial_numbers(system)[: micros.not_reporting(system) or None]
    if kind is MICRO_POWER:
        return micros.serial_numbers(system)[1::2]
    if kind is METER_ISSUE:
        return [meter.serial_number for meter in system.meters if meter.retired_at is None]
    if kind in (BATTERY_SILENT, BATTERY_SLEEPS):
        return [battery.serial_number for battery in batteries.batteries(system)]
    if kind is CHARGER_FAULT:
        return [charger.serial_number for charger in loads.chargers(system) if charger.kind == "enphase"]
    return [envoy.serial_number for envoy in system.envoys]
