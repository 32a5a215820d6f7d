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

LIMIT = 8 * 2**20


def peaks(effort: Effort) -> list[Result]:
    """The peak above idle of iterating over a year of `stats`, and over ten."""
    long = effort.days * effort.times_longer
    with served() as url:
        short_peak, long_peak = (_peak(url, days) for days in (effort.days, long))
    return [
        Result(
            "memory",
            f"peak memory above idle, {effort.days} days of stats()",
            "B",
            short_peak,
            "8 MiB",
            LIMIT,
            Spread.of([short_peak / LIMIT]),
            Aim(1.0),
        ),
        Result(
            "memory-long",
            f"peak memory above idle, {long} days of stats()",
            "B",
            long_peak,
            f"{effort.days} days",
            short_peak,
            Spread.of([long_peak / short_peak]),
            Aim(1.1),
        ),
    ]


def _peak(url: str, days: int) -> int:
    command = [sys.executable, str(ROOT / "bench" / "memory_probe.py"), url, str(days)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    if run.returncode:
        raise RuntimeError(f"the memory of {days} days is unknown: {run.stderr.strip()}")
    return int(run.stdout)
