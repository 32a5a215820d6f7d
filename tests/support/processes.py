"""Children of a fork, and processes that spend one quota at the same time."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from typing import TYPE_CHECKING

from enphase_enlighten import UsageLimitExceededError
from enphase_enlighten.quota.quota import Ticket
from enphase_enlighten.timing.clock import Instant
from tests.support.service import StubService

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.queues import Queue
    from multiprocessing.synchronize import Barrier

    from enphase_enlighten import Quota


def in_child(function: Callable[[], object]) -> int:
    """Call a function in a child of a fork, which does not outlive a minute, and return its exit status."""
    child = os.fork()
    if child == 0:
        signal.alarm(60)
        status = 1
        try:
            function()
            status = 0
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def spent_by_children(quota: Quota, number: int = 20) -> int:
    """Fork while two threads spend a quota all the time, have each child spend one, and return what all have spent."""
    spent, ended = [0, 0], threading.Event()

    def spend_one() -> None:
        ticket = quota.reserve(_now())
        assert isinstance(ticket, Ticket)
        quota.settle(ticket, _now(), time.time())

    def spend(thread: int) -> None:
        while not ended.is_set():
            spend_one()
            spent[thread] += 1

    threads = [threading.Thread(target=spend, args=(thread,)) for thread in range(2)]
    for thread in threads:
        thread.start()
    try:
        for place in range(number):
            time.sleep(0.003 * (place % 5))
            assert in_child(spend_one) == 0
    finally:
        ended.set()
        for thread in threads:
            thread.join(60)
    return sum(spent) + number


def _now() -> Instant:
    return Instant(time.time(), time.monotonic())


def spent_by_processes(make: Callable[[], Quota], most: int, number: int = 3) -> list[int]:
    """Return how many requests each of some processes could send, all at the same time.

    Args:
        make: Makes the quota, in each of the processes.
        most: How many requests each tries to send at most.
        number: The number of processes.
    """
    spawn = multiprocessing.get_context("spawn")
    together, queue = spawn.Barrier(number), spawn.Queue()
    processes = [spawn.Process(target=_spend, args=(make, most, together, queue)) for _ in range(number)]
    for process in processes:
        process.start()
    sent = [queue.get(timeout=60) for _ in processes]
    for process in processes:
        process.join()
    return sent


def _spend(make: Callable[[], Quota], most: int, together: Barrier, sent: Queue[int]) -> None:
    with StubService().client(quota=make(), max_wait=0) as client:
        together.wait(60)
        for number in range(most):
            try:
                client.search_system_id("1218")
            except UsageLimitExceededError:
                sent.put(number)
                return
            time.sleep(0.005)  # lets the others have their turn, which is what is tested
        sent.put(most)
