"""Refreshes: what is taken for one that succeeded, how often a refresh token is sent, and what is left of it."""

from __future__ import annotations

import gzip
import socket
import threading
from email.utils import formatdate
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from enphase_enlighten import (
    AuthenticationError,
    AuthorizationExpiredError,
    ConfigurationError,
    ConnectionFailedError,
    EnlightenError,
    Exchange,
    InvalidResponseError,
)
from enphase_enlighten.v4 import AsyncEnlighten, AsyncOAuth, Enlighten, FileTokenStore, MemoryTokenStore, OAuth, Token
from tests.support.token_service import CLIENT_ID, CLIENT_SECRET, ENDED, KEY, LIFE, SYSTEM, TokenService
from tests.support.watching import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.support.clients import Kind
    from tests.support.clock import SettableClock


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
    def useless(give: Callable[[], tuple[int, Any]]) -> tuple[int, Any]:
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
    transport, clock = httpx.MockTransport(handle), lambda: service.ends + 10**5
    with (
        client(kind, service, MemoryTokenStore(token), transport=transport, clock=clock) as made,
        pytest.raises(EnlightenError, match="cannot be read") as caught,
    ):
        made.summary(SYSTEM)
    assert "token-1" not in shown(caught.value, __file__)


class ForgetfulStore(MemoryTokenStore):
    """A store that has what it was made with, and cannot keep anything else until it is told to."""

    keeps = False

    def __init__(self, token: Token) -> None:
        super().__init__(token)
        self.announced: list[Token] = []

    def turn(self) -> Any:
        turn: Any = super().turn()
        if turn is not None:
            turn.announce = self._announced
            if not self.keeps:
                turn.save = self._refuse
        return turn

    def _announced(self, token: Token) -> str:
        self.announced.append(token)
        return ""

    @staticmethod
    def _refuse(_token: Token) -> None:
        raise ConfigurationError("cannot be kept now")


def test_tokens_that_cannot_be_kept_for_days_are_not_lost(service: TokenService, kind: Kind) -> None:
    first = service.token()
    store = ForgetfulStore(first)
    with client(kind, service, store) as made:
        for _ in range(4):
            service.a_day_passes()
            assert made.summary(SYSTEM).system_id == SYSTEM
        assert store.load() is first
        # What the new tokens are to replace: of others, no store could tell later what they are the successors of.
        assert store.announced == [first] * 4
        store.keeps = True
        service.a_day_passes()
        assert made.summary(SYSTEM).system_id == SYSTEM
    assert (service.counts["refreshes"], service.counts["dead"]) == (5, 0)
    assert store.load().refresh_token == service.refresh  # type: ignore[union-attr]  # it is there


def test_unsaved_tokens_that_are_dead_are_not_replaced_by_the_spent_ones_of_the_store(
    service: TokenService, kind: Kind
) -> None:
    store = ForgetfulStore(service.token())
    with client(kind, service, store) as made:
        service.a_day_passes()
        assert made.summary(SYSTEM).system_id == SYSTEM
        service.number += 1  # somebody has logged in elsewhere
        service.a_day_passes()
        with pytest.raises(AuthorizationExpiredError):
            made.summary(SYSTEM)


@pytest.mark.parametrize("expires_in", [None, 200, 86_400])
@pytest.mark.parametrize("dated", [True, False])
@pytest.mark.parametrize("refusal", [ENDED, {"x": 1}], ids=["token", "unknown"])
def test_a_refusal_that_stays_costs_one_refresh_an_hour_at_most(
    kind: Kind, clock: SettableClock, expires_in: int | None, dated: bool, refusal: dict[str, Any]
) -> None:
    refreshes = []

    def handle(request: httpx.Request) -> httpx.Response:
        headers = {"Date": formatdate(clock.now(), usegmt=True)} if dated else {}
        if request.url.path != "/oauth/token":
            return httpx.Response(401, json=refusal, headers=headers)
        refreshes.append(clock.now())
        number = len(refreshes)
        body = {"access_token": f"access-token-{number}", "refresh_token": f"refresh-token-{number}"}
        return httpx.Response(200, json={**body, "expires_in": expires_in}, headers=headers)

    token = Token("access-token-0", "refresh-token-0", clock.now() + 100, issued_at=clock.now() - 86_300)
    transport = httpx.MockTransport(handle)
    with kind.make(
        KEY, CLIENT_ID, CLIENT_SECRET, of=(Enlighten, AsyncEnlighten), tokens=token, transport=transport, clock=clock
    ) as made:
        for _ in range(6):
            with pytest.raises(AuthenticationError):
                made.summary(SYSTEM)
            clock.advance(5)
    assert len(refreshes) <= 2


