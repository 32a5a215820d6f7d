"""What holds for the errors of an API that says no more of them: a reason, sentences, and a limit by status 429."""

from __future__ import annotations

import json

import pytest

from enphase_enlighten import NotFoundError, UsageLimitExceededError
from enphase_enlighten.api import Request, Response
from enphase_enlighten.credentials.masking import Masking
from enphase_enlighten.reading.statuses import ErrorBodies

BODIES = ErrorBodies()


def response(status: int, body: object = None, **headers: str) -> Response:
    return Response(Request("Things", "GET", "/things"), status, headers, json.dumps(body).encode(), 1, 0.0)


@pytest.mark.parametrize(
    ("message", "messages"),
    [(None, ()), ("no such thing", ("no such thing",)), (["one", 2], ("one", "2"))],
)
def test_sentences_are_a_reason_and_messages(message: object, messages: tuple[str, ...]) -> None:
    error = BODIES.error(response(404, {"reason": 404, "message": message}), Masking(("a-secret",)))
    assert isinstance(error, NotFoundError)
    assert (error.reason, error.messages) == ("404", messages)


def test_a_429_is_a_limit_that_ends_when_its_header_says() -> None:
    reached = BODIES.limit_reached(response(429, **{"Retry-After": "7"}))
    assert reached is not None
    assert reached.retry_after == 7
    assert isinstance(BODIES.error(response(429), Masking(("a-secret",))), UsageLimitExceededError)
    assert BODIES.limit_reached(response(404)) is None


def test_nothing_is_taken_for_absent_or_for_existing() -> None:
    assert not BODIES.is_absent(response(404))
    assert BODIES.existing(BODIES.error(response(422), Masking(("a-secret",)))) is None
