"""The quota of several machines, in a real Redis that the tests start."""

from __future__ import annotations

import json
import pickle
import shutil
import subprocess
import sys
import time
from functools import partial
from typing import TYPE_CHECKING, Any

import anyio
import pytest

from enphase_enlighten import (
    AsyncEnlighten,
    ConfigurationError,
    RedisQuota,
    Usage,
    UsageLimitExceededError,
    UsagePlan,
)
from enphase_enlighten.quota.redis_store import RedisStore
from tests.support.byte_server import ByteServer, http
from tests.support.clock import NOW
from tests.support.processes import in_child, spent_by_children, spent_by_processes
from tests.support.service import StubService, system

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from enphase_enlighten import Enlighten

pytestmark = pytest.mark.lowest

LIMIT = 40
KEY = "enphase-enlighten:v2:quota"
KEY_WITHOUT_API = "enphase-enlighten:quota"


def client(quota: RedisQuota, **options: Any) -> Enlighten:
    return StubService().client(quota=quota, max_wait=0, **options)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Redis on a Unix socket, which no other program can be using."""
    import redis

    program = shutil.which("redis-server")
    if program is None:
        pytest.fail("redis-server is missing: apt-get install redis-server")
    folder = tmp_path_factory.mktemp("redis")
    socket = folder / "socket"
    process = subprocess.Popen(  # noqa: S603 - Debian's own, with arguments of ours
        [program, "--port", "0", "--unixsocket", str(socket), "--dir", str(folder), "--save", "", "--appendonly", "no"],
        stdout=subprocess.DEVNULL,
    )
    try:
        url = f"unix://{socket}"
        with redis.Redis.from_url(url) as probe:
            for _ in range(100):
                try:
                    probe.ping()
                    break
                except redis.ConnectionError:
                    time.sleep(0.05)
            else:
                pytest.fail("redis-server does not respond")
        yield url
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture
def url(server: str) -> str:
    import redis

    with redis.Redis.from_url(server) as database:
        database.flushall()
    return server


@pytest.mark.redis
def test_several_machines_send_exactly_what_the_plan_allows(url: str) -> None:
    sent = spent_by_processes(partial(RedisQuota, url, UsagePlan(LIMIT)), LIMIT + 1)
    assert sum(sent) == LIMIT
    assert sum(count > 0 for count in sent) > 1, "else the processes were not at it at the same time"


@pytest.mark.redis
@pytest.mark.parametrize("decode", [True, False])
def test_clients_of_either_kind_share_what_was_spent(url: str, decode: bool) -> None:
    import redis

    with redis.Redis.from_url(url, decode_responses=decode) as database:
        with client(RedisQuota(url, UsagePlan(2))) as first, client(RedisQuota(database, UsagePlan(2))) as second:
            first.search_system_id("1218")
            second.search_system_id("1218")
            for spent in (first, second):
                with pytest.raises(UsageLimitExceededError) as caught:
                    spent.search_system_id("1218")
                assert caught.value.attempts == 0
        assert RedisQuota(database).usage(NOW) == Usage(minute=2, month=2, per_minute=None, per_month=None)


@pytest.mark.redis
def test_namespaces_keep_applications_apart(url: str) -> None:
    with client(RedisQuota(url, namespace="one")) as spender:
        spender.search_system_id("1218")
    assert RedisQuota(url, namespace="one").usage(NOW).minute == 1
    assert RedisQuota(url, namespace="another").usage(NOW).minute == 0


@pytest.mark.redis
def test_the_key_expires_and_holds_nothing_of_the_credentials(url: str) -> None:
    import redis

    with client(RedisQuota(url, "watt"), api_key="an-api-key", user_id="a-user-id") as spender:
        spender.search_system_id("1218")
    with redis.Redis.from_url(url) as database:
        assert database.keys() == [KEY.encode()]
        assert 31 * 86_400 < database.ttl(KEY) <= 40 * 86_400
        content = database.get(KEY)
    assert isinstance(content, bytes)
    assert b"an-api-key" not in content
    assert b"a-user-id" not in content


@pytest.mark.redis
def test_a_ledger_without_the_name_of_an_api_is_read_on(url: str) -> None:
    import redis

    old = {"version": 1, "holds": {}, "spent": [], "months": {"2026-06": 7}, "learned": {}, "block": None}
    with redis.Redis.from_url(url) as database:
        database.set(KEY_WITHOUT_API, json.dumps(old))
        assert RedisQuota(url).usage(NOW).month == 7
        with client(RedisQuota(url)) as spender:
            spender.search_system_id("1218")
        assert RedisQuota(url).usage(NOW).month == 8
        database.delete(KEY_WITHOUT_API)
        assert RedisQuota(url).usage(NOW).month == 8, "it is kept under the new key"
    assert RedisStore(url, "v4").change(lambda ledger: ledger.months) == {}


@pytest.mark.redis
@pytest.mark.parametrize("key", [KEY, KEY_WITHOUT_API])
@pytest.mark.parametrize("content", ["no JSON", "[]", '{"version": 99}'])
def test_a_key_that_is_something_else_is_left_alone(url: str, key: str, content: str) -> None:
    import redis

    with redis.Redis.from_url(url, decode_responses=True) as database:
        database.set(key, content)
        with (
            client(RedisQuota(url)) as helpless,
            pytest.raises(ConfigurationError, match=f"'{key}'.*another namespace"),
        ):
            helpless.search_system_id("1218")
        assert database.get(key) == content


def test_a_redis_that_is_not_there_is_an_error_that_does_not_show_the_password(tmp_path: Path) -> None:
    with client(RedisQuota(f"unix://:secret-password@{tmp_path}/socket", "watt")) as helpless:
        with pytest.raises(ConfigurationError, match="Check that the server runs") as caught:
            helpless.search_system_id("1218")
        assert "secret-password" not in f"{caught.value!r} {helpless!r} {caught.value.__cause__!r}"
        with pytest.raises(ConfigurationError, match="Check that the server runs"):
            _ = helpless.usage


@pytest.mark.parametrize("given", ["localhost:6379", "http://localhost:6379", "", 6379, None, object()])
def test_an_invalid_url_is_an_error(given: Any) -> None:
    with pytest.raises(ConfigurationError, match="redis://"):
        RedisQuota(given, "watt")


def test_without_the_extra_the_error_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "redis", None)
    with pytest.raises(ConfigurationError, match=r"pip install 'enphase-enlighten\[redis\]'"):
        RedisQuota("redis://localhost", "watt")


@pytest.mark.redis
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning", "ignore:unclosed:ResourceWarning")
def test_a_child_of_a_fork_and_a_copy_share_what_was_spent(url: str) -> None:
    quota = RedisQuota(url, UsagePlan(10))
    with client(quota) as ours:
        ours.search_system_id("1218")
        assert in_child(lambda: ours.search_system_id("1218")) == 0
        ours.search_system_id("1218")
    copy = pickle.loads(pickle.dumps(quota))  # noqa: S301 - made above
    assert copy.usage(NOW).minute == 3


@pytest.mark.redis
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning", "ignore:unclosed:ResourceWarning")
@pytest.mark.parametrize("given", ["a URL", "a client"])
def test_a_process_forks_while_its_threads_count_and_every_child_counts_too(url: str, given: str) -> None:
    import redis

    with redis.Redis.from_url(url) as database:
        quota = RedisQuota(url if given == "a URL" else database)
        assert spent_by_children(quota) == quota.usage(time.time()).month


@pytest.mark.redis
@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_a_listing_that_is_cut_off_counts_what_was_sent_and_holds_nothing(url: str, backend: str) -> None:
    def page(number: int) -> bytes:
        return http(json.dumps({"systems": [system(number)], "next": str(number)}).encode())

    async def cut(server: str, quota: RedisQuota, seconds: float) -> None:
        async with AsyncEnlighten("a-key", "a-user", base_url=server, quota=quota) as client:
            with anyio.move_on_after(seconds):
                async for _ in client.systems(page_size=2):
                    pass

    for number in range(15):
        quota = RedisQuota(url, namespace=f"listing {number}")
        with ByteServer(page) as server:
            anyio.run(cut, server.url, quota, number * 0.002, backend=backend)
            deadline = time.monotonic() + 60
            while server.open and time.monotonic() < deadline:
                time.sleep(0.005)
            # One may be lost with its connection.
            assert quota.usage(time.time()).month - len(server.heads) in (0, 1)
            assert quota.usage(time.time() + 120).minute == 0, "a place that is held until its lease ends"


@pytest.mark.redis
def test_a_quota_made_from_a_client_of_redis_says_how_it_could_be_pickled(url: str) -> None:
    import redis

    with redis.Redis.from_url(url) as database, pytest.raises(TypeError, match="URL"):
        pickle.dumps(RedisQuota(database))
