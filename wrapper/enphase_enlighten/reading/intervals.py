"""The intervals of a response, column by column."""

from __future__ import annotations

from operator import lt
from typing import TYPE_CHECKING, Any

from attrs import frozen

from ..engine.requests import model_of, unset_of
from ..timing.instants import epoch_seconds
from .columns import exact_lists
from .models import check, decode, invalid, read_object

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..api import Operation, Response
    from ..engine.context import Context
    from ..planning.windows import Window


@frozen
class Intervals:
    """The intervals of a response, whatever is in them.

    Attributes:
        response: The response.
        operation: The operation.
        intervals: As they came: decoded objects where all are exactly as specified, else models.
        ends: The `end_at` of each.
        values: The other fields of a row, each as a column; None where there is no value.
    """

    response: Response
    operation: Operation
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
                raise invalid(self.response, context, f"/{self.operation.items}/{place}/end_at", problem)
            ends.append(end)
        return ends


def read_intervals(response: Response, operation: Operation, context: Context) -> Intervals:
    """Read the intervals of a response, with a model of each only where they are not exactly as specified.

    The rest of the body is read as models, and so reported, in any case.

    Raises:
        InvalidResponseError: As for `enphase_enlighten.reading.models.read`.
    """
    body = decode(response, context)
    check(response, body, context)
    names, items = operation.row._fields[1:], operation.items
    lists = {} if operation.model is None else exact_lists(model_of(context.api, operation.model), body)
    rest = {**body, **{name: [] for name in lists}} if isinstance(body, dict) else body
    read = read_object(response, rest, "", operation, context)
    if items in lists:
        intervals, columns = body[items], lists[items]
    else:
        intervals = read[items] if operation.model is None else getattr(read, items)
        unset = unset_of(context.api.package)
        columns = {name: [_value(interval, name, unset) for interval in intervals] for name in ("end_at", *names)}
    return Intervals(response, operation, intervals, columns["end_at"], [columns[name] for name in names])


def _value(interval: Any, name: str, unset: object) -> Any:
    # What came in place of an interval has no fields.
    value = interval.get(name) if isinstance(interval, dict) else getattr(interval, name, None)
    return None if value is unset else value
