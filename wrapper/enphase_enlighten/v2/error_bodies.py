"""The error bodies of API v2, which come in many shapes.

`reason` is a string, an integer, or a sentence; `message` is a list or a plain string; `errorMessages` may stand in its
place; gateways send HTML or nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from ..errors import APIStatusError, UnprocessableRequestError, UsageLimitExceededError
from ..reading.models import decode_or_none
from ..reading.statuses import CLASSES, ErrorBodies
from ..timing.numbers import epoch_seconds

if TYPE_CHECKING:
    from ..api import Response

_CONSUMPTION = "Consumption"
"""How the ids of those operations begin that need a consumption meter."""

# The sentence differs by operation and year: it names meters or consumption, says that there is none, and does not
# mention rights.
_METERED = re.compile(r"\b(meters?|metering|consumption)\b", re.IGNORECASE)
_ABSENT = re.compile(r"\b(no|not|none|without|lacks?|missing|unavailable)\b|n't\b", re.IGNORECASE)
_OF_RIGHTS = re.compile(r"\b(authori[sz]|permi|access|allow|forbid|may|must)", re.IGNORECASE)

_MISSING_METER = "A system without a consumption meter gets 401 too, whatever the permissions."


class V2ErrorBodies(ErrorBodies):
    """Reads the error bodies of API v2."""

    classes: ClassVar[Mapping[int, type[APIStatusError]]] = {**CLASSES, 409: UsageLimitExceededError}

    def sentences(self, fields: Mapping[str, Any]) -> tuple[str | None, tuple[str, ...]]:
        """Return the reason and the messages of a decoded body."""
        reason = fields.get("reason", fields.get("errorCode"))
        messages: list[Any] = []
        for name in ("message", "errorMessages"):
            value = fields.get(name)
            messages += value if isinstance(value, list) else [] if value is None else [value]
        return None if reason is None else str(reason), tuple(str(message) for message in messages)

    def complete(self, error: APIStatusError, fields: Mapping[str, Any]) -> None:
        """Give a 422 the range and the intervals that its body names."""
        if isinstance(error, UnprocessableRequestError):
            for name in ("start_at", "end_at", "first_interval", "last_interval"):
                setattr(error, name, epoch_seconds(fields.get(name)))

    def advice(self, cls: type[APIStatusError], response: Response) -> str:
        """Return what to do next."""
        if response.status == 401 and response.request.operation.startswith(_CONSUMPTION):
            return f"{_MISSING_METER} {cls.advice}"
        return cls.advice

    def is_absent(self, response: Response) -> bool:
        """Return whether a response to a consumption operation says that the system has no consumption meter.

        By operation and year the service says so with 204, or with a body of 401 or 404 that has a plain sentence and
        no reason. A plain 401 has a reason, and may mean a missing permission.
        """
        if not response.request.operation.startswith(_CONSUMPTION):
            return False
        if response.status == 204:
            return True
        if response.status not in (401, 404):
            return False
        body = decode_or_none(response.content)
        message = body.get("message") if isinstance(body, dict) and "reason" not in body else None
        if not isinstance(message, str) or _OF_RIGHTS.search(message):
            return False
        return _METERED.search(message) is not None and _ABSENT.search(message) is not None
