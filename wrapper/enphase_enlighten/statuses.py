"""From an error answer to its typed error.

Error bodies of API v2 come in many shapes: `reason` is a string, an integer, or a sentence; `message` is a list or a
plain string; `errorMessages` may stand in its place; gateways send HTML or nothing. All of them end up in `reason` and
`messages`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .clock import utc
from .errors import (
    EXCERPT_LENGTH,
    APIStatusError,
    AuthenticationError,
    NotFoundError,
    ServerError,
    ServiceUnavailableError,
    UnprocessableRequestError,
    UsageLimitExceededError,
)
from .reading import decode_or_none

if TYPE_CHECKING:
    from .credentials import Credentials
    from .protocol import Answer

CLASSES: dict[int, type[APIStatusError]] = {
    401: AuthenticationError,
    404: NotFoundError,
    409: UsageLimitExceededError,
    422: UnprocessableRequestError,
    429: UsageLimitExceededError,
    503: ServiceUnavailableError,
}

_MISSING_METER = "A system without a consumption meter is answered with 401 too, whatever the credentials may do. "
_REDIRECT = "Redirects are not followed, because the credentials would go with them: correct the base URL. "


def status_error(answer: Answer, credentials: Credentials) -> APIStatusError:
    """Build the error for an answer whose status is not one of success."""
    status = answer.status
    cls = CLASSES.get(status) or (ServerError if status >= 500 else APIStatusError)
    decoded = decode_or_none(answer.content)
    body = credentials.mask(decoded)
    if decoded is None:
        body = excerpt(answer.content, credentials)
    fields = body if isinstance(body, dict) else {}
    reason, messages = _sentences(fields)
    told = "; ".join(messages) or reason or (f"the body begins {body!r}" if body else "the body is empty")
    advice = cls.advice
    if status == 401 and answer.request.operation.startswith("Consumption"):
        advice = _MISSING_METER + advice
    if 300 <= status < 400:
        advice = _REDIRECT
    error = cls(f"{answer.request.operation}: status {status}: {_shortened(told)} {advice}".rstrip())
    error.operation, error.status, error.attempts = answer.request.operation, status, answer.attempts
    error.reason, error.messages, error.body = reason, messages, body
    if isinstance(error, UsageLimitExceededError):
        _fill_usage(error, fields)
    if isinstance(error, UnprocessableRequestError):
        for name in ("start_at", "end_at", "first_interval", "last_interval"):
            setattr(error, name, _integer(fields.get(name)))
    return error


def excerpt(content: bytes, credentials: Credentials) -> str:
    """Return the beginning of a body for people to read, credentials masked."""
    # Masked before it is cut, so that no half of a secret is left at the cut.
    text = content[: EXCERPT_LENGTH * 4].decode("utf-8", "replace")
    return _shortened(credentials.mask(text), EXCERPT_LENGTH)


def _shortened(text: str, length: int = EXCERPT_LENGTH) -> str:
    return text if len(text) <= length else f"{text[: length - 3]}..."


def _sentences(fields: dict[str, Any]) -> tuple[str | None, tuple[str, ...]]:
    messages: list[str] = []
    for name in ("message", "errorMessages"):
        value = fields.get(name)
        messages += value if isinstance(value, list) else [] if value is None else [value]
    reason = fields.get("reason", fields.get("errorCode"))
    return None if reason is None else str(reason), tuple(str(message) for message in messages)


def _fill_usage(error: UsageLimitExceededError, fields: dict[str, Any]) -> None:
    period, ends = fields.get("period"), _integer(fields.get("period_end"))
    error.period = period if isinstance(period, str) else None
    error.limit = _integer(fields.get("limit"))
    if ends is not None and 0 <= ends < 2**33:
        error.resets_at = utc(ends)


def _integer(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
