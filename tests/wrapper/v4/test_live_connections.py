"""The connection of a live stream: given back or closed however the stream ends, with a server on loopback."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import anyio
import pytest
import trio

from enphase_enlighten import ConnectionFailedError, StreamInterruptedError
from enphase_enlighten.v4 import AsyncEnlighten, Enlighten, Quota
from tests.support.byte_server import PATIENCE
from tests.support.live_server import CHUNKED, HEAD, LAST_CHUNK, LiveServer, chunk, event

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, Iterator

BACKENDS = ["asyncio", "trio"]


class Held:
    """A stream that goes on when a test lets it; until then comments tell the server whether anybody listens."""

    def __init__(self) -> None:
        self.sent = 0
        self.silent = False
        self._allowed = threading.Semaphore(0)
        self._ends = False

    def respond(self, _number: int) -> Iterator[bytes]:
        yield CHUNKED
        while not self._ends:
            if self._allowed.acquire(timeout=0.05):
                self.sent += 1
                yield chunk(event(self.sent))
            elif not self.silent:
                yield chunk(b": nothing yet\n\n")
        yield LAST_CHUNK

    def go_on(self, messages: int = 1) -> None:
        self._allowed.release(messages)

    def end(self) -> None:
        self._ends = True


@contextmanager
def held() -> Iterator[tuple[LiveServer, Held]]:
    stream = Held()
    with LiveServer(stream.respond) as server:
        try:
            yield server, stream
        finally:
            stream.end()


def client_of(server: LiveServer, **options: Any) -> Enlighten:
    return Enlighten("key", tokens="token", base_url=server.url, **options)


def async_client_of(server: LiveServer, **options: Any) -> AsyncEnlighten:
    return AsyncEnlighten("key", tokens="token", base_url=server.url, **options)


async def hung_up(server: LiveServer) -> bool:
    return await anyio.to_thread.run_sync(server.is_hung_up)


def test_each_message_is_handed_on_before_the_next_one_is_sent() -> None:
    with held() as (server, stream), client_of(server) as client:
        live = client.live_data(67)
        for number in (1, 2, 3):
            stream.go_on()
            assert next(live).data.pv_power == number
            assert stream.sent == number
        stream.end()
        assert list(live) == []


@pytest.mark.parametrize("backend", BACKENDS)
def test_each_message_is_handed_on_before_the_next_one_is_sent_to_an_event_loop(backend: str) -> None:
    async def main() -> None:
        with held() as (server, stream):
            async with async_client_of(server) as client:
                live = client.live_data(67)
                for number in (1, 2, 3):
                    stream.go_on()
                    assert (await anext(live)).data.pv_power == number
                    assert stream.sent == number
                stream.end()
                assert [message async for message in live] == []

    anyio.run(main, backend=backend)


def test_the_connection_of_a_stream_that_has_ended_is_used_again() -> None:
    with LiveServer(lambda number: [CHUNKED, chunk(event(number)), LAST_CHUNK]) as server, client_of(server) as client:
        assert [message.data.pv_power for _ in range(3) for message in client.live_data(67)] == [1, 2, 3]
        assert server.connections == 1


def test_leaving_the_loop_closes_the_connection_at_once() -> None:
    with held() as (server, stream), client_of(server) as client:
        stream.go_on()
        for message in client.live_data(67):
            assert message.data.pv_power == 1
            break
        assert server.is_hung_up()


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_leaving_the_loop_closes_the_connection_in_an_event_loop(backend: str) -> None:
    async def main() -> None:
        with held() as (server, stream):
            async with async_client_of(server) as client:
                stream.go_on()
                async for message in client.live_data(67):
                    assert message.data.pv_power == 1
                    break
                assert await hung_up(server)

    anyio.run(main, backend=backend)


@pytest.mark.parametrize("backend", BACKENDS)
def test_leaving_the_block_closes_the_connection(backend: str) -> None:
    async def main() -> None:
        with held() as (server, stream):
            async with async_client_of(server) as client:
                stream.go_on()
                async with client.live_data(67) as live:
                    async for message in live:
                        assert message.data.pv_power == 1
                        break
                assert await hung_up(server)
                assert [message async for message in live] == []

    anyio.run(main, backend=backend)
    with held() as (server, stream), client_of(server) as client:
        stream.go_on()
        with client.live_data(67) as live:
            assert next(live).data.pv_power == 1
        assert server.is_hung_up()
        assert list(live) == []


async def by_scope(call: Callable[[], Coroutine[Any, Any, None]], when: anyio.Event) -> None:
    async with anyio.create_task_group() as group:
        group.start_soon(call)
        await when.wait()
        group.cancel_scope.cancel()


async def by_timeout(call: Callable[[], Coroutine[Any, Any, None]], when: anyio.Event) -> None:
    with anyio.CancelScope() as scope:
        async with anyio.create_task_group() as group:

            async def expire() -> None:
                await when.wait()
                scope.deadline = anyio.current_time()

            group.start_soon(expire)
            await call()
    assert scope.cancelled_caught


@pytest.mark.parametrize("cancel", [by_scope, by_timeout])
@pytest.mark.parametrize("backend", BACKENDS)
def test_a_cancellation_closes_the_connection_and_settles_the_quota(
    backend: str, cancel: Callable[..., Awaitable[None]]
) -> None:
    async def main() -> None:
        quota, found = Quota("kilowatt"), list[Any]()
        with held() as (server, stream):
            async with async_client_of(server, quota=quota) as client:
                came = anyio.Event()

                async def follow() -> None:
                    async for message in client.live_data(67):
                        found.append(message.data.pv_power)
                        came.set()

                stream.go_on()
                await cancel(follow, came)
                assert await hung_up(server)
                assert client.usage.minute == client.usage.month == 1
        assert found == [1]

    anyio.run(main, backend=backend)


def test_a_cancelled_task_closes_the_connection() -> None:
    async def main() -> None:
        with held() as (server, stream):
            async with async_client_of(server) as client:
                came = asyncio.Event()

                async def follow() -> None:
                    async for _ in client.live_data(67):
                        came.set()

                stream.go_on()
                task = asyncio.create_task(follow())
                await came.wait()
                task.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await task
                assert await hung_up(server)

    asyncio.run(main())


def test_an_interrupt_passes_through_and_closes_the_connection() -> None:
    with held() as (server, stream), client_of(server) as client:
        stream.go_on()
        main = threading.get_ident()

        def interrupt() -> None:
            while stream.sent < 1 or not found:
                time.sleep(0.01)
            time.sleep(0.05)  # the next message is waited for by then; an interrupt before that does no harm
            signal.pthread_kill(main, signal.SIGINT)

        found: list[Any] = []
        thread = threading.Thread(target=interrupt, daemon=True)
        thread.start()
        with pytest.raises(KeyboardInterrupt):
            found.extend(message.data.pv_power for message in client.live_data(67))
        thread.join(PATIENCE)
        assert server.is_hung_up()
        assert found == [1]
        assert client.usage.month == 1


def test_an_error_of_the_loop_closes_the_connection() -> None:
    def follow(client: Enlighten) -> None:
        for _ in client.live_data(67):
            raise ZeroDivisionError

    with held() as (server, stream), client_of(server) as client:
        stream.go_on()
        with pytest.raises(ZeroDivisionError) as caught:
            follow(client)
        del caught
        gc.collect()
        assert server.is_hung_up()


@pytest.mark.parametrize("backend", [None, *BACKENDS])
def test_closing_the_client_breaks_its_streams_off(backend: str | None) -> None:
    async def main() -> None:
        with held() as (server, stream):
            client = async_client_of(server)
            stream.go_on()
            live = client.live_data(67)
            assert (await anext(live)).data.pv_power == 1
            await client.close()
            with pytest.raises(StreamInterruptedError):
                await anext(live)
            assert await hung_up(server)

    if backend is not None:
        anyio.run(main, backend=backend)
        return
    with held() as (server, stream):
        client = client_of(server)
        stream.go_on()
        live = client.live_data(67)
        assert next(live).data.pv_power == 1
        client.close()
        with pytest.raises(StreamInterruptedError):
            next(live)
        assert server.is_hung_up()


def test_the_stream_of_a_parent_is_not_read_in_its_child() -> None:
    with held() as (server, stream), client_of(server) as client:
        stream.go_on()
        live = client.live_data(67)
        assert next(live).data.pv_power == 1
        child = os.fork()
        if child == 0:
            # Whatever happens here must not run what follows in the parent.
            try:
                next(live)
            except BaseException as error:  # noqa: BLE001 - told to the parent by its status
                os._exit(7 if "another one in this one" in str(error) else 8)
            os._exit(9)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
        stream.go_on()
        assert next(live).data.pv_power == 2
        live.close()


def test_a_client_of_a_parent_streams_in_its_child() -> None:
    with (
        LiveServer(lambda number: [CHUNKED, chunk(event(number)), LAST_CHUNK]) as server,
        client_of(server) as client,
    ):
        assert [message.data.pv_power for message in client.live_data(67)] == [1]
        child = os.fork()
        if child == 0:
            try:
                found = [message.data.pv_power for message in client.live_data(67)]
            except BaseException:  # noqa: BLE001 - told to the parent by its status
                os._exit(9)
            os._exit(0 if found == [2] else 8)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        assert [message.data.pv_power for message in client.live_data(67)] == [3]


@pytest.mark.parametrize(
    "sent",
    [[CHUNKED, chunk(event(1)), b""], [HEAD + b"\r\n", event(1), b""], [CHUNKED, chunk(event(1)), b"ff\r\nx", b""]],
    ids=["no terminating chunk", "no length", "half a chunk"],
)
@pytest.mark.parametrize("over_aiohttp", [False, True], ids=["httpx", "aiohttp"])
def test_a_connection_that_breaks_is_told_from_one_that_ended(sent: list[bytes], over_aiohttp: bool) -> None:
    async def main() -> None:
        options: dict[str, Any] = {}
        if over_aiohttp:
            module = pytest.importorskip("httpx_aiohttp", exc_type=ImportError)
            options["transport"] = module.AiohttpTransport()
        async with async_client_of(server, **options) as client:
            live = client.live_data(67)
            assert (await anext(live)).data.pv_power == 1
            with pytest.raises(StreamInterruptedError, match="1 message"):
                await anext(live)

    with LiveServer(lambda _: sent) as server:
        asyncio.run(main())
        if not over_aiohttp:
            with client_of(server) as client:
                live = client.live_data(67)
                assert next(live).data.pv_power == 1
                with pytest.raises(StreamInterruptedError, match="1 message"):
                    next(live)
        assert len(server.heads) == 2 - over_aiohttp


@pytest.mark.parametrize("silent", [False, True], ids=["comments", "silence"])
def test_a_server_that_sends_no_message_is_waited_for_no_longer_than_the_timeout(silent: bool) -> None:
    with held() as (server, stream), client_of(server, timeout=0.2) as client:
        stream.silent = silent
        stream.go_on()
        live = client.live_data(67)
        assert next(live).data.pv_power == 1
        with pytest.raises(StreamInterruptedError, match=r"no message came for 0\.2 seconds"):
            next(live)
        stream.silent = False
        assert server.is_hung_up()


def test_what_breaks_before_the_stream_is_sent_once() -> None:
    with LiveServer(lambda _: [b""]) as server, client_of(server) as client:
        with pytest.raises(ConnectionFailedError) as caught:
            next(client.live_data(67))
        assert not isinstance(caught.value, StreamInterruptedError)
        assert len(server.heads) == 1


def test_streams_side_by_side_do_not_wait_for_each_other() -> None:
    async def main(server: LiveServer) -> None:
        async with async_client_of(server) as client, anyio.create_task_group() as group:
            found: list[list[Any]] = [[] for _ in range(5)]

            async def follow(index: int) -> None:
                async for message in client.live_data(index + 1):
                    found[index].append(message.data.pv_power)

            for index in range(5):
                group.start_soon(follow, index)
        assert [len(each) for each in found] == [3] * 5

    parts = [CHUNKED, *[chunk(event(power)) for power in range(3)], LAST_CHUNK]
    with LiveServer(lambda _: parts) as server:
        anyio.run(main, server)
        trio.run(main, server)


async def test_two_tasks_that_share_a_stream_are_told() -> None:
    with held() as (server, stream):
        async with async_client_of(server) as client:
            live = client.live_data(67)
            first = asyncio.ensure_future(anext(live))
            await asyncio.sleep(0)
            with pytest.raises(RuntimeError, match="two tasks"):
                await anext(live)
            stream.go_on()
            assert (await first).data.pv_power == 1
            await live.aclose()
