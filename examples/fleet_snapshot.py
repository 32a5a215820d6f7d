"""What a whole fleet produces at the moment: all summaries, a few at once.

    pip install enphase-enlighten
    python fleet_snapshot.py

Spends one request for each system, and one for each thousand systems to list them.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from enphase_enlighten import AsyncEnlighten, EnlightenError

if TYPE_CHECKING:
    from enlighten_v2.models import SummaryResponse, System

AT_ONCE = 8
"""The service answers 503 to too many requests at once."""

FRESH = timedelta(minutes=30)


async def snapshot(client: AsyncEnlighten) -> list[SummaryResponse]:
    """Return the summaries of all systems that can be had; name the others on standard error."""
    places = asyncio.Semaphore(AT_ONCE)

    async def summary(system: System) -> SummaryResponse | None:
        async with places:
            try:
                return await client.summary(system)
            except EnlightenError as error:
                print(f"{system.system_id} is left out: {error}", file=sys.stderr)
                return None

    found = await asyncio.gather(*[summary(system) async for system in client.systems()])
    return [one for one in found if one is not None]


def is_fresh(summary: SummaryResponse) -> bool:
    """Tell whether the current power is of the last half hour; it may stay at its last value after sunset."""
    measured = summary.last_interval_end_at
    return isinstance(measured, int) and datetime.now(UTC) - datetime.fromtimestamp(measured, UTC) < FRESH


async def main() -> int:
    """Print the totals."""
    async with AsyncEnlighten() as client:
        summaries = await snapshot(client)
    fresh = [summary for summary in summaries if is_fresh(summary)]
    power, size = (sum(getattr(summary, name) for summary in fresh) / 1000 for name in ("current_power", "size_w"))
    energy = sum(summary.energy_today for summary in summaries) / 1000
    print(f"{len(fresh)} of {len(summaries)} systems reported in the last half hour")
    print(f"{power:,.1f} kW of {size:,.1f} kW, {energy:,.1f} kWh today")
    return 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
