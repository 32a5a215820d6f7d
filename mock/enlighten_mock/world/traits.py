"""The traits of each system of a fleet: chosen for the first ones, drawn for the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from enlighten_mock.world import draws

if TYPE_CHECKING:
    from enlighten_mock.world.system import Condition

Metering = Literal["none", "one", "two", "replaced"]


class Traits(NamedTuple):
    """The traits of a system.

    Attributes:
        condition: What is peculiar about it.
        metering: Its production meters: none, one, one for each of two parts, or one that replaced a retired
            one.
        consumption_metered: Whether it has a consumption meter.
    """

    condition: Condition
    metering: Metering = "none"
    consumption_metered: bool = True


CHOSEN = (
    Traits("normal", "one"),
    Traits("normal"),
    Traits("normal", consumption_metered=False),
    Traits("never_reported", consumption_metered=False),
    Traits("stopped", consumption_metered=False),
    Traits("flaky", "one"),
    Traits("gappy"),
    Traits("normal", "two"),
    Traits("micro", consumption_metered=False),
    Traits("never_produced", consumption_metered=False),
    Traits("power"),
    Traits("normal", consumption_metered=False),
    Traits("meter", "one"),
    Traits("normal", "replaced"),
    Traits("battery", "one"),
    Traits("storage_idle", "one"),
    Traits("meter_issue", "two"),
)
"""The traits of the first systems of a default fleet, which together have every condition."""

_CONDITIONS: tuple[Condition, ...] = (
    *("normal",) * 65,
    *("never_reported",) * 3,
    *("never_produced",) * 1,
    *("stopped",) * 4,
    *("flaky",) * 7,
    *("gappy",) * 6,
    *("power",) * 4,
    *("micro",) * 4,
    *("meter",) * 2,
    *("meter_issue",) * 1,
    *("battery",) * 1,
    *("storage_idle",) * 2,
)


def traits_of(of: int, index: int, *, plain: bool) -> Traits:
    """Return the traits of a system.

    Args:
        of: What its random draws start from.
        index: Its number in the fleet, from 0.
        plain: Whether the fleet has ordinary systems only.
    """
    if plain:
        return CHOSEN[0]
    return CHOSEN[index] if index < len(CHOSEN) else _draw_traits(of)


def _draw_traits(of: int) -> Traits:
    condition = draws.choose(of, 20, _CONDITIONS)
    if condition in ("never_reported", "never_produced"):
        return Traits(condition, consumption_metered=False)
    metering: tuple[Metering, ...] = ("none", "none", "none", "one", "one", "two", "replaced")
    if condition == "gappy":
        metering = ("none",)  # its gaps are the microinverters'; meters would show that nothing was lost
    elif condition in ("meter", "meter_issue"):
        metering = ("one", "two", "replaced")
    return Traits(condition, draws.choose(of, 22, metering), consumption_metered=draws.chance(of, 23, 0.5))
