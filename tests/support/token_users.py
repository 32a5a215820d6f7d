"""Programs that use the tokens of one store, each in a process of its own."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from typing import Any

from enphase_enlighten.v4 import AsyncEnlighten, Enlighten
from tests.support.token_service import CLIENT_ID, CLIENT_SECRET, KEY, SYSTEM


def client_of(store: Any, base_url: str, **options: Any) -> Enlighten:
    return Enlighten(KEY, CLIENT_ID, CLIENT_SECRET, tokens=store, base_url=base_url, **options)


def async_client_of(store: Any, base_url: str, **options: Any) -> AsyncEnlighten:
    return AsyncEnlighten(KEY, CLIENT_ID, CLIENT_SECRET, tokens=store, base_url=base_url, **options)


def _time(ahead: float) -> float:
    return time.time() + ahead


def in_tasks(store: Any, base_url: str, tasks: int, refreshes: int, ahead: float = 0.0) -> int:
    """Send requests of several tasks side by side until the tokens were refreshed so often.

    Args:
        store: The store of the tokens.
        base_url: Where the service is.
        tasks: How many tasks there are.
        refreshes: How often.
        ahead: By how many seconds the clock of this machine is ahead of the right time.

    Returns:
        How many requests had their response.
    """

    async def run() -> int:
        async with async_client_of(
            store, base_url, max_retries=10, timeout=60, clock=lambda: time.time() + ahead
        ) as client:

            async def some(system_id: int) -> int:
                sent = 0
                while sent < 3 or int(store.load().access_token.rpartition("-")[2]) < refreshes:
                    assert (await client.summary(system_id)).system_id == SYSTEM
                    sent += 1
                return sent

            # Each asks for a system of its own, by which the service tells them apart.
            return sum(await asyncio.gather(*(some(100 * os.getpid() + task) for task in range(tasks))))

    return asyncio.run(run())


def killed_at(store: Any, base_url: str, call: int) -> None:
    """Send a request, in a process that is killed before a call of the system that changes files, counted from 1."""
    left = call

    def counted(function: Any) -> Any:
        def called(*args: Any, **options: Any) -> Any:
            nonlocal left
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return function(*args, **options)

        return called

    with client_of(store, base_url) as client:
        for name in ("open", "write", "fsync", "ftruncate", "lseek", "close", "replace", "rename", "unlink"):
            setattr(os, name, counted(getattr(os, name)))
        client.summary(SYSTEM)
