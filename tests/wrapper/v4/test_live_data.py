"""The live stream: messages as they come, how it ends, and what it costs."""

from __future__ import annotations

import gzip
import json
import pickle
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from enphase_enlighten import (
    AuthenticationError,
    ConnectionFailedError,
    EnlightenError,
    InvalidArgumentError,
    InvalidResponseError,
    NotFoundError,
    RequestTimeoutError,
    ServerError,
    ServiceUnavailableError,
    StreamInterruptedError,
    UnprocessableRequestError,
    UsageLimitExceededError,
)
from enphase_enlighten.v4 import AsyncEnlighten, Enlighten
from tests.support.live_server import event

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from tests.support.clients import Kind
    from tests.support.clock import SettableClock

CHUNKED = {"Content-Type": "text/event-stream", "Transfer-Encoding": "chunked"}
CLOSED = {"Content-Type": "text/event-stream"}
"""Without a length or chunks, the end of a body is that of the connection."""


class Streamed(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body: what comes, seconds that pass meanwhile, and an error."""

    def __init__(self, clock: SettableClock, *parts: bytes | float | BaseException) -> None:
        self._clock, self._parts = clock, parts
        self.closed = 0

    def __iter__(self) -> Iterator[bytes]:
        for part in self._parts:
            if isinstance(part, BaseException):
                raise part
            if isinstance(part, bytes):
                yield part
            else:
                self._clock.advance(part)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for part in self:
            yield part

    def close(self) -> None:
        self.closed += 1

    async def aclose(self) -> None:
        self.close()


class Service(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Responds to each request with the next of these, and to further ones with the last."""

    def __init__(self, *outcomes: httpx.Response | Exception) -> None:
        self._outcomes = list(outcomes)
        self.sent: list[httpx.Request] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.sent.append(request)
        outcome = self._outcomes[0] if len(self._outcomes) == 1 else self._outcomes.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return self.handle_request(request)


def stream(body: Streamed, headers: dict[str, str] = CHUNKED) -> httpx.Response:
    return httpx.Response(200, headers=headers, stream=body, extensions={"http_version": b"HTTP/1.1"})


def failing(status: int, name: str = "INVALID", message: str = "Not so") -> httpx.Response:
    error = {"code": status, "details": [{}], "message": message, "status": name}
    return httpx.Response(status, json={"error": error, "timestamp_epoch": 1, "type": "validation_error"})


def client_of(kind: Kind, service: Service, clock: SettableClock, **options: Any) -> Any:
    options = {"tokens": "token", "transport": service, "clock": clock, **options}
    return kind.make("key", of=(Enlighten, AsyncEnlighten), **options)


def powers(kind: Kind, client: Any, found: list[int], **options: Any) -> None:
    """Append the power of each message of a stream to a list."""
    if not kind.is_async:
        found.extend(message.data.pv_power for message in client.live_data(67, **options))
        return

    async def collect() -> None:
        async for message in client._wrapped.live_data(67, **options):
            found.append(message.data.pv_power)  # noqa: PERF401 - a comprehension loses those before an error

    kind.settled(collect())


def test_messages_come_as_they_are_sent_and_nothing_is_sent_before_the_first(clock: SettableClock) -> None:
    service = Service(stream(Streamed(clock, event(1), event(2) + event(3), event(4)[:20], event(4)[20:])))
    with Enlighten("key", tokens="token", transport=service, clock=clock) as client:
        live = client.live_data(67, duration=60)
        assert service.sent == []
        assert [message.data.pv_power for message in live] == [1, 2, 3, 4]
        assert list(live) == []
    [request] = service.sent
    assert (request.method, request.url.path) == ("GET", "/api/v4/systems/67/live_data")
    assert request.headers["duration"] == "60"
    assert request.headers["Accept"].startswith("text/event-stream")
    assert request.headers["Accept-Encoding"] == "identity"
    assert request.headers["Authorization"] == "Bearer token"


def test_a_message_is_a_generated_model_with_its_time(kind: Kind, clock: SettableClock) -> None:
    service = Service(stream(Streamed(clock, event(30))))
    with client_of(kind, service, clock) as client:
        [message] = client.live_data(67)
    assert type(message).__name__ == "LiveDataMessage"
    assert message.timestamp_epoch == 1773150000000
    assert (message.data.pv_power, message.data.grid_power, message.data.battery_power) == (30, -10, 5)
    assert pickle.loads(pickle.dumps(message)) == message  # noqa: S301 - our own


@pytest.mark.parametrize("strict", [False, True])
def test_a_message_may_come_without_the_envelope(kind: Kind, clock: SettableClock, strict: bool) -> None:
    body = json.loads(event(7).removeprefix(b"data: "))["data"]
    service = Service(stream(Streamed(clock, f"event: live\ndata: {json.dumps(body)}\r\n\r\n".encode())))
    found: list[int] = []
    with client_of(kind, service, clock, strict=strict) as client:
        powers(kind, client, found)
    assert found == [7]


@pytest.mark.parametrize("duration", [29, 301, 30.5, "30", None, True])
def test_a_duration_that_is_not_accepted_is_an_error_of_the_call(
    kind: Kind, clock: SettableClock, duration: Any
) -> None:
    service = Service(failing(500))
    with client_of(kind, service, clock) as client, pytest.raises(InvalidArgumentError, match="duration="):
        client.live_data(67, duration=duration)
    assert service.sent == []


def test_a_stream_that_is_closed_when_its_time_is_over_is_complete(kind: Kind, clock: SettableClock) -> None:
    body = Streamed(clock, event(1), 27.0, event(2), 1.5)
    found: list[int] = []
    with client_of(kind, Service(stream(body, CLOSED)), clock) as client:
        powers(kind, client, found)
    assert found == [1, 2]
    assert body.closed == 1


CUT = httpx.RemoteProtocolError("peer closed connection without sending complete message body")


@pytest.mark.parametrize(
    ("parts", "headers", "shows"),
    [
        ([event(1), 10.0, event(2), 1.0], CLOSED, "the connection was closed"),
        ([event(1), 10.0, event(2), 1.0, event(3)[:30]], CLOSED, "in the middle of a message"),
        ([event(1), 10.0, event(2), 1.0, event(3)[:30]], CHUNKED, "in the middle of a message"),
        ([event(1), 10.0, event(2), 1.0, CUT], CHUNKED, "without sending complete message body"),
        ([event(1), 10.0, event(2), 1.0, ConnectionResetError("reset")], CHUNKED, "reset"),
    ],
    ids=["closed", "closed in a message", "ended in a message", "cut", "reset"],
)
def test_a_stream_that_was_cut_is_told_from_one_that_ended(
    kind: Kind, clock: SettableClock, parts: list[Any], headers: dict[str, str], shows: str
) -> None:
    body, found = Streamed(clock, *parts), list[int]()
    with (
        client_of(kind, Service(stream(body, headers)), clock) as client,
        pytest.raises(StreamInterruptedError) as caught,
    ):
        powers(kind, client, found)
    error = caught.value
    assert found == [1, 2]
    assert str(error).startswith("LiveData: the stream broke off after 11.0 of 30 seconds and 2 messages: ")
    assert shows in str(error)
    assert (error.operation, error.seconds, error.duration) == ("LiveData", 11.0, 30)
    assert isinstance(error, ConnectionFailedError)
    twin = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    assert (type(twin), twin.args, twin.__dict__) == (type(error), error.args, error.__dict__)
    assert body.closed == 1


@pytest.mark.parametrize("last", [CUT, event(2)[:30]], ids=["cut", "closed in a message"])
def test_a_stream_whose_time_is_over_is_complete_however_it_ends(
    kind: Kind, clock: SettableClock, last: bytes | Exception
) -> None:
    found: list[int] = []
    with client_of(kind, Service(stream(Streamed(clock, event(1), 28.0, last))), clock) as client:
        powers(kind, client, found)
    assert found == [1]


def test_a_stream_that_ends_by_itself_is_complete_before_its_time(kind: Kind, clock: SettableClock) -> None:
    found: list[int] = []
    with client_of(kind, Service(stream(Streamed(clock, event(1), 3.0))), clock) as client:
        powers(kind, client, found, duration=300)
    assert found == [1]


def test_a_stream_that_ends_at_once_without_a_message_is_no_success(kind: Kind, clock: SettableClock) -> None:
    with (
        client_of(kind, Service(stream(Streamed(clock, b": hello\n\n"))), clock) as client,
        pytest.raises(StreamInterruptedError, match=r"after 0\.0 of 30 seconds and 0 messages"),
    ):
        powers(kind, client, [])


@pytest.mark.parametrize(
    "parts",
    [[event(1), httpx.ReadTimeout("slow")], [event(1), *[2.0, b": keep alive\n\n"] * 10]],
    ids=["silence", "comments"],
)
def test_the_timeout_is_the_longest_time_without_a_message(kind: Kind, clock: SettableClock, parts: list[Any]) -> None:
    found: list[int] = []
    with (
        client_of(kind, Service(stream(Streamed(clock, *parts))), clock, timeout=5) as client,
        pytest.raises(StreamInterruptedError, match="no message came for 5 seconds"),
    ):
        powers(kind, client, found)
    assert found == [1]


def test_whoever_takes_time_over_a_message_does_not_time_the_stream_out(clock: SettableClock) -> None:
    body = Streamed(clock, event(1), b": keep alive\n\n", event(2))
    with Enlighten("key", tokens="token", transport=Service(stream(body)), clock=clock, timeout=5) as client:
        taken = []
        for message in client.live_data(67):
            clock.advance(20)
            taken.append(message.data.pv_power)
    assert taken == [1, 2]


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (401, AuthenticationError),
        (403, EnlightenError),
        (429, UsageLimitExceededError),
        *[(status, UnprocessableRequestError) for status in (461, 462, 463, 466, 472, 473)],
        (468, NotFoundError),
        (500, ServerError),
        (503, ServiceUnavailableError),
        *[(status, ServerError) for status in (550, 551, 552)],
    ],
)
@pytest.mark.parametrize("within", [False, True], ids=["before", "within"])
def test_errors_before_the_stream_and_within_it_are_typed(
    kind: Kind, clock: SettableClock, status: int, expected: type[EnlightenError], within: bool
) -> None:
    response, found = failing(status, "SOME_NAME", "Some words"), list[int]()
    if within:
        response = stream(Streamed(clock, event(1), b"event: error\ndata: " + response.content + b"\n\n", event(2)))
    service = Service(response)
    with client_of(kind, service, clock, max_wait=0) as client, pytest.raises(expected) as caught:
        powers(kind, client, found)
    error: Any = caught.value
    assert found == ([1] if within else [])
    assert (error.operation, error.status) == ("LiveData", status)
    assert "Some words" in str(error)
    assert "SOME_NAME" in str(error)
    assert len(service.sent) == 1
    twin = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    assert (type(twin), twin.args, twin.__dict__) == (type(error), error.args, error.__dict__)


