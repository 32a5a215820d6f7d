"""The shapes of the errors of API v4: what of them is the reason, and what the messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from enphase_enlighten import UnprocessableRequestError, UsageLimitExceededError
from tests.support.service import reply

if TYPE_CHECKING:
    from tests.support.clients import Kind
    from tests.support.v4_service import V4Service


@pytest.mark.parametrize(
    ("content", "reason", "messages", "code"),
    [
        # Texts alone: the first of two is the reason.
        ({"message": "Bad", "details": ["one", {"no": "text"}, "two"]}, "Bad", ("one", "two"), None),
        ({"message": "Bad"}, None, ("Bad",), None),
        ({"reason": "422", "message": ["one", "two"]}, "422", ("one", "two"), None),
        ({"errorCode": 7, "errorMessages": ["one"]}, "7", ("one",), 7),
        ({"error": {"status": "INVALID", "message": "one", "details": [{}], "code": 462}}, "INVALID", ("one",), 462),
        ({"error": {"message": "one", "code": True}}, None, ("one",), None),
        ({"message": "Bad", "code": "E7"}, None, ("Bad",), "E7"),
        ([], None, (), None),
    ],
)
def test_each_shape_of_an_error_has_its_reason_messages_and_code(
    kind: Kind, v4_service: V4Service, content: Any, *, reason: str | None, messages: tuple[str, ...], code: Any
) -> None:
    v4_service.then = [reply(content, 422)]
    with v4_service.made(kind, max_retries=0) as client, pytest.raises(UnprocessableRequestError) as caught:
        client.grid_status(67)
    assert (caught.value.reason, caught.value.messages, caught.value.code) == (reason, messages, code)


def test_a_422_names_the_intervals_that_there_are(kind: Kind, v4_service: V4Service) -> None:
    text = "failed, :first_interval=>1700000000, :last_interval=>1700086400, :start_at=>2024-06-01"
    v4_service.then = [reply({"message": "Bad", "details": [text]}, 422)]
    with v4_service.made(kind, max_retries=0) as client, pytest.raises(UnprocessableRequestError) as caught:
        client.grid_status(67)
    error = caught.value
    assert (error.first_interval, error.last_interval, error.start_at) == (1_700_000_000, 1_700_086_400, None)


def test_a_429_without_a_period_is_for_the_minute(kind: Kind, v4_service: V4Service) -> None:
    v4_service.then = [reply({"message": "Too Many Requests"}, 429)]
    with v4_service.made(kind, max_retries=0, max_wait=0) as client, pytest.raises(UsageLimitExceededError) as caught:
        client.grid_status(67)
    assert caught.value.period == "minute"
    assert caught.value.resets_at is not None
