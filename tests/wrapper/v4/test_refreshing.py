"""Refreshes: what is taken for one that succeeded, how often a refresh token is sent, and what is left of it."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from enphase_enlighten import EnlightenError, InvalidResponseError
from enphase_enlighten.v4 import AsyncEnlighten, AsyncOAuth, Enlighten, FileTokenStore, MemoryTokenStore, OAuth
from tests.support.token_service import CLIENT_ID, CLIENT_SECRET, KEY, SYSTEM, TokenService
from tests.support.watching import shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.clients import Kind


@pytest.fixture
def service() -> Iterator[TokenService]:
    with TokenService() as service:
        yield service


def client(kind: Kind, service: TokenService, tokens: Any, **options: Any) -> Any:
    options = {"tokens": tokens, "base_url": service.base_url, **options}
    return kind.make(KEY, CLIENT_ID, CLIENT_SECRET, of=(Enlighten, AsyncEnlighten), **options)


@pytest.mark.parametrize("status", [201, 202, 203, 206])
def test_tokens_come_with_any_status_of_success(service: TokenService, kind: Kind, tmp_path: Path, status: int) -> None:
    service.answer = lambda give: (status, give()[1])
    store = FileTokenStore(tmp_path / "tokens.json")
    oauth = (OAuth, AsyncOAuth)[kind.is_async](CLIENT_ID, CLIENT_SECRET, base_url=service.base_url)
    store.save(kind.settled(oauth.tokens(service.code)))
    service.a_day_passes()
    with client(kind, service, store) as made:
        assert made.summary(SYSTEM).system_id == SYSTEM
    assert (service.counts["refreshes"], service.counts["dead"]) == (1, 0)
    assert store.load().refresh_token == service.refresh  # type: ignore[union-attr]  # it is there


@pytest.mark.parametrize("status", [200, 203])
@pytest.mark.parametrize("of", ["client", "oauth"])
def test_no_body_of_success_goes_into_an_error(service: TokenService, kind: Kind, status: int, of: str) -> None:
    def useless(give: Any) -> tuple[int, Any]:
        body = give()[1]
        return status, {"token": body["access_token"], "next": body["refresh_token"]}

    service.answer = useless
    token = service.token()
    service.a_day_passes()
    oauth = (OAuth, AsyncOAuth)[kind.is_async](CLIENT_ID, CLIENT_SECRET, base_url=service.base_url)
    with client(kind, service, token) as made, pytest.raises(InvalidResponseError) as caught:
        _ = made.summary(SYSTEM) if of == "client" else kind.settled(oauth.refresh(token))
    assert caught.value.status == status
    assert "token-1" not in shown(caught.value, __file__)


def test_no_beginning_of_a_body_that_cannot_be_read_goes_into_an_error(kind: Kind, service: TokenService) -> None:
    packed = gzip.compress(b'{"access_token": "access-token-1"' + bytes(99))[:-12] + b"broken" * 9

    def handle(request: httpx.Request) -> httpx.Response:
        assert request.url.path == "/oauth/token"
        return httpx.Response(200, headers={"Content-Encoding": "gzip"}, stream=httpx.ByteStream(packed))

    token = service.token()
    transport, clock = httpx.MockTransport(handle), lambda: token.ends_at + 10**5
    with (
        client(kind, service, MemoryTokenStore(token), transport=transport, clock=clock) as made,
        pytest.raises(EnlightenError, match="cannot be read") as caught,
    ):
        made.summary(SYSTEM)
    assert "token-1" not in shown(caught.value, __file__)
