"""The result of one request: a response, or an error of ours where none came."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from ..credentials.untrusted import printable, shortened
from ..errors import (
    ConfigurationError,
    ConnectionFailedError,
    EnlightenError,
    InvalidArgumentError,
    InvalidResponseError,
    RequestTimeoutError,
)
from ..transport.delivery import UndeliveredError, UnusableBodyError

if TYPE_CHECKING:
    from ..api import Request, Response

EXPECTED_ERRORS = (EnlightenError, UndeliveredError)
"""What a pipeline raises."""

logger = logging.getLogger("enphase_enlighten")


def succeeded(response: Response, seconds: float) -> Response:
    """Log a response and return it."""
    _log(response.request, f"status {response.status}", response.attempts, seconds)
    return response


def failed(request: Request, error: EnlightenError | UndeliveredError, attempts: int, seconds: float) -> EnlightenError:
    """Log and return the error of ours for a request that brought no response."""
    shown = error.error if isinstance(error, UndeliveredError) else error
    _log(request, type(shown).__name__, attempts, seconds)
    operation = request.operation
    if isinstance(error, EnlightenError):
        # What is wrong with the configuration is so for every operation; an argument has its name in front.
        if not isinstance(error, ConfigurationError | InvalidArgumentError):
            error.args = (f"{operation}: {error}",)
        error.operation = operation
        return error
    failure = _failure(operation, error, attempts)
    failure.operation = operation
    # Without the frames of the layers, which tell a reader nothing; the text is in the message as well.
    cause = error.error
    cause.__context__ = None
    failure.__cause__ = cause.with_traceback(None)
    return failure


def _failure(operation: str, error: UndeliveredError, attempts: int) -> EnlightenError:
    tried = f" in {attempts} attempts" if attempts > 1 else ""
    if isinstance(error, UnusableBodyError) and error.status is not None:
        return InvalidResponseError.at(
            "", f"it cannot be read: {error}", operation=operation, status=error.status, excerpt=error.excerpt
        )
    kind = type(error.error).__name__
    if error.timed_out:
        return RequestTimeoutError(
            f"{operation}: no response in time{tried} ({kind}). Try again later, or raise timeout."
        )
    text = shortened(printable(f"{kind}: {error}"))
    if isinstance(error, UnusableBodyError):
        return InvalidResponseError(f"{operation}: the body cannot be decompressed ({text}). Try again later.")
    return ConnectionFailedError(
        f"{operation}: no whole response{tried} ({text}). Check the network and the base URL, and try again."
    )


def _log(request: Request, outcome: str, attempts: int, seconds: float) -> None:
    logger.debug(
        "%s: %s %s: %s, attempts %d, %.3f s",
        request.operation,
        request.method,
        request.path,
        outcome,
        attempts,
        seconds,
    )
