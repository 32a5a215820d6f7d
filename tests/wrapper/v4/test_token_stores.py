"""Tokens and the file that they are kept in: what can be one, where it is, and what is said where it cannot be used."""

from __future__ import annotations

import copy
import json
import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from enphase_enlighten import AuthorizationExpiredError, ConfigurationError
from enphase_enlighten.v4 import AsyncEnlighten, Enlighten, FileTokenStore, RedisTokenStore, Token
from tests.support.processes import in_child
from tests.support.token_service import CLIENT_ID, CLIENT_SECRET, KEY, SYSTEM, TokenService
from tests.support.token_users import client_of
from tests.support.v4_service import ACCESS_TOKEN, API_KEY, V4Service

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.clients import Kind

SECRET = "s3cr3t-token"
PAIR = Token(SECRET, f"{SECRET}-2", ends_at=1_790_000_000)


@pytest.fixture
def service() -> Iterator[TokenService]:
    with TokenService() as service:
        yield service


@pytest.mark.parametrize(
    "text", ["", f"{SECRET} ", f"{SECRET}\n", f"{SECRET}\u2028", f"{SECRET}é", b"s3cr3t-token", None]
)
@pytest.mark.parametrize("name", ["access_token", "refresh_token"])
def test_a_text_that_cannot_be_a_token_is_not_shown(name: str, text: Any) -> None:
    if name == "refresh_token" and text == "":
        assert Token(SECRET, text).refresh_token == ""  # as where there is none
        return
    with pytest.raises(ConfigurationError, match=f"{name} is empty, has white space in it.* copy it again") as caught:
        Token(**{"access_token": SECRET, name: text})
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize(
    ("ends_at", "problem"),
    [
        (datetime(2026, 9, 21), "no timezone. Give an aware datetime"),  # noqa: DTZ001 - this is what is wrong with it
        (float("nan"), "no time"),
        (float("inf"), "no time"),
        (True, "no time"),
        ("2026-09-21", "no time. Give an aware datetime, or epoch seconds"),
    ],
)
def test_a_time_that_is_none_is_said(ends_at: Any, problem: str) -> None:
    with pytest.raises(ConfigurationError, match=f"ends_at.* {problem}"):
        Token(SECRET, ends_at=ends_at)
    assert Token(SECRET, ends_at=datetime.fromtimestamp(1_790_000_000, UTC)).ends_at == 1_790_000_000


def test_copies_of_tokens_are_the_tokens() -> None:
    assert copy.copy(PAIR) == copy.deepcopy([PAIR])[0] == PAIR


@pytest.mark.parametrize("path", ["a\0b", 5, None, "~nobody-of-that-name/tokens.json", "a\ud800"])
def test_a_path_that_no_file_can_have_is_said_at_once(path: Any) -> None:
    with pytest.raises(ConfigurationError, match=r"No file can have the path .*Give that of a file on a local disk"):
        FileTokenStore(path)


@pytest.mark.parametrize("where", ["below a file", "a folder"])
def test_a_place_that_cannot_hold_the_file_is_said_with_what_to_do(tmp_path: Path, where: str) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir(mode=0o700)
    store = FileTokenStore(tmp_path / ("file/tokens.json" if where == "below a file" else "folder"))
    for use, problem in ((store.load, "cannot be read"), (lambda: store.save(PAIR), "cannot be written")):
        with pytest.raises(ConfigurationError, match=rf"The token file '.*' {problem}: .*\. Give the path") as caught:
            use()
        assert SECRET not in str(caught.value)


def test_tokens_of_a_place_that_cannot_be_written_are_not_spent(service: TokenService, tmp_path: Path) -> None:
    store = FileTokenStore(tmp_path / "tokens.json")
    store.save(service.token())
    store.path.with_name("tokens.json.lock").unlink()
    store.path.with_name("tokens.json.lock").mkdir()
    service.a_day_passes()
    with client_of(store, service.base_url) as client, pytest.raises(ConfigurationError, match="cannot be written"):
        client.summary(SYSTEM)
    assert service.counts["refreshes"] == 0


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"\xff",
        b"[" * 100_000,
        json.dumps({"access_token": SECRET}).encode(),
        PAIR.to_json().replace('"version": 1', '"version": 2').encode(),
        PAIR.to_json().replace("1790000000", "1890000000").encode(),
        PAIR.to_json()[:-20].encode(),
    ],
)
def test_a_damaged_or_foreign_file_is_left_as_it_is_and_nothing_of_it_is_shown(tmp_path: Path, content: bytes) -> None:
    store = FileTokenStore(tmp_path / "tokens.json")
    store.path.write_bytes(content)
    store.path.chmod(0o600)
    with pytest.raises(ConfigurationError, match=r"damaged, or was not written by .* Log in again") as caught:
        store.load()
    assert SECRET not in str(caught.value)
    assert caught.value.__cause__ is caught.value.__context__ is None
    assert store.path.read_bytes() == content
    store.save(PAIR)
    assert store.load() == PAIR


def test_a_new_login_is_saved_once_another_turn_has_ended(tmp_path: Path) -> None:
    store = FileTokenStore(tmp_path / "tokens.json")
    turn = store.turn()
    assert turn is not None
    assert FileTokenStore(store.path).turn() is None
    saving = threading.Thread(target=FileTokenStore(store.path).save, args=(PAIR,))
    saving.start()
    saving.join(0.2)
    assert store.load() is None
    turn.withdraw()  # nothing was announced
    turn.end()
    saving.join(60)
    assert store.load() == PAIR


