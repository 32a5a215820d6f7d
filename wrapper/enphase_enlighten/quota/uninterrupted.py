"""Calls that take time in a thread, and that a task waits for to their end whatever happens to it meanwhile.

A ticket that nobody got, or a request that nobody settled, would hold its place in the quota until its lease ends.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from contextvars import copy_context
from typing import TypeVar

from ..event_loops import async_may_take_time, asyncio_loop

R = TypeVar("R")


async def to_its_end(function: Callable[..., R], *args: object) -> tuple[R, BaseException | None]:
    """Call a function in a thread, and wait for it also where the task is cancelled meanwhile.

    Returns:
        What the call returned, and the cancellation that came meanwhile.
    """
    if async_may_take_time():
        # The event loop has ended before the task, which is closed now: nothing is held up, nor can it be awaited.
        return function(*args), None
    import anyio.to_thread

    with anyio.CancelScope(shield=True):
        if asyncio_loop() is None:
            result, cancelled = await anyio.to_thread.run_sync(function, *args), None
        else:
            result, cancelled = await _uncancelled(function, *args)
    return result, cancelled


async def _uncancelled(function: Callable[..., R], *args: object) -> tuple[R, BaseException | None]:
    """Call a function in a thread and wait for it, also where asyncio cancels the task: that passes anyio's shields.

    Not in another task, as anyio's threads would need: whoever cancels all tasks, as `asyncio.run` does at its end,
    would cancel that one too. Nor by an executor of the event loop, whose threads may all wait for this very request.
    """
    import asyncio
    from concurrent.futures import Future

    loop, ended, cancelled = asyncio.get_running_loop(), asyncio.Event(), None
    outcome: Future[R] = Future()

    def call() -> None:
        try:
            outcome.set_result(function(*args))
        except BaseException as error:  # noqa: BLE001 - raised where it is waited for
            outcome.set_exception(error)
        with suppress(RuntimeError):  # the loop is closed
            loop.call_soon_threadsafe(ended.set)

    threading.Thread(target=copy_context().run, args=(call,), name="enphase_enlighten quota").start()
    while not ended.is_set():
        try:
            await ended.wait()
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is not None and outcome.exception() is not None:
        raise cancelled
    return outcome.result(), cancelled
