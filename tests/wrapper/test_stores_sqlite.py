"""The quota of several processes, in an SQLite file."""

from __future__ import annotations

import json
import logging
import sqlite3
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, Any

import anyio
import httpx
import pytest

from enphase_enlighten import (
    ConfigurationError,
    SQLiteQuota,
    Usage,
    UsageLimitExceededError,
    UsagePlan,
)
from enphase_enlighten.quota.sqlite_store import SQLiteStore
from enphase_enlighten.timing.clock import Instant
from tests.support.clock import NOW, SettableClock
from tests.support.processes import spent_by_processes
from tests.support.service import StubService, limit_reached, reply

if TYPE_CHECKING:
    from pathlib import Path

    from enphase_enlighten import Enlighten

LIMIT = 40
PRESENT = Instant(NOW, NOW)


def client(quota: SQLiteQuota, **options: Any) -> Enlighten:
    return StubService().client(quota=quota, max_wait=0, **options)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "quota.db"


def test_several_processes_send_exactly_what_the_plan_allows(path: Path) -> None:
    sent = spent_by_processes(partial(SQLiteQuota, path, UsagePlan(LIMIT)), LIMIT + 1)
    assert sum(sent) == LIMIT
    assert sum(count > 0 for count in sent) > 1, "else the processes were not at it at the same time"


def test_what_was_spent_is_still_known_to_the_next_process(path: Path) -> None:
    with client(SQLiteQuota(path, UsagePlan(2))) as first:
        first.search_system_id("1218")
        first.search_system_id("1218")
    with client(SQLiteQuota(str(path), UsagePlan(2))) as second, pytest.raises(UsageLimitExceededError) as caught:
        second.search_system_id("1218")
    assert caught.value.attempts == 0
    assert SQLiteQuota(path).usage(NOW) == Usage(minute=2, month=2, per_minute=None, per_month=None)


def test_a_limit_that_one_process_learned_is_known_to_the_others(path: Path) -> None:
    told = StubService(always=limit_reached("month", NOW + 86_400, 10_000))
    with told.client(quota=SQLiteQuota(path)) as first, pytest.raises(UsageLimitExceededError):
        first.search_system_id("1218")
    with client(SQLiteQuota(path)) as other, pytest.raises(UsageLimitExceededError) as caught:
        other.search_system_id("1218")
    assert (caught.value.attempts, caught.value.period, caught.value.limit) == (0, "month", 10_000)
    assert SQLiteQuota(path).usage(NOW).per_month == 10_000


def test_a_process_that_was_killed_gives_its_places_back_after_minutes(path: Path) -> None:
    SQLiteQuota(path, UsagePlan(1)).reserve(PRESENT)
    assert SQLiteQuota(path, UsagePlan(1)).usage(NOW + 120).minute == 1
    assert SQLiteQuota(path, UsagePlan(1)).usage(NOW + 181).minute == 0


async def test_the_event_loop_goes_on_while_the_file_is_locked(path: Path) -> None:
    quota = SQLiteQuota(path, "watt")
    turned = anyio.Event()

    async def turn() -> None:
        for _ in range(10):
            await anyio.sleep(0.01)
        turned.set()

    async with StubService().async_client(quota=quota) as waiting:
        await waiting.search_system_id("1218")
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            async with anyio.create_task_group() as group:
                group.start_soon(turn)
                group.start_soon(waiting.search_system_id, "1218")
                with anyio.fail_after(60):
                    await turned.wait()
                other.execute("COMMIT")
                group.cancel_scope.cancel()


async def test_a_task_that_was_cancelled_counts_in_the_file(path: Path) -> None:
    quota = SQLiteQuota(path, UsagePlan(3))

    sent = anyio.Event()

    async def hang(_request: httpx.Request) -> httpx.Response:
        sent.set()
        await anyio.sleep_forever()
        raise AssertionError

    async with (
        StubService().async_client(quota=quota, transport=httpx.MockTransport(hang)) as hanging,
        anyio.create_task_group() as group,
    ):
        group.start_soon(hanging.search_system_id, "1218")
        await sent.wait()
        group.cancel_scope.cancel()
    with client(quota) as after:
        after.search_system_id("1218")
    assert SQLiteQuota(path).usage(NOW + 90).minute == 0, (
        "settled: not until the lease of a process that was killed ends"
    )


def test_a_file_that_stays_locked_is_an_error_that_says_so(path: Path) -> None:
    store = SQLiteStore(path, "v2", busy_timeout=0.05)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(ConfigurationError, match=r"database is locked\. Another process"):
            store.change(lambda ledger: ledger)


def test_a_folder_that_is_not_there_is_an_error_before_anything_is_sent(tmp_path: Path) -> None:
    with client(SQLiteQuota(tmp_path / "nowhere" / "quota.db")) as helpless:
        with pytest.raises(ConfigurationError, match=r"quota\.db.*local disk"):
            helpless.search_system_id("1218")
        with pytest.raises(ConfigurationError, match=r"quota\.db.*local disk"):
            _ = helpless.usage


