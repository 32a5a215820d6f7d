"""Children of a fork, copies for other processes, and tasks that are cancelled."""

from __future__ import annotations

import asyncio
import multiprocessing
import pickle
import sqlite3
import ssl
import threading
import time
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

import anyio
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enphase_enlighten import AsyncEnlighten, Enlighten, Quota, SQLiteQuota, UsagePlan
from enphase_enlighten.timing.numbers import epoch_seconds, whole_number
from tests.support.byte_server import ByteServer, http
from tests.support.processes import in_child, spent_by_children

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

NOW = 1718222400.0

pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning", "ignore:unclosed:ResourceWarning")


def ask(client: Any) -> None:
    if isinstance(client, Enlighten):
        client.summary(67)
    else:
        asyncio.run(client.summary(67))


@contextmanager
def waiting(server: ByteServer, function: Callable[..., object], *args: object) -> Iterator[None]:
    """Run a block while a thread has sent its first request, which the server responds to when the block lets it."""
    server.responding.clear()
    thread = threading.Thread(target=function, args=args)
    thread.start()
    deadline = time.monotonic() + 60
    while not server.heads and time.monotonic() < deadline:
        time.sleep(0.01)
    yield
    thread.join(60)
    assert not thread.is_alive()


@pytest.fixture(params=[Enlighten, AsyncEnlighten])
def make(request: pytest.FixtureRequest) -> Any:
    return request.param


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_child_answers_over_a_connection_of_its_own_and_the_parent_goes_on(
    make: Any, scheme: str, authority: Path
) -> None:
    encrypted = None
    if scheme == "https":
        encrypted = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        encrypted.load_cert_chain(authority)
    with ByteServer(encrypted=encrypted) as server:
        verify = encrypted is None or ssl.create_default_context(cafile=authority)
        client = make("a-key", "a-user", base_url=server.url, verify=verify)
        ask(client)
        before = server.connections
        assert in_child(lambda: ask(client)) == 0
        assert server.connections == before + 1
        ask(client)
        assert len(server.heads) == 3
        assert all(head.endswith(b"\r\n\r\n") for head in server.heads)


def test_a_child_answers_while_a_thread_of_the_parent_waits_for_its_response(make: Any) -> None:
    with ByteServer() as server:
        client = make("a-key", "a-user", base_url=server.url)
        with waiting(server, ask, client):
            threading.Timer(0.3, server.responding.set).start()
            assert in_child(lambda: ask(client)) == 0
        assert len(server.heads) == 2


def test_a_child_answers_though_the_parent_had_the_file_locked(make: Any, tmp_path: Path) -> None:
    path = tmp_path / "quota.sqlite3"
    with ByteServer() as server:
        client = make("a-key", "a-user", base_url=server.url, quota=SQLiteQuota(path))
        ask(client)
        with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
            other.execute("BEGIN IMMEDIATE")
            thread = threading.Thread(target=ask, args=(client,))
            thread.start()
            time.sleep(0.2)
            threading.Timer(0.5, other.execute, args=("ROLLBACK",)).start()
            assert in_child(lambda: ask(client)) == 0
            thread.join(60)
        assert client.usage.month == 3


def test_a_child_looks_up_a_timezone_that_a_thread_of_the_parent_is_looking_up(make: Any) -> None:
    def rows(client: Any) -> list[Any]:
        series = client.stats(67, start_at="2024-06-01T10:00", end_at="2024-06-01T11:00")
        if isinstance(client, Enlighten):
            return list(series)

        async def listed() -> list[Any]:
            return [row async for row in series]

        return asyncio.run(listed())

    listing = b'{"systems": [{"system_id": 67, "timezone": "America/Los_Angeles"}], "intervals": []}'
    with ByteServer(http(listing)) as server:
        client = make("a-key", "a-user", base_url=server.url, clock=lambda: NOW)
        with waiting(server, rows, client):
            threading.Timer(0.3, server.responding.set).start()
            assert in_child(lambda: rows(client)) == 0
        assert rows(client) == []


def test_requests_under_way_stay_with_the_parent() -> None:
    quota = Quota("watt")
    with ByteServer() as server:
        client = Enlighten("a-key", "a-user", base_url=server.url, quota=quota)

        def none_under_way() -> None:
            assert client.usage.minute == 0

        with waiting(server, ask, client):
            assert in_child(none_under_way) == 0
            assert client.usage.minute == 1
            server.responding.set()


@pytest.mark.parametrize("kept", ["memory", "file"])
def test_a_process_forks_while_its_threads_count_and_every_child_counts_too(kept: str, tmp_path: Path) -> None:
    quota = Quota() if kept == "memory" else SQLiteQuota(tmp_path / "quota.sqlite3")
    # What is counted in memory, a child counts for itself.
    children = 20 if kept == "memory" else 0
    assert spent_by_children(quota, 20) == quota.usage(time.time()).month + children
    assert quota.usage(time.time() + 120).minute == 0


