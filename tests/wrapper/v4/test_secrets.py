"""The secrets of API v4: key, client secret, both tokens, password and code are seen nowhere but on the wire."""

from __future__ import annotations

import copy
import json
import logging
import pickle
import socketserver
from base64 import b64encode
from email.utils import formatdate
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import quote

import pytest

from enphase_enlighten import EnlightenError, Exchange
from enphase_enlighten.v4 import (
    AsyncEnlighten,
    AsyncOAuth,
    Enlighten,
    FileTokenStore,
    MemoryTokenStore,
    OAuth,
    Token,
)
from tests.support.live_server import event
from tests.support.loopback import Loopback, Received
from tests.support.v4_bodies import body
from tests.support.watching import Span, instrumented, reachable, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.support.clients import Kind

SECRET = "s3cr3t"
KEY, CLIENT_SECRET = "s3cr3t key/of+the app", "s3cr3t&client"
ACCESS, REFRESH, NEXT_ACCESS, NEXT_REFRESH = (f"s3cr3t.{name}" for name in ("access", "refresh", "access2", "refresh2"))
CODE, PASSWORD = "s3cr3tcode", "s3cr3t pass%word"
LOGIN = b64encode(f"client:{CLIENT_SECRET}".encode()).decode()
NEW = {"access_token": NEXT_ACCESS, "refresh_token": NEXT_REFRESH, "token_type": "bearer", "expires_in": 86393}

Mode = Literal["serve", "echo", "page", "no json", "hang up"]


class Echoing(Loopback):
    """The service, or a gateway before it that shows what it got in its errors.

    Attributes:
        api: What it does with the requests of operations.
        tokens: What it does with those for tokens.
        bodies: The bodies of the requests.
    """

    def __init__(self) -> None:
        super().__init__(_Connection)
        self.api: Mode = "serve"
        self.tokens: Mode = "serve"
        self.bodies: list[bytes] = []

    @property
    def base_url(self) -> str:
        return f"http://{self.address}/api/v4"


class _Connection(socketserver.StreamRequestHandler):
    server: Echoing

    def handle(self) -> None:
        while (line := self.rfile.readline()) != b"":
            method, target, _ = line.decode("latin-1").split()
            headers = {}
            while (text := self.rfile.readline().decode("latin-1").strip()) != "":
                name, _, value = text.partition(":")
                headers[name.lower()] = value.strip()
            content = self.rfile.read(int(headers.get("content-length", 0)))
            self.server.received.append(Received("HTTP/1.1", method, target, headers))
            self.server.bodies.append(content)
            of_tokens = target.startswith("/oauth/token")
            mode = self.server.tokens if of_tokens else self.server.api
            if mode == "hang up":
                return
            status, kind, sent = self._response(mode, target, headers, content)
            lines = f"HTTP/1.1 {status} -\r\nDate: {formatdate(usegmt=True)}\r\nContent-Type: {kind}\r\n"
            self.wfile.write(f"{lines}Content-Length: {len(sent)}\r\n\r\n".encode() + sent)

    def _response(self, mode: Mode, target: str, headers: dict[str, str], content: bytes) -> tuple[int, str, bytes]:
        echo = f"{target} {headers} {content.decode()} {CLIENT_SECRET} {LOGIN}"
        if "/api/" in target:
            echo += f" {quote(KEY)} {REFRESH}"
        if headers.get("authorization") == f"Bearer {ACCESS}":
            said = {"message": "Not Authorized", "details": f"User is not authorized {echo}", "code": 401}
            return 401, "application/json", json.dumps(said).encode()
        errors = {
            "echo": (400, "application/json", json.dumps({"message": echo, "details": [echo], "code": echo})),
            "page": (502, "text/html", f"<p>{echo}</p>"),
            "no json": (200, "application/json", f"{{{echo}"),
        }
        if mode in errors:
            status, kind, text = errors[mode]
            return status, kind, text.encode()
        if target.startswith("/oauth/token"):
            return 200, "application/json", json.dumps(NEW).encode()
        if "live_data" in target:
            return 200, "text/event-stream", event(7)
        return 200, "application/json", json.dumps(body("storm_guard")).encode()


@pytest.fixture
def service() -> Iterator[Echoing]:
    with Echoing() as service:
        yield service


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> list[Span]:
    return instrumented(monkeypatch)


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> Iterator[Callable[[], str]]:
    """All that was logged at any level, by any logger."""
    with caplog.at_level(logging.DEBUG):
        yield lambda: caplog.text + "".join(f"{each.msg}{each.args}{each.getMessage()}" for each in caplog.records)


def client(kind: Kind, service: Echoing, access: str = NEXT_ACCESS, **options: Any) -> Any:
    options = {"client_id": "client", "client_secret": CLIENT_SECRET, "max_retries": 0, "max_wait": 0, **options}
    tokens = Token(access, REFRESH)
    return kind.make(KEY, of=(Enlighten, AsyncEnlighten), base_url=service.base_url, tokens=tokens, **options)


def oauth(kind: Kind, service: Echoing) -> Any:
    return (OAuth, AsyncOAuth)[kind.is_async]("client", CLIENT_SECRET, base_url=service.base_url)


def assert_unseen(text: str) -> None:
    lowered = text.lower()
    assert not [each for each in (SECRET, LOGIN.lower(), quote(LOGIN).lower()) if each in lowered], text


