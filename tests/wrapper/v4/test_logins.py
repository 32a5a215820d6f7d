"""Logins with either kind of `OAuth`: where its settings come from, and what is said where a login fails."""

from __future__ import annotations

import traceback
from base64 import b64encode
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import httpx
import pytest

from enphase_enlighten import (
    AuthenticationError,
    AuthorizationExpiredError,
    ConfigurationError,
    ConnectionFailedError,
    InvalidArgumentError,
    InvalidResponseError,
    UsageLimitExceededError,
)
from enphase_enlighten.v4 import AsyncOAuth, OAuth, Token

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.clients import Kind

CLIENT_ID, CLIENT_SECRET, CODE, PASSWORD = "an-id", "s3cr3t-of-the-app", "s3cr3t-code", "s3cr3t-password"
PAIR = {"access_token": "s3cr3t-access", "refresh_token": "s3cr3t-refresh", "token_type": "bearer", "expires_in": 60}
HOME = "http://127.0.0.1:8400/"

Outcome = tuple[int, Any]


class Logins:
    """The service of logins, in the process of its clients.

    Attributes:
        sent: The requests that it got.
        outcome: The status and body of its responses, or what is raised in their place.
    """

    def __init__(self) -> None:
        self.sent: list[httpx.Request] = []
        self.outcome: Outcome | Exception = 200, PAIR

    def handle(self, request: httpx.Request) -> httpx.Response:
        self.sent.append(request)
        if isinstance(self.outcome, Exception):
            raise self.outcome
        status, body = self.outcome
        return httpx.Response(status, json=body)

    def oauth(self, kind: Kind, *args: str, **options: Any) -> Any:
        of: Any = (OAuth, AsyncOAuth)[kind.is_async]
        return of(*args, transport=httpx.MockTransport(self.handle), **options)


@pytest.fixture
def logins() -> Logins:
    return Logins()


@pytest.fixture
def ask(kind: Kind, logins: Logins) -> Callable[..., Any]:
    """Calls a method of an `OAuth`, which is made with good settings."""

    def asked(method: str, *args: Any, **options: Any) -> Any:
        return kind.settled(getattr(logins.oauth(kind, CLIENT_ID, CLIENT_SECRET), method)(*args, **options))

    return asked


def assert_unseen(error: BaseException) -> None:
    """Check that no secret is in an error, nor in the lines of its traceback."""
    assert "s3cr3t" not in f"{error!r} {vars(error)} {''.join(traceback.format_exception_only(error))}"


@pytest.fixture
def profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file with a profile `home`, which has other settings than the environment."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    file = tmp_path / "enphase-enlighten" / "config.toml"
    file.parent.mkdir()
    file.touch(mode=0o600)
    file.write_text(
        '[home]\nclient_id = "id-of-home"\nclient_secret = "s3cr3t-of-home"\n'
        'base_url = "https://home.example/api/v4"\napi_key = "s3cr3t-key"\nplan = "watt"\n'
    )


