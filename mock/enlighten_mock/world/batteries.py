"""The batteries of a system: what they can do, how they are operated, and how that is divided among them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from enlighten_mock.world import draws, shares
from enlighten_mock.world.days import day_at, day_start

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from enlighten_mock.world.equipment import BatteryMode
    from enlighten_mock.world.system import System

STEP = 900
_CHEAP_UNTIL, _DEAR_FROM, _DEAR_UNTIL = 5, 16, 21  # the hours of a tariff
_SOONEST, _LATEST = 30, 400  # days from the first balance until batteries are installed


class BatteryModel(NamedTuple):
    """A model of battery.

    Attributes:
        name: What it is sold as.
        sku: Article code.
        part_number: Part number.
        capacity: What it stores, in Wh.
        watts: The most that it is charged or discharged with.
    """

    name: str
    sku: str
    part_number: str
    capacity: int
    watts: int


ENCHARGES = (
    BatteryModel("IQ Battery 3", "B03-A01-US00-1-3", "800-00562-r01", 3360, 1280),
    BatteryModel("IQ Battery 5P", "IQBATTERY-5P-1P-NA", "830-01760-r46", 4960, 3840),
    BatteryModel("IQ Battery 10", "B10-A01-US00-1-3", "800-00563-r01", 10_080, 3840),
)
AC_BATTERY = BatteryModel("ACB", "B280-1200-LN-I-INT01-RV0", "800-00560-r03", 1200, 270)


class Battery(NamedTuple):
    """A battery of a system.

    Attributes:
        number: Its position among the system's batteries, from 0.
        serial_number: Unique among all devices.
        model: Its model.
        installed_at: From when it works, in epoch seconds.
    """

    number: int
    serial_number: str
    model: BatteryModel
    installed_at: int


class Storage(NamedTuple):
    """All batteries of a system together.

    Attributes:
        capacity: What they store, in Wh.
        reserve: What stays in them for a power cut, in Wh.
        per_step: The most they are charged with or discharge in a quarter of an hour, in Wh.
        mode: What they are used for.
        idle: Whether they do nothing, since something is wrong with them.
        timezone: Where their hours are counted.
        installed_at: From when they work, in epoch seconds.
    """

    capacity: int
    reserve: int
    per_step: int
    mode: BatteryMode
    idle: bool
    timezone: str
    installed_at: int

    def operate(
        self, start: int, surplus: NDArray[np.int64], stored: int, *, idle: int
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Return what they are charged with, discharge, and store at the end, for each quarter, in Wh.

        A tenth of what they are charged with is lost.

        Args:
            start: When the first quarter begins, in epoch seconds.
            surplus: What is produced and not consumed in each quarter, in Wh; negative for a deficit.
            stored: What they store at first.
            idle: How many quarters they are not there yet.
        """
        charged, discharged, level = ([0] * len(surplus) for _ in range(3))
        charge_from, discharge_from, ceiling = self._limits(start, surplus)
        works_from = len(surplus) if self.idle else idle
        if self.idle:
            level[idle:] = [stored] * len(level[idle:])
        for index in range(works_from, len(surplus)):
            wanted = charge_from[index]
            if wanted > 0:
                if stored < ceiling[index]:
                    amount = min(wanted, -(-10 * (ceiling[index] - stored) // 9))
                    charged[index] = amount
                    stored += 9 * amount // 10
            elif stored > self.reserve:
                amount = min(discharge_from[index], stored - self.reserve)
                discharged[index] = amount
                stored -= amount
            level[index] = stored
        return np.array(charged), np.array(discharged), np.array(level)

    def _limits(self, start: int, surplus: NDArray[np.int64]) -> tuple[list[int], list[int], list[int]]:
        """Return the most to charge with, to discharge and to store in each quarter, in Wh."""
        charge = np.clip(surplus, 0, self.per_step)
        discharge = np.clip(-surplus, 0, self.per_step)
        ceiling = np.full_like(charge, self.capacity)
        if self.mode == "full_backup":
            # They are filled from the grid as well, and nothing comes out.
            charge, discharge = np.full_like(charge, self.per_step), np.zeros_like(discharge)
        elif self.mode == "savings":
            hours = _hours(self.timezone, start, len(surplus))
            cheap, dear = hours < _CHEAP_UNTIL, (hours >= _DEAR_FROM) & (hours < _DEAR_UNTIL)
            charge = np.where(cheap, self.per_step // 4, charge)
            discharge = np.where(dear, discharge, 0)
            ceiling[cheap] = self.capacity // 2  # the rest is for the sun
        return charge.tolist(), discharge.tolist(), ceiling.tolist()


def _hours(timezone: str, start: int, count: int) -> NDArray[np.int64]:
    """Return the local hour of each quarter from `start`, counted from each day's midnight."""
    moments = start + STEP * np.arange(count)
    first, last = day_at(timezone, start), day_at(timezone, start + STEP * count)
    midnights = np.array([day_start(timezone, number) for number in range(first, last + 1)])
    begun = midnights[np.searchsorted(midnights, moments, side="right") - 1]
    hours: NDArray[np.int64] = (moments - begun) // 3600
    return hours


@lru_cache(maxsize=8192)
def batteries(system: System) -> tuple[Battery, ...]:
    """Return the batteries of a system: none unless both production and consumption are metered."""
    since = system.grid_measured_from
    kind = system.equipment.battery
    if kind == "none" or since is None:
        return ()
    timezone = system.place.timezone
    of = draws.key(system.key, "battery")
    installed_at = day_start(timezone, day_at(timezone, since) + int(draws.between(of, 0, _SOONEST, _LATEST)))
    model = draws.choose(of, 1, ENCHARGES) if kind == "encharge" else AC_BATTERY
    first = (122_400_000_000 if kind == "encharge" else 122_300_000_000) + draws.bits(of, 2) % 10**6 * 90
    return tuple(
        Battery(number, str(first + number), model, installed_at) for number in range(system.equipment.battery_units)
    )


@lru_cache(maxsize=8192)
def storage_of(system: System) -> Storage | None:
    """Return all batteries of a system together, or None if it has none."""
    found = batteries(system)
    if not found:
        return None
    capacity = sum(battery.model.capacity for battery in found)
    return Storage(
        capacity=capacity,
        reserve=capacity * system.equipment.reserve // 100,
        per_step=sum(battery.model.watts for battery in found) * STEP // 3600,
        mode=system.equipment.battery_mode,
        idle=system.condition == "storage_idle",
        timezone=system.place.timezone,
        installed_at=found[0].installed_at,
    )


def percent(stored: NDArray[np.int64], capacity: int) -> NDArray[np.int64]:
    """Return the state of charge, in whole percent."""
    return (200 * stored + capacity) // (2 * capacity)


def divided(system: System, totals: NDArray[np.int64]) -> NDArray[np.int64]:
    """Divide each of `totals` among the batteries equally: a row for each, whose columns add up to the totals."""
    return shares.divided(totals, np.ones(len(batteries(system))))
