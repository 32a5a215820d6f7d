"""What tests ask of series."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable


def days(first: str, number: int) -> list[date]:
    """Return dates in a row, from the first."""
    return [date.fromisoformat(first) + timedelta(days=day) for day in range(number)]


def until_error(series: Iterable[Any], error: type[BaseException]) -> tuple[list[Any], Any]:
    """Return what a series gives before it fails, and the error."""
    rows: list[Any] = []
    with pytest.raises(error) as caught:
        rows.extend(series)
    return rows, caught.value
