"""Memory: a long range takes no more than a short one."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from measuring import Spread
from results import ROOT, Aim, Result
from server import served

if TYPE_CHECKING:
    from measuring import Effort

LIMIT = 8_000_000


def peaks(effort: Effort) -> list[Result]:
    """The peak above idle of iterating over a year of `stats`, and over ten."""
    long = effort.days * effort.times_longer
    with served() as url:
        short_peak, long_peak = (_peak(url, days) for days in (effort.days, long))
    return [
        _row("memory", effort.days, short_peak, {}),
        _row("memory-long", long, long_peak, {f"against {effort.days} days": long_peak / short_peak}),
    ]


def _row(name: str, days: int, peak: int, also: dict[str, float]) -> Result:
    work, spread = f"peak memory above idle, {days} days of stats()", Spread.of([peak / LIMIT])
    return Result(name, work, "B", peak, "8 MB", LIMIT, spread, Aim(1.0), also)


def _peak(url: str, days: int) -> int:
    command = [sys.executable, str(ROOT / "bench" / "memory_probe.py"), url, str(days)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    if run.returncode:
        raise RuntimeError(f"the memory of {days} days is unknown: {run.stderr.strip()}")
    return int(run.stdout)