@pytest.mark.parametrize("given", ["a\0b", "\ud800", None, b"bytes"])
def test_an_impossible_path_is_an_error(given: Any) -> None:
    with pytest.raises(ConfigurationError, match=r"path .* a file on a local disk"):
        SQLiteQuota(given)


@pytest.mark.parametrize("content", [b"no database at all" * 100, b"{}"])
def test_a_file_that_is_something_else_is_left_alone(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with client(SQLiteQuota(path)) as helpless, pytest.raises(ConfigurationError, match=r"quota\.db"):
        helpless.search_system_id("1218")
    assert path.read_bytes() == content


SOUND = {"version": 1, "holds": {}, "spent": [], "months": {}, "learned": {}, "block": None}
DAMAGED: list[dict[str, Any]] = [
    {"holds": None},
    {"holds": {"a": "x"}},
    {"holds": {"a": float("nan")}},
    {"holds": {"a": 10**400}},
    {"spent": [3]},
    {"spent": [[60, "x"]]},
    {"months": []},
    {"months": {"2023-11": "x"}},
    {"months": {"2023-11": -1}},
    {"learned": {"minute": 10}},
    {"learned": {"minute": ["10", 1]}},
    {"block": {}},
    {"block": [None, "month", 10]},
]


@pytest.mark.parametrize(
    "ledger",
    [
        "no JSON",
        "[]",
        "[" * 100_000,
        '{"version": 99}',
        '{"version": 1}',
        *(json.dumps({**SOUND, **damage}) for damage in DAMAGED),
    ],
    ids=lambda ledger: ledger[:90],
)
def test_a_ledger_of_another_version_is_an_error_that_says_what_to_do(path: Path, ledger: str) -> None:
    SQLiteQuota(path).usage(NOW)
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("INSERT OR REPLACE INTO enlighten_ledgers VALUES ('v2', ?)", (ledger,))
    with pytest.raises(ConfigurationError, match="Remove it"):
        SQLiteQuota(path).usage(NOW)


def test_a_ledger_without_the_name_of_an_api_is_read_on(path: Path) -> None:
    old = {**SOUND, "months": {"2026-06": 7}}
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("CREATE TABLE enlighten_quota (id INTEGER PRIMARY KEY CHECK (id = 1), ledger TEXT NOT NULL)")
        database.execute("INSERT INTO enlighten_quota VALUES (1, ?)", (json.dumps(old),))
    assert SQLiteQuota(path).usage(NOW).month == 7
    SQLiteQuota(path).reserve(PRESENT)
    assert SQLiteQuota(path).usage(NOW).month == 8
    assert SQLiteStore(path, "v4").change(lambda ledger: ledger.months) == {}


def test_a_response_is_not_lost_with_the_file(
    path: Path, service: StubService, caplog: pytest.LogCaptureFixture
) -> None:
    def serve_and_break(_request: httpx.Request) -> httpx.Response:
        path.write_bytes(b"no database at all" * 100)
        return reply({"system_id": 67})

    service.always = serve_and_break
    with caplog.at_level(logging.WARNING, "enphase_enlighten"), service.client(quota=SQLiteQuota(path)) as unlucky:
        assert unlucky.search_system_id("1218") == 67
    assert "The quota could not be told" in caplog.text


def test_the_file_holds_nothing_of_the_credentials(path: Path) -> None:
    with client(SQLiteQuota(path, "watt"), api_key="an-api-key", user_id="a-user-id") as spender:
        spender.search_system_id("1218")
    content = path.read_bytes()
    assert content
    assert b"an-api-key" not in content
    assert b"a-user-id" not in content


def test_a_relative_path_stays_where_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    quota = SQLiteQuota("quota.db")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    quota.usage(NOW)
    assert (tmp_path / "quota.db").exists()


def test_what_a_machine_with_a_wrong_clock_learned_is_not_kept_for_years(path: Path) -> None:
    wrong = StubService(SettableClock(NOW + 10**8), always=reply({"period": "minute", "limit": 3}, 409))
    wrong.headers = {"Date": ""}
    with wrong.client(quota=SQLiteQuota(path), max_wait=0) as first, pytest.raises(UsageLimitExceededError):
        first.search_system_id("1218")
    with client(SQLiteQuota(path)) as right:
        right.search_system_id("1218")
        assert right.usage == Usage(minute=1, month=1, per_minute=None, per_month=None)


def test_the_file_does_not_grow(path: Path, service: StubService, clock: SettableClock) -> None:
    with service.client(quota=SQLiteQuota(path)) as spender:
        for _ in range(100):
            spender.search_system_id("1218")
            clock.advance(86_400.0)
    with closing(sqlite3.connect(path)) as database:
        [(ledger,)] = database.execute("SELECT ledger FROM enlighten_ledgers WHERE api = 'v2'").fetchall()
    assert len(ledger) < 300
