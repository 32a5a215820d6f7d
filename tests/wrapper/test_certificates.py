"""Certificates: which are trusted, when they are loaded, and what happens where they cannot be."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING, Any

import pytest

from enphase_enlighten import AsyncEnlighten, ConfigurationError, ConnectionFailedError, Enlighten, EnlightenError
from tests.support.byte_server import ByteServer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.clients import Kind

pytestmark = pytest.mark.lowest

PEM = "-----BEGIN CERTIFICATE-----\nbm90aGluZw==\n-----END CERTIFICATE-----\n"


@pytest.fixture
def server(authority: Path) -> Iterator[ByteServer]:
    """A service with that certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(authority)
    with ByteServer(encrypted=context) as server:
        yield server


def search(kind: Kind, server: ByteServer, **options: Any) -> int:
    with kind.make("key", "user", **{"base_url": server.url, "max_retries": 0, **options}) as client:
        number: int = client.search_system_id("1")
    return number


def test_a_certificate_is_checked_as_verify_says(kind: Kind, server: ByteServer, authority: Path) -> None:
    for verify in (False, ssl.create_default_context(cafile=authority)):
        assert search(kind, server, verify=verify) == 67
    with pytest.raises(ConnectionFailedError, match=r"[Cc]ertificate"):
        search(kind, server)
    assert len(server.heads) == 2


def test_verify_is_not_for_the_proxy(kind: Kind, server: ByteServer) -> None:
    with pytest.raises(ConnectionFailedError, match=r"[Cc]ertificate"):
        search(kind, server, base_url="https://service.example", proxy=server.url, verify=False)
    assert server.heads == []


def test_the_certificates_are_those_that_the_environment_named_when_the_client_was_made(
    kind: Kind, server: ByteServer, authority: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with kind.make("key", "user", base_url=server.url, max_retries=0) as earlier:
        monkeypatch.setenv("SSL_CERT_FILE", str(authority))
        with kind.make("key", "user", base_url=server.url, max_retries=0) as client:
            monkeypatch.delenv("SSL_CERT_FILE")
            assert client.search_system_id("1") == 67
        monkeypatch.setenv("SSL_CERT_FILE", str(authority))
        with pytest.raises(ConnectionFailedError, match=r"[Cc]ertificate"):
            earlier.search_system_id("1")
    assert len(server.heads) == 1


def test_verify_is_taken_as_httpx_takes_it() -> None:
    Enlighten("key", "user", verify=False).close()
    Enlighten("key", "user", verify=ssl.create_default_context()).close()


@pytest.mark.parametrize("make", [Enlighten, AsyncEnlighten])
@pytest.mark.parametrize("content", [None, "", "no certificates"])
def test_a_file_without_certificates_is_an_error_at_once(
    make: Any, content: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "certificates.pem"
    if content is not None:
        file.write_text(content)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    with pytest.raises(ConfigurationError, match=r"The connection cannot be set up: .* Correct verify=, or SSL_CERT"):
        make("key", "user")


@pytest.mark.parametrize("damage", ["broken", "removed"])
def test_a_file_that_proves_unusable_is_an_error_of_the_first_request(
    kind: Kind, damage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "certificates.pem"
    file.write_text(PEM)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    client = kind.make("key", "user", max_retries=3)
    if damage == "removed":
        file.unlink()
    for _ in range(2):
        with pytest.raises(ConfigurationError, match="The connection cannot be set up") as caught:
            client.summary(67)
        assert caught.value.operation == "Summary"


def test_where_nothing_is_encrypted_no_certificates_are_loaded(kind: Kind, monkeypatch: pytest.MonkeyPatch) -> None:
    with kind.make("key", "user", base_url="http://127.0.0.1:1", max_retries=0) as client:
        # Whoever would load them would stumble over this.
        monkeypatch.setattr("httpx.create_ssl_context", None)
        monkeypatch.setattr("certifi.where", None)
        with pytest.raises(EnlightenError, match="ConnectError"):
            client.summary(67)
