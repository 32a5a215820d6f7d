"""Checking arguments, each kind of them, and all those of an operation; the checks raise `InvalidArgumentError`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, tzinfo
from functools import partial, wraps
from importlib import import_module
from itertools import combinations
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from ..engine.requests import snake_case
from ..errors import EnlightenError, InvalidArgumentError, warn_caller
from ..timing import numbers
from ..timing.instants import Moment, in_order, parse_date, parse_instant, parse_timezone
from .timezones import learn_timezone

if TYPE_CHECKING:
    from ..api import Check, Operation
    from ..engine.context import Context

T = TypeVar("T")
P = ParamSpec("P")


def names_operation(
    function: Callable[Concatenate[Context, Operation, P], T],
) -> Callable[Concatenate[Context, Operation, P], T]:
    """Let the errors of a function that checks the arguments of an operation name the operation."""

    @wraps(function)
    def named(context: Context, operation: Operation, /, *args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return function(context, operation, *args, **kwargs)
        except EnlightenError as error:
            error.during(operation.id)
            raise

    return named


def checked(context: Context, operation: Operation, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments of an operation with each checked for which the operation says how, and dates in order."""
    arguments = dict(given)
    for name, check in operation.arguments.items():
        arguments[name] = check(context, name, arguments.get(name))
    if operation.either and all(arguments.get(name) is None for name in operation.either):
        accepted = " or ".join(operation.either)
        raise InvalidArgumentError.for_argument(operation.either[0], None, f"at least one of the arguments {accepted}")
    dates = [(name, value) for name, value in arguments.items() if isinstance(value, date)]
    for first, second in combinations(dates, 2):
        in_order(*first, *second)
    if operation.deprecated:
        message = f"{snake_case(operation.id)} is deprecated by the service: use {operation.deprecated}"
        warn_caller(DeprecationWarning(message))
    return arguments


def system(context: Context, argument: str, value: Any) -> int:
    """Return the id of a system, given by its id or as a model, whose timezone is then known as well, or raise."""
    number = value
    if hasattr(value, "system_id") and hasattr(value, "timezone"):
        number = value.system_id
        learn_timezone(context, value)
    return whole_number(context, argument, number, "a system's id, an int, or a system as `systems()` gives it")


def whole_number(_context: Context, argument: str, value: Any, accepted: str = "an int") -> int:
    """Return a whole number as an int, also one of numpy or pandas, or raise; 64 bits have to do."""
    number = numbers.given_number(value)
    if number is None:
        raise InvalidArgumentError.for_argument(argument, value, accepted)
    return number


def between(smallest: int, largest: int) -> Check:
    """Return a check for a whole number within limits."""
    return partial(_between, smallest, largest)


def _between(smallest: int, largest: int, context: Context, argument: str, value: Any) -> int:
    number = whole_number(context, argument, value)
    if not smallest <= number <= largest:
        raise InvalidArgumentError.for_argument(argument, value, f"a number from {smallest} to {largest}")
    return number


def text(_context: Context, argument: str, value: Any) -> str:
    """Return a string, or raise."""
    if not isinstance(value, str):
        raise InvalidArgumentError.for_argument(argument, value, "a string")
    return value


def filled_text(context: Context, argument: str, value: Any) -> str:
    """Return a string that is not empty; see `text`."""
    if not text(context, argument, value):
        raise InvalidArgumentError.for_argument(argument, value, "a string that is not empty")
    return str(value)


def part_of_path(context: Context, argument: str, value: Any) -> str:
    """Return a string that can be one part of a path, such as a serial number, or raise."""
    if text(context, argument, value) in {"", ".", ".."}:
        # No quoting keeps these: the request would go to another operation.
        raise InvalidArgumentError.for_argument(argument, value, "what names something, and not a place in a path")
    return str(value)


def numeral(smallest: int, largest: int) -> Check:
    """Return a check for a whole number within limits that is sent as a text."""
    return partial(_numeral, smallest, largest)


def _numeral(smallest: int, largest: int, context: Context, argument: str, value: Any) -> str:
    return str(_between(smallest, largest, context, argument, value))


def flag(_context: Context, argument: str, value: Any) -> bool:
    """Return a bool, or raise."""
    if not isinstance(value, bool):
        raise InvalidArgumentError.for_argument(argument, value, "True or False")
    return value


def day(context: Context, argument: str, value: Any) -> date:
    """Return a date; see `parse_date`."""
    return parse_date(argument, value, context.now())


class CompactDay(date):
    """A date that is sent without hyphens."""

    def __str__(self) -> str:
        return f"{self:%Y%m%d}"


def compact_day(context: Context, argument: str, value: Any) -> date:
    """Return a date that is sent without hyphens; see `day`."""
    found = day(context, argument, value)
    return CompactDay(found.year, found.month, found.day)


def instant(_context: Context, argument: str, value: Any) -> Moment:
    """Return an instant; see `parse_instant`."""
    return parse_instant(argument, value)


def zone(_context: Context, _argument: str, value: Any) -> tzinfo:
    """Return a timezone; see `parse_timezone`."""
    return parse_timezone(value)


def member_of(enum: str) -> Check:
    """Return a check for the values of an enumeration, which the generated package has under that name."""
    return partial(_member_of, enum)


def _member_of(enum: str, context: Context, argument: str, value: Any) -> Any:
    members = getattr(import_module(f"{context.api.package}.models"), enum)
    if isinstance(value, str):
        for member in members:
            if member == value:
                return member
    accepted = ", ".join(repr(str(member)) for member in members)
    raise InvalidArgumentError.for_argument(argument, value, f"one of {accepted}")


def several(check: Check) -> Check:
    """Return a check for a filter, which is one value or several.

    A list that is empty is not accepted: it would list everything.
    """
    return partial(_several, check)


def _several(check: Check, context: Context, argument: str, value: Any) -> list[Any]:
    if isinstance(value, str | bytes | Mapping) or not isinstance(value, Iterable):
        return [check(context, argument, value)]
    values = [check(context, argument, item) for item in value]
    if not values:
        raise InvalidArgumentError.for_argument(argument, value, "at least one value, or None for no filter")
    return values


def optional(check: Check) -> Check:
    """Return a check for an argument that may be None."""
    return partial(_optional, check)


def _optional(check: Check, context: Context, argument: str, value: Any) -> Any:
    return None if value is None else check(context, argument, value)
