"""Telling responses of success from errors."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from ..errors import EnlightenError
from ..reading.models import check, decode, is_checked

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

    from ..api import Response
    from ..engine.context import Context
    from ..engine.steps import Outcome

Y = TypeVar("Y")
R = TypeVar("R")

OK = 200
NO_CONTENT = 204


def checked(answer: Response, context: Context) -> Response:
    """Return an answer of success; raise the typed error of any other.

    Raises:
        APIStatusError: Of the class that belongs to the status.
        InvalidResponseError: In strict mode, where the error's body is not what the specification says.
    """
    if answer.status in (OK, NO_CONTENT):
        return answer
    if is_checked(answer, context):
        check(answer, decode(answer, context), context)
    raise context.api.errors.error(answer, context.authentication.masking)


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
