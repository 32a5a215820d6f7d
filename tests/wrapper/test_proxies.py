"""Which way requests take: straight to the service, or through a proxy that the environment or an argument names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest

from enphase_enlighten import APIStatusError, AsyncEnlighten, ConfigurationError, ConnectionFailedError, Enlighten
from enphase_enlighten.transport.route import Route
from tests.support.byte_server import ByteServer, http

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.clients import Kind

pytestmark = pytest.mark.lowest

PROXY = "http://proxy.example:3128"


@pytest.fixture
def server() -> Iterator[ByteServer]:
    """The service."""
    with ByteServer() as server:
        yield server


@pytest.fixture
def proxy() -> Iterator[ByteServer]:
    """A proxy that responds as a service would, and hangs up: it makes no tunnels."""
    with ByteServer() as proxy:
        proxy.hangs_up = lambda _number: True
        yield proxy


def search(kind: Kind, base_url: str, **options: Any) -> int:
    with kind.make("key", "user", base_url=base_url, max_retries=0, **options) as client:
        number: int = client.search_system_id("1")
    return number


def test_requests_go_straight_to_the_service(kind: Kind, server: ByteServer) -> None:
    assert search(kind, server.url) == 67
    assert server.first_lines == ["GET /systems/search_system_id?serial_num=1&key=key&user_id=user HTTP/1.1"]


@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"])
@pytest.mark.parametrize("scheme", ["http://", ""])
def test_a_proxy_is_used_that_the_environment_names(
    kind: Kind, proxy: ByteServer, variable: str, scheme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, f"{scheme}{proxy.url.removeprefix('http://')}")
    with pytest.raises(ConnectionFailedError):
        search(kind, "https://service.example/v2")
    assert proxy.first_lines[0] == "CONNECT service.example:443 HTTP/1.1"


def test_a_proxy_is_used_that_an_argument_names(kind: Kind, proxy: ByteServer) -> None:
    assert search(kind, "http://127.0.0.1:1/v2", proxy=proxy.url) == 67
    [line] = proxy.first_lines
    assert line.startswith("GET http://127.0.0.1:1/v2/systems/search_system_id?")


@pytest.mark.parametrize("variable", ["HTTP_PROXY", "http_proxy", "ALL_PROXY"])
def test_requests_to_loopback_go_through_no_proxy(
    kind: Kind, server: ByteServer, proxy: ByteServer, variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, proxy.url)
    for host in ("127.0.0.1", "localhost"):
        assert search(kind, server.url.replace("127.0.0.1", host)) == 67
    assert (len(server.heads), proxy.heads) == (2, [])


def test_an_argument_goes_before_the_environment(
    kind: Kind, proxy: ByteServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("NO_PROXY", "*")
    assert search(kind, "http://127.0.0.1:2", proxy=httpx.Proxy(proxy.url)) == 67
    assert len(proxy.heads) == 1


@pytest.mark.parametrize(
    "environment",
    [
        {"HTTPS_PROXY": PROXY},
        {"HTTPS_PROXY": "proxy.example:3128"},
        {"HTTP_PROXY": PROXY},
        {"ALL_PROXY": PROXY},
        {"HTTPS_PROXY": ""},
        *(
            {"HTTPS_PROXY": PROXY, "NO_PROXY": bypassed}
            for bypassed in (
                "*",
                "api.enphaseenergy.com",
                "enphaseenergy.com",
                ".enphaseenergy.com",
                "phaseenergy.com",
                "other.example",
                "other.example, api.enphaseenergy.com",
                "localhost,127.0.0.1",
                "",
            )
        ),
    ],
    ids=str,
)
def test_the_environment_is_read_as_httpx_reads_it(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    url = httpx.URL("https://api.enphaseenergy.com/api/v2")
    # Without certificates, which take long to load and make no difference here.
    with httpx.Client(verify=False) as theirs:  # noqa: S501 - nothing is sent
        # What each would send with: httpx has no public way to ask.
        expected = type(theirs._transport_for_url(url)._pool)  # type: ignore[attr-defined]
        assert type(Route(str(url), None, False).transport()._pool) is expected


@pytest.mark.parametrize("make", [Enlighten, AsyncEnlighten])
@pytest.mark.parametrize(
    "proxy",
    [
        "user:pass-of-the-proxy@proxy.example:3128",
        "ftp://user:pass-of-the-proxy@proxy.example",
        "http://user:pass-of-the-proxy@",
        "http://user:pass-of-the-proxy@[::1",
        "http://user:pass-of-the-proxy@proxy.example:port",
        "pass-of-the-proxy",
        42,
    ],
)
def test_a_proxy_that_cannot_be_used_is_an_error_that_does_not_show_it(
    make: Any, proxy: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ConfigurationError, match="http://user:password@host:8080") as caught:
        make("key", "user", proxy=proxy)
    assert "pass-of-the-proxy" not in str(caught.value)
    if isinstance(proxy, str) and "://" in proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy)
        with pytest.raises(ConfigurationError, match="HTTPS_PROXY") as caught:
            make("key", "user")
        assert "pass-of-the-proxy" not in str(caught.value)


def test_a_socks_proxy_needs_a_package() -> None:
    with pytest.raises(ConfigurationError, match=r"pip install 'httpx\[socks\]'"):
        Enlighten("key", "user", proxy="socks5://127.0.0.1:1")


PROXY_AUTH = "dXNlci1vZi10aGUtcHJveHk6cGFzc3fDtnJk"  # user-of-the-proxy:passwörd


@pytest.fixture
def closed_proxy() -> Iterator[ByteServer]:
    """A proxy that knows other credentials."""
    with ByteServer(http(b"", "407 Proxy Authentication Required")) as proxy:
        yield proxy


def search_by(kind: Kind, proxy: ByteServer, base_url: str) -> None:
    url = proxy.url.replace("://", "://user-of-the-proxy:passw%C3%B6rd@")
    with kind.make("key-of-ours", "user-of-ours", base_url=base_url, proxy=url, max_retries=0) as client:
        client.search_system_id("1")


def test_a_proxy_gets_its_own_credentials(kind: Kind, closed_proxy: ByteServer) -> None:
    with pytest.raises(APIStatusError, match="407") as caught:
        search_by(kind, closed_proxy, "http://127.0.0.1:1/v2")
    [head] = closed_proxy.heads
    assert head.startswith(b"GET http://127.0.0.1:1/v2/systems/search_system_id?serial_num=1&key=")
    assert f"Proxy-Authorization: Basic {PROXY_AUTH}\r\n".encode() in head
    assert b"proxy:" not in head
    assert "passw" not in str(caught.value)


def test_a_proxy_that_is_asked_for_a_tunnel_gets_none_of_ours(kind: Kind, closed_proxy: ByteServer) -> None:
    with pytest.raises(ConnectionFailedError, match="ProxyError: 407") as caught:
        search_by(kind, closed_proxy, "https://service.example/v2")
    [head] = closed_proxy.heads
    assert head.startswith(b"CONNECT service.example:443 HTTP/1.1\r\n")
    assert f"Proxy-Authorization: Basic {PROXY_AUTH}\r\n".encode() in head
    assert b"proxy:" not in head
    assert b"ours" not in head
    assert "passw" not in str(caught.value)
