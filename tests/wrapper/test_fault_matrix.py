"""Whatever goes wrong with a request: the caller sees data, or an error of ours that says enough.

What goes wrong below the operations is tried on two of them, what they read themselves on one of each shape.
"""

from __future__ import annotations

import asyncio
import copy
import gzip
import json
import pickle
import ssl
import tracemalloc
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import httpx
import pytest

from enphase_enlighten import (
    APIStatusError,
    AuthenticationError,
    ConnectionFailedError,
    EnlightenError,
    InvalidResponseError,
    NotFoundError,
    RequestTimeoutError,
    ServerError,
    ServiceUnavailableError,
    UnprocessableRequestError,
    UsageLimitExceededError,
)
from tests.support.clock import SettableClock
from tests.support.service import Outcome, StubService, reply, streamed
from tests.support.v2_calls import CALLS, NOW

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from tests.support.clients import Kind

LIMIT = 100_000
BELOW = ("Summary", "Stats")
EACH_SHAPE = ("Summary", "EnergyLifetime", "Stats", "Systems")
CONSUMPTION = {"ConsumptionLifetime", "ConsumptionStats"}
INTERVALS = {"ConsumptionStats", "RgmStats", "Stats"}
NO_CONTENT = {"ConsumptionLifetime", "EnergyLifetime", *INTERVALS}


def carry_out(kind: Kind, operation: str, outcome: Outcome, **options: Any) -> Any:
    """Call an operation with this outcome for each of its requests."""
    options = {"max_retries": 0, "max_wait": 0, "max_response_bytes": LIMIT, **options}
    service = StubService(SettableClock(NOW.timestamp()), always=outcome)
    with kind.client(service, api_key="key-of-the-app", user_id="user-of-the-app", **options) as client:
        return CALLS[operation].run(client)


class Fault(NamedTuple):
    """A fault, and what the caller is to see.

    Attributes:
        shows: A part of the error's text.
        data: The operations to which it says that there is nothing, which is no error.
    """

    name: str
    outcome: Outcome
    expected: type[EnlightenError]
    status: int | None = None
    shows: str = ""
    data: Collection[str] = ()


HTML = b"<!doctype html><title>Bad gateway</title>"
BOMB = gzip.compress(b" " * 50_000_000)
GZIPPED = gzip.compress(b'{"system_id": 67}')
DEEP = b"[" * 50_000 + b"]" * 50_000
HIDDEN = b'["]",' * 900 + b"1" + b',"["]' * 900
"""Deep, though its brackets, those of texts among them, cancel each other out two by two."""


def unusable(name: str, content: bytes, shows: str = "") -> Fault:
    return Fault(name, reply(content), InvalidResponseError, 200, shows)


CONTENTS = [
    unusable("html", HTML, "<!doctype html>"),
    unusable("empty", b""),
    unusable("half-json", b'{"systems": [{"sys', "systems"),
    unusable("no-utf-8", b'{"systems": "\xff\xfe"}', "systems"),
    unusable("null", b"null", "null"),
    unusable("number", b"12", "12"),
    unusable("text", b'"ok"', "ok"),
    unusable("none-of-it", b'{"page": 1}', "page"),
    unusable("list-of-that", b'[{"page": 1}]', "page"),
    unusable("list-of-numbers", b"[1, 2]", "1, 2"),
    unusable("nan", b'{"system_id": NaN}', "NaN"),
    unusable("infinity", b'{"system_id": -Infinity}', "Infinity"),
    unusable("too-large-a-number", b'{"system_id": 1e999}', "1e999"),
    unusable("5000-digits", b'{"a": %s}' % (b"9" * 5000), "999"),
    unusable("deep", DEEP, "[[["),
    unusable("deep-behind-texts", HIDDEN, "]"),
]
"""Whole bodies of success, which the operations read."""

ERROR_BODIES = [
    Fault("html-502", reply(HTML, 502), ServerError, 502, "<!doctype html>"),
    Fault("html-503", reply(HTML, 503), ServiceUnavailableError, 503, "<!doctype html>"),
    Fault("empty-502", reply(b"", 502), ServerError, 502),
    Fault("half-json-401", reply(b'{"reason": "40', 401), AuthenticationError, 401, "reason"),
    Fault("deep-500", reply(DEEP[:50_000], 500), ServerError, 500, "[[["),
    Fault("deep-enough", reply(b'{"a":' * 300 + b"1" + b"}" * 300, 422), UnprocessableRequestError, 422),
    Fault("deep-behind-texts-422", reply(HIDDEN, 422), UnprocessableRequestError, 422),
    Fault("bomb-500", streamed(BOMB, status=500, encoding="gzip"), ServerError, 500),
    Fault("large-503", streamed(b"busy", b" " * LIMIT, status=503), ServiceUnavailableError, 503, "busy"),
    Fault("no-gzip-503", streamed(HTML, status=503, encoding="gzip"), ServiceUnavailableError, 503, "html"),
    Fault("brotli-502", streamed(b"\x0b\x02", status=502, encoding="br"), ServerError, 502),
    Fault("utf-8-401", streamed(b'{"reason": "401"}', status=401, encoding="utf-8"), AuthenticationError, 401),
]

