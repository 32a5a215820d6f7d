"""The microinverters of a system: one below each module, each linked to one of the system's Envoys."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from enlighten_mock.world import draws, reported
from enlighten_mock.world.micros import not_reporting, serial_numbers

if TYPE_CHECKING:
    from enlighten_mock.world.reports import Report
    from enlighten_mock.world.system import System

FIRMWARE = "520-00082-r01-v04.27.04"
PARAMETER_TABLE = "540-00242-r01-v04.22.09"
GRID_PROFILE = "57227c50e4d7973ae602c4e6"
"""The id of the profile that sets how they behave towards the grid."""


class Inverter(NamedTuple):
    """A microinverter as last reported.

    Attributes:
        inverter_id: Enlighten's id.
        serial_number: Unique among all devices.
        status: `normal`, `power` if it produces too little, `micro` if nothing is heard of it.
        power: Mean power in the latest interval, in W.
        energy: Energy of its lifetime, in Wh.
    """

    inverter_id: int
    serial_number: str
    status: str
    power: int
    energy: int


def by_envoy(system: System, report: Report) -> list[list[Inverter]]:
    """Return the microinverters of each Envoy, in the order of `system.envoys`.

    The energies of all of them add up to what the system's microinverters have reported, and their powers to the
    system's power.
    """
    serials = serial_numbers(system)
    energy = _divided(system, reported.micro_lifetime(system, report))
    power = _divided(system, reported.current_power(system, report))
    found = [
        Inverter(system.system_id * 1000 + index, serials[index], _status(system, index), power[index], energy[index])
        for index in range(system.modules)
    ]
    return [found[number :: len(system.envoys)] for number in range(len(system.envoys))]


def signal_strength(system: System, envoy: int) -> int:
    """Return how well Envoy number `envoy` of the system hears its microinverters, from 1 to 5."""
    return draws.bits(system.key, 50 + envoy) % 5 + 1


def _status(system: System, index: int) -> str:
    if index < not_reporting(system):
        return "micro"
    return "power" if system.condition == "power" and index % 2 else "normal"


def _divided(system: System, total: int) -> list[int]:
    """Divide `total` among the microinverters, nearly equally, so that the parts add up to it."""
    of = draws.key(system.key, "inverters")
    weights = [0.97 + 0.06 * draws.unit(of, index) for index in range(system.modules)]
    whole, passed, parts, given = sum(weights), 0.0, [], 0
    for weight in weights[:-1]:
        passed += weight
        mark = int(total * (passed / whole))
        parts.append(mark - given)
        given = mark
    return [*parts, total - given]
