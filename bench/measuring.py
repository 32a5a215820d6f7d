"""Taking times so that ratios of them hold on a busy machine: contenders take turns, and medians are compared."""

from __future__ import annotations

import gc
import statistics
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Turn: TypeAlias = "Callable[[], float]"
"""Runs a contender for a while; returns the seconds that one run took."""


@dataclass(frozen=True)
class Effort:
    """How much a run of the benchmarks takes on.

    Attributes:
        rounds: How often each contender has its turn.
        seconds: How long a turn takes, about.
        days: Length of the range for which memory, requests and quota are looked at.
        times_longer: How many times as long the long range is.
        systems: Size of the small fleet; a page has as many.
        times_larger: How many times as large the large fleet is.
    """

    rounds: int
    seconds: float
    days: int
    times_longer: int
    systems: int
    times_larger: int


FULL = Effort(rounds=15, seconds=0.15, days=364, times_longer=10, systems=1000, times_larger=10)
QUICK = Effort(rounds=5, seconds=0.03, days=28, times_longer=3, systems=100, times_larger=10)


@dataclass(frozen=True)
class Spread:
    """The median of some figures, and the quartiles around it."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, figures: list[float]) -> Spread:
        """Return the spread of at least one figure."""
        if len(figures) == 1:
            return cls(figures[0], figures[0], figures[0])
        low, median, high = statistics.quantiles(figures, n=4, method="inclusive")
        return cls(median, low, high)


@dataclass(frozen=True)
class Timings:
    """The seconds of each contender, round by round."""

    seconds: Mapping[str, list[float]]

    def median(self, contender: str) -> float:
        """Return the median time of a contender."""
        return statistics.median(self.seconds[contender])

    def ratio(self, contender: str, baseline: str) -> Spread:
        """Return how many times as long as the baseline a contender took in the same round."""
        pairs = zip(self.seconds[contender], self.seconds[baseline], strict=True)
        return Spread.of([taken / reference for taken, reference in pairs])


def interleaved(contenders: Mapping[str, Turn], rounds: int) -> Timings:
    """Give each contender its turn in every round, in a rotating order, after one round that does not count."""
    names = list(contenders)
    seconds: dict[str, list[float]] = {name: [] for name in names}
    gc.collect()
    # What is loaded already is not looked through again by the collector, or a row would depend on those before it.
    gc.freeze()
    try:
        for number in range(-1, rounds):
            first = number % len(names)
            for name in names[first:] + names[:first]:
                gc.collect()
                taken = contenders[name]()
                if number >= 0:
                    seconds[name].append(taken)
    finally:
        gc.unfreeze()
    return Timings(seconds)


def turn(work: Callable[[], object], seconds: float, clock: Callable[[], float] = time.perf_counter) -> Turn:
    """Make a turn of a function that is run over and over.

    Args:
        work: What is timed.
        seconds: How long a turn takes, about; it has one run at least.
        clock: What tells the time: that of the wall, or ``time.process_time``, in which nothing but this process is.
    """

    def take(runs: int) -> float:
        begun = clock()
        for _ in range(runs):
            work()
        return (clock() - begun) / runs

    once = min(take(1), take(1))
    runs = max(1, round(seconds / max(once, 1e-7)))
    return lambda: take(runs)
