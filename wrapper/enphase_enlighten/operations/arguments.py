"""Checking arguments, also those that several operations take."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from ..errors import EnlightenError, InvalidArgumentError
from .timezones import learn_timezone

if TYPE_CHECKING:
    from ..engine.context import Context

T = TypeVar("T")
P = ParamSpec("P")


def checks_arguments_of(operation: str) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Return a decorator for a function that checks the arguments of an operation: its errors name the operation."""

    def decorate(function: Callable[P, T]) -> Callable[P, T]:
        @wraps(function)
        def named(*args: P.args, **kwargs: P.kwargs) -> T:
            try:
                return function(*args, **kwargs)
            except EnlightenError as error:
                error.during(operation)
                raise

        return named

    return decorate


def system_number(context: Context, system: Any, argument: str = "system_id") -> int:
    """Return the id of a system that is given by its id or as a model, whose timezone is then known as well.

    Raises:
        InvalidArgumentError: It is neither.
    """
    number = system
    if hasattr(system, "system_id") and hasattr(system, "timezone"):
        number = system.system_id
        learn_timezone(context, system)
    return whole_number(argument, number, "a system's id, an int, or a system as `systems()` gives it")


def whole_number(argument: str, value: Any, accepted: str = "an int") -> int:
    """Return a whole number as an int, also one of numpy or pandas.

    Raises:
        InvalidArgumentError: It is not a whole number, or needs more than 64 bits.
    """
    try:
        number = None if isinstance(value, bool) else operator.index(value)
    except TypeError:
        number = None
    if number is not None and abs(number) < 2**63:
        return number
    raise InvalidArgumentError.for_argument(argument, value, accepted)


def text(argument: str, value: Any) -> str:
    """Return a string.

    Raises:
        InvalidArgumentError: It is not one.
    """
    if not isinstance(value, str):
        raise InvalidArgumentError.for_argument(argument, value, "a string")
    return value


def several(argument: str, value: Any, check: Callable[[str, Any], T]) -> list[T] | None:
    """Read a filter: nothing, one value or several.

    Raises:
        InvalidArgumentError: A value is not accepted, or a list is empty: it would list everything.
    """
    if value is None:
        return None
    if isinstance(value, str | bytes | Mapping) or not isinstance(value, Iterable):
        return [check(argument, value)]
    values = [check(argument, item) for item in value]
    if not values:
        raise InvalidArgumentError.for_argument(argument, value, "at least one value, or None for no filter")
    return values


def member_of(enum: Any) -> Callable[[str, Any], Any]:
    """Return a check for the values that the specification has for `enum`."""

    def check(argument: str, value: Any) -> Any:
        if isinstance(value, str):
            for member in enum:
                if member == value:
                    return member
        accepted = ", ".join(repr(str(member)) for member in enum)
        raise InvalidArgumentError.for_argument(argument, value, f"one of {accepted}")

    return check
