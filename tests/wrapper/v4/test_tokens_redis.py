"""The tokens of several machines, in a real Redis that the tests start."""

from __future__ import annotations

import pickle
import re
import threading
from typing import TYPE_CHECKING, Any

import pytest
import redis

from enphase_enlighten import AuthorizationExpiredError, ConfigurationError, ConnectionFailedError, ServerError
from enphase_enlighten.v4 import RedisTokenStore, Token
from tests.support.redis_server import redis_server
from tests.support.token_service import SYSTEM, TokenService
from tests.support.token_users import client_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PAIR = Token("s3cr3t-access", "s3cr3t-refresh", ends_at=1_790_000_000)
NEXT = Token("s3cr3t-access-2", "s3cr3t-refresh-2", ends_at=1_790_086_400)
TURN, TOKENS, NOTE = (f"enphase-enlighten:oauth:{name}" for name in ("turn", "tokens", "refreshes"))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with redis_server(tmp_path_factory.mktemp("redis")) as url:
        yield url


@pytest.fixture
def database(server: str) -> Iterator[redis.Redis]:
    with redis.Redis.from_url(server) as database:
        database.flushall()
        yield database


@pytest.fixture
def store(server: str, database: redis.Redis) -> RedisTokenStore:
    assert database.ping()
    return RedisTokenStore(server)


@pytest.mark.redis
@pytest.mark.parametrize("decode", [True, False])
def test_a_client_of_redis_and_a_url_are_one_place(server: str, store: RedisTokenStore, decode: bool) -> None:
    with redis.Redis.from_url(server, decode_responses=decode) as client:
        other = RedisTokenStore(client)
        assert other.load() is None
        store.save(PAIR)
        assert other.load() == PAIR
        turn = other.turn()
        assert turn is not None
        assert turn.announce(PAIR) == ""
        assert re.search(r"A machine that refreshed the tokens at \d{4}-.* UTC did not save", turn.announce(PAIR))
        turn.save(NEXT)
        turn.end()
        assert store.load() == NEXT
        with pytest.raises(TypeError, match=r"given a client cannot be pickled. Give it a URL"):
            pickle.dumps(other)
    copy = pickle.loads(pickle.dumps(store))  # noqa: S301 - made above
    assert copy.load() == NEXT
    assert "s3cr3t" not in f"{store!r} {other!r}"


@pytest.mark.redis
def test_namespaces_keep_logins_apart(server: str, store: RedisTokenStore) -> None:
    store.save(PAIR)
    assert RedisTokenStore(server, namespace="another").load() is None


@pytest.mark.redis
@pytest.mark.parametrize("content", ["", "no JSON s3cr3t", "[]", PAIR.to_json().replace("1790000000", "1890000000")])
def test_a_damaged_or_foreign_key_is_left_alone_until_a_new_login(
    store: RedisTokenStore, database: redis.Redis, content: str
) -> None:
    database.set(TOKENS, content)
    with pytest.raises(ConfigurationError, match=f"The key '{TOKENS}' in Redis is damaged.* namespace") as caught:
        store.load()
    assert "s3cr3t" not in str(caught.value)
    assert database.get(TOKENS) == content.encode()
    store.save(PAIR)
    assert store.load() == PAIR


@pytest.mark.redis
def test_a_new_login_is_saved_once_another_turn_has_ended(store: RedisTokenStore, server: str) -> None:
    turn = store.turn()
    assert turn is not None
    assert RedisTokenStore(server).turn() is None
    saving = threading.Thread(target=store.save, args=(PAIR,))
    saving.start()
    saving.join(0.2)
    assert store.load() is None
    turn.end()
    saving.join(60)
    assert store.load() == PAIR


@pytest.mark.redis
def test_what_is_saved_after_a_lease_has_ended_takes_nobodys_place(
    store: RedisTokenStore, database: redis.Redis
) -> None:
    store.save(PAIR)
    late = store.turn()
    assert late is not None
    late.announce(PAIR)
    left = database.pttl(TURN)
    assert isinstance(left, int)
    assert 0 < left <= 180_000
    assert database.pexpire(TURN, 1)  # the lease ends now, and not in three minutes
    until = threading.Event()
    while (turn := store.turn()) is None:
        until.wait(0.005)
    turn.announce(PAIR)
    turn.save(NEXT)
    late.save(Token("s3cr3t-late", "s3cr3t-late-refresh"))
    assert store.load() == NEXT
    late.end()
    assert store.turn() is None, "the turn is that of the other one"
    turn.end()