def test_an_error_may_come_as_json_with_a_status_of_success(kind: Kind, clock: SettableClock) -> None:
    service = Service(httpx.Response(200, json=json.loads(failing(473, message="Silent").content)))
    with client_of(kind, service, clock) as client, pytest.raises(UnprocessableRequestError, match="Silent"):
        powers(kind, client, [])


@pytest.mark.parametrize(
    ("kind_of_body", "content"),
    [("text/html", b"<title>Log in</title>"), ("application/json", b'{"systems": []}'), ("Text/HTML; charset=x", b"")],
)
def test_what_is_no_stream_is_an_invalid_response(
    kind: Kind, clock: SettableClock, kind_of_body: str, content: bytes
) -> None:
    body = Streamed(clock, content)
    service = Service(httpx.Response(200, headers={"Content-Type": kind_of_body}, stream=body))
    with client_of(kind, service, clock) as client, pytest.raises(InvalidResponseError) as caught:
        powers(kind, client, [])
    assert "an event stream was expected" in str(caught.value)
    assert content.decode() in str(caught.value)
    assert body.closed == 1


@pytest.mark.parametrize(
    ("data", "shows"),
    [
        (b"data: nothing like it\n\n", "not JSON"),
        (b"data: [1]\n\n", "a list"),
        (b"data: {}\n\n", "none of data"),
        (b'data: {"data": 7}\n\n', "/data"),
        (b"data: " + b"x" * 2000 + b"\n\n", "Raise max_response_bytes"),
        (b"x" * 2000, "Raise max_response_bytes"),
    ],
    ids=["no json", "a list", "nothing", "a number", "large", "endless line"],
)
def test_what_is_no_message_is_an_invalid_response_after_those_before_it(
    kind: Kind, clock: SettableClock, data: bytes, shows: str
) -> None:
    body, found = Streamed(clock, event(1) + data), list[int]()
    with (
        client_of(kind, Service(stream(body)), clock, max_response_bytes=1000) as client,
        pytest.raises(InvalidResponseError, match=r"^LiveData: ") as caught,
    ):
        powers(kind, client, found)
    assert found == [1]
    assert shows in str(caught.value)
    assert body.closed == 1