@pytest.mark.usefixtures("profile")
def test_the_settings_come_from_arguments_the_environment_or_a_profile(
    kind: Kind, logins: Logins, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENLIGHTEN_CLIENT_ID", "id-of-environment")
    monkeypatch.setenv("ENLIGHTEN_CLIENT_SECRET", "s3cr3t-of-environment")
    monkeypatch.setenv("ENLIGHTEN_BASE_URL", "https://environment.example/api/v4/")
    made = {
        "environment": logins.oauth(kind),
        "home": logins.oauth(kind, profile="home"),
        "argument": logins.oauth(
            kind, "id-of-argument", "s3cr3t-of-argument", base_url="https://argument.example/api/v4"
        ),
    }
    for name, oauth in made.items():
        assert oauth.authorization_url().startswith(
            f"https://{name}.example/oauth/authorize?response_type=code&client_id=id-of-{name}&"
        )
        assert "state" not in oauth.authorization_url()
        assert "s3cr3t" not in repr(oauth)
        kind.settled(oauth.tokens(CODE))
        request = logins.sent.pop()
        assert (request.url.host, request.url.path) == (f"{name}.example", "/oauth/token")
        login = b64encode(f"id-of-{name}:s3cr3t-of-{name}".encode()).decode()
        assert request.headers["Authorization"] == f"Basic {login}"


def test_the_live_service_is_the_default(kind: Kind, logins: Logins) -> None:
    url = logins.oauth(kind, CLIENT_ID, CLIENT_SECRET).authorization_url("a state")
    assert url.startswith("https://api.enphaseenergy.com/oauth/authorize?")
    assert parse_qs(url.partition("?")[2])["redirect_uri"] == ["https://api.enphaseenergy.com/oauth/redirect_uri"]


@pytest.mark.parametrize(
    ("args", "options", "said"),
    [
        ((), {}, r"No client_id. Give both in one of three ways.*ENLIGHTEN_CLIENT_ID"),
        ((CLIENT_ID,), {}, r"No client_secret. Give both"),
        ((CLIENT_ID, f"{CLIENT_SECRET} "), {}, "white space"),
        ((CLIENT_ID, f"'{CLIENT_SECRET}'"), {}, "quotes"),
        ((CLIENT_ID, CLIENT_SECRET), {"base_url": "http://far.example/api/v4"}, "travel in clear. Use https"),
        ((CLIENT_ID, CLIENT_SECRET), {"base_url": "https://u:s3cr3t@far.example/api/v4"}, "a user in it"),
        ((CLIENT_ID, CLIENT_SECRET), {"base_url": 5}, "base_url"),
        ((), {"profile": "away"}, "No profile 'away'"),
    ],
)
@pytest.mark.usefixtures("profile")
def test_a_setting_that_is_missing_or_cannot_be_used_is_said(
    kind: Kind, logins: Logins, args: Any, options: Any, said: str
) -> None:
    with pytest.raises(ConfigurationError, match=said) as caught:
        logins.oauth(kind, *args, **options)
    assert_unseen(caught.value)
    assert logins.sent == []


def test_an_application_that_is_no_partners_gets_no_tokens_for_a_password(
    ask: Callable[..., Any], logins: Logins
) -> None:
    logins.outcome = 401, {"error": "unauthorized_client", "error_description": f"Not for {PASSWORD}"}
    with pytest.raises(AuthenticationError, match="unauthorized_client") as caught:
        ask("login", "installer@example.com", PASSWORD)
    assert_unseen(caught.value)
    logins.outcome = 400, {"error": "invalid_grant", "error_description": "Bad credentials"}
    with pytest.raises(
        AuthenticationError, match=r"Check username and password; .* for partners' applications"
    ) as caught:
        ask("login", "installer@example.com", PASSWORD)
    assert_unseen(caught.value)
    fields = {name: values[0] for name, values in parse_qs(logins.sent[-1].content.decode()).items()}
    assert fields == {"grant_type": "password", "username": "installer@example.com", "password": PASSWORD}


@pytest.mark.parametrize(
    ("username", "password", "argument"),
    [("", PASSWORD, "username"), (None, PASSWORD, "username"), ("one", "", "password"), ("one", 5, "password")],
)
def test_a_login_without_name_or_password_sends_nothing(
    ask: Callable[..., Any], logins: Logins, username: Any, password: Any, argument: str
) -> None:
    with pytest.raises(
        InvalidArgumentError, match=f"{argument} is empty, or no text: give the Enlighten login"
    ) as caught:
        ask("login", username, password)
    assert caught.value.argument == argument
    assert_unseen(caught.value)
    assert logins.sent == []


def test_a_code_is_given_alone_or_in_the_address(ask: Callable[..., Any], logins: Logins) -> None:
    for redirect, state in (
        (f" {CODE}\n", None),
        (f"{HOME}?code={CODE}&state=its", "its"),
        (f"{HOME}?code={CODE}", None),
    ):
        assert ask("tokens", redirect, state=state).access_token == PAIR["access_token"]
        assert parse_qs(logins.sent.pop().content.decode())["code"] == [CODE]


@pytest.mark.parametrize(
    ("redirect", "state", "problem"),
    [
        (f"{HOME}?code={CODE}&state=s3cr3t-other", "its", "state is not that of this login.* begin the login again"),
        (f"{HOME}?code={CODE}&state=s3cr3t-other", None, "give the state= that the owner was sent with"),
        (f"{HOME}?code={CODE}", "its", "state is not that of this login"),
        (f"{HOME}?code=&state=its", "its", "no code is in it"),
        (b"s3cr3t", None, "no text"),
        ("  ", None, "no text"),
    ],
)
def test_an_address_that_is_not_of_this_login_sends_nothing(
    ask: Callable[..., Any], logins: Logins, redirect: Any, state: str | None, problem: str
) -> None:
    with pytest.raises(InvalidArgumentError, match=problem) as caught:
        ask("tokens", redirect, state=state)
    assert caught.value.argument == "redirect"
    assert_unseen(caught.value)
    assert logins.sent == []


def test_a_code_that_was_used_is_said_to_work_once(ask: Callable[..., Any], logins: Logins) -> None:
    logins.outcome = 400, {"error": "invalid_grant", "error_description": f"Invalid authorization code: {CODE}"}
    with pytest.raises(AuthenticationError, match=r"A code can be used once.* send the owner to the auth") as caught:
        ask("tokens", CODE)
    assert not isinstance(caught.value, AuthorizationExpiredError)
    assert_unseen(caught.value)
    assert len(logins.sent) == 1


def test_tokens_are_refreshed_by_hand(ask: Callable[..., Any], logins: Logins) -> None:
    old = Token("s3cr3t-old", "s3cr3t-old-refresh")
    logins.outcome = 200, {name: value for name, value in PAIR.items() if name != "refresh_token"}
    renewed = ask("refresh", old)
    assert (renewed.access_token, renewed.refresh_token) == (PAIR["access_token"], "s3cr3t-old-refresh")
    logins.outcome = 401, {"error": "invalid_token", "error_description": "Dead: s3cr3t-old-refresh"}
    with pytest.raises(AuthorizationExpiredError, match="Log in again") as caught:
        ask("refresh", old)
    assert_unseen(caught.value)
    sent = len(logins.sent)
    with pytest.raises(InvalidArgumentError, match="no refresh token in it: log in again"):
        ask("refresh", Token("s3cr3t-old"))
    assert len(logins.sent) == sent


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ({}, "no access token"),
        ([], "no access token"),
        ({**PAIR, "access_token": 5}, "no access token"),
        ({**PAIR, "access_token": "s3cr3t of two words"}, "no access token"),
        ({**PAIR, "token_type": "mac"}, "a kind other than bearer"),
    ],
)
def test_a_response_without_tokens_is_said_without_what_is_in_it(
    ask: Callable[..., Any], logins: Logins, body: Any, problem: str
) -> None:
    logins.outcome = 200, body
    with pytest.raises(InvalidResponseError, match=problem) as caught:
        ask("tokens", CODE)
    assert_unseen(caught.value)


