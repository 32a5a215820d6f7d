"""Whatever comes back, for every operation, sync and async: data, or an error of ours that says enough."""

from __future__ import annotations

import asyncio
import copy
import gzip
import json
import pickle
import ssl
from collections.abc import AsyncIterator, Callable, Collection, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import pytest

from enphase_enlighten import (
    APIStatusError,
    AsyncEnlighten,
    AuthenticationError,
    ConnectionFailedError,
    Enlighten,
    EnlightenError,
    InvalidResponseError,
    NotFoundError,
    RequestTimeoutError,
    ServerError,
    ServiceUnavailableError,
    UnprocessableRequestError,
    UsageLimitExceededError,
)
from enphase_enlighten.engine.requests import snake_case

NOW = 1_780_000_000
LIMIT = 100_000
RANGE = {"start_at": NOW - 7200, "end_at": NOW - 3600, "timezone": "UTC"}
CALLS: dict[str, tuple[tuple[Any, ...], dict[str, Any]]] = {
    "ConsumptionLifetime": ((67,), {}),
    "ConsumptionStats": ((67,), RANGE),
    "EnergyLifetime": ((67,), {}),
    "Envoys": ((67,), {}),
    "Inventory": ((67,), {}),
    "InvertersSummaryByEnvoyOrSite": ((67,), {}),
    "MonthlyProduction": ((67, "2026-04-01"), {}),
    "ProductionMeterReadings": ((67,), {}),
    "RgmStats": ((67,), RANGE),
    "SearchSystemId": (("121842012242",), {}),
    "Stats": ((67,), RANGE),
    "Summary": ((67,), {}),
    "Systems": ((), {}),
}
LAZY = {"ConsumptionStats", "RgmStats", "Stats", "Systems"}
CONSUMPTION = {"ConsumptionLifetime", "ConsumptionStats"}
NO_CONTENT = {"ConsumptionLifetime", "ConsumptionStats", "EnergyLifetime", "RgmStats", "Stats"}

Handler = Callable[[httpx.Request], httpx.Response]


def carry_out(kind: str, operation: str, handler: Handler, **options: Any) -> Any:
    options = {"max_retries": 0, "max_wait": 0, "max_response_bytes": LIMIT, "clock": lambda: NOW, **options}
    args, kwargs = CALLS[operation]
    transport = httpx.MockTransport(handler)
    if kind == "sync":
        with Enlighten("key-of-the-app", "user-of-the-app", transport=transport, **options) as client:
            result = getattr(client, snake_case(operation))(*args, **kwargs)
            return list(result) if operation in LAZY else result

    async def carried_out() -> Any:
        async with AsyncEnlighten("key-of-the-app", "user-of-the-app", transport=transport, **options) as client:
            result = getattr(client, snake_case(operation))(*args, **kwargs)
            return [item async for item in result] if operation in LAZY else await result

    return asyncio.run(carried_out())


