"""The daily series over a system's life."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, TypeVar

from ..engine.requests import build
from ..engine.steps import Call, Steps
from ..reading.models import invalid, property_of, read
from ..timing.clock import utc
from ..timing.instants import WESTMOST
from .arguments import checked, names_operation

if TYPE_CHECKING:
    from ..api import Operation
    from ..data.days import Days
    from ..engine.context import Context

SeriesT = TypeVar("SeriesT", bound="Days[Any]")


@names_operation
def days(
    context: Context, operation: Operation, /, series: type[SeriesT], row: Any = None, **arguments: Any
) -> Call[SeriesT]:
    """Send one request and read its lists of values, one for each day, as a series of the operation's rows or of `row`.

    Raises:
        InvalidArgumentError: An argument is not accepted.
    """
    given = checked(context, operation, arguments)
    day = row or operation.row
    # Yesterday, wherever the system is.
    recent = utc(context.now()).astimezone(WESTMOST).date() - timedelta(days=1)
    start, end = given.get("start_date"), given.get("end_date")
    # The service may have nothing of yesterday until the evening, and then takes its own range for invalid; its own end
    # is yesterday, or today where the range begins today.
    is_open = operation.late and start is not None and start == end and start >= recent
    request = build(context.api, operation, **(given | {"end_date": None} if is_open else given))

    def steps() -> Steps[SeriesT]:
        response = yield request
        is_absent = response.status not in context.api.success and context.api.errors.is_absent(response)
        if is_absent or response.status == 204 or (is_open and context.api.errors.is_unreported(response)):
            return series(day)
        model = read(response, operation, context)
        columns = [property_of(model, name) or [] for name in day._fields[1:]]
        if not any(columns):
            return series(day, response=model)
        first, pointer = property_of(model, operation.first_day), f"/{operation.first_day}"
        if not isinstance(first, date):
            raise invalid(response, context, pointer, "a date was expected, without which the values have no days")
        try:
            rows = [day(first + timedelta(days=place), *values) for place, values in enumerate(zip_longest(*columns))]
        except OverflowError:
            raise invalid(response, context, pointer, "the values go on beyond the year 9999") from None
        if is_open:
            rows = [each for each in rows if each[0] <= end]
        return series(day, rows, response=model, recent=recent)

    return Call(operation.id, steps())
