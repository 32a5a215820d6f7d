"""A year as a data frame: what comes between the bodies and the columns."""

from __future__ import annotations

import json
import time
from functools import partial
from typing import TYPE_CHECKING, Any

import httpx

from bodies import DAY, START, SYSTEM, stats
from enphase_enlighten import Enlighten
from measuring import Effort, interleaved, turn
from results import Aim, Result, timed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LIBRARIES = ("pandas", "polars", "arrow")
_BASELINE = "json.loads"
_ROWS = "iterating over the rows"


def year_of_stats(effort: Effort) -> list[Result]:
    """A year of `stats`, fetched without a network."""
    bodies = {start: stats(start, start + DAY) for start in range(START, START + effort.days * DAY, DAY)}
    works: dict[str, Callable[[], object]] = {
        **{library: partial(_frame, bodies, library) for library in LIBRARIES},
        _ROWS: lambda: sum(1 for _ in _series(bodies)),
        _BASELINE: lambda: [json.loads(body) for body in bodies.values()],
    }
    turns = {name: turn(work, effort.seconds, time.process_time) for name, work in works.items()}
    timings = interleaved(turns, effort.rounds)
    work = f"stats() of {effort.days} days to"
    also = [_ROWS]
    aims = {"pandas": Aim(2.3)}
    return [
        timed(f"frame-{name}", f"{work} {name}", timings, name, _BASELINE, aim=aims.get(name), also=also)
        for name in LIBRARIES
    ]


def _frame(bodies: Mapping[int, bytes], library: str) -> object:
    return getattr(_series(bodies), f"to_{library}")()


def _series(bodies: Mapping[int, bytes]) -> Any:
    """Return the series of a client of its own, which remembers no hits of other runs."""
    end = max(bodies) + DAY
    now = end

    def answer(request: httpx.Request) -> httpx.Response:
        # A second for each answer, so that no more hits lie within one minute than a real service would answer.
        nonlocal now
        now += 1
        return httpx.Response(200, content=bodies[int(request.url.params["start_at"])])

    client = Enlighten("key", "user", transport=httpx.MockTransport(answer), clock=lambda: now)
    return client.stats(SYSTEM, start_at=min(bodies), end_at=end, timezone="America/Los_Angeles")