STREAMS = [
    Fault("large", reply(b" " * (LIMIT + 1)), InvalidResponseError, 200, " "),
    Fault("large-in-chunks", streamed(b"[", b" " * LIMIT), InvalidResponseError, 200, "["),
    Fault("bomb", streamed(BOMB, encoding="gzip"), InvalidResponseError, 200),
    Fault("no-gzip", streamed(b"nothing", encoding="gzip"), InvalidResponseError, 200),
    # A transport of the user's own may decompress itself.
    Fault("no-gzip-at-once", lambda _: reply(b"nothing", headers={"Content-Encoding": "gzip"}), InvalidResponseError),
    Fault("other-encoding", streamed(b"x", encoding="gzip, br"), InvalidResponseError, 200),
    Fault("half-gzip", streamed(GZIPPED[:-9], encoding="gzip"), ConnectionFailedError),
    Fault("cut", streamed(b'{"sys', httpx.RemoteProtocolError("cut")), ConnectionFailedError, shows="cut"),
    Fault("stalled", streamed(b'{"sys', httpx.ReadTimeout("stalled")), RequestTimeoutError),
    Fault("reset", streamed(b"{", ConnectionResetError("reset by peer")), ConnectionFailedError, shows="reset by peer"),
    Fault("nothing-like-it", lambda _: None, ConnectionFailedError),  # type: ignore[arg-type,return-value]  # the fault
]

STATUSES = [
    Fault("201", reply(b"{}", 201), APIStatusError, 201),
    Fault("204", reply(b"", 204), InvalidResponseError, 204, data=NO_CONTENT),
    Fault("299", reply(b'{"message": ["odd"]}', 299), APIStatusError, 299, "odd"),
    Fault("301", reply(b"", 301, {"Location": "https://elsewhere.example/"}), APIStatusError, 301, "base URL"),
    Fault("302-nowhere", reply(b"", 302, {"Location": "http://[::1"}), APIStatusError, 302, "base URL"),
    Fault("418", reply(b"teapot", 418), APIStatusError, 418, "teapot"),
    Fault("429", reply(b"", 429), UsageLimitExceededError, 429),
    Fault("520", reply(HTML, 520), ServerError, 520, "Bad gateway"),
    Fault("999", reply(b"[[]]", 999), ServerError, 999),
]

CLASSES = {
    401: AuthenticationError,
    404: NotFoundError,
    409: UsageLimitExceededError,
    422: UnprocessableRequestError,
    500: ServerError,
}
NOTHING_THERE = {
    "401-no-consumption-meter": CONSUMPTION,
    "404-no-consumption-meter": CONSUMPTION,
    "422-no-intervals-in-range": INTERVALS,
}


def recorded() -> Iterator[Fault]:
    """The bodies of errors that the service was seen to give."""
    for file in sorted((Path(__file__).parents[1] / "data" / "recorded").glob("*.json")):
        status, body = int(file.stem[:3]), file.read_bytes()
        [*_, shows] = (value for value in json.loads(body).values() if isinstance(value, str | list))
        shows = "Usage limit" if status == 409 else shows[0] if isinstance(shows, list) else shows
        data = NOTHING_THERE.get(file.stem, set())
        yield Fault(file.stem, reply(body, status), CLASSES[status], status, shows[:30], data)


def descendants(cls: type[Exception]) -> Iterator[type[Exception]]:
    yield cls
    for child in cls.__subclasses__():
        if child.__module__ == "httpx":
            yield from descendants(child)


def made(cls: type[Exception]) -> Exception:
    if issubclass(cls, httpx.HTTPStatusError):
        request = httpx.Request("GET", "https://api.enphaseenergy.com")
        return cls("as told", request=request, response=httpx.Response(500, request=request))
    told: Callable[..., Exception] = cls
    return told() if issubclass(cls, httpx.StreamError) and cls is not httpx.StreamError else told("as told")


def exceptions() -> Iterator[Fault]:
    """What a transport may raise: all that httpx has, and some of what it has not."""
    roots = (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL, httpx.CookieConflict)
    for cls in dict.fromkeys(found for root in roots for found in descendants(root)):
        timeout = issubclass(cls, httpx.TimeoutException)
        broken = issubclass(cls, httpx.DecodingError)
        expected = RequestTimeoutError if timeout else InvalidResponseError if broken else ConnectionFailedError
        yield Fault(cls.__name__, made(cls), expected, shows="" if timeout or broken else cls.__name__[:4])
    for error in (
        OSError(101, "Network is unreachable"),
        ConnectionRefusedError("refused"),
        BrokenPipeError("broken"),
        ssl.SSLCertVerificationError("certificate has expired"),
        ExceptionGroup("several", [ValueError("one")]),
        RuntimeError("Event loop is closed"),
        RecursionError("too deep"),
        UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte"),
        KeyError("header"),
        MemoryError(),
    ):
        yield Fault(type(error).__name__, error, ConnectionFailedError)
    yield Fault("TimeoutError", TimeoutError("timed out"), RequestTimeoutError)


