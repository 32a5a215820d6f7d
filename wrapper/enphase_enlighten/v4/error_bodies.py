"""The error bodies of API v4, which come in six shapes.

Most have `message`, `details` and `code`; those of EV chargers have the code as text, and `details` may be a list. Some
have `reason` and a list of messages, some `errorCode` and `errorMessages`; the live stream's have all in `error`, and
those of OAuth have `error` and `error_description`. Gateways send HTML or nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum
from typing import TYPE_CHECKING, Any, ClassVar

from ..errors import (
    APIStatusError,
    AuthenticationError,
    ForbiddenError,
    InvalidKeyError,
    NotFoundError,
    PermissionMissingError,
    ServerError,
    UnprocessableRequestError,
    UsageLimitExceededError,
)
from ..quota.ledger import minute_end
from ..reading.models import decode_or_none
from ..reading.statuses import CLASSES, ErrorBodies
from ..timing.clock import utc
from ..timing.numbers import epoch_seconds, whole_number
from ..timing.server_clock import date_of

if TYPE_CHECKING:
    from ..api import Response
    from ..credentials.masking import Masking


class Cause(Enum):
    """Why the service did not accept the credentials of a request, by the text of its 401."""

    TOKEN = AuthenticationError
    KEY = InvalidKeyError
    PERMISSION = PermissionMissingError
    UNKNOWN = None


_CAUSES = (
    # The key first: its texts say "not authorized" too.
    ("keys are missing", Cause.KEY),
    ("key -client mismatch", Cause.KEY),
    ("key-client mismatch", Cause.KEY),
    ("not authorized to access this resource", Cause.PERMISSION),
    ("user is not authorized", Cause.TOKEN),
    ("invalid_token", Cause.TOKEN),
)

_LIVE_DATA = {
    461: UnprocessableRequestError,
    462: UnprocessableRequestError,
    463: UnprocessableRequestError,
    466: UnprocessableRequestError,
    468: NotFoundError,
    472: UnprocessableRequestError,
    473: UnprocessableRequestError,
    550: ServerError,
    551: ServerError,
    552: ServerError,
}
"""The statuses of the live stream alone."""

_RANGE = re.compile(r":(start_at|end_at|first_interval|last_interval)=>(\d{1,12})\b(?!-)")
"""Epoch seconds in the sentence of a 422; dates of daily series stand there in the same way."""

_LOG_IN_AGAIN = (
    "The access token is not accepted: give one that has not ended, or let the system's owner authorise the "
    "application once more."
)


class V4ErrorBodies(ErrorBodies):
    """Reads the error bodies of API v4."""

    classes: ClassVar[Mapping[int, type[APIStatusError]]] = {**CLASSES, **_LIVE_DATA, 403: ForbiddenError}

    def error(self, response: Response, masking: Masking) -> APIStatusError:
        """Return the typed error; where a 429 names no period, it is taken to be for the minute."""
        error = super().error(response, masking)
        if isinstance(error, UsageLimitExceededError) and error.period is None:
            error.period = "minute"
            if error.resets_at is None:
                error.resets_at = utc(minute_end(date_of(response.headers) or response.sent_at))
        return error

    def kind(self, response: Response, fields: Mapping[str, Any]) -> type[APIStatusError] | None:
        """Return the class of the error: 401 has several causes, which its text tells apart."""
        found = cause(fields).value if response.status == 401 else None
        return found or super().kind(response, fields)

    def sentences(self, fields: Mapping[str, Any]) -> tuple[str | None, tuple[str, ...]]:
        """Return `message` as the reason and `details` as the messages, or what stands for them."""
        error = fields.get("error")
        if isinstance(error, Mapping):
            status = error.get("status")
            return None if status is None else str(status), tuple(
                _texts(error.get("message")) + _texts(error.get("details"))
            )
        reason, messages = _first(fields, "reason", "errorCode", "error"), []
        for name in ("message", "errorMessages", "details", "error_description"):
            messages += _texts(fields.get(name))
        if reason is None and len(messages) > 1:
            reason = messages.pop(0)
        return None if reason is None else str(reason), tuple(messages)

    def status_in(self, body: Any) -> int | None:
        """Return the status that a message of the live stream stands for, where it is an error."""
        error = body.get("error") if isinstance(body, Mapping) else None
        if not isinstance(error, Mapping):
            return None
        return whole_number(error.get("code"), 400, 599) or 500

    def complete(self, error: APIStatusError, _fields: Mapping[str, Any]) -> None:
        """Give an error its code, and a 422 the range and the intervals that its body names."""
        # From the masked body: a code may be a text, and echo what was sent.
        masked = error.body if isinstance(error.body, dict) else {}
        nested = masked.get("error")
        code = _first(nested if isinstance(nested, Mapping) else masked, "code", "errorCode")
        if isinstance(code, int | str) and not isinstance(code, bool):
            error.code = code
        if isinstance(error, UnprocessableRequestError):
            for text in error.messages:
                for name, seconds in _RANGE.findall(text):
                    setattr(error, name, epoch_seconds(int(seconds)))

    def is_unreported(self, response: Response) -> bool:
        """Return whether a 422 says that a range of days is invalid, as one of yesterday is while it has no report."""
        texts = _texts(_fields(response).get("details")) if response.status == 422 else []
        return any("range is invalid" in text.lower() for text in texts)

    def advice(self, cls: type[APIStatusError], _response: Response) -> str:
        """Return what to do next."""
        return _LOG_IN_AGAIN if cls is AuthenticationError else cls.advice


def cause(fields: Mapping[str, Any]) -> Cause:
    """Return why the service did not accept the credentials, by the texts of a decoded body."""
    nested = fields.get("error")
    places = [fields, nested] if isinstance(nested, Mapping) else [fields]
    names = ("message", "details", "error", "error_description")
    said = " ".join(text for place in places for name in names for text in _texts(place.get(name))).lower()
    return next((found for text, found in _CAUSES if text in said), Cause.UNKNOWN)


def cause_of(response: Response) -> Cause:
    """Return why the service did not accept the credentials of a request."""
    return cause(_fields(response))


def _fields(response: Response) -> Mapping[str, Any]:
    body = decode_or_none(response.content)
    return body if isinstance(body, dict) else {}


def _first(fields: Mapping[str, Any], *names: str) -> Any:
    return next((fields[name] for name in names if fields.get(name) is not None), None)


def _texts(value: Any) -> list[str]:
    """Return the texts in a value, which may be one, a list of them, or a list of objects without any."""
    if isinstance(value, Mapping):
        return []
    if isinstance(value, list):
        return [text for item in value for text in _texts(item)]
    return [] if value is None or value == "" else [str(value)]
