from __future__ import annotations

from collections.abc import Callable
from email.utils import formatdate
from typing import Any

import anyio
import anyio.lowlevel
import httpx
import pytest

from enphase_enlighten import (
    APIStatusError,
    AsyncEnlighten,
    ConnectionFailedError,
    Enlighten,
    EnlightenError,
    Quota,
    RequestTimeoutError,
    ServerError,
    ServiceUnavailableError,
    UsageLimitExceededError,
    UsagePlan,
)

pytestmark = pytest.mark.lowest

START = 1_700_000_040.0
SERVED: dict[str, Any] = {"json": {"system_id": 67}}

Answer = httpx.Response | Exception
Asked = Callable[..., int]


class Clock:
    def __init__(self) -> None:
        self.moment = START
        self.waits: list[float] = []

    def now(self) -> float:
        return self.moment

    def advance(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.moment += seconds


class Service:
    """Gives the answers in turn, and then the last one again and again."""

    def __init__(self, clock: Clock, *answers: Answer) -> None:
        self.clock, self.answers, self.requests = clock, list(answers), 0

    def handle(self, request: httpx.Request) -> httpx.Response:
        self.requests += 1
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        headers = list(answer.headers.raw)
        if "Date" not in answer.headers:
            headers.append((b"Date", formatdate(self.clock.now(), usegmt=True).encode()))
        return httpx.Response(answer.status_code, headers=headers, stream=answer.stream, request=request)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=["sync", "async"])
def ask(request: pytest.FixtureRequest) -> Asked:
    """Makes one call with either client."""

    def sync(service: Service, **options: Any) -> int:
        transport = httpx.MockTransport(service.handle)
        with Enlighten("an-api-key", "a-user-id", clock=service.clock, transport=transport, **options) as client:
            return client.search_system_id("1218")

    def run_async(service: Service, **options: Any) -> int:
        async def main() -> int:
            transport = httpx.MockTransport(service.handle)
            async with AsyncEnlighten(
                "an-api-key", "a-user-id", clock=service.clock, transport=transport, **options
            ) as client:
                return await client.search_system_id("1218")

        return anyio.run(main)

    return sync if request.param == "sync" else run_async


def test_a_failure_is_retried_whatever_its_body_is(ask: Asked, clock: Clock) -> None:
    unusable = [
        httpx.Response(503, stream=httpx.ByteStream(b"<html>"), headers={"Content-Encoding": encoding})
        for encoding in ("gzip", "br")
    ]
    service = Service(clock, *unusable, httpx.Response(502, content=b" " * 5000), httpx.Response(200, **SERVED))
    assert ask(service, max_response_bytes=1000) == 67
    assert service.requests == 4


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_failure_of_the_service_is_tried_again(status: int, ask: Asked, clock: Clock) -> None:
    service = Service(clock, httpx.Response(status), httpx.Response(status), httpx.Response(200, **SERVED))
    assert ask(service) == 67
    assert service.requests == 3


@pytest.mark.parametrize(
    "error",
    [
        httpx.ConnectTimeout("slow"),
        httpx.ReadTimeout("slow"),
        httpx.WriteTimeout("slow"),
        httpx.PoolTimeout("slow"),
        httpx.ConnectError("refused"),
        httpx.ReadError("broken"),
        httpx.WriteError("broken"),
        httpx.CloseError("broken"),
        httpx.RemoteProtocolError("cut"),
    ],
)
def test_a_timeout_or_a_broken_connection_is_tried_again(error: Exception, ask: Asked, clock: Clock) -> None:
    service = Service(clock, error, httpx.Response(200, **SERVED))
    assert ask(service) == 67
    assert service.requests == 2


@pytest.mark.parametrize("status", [301, 400, 401, 403, 404, 405, 408, 418, 422, 499, 501, 505, 520])
def test_nothing_else_is_tried_again(status: int, ask: Asked, clock: Clock) -> None:
    service = Service(clock, httpx.Response(status, headers={"Retry-After": "1"}))
    with pytest.raises(APIStatusError) as caught:
        ask(service)
    assert (service.requests, caught.value.attempts) == (1, 1)
    assert clock.waits == []


@pytest.mark.parametrize(
    "error", [httpx.UnsupportedProtocol("ftp"), httpx.ProxyError("407"), httpx.DecodingError("gzip")]
)
def test_what_would_fail_again_is_not_tried_again(error: Exception, ask: Asked, clock: Clock) -> None:
    service = Service(clock, error)
    with pytest.raises(EnlightenError):
        ask(service)
    assert service.requests == 1


@pytest.mark.parametrize("max_retries", [0, 1, 5])
def test_max_retries_bounds_the_attempts_and_the_error_counts_them(max_retries: int, ask: Asked, clock: Clock) -> None:
    service = Service(clock, httpx.Response(500))
    with pytest.raises(ServerError) as caught:
        ask(service, max_retries=max_retries)
    assert service.requests == caught.value.attempts == max_retries + 1


