"""What tests ask of series."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve

from enphase_enlighten.engine.steps import Rows

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


def spans(series: Any, found: list[tuple[int, int, int]] | None = None) -> list[tuple[int, int, int]]:
    """The span of each lot of rows that a series hands on, and how many rows there are; added to a list if given."""
    found = [] if found is None else found

    def watched(steps: Any) -> Any:
        step = next(steps, None)
        while step is not None:
            if isinstance(step, Rows):
                assert step.span is not None
                found.append((*step.span, len(step.rows)))
            try:
                step = steps.send((yield step))
            except StopIteration:
                return

    stream = series._source.rows()
    rows = list(series._drive(evolve(stream, steps=watched(stream.steps))))
    assert len(rows) == sum(number for _, _, number in found)
    return found


def joined(found: Iterable[tuple[int, int, int]]) -> list[tuple[int, int]]:
    """The spans, neighbours joined."""
    whole: list[tuple[int, int]] = []
    for start, end, _ in found:
        if whole and whole[-1][1] == start:
            start = whole.pop()[0]  # noqa: PLW2901 - grows backwards
        whole.append((start, end))
    return whole
