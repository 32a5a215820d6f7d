"""What the owner or the installer entered about a system, and how it is set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from enlighten_mock.world import draws

if TYPE_CHECKING:
    from enlighten_mock.world.equipment import BatteryMode
    from enlighten_mock.world.system import System

Attachment = Literal["rack_mount", "zep", "acm", "bipv", "frame_mount", "railless_mount"]

_ATTACHMENTS: tuple[Attachment, ...] = ("rack_mount", "rack_mount", "acm", "zep", "frame_mount", "railless_mount")


class Site(NamedTuple):
    """What was entered about a system.

    Attributes:
        public_name: Its name for others than the owner.
        attachment: How the microinverters are mounted; None if nobody recorded it.
        connected_day: The day on which the connection to the grid was approved; None if nobody recorded it.
        meter_identifier: The identifier of its grid connection, which Australian systems have.
    """

    public_name: str
    attachment: Attachment | None
    connected_day: int | None
    meter_identifier: str | None


class BatterySettings(NamedTuple):
    """How the batteries of a system are set at first.

    Attributes:
        mode: What they are used for.
        reserve: What stays in them for a power cut, in percent.
        independence: Whether the house should need as little of the grid as possible.
        charged_from_grid: Whether they may be charged from the grid.
        shutdown_level: The state of charge at which they switch themselves off, in percent.
        storm_guard: Whether they are filled before a storm.
    """

    mode: BatteryMode
    reserve: int
    independence: bool
    charged_from_grid: bool
    shutdown_level: int
    storm_guard: bool


class Load(NamedTuple):
    """A load that a system controller can switch off.

    Attributes:
        contact: Its contact, such as `NC1`.
        name: What it is.
        mode: `Basic`, or `Advanced_BatteryPowered` for one that depends on the state of charge.
        soc_low: The state of charge below which it is switched off, in percent.
        soc_high: The state of charge above which it is switched on, in percent.
        from_second: Since when it is essential, in seconds of the day.
        until_second: Until when it is essential, in seconds of the day.
    """

    contact: str
    name: str
    mode: str
    soc_low: int
    soc_high: int
    from_second: int
    until_second: int


_LOADS = ("Air conditioner", "Pool pump", "Water heater", "Dryer")


def site(system: System) -> Site:
    """Return what was entered about a system."""
    of = draws.key(system.key, "site")
    attached = system.equipment.attached
    return Site(
        public_name="Residential System",
        attachment=draws.choose(of, 0, _ATTACHMENTS) if attached else None,
        connected_day=system.operational_day - draws.bits(of, 1) % 30 if attached else None,
        meter_identifier=str(6_100_000_000 + draws.bits(of, 2) % 10**8) if system.place.country == "AU" else None,
    )


def battery_settings(system: System) -> BatterySettings:
    """Return how the batteries of a system are set at first."""
    of = draws.key(system.key, "settings")
    mode = system.equipment.battery_mode
    return BatterySettings(
        mode=mode,
        reserve=100 if mode == "full_backup" else system.equipment.reserve,
        independence=draws.chance(of, 0, 0.7),
        charged_from_grid=mode != "self_consumption",
        shutdown_level=5 + draws.bits(of, 1) % 10,
        storm_guard=draws.chance(of, 2, 0.5),
    )


def controlled_loads(system: System) -> list[Load]:
    """Return the loads that the system controller can switch off: two of them, or none without a controller."""
    if not system.equipment.controller:
        return []
    of = draws.key(system.key, "loads controlled")
    return [
        Load(
            f"NC{number}",
            draws.choose(of, number, _LOADS[2 * number - 2 : 2 * number]),
            ("Basic", "Advanced_BatteryPowered")[number - 1],
            30,
            50,
            9 * 3600,
            16 * 3600,
        )
        for number in (1, 2)
    ]
