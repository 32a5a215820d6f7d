"""Event loops, and what they ask for that threads do not: the async half of the package differs from the sync one here.

A name with ``async`` in front has a counterpart without it, which stands in its place in the sync half.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterable
from contextlib import suppress
from contextvars import copy_context
from functools import cache
from importlib import import_module
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakKeyDictionary

from . import forks

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop

    import anyio
    from anyio.lowlevel import RunVar

R = TypeVar("R")
ValueT = TypeVar("ValueT")

Lock = forks.Lock
Flattened = chain.from_iterable


class AsyncLock:
    """A lock that is another one in each event loop: one that waits in another loop could not be woken from it."""

    async def __aenter__(self) -> None:
        await self._of_the_loop().acquire()

    async def __aexit__(self, *exc_info: object) -> None:
        self._of_the_loop().release()

    def _of_the_loop(self) -> anyio.Lock:
        import anyio

        locks = _locks().get(None)
        if locks is None:
            locks = WeakKeyDictionary()
            _locks().set(locks)
        return locks.setdefault(self, anyio.Lock())


class AsyncFlattened(AsyncIterator[ValueT]):
    """The values of portions of them, one after another; not a generator, as the portions are not."""

    def __init__(self, portions: Any) -> None:
        self._portions = portions
        self._values: Iterable[ValueT] = iter(())

    async def __anext__(self) -> ValueT:
        while True:
            for value in self._values:
                return value
            self._values = iter(await anext(self._portions))

    async def aclose(self) -> None:
        """End the iteration; there are no more values."""
        self._values = iter(())
        await self._portions.aclose()


@cache
def _locks() -> RunVar[WeakKeyDictionary[AsyncLock, anyio.Lock]]:
    from anyio.lowlevel import RunVar

    return RunVar("enphase_enlighten.locks")


def each(function: Callable[[ValueT], R], values: Iterable[ValueT]) -> list[R]:
    """Return the results of a function for each value."""
    return [function(value) for value in values]


async def async_each(function: Callable[[ValueT], Awaitable[R]], values: Iterable[ValueT]) -> list[R]:
    """Return the results of a coroutine function for each value, carried out side by side."""
    import anyio

    results: dict[int, R] = {}

    async def call(index: int, value: ValueT) -> None:
        results[index] = await function(value)

    async with anyio.create_task_group() as group:
        for index, value in enumerate(values):
            group.start_soon(call, index, value)
    return [results[index] for index in range(len(results))]


def asyncio_loop() -> AbstractEventLoop | None:
    """Return the running event loop of asyncio; None in one of trio, also where that runs as a guest of asyncio."""
    import asyncio

    try:
        task = asyncio.current_task()
    except RuntimeError:
        return None
    return None if task is None else task.get_loop()


def may_take_time() -> bool:
    """Return whether a sync client may take time when it is made: its first request may as well."""
    return False


def async_may_take_time() -> bool:
    """Return whether no event loop runs in this thread, so that there is time for what would hold it up."""
    trio: Any = sys.modules.get("trio")
    if asyncio_loop() is not None or (hasattr(trio, "lowlevel") and trio.lowlevel.in_trio_run()):
        return False
    # Imported by name for want of another way; where it is not found, the first request imports it.
    with suppress(ImportError):
        import_module("anyio._backends._asyncio")
    return True


def pause(seconds: float) -> None:
    """Wait in this thread, by the machine's clock."""
    time.sleep(seconds)


async def async_pause(seconds: float) -> None:
    """Wait in this task, by the machine's clock."""
    import anyio

    await anyio.sleep(seconds)


def in_thread(function: Callable[[], R]) -> R:
    """Call a function."""
    return function()


async def async_in_thread(function: Callable[[], R]) -> R:
    """Call a function in a thread."""
    import anyio.to_thread

    return await anyio.to_thread.run_sync(function)


def to_its_end(function: Callable[..., R], *args: object) -> tuple[R, BaseException | None]:
    """Call a function, which no cancellation can cut short."""
    return function(*args), None


async def async_to_its_end(function: Callable[..., R], *args: object) -> tuple[R, BaseException | None]:
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
            result, cancelled = await _in_a_thread_of_its_own(function, *args)
    return result, cancelled


async def _in_a_thread_of_its_own(function: Callable[..., R], *args: object) -> tuple[R, BaseException | None]:
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

    threading.Thread(target=copy_context().run, args=(call,), name="enphase_enlighten uninterrupted").start()
    while not ended.is_set():
        try:
            await ended.wait()
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is not None and outcome.exception() is not None:
        raise cancelled
    return outcome.result(), cancelled


def uncut(result: R) -> tuple[R, BaseException | None]:
    """Return the result of a call, which no cancellation can have cut short."""
    return result, None


async def async_uncut(call: Coroutine[Any, Any, R]) -> tuple[R, BaseException | None]:
    """Await a call to its end, also where the task is cancelled meanwhile; see `to_its_end`."""
    import anyio

    with anyio.CancelScope(shield=True):
        result, cancelled = await _uncancelled(call)
    return result, cancelled


async def _uncancelled(call: Coroutine[Any, Any, R]) -> tuple[R, BaseException | None]:
    """Await a call that asyncio must not cut short either, whose cancellation passes through anyio's shields."""
    if asyncio_loop() is None:
        return await call, None
    import asyncio

    task, cancelled = asyncio.ensure_future(call), None
    while not task.done():
        try:
            await asyncio.wait([task])
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is not None and task.exception() is not None:
        raise cancelled
    return task.result(), cancelled
