"""The phases of a house: what a meter measures, divided among its channels, which add up to it exactly."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from enlighten_mock.world import draws, shares

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from enlighten_mock.world.system import System

CHANNELS = 3
"""Every meter has so many; those of a house with one phase use the first."""

_EVEN, _UNEVEN = 0.03, 0.5


def divided(system: System, serial_number: str, totals: NDArray[np.int64]) -> NDArray[np.int64]:
    """Divide each of `totals` among the phases that a meter measures.

    Microinverters are spread evenly over the phases, the loads of a house are not.

    Args:
        system: The meter's system.
        serial_number: The meter's.
        totals: What the meter measures in whole numbers, such as Wh or W.

    Returns:
        A row for each phase that is used, 1 or 3 of them; the columns add up to the totals.
    """
    loads = system.consumption_meter is not None and system.consumption_meter.serial_number == serial_number
    of = draws.key(system.key, "phases", serial_number)
    spread = _UNEVEN if loads else _EVEN
    return shares.divided(totals, 1 + spread * (draws.units(of, np.arange(system.equipment.phases)) - 0.5))
