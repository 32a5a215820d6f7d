"""The flows of energy between roof, house, batteries and grid, in quarters of an hour.

What the production meters and the consumption meter measure is given; the batteries follow from it, and the grid
closes the balance: production + imported + discharged = consumption + exported + charged, in every quarter. The grid
and the batteries are measured from when both meters are in service.

A battery's state depends on all that came before. It forgets, though: sooner or later it was full or empty whatever
its earlier state. So each month is computed by itself, from a start that the months before it agree upon.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from enlighten_mock.world import consumption, draws, production
from enlighten_mock.world.batteries import Storage, storage_of
from enlighten_mock.world.days import day_at, day_start, month_later

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from enlighten_mock.world.system import System

STEP = 900
_FLICKER = 0.08  # clouds and kettles: share of a quarter's power that flows in and out within it


class Flows(NamedTuple):
    """Energy by quarters of an hour, in Wh.

    The batteries and the grid have zeros until `System.grid_measured_from`, and only there the balance may be open.

    Attributes:
        end_at: When each quarter ends, in epoch seconds.
        produced: By the production meters.
        consumed: By the consumption meter.
        charged: Into the batteries.
        discharged: From the batteries.
        stored: In the batteries at the end of the quarter, the reserve included.
        imported: From the grid.
        exported: To the grid.
    """

    end_at: NDArray[np.int64]
    produced: NDArray[np.int64]
    consumed: NDArray[np.int64]
    charged: NDArray[np.int64]
    discharged: NDArray[np.int64]
    stored: NDArray[np.int64]
    imported: NDArray[np.int64]
    exported: NDArray[np.int64]


class Daily(NamedTuple):
    """Energy by days, in Wh."""

    charged: NDArray[np.int64]
    discharged: NDArray[np.int64]
    imported: NDArray[np.int64]
    exported: NDArray[np.int64]


def flows(system: System, start: int, end: int) -> Flows:
    """Return the quarters that end after `start` and not after `end`, both in epoch seconds."""
    timezone = system.place.timezone
    start, end = start // STEP * STEP, end // STEP * STEP
    first, last = (_month_of(day_at(timezone, moment)) for moment in (start, end))
    months = [_month(system, number) for number in range(first, last + 1)] if start < end else []
    wanted = [(month.end_at > start) & (month.end_at <= end) for month in months]
    return Flows(*(_joined(months, wanted, index) for index in range(len(Flows._fields))))


def _joined(months: list[Flows], wanted: list[NDArray[np.bool_]], index: int) -> NDArray[np.int64]:
    parts = [month[index][mask] for month, mask in zip(months, wanted, strict=True)]
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)


def days(system: System, first: int, last: int) -> Daily:
    """Return the sums of each day from `first` to `last`, both included."""
    wanted = [_month_days(system, number) for number in range(_month_of(first), _month_of(last) + 1)]
    if last < first:
        return Daily(*(np.zeros(0, dtype=np.int64) for _ in Daily._fields))
    skipped = first - _first_day(_month_of(first))
    return Daily(
        *(
            np.concatenate([month[index] for month in wanted])[skipped : skipped + last - first + 1]
            for index in range(len(Daily._fields))
        )
    )


def _month_of(day: int) -> int:
    at = date.fromordinal(day)
    return at.year * 12 + at.month - 1


def _first_day(month: int) -> int:
    return date(month // 12, month % 12 + 1, 1).toordinal()


@lru_cache(maxsize=2048)
def _month_days(system: System, month: int) -> Daily:
    first = _first_day(month)
    after = month_later(first)
    since = system.grid_measured_from
    if since is None or day_start(system.place.timezone, after) <= since:
        return Daily(*(np.zeros(after - first, dtype=np.int64) for _ in Daily._fields))
    found = _month(system, month)
    starts = [day_start(system.place.timezone, number) for number in range(first, after)]
    edges = (np.array(starts) - starts[0]) // STEP
    series = (found.charged, found.discharged, found.imported, found.exported)
    return Daily(*(np.add.reduceat(values, edges) for values in series))


@lru_cache(maxsize=512)
def _month(system: System, month: int) -> Flows:
    timezone = system.place.timezone
    first = _first_day(month)
    after = month_later(first)
    start, end = day_start(timezone, first), day_start(timezone, after)
    end_at = np.arange(start + STEP, end + 1, STEP)
    produced, consumed = _measured(system, month)
    since = system.grid_measured_from
    open_until = end if since is None else since
    storage = storage_of(system)
    nothing = np.zeros(len(end_at), dtype=np.int64)
    charged, discharged, stored = nothing, nothing, nothing
    if storage is not None and end > storage.installed_at:
        charged, discharged, stored = _operate(storage, system, month, _stored_before(system, month))
    net = consumed + charged - produced - discharged
    of = draws.key(system.key, "flicker")
    within = np.floor(_FLICKER * draws.units(of, end_at // STEP) * np.minimum(produced, consumed)).astype(np.int64)
    imported, exported = np.maximum(net, 0) + within, np.maximum(-net, 0) + within
    for values in (imported, exported):
        values[end_at <= open_until] = 0
    result = Flows(end_at, produced, consumed, charged, discharged, stored, imported, exported)
    for values in result:
        values.flags.writeable = False
    return result


@lru_cache(maxsize=512)
def _measured(system: System, month: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return what the production meters and the consumption meter measured in each quarter of a month."""
    first = _first_day(month)
    numbers = range(first, month_later(first))
    consumed = [np.diff(consumption.day(system, number)) for number in numbers]
    produced = [
        sum((np.diff(production.meter_day(system, meter, number)) for meter in system.meters), np.zeros_like(quarters))
        for number, quarters in zip(numbers, consumed, strict=True)
    ]
    return np.concatenate(produced), np.concatenate(consumed)


@lru_cache(maxsize=4096)
def _stored_before(system: System, month: int) -> int:
    """Return what the batteries store at the start of a month, in Wh."""
    storage = storage_of(system)
    if storage is None:
        return 0
    earlier = month - 1
    start, end = (day_start(system.place.timezone, _first_day(number)) for number in (earlier, month))
    if storage.installed_at >= end or storage.idle:
        return storage.reserve
    if storage.installed_at < start:
        least, most = (
            int(_operate(storage, system, earlier, level)[2][-1]) for level in (storage.reserve, storage.capacity)
        )
        if least == most:
            return least
    return int(_operate(storage, system, earlier, _stored_before(system, earlier))[2][-1])


def _operate(
    storage: Storage, system: System, month: int, stored: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return what the batteries are charged with, discharge and store in each quarter of a month."""
    produced, consumed = _measured(system, month)
    start = day_start(system.place.timezone, _first_day(month))
    idle = max(0, (storage.installed_at - start) // STEP)
    return storage.operate(start, produced - consumed, stored, idle=idle)
