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
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from enphase_enlighten import (
    AuthenticationError,
    EnlightenError,
    InvalidResponseError,
    NotFoundError,
    ServerError,
    UnprocessableRequestError,
    UsageLimitExceededError,
)
from tests.support.clock import SettableClock
from tests.support.faults import BOMB, CONTENTS, ERROR_BODIES, GZIPPED, LIMIT, STATUSES, STREAMS, Fault, exceptions
from tests.support.service import Outcome, StubService, reply, streamed
from tests.support.v2_calls import CALLS, NOW

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.clients import Kind

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


def cases() -> Iterator[Any]:
    """Each fault with its representatives, and with the operations that it is no error to."""
    statuses = [fault._replace(data=NO_CONTENT) if fault.status == 204 else fault for fault in STATUSES]
    for fault in (*CONTENTS, *ERROR_BODIES, *STREAMS, *statuses, *recorded(), *exceptions()):
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
