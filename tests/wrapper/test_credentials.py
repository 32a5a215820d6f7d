"""The two secrets: where they come from, that they arrive, and that they are seen nowhere else."""

from __future__ import annotations

import copy
import gc
import json
import logging
import pickle
import threading
import traceback
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote, quote_plus

import httpx
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from enphase_enlighten import (
    APIStatusError,
    AsyncEnlighten,
    ConfigurationError,
    ConnectionFailedError,
    Enlighten,
    EnlightenError,
    UnprocessableRequestError,
)
from enphase_enlighten.credentials.masking import Masking
from tests.support.clients import Kind
from tests.support.service import StubService, reply

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.lowest

KEY = "k3y&of#the%app+with/é☃"
USER = "u53r-0f-the-0wner"
SECRETS = {"api_key": KEY, "user_id": USER}
SECRET_PARTS = ("k3y", "u53r", "0wner")

Handler = Callable[[httpx.Request], httpx.Response]


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("API_KEY", "USER_ID", "BASE_URL", "PROFILE", "LOG"):
        monkeypatch.delenv(f"ENLIGHTEN_{name}", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))


def profile(tmp_path: Path, text: str) -> None:
    file = tmp_path / "enphase-enlighten" / "config.toml"
    file.parent.mkdir()
    file.touch(mode=0o600)
    file.write_text(text)


def signed_with(service: StubService, client: Enlighten) -> tuple[str, str]:
    """The credentials of a request of a client."""
    with client:
        assert client.search_system_id("1") == 67
    params = service.sent[-1].url.params
    return params["key"], params["user_id"]


def test_arguments_come_first_then_the_environment_then_the_profile(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, service: StubService
) -> None:
    def asked_with(*args: str, **options: Any) -> tuple[str, str]:
        return signed_with(service, Enlighten(*args, **options, transport=service.transport()))

    profile(tmp_path, '[default]\napi_key = "profile-key"\nuser_id = "profile-user"\n')
    assert asked_with() == ("profile-key", "profile-user")
    monkeypatch.setenv("ENLIGHTEN_API_KEY", "environment-key")
    assert asked_with() == ("environment-key", "profile-user")
    monkeypatch.setenv("ENLIGHTEN_USER_ID", "environment-user")
    assert asked_with() == ("environment-key", "environment-user")
    assert asked_with(user_id="user") == ("environment-key", "user")
    assert asked_with("key", "user") == ("key", "user")


@pytest.mark.parametrize("given_key", [None, ""])
@pytest.mark.parametrize("make", [Enlighten, AsyncEnlighten])
def test_without_credentials_the_three_ways_to_give_them_are_named(make: Any, given_key: str | None) -> None:
    with pytest.raises(ConfigurationError) as caught:
        make(given_key, "user")
    for way in ("No api_key", "api_key=", "user_id=", "ENLIGHTEN_API_KEY", "ENLIGHTEN_USER_ID", "profile"):
        assert way in str(caught.value)


@pytest.mark.parametrize("wrong", [f" {KEY}", f"{KEY}\n", "a\tb", "\udc80", 12345678, b"bytes"])
def test_an_invalid_credential_is_an_error_that_does_not_show_it(wrong: Any) -> None:
    with pytest.raises(ConfigurationError, match="copy it again") as caught:
        Enlighten("key", wrong)
    assert "user_id has" in str(caught.value)
    shown = "".join(traceback.TracebackException.from_exception(caught.value, capture_locals=True).format())
    inside = shown[shown.index("client.py") :]
    assert repr(wrong) not in inside
    assert KEY not in inside


secrets = st.text(st.characters(exclude_categories=["C", "Z"]) | st.sampled_from("&#%+=?/;\\\"' "), min_size=1).filter(
    lambda text: text == text.strip() and text.isprintable()
)


