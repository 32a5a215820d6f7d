"""The traits of each system of a fleet: chosen for the first ones, drawn for the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from enlighten_mock.world import draws
from enlighten_mock.world.equipment import Equipment

if TYPE_CHECKING:
    from collections.abc import Mapping

    from enlighten_mock.world.equipment import BatteryMode, ChargerKind, MeterName
    from enlighten_mock.world.system import Condition, Connection
Kind = Literal["default", "plain", "mixed"]
"""A kind of fleet."""

KINDS: tuple[Kind, ...] = get_args(Kind)
Metering = Literal["none", "one", "two", "replaced"]


class Traits(NamedTuple):
    """The traits of a system.

    Attributes:
        condition: What is peculiar about it.
        metering: Its production meters: none, one, one for each of two parts, or one that replaced a retired
            one.
        consumption_metered: Whether it has a consumption meter.
        gateways: How many Envoys it has, 1 or 2; 0 where that is drawn.
        connection: How it reaches the internet; None where that is drawn.
    """

    condition: Condition
    metering: Metering = "none"
    consumption_metered: bool = True
    gateways: int = 0
    connection: Connection | None = None


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

_MODES: tuple[BatteryMode, ...] = ("self_consumption", "self_consumption", "savings", "full_backup")

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


MIXED = (
    # Photovoltaics, both meters and batteries; all of it on one phase.
    (
        Traits("normal", "one", gateways=1, connection="wifi"),
        Equipment("encharge", 2, reserve=35, controller=True, attached=True),
    ),
    (Traits("normal", consumption_metered=False), Equipment(disabled_meters=("production", "consumption"))),
    (Traits("normal", "one"), Equipment(attached=True)),
    (Traits("normal", "one"), Equipment("encharge", 3, phases=3, ev_chargers=("enphase", "foreign"), heat_pump=True)),
    (
        Traits("normal", "one", consumption_metered=False),
        Equipment(phases=3, relay=True, disabled_meters=("consumption",)),
    ),
    (
        Traits("normal", "two", gateways=2, connection="wifi"),
        Equipment("encharge", 4, "savings", reserve=10, cellular_modem=True),
    ),
    (Traits("never_reported", consumption_metered=False), Equipment()),
    (Traits("normal", "one"), Equipment("acb", 4, heat_pump=True, troubled=True)),
    (Traits("normal", "one"), Equipment("encharge", 1, "full_backup", collar=True, generator=True, air=True)),
    (Traits("flaky", "one"), Equipment(ev_chargers=("foreign",), troubled=True)),
    (Traits("normal", "one", connection="wifi"), Equipment(late_reports=True)),
    (Traits("storage_idle", "one"), Equipment("encharge", 2)),
    (Traits("stopped", "one"), Equipment("encharge", 2)),
    (Traits("never_produced", consumption_metered=False), Equipment(relay=True)),
)
"""The traits and the equipment of the first systems of a mixed fleet, which together have every kind of device."""

_CHOSEN_EQUIPMENT: Mapping[int, Equipment] = {
    0: Equipment("encharge", 2, controller=True, attached=True),
    2: Equipment(ev_chargers=("enphase",), disabled_meters=("production", "consumption")),
    5: Equipment("encharge", 3, phases=3, relay=True, troubled=True),
    7: Equipment("acb", 4, cellular_modem=True),
    11: Equipment(ev_chargers=("enphase", "foreign"), heat_pump=True),
    13: Equipment("encharge", 1, "savings", phases=3),
    14: Equipment("encharge", 2, troubled=True),
    15: Equipment("encharge", 2),
}
"""The equipment of the first systems of a default fleet."""


def traits_of(of: int, index: int, kind: Kind) -> Traits:
    """Return the traits of a system.

    Args:
        of: What its random draws start from.
        index: Its number in the fleet, from 0.
        kind: The kind of its fleet.
    """
    if kind == "plain":
        return CHOSEN[0]
    if kind == "mixed":
        return MIXED[index][0] if index < len(MIXED) else _draw_traits(of)
    return CHOSEN[index] if index < len(CHOSEN) else _draw_traits(of)


def equipment_of(of: int, index: int, kind: Kind, traits: Traits) -> Equipment:
    """Return the equipment of a system with these traits; a plain fleet has none."""
    if kind == "plain":
        return Equipment()
    if kind == "mixed" and index < len(MIXED):
        return MIXED[index][1]
    if kind == "default" and index < len(CHOSEN):
        return _CHOSEN_EQUIPMENT.get(index, Equipment())
    return _draw_equipment(draws.key(of, "equipment"), traits, mixed=kind == "mixed")


def _draw_equipment(of: int, traits: Traits, *, mixed: bool) -> Equipment:
    balanced = traits.metering != "none" and traits.consumption_metered
    stores = balanced and (traits.condition in ("battery", "storage_idle") or draws.chance(of, 0, 0.5))
    # The consumption of a default fleet's metered houses is the house's alone.
    loaded = mixed or not traits.consumption_metered
    disabled: tuple[MeterName, ...] = ()
    if draws.chance(of, 4, 0.2):
        disabled = (*(("production",) if traits.metering == "none" else ()),)
        disabled = (*disabled, *(() if traits.consumption_metered else ("consumption",)))
    chargers: tuple[tuple[ChargerKind, ...], ...] = (("enphase",), ("foreign",), ("enphase", "foreign"))
    return Equipment(
        battery=("acb" if draws.chance(of, 1, 0.2) else "encharge") if stores else "none",
        battery_units=1 + draws.bits(of, 2) % 4,
        battery_mode=draws.choose(of, 3, _MODES),
        phases=3 if draws.chance(of, 5, 0.2) else 1,
        cellular_modem=draws.chance(of, 6, 0.15),
        disabled_meters=disabled,
        ev_chargers=draws.choose(of, 8, chargers) if loaded and draws.chance(of, 7, 0.25) else (),
        heat_pump=loaded and draws.chance(of, 9, 0.15),
        controller=stores and draws.chance(of, 10, 0.5),
        relay=draws.chance(of, 11, 0.3),
        troubled=draws.chance(of, 12, 0.2),
        attached=draws.chance(of, 13, 0.3),
    )


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
