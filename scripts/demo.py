"""The main job, from end to end: a simulated API on loopback, and the wrapper in front of it, over real HTTP.

Lists the fleet, and shows one system's week, a day's power and its whole life.
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import plotext
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from enlighten_v2.models import Status
from enphase_enlighten import Enlighten, EnlightenError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from enlighten_v2.models import System
    from enphase_enlighten import DailySeries, ProductionDay

WIDTH = 100


@contextlib.contextmanager
def simulated_api() -> Iterator[Enlighten]:
    """Serve the simulated API on a free port of loopback; give a client of it."""
    command = [sys.executable, "-m", "enlighten_mock", "--port", "0", "--systems", "12"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:  # noqa: S603 - our own module
        assert server.stdout is not None  # noqa: S101 - it is a pipe
        try:
            # Its first three lines: the URL, and the two credentials as NAME=VALUE.
            base_url, api_key, user_id = (server.stdout.readline().strip() for _ in range(3))
            if not user_id:
                raise SystemExit("error: the simulated API did not start; what it says is above.")
            with Enlighten(api_key.partition("=")[2], user_id.partition("=")[2], base_url=base_url) as client:
                yield client
        finally:
            server.terminate()


def fleet_table(systems: list[System]) -> Table:
    """Return the fleet as a table."""
    table = Table(title="The fleet: systems()", title_justify="left")
    for column in ("system_id", "name", "timezone", "status", "last report (UTC)"):
        table.add_column(column, no_wrap=True)
    for system in systems:
        reported = getattr(system.meta, "last_report_at", None)
        table.add_row(
            str(system.system_id),
            escape(system.system_public_name),
            system.timezone,
            str(system.status),
            f"{datetime.fromtimestamp(reported, UTC):%Y-%m-%d %H:%M}" if reported else "never",
        )
    return table


def week_table(days: DailySeries[ProductionDay]) -> Table:
    """Return the last days of a daily series as a table."""
    table = Table(title="A week: energy_lifetime(), its last days", title_justify="left", min_width=44)
    table.add_column("date")
    table.add_column("production", justify="right")
    for day in days[-7:]:
        table.add_row(day.date.isoformat(), "no value" if day.production is None else f"{day.production:,} Wh")
    return table


def chart(title: str, moments: Sequence[datetime], values: Sequence[float], date_format: str) -> str:
    """Return a line chart against time, as text."""
    figure = plotext.figure
    figure.clear()
    figure.plot_size(WIDTH, 16)
    figure.title(title)
    step = max(1, len(moments) // 6)
    marked = range(0, len(moments), step)
    figure.ruler("x").ticks(list(marked), [f"{moments[place]:{date_format}}" for place in marked])
    figure.draw(figure.signal(list(range(len(values))), list(values)).lines())
    text: str = plotext.uncolorize(str(figure.build()))
    return text


def day_chart(client: Enlighten, system: System) -> str:
    """Return a chart of the power on the last whole day on which the system reported."""
    zone = ZoneInfo(system.timezone)
    reported = client.summary(system).last_report_at or 0
    last = datetime.fromtimestamp(reported, zone).date() - timedelta(days=1)
    rows = list(client.stats(system, start_at=last, end_at=last + timedelta(days=1)))
    title = f"A day: stats(), kW on {last}, local time in {system.timezone}"
    return chart(title, [row.end_at for row in rows], [(row.powr or 0) / 1000 for row in rows], "%H:%M")


def life_chart(days: DailySeries[ProductionDay]) -> str:
    """Return a chart of the daily production over a system's life."""
    known = [(day.date, day.production / 1000) for day in days if day.production is not None]
    moments = [datetime.combine(day, time(), UTC) for day, _ in known]
    return chart("A life: energy_lifetime(), kWh a day", moments, [energy for _, energy in known], "%Y-%m-%d")


def main() -> int:
    """Run the demo; give the exit status."""
    console = Console(width=WIDTH)
    with simulated_api() as client:
        systems = list(client.systems())
        console.print(fleet_table(systems))
        system = next(system for system in systems if system.status == Status.NORMAL)
        days = client.energy_lifetime(system)
        console.print(f"\nSystem {system.system_id}: {escape(system.system_public_name)}", highlight=False)
        console.print(week_table(days))
        console.out(f"\n{day_chart(client, system)}\n\n{life_chart(days)}\n", highlight=False)
        console.print(f"{client.usage.month} requests spent. The same with your own system: see README.md.")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except EnlightenError as error:
        sys.exit(f"error: {error}")
    except KeyboardInterrupt:
        sys.exit(130)
