"""The power of each device in the last quarter of an hour that was reported."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from enlighten_mock.world import balance, batteries, channels, draws, loads, production
from enlighten_mock.world.days import day_at, day_start

if TYPE_CHECKING:
    from enlighten_mock.world.batteries import Battery
    from enlighten_mock.world.loads import Charger
    from enlighten_mock.world.reports import Report
    from enlighten_mock.world.system import Meter, System

_PER_HOUR = 3600 // balance.STEP
_STANDBY = -1  # watts of a production meter at night


class BatteryPower(NamedTuple):
    """The power of a battery.

    Attributes:
        power: In W: positive while it discharges, negative while it is charged.
        mode: `Idle`, `Charging` or `Discharging`.
    """

    power: int
    mode: str


def measured_at(report: Report) -> int | None:
    """Return the end of the last quarter that was reported, in epoch seconds; None before the first report."""
    return None if report.last_report_at is None else report.last_report_at // balance.STEP * balance.STEP


def meter(system: System, report: Report, of: Meter) -> list[int] | None:
    """Return the power on each phase that a meter measures, in W; None if it has measured nothing.

    A consumption meter sits at the grid, and so its power is what is imported, negative for what is exported, where
    that is known; a production meter at night shows what itself needs.
    """
    at = measured_at(report)
    if at is None or not of.in_service(at - balance.STEP):
        return None
    if of is system.consumption_meter:
        flows = balance.flows(system, at - balance.STEP, at)
        grid = system.grid_measured_from is not None and at > system.grid_measured_from
        energy = flows.imported - flows.exported if grid else flows.consumed
    else:
        number = day_at(system.place.timezone, at - 1)
        index = (at - day_start(system.place.timezone, number)) // balance.STEP
        marks = production.meter_day(system, of, number)
        energy = marks[index : index + 1] - marks[index - 1 : index]
    power = energy * _PER_HOUR
    parts = [int(part[0]) for part in channels.divided(system, of.serial_number, power)]
    return parts if of is system.consumption_meter else [part or _STANDBY for part in parts]


def battery(system: System, report: Report, of: Battery) -> BatteryPower | None:
    """Return the power of a battery; None if it has not reported."""
    at = measured_at(report)
    if at is None or at <= of.installed_at:
        return None
    flows = balance.flows(system, at - balance.STEP, at)
    parts = batteries.divided(system, flows.discharged - flows.charged)
    power = int(parts[of.number][0]) * _PER_HOUR
    if not power:
        return BatteryPower(-5 - draws.bits(system.key, 70 + of.number) % 12, "Idle")  # what itself needs
    return BatteryPower(power, "Discharging" if power > 0 else "Charging")


def charger_mode(system: System, report: Report, of: Charger) -> str | None:
    """Return what a charger does: `CHARGING`, `PLUGGED_IN` or `PLUGGED_OUT`; None if it has not reported."""
    at = report.last_report_at
    if at is None or day_at(system.place.timezone, at) < of.installed_day:
        return None
    for session in loads.sessions(system, of, at - 2 * 86_400, at):
        if at < session.end:
            return "CHARGING" if at < session.charged else "PLUGGED_IN"
    return "PLUGGED_OUT"


def heat_pump_mode(system: System, report: Report) -> str | None:
    """Return the mode of the heat pump, `MODE_1` to `MODE_4` as SG Ready numbers them; None if it has not reported."""
    at, begin = measured_at(report), loads.heat_pump_day(system)
    if at is None or begin is None or day_at(system.place.timezone, at) < begin:
        return None
    surplus = balance.flows(system, at - balance.STEP, at)
    exports = bool(np.any(surplus.exported > surplus.imported))
    return "MODE_3" if exports else "MODE_2"
