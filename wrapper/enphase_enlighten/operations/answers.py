"""Telling answers of success from errors, and the answers that say that there is no consumption meter."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from ..errors import EnlightenError
from ..reading import decode, decode_or_none
from ..statuses import status_error

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

    from ..context import Context
    from ..protocol import Answer, Outcome

Y = TypeVar("Y")
R = TypeVar("R")

OK = 200
NO_CONTENT = 204

_GONE = (401, 404)
# The sentence differs by operation and year: about meters or consumption, that there is none, and nothing of rights.
_METERED = re.compile(r"\b(meters?|metering|consumption)\b", re.IGNORECASE)
_ABSENT = re.compile(r"\b(no|not|none|without|lacks?|missing|unavailable)\b|n't\b", re.IGNORECASE)
_REFUSED = re.compile(r"\b(authori[sz]|permi|access|allow|forbid|may|must)", re.IGNORECASE)


def checked(answer: Answer, context: Context) -> Answer:
    """Return an answer of success; raise the typed error of any other.

    Raises:
        APIStatusError: Of the class that belongs to the status.
        InvalidResponseError: In strict mode, where the error's body is not what the specification says.
    """
    if answer.status in (OK, NO_CONTENT):
        return answer
    if context.describes(answer):
        context.check(answer, decode(answer, context))
    raise status_error(answer, context.settings.credentials)


def has_no_meter(answer: Answer) -> bool:
    """Whether the answer to a consumption operation says that the system has no consumption meter.

    By operation and year the service says so with 204, or with a body of 401 or 404 that has a plain sentence and no
    reason. A plain 401 has a reason, and may mean a missing permission.
    """
    if answer.status == NO_CONTENT:
        return True
    if answer.status not in _GONE:
        return False
    body = decode_or_none(answer.content)
    message = body.get("message") if isinstance(body, dict) and "reason" not in body else None
    if not isinstance(message, str) or _REFUSED.search(message):
        return False
    return _METERED.search(message) is not None and _ABSENT.search(message) is not None


@contextmanager
def during(operation: str) -> Iterator[None]:
    """Name the operation in errors that no request stands behind, such as a refused argument."""
    try:
        yield
    except EnlightenError as error:
        if error.operation is None:
            error.operation = operation
        raise


def named(operation: str, steps: Generator[Y, Sequence[Outcome], R]) -> Generator[Y, Sequence[Outcome], R]:
    """Carry out the steps of an operation, as `during` does what is no generator."""
    with during(operation):
        return (yield from steps)
