"""Reports: the time up to which a system has reported, and its status, as Enlighten knows them at a given time."""

from __future__ import annotations

from math import ceil, inf
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from enlighten_mock.world import draws, production, sun
from enlighten_mock.world.days import day_at, day_start
from enlighten_mock.world.system import STATUSES

if TYPE_CHECKING:
    from enlighten_mock.world.system import System

_SILENCE = 86_400
"""Seconds without a report after which a system counts as not communicating."""

_OUTAGE_BLOCK = 16 * 86_400
_SLOW_REPORTS = 6 * 3600
_REPORTS = 900


class Report(NamedTuple):
    """The state of a system as Enlighten knows it from its reports.

    Attributes:
        status: `normal`, `comm` if nothing has been heard of it for a day, or one of `system.STATUSES`.
        last_report_at: The latest report, in epoch seconds; None before the first.
        last_interval_at: End of the latest interval with production, in epoch seconds; None before the first.
        operational_at: End of the first interval, in epoch seconds; None before it has been reported.
    """

    status: str
    last_report_at: int | None
    last_interval_at: int | None
    operational_at: int | None


def report(system: System, now: float) -> Report:
    """Return what is known of `system` at `now` (epoch seconds).

    A system reports every 15 minutes, over a cellular link every 6 hours, at minutes of its own. During an
    outage of its connection nothing comes in, and all of it afterwards. After a day of silence its status is
    `comm`.
    """
    last = last_report(system, now)
    if last is None:
        return Report("comm", None, None, None)
    status = "comm" if now - last > _SILENCE else system.condition
    if status not in ("comm", *STATUSES):
        status = "normal"
    first = system.operational_at + production.STEP
    if system.condition == "never_produced" or last < first:
        return Report(status, last, None, None)
    return Report(status, last, last_interval(system, last), first)


def last_report(system: System, now: float) -> int | None:
    """Return when `system` last reported, seen from `now`, in epoch seconds, or None if it never did."""
    if system.condition == "never_reported":
        return None
    until = now if system.stopped_at is None else min(now, system.stopped_at)
    outages = _merged([*_outages(system, until), *system.outages])
    for start, end in outages:
        if start <= until < end:
            until = start
            break
    cellular = system.connection_type == "cellular"
    period = _SLOW_REPORTS if cellular else _REPORTS
    phase = draws.bits(system.key, 40) % period
    last = int((until - phase) // period * period + phase)
    for start, end in outages:
        if start <= last < end <= until:
            last = ceil(end)  # it reports as soon as it can again
    return last if last >= system.operational_at else None


def silences(system: System, start: float, end: float) -> list[tuple[float, int | None]]:
    """Return the outages that begin until `end` and last beyond `start`: each with its end, None for one that lasts.

    Args:
        system: A system that has reported.
        start: Epoch seconds.
        end: Epoch seconds, at most the present.
    """
    blocks = range(int(start // _OUTAGE_BLOCK), int(end // _OUTAGE_BLOCK) + 1)
    drawn = [period for block in blocks for period in _outages(system, block * _OUTAGE_BLOCK)]
    stop = [] if system.stopped_at is None else [(system.stopped_at, inf)]
    periods = _merged([*drawn, *system.outages, *stop])
    return [
        (begin, None if until == inf else ceil(until))
        for begin, until in periods
        if until > max(start, system.operational_at) and system.operational_at < begin <= end
    ]


def _merged(periods: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return what the periods cover together, in ascending order."""
    result: list[tuple[float, float]] = []
    for start, end in sorted(periods):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return result


def last_interval(system: System, last: int) -> int:
    """Return the end of the latest interval with production that a report at `last` can contain."""
    number = day_at(system.place.timezone, last)
    while True:
        end = _last_of_day(system, number, last // production.STEP * production.STEP)
        if end is not None:
            return end
        number -= 1


def _last_of_day(system: System, number: int, until: int) -> int | None:
    if system.condition == "gappy" or number == system.operational_day:
        start, reporting = production.reporting(system, number)
        reported = np.flatnonzero(reporting[: max(0, (until - start) // production.STEP)])
        return start + production.STEP * (int(reported[-1]) + 1) if len(reported) else None
    # A page of a thousand systems needs the sun's hours only once for each place.
    timezone = system.place.timezone
    first, last = sun.daylight(system.place.number, day_start(timezone, number), day_start(timezone, number + 1))
    return min(last, until) if first <= until else None


def _outages(system: System, now: float) -> list[tuple[float, float]]:
    """Return what may still be an outage of a flaky system at `now`; every other 16 days have one."""
    if system.condition != "flaky":
        return []
    block = int(now // _OUTAGE_BLOCK)
    of = draws.key(system.key, "outage", block)
    if draws.chance(of, 0, 0.5):
        return []
    start = block * _OUTAGE_BLOCK + draws.between(of, 1, 0, 0.7) * _OUTAGE_BLOCK
    return [(start, start + draws.between(of, 2, 4, 72) * 3600)]
