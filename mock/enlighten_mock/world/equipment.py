"""The equipment of a system beside its microinverters, its Envoys and its meters, and what is peculiar about it.

Each field is a switch: a scenario sets it for a system, the first systems of a fleet have chosen values, and the
others draw them.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

BatteryKind = Literal["none", "encharge", "acb"]
BatteryMode = Literal["self_consumption", "savings", "full_backup"]
ChargerKind = Literal["enphase", "foreign"]
MeterName = Literal["production", "consumption"]


class Equipment(NamedTuple):
    """The equipment of a system, as far as not every system has it.

    Attributes:
        battery: Encharges (IQ Batteries), the older AC Batteries, or none.
        battery_units: How many of them.
        battery_mode: What the batteries are used for.
        reserve: Share of the capacity that stays in the batteries for a power cut, in percent.
        phases: Phases of the house and of its meters, 1 or 3.
        cellular_modem: Whether the last Envoy reports by a modem of its own, every six hours.
        disabled_meters: Meters that are listed but do not measure.
        ev_chargers: Chargers of electric cars, each Enphase's or foreign.
        heat_pump: Whether a heat pump is connected.
        controller: Whether a system controller (an Enpower) can take the house off the grid.
        relay: Whether there is a grid relay.
        collar: Whether there is a meter collar.
        generator: Whether there is a generator.
        air: Whether there is an IQ Air, which measures nothing.
        troubled: Whether its devices have alarms now and then, beside those that its condition brings.
        late_reports: Whether its microinverters report hours late, one after the other.
        attached: Whether somebody recorded how the microinverters are mounted, and when the grid was connected.
    """

    battery: BatteryKind = "none"
    battery_units: int = 2
    battery_mode: BatteryMode = "self_consumption"
    reserve: int = 20
    phases: int = 1
    cellular_modem: bool = False
    disabled_meters: tuple[MeterName, ...] = ()
    ev_chargers: tuple[ChargerKind, ...] = ()
    heat_pump: bool = False
    controller: bool = False
    relay: bool = False
    collar: bool = False
    generator: bool = False
    air: bool = False
    troubled: bool = False
    late_reports: bool = False
    attached: bool = False


NOTHING = Equipment()
"""No equipment at all."""