@given(key=secrets, user=secrets, cursor=st.none() | secrets)
@example(key="a&user_id=evil", user="b#c", cursor="%2B+ /")
@settings(max_examples=80)
def test_whatever_characters_they_have_they_arrive_intact(key: str, user: str, cursor: str | None) -> None:
    service = StubService(zones={})
    with service.client(api_key=key, user_id=user) as client:
        assert list(client.systems(cursor=cursor)) == []
    [request] = service.sent
    query = dict(parse_qsl(request.url.query.decode("ascii"), keep_blank_values=True, strict_parsing=True))
    assert query == {"limit": "1000", **({"next": cursor} if cursor else {}), "key": key, "user_id": user}


def echoes() -> dict[str, Callable[[httpx.Request], str]]:
    """Ways in which a service, a gateway or a library shows the request that it got."""
    return {
        "as it is": lambda _request: f"no such key: {KEY}, {USER}",
        "its URL": lambda request: f"GET {request.url}",
        "quoted": lambda _request: quote(KEY, safe="") + quote(USER),
        "in lower case": lambda _request: quote(KEY, safe="").lower(),
        "quoted twice": lambda request: quote(str(request.url)),
        "quoted like a form": lambda _request: quote_plus(KEY),
        "in bytes": lambda request: repr(request.url.raw_path) + repr(KEY.encode()),
        "in ASCII": lambda _request: ascii(KEY) + ascii(USER),
        "in HTML": lambda _request: KEY.replace("&", "&amp;").replace("é", "&#233;") + USER.replace("-", "&#x2d;"),
        "as Latin-1": lambda _request: KEY.encode().decode("latin-1"),
        "in escaped JSON": lambda _request: KEY.replace("&", "\\u0026").replace("/", "\\/"),
        "in JSON within JSON": lambda _request: json.dumps(json.dumps(json.dumps([KEY, USER]))),
        "behind backslashes": lambda _request: (
            "\\" * 41 + KEY + "\\" * 40 + ascii(USER).replace("-", "\\" * 90 + "u002D")
        ),
        "over and over": lambda _request: f"{KEY} " * 500,
        "at every cut": lambda _request: "." * 1580 + USER + "." * 380 + KEY,
    }


def shown_by(error: BaseException | None) -> str:
    """Everything that an error shows, of itself and of what it came from: texts, frames, attributes, requests."""
    texts, pending, known = [], [error], set()
    while pending:
        link = pending.pop()
        if link is None or id(link) in known:
            continue
        known.add(id(link))
        pending += [link.__cause__, link.__context__]
        texts += [str(link), repr(link), repr(link.args), repr(link.__dict__)]
        request = link.__dict__.get("_request")
        texts += [] if request is None else [str(request.url), str(request.headers)]
        summary = traceback.TracebackException.from_exception(link, capture_locals=True)
        # This file's frames have the secrets of course.
        texts += [
            f"{frame.name}: {frame.locals}"
            for part in (summary, summary.__cause__, summary.__context__)
            if part is not None
            for frame in part.stack
            if frame.filename != __file__
        ]
    return "\n".join(texts)


def assert_unseen(text: str) -> None:
    lowered = text.lower()
    assert not [part for part in SECRET_PARTS if part in lowered], text


RESPONSES: dict[str, Callable[[str], httpx.Response]] = {
    "an error": lambda echo: httpx.Response(401, json={"reason": "401", "message": [echo], echo: 1}),
    "a usage limit": lambda echo: httpx.Response(409, json={"reason": "409", "message": [echo], "period": "month"}),
    "a page of a gateway": lambda echo: httpx.Response(502, html=f"<p>{echo}</p>"),
    "no JSON": lambda echo: httpx.Response(200, text=echo),
    "half of a JSON": lambda echo: httpx.Response(200, text=f'{{"system_id": "{echo}'),
    "a wrong type": lambda echo: httpx.Response(200, json={"system_id": echo}),
    "another body": lambda echo: httpx.Response(200, json={echo: echo}),
    "too much": lambda echo: httpx.Response(200, text=echo * 50),
    "a redirect": lambda echo: httpx.Response(302, headers={"Location": f"/login?from={quote(echo)}"}),
    "headers": lambda echo: httpx.Response(500, headers=[(b"X-Asked", echo.encode())]),
}


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> Iterator[Callable[[], str]]:
    """All that was logged at any level, by any logger."""
    with caplog.at_level(logging.DEBUG):
        yield lambda: caplog.text + "".join(f"{each.msg}{each.args}{each.getMessage()}" for each in caplog.records)


