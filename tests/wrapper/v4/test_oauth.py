"""Logins: from the owner's consent to tokens, and what can be wrong with them."""

from __future__ import annotations

import json
import logging
import pickle
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest

from enphase_enlighten import (
    AuthenticationError,
    AuthorizationExpiredError,
    ConfigurationError,
    InvalidArgumentError,
    InvalidKeyError,
    PermissionMissingError,
)
from enphase_enlighten.v4 import AsyncOAuth, FileTokenStore, OAuth, Token
from tests.support.token_service import BODIES, CLIENT_ID, CLIENT_SECRET, KEY, LIFE, SYSTEM, TokenService
from tests.support.token_users import client_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

STATE = "st4te-of-this-login"


@pytest.fixture
def service() -> Iterator[TokenService]:
    with TokenService() as service:
        yield service


@pytest.fixture
def oauth(service: TokenService) -> OAuth:
    return OAuth(CLIENT_ID, CLIENT_SECRET, redirect_uri="http://127.0.0.1:8400/", base_url=service.base_url)


@pytest.fixture
def store(service: TokenService, tmp_path: Path) -> FileTokenStore:
    store = FileTokenStore(tmp_path / "tokens.json")
    store.save(service.token())
    return store


def body(name: str) -> Any:
    return json.loads((BODIES / f"{name}.json").read_bytes())


def test_the_address_for_the_owner_has_all_but_secrets(oauth: OAuth, service: TokenService) -> None:
    address = urlsplit(oauth.authorization_url(STATE))
    assert f"{address.scheme}://{address.netloc}{address.path}" == f"{service.site}/oauth/authorize"
    assert parse_qs(address.query) == {
        "response_type": ["code"],
        "client_id": [CLIENT_ID],
        "redirect_uri": ["http://127.0.0.1:8400/"],
        "state": [STATE],
    }


def test_a_code_becomes_tokens_that_end_by_the_clock_of_the_service(oauth: OAuth, service: TokenService) -> None:
    service.ahead = 3600
    token = oauth.tokens(f"http://127.0.0.1:8400/?code={service.code}&state={STATE}", state=STATE)
    assert (token.access_token, token.refresh_token) == (service.access, service.refresh)
    assert token.ends_at == pytest.approx(service.now() + LIFE, abs=5)
    assert oauth.refresh(token).access_token == "access-token-2"
    assert service.targets == ["/oauth/token"] * 2  # nothing secret in a URL
    assert [fields["grant_type"] for fields in service.bodies] == ["authorization_code", "refresh_token"]


async def test_an_async_program_logs_in_alike(service: TokenService) -> None:
    oauth = AsyncOAuth(CLIENT_ID, CLIENT_SECRET, base_url=service.base_url)
    assert (await oauth.login("installer@example.com", service.code)).access_token == service.access


@pytest.mark.parametrize(
    ("redirect", "problem"),
    [
        ("http://127.0.0.1:8400/?code=c0de42&state=another", "state"),
        ("http://127.0.0.1:8400/?code=c0de42", "state"),
        (f"http://127.0.0.1:8400/?state={STATE}", "no code"),
        ("", "no text"),
    ],
)
def test_a_redirect_that_is_not_of_this_login_sends_nothing(
    oauth: OAuth, service: TokenService, redirect: str, problem: str
) -> None:
    with pytest.raises(InvalidArgumentError, match=problem) as caught:
        oauth.tokens(redirect, state=STATE)
    assert "c0de42" not in str(caught.value)
    assert service.targets == []


def test_an_owner_who_does_not_agree_is_told_of(oauth: OAuth) -> None:
    with pytest.raises(AuthenticationError, match="has to authorise it") as caught:
        oauth.tokens(f"http://127.0.0.1:8400/?error=access_denied&state={STATE}", state=STATE)
    assert caught.value.reason == "access_denied"