def cases() -> Iterator[Any]:
    """Each fault with its representatives, and with the operations that it is no error to."""
    for fault in (*CONTENTS, *ERROR_BODIES, *STREAMS, *STATUSES, *recorded(), *exceptions()):
        representatives = EACH_SHAPE if fault in CONTENTS else BELOW
        for operation in dict.fromkeys((*representatives, *sorted(fault.data))):
            yield pytest.param(operation, fault, id=f"{fault.name}-{operation}")


@pytest.mark.parametrize(("operation", "fault"), list(cases()))
def test_the_caller_sees_data_or_an_error_that_says_enough(kind: Kind, operation: str, fault: Fault) -> None:
    if operation in fault.data:
        assert list(carry_out(kind, operation, fault.outcome)) == []
        return
    with pytest.raises(EnlightenError) as caught:
        carry_out(kind, operation, fault.outcome)
    error = caught.value
    assert type(error) is fault.expected
    assert error.operation == operation
    assert str(error).startswith(f"{operation}: ")
    assert getattr(error, "status", None) == fault.status
    assert fault.shows in str(error)
    if fault.status is not None:
        assert f"status {fault.status}" in str(error)
    assert any(advice in str(error).lower() for advice in ("try again", "check", "correct", "wait", "look at"))
    assert error.__context__ is None or error.__context__ is error.__cause__
    error.add_note("seen in the nightly run")
    for twin in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):  # noqa: S301 - our own
        assert type(twin) is type(error)
        assert twin.args == error.args
        assert twin.__dict__ == error.__dict__


@pytest.mark.filterwarnings("ignore:monthly_production is deprecated")
@pytest.mark.parametrize("operation", CALLS)
def test_the_error_of_each_operation_names_it(kind: Kind, operation: str) -> None:
    with pytest.raises(ServerError, match=f"^{operation}: status 500: ") as caught:
        carry_out(kind, operation, reply({"errorCode": "7", "errorMessages": ["Data temporarily unavailable."]}, 500))
    assert caught.value.operation == operation
    with pytest.raises(InvalidResponseError, match=f"^{operation}: ") as invalid:
        carry_out(kind, operation, reply(b"<html>"))
    assert invalid.value.operation == operation


class Interrupt(BaseException):
    pass


@pytest.mark.parametrize("interrupt", [Interrupt, KeyboardInterrupt, SystemExit, asyncio.CancelledError])
@pytest.mark.parametrize("operation", BELOW)
def test_interrupts_and_cancellations_pass_through(kind: Kind, operation: str, interrupt: type[BaseException]) -> None:
    raised = interrupt()
    with pytest.raises(interrupt) as caught:
        carry_out(kind, operation, raised)
    if interrupt is not asyncio.CancelledError:  # of which asyncio makes another on its way through a task
        assert caught.value is raised


@pytest.mark.parametrize(
    ("error", "attempts"),
    [
        (ConnectionResetError("reset"), 3),
        (ssl.SSLEOFError("cut"), 3),
        (TimeoutError("late"), 3),
        (httpx.ReadError("cut"), 3),
        (RuntimeError("a fault of the transport"), 1),
        (httpx.UnsupportedProtocol("no such thing"), 1),
    ],
    ids=repr,
)
def test_what_may_pass_is_tried_again_whoever_raised_it(
    kind: Kind, service: StubService, error: Exception, attempts: int
) -> None:
    service.always = error
    with kind.client(service, max_retries=2) as client, pytest.raises(EnlightenError):
        client.summary(67)
    assert len(service.sent) == attempts


def test_a_small_compressed_body_is_given_up_as_soon_as_it_is_too_large(service: StubService) -> None:
    service.always = streamed(BOMB, encoding="gzip")
    tracemalloc.start()
    try:
        with (
            service.client(max_response_bytes=LIMIT) as client,
            pytest.raises(InvalidResponseError, match=f"larger than {LIMIT} bytes. Raise max_response_bytes"),
        ):
            client.summary(67)
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "chunks",
    [
        [GZIPPED],
        [bytes([byte]) for byte in GZIPPED],
        [gzip.compress(b'{"system_id"'), gzip.compress(b": 67}")],
        [GZIPPED + b"\0\0\0"],
    ],
    ids=["whole", "byte by byte", "in two members", "padded"],
)
def test_a_compressed_body_is_read(kind: Kind, chunks: list[bytes]) -> None:
    assert carry_out(kind, "SearchSystemId", streamed(*chunks, encoding="gzip")) == 67


def test_no_encoding_is_asked_for_but_the_one_that_is_read_within_the_limit(service: StubService) -> None:
    with service.client() as client:
        assert client.search_system_id("1") == 67
    assert [request.headers["Accept-Encoding"] for request in service.sent] == ["gzip"]


def test_a_body_of_exactly_the_limit_is_read(kind: Kind) -> None:
    body = b'{"system_id": 67}'
    assert carry_out(kind, "SearchSystemId", streamed(body.ljust(LIMIT))) == 67
