"""The intervals of an answer, column by column."""

from __future__ import annotations

from operator import lt
from typing import TYPE_CHECKING, Any

from attrs import frozen

from ..timing.instants import epoch_seconds
from .columns import exact_lists
from .models import check, decode, invalid, read_object

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..api import Response
    from ..engine.context import Context
    from ..planning.windows import Window


@frozen
class Intervals:
    """The intervals of an answer, whatever is in them.

    Attributes:
        answer: The answer.
        intervals: As they came: decoded objects where all are exactly as specified, else models.
        ends: The `end_at` of each.
        values: The other fields of a row, each as a column; None where there is no value.
    """

    answer: Response
    intervals: Sequence[Any]
    ends: Sequence[Any]
    values: Sequence[Sequence[Any]]

    def within(self, window: Window, context: Context) -> Sequence[Sequence[Any]]:
        """Return the columns of those that end in a window, in order and each once; `end_at` in epoch seconds first.

        Raises:
            InvalidResponseError: One of them has no end.
        """
        ends = self._epochs(context)
        ordered = all(map(lt, ends, ends[1:]))
        if ordered and ends and window.start < ends[0] and ends[-1] <= window.end:
            return [ends, *self.values]
        places: dict[int, int] = {}
        for place, end in enumerate(ends):
            if window.start < end <= window.end:
                places.setdefault(end, place)
        chosen = [places[end] for end in sorted(places)]
        return [[column[place] for place in chosen] for column in (ends, *self.values)]

    def _epochs(self, context: Context) -> Sequence[int]:
        if set(map(type, self.ends)) <= {int}:
            return self.ends
        ends: list[int] = []
        for place, came in enumerate(self.ends):
            end = epoch_seconds(came)
            if end is None:
                problem = "no epoch seconds, so the interval has no place"
                raise invalid(self.answer, context, f"/intervals/{place}/end_at", problem)
            ends.append(end)
        return ends


def read_intervals(answer: Response, model: type, names: Sequence[str], context: Context) -> Intervals:
    """Read the intervals of an answer, with a model of each only where they are not exactly as specified.

    The rest of the body is read as models, and so told of, in any case.

    Args:
        answer: An answer of success.
        model: The generated class of its body.
        names: The fields of an interval that make a row, beside `end_at`.
        context: The client's context.

    Raises:
        InvalidResponseError: As for `enphase_enlighten.reading.models.read`.
    """
    body = decode(answer, context)
    check(answer, body, context)
    lists = exact_lists(model, body)
    rest = {**body, **{name: [] for name in lists}} if isinstance(body, dict) else body
    read: Any = read_object(answer, rest, "", model, context, needs=["intervals"])
    if "intervals" in lists:
        intervals, columns = body["intervals"], lists["intervals"]
    else:
        intervals = read.intervals
        columns = {name: _column(intervals, name) for name in ("end_at", *names)}
    return Intervals(answer, intervals, columns["end_at"], [columns[name] for name in names])


def _column(intervals: Sequence[Any], name: str) -> Sequence[Any]:
    from enlighten_v2.types import UNSET

    # What came in place of an interval has no fields.
    values = [getattr(interval, name, None) for interval in intervals]
    return [None if value is UNSET else value for value in values]