def test_a_code_that_was_used_says_what_to_do(oauth: OAuth, service: TokenService) -> None:
    code = service.code
    oauth.tokens(code)
    with pytest.raises(AuthenticationError, match="can be used once") as caught:
        oauth.tokens(code)
    assert code not in f"{caught.value} {caught.value.body}"
    assert pickle.loads(pickle.dumps(caught.value)).reason == "invalid_grant"  # noqa: S301 - ours


def test_a_wrong_client_secret_is_not_the_end_of_the_authorisation(
    service: TokenService, store: FileTokenStore
) -> None:
    service.a_day_passes()
    other = OAuth(CLIENT_ID, "another-secret", base_url=service.base_url)
    with pytest.raises(AuthenticationError, match="client secret") as caught:
        other.refresh(service.token())
    assert not isinstance(caught.value, AuthorizationExpiredError)
    with client_of(store, service.base_url) as client:
        assert client.summary(SYSTEM).system_id == SYSTEM


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("error_401_access_control", PermissionMissingError),
        ("error_401_key_client_mismatch", InvalidKeyError),
        ("error_401_missing_key", InvalidKeyError),
    ],
)
def test_a_401_that_is_about_the_plan_or_the_key_spends_no_refresh_token(
    service: TokenService, store: FileTokenStore, name: str, error: type[AuthenticationError]
) -> None:
    service.number += 1  # so that nothing is accepted
    service.refusal = 401, body(name)
    with client_of(store, service.base_url) as client, pytest.raises(error):
        client.summary(SYSTEM)
    assert service.bodies == []


def test_tokens_that_are_refused_again_and_again_are_not_refreshed_again_and_again(
    service: TokenService, store: FileTokenStore
) -> None:
    service.read = lambda *_: service.refusal  # type: ignore[method-assign]  # a service that accepts nobody
    with client_of(store, service.base_url) as client:
        for _ in range(5):
            with pytest.raises(AuthenticationError):
                client.summary(SYSTEM)
    assert service.counts["refreshes"] == 1


def test_a_store_that_is_empty_foreign_damaged_or_open_to_others_says_what_to_do(
    service: TokenService, store: FileTokenStore, tmp_path: Path
) -> None:
    def refused(error: type[Exception], match: str, store: FileTokenStore = store) -> None:
        with client_of(store, service.base_url) as client, pytest.raises(error, match=match) as caught:
            client.summary(SYSTEM)
        assert "token-0" not in str(caught.value)

    refused(AuthorizationExpiredError, "no tokens in .* yet. Log in", FileTokenStore(tmp_path / "none.json"))
    store.path.chmod(0o644)
    refused(ConfigurationError, "chmod 600")
    store.save(Token(service.access, service.refresh, client_id="another"))
    refused(ConfigurationError, "another application")
    store.path.write_text(store.path.read_text().replace("access-token-0", "access-token-1"))
    refused(ConfigurationError, "damaged.* Log in again")
    store.save(service.token())
    assert store.path.stat().st_mode & 0o777 == 0o600
    assert service.targets == []


def test_no_secret_shows_in_reprs_pickles_and_logs(
    service: TokenService, oauth: OAuth, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store = FileTokenStore(tmp_path / "tokens.json")
    code = service.code
    with caplog.at_level(logging.DEBUG):
        token = oauth.tokens(code)
        store.save(token)
        service.a_day_passes()
        seen: list[Any] = []
        with client_of(store, service.base_url, observe=seen.append) as client:
            client.summary(SYSTEM)
            shown = f"{token} {token!r} {store!r} {oauth!r} {client!r} {seen} {caplog.text}"
    assert any(exchange.operation == "Token" for exchange in seen)
    for secret in (KEY, CLIENT_SECRET, code, "access-token-1", "refresh-token-1", "access-token-2", "refresh-token-2"):
        assert secret not in shown
    for each in (token, oauth):
        with pytest.raises(TypeError):
            pickle.dumps(each)
