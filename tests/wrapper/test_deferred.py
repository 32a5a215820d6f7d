"""What waits for the first request, and what is checked before."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from enphase_enlighten import AsyncEnlighten, ConfigurationError, Enlighten, EnlightenError
from enphase_enlighten.api import Request
from enphase_enlighten.transport.network import Network
from enphase_enlighten.v2.authentication import Credentials

if TYPE_CHECKING:
    from pathlib import Path

PEM = "-----BEGIN CERTIFICATE-----\nbm90aGluZw==\n-----END CERTIFICATE-----\n"


@pytest.mark.parametrize("kind", ["Enlighten", "AsyncEnlighten"])
def test_a_new_client_has_not_imported_what_a_request_needs(kind: str) -> None:
    script = f"""
import sys
sys.modules["click"] = None  # with which httpx imports its command line
from enphase_enlighten import {kind}
{kind}("key", "user")
print(*sys.modules)
"""
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)  # noqa: S603 - ours
    loaded = set(run.stdout.split())
    assert "httpx" in loaded
    unneeded = {"aiohttp", "anyio", "certifi", "dateutil.parser", "html.entities", "httpcore", "tomllib"}
    assert loaded & unneeded == set()


class Route:
    """Makes transports that count how often they are closed, and takes its time if asked to."""

    def __init__(self) -> None:
        self.made: list[Transport] = []
        self.begun, self.go_on = threading.Event(), threading.Event()

    def transport(self) -> Transport:
        self.begun.set()
        assert self.go_on.wait(60)
        self.made.append(Transport())
        return self.made[-1]


class Transport(httpx.BaseTransport):
    def __init__(self) -> None:
        self.closed = 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, request=request)

    def close(self) -> None:
        self.closed += 1


@pytest.fixture
def route() -> Route:
    return Route()


@pytest.fixture
def network(route: Any) -> Network:
    return Network("https://api.example", Credentials("key", "user"), route)


def sent(network: Network) -> int:
    return network.send(network.delivery(Request("Summary", "GET", "/systems/67/summary"), 1.0, 1000)).status


def test_threads_that_send_their_first_requests_at_once_share_a_transport(route: Route, network: Network) -> None:
    with ThreadPoolExecutor(8) as pool:
        sending = [pool.submit(sent, network) for _ in range(8)]
        assert route.begun.wait(60)
        route.go_on.set()
        assert [each.result() for each in sending] == [200] * 8
    assert len(route.made) == 1


def test_closing_waits_for_a_transport_that_is_being_made(route: Route, network: Network) -> None:
    with ThreadPoolExecutor(2) as pool:
        sending = pool.submit(sent, network)
        assert route.begun.wait(60)
        closed = pool.submit(network.close)
        assert not closed.done()
        route.go_on.set()
        closed.result(60)
        sending.result(60)
    assert [each.closed for each in route.made] == [1]


@pytest.mark.parametrize("used", [True, False])
def test_after_closing_no_other_transport_is_made(route: Route, network: Network, used: bool) -> None:
    route.go_on.set()
    if used:
        sent(network)
    network.close()
    network.close()
    with pytest.raises(EnlightenError, match="the client was closed meanwhile"):
        sent(network)
    assert [each.closed for each in route.made] == [1] * used


@pytest.mark.parametrize("kind", [Enlighten, AsyncEnlighten])
@pytest.mark.parametrize("content", [None, "", "no certificates"])
def test_a_file_without_certificates_is_refused_at_once(
    kind: Any, content: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "certificates.pem"
    if content is not None:
        file.write_text(content)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    with pytest.raises(ConfigurationError, match=r"The connection cannot be set up: .* Correct verify=, or SSL_CERT"):
        kind("key", "user")


@pytest.mark.parametrize("damage", ["broken", "removed"])
async def test_a_file_that_proves_unusable_is_told_by_the_first_request(
    damage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "certificates.pem"
    file.write_text(PEM)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    client = AsyncEnlighten("key", "user", max_retries=3)
    sync = Enlighten("key", "user", max_retries=3)
    if damage == "removed":
        file.unlink()
    for _ in range(2):
        with pytest.raises(ConfigurationError, match="The connection cannot be set up") as caught:
            await client.summary(67)
        assert caught.value.operation == "Summary"
        with pytest.raises(ConfigurationError, match="The connection cannot be set up"):
            sync.summary(67)


def test_the_loggers_of_what_is_imported_later_are_masked_too(caplog: pytest.LogCaptureFixture) -> None:
    with Enlighten("key-of-the-app", "user-of-the-app", base_url="http://127.0.0.1:1", max_retries=0) as client:
        library = logging.getLogger("httpcore.imported.later")
        with pytest.raises(EnlightenError):
            client.summary(67)
        library.error("asked with %s", "key-of-the-app")
    assert caplog.messages[-1] == "asked with ***"


def test_where_nothing_is_encrypted_no_certificates_are_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    with Enlighten("key", "user", base_url="http://127.0.0.1:1", max_retries=0) as client:
        # Whoever would load them would stumble over this.
        monkeypatch.setattr("httpx.create_ssl_context", None)
        monkeypatch.setattr("certifi.where", None)
        with pytest.raises(EnlightenError, match="ConnectError"):
            client.summary(67)
