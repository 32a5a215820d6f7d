"""What a whole fleet produces at the moment: all summaries, a few at once.

    pip install enphase-enlighten
    python fleet_snapshot.py

Spends one request for each system, and one for each thousand systems to list them.
"""

from __future__ import annotations

import asyncio
import sys
from time import time
from typing import TYPE_CHECKING

from enphase_enlighten import AsyncEnlighten, EnlightenError

if TYPE_CHECKING:
    from enlighten_v2.models import SummaryResponse, System

AT_ONCE = 8
"""The service responds with 503 to too many requests at once."""


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
    return isinstance(measured, int) and time() - measured < 30 * 60  # seconds


def total(summaries: list[SummaryResponse], name: str) -> float:
    """Add up a field, in thousands: it may be null or missing one day, of which the client's log tells."""
    return sum(value for summary in summaries if isinstance(value := getattr(summary, name), int)) / 1000


async def main() -> None:
    """Print the totals."""
    async with AsyncEnlighten() as client:
        summaries = await snapshot(client)
    if not summaries:
        sys.exit("no system's summary could be had")
    fresh = [summary for summary in summaries if is_fresh(summary)]
    power, size, energy = total(fresh, "current_power"), total(fresh, "size_w"), total(summaries, "energy_today")
    print(f"{len(fresh)} of {len(summaries)} systems reported in the last half hour")
    print(f"{power:,.1f} kW of {size:,.1f} kW, {energy:,.1f} kWh today")


if __name__ == "__main__":
    asyncio.run(main())