@pytest.mark.parametrize("when", ["before the request", "after a 401"])
@pytest.mark.parametrize("what", ["read", "write"])
def test_a_refresh_without_a_response_sends_its_token_twice_and_the_request_is_not_carried_out(
    service: TokenService, kind: Kind, what: str, when: str
) -> None:
    service.answer = lambda _: None
    tokens = service.token() if when == "before the request" else Token("access-token-of-old", service.refresh)
    service.ahead += 2 * LIFE
    with (
        client(kind, service, tokens, clock=service.now) as made,
        pytest.raises(
            ConnectionFailedError, match="credentials were to be renewed, so it was not carried out"
        ) as caught,
    ):
        _ = made.summary(SYSTEM) if what == "read" else made.update_storm_guard(SYSTEM, "enabled")
    sent = [target for target in service.targets if target == "/oauth/token"]
    assert len(sent) == 2
    assert not caught.value.outcome_unknown
    assert "may have" not in str(caught.value)


def test_a_refresh_that_timed_out_and_had_spent_the_token_ends_in_the_reason(service: TokenService, kind: Kind) -> None:
    gone = threading.Event()

    def slow(give: Callable[[], tuple[int, Any]]) -> tuple[int, Any]:
        outcome = give()
        if outcome[0] == 200:
            gone.wait(60)
        return outcome

    service.answer = slow
    tokens = service.token()
    service.a_day_passes()
    with (
        client(kind, service, tokens, timeout=0.5) as made,
        pytest.raises(AuthorizationExpiredError, match="No response came to a first attempt"),
    ):
        made.summary(SYSTEM)
    gone.set()
    assert service.targets.count("/oauth/token") == 2


def test_a_token_request_that_was_certainly_not_sent_is_tried_again(kind: Kind, service: TokenService) -> None:
    tokens = service.token()
    attempts: list[Exchange] = []
    service.ahead += 2 * LIFE
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))  # nobody listens there
        base_url = f"http://127.0.0.1:{unused.getsockname()[1]}/api/v4"
        with (
            client(
                kind, service, tokens, base_url=base_url, max_retries=2, observe=attempts.append, clock=service.now
            ) as made,
            pytest.raises(ConnectionFailedError, match="not carried out"),
        ):
            made.update_storm_guard(SYSTEM, "enabled")
    assert [each.operation for each in attempts] == ["Token"] * 3


@pytest.mark.parametrize(("timeout", "longest"), [(300.0, 30.0), (12.0, 12.0)])
def test_no_part_of_a_token_request_takes_longer_than_a_lease_allows(
    kind: Kind, service: TokenService, timeout: float, longest: float
) -> None:
    timeouts: dict[str, set[float]] = {}

    def handle(request: httpx.Request) -> httpx.Response:
        timeouts[request.url.path.rpartition("/")[2]] = set(request.extensions["timeout"].values())
        if request.url.path == "/oauth/token":
            return httpx.Response(400, json={"error": "invalid_grant"})
        return httpx.Response(401, json=ENDED)

    with (
        client(kind, service, service.token(), transport=httpx.MockTransport(handle), timeout=timeout) as made,
        pytest.raises(EnlightenError),
    ):
        made.summary(SYSTEM)
    assert timeouts == {"summary": {timeout}, "token": {longest}}