def spend(quota: SQLiteQuota) -> None:
    with ByteServer() as server, Enlighten("a-key", "a-user", base_url=server.url, quota=quota) as client:
        client.summary(67)


@pytest.mark.parametrize("method", ["spawn", "forkserver", "fork"])
def test_a_quota_is_handed_to_other_processes(method: Any, tmp_path: Path) -> None:
    quota = SQLiteQuota(tmp_path / "quota.sqlite3", UsagePlan(10))
    process = multiprocessing.get_context(method).Process(target=spend, args=(quota,))
    process.start()
    process.join(60)
    assert process.exitcode == 0
    assert quota.usage(time.time()).month == 1
    assert pickle.loads(pickle.dumps(quota)).plan == quota.plan  # noqa: S301 - ours


@pytest.mark.parametrize(
    ("of", "instead"),
    [
        (lambda _client: Quota("watt"), "SQLiteQuota"),
        (lambda client: client, "Make one in each process"),
        (lambda client: client.systems(), "Pickle a list"),
        (lambda client: client.stats(67), "Pickle a list"),
    ],
)
def test_what_belongs_to_one_process_says_what_to_do_instead(of: Any, instead: str, make: Any) -> None:
    with pytest.raises(TypeError, match=instead):
        pickle.dumps(of(make("a-key", "a-user", base_url="http://127.0.0.1:1")))


@pytest.mark.parametrize("kept", ["memory", "file"])
def test_a_task_that_is_cancelled_at_any_await_counts_what_was_sent_and_holds_nothing(
    kept: str, tmp_path: Path
) -> None:
    async def cancelled_at(number: int, server: ByteServer, quota: Quota) -> bool:
        """Cancel a call when it has been suspended so many times; return whether it was done before."""
        async with AsyncEnlighten("a-key", "a-user", base_url=server.url, quota=quota) as client:
            task = asyncio.ensure_future(client.summary(67))
            for _ in range(number):
                await asyncio.sleep(0)
                if task.done():
                    break
            else:
                await asyncio.sleep(0.0005 * (number % 4))
                task.cancel()
            await asyncio.wait([task])
            return not task.cancelled()

    with ByteServer() as server:
        for number in range(1, 60):
            sent, connections = len(server.heads), server.connections
            quota = Quota() if kept == "memory" else SQLiteQuota(tmp_path / f"{number}.sqlite3")
            done = asyncio.run(cancelled_at(number, server, quota))
            deadline = time.monotonic() + 60
            while server.open and time.monotonic() < deadline:
                time.sleep(0.005)
            assert server.open == 0
            month = quota.usage(time.time()).month
            while server.connections - connections < month and time.monotonic() < deadline:
                time.sleep(0.005)
            # What was written may be lost with its connection, and counts: the service may have got it.
            assert len(server.heads) - sent <= month <= server.connections - connections
            assert month == 1 or not done


@pytest.mark.parametrize("kept", ["memory", "file"])
@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_a_series_that_is_cut_off_by_a_timeout_holds_nothing(backend: str, kept: str, tmp_path: Path) -> None:
    async def cut_off(seconds: float, server: ByteServer, quota: Quota) -> None:
        async with AsyncEnlighten("a-key", "a-user", base_url=server.url, quota=quota, clock=lambda: NOW) as client:
            days = client.stats(67, start_at="2024-06-01", end_at="2024-06-11", timezone="America/Los_Angeles")
            with anyio.move_on_after(seconds):
                async for _ in days:
                    pass

    for number in range(12):
        # One server for each, since a connection that was given up may be accepted later.
        with ByteServer(http(b'{"system_id": 67, "total_devices": 1, "intervals": []}')) as server:
            quota = Quota() if kept == "memory" else SQLiteQuota(tmp_path / f"{number}.sqlite3")
            anyio.run(cut_off, number * 0.002, server, quota, backend=backend)
            deadline = time.monotonic() + 60
            while server.open and time.monotonic() < deadline:
                time.sleep(0.005)
            assert server.open == 0
            assert len(server.heads) <= quota.usage(NOW).month <= 10
            assert quota.usage(NOW + 120).minute == 0, "a place that is held until its lease ends"


NUMBERS = st.one_of(st.integers(), st.floats(), st.booleans(), st.text(), st.none(), st.lists(st.integers()))


@given(NUMBERS)
def test_a_whole_number_is_one_rule(value: Any) -> None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    whole = is_number and value == value and abs(value) < 2**63 and value == int(value)  # noqa: PLR0124 - NaN
    number = whole_number(value)
    assert (number is not None) == whole
    if whole:
        assert number == value
        assert type(number) is int
        assert epoch_seconds(value) == (number if 0 <= value <= 253402128000 else None)