def test_the_last_of_several_failures_is_the_one_that_is_told(ask: Asked, clock: Clock) -> None:
    with pytest.raises(ServiceUnavailableError):
        ask(Service(clock, httpx.ReadTimeout("slow"), httpx.Response(500), httpx.Response(503)), max_retries=2)
    with pytest.raises(RequestTimeoutError):
        ask(Service(clock, httpx.Response(500), httpx.ReadTimeout("slow")), max_retries=1)
    with pytest.raises(ConnectionFailedError):
        ask(Service(clock, httpx.Response(500), httpx.ReadError("broken")), max_retries=1)


def test_waits_between_attempts_grow_and_are_spread(ask: Asked, clock: Clock) -> None:
    waits = []
    for _ in range(20):
        clock.waits.clear()
        with pytest.raises(ServerError):
            ask(Service(clock, httpx.Response(500)), max_retries=8)
        waits.append(list(clock.waits))
    for attempt, drawn in enumerate(zip(*waits, strict=True)):
        highest = min(30.0, 0.5 * 2**attempt)
        assert all(0 <= wait <= highest for wait in drawn)
        assert max(drawn) > highest / 2
        assert len(set(drawn)) == len(drawn)


@pytest.mark.parametrize("after", ["40", " 40 ", formatdate(START + 40, usegmt=True)])
def test_retry_after_is_waited_for(after: str, ask: Asked, clock: Clock) -> None:
    service = Service(clock, httpx.Response(503, headers={"Retry-After": after}), httpx.Response(200, **SERVED))
    assert ask(service) == 67
    assert clock.moment == START + 40


def test_a_date_in_retry_after_is_one_of_the_servers_clock(ask: Asked, clock: Clock) -> None:
    headers = {"Date": formatdate(START + 7200, usegmt=True), "Retry-After": formatdate(START + 7240, usegmt=True)}
    service = Service(clock, httpx.Response(503, headers=headers), httpx.Response(200, **SERVED))
    assert ask(service) == 67
    assert clock.moment == START + 40


@pytest.mark.parametrize(
    "after", ["", "soon", "-5", "1e3", "٤٠", "Mon, 99 Foo 2026 00:00:00 GMT", formatdate(START - 900, usegmt=True)]
)
def test_a_retry_after_that_asks_for_nothing_leaves_the_usual_wait(after: str, ask: Asked, clock: Clock) -> None:
    headers = [(b"Retry-After", after.encode())]
    service = Service(clock, httpx.Response(503, headers=headers), httpx.Response(200, **SERVED))
    assert ask(service) == 67
    assert 0 <= clock.moment - START <= 0.5


@pytest.mark.parametrize("after", ["121", "9" * 5000])
def test_the_answer_is_given_back_where_retry_after_is_longer_than_max_wait(
    after: str, ask: Asked, clock: Clock
) -> None:
    service = Service(clock, httpx.Response(503, headers={"Retry-After": after}))
    with pytest.raises(ServiceUnavailableError):
        ask(service, max_wait=120)
    assert (service.requests, clock.waits) == (1, [])


def test_every_attempt_counts_against_the_quota(ask: Asked, clock: Clock) -> None:
    quota = Quota("watt")
    service = Service(clock, httpx.Response(503), httpx.ReadError("broken"), httpx.Response(200, **SERVED))
    assert ask(service, quota=quota) == 67
    assert quota.usage(clock.now()).minute == 3
    assert quota.usage(clock.now()).month == 3


def test_a_retry_that_the_quota_does_not_allow_says_how_often_the_request_was_sent(ask: Asked, clock: Clock) -> None:
    service = Service(clock, httpx.Response(503))
    with pytest.raises(UsageLimitExceededError, match=r"^SearchSystemId: not sent again: ") as caught:
        ask(service, plan=UsagePlan(2), max_wait=0)
    assert (caught.value.attempts, caught.value.status, service.requests) == (2, None, 2)


async def test_tasks_that_retry_side_by_side_do_not_mix_their_attempts(clock: Clock) -> None:
    asked: dict[str, int] = {}

    async def handle(request: httpx.Request) -> httpx.Response:
        serial = request.url.params["serial_num"]
        asked[serial] = asked.get(serial, 0) + 1
        await anyio.lowlevel.checkpoint()
        return httpx.Response(500 if asked[serial] <= int(serial) else 200, json={"system_id": int(serial)})

    found = {}
    transport = httpx.MockTransport(handle)
    async with (
        AsyncEnlighten("an-api-key", "a-user-id", clock=clock, transport=transport, max_retries=5) as client,
        anyio.create_task_group() as group,
    ):

        async def call(serial: int) -> None:
            found[serial] = await client.search_system_id(str(serial))

        for serial in range(6):
            group.start_soon(call, serial)
    assert found == {serial: serial for serial in range(6)}
    assert asked == {str(serial): serial + 1 for serial in range(6)}
