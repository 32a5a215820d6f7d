"""What an error tells: from each shape of body, and for each thing that goes wrong before one comes."""

from __future__ import annotations

import asyncio
import contextlib
import copy
import inspect
import json
import pickle
import socket
import subprocess
import sys
import threading
import traceback
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

import enphase_enlighten
from enphase_enlighten import (
    APIStatusError,
    AsyncEnlighten,
    AuthenticationError,
    ConfigurationError,
    ConnectionFailedError,
    Enlighten,
    EnlightenError,
    InvalidArgumentError,
    InvalidResponseError,
    NotFoundError,
    Quota,
    RequestTimeoutError,
    ServerError,
    ServiceUnavailableError,
    TimezoneUnknownError,
    UnprocessableRequestError,
    UsageLimitExceededError,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.lowest

RECORDED = Path(__file__).parents[1] / "data" / "recorded"
NOW = 1_780_000_000


def refused(status: int, body: object, call: str = "summary", **options: Any) -> Any:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    transport = httpx.MockTransport(lambda _request: httpx.Response(status, content=content))
    options = {"max_wait": 0, "max_retries": 0, "clock": lambda: NOW, **options}
    with (
        Enlighten("key-of-the-app", "user-of-the-app", transport=transport, **options) as client,
        pytest.raises(APIStatusError) as caught,
    ):
        getattr(client, call)(67)
    return caught.value


NOT_AUTHORIZED = ("Not authorized to access requested resource.",)
NO_METER = ("This system has no consumption meter",)
RANGE = "Requested date range is invalid for this system"
SEVEN_DAYS = (
    "Requested date range in one API hit cannot be more than 7 days. {:start_at=>1381474800, :end_at=>1382252400}"
)
PLAN = ("Usage limit exceeded for plan Watt",)


@pytest.mark.parametrize(
    ("file", "expected", "reason", "messages", "rest"),
    [
        ("401-not-authorized", AuthenticationError, "401", NOT_AUTHORIZED, {}),
        ("401-not-authorized-without-full-stop", AuthenticationError, "401", (NOT_AUTHORIZED[0][:-1],), {}),
        ("401-no-consumption-meter", AuthenticationError, None, NO_METER, {}),
        ("404-no-consumption-meter", NotFoundError, None, NO_METER, {}),
        ("404-envoy-not-found", NotFoundError, "404", ("Envoy not found with this serial number",), {}),
        ("404-resource-not-found", NotFoundError, "404", ("Resource not found.",), {}),
        (
            "409-minute",
            UsageLimitExceededError,
            "409",
            PLAN,
            {"period": "minute", "limit": 10, "resets_at": datetime(2014, 6, 2, 20, 55, tzinfo=UTC)},
        ),
        (
            "409-month",
            UsageLimitExceededError,
            "409",
            PLAN,
            {"period": "month", "limit": 10_000, "resets_at": datetime(2022, 2, 1, tzinfo=UTC)},
        ),
        ("422-invalid-date-range", UnprocessableRequestError, RANGE, (), {"first_interval": None}),
        ("422-more-than-seven-days", UnprocessableRequestError, SEVEN_DAYS, (), {"start_at": None}),
        (
            "422-no-intervals-in-range",
            UnprocessableRequestError,
            RANGE,
            (),
            {
                "start_at": 1381496100,
                "end_at": 1381497600,
                "first_interval": 1357023900,
                "last_interval": 1381480200,
            },
        ),
        ("422-site-not-found", UnprocessableRequestError, None, ("Couldn't find Site with 'id'=-1",), {}),
        ("500-data-temporarily-unavailable", ServerError, "7", ("Data temporarily unavailable.",), {}),
        ("500-with-type", ServerError, "500", ("Internal server error",), {}),
    ],
)
@pytest.mark.parametrize("strict", [False, True], ids=["lenient", "strict"])
def test_an_error_has_what_a_recorded_body_says(  # noqa: PLR0917 - the columns of a table
    file: str, expected: type[APIStatusError], reason: str | None, messages: tuple[str, ...], rest: Any, strict: bool
) -> None:
    body = json.loads((RECORDED / f"{file}.json").read_text())
    error = refused(int(file[:3]), body, strict=strict)
    assert type(error) is expected
    assert (error.status, error.operation, error.attempts) == (int(file[:3]), "Summary", 1)
    assert (error.reason, error.messages, error.body) == (reason, messages, body)
    assert {name: getattr(error, name) for name in rest} == rest
    said = messages[0] if messages else reason
    assert said is not None
    advice = expected.advice
    if "resets_at" in rest:
        advice = f"The {rest['period']} ends at {rest['resets_at']:%Y-%m-%d %H:%M:%S} UTC. {advice}"
    assert str(error) == f"Summary: status {file[:3]}: {said.rstrip('.')}. {advice}"


def test_the_table_above_has_every_recorded_body() -> None:
    [mark] = [mark for mark in test_an_error_has_what_a_recorded_body_says.pytestmark if "file" in mark.args[0]]
    assert {row[0] for row in mark.args[1]} == {file.stem for file in RECORDED.glob("*.json")}


@pytest.mark.parametrize(
    ("status", "body", "reason", "messages", "text"),
    [
        (401, {"reason": 401, "message": ["Not authorized"]}, "401", ("Not authorized",), "Not authorized."),
        (422, {"reason": "Bad range", "message": "No site"}, "Bad range", ("No site",), "Bad range; No site."),
        (500, {"errorCode": 7, "errorMessages": []}, "7", (), "7."),
        (500, {"message": None, "reason": None}, None, (), "the body begins"),
        (404, {"message": [1, {"a": [2]}]}, None, ("1", "{'a': [2]}"), "1; {'a': [2]}."),
        (404, ["Not found"], None, (), "the body begins \"['Not found']\"."),
        (404, b"", None, (), "the body is empty."),
        (404, "Not found", None, (), "the body begins 'Not found'."),
        (
            418,
            {"message": ["a\n\x1b[31mb\ud800c\u202ed"]},
            None,
            ("a\n\x1b[31mb\ud800c\u202ed",),
            r"a \x1b[31mb\ud800c\u202ed.",
        ),
        (404, {"message": "x" * 9000}, None, ("x" * 9000,), "x" * 397 + "..."),
    ],
)
def test_whatever_the_shape_of_a_body_it_is_told_in_one_line(
    status: int, body: object, reason: str | None, messages: tuple[str, ...], text: str
) -> None:
    error = refused(status, body)
    assert (error.reason, error.messages) == (reason, messages)
    assert f"status {status}: {text}" in str(error)
    assert len(str(error).splitlines()) == 1
    str(error).encode()


@pytest.mark.parametrize(
    ("content", "body"), [(b"null", None), (b" null\n", None), (b'"null"', "null"), (b"nul", "nul"), (b"", "")]
)
def test_a_body_of_null_is_none_and_no_text(content: bytes, body: object) -> None:
    assert refused(404, content).body == body


@pytest.mark.parametrize("call", ["consumption_lifetime", "summary"])
def test_a_plain_401_of_a_consumption_operation_names_both_causes(call: str) -> None:
    error = refused(401, {"reason": "401", "message": ["Not authorized"]}, call)
    assert ("without a consumption meter" in str(error)) is (call == "consumption_lifetime")
    assert "authorised" in str(error)


@pytest.mark.parametrize("wrong", ["10", 10.5, True, None, [10], -1, 2**70, 10**400])
def test_numbers_that_are_none_are_left_out(wrong: object) -> None:
    error = refused(409, {"message": ["No"], "period": wrong, "limit": wrong, "period_end": wrong})
    assert error.resets_at is None
    assert error.limit is None
    assert error.period == (wrong if isinstance(wrong, str) else None)
    error = refused(422, {"reason": "No", "first_interval": wrong})
    assert error.first_interval is None


def test_attempts_are_counted_and_told() -> None:
    class Clock:
        now = staticmethod(lambda: float(NOW))
        advance = staticmethod(lambda _seconds: None)

    error = refused(503, b"", max_retries=2, clock=Clock())
    assert type(error) is ServiceUnavailableError
    assert error.attempts == 3
    assert str(error).startswith("Summary: status 503 after 3 attempts: ")


CLASSES = [
    cls for cls in vars(enphase_enlighten.errors).values() if inspect.isclass(cls) and issubclass(cls, EnlightenError)
]


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_every_error_is_public_and_pickles_with_all_that_it_has(cls: type[EnlightenError]) -> None:
    assert getattr(enphase_enlighten, cls.__name__) is cls
    error = cls("what happened, and what to do")
    error.operation = "Stats"
    error.body = {"reason": [1, None]}
    error.add_note("seen at night")
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        twin = pickle.loads(pickle.dumps(error, protocol))  # noqa: S301 - our own
        assert type(twin) is cls
        assert (twin.args, twin.__dict__) == (error.args, error.__dict__)
    twin = copy.copy(error)
    twin.operation = "Systems"
    assert error.operation == "Stats"


def test_an_error_crosses_to_another_process() -> None:
    error = refused(409, json.loads((RECORDED / "409-minute.json").read_text()))
    program = "import pickle, sys; print(pickle.load(sys.stdin.buffer).resets_at)"
    done = subprocess.run([sys.executable, "-c", program], input=pickle.dumps(error), capture_output=True, check=True)  # noqa: S603 - this interpreter
    assert done.stdout.decode().strip() == "2014-06-02 20:55:00+00:00"


def test_a_refused_argument_is_a_value_error_that_names_itself_and_its_operation() -> None:
    with Enlighten("key", "user", transport=httpx.MockTransport(lambda _request: httpx.Response(500))) as client:
        calls: dict[str, Callable[[], object]] = {
            "Summary": lambda: client.summary("67"),  # type: ignore[arg-type]  # refused for it
            "Stats": lambda: client.stats(67, start_at="soon"),
            "Systems": lambda: client.systems(page_size=0),
            "EnergyLifetime": lambda: client.energy_lifetime(67, start_date="soon"),
            "SearchSystemId": lambda: client.search_system_id(""),
        }
        for operation, call in calls.items():
            with pytest.raises(ValueError, match=r"is not accepted\. Give ") as caught:
                call()
            assert isinstance(caught.value, InvalidArgumentError)
            assert caught.value.operation == operation
            assert str(caught.value).startswith(f"{caught.value.argument}=")


@pytest.mark.parametrize("number", [2**63, 10**400, 10**5000], ids=["64 bits", "400 digits", "5000 digits"])
def test_a_number_that_is_no_id_is_refused_and_shown_as_far_as_it_can_be(number: int) -> None:
    with Enlighten("key", "user", transport=httpx.MockTransport(lambda _request: httpx.Response(500))) as client:
        with pytest.raises(InvalidArgumentError, match=r"^system_id=.{5,80} is not accepted"):
            client.summary(number)
        with pytest.raises(InvalidArgumentError, match=r"^start_at=.{5,80} is not accepted"):
            client.stats(67, start_at=number)


@pytest.mark.parametrize("text", ["\ud800", "x" * 100_000])
def test_an_argument_that_fits_in_no_url_is_refused(text: str) -> None:
    with Enlighten("key", "user", transport=httpx.MockTransport(lambda _request: httpx.Response(500))) as client:
        with pytest.raises(InvalidArgumentError, match="SearchSystemId: an argument cannot be sent") as caught:
            client.search_system_id(text)
        assert caught.value.operation == "SearchSystemId"


def test_an_unknown_timezone_is_told_for_the_operation_that_needed_it() -> None:
    transport = httpx.MockTransport(lambda _request: httpx.Response(200, json={"systems": []}))
    with Enlighten("key", "user", transport=transport) as client:
        with pytest.raises(TimezoneUnknownError, match="Pass timezone=") as caught:
            list(client.stats(67))
        assert caught.value.operation == "Stats"
        with pytest.raises(TimezoneUnknownError) as caught:
            client.production_meter_readings(67, end_at="2026-01-01")
        assert caught.value.operation == "ProductionMeterReadings"


@contextmanager
def server(handle: Callable[[socket.socket], None]) -> Iterator[str]:
    """A server on loopback; each connection is handled by `handle`, and closed when the test is over."""
    connections = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                connections.append(connection)
                connection.recv(65536)
                handle(connection)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        listener.shutdown(socket.SHUT_RDWR)
        thread.join(60)
        for connection in connections:
            connection.close()


def failed(sender: str, base_url: str, **options: Any) -> EnlightenError:
    options = {"base_url": base_url, "max_retries": 0, "timeout": 60, **options}

    def ask() -> None:
        with Enlighten("key-of-the-app", "user-of-the-app", **options) as client:
            client.summary(67)

    async def ask_async() -> None:
        async with AsyncEnlighten("key-of-the-app", "user-of-the-app", **options) as client:
            await client.summary(67)

    with pytest.raises(EnlightenError) as caught:
        ask() if sender == "sync" else asyncio.run(ask_async())
    assert "-of-the-app" not in str(caught.value)
    assert caught.value.operation == "Summary"
    return caught.value


def test_a_refused_connection(sender: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    error = failed(sender, f"http://127.0.0.1:{port}")
    assert type(error) is ConnectionFailedError
    assert "ConnectError" in str(error)
    assert "SSLContext" not in str(error)


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Le",
        b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"system_id": 67',
        b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\n{"system_id": 67',
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nno chunk\r\n",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200_000,
    ],
    ids=["nothing", "half a head", "half a body", "half a chunk", "no chunk", "no HTTP", "an endless head"],
)
def test_a_server_that_breaks_off(sent: bytes, sender: str) -> None:
    def handle(connection: socket.socket) -> None:
        # The client may hang up before it was sent everything.
        with contextlib.suppress(OSError):
            connection.sendall(sent)
            connection.shutdown(socket.SHUT_WR)

    with server(handle) as base_url:
        error = failed(sender, base_url)
    assert type(error) is ConnectionFailedError
    assert "Check the network and the base URL" in str(error)


@pytest.mark.parametrize("sent", [b"", b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"system_id": 67'])
def test_a_server_that_goes_silent(sent: bytes, sender: str) -> None:
    with server(lambda connection: connection.sendall(sent)) as base_url:
        error = failed(sender, base_url, timeout=1)
    assert type(error) is RequestTimeoutError
    assert "ReadTimeout" in str(error)
    assert "raise timeout" in str(error)


def test_a_server_that_speaks_no_tls(sender: str) -> None:
    with server(lambda connection: connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")) as base_url:
        error = failed(sender, base_url.replace("http:", "https:"))
    assert type(error) is ConnectionFailedError
    assert "SSL" in str(error)


def test_there_is_a_timeout_by_default() -> None:
    seen: list[Any] = []

    def handle(request: httpx.Request) -> httpx.Response:
        seen.append(request.extensions["timeout"])
        return httpx.Response(200, json={"system_id": 67})

    with Enlighten("key", "user", transport=httpx.MockTransport(handle)) as client:
        client.search_system_id("1")
        client.with_options(timeout=5).search_system_id("1")
    assert [set(timeout.values()) for timeout in seen] == [{30.0}, {5}]


@pytest.mark.parametrize("timeout", [0, -1, float("nan"), float("inf"), 10**400, "5", True, None])
def test_a_timeout_that_is_none_is_refused(timeout: Any) -> None:
    with pytest.raises(InvalidArgumentError, match="timeout="):
        Enlighten("key", "user", timeout=timeout)


def test_what_was_handled_when_an_error_was_found_does_not_come_along() -> None:
    body = {"system_id": 67, "start_date": "9999-12-31", "production": [1, 2]}
    transport = httpx.MockTransport(lambda _request: httpx.Response(200, json=body))
    with Enlighten("key", "user", transport=transport) as client, pytest.raises(InvalidResponseError) as caught:
        client.energy_lifetime(67)
    assert caught.value.__context__ is None
    frames = traceback.extract_tb(caught.value.__traceback__)
    assert not [frame for frame in frames if "operations" in frame.filename]


@pytest.mark.parametrize(
    ("options", "expected", "problem"),
    [
        (
            {"max_retries": -1},
            InvalidArgumentError,
            "max_retries=-1 is not accepted. Give a whole number of at least 0",
        ),
        ({"max_retries": 1.5}, InvalidArgumentError, "max_retries=1.5"),
        ({"concurrency": 0}, InvalidArgumentError, "concurrency=0"),
        ({"max_response_bytes": True}, InvalidArgumentError, "max_response_bytes=True"),
        ({"max_wait": -0.1}, InvalidArgumentError, "max_wait=-0.1"),
        ({"max_wait": 10**400}, InvalidArgumentError, "max_wait=1000"),
        ({"max_wait": float("nan")}, InvalidArgumentError, "max_wait=nan"),
        ({"max_wait": "x" * 999}, InvalidArgumentError, "max_wait='x+... is not accepted"),
        ({"plan": "watt", "quota": Quota()}, ConfigurationError, "plan= and quota= were both given"),
        ({"plan": "ampere"}, ConfigurationError, "plan='ampere'"),
    ],
)
@pytest.mark.parametrize("make", [Enlighten, AsyncEnlighten])
def test_a_setting_that_cannot_be_used_is_refused(
    make: Any, options: dict[str, Any], expected: type[EnlightenError], problem: str
) -> None:
    with pytest.raises(expected, match=problem):
        make("key", "user", **options)


def test_an_unusable_body_is_told_with_its_place_and_its_beginning() -> None:
    transport = httpx.MockTransport(lambda _request: httpx.Response(200, html="<title>Maintenance</title>"))
    with Enlighten("key", "user", transport=transport) as client, pytest.raises(InvalidResponseError) as caught:
        client.summary(67)
    error = caught.value
    assert (error.status, error.pointer, error.excerpt) == (200, "", "<title>Maintenance</title>")
    assert str(error).startswith("Summary: the body: not JSON: Expecting value: line 1 column 1 (char 0) (status 200).")
    assert str(error).endswith("The body begins: '<title>Maintenance</title>'")
