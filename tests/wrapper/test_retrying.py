"""Which requests are sent again after a failure, when, and how often."""

from __future__ import annotations

from email.utils import formatdate
from typing import TYPE_CHECKING, Any

import anyio
import anyio.lowlevel
import httpx
import pytest

from enphase_enlighten import (
    APIStatusError,
    AsyncEnlighten,
    ConnectionFailedError,
    EnlightenError,
    Quota,
    RequestTimeoutError,
    ServerError,
    ServiceUnavailableError,
    UsageLimitExceededError,
    UsagePlan,
)
from tests.support.service import StubService, reply, streamed

if TYPE_CHECKING:
    from tests.support.clients import Kind
    from tests.support.clock import SettableClock

pytestmark = pytest.mark.lowest


def ask(kind: Kind, service: StubService, **options: Any) -> int:
    """Send a request, which ordinarily brings 67."""
    with kind.client(service, **options) as client:
        number: int = client.search_system_id("1218")
    return number


def test_a_failure_is_retried_whatever_its_body_is(kind: Kind, service: StubService) -> None:
    unusable = [streamed(b"<html>", status=503, encoding=encoding) for encoding in ("gzip", "br")]
    service.then = [*unusable, reply(b" " * 5000, 502)]
    assert ask(kind, service, max_response_bytes=1000) == 67
    assert len(service.sent) == 4


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_failure_of_the_service_is_retried(status: int, kind: Kind, service: StubService) -> None:
    service.then = [httpx.Response(status), httpx.Response(status)]
    assert ask(kind, service) == 67
    assert service.statuses == [status, status, 200]


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
def test_a_timeout_or_a_broken_connection_is_retried(error: Exception, kind: Kind, service: StubService) -> None:
    service.then = [error]
    assert ask(kind, service) == 67
    assert len(service.sent) == 2


@pytest.mark.parametrize("status", [301, 400, 401, 403, 404, 405, 408, 418, 422, 499, 501, 505, 520])
def test_no_other_status_is_retried(status: int, kind: Kind, service: StubService, clock: SettableClock) -> None:
    service.always = httpx.Response(status, headers={"Retry-After": "1"})
    with pytest.raises(APIStatusError) as caught:
        ask(kind, service)
    assert (len(service.sent), caught.value.attempts) == (1, 1)
    assert clock.waits == []


@pytest.mark.parametrize(
    "error", [httpx.UnsupportedProtocol("ftp"), httpx.ProxyError("407"), httpx.DecodingError("gzip")]
)
def test_what_would_fail_again_is_not_retried(error: Exception, kind: Kind, service: StubService) -> None:
    service.always = error
    with pytest.raises(EnlightenError):
        ask(kind, service)
    assert len(service.sent) == 1


@pytest.mark.parametrize("max_retries", [0, 1, 5])
def test_max_retries_bounds_the_attempts_and_the_error_counts_them(
    max_retries: int, kind: Kind, service: StubService
) -> None:
    service.always = httpx.Response(500)
    with pytest.raises(ServerError) as caught:
        ask(kind, service, max_retries=max_retries)
    assert len(service.sent) == caught.value.attempts == max_retries + 1


def test_the_last_of_several_failures_is_the_one_that_is_raised(kind: Kind) -> None:
    slow, broken, failed = httpx.ReadTimeout("slow"), httpx.ReadError("broken"), httpx.Response(500)
    with pytest.raises(ServiceUnavailableError):
        ask(kind, StubService(then=[slow, failed, httpx.Response(503)]), max_retries=2)
    with pytest.raises(RequestTimeoutError):
        ask(kind, StubService(then=[failed, slow]), max_retries=1)
    with pytest.raises(ConnectionFailedError):
        ask(kind, StubService(then=[failed, broken]), max_retries=1)


def test_waits_between_attempts_grow_and_are_spread(kind: Kind, service: StubService, clock: SettableClock) -> None:
    service.always = httpx.Response(500)
    waits = []
    for _ in range(20):
        clock.waits.clear()
        with pytest.raises(ServerError):
            ask(kind, service, max_retries=8)
        waits.append(list(clock.waits))
    for attempt, drawn in enumerate(zip(*waits, strict=True)):
        highest = min(30.0, 0.5 * 2**attempt)
        assert all(0 <= wait <= highest for wait in drawn)
        assert max(drawn) > highest / 2
        assert len(set(drawn)) == len(drawn)


@pytest.mark.parametrize("form", ["seconds", "seconds with spaces", "date"])
def test_retry_after_is_waited_for(form: str, kind: Kind, service: StubService, clock: SettableClock) -> None:
    start = clock.now()
    after = {"seconds": "40", "seconds with spaces": " 40 ", "date": formatdate(start + 40, usegmt=True)}
    service.then = [httpx.Response(503, headers={"Retry-After": after[form]})]
    assert ask(kind, service) == 67
    assert clock.now() == start + 40


def test_a_date_in_retry_after_is_one_of_the_servers_clock(
    kind: Kind, service: StubService, clock: SettableClock
) -> None:
    start, service.offset = clock.now(), 7200.0
    service.then = [httpx.Response(503, headers={"Retry-After": formatdate(start + 7240, usegmt=True)})]
    assert ask(kind, service) == 67
    assert clock.now() == start + 40


@pytest.mark.parametrize(
    "after", ["", "soon", "-5", "1e3", "٤٠", "Mon, 99 Foo 2026 00:00:00 GMT", "Mon, 01 Jun 2026 00:00:00 GMT"]
)
def test_a_retry_after_that_asks_for_nothing_leaves_the_usual_wait(
    after: str, kind: Kind, service: StubService, clock: SettableClock
) -> None:
    start = clock.now()
    service.then = [httpx.Response(503, headers=[(b"Retry-After", after.encode())])]
    assert ask(kind, service) == 67
    assert 0 <= clock.now() - start <= 0.5


@pytest.mark.parametrize("after", ["121", "9" * 5000])
def test_the_response_is_the_result_where_retry_after_is_longer_than_max_wait(
    after: str, kind: Kind, service: StubService, clock: SettableClock
) -> None:
    service.always = httpx.Response(503, headers={"Retry-After": after})
    with pytest.raises(ServiceUnavailableError):
        ask(kind, service, max_wait=120)
    assert (len(service.sent), clock.waits) == (1, [])


def test_every_attempt_counts_against_the_quota(kind: Kind, service: StubService, clock: SettableClock) -> None:
    quota = Quota("watt")
    service.then = [httpx.Response(503), httpx.ReadError("broken")]
    assert ask(kind, service, quota=quota) == 67
    usage = quota.usage(clock.now())
    assert (usage.minute, usage.month) == (3, 3)


def test_a_retry_that_the_quota_does_not_allow_says_how_often_the_request_was_sent(
    kind: Kind, service: StubService
) -> None:
    service.always = httpx.Response(503)
    with pytest.raises(UsageLimitExceededError, match=r"^SearchSystemId: not sent again: ") as caught:
        ask(kind, service, plan=UsagePlan(2), max_wait=0)
    assert (caught.value.attempts, caught.value.status, len(service.sent)) == (2, None, 2)


async def test_tasks_that_retry_side_by_side_do_not_mix_their_attempts(clock: SettableClock) -> None:
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