ECHOES = echoes()


@pytest.mark.parametrize(
    ("echo", "response", "strict"),
    # What is masked does not depend on the mode, but the texts do in which it stands.
    [
        *((echo, response, False) for echo in ECHOES for response in RESPONSES),
        *(("its URL", response, True) for response in RESPONSES),
    ],
)
def test_what_a_response_echoes_is_masked(
    service: StubService, echo: str, response: str, strict: bool, logged: Callable[[], str]
) -> None:
    service.always = lambda request: RESPONSES[response](ECHOES[echo](request))
    options: dict[str, Any] = {"max_retries": 0, "max_response_bytes": 4000, "max_wait": 0, "strict": strict}
    with service.client(**SECRETS, **options) as client:
        with pytest.raises(EnlightenError) as caught:
            client.search_system_id("1")
        assert_unseen(shown_by(caught.value))
        assert_unseen(repr(pickle.dumps(caught.value)))
        assert_unseen(logged())


@pytest.mark.parametrize("as_number", [USER, 12345678])
def test_a_user_id_that_a_response_has_as_a_number_is_masked_there(service: StubService, as_number: int | str) -> None:
    service.always = reply({"reason": "unknown user", "user": as_number, "first_interval": 12345678}, 422)
    with (
        service.client(api_key=KEY, user_id=str(as_number)) as client,
        pytest.raises(UnprocessableRequestError) as caught,
    ):
        client.summary(67)
    assert caught.value.body["user"] == "***"
    assert caught.value.first_interval == 12345678


def test_a_short_user_id_is_masked_as_a_word_and_does_not_blot_out_the_rest(service: StubService) -> None:
    service.always = reply({"reason": "404", "message": ["User 4 has no system 1442"]}, 404)
    with (
        service.client(api_key=KEY, user_id="4") as client,
        pytest.raises(EnlightenError, match=r"User \*\*\* has no system 1442"),
    ):
        client.summary(67)


BACKSLASHES = 1_000_000


@pytest.mark.parametrize(
    "response",
    [
        httpx.Response(400, json={"reason": "400", "message": ["\\" * BACKSLASHES + ascii(KEY)]}),
        httpx.Response(400, text="\\" * BACKSLASHES + KEY),
        httpx.Response(400, headers={"X-Asked": "\\" * BACKSLASHES + ascii(KEY)}),
    ],
    ids=["a message", "a page", "a header"],
)
def test_a_run_of_backslashes_is_gone_through_once(
    service: StubService, response: httpx.Response, logged: Callable[[], str]
) -> None:
    # Once from each of them would be 10 ** 12 steps, which no test would live to see.
    service.always = response
    with service.client(**SECRETS) as client, pytest.raises(EnlightenError) as caught:
        client.search_system_id("1")
    assert_unseen(shown_by(caught.value))
    assert_unseen(logged())


@pytest.mark.parametrize("secret", ["\\begins-so", "has\\\\two", "ends-so\\"])
def test_a_secret_with_backslashes_is_found_among_others(service: StubService, secret: str) -> None:
    message = "\\" * 10_000 + f" {secret} {json.dumps(json.dumps(secret))}"
    service.always = reply({"message": message}, 400)
    with service.client(api_key=secret, user_id=USER) as client, pytest.raises(APIStatusError) as caught:
        client.search_system_id("1")
    masked = caught.value.messages[0].replace("\\", "")
    assert not [part for part in ("so", "has", "two") if part in masked], masked[-200:]


class TellingError(httpx.ConnectError):
    """An exception of a transport that shows the request in every way that there is."""

    def __init__(self, request: httpx.Request) -> None:
        super().__init__(f"cannot send {request.url}", request=request)
        self.url = str(request.url)
        self.add_note(str(request.url))


