"""What can go wrong with a request, whatever it asks for, and what the caller is to see."""

from __future__ import annotations

import gzip
import ssl
from typing import TYPE_CHECKING, NamedTuple

import httpx

from enphase_enlighten import (
    APIStatusError,
    AuthenticationError,
    ConnectionFailedError,
    EnlightenError,
    InvalidResponseError,
    RequestTimeoutError,
    ServerError,
    ServiceUnavailableError,
    UnprocessableRequestError,
    UsageLimitExceededError,
)
from tests.support.service import Outcome, reply, streamed

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

LIMIT = 100_000
"""The size of a body that is read at most."""


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
    Fault("204", reply(b"", 204), InvalidResponseError, 204),
    Fault("299", reply(b'{"message": ["odd"]}', 299), APIStatusError, 299, "odd"),
    Fault("301", reply(b"", 301, {"Location": "https://elsewhere.example/"}), APIStatusError, 301, "base URL"),
    Fault("302-nowhere", reply(b"", 302, {"Location": "http://[::1"}), APIStatusError, 302, "base URL"),
    Fault("418", reply(b"teapot", 418), APIStatusError, 418, "teapot"),
    Fault("429", reply(b"", 429), UsageLimitExceededError, 429),
    Fault("520", reply(HTML, 520), ServerError, 520, "Bad gateway"),
    Fault("999", reply(b"[[]]", 999), ServerError, 999),
]


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
