"""The values of parameters, read by the schemas of a specification."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_INTEGER = re.compile(r"[+-]?[0-9]{1,1000}")
_INT64 = 1 << 63
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FRACTION = re.compile(r"(?=.*[.eE])[+-]?[0-9]+(?:[.][0-9]*)?(?:[eE][+-]?[0-9]+)?")
_LONGEST_EXCERPT = 40

Scalar = int | str | date
Value = Scalar | list[Scalar]


class InvalidValueError(ValueError):
    """A value is not what its schema says; the message names the parameter and says what it must be."""


class InvalidDateError(InvalidValueError):
    """A value is not a date."""


class FractionError(InvalidValueError):
    """A value is a number where the schema wants an integer, such as 1718222400.0."""


def read(name: str, text: str, schema: Mapping[str, Any]) -> Scalar:
    """Return the value of the parameter `name` that was sent as `text`, in the type of its schema.

    Raises:
        InvalidValueError: It is not what the schema says.
    """
    if schema.get("type") == "integer":
        return _integer(name, text, schema)
    if "enum" in schema and text not in schema["enum"]:
        raise InvalidValueError(f"{name} must be one of {', '.join(schema['enum'])}, not {_excerpt(text)}")
    if schema.get("format") == "date":
        try:
            if _DATE.fullmatch(text):
                return date.fromisoformat(text)
        except ValueError:
            pass
        raise InvalidDateError(f"{name} must be a date like 2024-06-01, not {_excerpt(text)}")
    return text


def _integer(name: str, text: str, schema: Mapping[str, Any]) -> int:
    if not _INTEGER.fullmatch(text):
        kind = FractionError if _FRACTION.fullmatch(text) else InvalidValueError
        raise kind(f"{name} must be an integer, not {_excerpt(text)}")
    number = int(text)
    if schema.get("format") == "int64" and not -_INT64 <= number < _INT64:
        raise InvalidValueError(f"{name} must be an integer of 64 bits, not {text}")
    if not schema.get("minimum", number) <= number <= schema.get("maximum", number):
        raise InvalidValueError(f"{name} must be from {schema.get('minimum', '...')} to {schema.get('maximum', '...')}")
    return number


def _excerpt(text: str) -> str:
    return repr(text[:_LONGEST_EXCERPT])