@pytest.mark.parametrize("key_in", ["query", "header"])
def test_the_service_gets_them_and_nothing_that_watches_httpx(
    service: Echoing, kind: Kind, key_in: str, spans: list[Span], logged: Callable[[], str]
) -> None:
    exchanges: list[Exchange] = []
    with client(kind, service, ACCESS, key_in=key_in, observe=exchanges.append) as made:
        assert made.storm_guard(67).storm_guard_status == "enabled"
        assert made.update_storm_guard(67, "enabled").storm_guard_status == "enabled"
        assert [message.data.pv_power for message in made.live_data(67)] == [7]
        low_level = made.low_level
        http = low_level.get_async_httpx_client() if kind.is_async else low_level.get_httpx_client()
        response = kind.settled(http.get("/systems/67/summary"))
    login = oauth(kind, service)
    kind.settled(login.tokens(CODE))
    kind.settled(login.login("installer", PASSWORD))

    paths = [request.target.partition("?")[0].rpartition("/")[2] for request in service.received]
    assert paths == ["storm_guard", "token", "storm_guard", "storm_guard", "live_data", "summary", "token", "token"]
    bearers = [request.headers["authorization"] for request in service.received if "/api/" in request.target]
    assert bearers == [f"Bearer {ACCESS}", *[f"Bearer {NEXT_ACCESS}"] * 4]
    for request in service.received:
        if "/api/" in request.target:
            assert ("key=s3cr3t" in request.target) == (key_in == "query")
            assert (request.headers.get("key") == KEY) == (key_in == "header")
        else:
            assert request.headers["authorization"] == f"Basic {LOGIN}"
            assert SECRET not in request.target
    sent = b" ".join(service.bodies).decode()
    assert all(each in sent for each in (REFRESH, CODE, "s3cr3t+pass%25word"))

    assert len(spans) == len(paths)
    watched = [(each.url, each.request.url, each.request.headers, each.request.extensions) for each in spans]
    bodies = [each.request.content for each in spans]
    responses = [each.response and (each.response.headers, each.response.extensions) for each in spans]
    assert_unseen(reachable(watched, bodies, [each and each[0] for each in responses], response.request, exchanges))
    assert_unseen(logged())


def asked(kind: Kind, service: Echoing, what: str) -> Any:
    """Do one of the things that send secrets."""
    if what in ("code", "password", "refresh by hand"):
        login = oauth(kind, service)
        if what == "code":
            return kind.settled(login.tokens(CODE))
        if what == "password":
            return kind.settled(login.login("installer", PASSWORD))
        return kind.settled(login.refresh(Token(ACCESS, REFRESH)))
    with client(kind, service, ACCESS if what == "refresh" else NEXT_ACCESS) as made:
        if what == "live data":
            return list(made.live_data(67))
        return made.update_storm_guard(67, "enabled") if what == "write" else made.storm_guard(67)


@pytest.mark.parametrize("mode", ["echo", "page", "no json", "hang up"])
@pytest.mark.parametrize("what", ["read", "write", "live data", "refresh", "code", "password", "refresh by hand"])
def test_an_error_shows_them_nowhere(
    service: Echoing, kind: Kind, what: str, mode: Mode, logged: Callable[[], str]
) -> None:
    service.api = mode
    service.tokens = mode
    with pytest.raises(EnlightenError) as caught:
        asked(kind, service, what)
    assert service.received
    assert_unseen(shown(caught.value, __file__))
    assert_unseen(repr(pickle.dumps(caught.value)))
    assert_unseen(logged())


def test_a_message_of_the_stream_that_echoes_them_does_not_show_them(
    service: Echoing, kind: Kind, logged: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    error = {"code": 473, "message": f"{KEY} {NEXT_ACCESS}", "status": REFRESH, "details": [{}]}
    for told in (json.dumps({"error": error}), f"{KEY} {NEXT_ACCESS}", "x" * 50 + KEY):
        sent = f"data: {told}\n\n".encode()
        monkeypatch.setattr(_Connection, "_response", lambda *_args, sent=sent: (200, "text/event-stream", sent))
        with client(kind, service, max_response_bytes=500) as made, pytest.raises(EnlightenError) as caught:
            list(made.live_data(67))
        assert_unseen(shown(caught.value, __file__))
        assert_unseen(repr(pickle.dumps(caught.value)))
    assert_unseen(logged())


def parts(whole: object) -> Iterator[Any]:
    """The objects of the wrapper of which another one is made."""
    pending, known = [whole], set()
    while pending:
        part = pending.pop()
        if id(part) in known or not type(part).__module__.startswith("enphase_enlighten"):
            continue
        known.add(id(part))
        yield part
        slots = [name for cls in type(part).__mro__ for name in getattr(cls, "__slots__", ())]
        pending += [getattr(part, name, None) for name in (*getattr(part, "__dict__", {}), *slots)]


@pytest.mark.parametrize("of", [Enlighten, AsyncEnlighten, OAuth, AsyncOAuth])
def test_nothing_of_a_client_shows_them(of: Any, tmp_path: Path) -> None:
    if of in (OAuth, AsyncOAuth):
        made = of("client", CLIENT_SECRET)
    else:
        made = of(KEY, "client", CLIENT_SECRET, tokens=Token(ACCESS, REFRESH))
    for part in parts(made):
        assert_unseen(repr(part) + str(part) + format(part))
    stored = FileTokenStore(tmp_path / "tokens.json")
    stored.save(Token(ACCESS, REFRESH))
    for each in (made, Token(ACCESS, REFRESH), MemoryTokenStore(Token(ACCESS, REFRESH)), stored):
        assert_unseen(repr(each))
        for taken in (pickle.dumps, copy.deepcopy):
            try:
                assert_unseen(repr(taken(each)))
            except TypeError as error:
                assert_unseen(str(error))
