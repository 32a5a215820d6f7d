"""What is peculiar about each system of a fleet: chosen for the first ones, drawn for the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from enlighten_mock import draws

if TYPE_CHECKING:
    from enlighten_mock.system import Condition, Refusal

Metering = Literal["none", "one", "two", "replaced"]


class Traits(NamedTuple):
    """What distinguishes a system.

    Attributes:
        condition: What is peculiar about it.
        metering: Its production meters: none, one, one for each of two parts, or one that replaced a retired
            one.
        consumption: How it answers requests for consumption: from a meter, or with a refusal.
    """

    condition: Condition
    metering: Metering = "none"
    consumption: Literal["meter"] | Refusal = "meter"


_SHOWCASE = (
    Traits("normal", "one"),
    Traits("normal"),
    Traits("normal", consumption="empty"),
    Traits("never_reported", consumption="no_content"),
    Traits("stopped", consumption="unauthorized"),
    Traits("flaky", "one"),
    Traits("gappy"),
    Traits("normal", "two"),
    Traits("micro", consumption="no_content"),
    Traits("never_produced", consumption="no_content"),
    Traits("power"),
    Traits("normal", consumption="not_found"),
    Traits("meter", "one"),
    Traits("normal", "replaced"),
    Traits("battery", "one"),
    Traits("storage_idle", "one"),
    Traits("meter_issue", "two"),
)
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
_REFUSALS: tuple[Refusal, ...] = ("empty", "no_content", "unauthorized", "not_found")


def traits_of(of: int, index: int, *, plain: bool) -> Traits:
    """Return the traits of a system.

    Args:
        of: What its random draws start from.
        index: Its number in the fleet, from 0.
        plain: Whether the fleet has ordinary systems only.
    """
    if plain:
        return _SHOWCASE[0]
    return _SHOWCASE[index] if index < len(_SHOWCASE) else _draw_traits(of)


def _draw_traits(of: int) -> Traits:
    condition = draws.choose(of, 20, _CONDITIONS)
    if condition in ("never_reported", "never_produced"):
        return Traits(condition, consumption=draws.choose(of, 21, _REFUSALS))
    metering: tuple[Metering, ...] = ("none", "none", "none", "one", "one", "two", "replaced")
    if condition == "gappy":
        metering = ("none",)  # its gaps are the microinverters'; meters would show that nothing was lost
    elif condition in ("meter", "meter_issue"):
        metering = ("one", "two", "replaced")
    return Traits(
        condition,
        draws.choose(of, 22, metering),
        "meter" if draws.chance(of, 23, 0.5) else draws.choose(of, 21, _REFUSALS),
    )