@pytest.mark.redis
def test_a_machine_that_is_gone_leaves_the_reason(store: RedisTokenStore, database: redis.Redis) -> None:
    with TokenService() as service:
        store.save(service.token())
        gone = store.turn()
        assert gone is not None
        gone.announce(service.token())
        database.delete(TURN)  # as its lease does by itself
        service.a_day_passes()
        service.number += 1  # it has spent the refresh token
        with (
            client_of(store, service.base_url) as client,
            pytest.raises(AuthorizationExpiredError, match=r"Log in again.* A machine that refreshed the tokens at"),
        ):
            client.summary(SYSTEM)
        store.save(service.token())
        with client_of(store, service.base_url) as client:
            assert client.summary(SYSTEM).system_id == SYSTEM
    assert database.exists(TURN, NOTE) == 0


@pytest.mark.redis
def test_an_announcement_that_is_withdrawn_is_forgotten(store: RedisTokenStore, database: redis.Redis) -> None:
    turn = store.turn()
    assert turn is not None
    turn.announce(PAIR)
    note = database.get(NOTE)
    assert isinstance(note, bytes)
    assert b"s3cr3t" not in note
    turn.withdraw()
    assert turn.announce(PAIR) == ""
    turn.end()


@pytest.mark.redis
def test_a_redis_that_cannot_be_written_is_said_before_the_refresh_token_is_spent(
    store: RedisTokenStore, database: redis.Redis
) -> None:
    with TokenService() as service:
        store.save(service.token())
        service.a_day_passes()
        database.replicaof("127.0.0.1", "1")  # a replica is read-only
        try:
            with (
                client_of(store, service.base_url) as client,
                pytest.raises(ConfigurationError, match=r"cannot be used \(ReadOnlyError\). Check that the server"),
            ):
                client.summary(SYSTEM)
        finally:
            database.replicaof("NO", "ONE")
        assert service.counts["refreshes"] == 0


def test_a_redis_that_is_not_there_is_said_without_its_password(tmp_path: Path) -> None:
    store = RedisTokenStore(f"unix://:s3cr3t@{tmp_path}/socket")
    for use in (store.load, store.turn, lambda: store.save(PAIR)):
        with pytest.raises(ConfigurationError, match="Check that the server runs and may be written to") as caught:
            use()
        assert "s3cr3t" not in f"{caught.value!r} {store!r} {caught.value.__cause__!r}"


@pytest.mark.redis
def test_a_lease_is_extended_before_the_second_token_request(store: RedisTokenStore, database: redis.Redis) -> None:
    left: list[int] = []

    def lost_once(give: Callable[[], tuple[int, Any]]) -> tuple[int, Any] | None:
        left.append(database.pttl(TURN))
        database.pexpire(TURN, 60_000)
        return give() if len(left) > 1 else None

    with TokenService() as service:
        store.save(service.token())
        service.a_day_passes()
        service.answer = lost_once
        with client_of(store, service.base_url) as client:
            assert client.summary(SYSTEM).system_id == SYSTEM
        assert store.load().refresh_token == service.refresh  # type: ignore[union-attr]  # it is there
    assert len(left) == 2
    assert min(left) > 120_000


@pytest.mark.redis
@pytest.mark.parametrize("how", ["lost", "down"])
@pytest.mark.parametrize("renewed", [True, False])
def test_a_token_is_not_sent_again_when_another_machine_has_the_turn(
    store: RedisTokenStore, database: redis.Redis, how: str, renewed: bool
) -> None:
    with TokenService() as service:
        store.save(service.token())
        service.a_day_passes()

        def overtaken(give: Callable[[], tuple[int, Any]]) -> tuple[int, Any] | None:
            database.set(TURN, "another machine")
            if renewed:
                give()
                database.set(TOKENS, service.token().to_json())
            return None if how == "lost" else (503, {})

        service.answer = overtaken
        with client_of(store, service.base_url) as client:
            if renewed:
                assert client.summary(SYSTEM).system_id == SYSTEM
            else:
                with pytest.raises((ConnectionFailedError, ServerError)):
                    client.summary(SYSTEM)
        assert len(service.bodies) == int(renewed)
        assert service.targets.count("/oauth/token") == 1
    assert database.get(TURN) == b"another machine"
