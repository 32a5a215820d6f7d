"""The steps of an operation, which does no I/O, and of the client that drives it.

An operation is a generator. It yields a `Request` and receives its `Response`, or has the error raised that came
instead; or it yields a `Batch` of requests and receives the `Outcome` of each, in the same order. An operation that
produces a series also yields `Rows` to hand on, and receives nothing for them. What it returns is the result.

One whose response streams yields a `Request` first, of which it receives the head, then `Receive` for each part of the
body: bytes, or None at the end; and each `Message` to hand on.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from typing import Any, Generic, TypeAlias, TypeVar

from attrs import frozen

from ..api import Request, Response
from ..errors import EnlightenError

R = TypeVar("R")

Outcome: TypeAlias = Response | EnlightenError


@frozen
class Batch:
    """Requests that may be sent side by side.

    `needless` tells whether another call has got meanwhile what the requests are for. Batches that have it are carried
    out one at a time, and with no outcomes where it says so when their turn comes.
    """

    requests: Sequence[Request]
    needless: Callable[[], bool] | None = None


@frozen
class Rows:
    """Results that are ready to be handed on, in order.

    `span` is the time that they cover, in epoch seconds: a span without rows is one in which there is nothing, not one
    that was not asked for. None where they are not about a time.
    """

    rows: Sequence[Any]
    span: tuple[int, int] | None = None


@frozen
class Receive:
    """Asks for the next part of a body that is read as it comes."""


@frozen
class Message:
    """What is handed on of a stream as soon as it has come."""

    value: Any


Steps: TypeAlias = Generator[Request | Batch, Any, R]
SeriesSteps: TypeAlias = Generator[Request | Batch | Rows, Any, None]
LiveSteps: TypeAlias = Generator[Request | Receive | Message, Any, None]


@frozen
class Call(Generic[R]):
    """An operation that gives one result; its errors name the operation."""

    operation: str
    steps: Steps[R]


@frozen
class Stream:
    """An operation that gives rows; see `Call`."""

    operation: str
    steps: SeriesSteps


@frozen
class Live:
    """An operation that gives messages as they come in one response; see `Call`."""

    operation: str
    steps: LiveSteps
