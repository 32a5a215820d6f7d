"""The settings of a client, checked once and frozen."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from attrs import Attribute, evolve, field, frozen

from ..errors import InvalidArgumentError
from ..extras import load
from ..timing.numbers import given_number

DEFAULT_TIMEOUT = 30.0
DEFAULT_MAX_RETRIES = 3
DEFAULT_MAX_WAIT = 120.0
DEFAULT_CONCURRENCY = 2
"""The service responds with 503 to too many requests at once (recorded by users), so only few are sent at once."""
DEFAULT_MAX_RESPONSE_BYTES = 64 * 1024 * 1024


def _number(value: Any) -> float:
    """Return a number as a float; NaN for anything else, and for a number that is too large."""
    try:
        return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else math.nan
    except OverflowError:
        return math.nan


def _accepting(accepted: str, accepts: Callable[[Any], bool]) -> Any:
    def check(_settings: object, attribute: Attribute[Any], value: Any) -> None:
        if not accepts(value):
            raise InvalidArgumentError.for_argument(attribute.name, value, accepted)

    return check


def _count(least: int) -> Any:
    return _accepting(
        f"a whole number of at least {least}",
        lambda value: given_number(value, least) is not None,
    )


_above_zero = _accepting("a number of seconds above 0", lambda value: 0 < _number(value) < math.inf)
_seconds = _accepting("a number of seconds of at least 0", lambda value: _number(value) >= 0)
_truth = _accepting("True or False", lambda value: isinstance(value, bool))


@frozen
class Settings:
    """The settings of a client; `Enlighten` explains each."""

    base_url: str
    timeout: float = field(default=DEFAULT_TIMEOUT, validator=_above_zero)
    max_retries: int = field(default=DEFAULT_MAX_RETRIES, validator=_count(0))
    max_wait: float = field(default=DEFAULT_MAX_WAIT, validator=_seconds)
    concurrency: int = field(default=DEFAULT_CONCURRENCY, validator=_count(1))
    max_response_bytes: int = field(default=DEFAULT_MAX_RESPONSE_BYTES, validator=_count(1))
    strict: bool = field(default=False, validator=_truth)

    def __attrs_post_init__(self) -> None:
        if self.strict:
            load("jsonschema", "strict", "strict=True")

    def changed(self, changes: dict[str, Any]) -> Settings:
        """Return settings with those changes that are not None."""
        return evolve(self, **{name: value for name, value in changes.items() if value is not None})