class PlainError(Exception):
    pass


class Stop(BaseException):
    pass


def telling(request: httpx.Request) -> Exception:
    return TellingError(request)


def plain(request: httpx.Request) -> Exception:
    return PlainError(request.url, {"url": str(request.url)})


def timed_out(request: httpx.Request) -> Exception:
    return httpx.ReadTimeout(f"{request.url}", request=request)


def refused(request: httpx.Request) -> Exception:
    return ConnectionRefusedError(111, "refused", str(request.url))


def status(request: httpx.Request) -> Exception:
    return httpx.HTTPStatusError("no", request=request, response=httpx.Response(500, request=request, text=KEY))


def decoding(request: httpx.Request) -> Exception:
    return httpx.DecodingError(f"{request.url}", request=request)


@pytest.fixture(params=["sync", "async"])
def kind(request: pytest.FixtureRequest) -> Iterator[Kind]:
    """Runs a test with either client, in an event loop that logs as much as it can."""
    kind = Kind(request.param, debug=True)
    yield kind
    kind.close()


@pytest.mark.parametrize("make", [telling, plain, timed_out, refused, status, decoding])
def test_an_exception_of_a_transport_does_not_show_them(
    kind: Kind, make: Callable[[httpx.Request], Exception], logged: Callable[[], str]
) -> None:
    def handle(request: httpx.Request) -> httpx.Response:
        try:
            return httpx.Response(int(str(request.url)))
        except ValueError as error:
            raise make(request) from error

    with pytest.raises(EnlightenError) as caught:
        summary(kind, handle)
    assert isinstance(caught.value.__cause__, httpx.HTTPError)
    assert_unseen(shown_by(caught.value))
    assert_unseen(logged())


def summary(kind: Kind, handle: Handler) -> None:
    with kind.make(KEY, USER, transport=httpx.MockTransport(handle), max_retries=0) as client:
        client.summary(67)


@pytest.mark.parametrize("cause", [Stop, telling, plain])
def test_an_interrupt_in_a_transport_does_not_show_them(kind: Kind, cause: Callable[[Any], BaseException]) -> None:
    def handle(request: httpx.Request) -> httpx.Response:
        try:
            return httpx.Response(int(str(request.url)))
        except ValueError:
            raise Stop(f"while at {request.url}") from cause(request)

    with pytest.raises(Stop) as caught:
        summary(kind, handle)
    assert isinstance(caught.value.__cause__, Stop | None)
    assert_unseen(shown_by(caught.value))


def parts(whole: object) -> Iterator[Any]:
    """The objects of the wrapper of which another one is made."""
    pending, known = [whole], set()
    while pending:
        part = pending.pop()
        if id(part) in known or not type(part).__module__.startswith("enphase_enlighten"):
            continue
        known.add(id(part))
        yield part
        names = [
            *getattr(part, "__dict__", {}),
            *(name for cls in type(part).__mro__ for name in getattr(cls, "__slots__", ())),
        ]
        pending += [getattr(part, name, None) for name in names if name != "__weakref__"]


@pytest.mark.parametrize("make", [Enlighten, AsyncEnlighten])
def test_nothing_of_a_client_shows_them(service: StubService, make: Any) -> None:
    client = make(KEY, USER, transport=service.transport())
    found = [*parts(client), client.low_level, client._driver.http]
    assert {"Credentials", "Settings", "Quota"} <= {type(part).__name__ for part in found}
    for part in found:
        assert_unseen(repr(part) + str(part) + format(part))
    for part in (client, *(part for part in found if type(part).__name__ == "Credentials")):
        for taken in (pickle.dumps, copy.deepcopy):
            with pytest.raises(TypeError) as caught:
                taken(part)
            assert_unseen(str(caught.value))