@pytest.mark.parametrize(("life", "known"), [("60", True), (60, True), ("soon", False), (None, False), (-1, False)])
def test_the_end_of_a_token_is_known_where_the_service_says_it(
    ask: Callable[..., Any], logins: Logins, life: Any, known: bool
) -> None:
    logins.outcome = 200, {**PAIR, "expires_in": life}
    token = ask("tokens", CODE)
    assert (token.ends_at == token.issued_at + 60) if known else token.ends_at is None


def test_a_login_without_a_response_is_tried_once(ask: Callable[..., Any], logins: Logins) -> None:
    logins.outcome = httpx.ConnectError(f"nobody there for {CODE}")
    with pytest.raises(ConnectionFailedError) as caught:
        ask("tokens", CODE)
    assert_unseen(caught.value)
    assert caught.value.operation == "Token"
    assert len(logins.sent) == 1


def test_a_login_is_limited_like_other_requests(ask: Callable[..., Any], logins: Logins) -> None:
    logins.outcome = 429, {"reason": "429", "message": ["Too Many Requests"]}
    with pytest.raises(UsageLimitExceededError):
        ask("tokens", CODE)
    assert len(logins.sent) == 1


def test_real_tokens_are_not_refreshed_with_a_simulated_application(kind: Kind, logins: Logins) -> None:
    oauth = logins.oauth(kind, "simulated-id", "simulated-secret", base_url="http://simulator.example/api/v4")
    pair = {"access_token": "simulated-access", "refresh_token": "simulated-refresh"}
    logins.outcome = 200, pair
    assert (
        kind.settled(oauth.refresh(Token("simulated-access", "simulated-refresh"))).access_token == "simulated-access"
    )
    with pytest.raises(ConfigurationError, match="not those of a simulated API") as caught:
        kind.settled(oauth.refresh(Token("s3cr3t-real", "s3cr3t-refresh")))
    assert_unseen(caught.value)
    assert len(logins.sent) == 1
