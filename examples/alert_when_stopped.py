"""Tells which systems have stopped reporting, for cron: prints them and exits with 1, or is silent and exits with 0.

    pip install enphase-enlighten
    python alert_when_stopped.py --hours 24

Spends one request for each thousand systems: the list itself says when each of them was heard of last.
"""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from enphase_enlighten import Enlighten, EnlightenError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enlighten_v2.models import System

TROUBLE = 2
"""The exit status when it cannot be told; another one than for systems that stopped."""


def stopped(client: Enlighten, longest: timedelta) -> Iterator[tuple[System, datetime | None]]:
    """Find the systems that have been silent for longer; with the time of their last report, None if unknown."""
    now = datetime.now(UTC)
    for system in client.systems():
        reported = getattr(system.meta, "last_report_at", None)
        last = datetime.fromtimestamp(reported, UTC) if isinstance(reported, int) else None
        if last is None or now - last > longest:
            yield system, last


def main() -> int:
    """Print a line for each system that stopped."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hours", type=float, default=24, help="how long a system may be silent (default: 24)")
    options = parser.parse_args()
    found = False
    try:
        with Enlighten() as client:
            for system, last in stopped(client, timedelta(hours=options.hours)):
                found = True
                # The names are typed by people: !a keeps control characters from the terminal.
                when = f"since {last:%Y-%m-%d %H:%M} UTC" if last else "and no report is known"
                print(f"{system.system_id} {system.system_name!a} is silent {when} (status {system.status})")
    except EnlightenError as error:
        print(f"cannot tell: {error}", file=sys.stderr)
        return TROUBLE
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