def test_strictly_a_message_that_deviates_is_an_error(kind: Kind, clock: SettableClock) -> None:
    body = Streamed(clock, event(1), event(2).replace(b'"pv_power": 2', b'"pv_power": "2"'))
    found: list[int] = []
    with (
        client_of(kind, Service(stream(body)), clock, strict=True) as client,
        pytest.raises(InvalidResponseError, match="/data/data/pv_power"),
    ):
        powers(kind, client, found)
    assert found == [1]


def test_a_stream_that_is_compressed_all_the_same_is_read(kind: Kind, clock: SettableClock) -> None:
    packed = gzip.compress(event(1) + event(2))
    body = Streamed(clock, packed[:15], packed[15:])
    found: list[int] = []
    with client_of(kind, Service(stream(body, {**CHUNKED, "Content-Encoding": "gzip"})), clock) as client:
        powers(kind, client, found)
    assert found == [1, 2]


def test_a_body_that_the_transport_has_read_is_a_stream_too(kind: Kind, clock: SettableClock) -> None:
    response = httpx.Response(200, content=event(1) + event(2), headers={"Content-Type": "text/event-stream"})
    found: list[int] = []
    with client_of(kind, Service(response), clock) as client:
        powers(kind, client, found)
    assert found == [1, 2]


def test_a_stream_is_one_hit_and_waits_for_its_turn(kind: Kind, clock: SettableClock) -> None:
    refusal = httpx.Response(429, json={"message": "Too Many Requests", "code": 429})
    exchanges: list[Any] = []
    service, found = Service(refusal, stream(Streamed(clock, event(1)))), list[int]()
    with client_of(kind, service, clock, plan="kilowatt", observe=exchanges.append) as client:
        powers(kind, client, found)
        assert found == [1]
        assert client.usage.month == 2
    assert [(each.operation, each.status, each.attempt) for each in exchanges] == [
        ("LiveData", 429, 1),
        ("LiveData", 200, 2),
    ]


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        (httpx.ReadTimeout("slow"), RequestTimeoutError),
        (httpx.ReadError("broken"), ConnectionFailedError),
        (httpx.Response(503), ServiceUnavailableError),
    ],
    ids=repr,
)
def test_a_stream_that_did_not_begin_is_not_asked_for_again_since_each_call_costs(
    kind: Kind, clock: SettableClock, outcome: Any, expected: type[EnlightenError]
) -> None:
    service = Service(outcome)
    with client_of(kind, service, clock, max_retries=3) as client, pytest.raises(expected) as caught:
        powers(kind, client, [])
    assert type(caught.value) is expected
    assert len(service.sent) == 1


def test_a_stream_that_broke_off_does_not_go_on_as_if_it_had_ended(kind: Kind, clock: SettableClock) -> None:
    with client_of(kind, Service(stream(Streamed(clock, event(1), CUT))), clock) as client:
        live = client.live_data(67)
        with pytest.raises(StreamInterruptedError):
            list(live)
        with pytest.raises(EnlightenError, match="Ask for another one"):
            list(live)


def test_a_stream_belongs_to_one_process(kind: Kind, clock: SettableClock) -> None:
    with client_of(kind, Service(failing(500)), clock) as client:
        live = client.live_data(67)
        live = live if not kind.is_async else live._wrapped
        with pytest.raises(TypeError, match="cannot be pickled"):
            pickle.dumps(live)
