"""What passes between an operation, which does no I/O, and the client that drives it.

An operation is a generator. It yields a `Batch` of requests and receives the `Outcome` of each, in the same order; an
operation that produces a series also yields `Rows` to hand on, and receives nothing for them. What it returns is the
result of the call.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from functools import cache
from importlib import import_module
from typing import Any, TypeAlias, TypeVar

from attrs import frozen

from ..api import Request, Response
from ..errors import EnlightenError
from .naming import snake_case

R = TypeVar("R")
Y = TypeVar("Y")


Outcome: TypeAlias = Response | EnlightenError


@frozen
class Batch:
    """Requests that may be sent side by side.

    Attributes:
        needless: Tells whether another call has got meanwhile what the requests are for. Batches that have it are
            carried out one at a time, and with no outcomes where it says so when their turn comes.
    """

    requests: Sequence[Request]
    needless: Callable[[], bool] | None = None


@frozen
class Rows:
    """Results that are ready to be handed on, in order."""

    rows: Sequence[Any]


Call: TypeAlias = Generator[Batch, Sequence[Outcome], R]
Stream: TypeAlias = Generator[Batch | Rows, Sequence[Outcome], None]


def build(operation: str, **parameters: object) -> Request:
    """Build a request with the generated client's builder for `operation`.

    None leaves a parameter out.

    Raises:
        TypeError: `operation` has no such parameter: the wrapper does not fit the specification.
    """
    given = {name: value for name, value in parameters.items() if value is not None}
    kwargs = _builder(operation)(**given)
    return Request(operation, kwargs["method"].upper(), kwargs["url"], kwargs.get("params", {}))


@cache
def _builder(operation: str) -> Callable[..., dict[str, Any]]:
    module = import_module(f"enlighten_v2.api.default.{snake_case(operation)}")
    builder: Callable[..., dict[str, Any]] = module._get_kwargs  # noqa: SLF001 - the package has no public name for it
    return builder


def send(request: Request) -> Call[Response]:
    """Send one request and return its answer; the error that came instead of one is raised."""
    [outcome] = yield Batch([request])
    return settled(outcome)


def settled(outcome: Outcome) -> Response:
    """Return the answer, or raise the error that came instead of one."""
    if isinstance(outcome, EnlightenError):
        raise outcome
    return outcome


def without_frames(steps: Generator[Y, Sequence[Outcome], R]) -> Generator[Y, Sequence[Outcome], R]:
    """Carry out the steps of an operation; an error comes out of them without frames that show what they worked on."""
    try:
        return (yield from steps)
    except EnlightenError as error:
        raise error.without_frames() from error.__cause__
