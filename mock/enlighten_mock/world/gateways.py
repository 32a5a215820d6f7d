"""The Envoys of a system: when each last reported, and the modem that it reports by."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from enlighten_mock.world import draws

if TYPE_CHECKING:
    from enlighten_mock.world.reports import Report
    from enlighten_mock.world.system import Envoy, System

FIRMWARE = "D8.2.4382 (1f7a3c)"

_BY_MODEM = 6 * 3600
_PLAN = 5 * 365 * 86_400


class Modem(NamedTuple):
    """A cellular modem.

    Attributes:
        imei: Its number.
        part_number: Its part number.
        sku: Its article code.
        plan_start: Since when its data is paid for, in epoch seconds.
        plan_end: Until when, in epoch seconds.
    """

    imei: str
    part_number: str
    sku: str
    plan_start: int
    plan_end: int


def modem(system: System, envoy: Envoy) -> Modem | None:
    """Return the modem of an Envoy, or None without one."""
    by_modem = system.connection_type == "cellular" or (system.equipment.cellular_modem and envoy is system.envoys[-1])
    if not by_modem:
        return None
    start = system.operational_at - system.operational_at % 86_400
    imei = 350_000_000_000_000 + draws.bits(system.key, 80) % 10**9 * 10 + system.envoys.index(envoy)
    return Modem(str(imei), "860-00157-r01", "CELLMODEM-M1", start, start + _PLAN)


def last_report(system: System, report: Report, envoy: Envoy) -> int | None:
    """Return when an Envoy last reported, in epoch seconds, or None if it never did.

    One that alone has a modem reports every six hours, and its system by the other one meanwhile.
    """
    last = report.last_report_at
    alone = len(system.envoys) > 1 and envoy is system.envoys[-1] and system.connection_type != "cellular"
    if last is None or not (alone and system.equipment.cellular_modem):
        return last
    phase = draws.bits(system.key, 81) % _BY_MODEM
    return max((last - phase) // _BY_MODEM * _BY_MODEM + phase, system.operational_at)
