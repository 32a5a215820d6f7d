"""The result of one request: a response, or an error of ours where none came."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ..credentials.untrusted import printable, shortened
from ..errors import (
    OUTCOME_UNKNOWN,
    ConfigurationError,
    ConnectionFailedError,
    EnlightenError,
    InvalidArgumentError,
    InvalidResponseError,
    RequestTimeoutError,
)
from ..transport.delivery import UndeliveredError, UnusableBodyError

if TYPE_CHECKING:
    from ..api import Request

EXPECTED_ERRORS = (EnlightenError, UndeliveredError)
"""What a pipeline raises."""

_RAISE_TIMEOUT = "Try again later, or raise timeout."

logger = logging.getLogger("enphase_enlighten")


class BrokenOff(Iterator[Any]):
    """Stands for the rows that an error kept from coming: raises it, and another one for going on after it.

    An iterator that has raised is at its end: whoever went on after an error would take what came until then for all
    there is.
    """

    def __init__(self, error: BaseException, operation: str = "") -> None:
        self._error: BaseException | None = error
        self._operation = operation

    def __next__(self) -> Any:
        error, self._error = self._error, None
        if error is None:
            raise EnlightenError(
                "An error, a timeout or a cancellation came before the next row: the iteration was broken off; iterate "
                "the series again, from the last row that came."
            )
        if isinstance(error, EnlightenError):
            raise error.during(self._operation).without_frames() from error.__cause__
        raise error


def failed(request: Request, error: EnlightenError | UndeliveredError, attempts: int) -> EnlightenError:
    """Return the error of ours for a request that brought no response."""
    operation = request.operation
    if isinstance(error, EnlightenError):
        # What is wrong with the configuration is so for every operation; an argument has its name in front.
        if not isinstance(error, ConfigurationError | InvalidArgumentError):
            error.args = (f"{operation}: {error}",)
        return error.during(operation)
    failure = _failure(request, error, attempts)
    # Without the frames of the layers, which tell a reader nothing; the text is in the message as well.
    cause = error.error
    cause.__context__ = None
    failure.__cause__ = cause.with_traceback(None)
    return failure.during(operation)


def _failure(request: Request, error: UndeliveredError, attempts: int) -> EnlightenError:
    operation, unknown = request.operation, request.writes and not error.unsent
    tried = f" in {attempts} attempts" if attempts > 1 and not error.renewing else ""
    when = " when its credentials were to be renewed, so it was not carried out" if error.renewing else ""
    if isinstance(error, UnusableBodyError) and error.status is not None:
        return InvalidResponseError.at(
            "",
            f"it cannot be read: {error}{when}",
            operation=operation,
            status=error.status,
            excerpt=error.excerpt,
            outcome_unknown=unknown,
        )
    kind = type(error.error).__name__
    text = shortened(printable(f"{kind}: {error}"))
    cls: type[EnlightenError] = ConnectionFailedError
    problem, advice = f"no whole response{tried} ({text})", "Check the network and the base URL, and try again."
    if error.timed_out:
        cls, problem, advice = RequestTimeoutError, f"no response in time{tried} ({kind})", _RAISE_TIMEOUT
    elif isinstance(error, UnusableBodyError):
        cls, problem, advice = InvalidResponseError, f"the body cannot be decompressed ({text})", "Try again later."
    failure = cls(f"{operation}: {problem}{when}. {OUTCOME_UNKNOWN if unknown else advice}")
    failure.outcome_unknown = unknown
    return failure


def log(request: Request, outcome: str, attempts: int, seconds: float) -> None:
    """Log one line for a request."""
    logger.debug(
        "%s: %s %s: %s, attempts %d, %.3f s",
        request.operation,
        request.method,
        request.path,
        outcome,
        attempts,
        seconds,
    )
