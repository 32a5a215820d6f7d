"""What Enphase's chargers of electric cars tell beside their energy: events, and when they may charge."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from enlighten_mock.world import draws, loads

if TYPE_CHECKING:
    from enlighten_mock.world.loads import Charger
    from enlighten_mock.world.system import System

_MILES_PER_KWH = 3.4
_DAYS = (1, 2, 3, 4, 5, 6, 7)
_LEVELS = (40, 60, 80, 100)


class ChargingEvent(NamedTuple):
    """Something that happened at a charger.

    Attributes:
        at: When, in epoch seconds.
        cleared_at: When it was over, in epoch seconds.
        status: `Info`.
        details: What.
        charger: Where.
    """

    at: int
    cleared_at: int
    status: str
    details: str
    charger: Charger


class Schedule(NamedTuple):
    """When a charger charges.

    Attributes:
        kind: `Custom` or `Green Charging`.
        active: Whether it is followed.
        remind_before: Minutes before its start at which the owner is told, or None.
        days: The days it stands for, from 1 to 7.
        start: Local hour of its start.
        end: Local hour of its end.
        level: Share of the full power, in percent.
    """

    kind: str
    active: bool
    remind_before: int | None
    days: tuple[int, ...]
    start: int
    end: int
    level: int


def events(system: System, start: int, end: int, *, charger: Charger | None = None) -> list[ChargingEvent]:
    """Return what happened at the chargers from `start` to before `end` (epoch seconds), the latest first.

    Args:
        system: The chargers' system.
        start: Epoch seconds.
        end: Epoch seconds.
        charger: Only at this one; by default at all of Enphase's.
    """
    of = [one for one in loads.chargers(system) if one.kind == "enphase" and charger in (None, one)]
    found = [
        event
        for one in of
        for session in loads.sessions(system, one, start - 2 * 86_400, end)
        for event in (
            ChargingEvent(session.start, session.start, "Info", "Charging started on the charger.", one),
            ChargingEvent(session.charged, session.charged, "Info", "Charging stopped: the car is full.", one),
            ChargingEvent(session.end, session.end, "Info", "The car was plugged out.", one),
        )
        if start <= event.at < end
    ]
    return sorted(found, key=lambda event: -event.at)


def schedules(system: System, charger: Charger) -> list[Schedule]:
    """Return the schedules of a charger, at least one."""
    of = draws.key(system.key, "schedule", charger.number)
    night = Schedule(
        kind="Custom",
        active=draws.chance(of, 0, 0.6),
        remind_before=10 if draws.chance(of, 1, 0.5) else None,
        days=_DAYS[:5] if draws.chance(of, 2, 0.5) else _DAYS,
        start=draws.bits(of, 3) % 4,
        end=5 + draws.bits(of, 4) % 3,
        level=draws.choose(of, 5, _LEVELS),
    )
    sun = Schedule("Green Charging", not night.active, None, _DAYS, 9, 17, 100)
    return [night, sun] if draws.chance(of, 6, 0.7) else [night]


def miles(session: loads.Session) -> float:
    """Return how far a car gets with what a session charged it with, in miles."""
    return round(session.energy / 1000 * _MILES_PER_KWH, 1)


def cost(system: System, session: loads.Session) -> float:
    """Return what a session cost, in the money of the place."""
    return round(session.energy / 1000 * draws.between(system.key, 71, 0.12, 0.36), 2)