def test_a_note_that_was_cut_off_is_that_of_a_process_that_nobody_knows(service: TokenService, tmp_path: Path) -> None:
    store = FileTokenStore(tmp_path / "tokens.json")
    store.save(service.token())
    store.path.with_name("tokens.json.new").write_bytes(b'{"refreshes": "')
    service.a_day_passes()
    service.number += 1  # whoever ended there has spent the refresh token
    with (
        client_of(store, service.base_url) as client,
        pytest.raises(
            AuthorizationExpiredError, match=r"Log in again.* ended before it had saved the new ones"
        ) as caught,
    ):
        client.summary(SYSTEM)
    assert "Process 0" not in str(caught.value)


@pytest.mark.parametrize("asked_of", ["argument", "environment", "nothing"])
def test_by_default_the_tokens_are_where_the_state_of_a_profile_is(
    service: TokenService, kind: Kind, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked_of: str
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    options = {"base_url": service.base_url, "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}
    name = "default" if asked_of == "nothing" else "my home/1"
    if name != "default":
        profile = tmp_path / "config" / "enphase-enlighten" / "config.toml"
        profile.parent.mkdir(parents=True)
        profile.write_text(f'["{name}"]\nplan = "watt"\n')
        profile.chmod(0o600)
    if asked_of == "argument":
        options["profile"] = name
    elif asked_of == "environment":
        monkeypatch.setenv("ENLIGHTEN_PROFILE", name)
    with (
        kind.make(KEY, of=(Enlighten, AsyncEnlighten), **options) as client,
        pytest.raises(AuthorizationExpiredError, match=r"no tokens in .* yet. Log in") as caught,
    ):
        client.summary(SYSTEM)
    file = "tokens-default.json" if name == "default" else "tokens-my%20home%2F1.json"
    place = tmp_path / "state" / "enphase-enlighten" / file
    assert str(place) in str(caught.value)
    FileTokenStore(place).save(service.token())
    with kind.make(KEY, of=(Enlighten, AsyncEnlighten), **options) as client:
        assert client.summary(SYSTEM).system_id == SYSTEM


REAL, SIMULATED = Token("eyJhbGciOiJSUzI1NiJ9.real", "real-refresh"), Token(ACCESS_TOKEN, "simulated-refresh")
FAR = "http://simulator.example/api/v4"
"""Beyond loopback, and in clear."""


def test_simulated_credentials_may_travel_in_clear(kind: Kind, tmp_path: Path) -> None:
    store = FileTokenStore(tmp_path / "tokens.json")
    store.save(SIMULATED)
    for tokens in (ACCESS_TOKEN, SIMULATED, store):
        service = V4Service()
        secret = {"client_id": "simulated-id", "client_secret": "simulated-secret"}
        with service.made(kind, tokens=tokens, base_url=FAR, **secret) as client:
            client.summary(SYSTEM)
        assert service.sent[0].url.host == "simulator.example"


@pytest.mark.parametrize("what", ["api_key", "client_secret", "access token", "pair"])
def test_a_real_credential_is_refused_in_clear_before_anything_is_sent(kind: Kind, what: str) -> None:
    service = V4Service()
    tokens: Any = {"access token": REAL.access_token, "pair": REAL}.get(what, SIMULATED)
    options = {"api_key": API_KEY, "client_id": "simulated-id", "client_secret": "simulated-secret", "tokens": tokens}
    if what in options:
        options[what] = SECRET
    with pytest.raises(
        ConfigurationError, match=r"over http the credentials would travel in clear. Use https"
    ) as caught:
        service.made(kind, base_url=FAR, **options)
    assert not [each for each in (SECRET, REAL.access_token, REAL.refresh_token) if each in str(caught.value)]
    assert service.sent == []


@pytest.mark.parametrize("base_url", [FAR, None])
def test_real_tokens_of_a_store_are_not_sent_with_a_simulated_key(
    kind: Kind, tmp_path: Path, base_url: str | None
) -> None:
    service, store = V4Service(), FileTokenStore(tmp_path / "tokens.json")
    store.save(REAL)
    secret = {"client_id": "simulated-id", "client_secret": "simulated-secret"}
    with (
        service.made(kind, tokens=store, base_url=base_url, **secret) as client,
        pytest.raises(ConfigurationError, match=r"not those of a simulated API.* Give another token store") as caught,
    ):
        client.summary(SYSTEM)
    assert REAL.access_token not in str(caught.value)
    assert service.sent == []


@pytest.mark.parametrize("tokens", [5, object(), b"simulated", {"access_token": SECRET}])
def test_what_is_no_store_is_said_by_its_kind(kind: Kind, tokens: Any) -> None:
    said = f"tokens is a {type(tokens).__name__}: give a token store, a Token, or an access token"
    with pytest.raises(ConfigurationError, match=said) as caught:
        V4Service().made(kind, tokens=tokens, client_id="simulated-id", client_secret="simulated-secret")
    assert SECRET not in str(caught.value)


def test_a_child_that_ends_a_turn_leaves_it_to_its_parent(service: TokenService, tmp_path: Path) -> None:
    store = FileTokenStore(tmp_path / "tokens.json")
    store.save(service.token())
    service.a_day_passes()
    turn = store.turn()
    assert turn is not None
    assert turn.announce(service.token()) == ""
    # The child closes what it inherits, and leaves the turn to its parent.
    assert in_child(turn.end) == 0
    assert FileTokenStore(store.path).turn() is None
    turn.withdraw()
    turn.end()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["tokens.json", "tokens.json.lock"]
    with client_of(store, service.base_url) as client:
        assert client.summary(SYSTEM).system_id == SYSTEM


@pytest.mark.parametrize("given", ["localhost:6379", "http://localhost:6379", "", 6379, None, object()])
def test_what_is_no_redis_is_said(given: Any) -> None:
    with pytest.raises(ConfigurationError, match="such as 'redis://host:6379/0'"):
        RedisTokenStore(given)
