"""What counts as a whole number, in bodies, headers, ledgers and arguments alike."""

from __future__ import annotations

import operator
from typing import Any

LATEST = 253402128000
"""The last second that a datetime can show in every timezone."""


def whole_number(value: Any, least: float = -(2**63), most: float = 2**63 - 1) -> int | None:
    """Return a whole number as an int; None for anything else, and for one that is not within the limits.

    1.0 is 1, since JSON has only one kind of number; the integers of numpy and pandas are whole numbers, True is none.

    >>> [whole_number(value) for value in (1, 1.0, 1.5, True, "1", None)]
    [1, 1, None, None, None, None]
    """
    if type(value) is not int:
        try:
            is_float = isinstance(value, float) and value.is_integer()
            value = None if isinstance(value, bool) else int(value) if is_float else operator.index(value)
        except TypeError:
            return None
    return None if value is None or not least <= value <= most else int(value)


def epoch_seconds(value: Any) -> int | None:
    """Return epoch seconds that are a whole number and a datetime can show; None for anything else."""
    return whole_number(value, 0, LATEST)


def given_number(value: Any, least: int = -(2**63)) -> int | None:
    """Return a whole number that a caller gives: as `whole_number`, but a float is a slip there."""
    return None if isinstance(value, float) else whole_number(value, least)
