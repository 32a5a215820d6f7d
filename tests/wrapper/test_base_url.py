"""Where requests, and with them the credentials, may go."""

from __future__ import annotations

import re
from typing import Any

import httpx
import pytest

from enlighten_mock import SettableClock, SimulatedAPI
from enlighten_mock.serving import served
from enlighten_mock.v2.enlighten import API_KEY, USER_ID
from enphase_enlighten import AsyncEnlighten, ConfigurationError, Enlighten
from tests.support.service import StubService
from tests.support.v2_calls import NOW


def asked(base_url: Any) -> httpx.URL:
    """Where a request goes."""
    service = StubService()
    with service.client(base_url=base_url) as client:
        client.search_system_id("1")
    return service.sent[0].url.copy_with(query=None)


@pytest.mark.parametrize(
    ("base_url", "expected"),
    [
        (None, "https://api.enphaseenergy.com/api/v2"),
        ("https://api.example/v2", "https://api.example/v2"),
        ("https://api.example/v2/", "https://api.example/v2"),
        ("https://api.example:8443", "https://api.example:8443"),
        ("HTTPS://API.example/V2", "https://api.example/V2"),
        ("https://bücher.example", "https://bücher.example"),
        ("https://xn--bcher-kva.example", "https://xn--bcher-kva.example"),
        ("https://10.0.0.1/v2", "https://10.0.0.1/v2"),
        ("http://localhost:8080", "http://localhost:8080"),
        ("http://LOCALHOST", "http://localhost"),
        ("http://127.0.0.1:8080/api/v2", "http://127.0.0.1:8080/api/v2"),
        ("http://127.1.2.3", "http://127.1.2.3"),
        ("http://[::1]:8080", "http://[::1]:8080"),
    ],
)
def test_https_goes_anywhere_and_http_to_loopback(base_url: str | None, expected: str) -> None:
    assert asked(base_url) == httpx.URL(f"{expected}/systems/search_system_id")


@pytest.mark.parametrize(
    "base_url",
    [
        "http://api.enphaseenergy.com/api/v2",
        "http://localhost.evil.com",
        "http://evil.localhost",
        "http://localhost.",
        "http://127.0.0.1.evil.com",
        "http://127.1",
        "http://2130706433",
        "http://0x7f.0.0.1",
        "http://0.0.0.0",
        "http://[::]",
        "http://[::2]",
        "http://10.0.0.1",
        "http://192.168.0.1",
        "http://169.254.169.254",
    ],
)
def test_http_beyond_loopback_is_an_error(base_url: str) -> None:
    with pytest.raises(ConfigurationError, match=re.escape(repr(base_url))):
        asked(base_url)


@pytest.mark.parametrize(
    "base_url",
    [
        "https://key-of-mine@api.example",
        "https://user:key-of-mine@api.example",
        "http://127.0.0.1@key-of-mine.com",
        "http://localhost:80@key-of-mine.com",
        "http://localhost\\@key-of-mine.com",
        "http://key-of-mine.com#@localhost",
        "http://key-of-mine.com?@localhost",
        "https://@key-of-mine",
        "https://api.example/?key=key-of-mine",
        "https://api.example/#key-of-mine",
        "https://key-of-mine@[broken",
        b"https://key-of-mine.example",
        42,
    ],
)
def test_the_error_of_what_may_have_a_secret_in_it_does_not_show_it(base_url: Any) -> None:
    with pytest.raises(ConfigurationError, match=r"https://api\.enphaseenergy\.com/api/v2") as caught:
        asked(base_url)
    assert "key-of-mine" not in str(caught.value)


@pytest.mark.parametrize(
    "base_url",
    [
        "",
        "api.example",
        "//api.example",
        "/api/v2",
        "https://",
        "https:///api/v2",
        "https:api.example",
        "ftp://api.example",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https://[::1",
        "https://api.example:port",
        "https://api.example:99999",
        "https://exa mple",
        "http://local\thost",
        "http://evil.com\\.localhost",
        "http://localhost%00.evil.com",
        "http://①②⑦.0.0.1",
    ],
)
def test_an_invalid_web_address_is_an_error(base_url: str) -> None:
    with pytest.raises(ConfigurationError, match=r"Give one such as|Use https"):
        asked(base_url)


@pytest.mark.parametrize("make", [Enlighten, AsyncEnlighten])
def test_the_message_names_where_it_was_given(make: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ConfigurationError, match=r"^base_url='http://x'"):
        make("key", "user", base_url="http://x")
    monkeypatch.setenv("ENLIGHTEN_BASE_URL", "http://x")
    with pytest.raises(ConfigurationError, match=r"^ENLIGHTEN_BASE_URL='http://x'"):
        make("key", "user")


ELSEWHERE = [
    "http://mock:8000/api/v2",
    "http://host.docker.internal:8000/api/v2",
    "http://0.0.0.0:1",
    "http://10.0.0.1",
]


@pytest.mark.parametrize("base_url", ELSEWHERE)
@pytest.mark.parametrize("user_id", [USER_ID, "simulated-owner", f"{USER_ID}32"])
def test_http_goes_anywhere_with_the_credentials_of_a_simulated_api(base_url: str, user_id: str) -> None:
    service = StubService()
    with Enlighten("simulated-key", user_id, base_url=base_url, transport=service.transport()) as client:
        client.search_system_id("1")
    assert str(service.sent[0].url.copy_with(query=None)) == f"{base_url}/systems/search_system_id"


@pytest.mark.parametrize("make", [Enlighten, AsyncEnlighten])
@pytest.mark.parametrize("base_url", ELSEWHERE)
@pytest.mark.parametrize(
    "credentials",
    [
        ("0123456789abcdef0123456789abcdef", "4d7a45774e6a41320a"),
        (API_KEY, "4d7a45774e6a41320a"),
        ("0123456789abcdef0123456789abcdef", USER_ID),
        (f"x{API_KEY}", USER_ID),
        (API_KEY.upper(), USER_ID),
        (USER_ID[:-1], USER_ID),
    ],
)
def test_http_elsewhere_is_an_error_if_one_of_the_credentials_may_be_real(
    make: Any, base_url: str, credentials: tuple[str, str]
) -> None:
    with pytest.raises(ConfigurationError, match="with the credentials that it prints, both of them") as caught:
        make(*credentials, base_url=base_url)
    assert credentials[0] not in str(caught.value)
    assert credentials[1] not in str(caught.value)


def test_real_credentials_do_not_go_where_the_environment_was_left_pointing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENLIGHTEN_BASE_URL", "http://mock:8000/api/v2")
    monkeypatch.setenv("ENLIGHTEN_API_KEY", API_KEY)
    monkeypatch.setenv("ENLIGHTEN_USER_ID", USER_ID)
    Enlighten().close()
    with pytest.raises(ConfigurationError, match=r"^ENLIGHTEN_BASE_URL='http://mock:8000/api/v2' must not be used"):
        Enlighten("0123456789abcdef0123456789abcdef")


def test_a_simulated_api_is_used_at_an_address_beyond_loopback() -> None:
    with served(SimulatedAPI(systems=3, clock=SettableClock(NOW)), host="0.0.0.0") as api:  # noqa: S104  # that it is
        base_url = api.base_url.replace("127.0.0.1", "0.0.0.0")  # noqa: S104  # this machine, and not loopback
        with Enlighten(api.api_key, api.user_id, base_url=base_url) as client:
            assert client.summary(67).system_id == 67
