"""The quota of several machines, in a real Redis that the tests start."""

from __future__ import annotations

import multiprocessing
import shutil
import subprocess
import sys
import time
from email.utils import formatdate
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from enphase_enlighten import ConfigurationError, Enlighten, RedisQuota, Usage, UsageLimitExceededError, UsagePlan

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.queues import Queue
    from multiprocessing.synchronize import Barrier
    from pathlib import Path

pytestmark = pytest.mark.lowest

NOW = 1_700_000_040.0
LIMIT = 40


def now() -> float:
    return NOW


def serve(_request: httpx.Request) -> httpx.Response:
    return httpx.Response(200, headers={"Date": formatdate(NOW, usegmt=True)}, json={"system_id": 67})


def client(quota: RedisQuota) -> Enlighten:
    return Enlighten(
        "an-api-key", "a-user-id", quota=quota, clock=now, transport=httpx.MockTransport(serve), max_wait=0
    )


def spend(url: str, together: Barrier, sent: Queue[int]) -> None:
    """Make as many requests as the quota allows, in a process of its own."""
    with client(RedisQuota(url, UsagePlan(LIMIT))) as spender:
        together.wait(60)
        for number in range(LIMIT + 1):
            try:
                spender.search_system_id("1218")
            except UsageLimitExceededError:
                sent.put(number)
                break
            time.sleep(0.005)  # lets the others have their turn, which is what is tested


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
                pytest.fail("redis-server did not begin to answer")
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
    spawn = multiprocessing.get_context("spawn")
    together, queue = spawn.Barrier(4), spawn.Queue()
    processes = [spawn.Process(target=spend, args=(url, together, queue)) for _ in range(4)]
    for process in processes:
        process.start()
    sent = [queue.get(timeout=60) for _ in processes]
    for process in processes:
        process.join()
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

    with client(RedisQuota(url, "watt")) as spender:
        spender.search_system_id("1218")
    with redis.Redis.from_url(url) as database:
        assert database.keys() == [b"enphase-enlighten:quota"]
        assert 31 * 86_400 < database.ttl("enphase-enlighten:quota") <= 40 * 86_400
        content = database.get("enphase-enlighten:quota")
    assert isinstance(content, bytes)
    assert b"an-api-key" not in content
    assert b"a-user-id" not in content


@pytest.mark.redis
@pytest.mark.parametrize("content", ["no JSON", "[]", '{"version": 99}'])
def test_a_key_that_is_something_else_is_left_alone(url: str, content: str) -> None:
    import redis

    with redis.Redis.from_url(url, decode_responses=True) as database:
        database.set("enphase-enlighten:quota", content)
        with client(RedisQuota(url)) as helpless, pytest.raises(ConfigurationError, match="another namespace"):
            helpless.search_system_id("1218")
        assert database.get("enphase-enlighten:quota") == content


def test_a_redis_that_is_not_there_is_an_error_that_does_not_show_the_password(tmp_path: Path) -> None:
    with client(RedisQuota(f"unix://:secret-password@{tmp_path}/socket", "watt")) as helpless:
        with pytest.raises(ConfigurationError, match="Check that the server runs") as caught:
            helpless.search_system_id("1218")
        assert "secret-password" not in f"{caught.value!r} {helpless!r} {caught.value.__cause__!r}"
        with pytest.raises(ConfigurationError, match="Check that the server runs"):
            _ = helpless.usage


@pytest.mark.parametrize("given", ["localhost:6379", "http://localhost:6379", "", 6379, None, object()])
def test_what_is_no_redis_is_refused(given: Any) -> None:
    with pytest.raises(ConfigurationError, match="redis://"):
        RedisQuota(given, "watt")


def test_without_the_extra_the_error_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "redis", None)
    with pytest.raises(ConfigurationError, match=r"pip install 'enphase-enlighten\[redis\]'"):
        RedisQuota("redis://localhost", "watt")
