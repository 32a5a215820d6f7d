"""A process that iterates over so many days of `stats`, and prints by how many bytes its peak is above idle.

`python bench/memory_probe.py URL DAYS`; the answers come from another process.
"""

from __future__ import annotations

import gc
import sys
import time
import tracemalloc

from bodies import DAY, SYSTEM
from enphase_enlighten import Enlighten
from internals import keep_stats_for


def peak_above_idle(url: str, days: int) -> int:
    """Return the bytes that Python allocates at most while iterating, above what it had before."""
    keep_stats_for(days)
    end = int(time.time()) // DAY * DAY
    start = end - days * DAY
    with Enlighten("key", "user", base_url=url) as client:

        def iterate(first: int) -> int:
            return sum(1 for _ in client.stats(SYSTEM, start_at=first, end_at=end, timezone="UTC"))

        # What is made once (connections, modules, caches) is not what a longer range takes more of.
        iterate(end - 2 * DAY)
        gc.collect()
        tracemalloc.start()
        idle, _ = tracemalloc.get_traced_memory()
        rows = iterate(start)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    if rows != days * 288:
        raise RuntimeError(f"{rows} rows instead of {days * 288}")
    return peak - idle


if __name__ == "__main__":
    sys.stdout.write(f"{peak_above_idle(sys.argv[1], int(sys.argv[2]))}\n")
