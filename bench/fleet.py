"""Listing a fleet: ten times the systems are ten times the work."""

from __future__ import annotations

import time
from contextlib import ExitStack

from enphase_enlighten import Enlighten
from measuring import Effort, Turn, interleaved, turn
from results import Aim, Result, timed
from server import served


def listing(effort: Effort) -> list[Result]:
    """The processor time for each system of a large fleet, against that of a small one."""
    small, large = effort.systems, effort.systems * effort.times_larger
    with ExitStack() as stack:
        url = stack.enter_context(served())
        turns = {f"{size:,} systems": _turn(stack, url, size, effort) for size in (small, large)}
        timings = interleaved(turns, effort.rounds)
    return [
        timed(
            "fleet",
            f"systems() of a fleet of {large:,}, processor time for each system",
            timings,
            f"{large:,} systems",
            f"{small:,} systems",
            aim=Aim(1.05),
        )
    ]


def _turn(stack: ExitStack, url: str, size: int, effort: Effort) -> Turn:
    client = stack.enter_context(Enlighten("key", "user", base_url=f"{url}/{size}"))

    def work() -> None:
        listed = sum(1 for _ in client.systems(page_size=effort.systems))
        if listed != size:
            raise RuntimeError(f"{listed} systems instead of {size}")

    whole = turn(work, effort.seconds * effort.times_larger, time.process_time)
    return lambda: whole() / size