class Chunks(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that comes in chunks; where there is an error instead of one, it is raised."""

    def __init__(self, *chunks: bytes | Exception) -> None:
        self._chunks = chunks

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._chunks:
            if isinstance(chunk, Exception):
                raise chunk
            yield chunk

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self:
            yield chunk


def answer(status: int, content: bytes, **headers: str) -> Handler:
    return lambda _request: httpx.Response(status, content=content, headers=headers)


def streamed(*chunks: bytes | Exception, status: int = 200, encoding: str = "identity") -> Handler:
    return lambda _request: httpx.Response(status, stream=Chunks(*chunks), headers={"Content-Encoding": encoding})


def raising(error: BaseException) -> Handler:
    def handle(request: httpx.Request) -> httpx.Response:
        if isinstance(error, httpx.RequestError):
            error.request = request
        raise error

    return handle


class Fault(NamedTuple):
    """What comes back, and what the caller is to see.

    Attributes:
        shows: A part of the error's text.
        data: The operations to which it says that there is nothing, which is no error.
    """

    name: str
    handler: Handler
    expected: type[EnlightenError]
    status: int | None = None
    shows: str = ""
    data: Collection[str] = ()


HTML = b"<!doctype html><title>Bad gateway</title>"
BOMB = gzip.compress(b" " * 50_000_000)
GZIPPED = gzip.compress(b'{"system_id": 67}')
DEEP = b"[" * 100_000 + b"]" * 100_000
HIDDEN = b'["]",' * 900 + b"1" + b',"["]' * 900
"""Deep, though its brackets, those of texts among them, cancel each other out two by two."""

BODIES = [
    Fault("html", answer(200, HTML), InvalidResponseError, status=200, shows="<!doctype html>"),
    Fault("html-502", answer(502, HTML), ServerError, status=502, shows="<!doctype html>"),
    Fault("html-503", answer(503, HTML), ServiceUnavailableError, status=503, shows="<!doctype html>"),
    Fault("empty", answer(200, b""), InvalidResponseError, status=200),
    Fault("empty-502", answer(502, b""), ServerError, status=502),
    Fault("half-json", answer(200, b'{"systems": [{"sys'), InvalidResponseError, status=200, shows="systems"),
    Fault("half-json-401", answer(401, b'{"reason": "40'), AuthenticationError, status=401, shows="reason"),
    Fault("no-utf-8", answer(200, b'{"systems": "\xff\xfe"}'), InvalidResponseError, status=200, shows="systems"),
    Fault("null", answer(200, b"null"), InvalidResponseError, status=200, shows="null"),
    Fault("number", answer(200, b"12"), InvalidResponseError, status=200, shows="12"),
    Fault("text", answer(200, b'"ok"'), InvalidResponseError, status=200, shows="ok"),
    Fault("none-of-it", answer(200, b'{"page": 1}'), InvalidResponseError, status=200, shows="page"),
    Fault("list-of-that", answer(200, b'[{"page": 1}]'), InvalidResponseError, status=200, shows="page"),
    Fault("list-of-numbers", answer(200, b"[1, 2]"), InvalidResponseError, status=200, shows="1, 2"),
    Fault("nan", answer(200, b'{"system_id": NaN}'), InvalidResponseError, status=200, shows="NaN"),
    Fault("infinity", answer(200, b'{"system_id": -Infinity}'), InvalidResponseError, status=200, shows="Infinity"),
    Fault("too-large-a-number", answer(200, b'{"system_id": 1e999}'), InvalidResponseError, status=200, shows="1e999"),
    Fault("5000-digits", answer(200, b'{"a": %s}' % (b"9" * 5000)), InvalidResponseError, status=200, shows="999"),
    Fault("deep", streamed(DEEP[:50_000] + DEEP[-50_000:]), InvalidResponseError, status=200, shows="[[["),
    Fault("deep-500", streamed(DEEP[:50_000], status=500), ServerError, status=500, shows="[[["),
    Fault("deep-enough", answer(422, b'{"a":' * 300 + b"1" + b"}" * 300), UnprocessableRequestError, status=422),
    Fault("deep-behind-texts", answer(200, HIDDEN), InvalidResponseError, status=200, shows="]"),
    Fault("deep-behind-texts-422", answer(422, HIDDEN), UnprocessableRequestError, status=422),
    Fault("large", answer(200, b" " * (LIMIT + 1)), InvalidResponseError, status=200, shows=" "),
    Fault("large-in-chunks", streamed(b"[", b" " * LIMIT), InvalidResponseError, status=200, shows="["),
    Fault("bomb", streamed(BOMB, encoding="gzip"), InvalidResponseError, status=200),
    Fault("bomb-500", streamed(BOMB, status=500, encoding="gzip"), ServerError, status=500),
    Fault("large-503", streamed(b"busy", b" " * LIMIT, status=503), ServiceUnavailableError, status=503, shows="busy"),
    Fault(
        "no-gzip-503", streamed(HTML, status=503, encoding="gzip"), ServiceUnavailableError, status=503, shows="html"
    ),
    Fault("brotli-502", streamed(b"\x0b\x02", status=502, encoding="br"), ServerError, status=502),
    Fault("utf-8-401", streamed(b'{"reason": "401"}', status=401, encoding="utf-8"), AuthenticationError, status=401),
    Fault("no-gzip", streamed(b"nothing", encoding="gzip"), InvalidResponseError, status=200),
    Fault("no-gzip-at-once", answer(200, b"nothing", **{"Content-Encoding": "gzip"}), InvalidResponseError),
    Fault("other-encoding", streamed(b"x", encoding="gzip, br"), InvalidResponseError, status=200),
    Fault("half-gzip", streamed(GZIPPED[:-9], encoding="gzip"), ConnectionFailedError),
    Fault("cut", streamed(b'{"sys', httpx.RemoteProtocolError("cut")), ConnectionFailedError, shows="cut"),
    Fault("stalled", streamed(b'{"sys', httpx.ReadTimeout("stalled")), RequestTimeoutError),
    Fault("reset", streamed(b"{", ConnectionResetError("reset by peer")), ConnectionFailedError, shows="reset by peer"),
    Fault("nothing-like-it", lambda _request: None, ConnectionFailedError),  # type: ignore[arg-type,return-value]
]

STATUSES = [
    Fault("201", answer(201, b"{}"), APIStatusError, status=201),
    Fault(
        "204",
        answer(204, b""),
        InvalidResponseError,
        status=204,
        data=NO_CONTENT,
    ),
    Fault("299", answer(299, b'{"message": ["odd"]}'), APIStatusError, status=299, shows="odd"),
    Fault("301", answer(301, b"", Location="https://elsewhere.example/"), APIStatusError, status=301, shows="base URL"),
    Fault("302-nowhere", answer(302, b"", Location="http://[::1"), APIStatusError, status=302, shows="base URL"),
    Fault("418", answer(418, b"teapot"), APIStatusError, status=418, shows="teapot"),
    Fault("429", answer(429, b""), UsageLimitExceededError, status=429),
    Fault("520", answer(520, HTML), ServerError, status=520, shows="Bad gateway"),
    Fault("999", answer(999, b"[[]]"), ServerError, status=999),
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
    "422-no-intervals-in-range": {"ConsumptionStats", "RgmStats", "Stats"},
}


def recorded() -> Iterator[Fault]:
    for file in sorted((Path(__file__).parents[1] / "data" / "recorded").glob("*.json")):
        status, body = int(file.stem[:3]), file.read_bytes()
        [*_, shows] = (value for value in json.loads(body).values() if isinstance(value, str | list))
        shows = shows[0] if isinstance(shows, list) else shows
        yield Fault(
            file.stem,
            answer(status, body),
            CLASSES[status],
            status=status,
            shows="Usage limit" if status == 409 else shows[:30],
            data=NOTHING_THERE.get(file.stem, set()),
        )


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
    roots = (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL, httpx.CookieConflict)
    for cls in dict.fromkeys(found for root in roots for found in descendants(root)):
        timeout = issubclass(cls, httpx.TimeoutException)
        broken = issubclass(cls, httpx.DecodingError)
        expected = RequestTimeoutError if timeout else InvalidResponseError if broken else ConnectionFailedError
        yield Fault(cls.__name__, raising(made(cls)), expected, shows="" if timeout or broken else cls.__name__[:4])
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
        yield Fault(type(error).__name__, raising(error), ConnectionFailedError)
    yield Fault("TimeoutError", raising(TimeoutError("timed out")), RequestTimeoutError)


@pytest.mark.filterwarnings("ignore:monthly_production is deprecated")
@pytest.mark.parametrize("kind", ["sync", "async"])
@pytest.mark.parametrize("operation", CALLS)
@pytest.mark.parametrize("fault", [*BODIES, *STATUSES, *recorded(), *exceptions()], ids=lambda fault: fault.name)
def test_the_caller_sees_data_or_an_error_that_says_enough(kind: str, operation: str, fault: Fault) -> None:
    if operation in fault.data:
        assert list(carry_out(kind, operation, fault.handler)) == []
        return
    with pytest.raises(EnlightenError) as caught:
        carry_out(kind, operation, fault.handler)
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


class Interrupt(BaseException):
    pass


@pytest.mark.parametrize("kind", ["sync", "async"])
@pytest.mark.parametrize("interrupt", [Interrupt, KeyboardInterrupt, SystemExit, asyncio.CancelledError])
@pytest.mark.parametrize("operation", ["Summary", "Stats"])
def test_what_is_no_error_passes_through(kind: str, operation: str, interrupt: type[BaseException]) -> None:
    raised = interrupt()
    with pytest.raises(interrupt) as caught:
        carry_out(kind, operation, raising(raised))
    if interrupt is not asyncio.CancelledError:  # of which asyncio makes another on its way through a task
        assert caught.value is raised


@pytest.mark.parametrize("kind", ["sync", "async"])
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
def test_what_may_pass_is_tried_again_whoever_raised_it(kind: str, error: Exception, attempts: int) -> None:
    asked = []

    def handle(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        raise error

    with pytest.raises(EnlightenError):
        carry_out(kind, "Summary", handle, max_retries=2, clock=Instantly())
    assert len(asked) == attempts


class Instantly:
    """A clock on which waiting takes no time."""

    def now(self) -> float:
        return NOW

    def advance(self, seconds: float) -> None:
        pass


def test_a_small_compressed_body_is_given_up_as_soon_as_it_is_too_large() -> None:
    import tracemalloc

    tracemalloc.start()
    try:
        with pytest.raises(InvalidResponseError, match=f"larger than {LIMIT} bytes. Raise max_response_bytes"):
            carry_out("sync", "Summary", streamed(BOMB, encoding="gzip"))
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "chunks",
    [
        [gzip.compress(b'{"system_id": 67}')],
        [bytes([byte]) for byte in gzip.compress(b'{"system_id": 67}')],
        [gzip.compress(b'{"system_id"'), gzip.compress(b": 67}")],
        [gzip.compress(b'{"system_id": 67}') + b"\0\0\0"],
    ],
    ids=["whole", "byte by byte", "in two members", "padded"],
)
@pytest.mark.parametrize("kind", ["sync", "async"])
def test_a_compressed_body_is_read(kind: str, chunks: list[bytes]) -> None:
    assert carry_out(kind, "SearchSystemId", streamed(*chunks, encoding="gzip")) == 67


def test_no_encoding_is_asked_for_but_the_one_that_is_read_within_the_limit() -> None:
    asked = []

    def handle(request: httpx.Request) -> httpx.Response:
        asked.append(request.headers["Accept-Encoding"])
        return httpx.Response(200, json={"system_id": 67})

    carry_out("sync", "SearchSystemId", handle)
    assert asked == ["gzip"]


def test_a_body_of_exactly_the_limit_is_read() -> None:
    body = b'{"system_id": 67}'
    assert carry_out("sync", "SearchSystemId", streamed(body.ljust(LIMIT))) == 67
