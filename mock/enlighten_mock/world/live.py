"""The power that flows at a second: what the gateway measures while somebody looks."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from enlighten_mock.world import balance, batteries, draws

if TYPE_CHECKING:
    from enlighten_mock.world.system import System

_STEADY = 10  # seconds that a cloud or an appliance lasts at least


class Reading(NamedTuple):
    """Power at a second, in W; production + battery + grid = consumption.

    Attributes:
        production: From the roof.
        consumption: Of the house.
        battery: From the batteries; negative while they are charged.
        grid: From the grid; negative for what is exported.
        state_of_charge: Of the batteries, in percent; None without.
    """

    production: int
    consumption: int
    battery: int
    grid: int
    state_of_charge: int | None


def reading(system: System, moment: float) -> Reading | None:
    """Return the power at `moment` (epoch seconds); None for a system whose grid is not measured.

    Production and consumption vary about what their meters measure in the same quarter of an hour.
    """
    second = int(moment)
    start = second // balance.STEP * balance.STEP
    since = system.grid_measured_from
    if since is None or start < since:
        return None
    flows = balance.flows(system, start - balance.STEP, start + balance.STEP)
    produced, consumed, charged, discharged = (
        _power(values[-1])
        for values in (
            flows.produced,
            flows.consumed,
            flows.charged,
            flows.discharged,
        )
    )
    of = draws.key(system.key, "live")
    clouds = 0.9 + 0.15 * draws.unit(draws.key(of, "clouds"), second // _STEADY) + 0.02 * draws.unit(of, second)
    kettle = 0.85 + 0.25 * draws.unit(draws.key(of, "loads"), second // _STEADY) + 0.04 * draws.unit(of, second)
    production, consumption = int(produced * clouds), int(consumed * kettle)
    battery = discharged - charged
    storage = batteries.storage_of(system)
    soc = None
    if storage is not None and start >= storage.installed_at:
        passed = (second - start) / balance.STEP
        before, after = (int(flows.stored[index]) for index in (0, -1))
        stored = np.array([round(before + (after - before) * passed)])
        soc = int(batteries.percent(stored, storage.capacity)[0])
    return Reading(production, consumption, battery, consumption - production - battery, soc)


def _power(energy: np.int64) -> int:
    return int(energy) * 3600 // balance.STEP