def test_a_request_of_the_low_level_client_to_another_host_is_neither_signed_nor_sent(service: StubService) -> None:
    service.always = httpx.Response(302, headers={"Location": "https://elsewhere.example/"})
    with service.client(**SECRETS) as client:
        http = client.low_level.get_httpx_client()
        with pytest.raises(httpx.UnsupportedProtocol, match=r"Not sent to elsewhere\.example") as caught:
            http.get("https://elsewhere.example/systems")
        assert_unseen(shown_by(caught.value))
        for other in ("http://api.enphaseenergy.com/", "https://api.enphaseenergy.com:444/"):
            with pytest.raises(httpx.UnsupportedProtocol):
                http.get(other)
        assert service.sent == []
        response = http.get("/systems", follow_redirects=True)
        assert (response.status_code, len(service.sent)) == (302, 1)
        assert_unseen(str(response.request.url))


@pytest.mark.parametrize("location", ["https://elsewhere.example/", "/api/v2/other", "http://[", "//x:y@z:port/"])
def test_a_redirect_is_not_followed_wherever_it_leads(service: StubService, location: str) -> None:
    service.always = httpx.Response(307, headers={"Location": location})
    with (
        service.client(**SECRETS) as client,
        pytest.raises(EnlightenError, match=r"status 307.*Redirects are not followed.*correct the base URL"),
    ):
        client.summary(67)
    assert len(service.sent) == 1


def test_a_response_does_not_show_them_to_the_low_level_client(service: StubService) -> None:
    service.always = lambda request: httpx.Response(200, headers={"X-Asked": str(request.url)})
    service.headers = {"Date": "Mon, 01 Jun 2026 00:00:00 GMT"}
    with service.client(api_key=KEY, user_id="2026") as client:
        headers = client.low_level.get_httpx_client().get("/systems").headers
    assert_unseen(repr(headers.raw))
    assert headers["X-Asked"].endswith("?key=***&user_id=***")
    # A time in which a short secret happens to stand is needed as it is.
    assert headers["Date"] == "Mon, 01 Jun 2026 00:00:00 GMT"


def test_what_a_profile_has_is_not_shown_when_another_setting_of_it_is_invalid(tmp_path: Path) -> None:
    profile(tmp_path, f"[default]\napi_key = '{KEY}'\nuser_id = '{USER}'\nbase_url = 'http://service.example'")
    with pytest.raises(ConfigurationError, match=r"base_url of the profile='http://service\.example'") as caught:
        Enlighten()
    assert_unseen(shown_by(caught.value))


def test_no_cookie_is_kept(service: StubService) -> None:
    service.headers = {"Set-Cookie": "session=1; Path=/"}
    with service.client() as client:
        client.search_system_id("1")
        client.search_system_id("2")
    assert [request.headers.get("Cookie") for request in service.sent] == [None, None]


def test_masking_ends_with_the_client(service: StubService, logged: Callable[[], str]) -> None:
    client = service.client(**SECRETS)
    logging.getLogger("httpcore.http11").debug("%s", KEY)
    assert_unseen(logged())
    client.close()
    del client
    gc.collect()
    logging.getLogger("httpcore.http11").debug("%s", KEY)
    assert KEY in logged()


def test_an_error_that_is_caught_and_raised_again_stays_free_of_them(service: StubService) -> None:
    def fail(request: httpx.Request) -> httpx.Response:
        raise TellingError(request)

    service.always = fail
    with (
        service.client(**SECRETS, max_retries=2) as client,
        pytest.raises(ConnectionFailedError, match="in 3 attempts") as caught,
    ):
        list(client.stats(67, timezone="UTC"))
    assert_unseen(shown_by(caught.value))


def test_a_secret_that_comes_while_others_are_prepared_to_be_masked_is_masked_too() -> None:
    class Several(tuple[str, ...]):
        """Secrets to which another thread adds one while they are gone through the second time."""

        __slots__ = ()

        def __iter__(self) -> Iterator[str]:
            if next(turns, False):
                other.start()
                other.join(0.1)
            return iter(self[:])

    turns = iter([False, True])
    masking = Masking(Several(["first-secret"]))
    other = threading.Thread(target=masking.add, args=["second-secret"])
    assert "first-secret" not in masking.text("first-secret and second-secret")
    other.join()
    assert masking.text("first-secret and second-secret") == "*** and ***"
