"""The settings of a client, checked once and frozen."""

from __future__ import annotations

import math
from typing import Any

from attrs import Attribute, evolve, field, frozen

from ..errors import InvalidArgumentError
from ..extras import load

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


def _seconds(least: str) -> Any:
    def check(_settings: object, attribute: Attribute[Any], value: Any) -> None:
        seconds = _number(value)
        if not seconds >= 0 or (least == "above 0" and (seconds == 0 or math.isinf(seconds))):
            raise InvalidArgumentError.for_argument(attribute.name, value, f"a number of seconds {least}")

    return check


def _truth(_settings: object, attribute: Attribute[Any], value: Any) -> None:
    if not isinstance(value, bool):
        raise InvalidArgumentError.for_argument(attribute.name, value, "True or False")


def _count(least: int) -> Any:
    def check(_settings: object, attribute: Attribute[Any], value: Any) -> None:
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            raise InvalidArgumentError.for_argument(attribute.name, value, f"a whole number of at least {least}")

    return check


@frozen
class Settings:
    """The settings of a client; `Enlighten` explains each."""

    base_url: str
    timeout: float = field(default=DEFAULT_TIMEOUT, validator=_seconds("above 0"))
    max_retries: int = field(default=DEFAULT_MAX_RETRIES, validator=_count(0))
    max_wait: float = field(default=DEFAULT_MAX_WAIT, validator=_seconds("of at least 0"))
    concurrency: int = field(default=DEFAULT_CONCURRENCY, validator=_count(1))
    max_response_bytes: int = field(default=DEFAULT_MAX_RESPONSE_BYTES, validator=_count(1))
    strict: bool = field(default=False, validator=_truth)

    def __attrs_post_init__(self) -> None:
        if self.strict:
            load("jsonschema", "strict", "strict=True")

    def changed(self, changes: dict[str, Any]) -> Settings:
        """Return settings with those changes that are not None."""
        return evolve(self, **{name: value for name, value in changes.items() if value is not None})
