"""A program that was written for API v2 and keeps to what both clients have: it runs on API v4 by another import."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from enphase_enlighten import Enlighten

if TYPE_CHECKING:
    from enphase_enlighten import EnergySource


def report(source: EnergySource, day: date, zone: str) -> dict[int, tuple[int, int, int]]:
    """Return the energy in Wh that each system of a timezone produced on a day, by three operations."""
    energies = {}
    for system in source.systems():
        if system.timezone != zone or system.status == "retired":
            continue
        number = system.system_id
        following = date.fromordinal(day.toordinal() + 1)
        intervals = sum(row.enwh or 0 for row in source.stats(number, start_at=day, end_at=following))
        days = source.energy_lifetime(number, start_date=day, end_date=day)
        energies[number] = (intervals, sum(row.production or 0 for row in days), source.summary(number).energy_lifetime)
        frame = source.consumption_stats(number, start_at=day, end_at=following).to_pandas()
        assert list(frame.columns) == ["enwh_Wh", "devices_reporting"]
    return energies


def main(options: dict[str, Any], day: date, zone: str) -> dict[int, tuple[int, int, int]]:
    with Enlighten(**options) as client:
        return report(client, day, zone)
