"""What becomes of one request: an answer, or an error of ours that came instead of one."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, TypeVar

import httpx

from ..api import Response
from ..credentials.untrusted import printable, shortened
from ..errors import (
    ConfigurationError,
    ConnectionFailedError,
    EnlightenError,
    InvalidArgumentError,
    InvalidResponseError,
    RequestTimeoutError,
)
from ..transport.body import UnusableBodyError
from ..transport.layers import Trail

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from ..api import Request
    from ..timing.clock import Clock
    from .steps import Outcome

Y = TypeVar("Y")
R = TypeVar("R")

EXPECTED_ERRORS = (EnlightenError, httpx.HTTPError, httpx.InvalidURL)
"""What the layers raise: whatever a transport raises is one of these when it has passed the credentials layer."""

logger = logging.getLogger("enphase_enlighten")


class Exchange:
    """One request on its way, and what becomes of it."""

    def __init__(self, request: Request, clock: Clock) -> None:
        self._request = request
        self._clock = clock
        self._begun = clock.now()
        self.trail = Trail()

    def answered(self, response: httpx.Response) -> Outcome:
        """Take the answer."""
        self._log(f"status {response.status_code}")
        return Response(
            self._request,
            response.status_code,
            response.headers,
            response.content,
            self.trail.attempts,
            self.trail.sent_at,
        )

    def failed(self, error: Exception) -> Outcome:
        """Take what was raised instead of an answer."""
        self._log(type(error).__name__)
        if isinstance(error, EnlightenError):
            # What is wrong with the configuration is so for every operation; an argument has its name in front.
            if not isinstance(error, (ConfigurationError, InvalidArgumentError)):
                error.args = (f"{self._request.operation}: {error}",)
            error.operation = self._request.operation
            return error
        failure = self._failure(error)
        failure.operation = self._request.operation
        # Without the frames of all the layers, which tell a reader nothing; the text is in the message as well.
        error.__context__ = None
        failure.__cause__ = error.with_traceback(None)
        return failure

    def _failure(self, error: Exception) -> EnlightenError:
        operation = self._request.operation
        tried = f" in {self.trail.attempts} attempts" if self.trail.attempts > 1 else ""
        if isinstance(error, UnusableBodyError):
            return InvalidResponseError.at(
                "", f"it cannot be read: {error}", operation=operation, status=error.status, excerpt=error.excerpt
            )
        if isinstance(error, httpx.TimeoutException):
            return RequestTimeoutError(
                f"{operation}: no answer in time{tried} ({type(error).__name__}). Try again later, or raise timeout."
            )
        said = shortened(printable(f"{type(error).__name__}: {error}"))
        if isinstance(error, httpx.DecodingError):
            return InvalidResponseError(f"{operation}: the body cannot be decompressed ({said}). Try again later.")
        return ConnectionFailedError(
            f"{operation}: no whole answer{tried} ({said}). Check the network and the base URL, and try again."
        )

    def _log(self, outcome: str) -> None:
        request, trail = self._request, self.trail
        logger.debug(
            "%s: %s %s: %s, attempts %d, %.3f s",
            request.operation,
            request.method,
            request.path,
            outcome,
            trail.attempts,
            self._clock.now() - self._begun,
        )


def presented(steps: Generator[Y, Sequence[Outcome], R]) -> Generator[Y, Sequence[Outcome], R]:
    """Carry out the steps of an operation; an error comes out of them without frames that show what they worked on."""
    try:
        return (yield from steps)
    except EnlightenError as error:
        raise error.without_frames() from error.__cause__
