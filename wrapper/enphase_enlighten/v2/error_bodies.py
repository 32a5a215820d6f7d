"""From an error answer to its typed error.

Error bodies of API v2 come in many shapes: `reason` is a string, an integer, or a sentence; `message` is a list or a
plain string; `errorMessages` may stand in its place; gateways send HTML or nothing. All of them end up in `reason` and
`messages`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ..credentials.untrusted import printable, shortened
from ..errors import (
    APIStatusError,
    AuthenticationError,
    NotFoundError,
    ServerError,
    ServiceUnavailableError,
    UnprocessableRequestError,
    UsageLimitExceededError,
)
from ..quota.quota import Reply
from ..reading.models import decode_or_none
from ..timing.clock import utc
from ..timing.server_clock import LATEST, date_of, retry_after, told_number

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from ..api import Response
    from ..credentials.masking import Masking

CLASSES: dict[int, type[APIStatusError]] = {
    401: AuthenticationError,
    404: NotFoundError,
    409: UsageLimitExceededError,
    422: UnprocessableRequestError,
    429: UsageLimitExceededError,
    503: ServiceUnavailableError,
}

_GONE = (401, 404)
# The sentence differs by operation and year: about meters or consumption, that there is none, and nothing of rights.
_METERED = re.compile(r"\b(meters?|metering|consumption)\b", re.IGNORECASE)
_ABSENT = re.compile(r"\b(no|not|none|without|lacks?|missing|unavailable)\b|n't\b", re.IGNORECASE)
_REFUSED = re.compile(r"\b(authori[sz]|permi|access|allow|forbid|may|must)", re.IGNORECASE)


_LIMITS = (409, 429)

_MISSING_METER = "A system without a consumption meter is answered with 401 too, whatever the credentials may do. "
_REDIRECT = "Redirects are not followed, because the credentials would go with them: correct the base URL."


class ErrorBodies:
    """Reads the error bodies of API v2."""

    def error(self, response: Response, masking: Masking) -> APIStatusError:
        """Return the typed error for a response whose status is not one of success."""
        return status_error(response, masking)

    def reply(self, status: int, headers: Mapping[str, str], content: bytes) -> Reply:
        """Return what a response tells of the server's clock and of the quota."""
        date = date_of(headers)
        if status not in _LIMITS:
            return Reply(date)
        body = decode_or_none(content)
        fields = body if isinstance(body, dict) else {}
        period = fields.get("period")
        return Reply(
            date,
            refused=True,
            period=period if isinstance(period, str) else None,
            limit=told_number(fields.get("limit")),
            end=told_number(fields.get("period_end")),
            retry_after=retry_after(headers),
        )

    def is_absent(self, response: Response) -> bool:
        """Whether the response says that the system has no consumption meter; see `has_no_meter`."""
        return has_no_meter(response)


def status_error(answer: Response, masking: Masking) -> APIStatusError:
    """Build the error for an answer whose status is not one of success."""
    status, operation = answer.status, answer.request.operation
    cls = CLASSES.get(status) or (ServerError if status >= 500 else APIStatusError)
    decoded = decode_or_none(answer.content)
    is_json = decoded is not None or answer.content.strip() == b"null"
    body = masking.json(decoded) if is_json else masking.excerpt(answer.content)
    reason, messages = _sentences(body if isinstance(body, dict) else {})
    told = _told(body, reason, messages)
    attempts = f" after {answer.attempts} attempts" if answer.attempts > 1 else ""
    # From the body as it came: a number in it may be the same as a short user id.
    fields = decoded if isinstance(decoded, dict) else {}
    ends = _period_end(fields, answer)
    advice = _period_advice(fields, ends) if cls is UsageLimitExceededError else _advice(cls, status, operation)
    error = cls(f"{operation}: status {status}{attempts}: {told} {advice}")
    error.operation, error.status, error.attempts = operation, status, answer.attempts
    error.reason, error.messages, error.body = reason, messages, body
    if isinstance(error, UsageLimitExceededError):
        period = fields.get("period")
        error.period = period if isinstance(period, str) else None
        error.limit = told_number(fields.get("limit"))
        error.resets_at = ends
    if isinstance(error, UnprocessableRequestError):
        for name in ("start_at", "end_at", "first_interval", "last_interval"):
            setattr(error, name, told_number(fields.get(name)))
    return error


def _advice(cls: type[APIStatusError], status: int, operation: str) -> str:
    if 300 <= status < 400:
        return _REDIRECT
    if status == 401 and operation.startswith("Consumption"):
        return _MISSING_METER + cls.advice
    return cls.advice


def _period_advice(fields: dict[str, Any], ends: datetime | None) -> str:
    """Return the advice for a limit that is reached, with the time when it ends where the service says so."""
    if ends is None:
        return UsageLimitExceededError.advice
    period = fields.get("period")
    name = printable(period) if isinstance(period, str) else "period"
    return f"The {name} ends at {ends:%Y-%m-%d %H:%M:%S} UTC. {UsageLimitExceededError.advice}"


def _period_end(fields: dict[str, Any], answer: Response) -> datetime | None:
    """Return the end that the body names, or that of `Retry-After` where the body names none that is still to come."""
    ends: float | None = told_number(fields.get("period_end"))
    now = date_of(answer.headers) or answer.sent_at
    seconds = retry_after(answer.headers)
    if seconds is not None and (ends is None or not now < ends < LATEST):
        ends = now + seconds
    return utc(ends) if ends is not None and 0 <= ends < LATEST else None


def _told(body: Any, reason: str | None, messages: tuple[str, ...]) -> str:
    """Return what the service says, in one line that ends like a sentence."""
    sentences = list(messages)
    # A reason of digits repeats the status, or is a number of the service's own.
    if reason is not None and not (sentences and reason.isdigit()):
        sentences.insert(0, reason)
    text = "; ".join(sentences) or (f"the body begins {str(body)!r}" if body else "the body is empty")
    line = shortened(printable(text))
    return line if line.endswith((".", "!", "?")) else f"{line}."


def _sentences(fields: dict[str, Any]) -> tuple[str | None, tuple[str, ...]]:
    messages: list[Any] = []
    for name in ("message", "errorMessages"):
        value = fields.get(name)
        messages += value if isinstance(value, list) else [] if value is None else [value]
    reason = fields.get("reason", fields.get("errorCode"))
    return None if reason is None else str(reason), tuple(str(message) for message in messages)


def has_no_meter(answer: Response) -> bool:
    """Whether the answer to a consumption operation says that the system has no consumption meter.

    By operation and year the service says so with 204, or with a body of 401 or 404 that has a plain sentence and no
    reason. A plain 401 has a reason, and may mean a missing permission.
    """
    if answer.status == 204:
        return True
    if answer.status not in _GONE:
        return False
    body = decode_or_none(answer.content)
    message = body.get("message") if isinstance(body, dict) and "reason" not in body else None
    if not isinstance(message, str) or _REFUSED.search(message):
        return False
    return _METERED.search(message) is not None and _ABSENT.search(message) is not None
