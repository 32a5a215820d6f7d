"""The main job, from end to end: a simulated service on loopback, and the clients in front of it, over real HTTP.

An owner's login, a fleet, one system's week, the day of its battery and its power; then the same fleet by API v2.
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import httpx
import plotext
from rich.console import Console
from rich.markup import escape
from rich.table import Table

import enphase_enlighten
from enphase_enlighten import EnlightenError
from enphase_enlighten.v4 import Enlighten, MemoryTokenStore, OAuth

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from enlighten_v4.models import System
    from enphase_enlighten.v4 import Token

WIDTH = 100
SYSTEMS = 12


@contextlib.contextmanager
def simulated_service() -> Iterator[Mapping[str, Any]]:
    """Serve the simulated APIs on a free port of loopback; give what the service says of itself."""
    command = [sys.executable, "-m", "enlighten_mock", "--port", "0", "--systems", str(SYSTEMS), "--fleet", "mixed"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:  # noqa: S603 - our own module
        assert server.stdout is not None  # noqa: S101 - it is a pipe
        try:
            # Its first three lines: the URL of API v2, and the two credentials.
            base_url, _, user_id = (server.stdout.readline().strip() for _ in range(3))
            if not user_id:
                raise SystemExit("error: the simulated API did not start; what it says is above.")
            state = httpx.get(f"{base_url.removesuffix('/api/v2')}/_simulator", trust_env=False).json()
            yield {"base_url": base_url, **state}
        finally:
            server.terminate()


def login(oauth: OAuth, owner: Mapping[str, Any]) -> Token:
    """Log in as the owner would: consent on the page that the address leads to, and bring the code back."""
    state = "made-up-by-the-application"
    address = httpx.URL(oauth.authorization_url(state))
    consent = {name: owner[name] for name in ("username", "password")}
    form = {**address.params, **consent, "decision": "allow"}
    redirect = httpx.post(address.copy_with(query=None), data=form, trust_env=False).headers["Location"]
    return oauth.tokens(redirect, state=state)


def fleet_table(systems: Sequence[System]) -> Table:
    """Return the fleet as a table."""
    table = Table(title="The fleet: systems()", title_justify="left")
    for column in ("system_id", "name", "timezone", "status", "last report (UTC)"):
        table.add_column(column, no_wrap=True)
    for system in systems:
        reported = system.last_report_at or None
        table.add_row(
            str(system.system_id),
            escape(system.name),
            str(system.timezone),
            str(system.status),
            f"{datetime.fromtimestamp(reported, UTC):%Y-%m-%d %H:%M}" if isinstance(reported, int) else "never",
        )
    return table


def week_table(client: Enlighten, system: System) -> Table:
    """Return the last days of what a system produced, bought and sold."""
    series: dict[str, Sequence[Any]] = {
        "produced": client.energy_lifetime(system),
        "consumed": client.consumption_lifetime(system),
        "imported": client.energy_import_lifetime(system),
        "exported": client.energy_export_lifetime(system),
    }
    days: dict[str, dict[str, int | None]] = {}
    for name, rows in series.items():
        for row in rows[-7:]:
            days.setdefault(row[0].isoformat(), {})[name] = row[1]
    table = Table(title="A week: energy_lifetime() and its neighbours, Wh", title_justify="left", min_width=60)
    table.add_column("date")
    for name in series:
        table.add_column(name, justify="right")
    for day, values in sorted(days.items())[-7:]:
        known = [values.get(name) for name in series]
        table.add_row(day, *("no value" if value is None else f"{value:,}" for value in known))
    return table


def chart(title: str, moments: Sequence[datetime], lines: Mapping[str, Sequence[float]]) -> str:
    """Return a line chart against the time of day, as text."""
    figure = plotext.figure
    figure.clear()
    figure.plot_size(WIDTH, 16)
    figure.title(title)
    marked = range(0, len(moments), max(1, len(moments) // 6))
    figure.ruler("x").ticks(list(marked), [f"{moments[place]:%H:%M}" for place in marked])
    for values in lines.values():
        figure.draw(figure.signal(list(range(len(values))), list(values)).lines())
    text: str = plotext.uncolorize(str(figure.build()))
    return text


def day_charts(client: Enlighten, system: System) -> Iterator[str]:
    """Return charts of the battery and of the power on the last whole day."""
    zone = ZoneInfo(str(system.timezone))
    reported = client.summary(system).last_report_at or 0
    end = datetime.fromtimestamp(int(reported), zone).replace(hour=0, minute=0, second=0, microsecond=0)
    start = end - timedelta(days=1)
    battery = [row for row in client.battery_telemetry(system, start_at=start, end_at=end) if row.soc is not None]
    charge = [float(row.soc or 0) for row in battery]
    title = f"A battery's day: battery_telemetry(), state of charge in % on {start:%Y-%m-%d}"
    yield chart(title, [row.end_at for row in battery], {"soc": charge})
    production = list(client.production_micro_telemetry(system, start_at=start, end_at=end))
    title = f"Its power: production_micro_telemetry(), kW, local time in {system.timezone}"
    yield chart(title, [row.end_at for row in production], {"kW": [(row.powr or 0) / 1000 for row in production]})


def main() -> int:
    """Run the demo; give the exit status."""
    console = Console(width=WIDTH)
    with simulated_service() as service:
        access = service["v4"][0]
        application = {name: access[name] for name in ("client_id", "client_secret")}
        oauth = OAuth(**application, redirect_uri=access["redirect_uri"], base_url=access["base_url"])
        tokens = MemoryTokenStore(login(oauth, access))
        console.print("Logged in on the simulated page of consent: a code became two tokens.\n")
        with Enlighten(access["api_key"], **application, tokens=tokens, base_url=access["base_url"]) as client:
            systems = list(client.systems())
            console.print(fleet_table(systems))
            system = systems[0]
            console.print(f"\nSystem {system.system_id}: {escape(system.name)}", highlight=False)
            console.print(week_table(client, system))
            for text in day_charts(client, system):
                console.out(f"\n{text}", highlight=False)
            console.print(f"\n{client.usage.month} requests of API v4 spent.")
        with enphase_enlighten.Enlighten(
            service["api_key"], service["user_id"], base_url=service["base_url"]
        ) as former:
            named = ", ".join(str(each.system_id) for each in former.systems())
            console.print(f"API v2 lists the same fleet: {named}.", highlight=False)
        console.print("The same with your own system: see README.md.")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except EnlightenError as error:
        sys.exit(f"error: {error}")
    except KeyboardInterrupt:
        sys.exit(130)
