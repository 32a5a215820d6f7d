"""Whatever goes wrong with a request of API v4: the caller sees data, or an error of ours that says enough.

Each fault is tried on two operations of each shape, and five of them on every operation.
"""

from __future__ import annotations

import copy
import pickle
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from enphase_enlighten import (
    APIStatusError,
    AuthenticationError,
    ConnectionFailedError,
    EnlightenError,
    ForbiddenError,
    InvalidKeyError,
    InvalidResponseError,
    NotFoundError,
    PermissionMissingError,
    RequestTimeoutError,
    ServerError,
    StreamInterruptedError,
    UnprocessableRequestError,
    UsageLimitExceededError,
)
from enphase_enlighten.v4 import AsyncEnlighten, Enlighten
from tests.support.calls import Call
from tests.support.clock import SettableClock
from tests.support.faults import CONTENTS, ERROR_BODIES, LIMIT, STATUSES, STREAMS, Fault, exceptions
from tests.support.service import StubService, reply, streamed
from tests.support.v4_bodies import BODIES, body
from tests.support.v4_calls import CALLS, WRITES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.clients import Kind
    from tests.support.service import Outcome

LIVE = Call("LiveData", "live", {"system_id": 67, "duration": 30})
ALL = {**CALLS, LIVE.operation_id: LIVE}

STATUS_CLASSES = {
    400: APIStatusError,
    401: AuthenticationError,
    403: ForbiddenError,
    404: NotFoundError,
    405: APIStatusError,
    422: UnprocessableRequestError,
    429: UsageLimitExceededError,
    472: UnprocessableRequestError,
    500: ServerError,
    501: ServerError,
}
CAUSES = {
    "error_401_access_control": PermissionMissingError,
    "error_401_key_client_mismatch": InvalidKeyError,
    "error_401_missing_key": InvalidKeyError,
}


def carry_out(kind: Kind, operation: str, outcome: Outcome, **options: Any) -> Any:
    """Call an operation with this outcome for each of its requests."""
    options = {"max_retries": 0, "max_wait": 0, "max_response_bytes": LIMIT, **options}
    service = StubService(SettableClock(), always=outcome)
    options = {"tokens": "token-of-the-owner", "transport": service.transport(), "clock": service.clock, **options}
    with kind.make("key-of-the-app", of=(Enlighten, AsyncEnlighten), **options) as client:
        return ALL[operation].run(client)


def two_of_each_shape() -> list[str]:
    """The operations that stand for their shapes: reads, writes, listings, series and the stream."""
    shapes = defaultdict[str, list[str]](list)
    for name, call in ALL.items():
        shapes["write" if name in WRITES else call.shape].append(name)
    return [name for names in shapes.values() for name in names[:2]]


def recorded() -> Iterator[Fault]:
    """The bodies of errors that the service is known to give."""
    for name, of in BODIES.items():
        if of.status is not None and of.status >= 400:
            expected = CAUSES.get(name) or STATUS_CLASSES[of.status]
            yield Fault(name, reply(body(name), of.status), expected, of.status)


def cases() -> Iterator[Any]:
    for fault in (*CONTENTS, *ERROR_BODIES, *STREAMS, *STATUSES, *recorded(), *exceptions()):
        for operation in two_of_each_shape():
            yield pytest.param(operation, fault, id=f"{fault.name}-{operation}")


def check(error: EnlightenError, operation: str, fault: Fault) -> None:
    assert error.operation == operation
    assert str(error).startswith(f"{operation}: ")
    assert getattr(error, "status", None) == fault.status
    if fault.status is not None:
        assert f"status {fault.status}" in str(error)
    advice = (
        "try again",
        "check",
        "correct",
        "wait",
        "look at",
        "authorise",
        "look both up",
        "read the setting",
        "report",
    )
    assert any(each in str(error).lower() for each in advice), str(error)
    assert error.outcome_unknown == (operation in WRITES and (fault.status or 500) not in range(300, 500))
    assert error.__context__ is None or error.__context__ is error.__cause__
    for secret in ("key-of-the-app", "token-of-the-owner"):
        assert secret not in repr(error) + repr(error.__dict__)
    for twin in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):  # noqa: S301 - our own
        assert type(twin) is type(error)
        assert twin.args == error.args
        assert twin.__dict__ == error.__dict__


@pytest.mark.parametrize(("operation", "fault"), list(cases()))
def test_the_caller_sees_an_error_that_says_enough(kind: Kind, operation: str, fault: Fault) -> None:
    with pytest.raises(EnlightenError) as caught:
        carry_out(kind, operation, fault.outcome)
    error, expected = caught.value, fault.expected
    if operation == LIVE.operation_id and isinstance(error, StreamInterruptedError):
        # It had begun.
        assert fault in STREAMS
        assert expected in (ConnectionFailedError, RequestTimeoutError, InvalidResponseError)
    else:
        assert type(error) is expected
    check(error, operation, fault)
    assert fault.shows in str(error)


FIVE = [
    Fault("html", reply(b"<html>"), InvalidResponseError, 200),
    Fault("503", reply(body("error_500"), 503), ServerError, 503),
    Fault("401", reply(body("error_401_access_control"), 401), PermissionMissingError, 401),
    Fault("cut", streamed(b'{"sys', httpx.RemoteProtocolError("cut")), ConnectionFailedError),
    Fault("slow", httpx.ReadTimeout("slow"), RequestTimeoutError),
]


@pytest.mark.parametrize("fault", FIVE, ids=[fault.name for fault in FIVE])
@pytest.mark.parametrize("operation", ALL)
def test_five_faults_of_every_operation_are_typed(kind: Kind, operation: str, fault: Fault) -> None:
    with pytest.raises(fault.expected) as caught:
        carry_out(kind, operation, fault.outcome)
    check(caught.value, operation, fault)
