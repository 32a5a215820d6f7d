"""The steps of an operation, which does no I/O, and of the client that drives it.

An operation is a generator. It yields a `Batch` of requests and receives the `Outcome` of each, in the same order; an
operation that produces a series also yields `Rows` to hand on, and receives nothing for them. What it returns is the
result of the call.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from functools import wraps
from typing import Any, ParamSpec, TypeAlias, TypeVar

from attrs import frozen

from ..api import Request, Response
from ..errors import EnlightenError

R = TypeVar("R")
Y = TypeVar("Y")
P = ParamSpec("P")

Outcome: TypeAlias = Response | EnlightenError


@frozen
class Batch:
    """Requests that may be sent side by side.

    Attributes:
        requests: The requests.
        needless: Tells whether another call has got meanwhile what the requests are for. Batches that have it are
            carried out one at a time, and with no outcomes where it says so when their turn comes.
    """

    requests: Sequence[Request]
    needless: Callable[[], bool] | None = None


@frozen
class Rows:
    """Results that are ready to be handed on, in order.

    Attributes:
        rows: The results.
        span: The start and the end of the time that they answer, in epoch seconds: a span without rows is one in which
            there is nothing, not one that was not asked for. None where they are not about a time.
    """

    rows: Sequence[Any]
    span: tuple[int, int] | None = None


Call: TypeAlias = Generator[Batch, Sequence[Outcome], R]
Stream: TypeAlias = Generator[Batch | Rows, Sequence[Outcome], None]


def send(request: Request) -> Call[Response]:
    """Send one request and return its response; the error that came instead of one is raised."""
    [outcome] = yield Batch([request])
    return settled(outcome)


def settled(outcome: Outcome) -> Response:
    """Return the response, or raise the error that came instead of one."""
    if isinstance(outcome, EnlightenError):
        raise outcome
    return outcome


def prepares(operation: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Return a decorator for the function that checks the arguments of an operation: its errors name the operation."""

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def prepare(*args: P.args, **kwargs: P.kwargs) -> R:
            try:
                return function(*args, **kwargs)
            except EnlightenError as error:
                raise _named(error, operation)  # noqa: B904 - it is the same error

        return prepare

    return decorate


def carried_out(operation: str, steps: Generator[Y, Sequence[Outcome], R]) -> Generator[Y, Sequence[Outcome], R]:
    """Carry out the steps of an operation, so that its errors name it.

    They come without frames, which show what the steps worked on.
    """
    try:
        return (yield from steps)
    except EnlightenError as error:
        raise _named(error, operation).without_frames() from error.__cause__


def _named(error: EnlightenError, operation: str) -> EnlightenError:
    # A request of another operation, such as one that looks up a timezone, has named it already.
    if error.operation is None:
        error.operation = operation
    return error
