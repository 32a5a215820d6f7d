"""From an error response to its typed error: what holds for any API.

An API says in a subclass of `ErrorBodies` which sentences its bodies have, and which statuses mean what.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from ..api import Existing
from ..credentials.untrusted import printable, shortened
from ..errors import (
    OUTCOME_UNKNOWN,
    APIStatusError,
    AuthenticationError,
    NotFoundError,
    ServerError,
    ServiceUnavailableError,
    UnprocessableRequestError,
    UsageLimitExceededError,
)
from ..quota.quota import LimitReached
from ..timing.clock import utc
from ..timing.numbers import epoch_seconds, whole_number
from ..timing.server_clock import LATEST, date_of, retry_after
from .models import decode_or_none

if TYPE_CHECKING:
    from ..api import Response
    from ..credentials.masking import Masking

CLASSES: Mapping[int, type[APIStatusError]] = {
    401: AuthenticationError,
    404: NotFoundError,
    422: UnprocessableRequestError,
    429: UsageLimitExceededError,
    503: ServiceUnavailableError,
}

_REDIRECT = "Redirects are not followed, because the credentials would go with them: correct the base URL."


class ErrorBodies:
    """Reads error bodies that say in `reason` and `message` what happened; a subclass reads those of one API."""

    classes: ClassVar[Mapping[int, type[APIStatusError]]] = CLASSES
    """The class of the error for each status that has one of its own."""

    def error(self, response: Response, masking: Masking) -> APIStatusError:
        """Return the typed error for a response whose status is not one of success."""
        status, operation = response.status, response.request.operation
        decoded = decode_or_none(response.content)
        # From the body as it came: a number in it may be the same as a short secret.
        fields = decoded if isinstance(decoded, dict) else {}
        cls = self.kind(response, fields) or (ServerError if status >= 500 else APIStatusError)
        is_json = decoded is not None or response.content.strip() == b"null"
        body = masking.json(decoded) if is_json else masking.excerpt(response.content)
        reason, messages = self.sentences(body if isinstance(body, dict) else {})
        reached = self.limit_reached(response)
        ends = None if reached is None else _end(reached, response)
        attempts = f" after {response.attempts} attempts" if response.attempts > 1 else ""
        advice = _REDIRECT if 300 <= status < 400 else self.advice(cls, response)
        unknown = response.request.writes and not 300 <= status < 500
        advice = OUTCOME_UNKNOWN if unknown else advice
        if reached is not None and ends is not None:
            period = printable(reached.period or "period")
            advice = f"The {period} ends at {ends:%Y-%m-%d %H:%M:%S} UTC. {advice}"
        error = cls(f"{operation}: status {status}{attempts}: {_told(body, reason, messages)} {advice}")
        error.operation, error.status, error.attempts = operation, status, response.attempts
        error.outcome_unknown = unknown
        error.reason, error.messages, error.body = reason, messages, body
        if isinstance(error, UsageLimitExceededError) and reached is not None:
            error.period, error.limit, error.resets_at = reached.period, reached.limit, ends
        self.complete(error, fields)
        return error

    def kind(self, response: Response, _fields: Mapping[str, Any]) -> type[APIStatusError] | None:
        """Return the class of the error for a response, by its status; None where that has none of its own."""
        return self.classes.get(response.status)

    def complete(self, error: APIStatusError, _fields: Mapping[str, Any]) -> None:
        """Give an error what else its decoded body says."""

    def sentences(self, fields: Mapping[str, Any]) -> tuple[str | None, tuple[str, ...]]:
        """Return what a decoded body gives as its reason, and all sentences that it has for people."""
        reason, message = fields.get("reason"), fields.get("message")
        messages = message if isinstance(message, list) else [] if message is None else [message]
        return None if reason is None else str(reason), tuple(str(each) for each in messages)

    def advice(self, cls: type[APIStatusError], _response: Response) -> str:
        """Return what to do next."""
        return cls.advice

    def limit_reached(self, response: Response) -> LimitReached | None:
        """Return which limit of the plan is reached, where a response says that one is."""
        if self.classes.get(response.status) is not UsageLimitExceededError:
            return None
        body = decode_or_none(response.content)
        fields = body if isinstance(body, dict) else {}
        period = fields.get("period")
        return LimitReached(
            period if isinstance(period, str) else None,
            whole_number(fields.get("limit"), 0, 2**33),
            epoch_seconds(fields.get("period_end")),
            retry_after(response.headers),
        )

    def status_in(self, _body: Any) -> int | None:
        """Return the status of the error that a decoded body of success stands for; None where it is none."""
        return None

    def is_absent(self, _response: Response) -> bool:
        """Whether a response says that the system does not have what the operation is about."""
        return False

    def is_unreported(self, _response: Response) -> bool:
        """Whether a response says that the days asked for are not there yet."""
        return False

    def existing(self, error: APIStatusError) -> Existing | None:
        """Return which intervals the system has, by a 422 that names the first or the last one; None for any other."""
        if not isinstance(error, UnprocessableRequestError):
            return None
        first, last = error.first_interval, error.last_interval
        return None if first is None and last is None else Existing(first, last)


def _end(reached: LimitReached, response: Response) -> datetime | None:
    """Return the end that the body names, or that of `Retry-After` where the body names none that is still to come."""
    ends = reached.end
    now = date_of(response.headers) or response.sent_at
    if reached.retry_after is not None and (ends is None or not now < ends < LATEST):
        ends = now + reached.retry_after
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
