"""The interval series: production and consumption within a day, over any length of time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import tzinfo
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

from attrs import field, frozen

from ..data.sources import IntervalSource
from ..data.tables import row_layout
from ..engine.requests import build
from ..engine.steps import Batch, Outcome, Rows, SeriesSteps, Stream
from ..errors import EnlightenError
from ..planning.ranges import beside, check_range, resolve, warn_of_missing_history
from ..planning.windows import Window, WindowRule, plan
from ..reading.columns import read_columns, rows_of, within
from ..reading.intervals import read_intervals
from ..reading.models import failure, property_of, read
from ..timing.instants import Moment, parse_instant, parse_timezone
from .arguments import checked, names_operation, system
from .telemetry import telemetry, telemetry_columns, telemetry_models, telemetry_rows
from .timezones import timezone_of

if TYPE_CHECKING:
    from ..api import Operation, Response
    from ..data.tables import Layout
    from ..engine.context import Context

CLOCK_ERROR = 5.0
"""Seconds by which the estimate of the server's time may be wrong."""


@frozen
class Asked:
    """The checked arguments of one call."""

    context: Context
    operation: Operation
    rule: WindowRule
    system_id: int
    start: Moment | None
    end: Moment | None
    zone: tzinfo | None
    parameters: Mapping[str, Any] = field(factory=dict)

    @property
    def known_zone(self) -> tzinfo | None:
        """The system's timezone, unless it is still to be looked up."""
        return self.zone or self.context.timezones.get(self.system_id)


ReadResponse: TypeAlias = "Callable[[Response, Operation, Context], Any]"
Pick: TypeAlias = "Callable[[Asked, Any, Window, tzinfo], Sequence[Any]]"
Carry: TypeAlias = "Callable[[Asked, ReadResponse, Pick], SeriesSteps]"


@names_operation
def intervals_of(
    context: Context,
    operation: Operation,
    /,
    system_id: Any,
    *,
    start_at: Any = None,
    end_at: Any = None,
    timezone: Any = None,
    **arguments: Any,
) -> IntervalSource:
    """Check the arguments of an interval series; those beside its range are sent with each request.

    Raises:
        InvalidArgumentError: One is not accepted, or the range is known to be invalid: it begins in the future, ends
            before it begins, or lies beyond all history.
    """
    asked = asked_range(context, operation, system_id, (start_at, end_at, timezone), arguments)
    layout = row_layout(operation.row._fields, lambda: asked.known_zone, fractional=context.api.fractional)
    if asked.rule.lengths:
        models = partial(read_intervals, models=True)
        return _source(
            asked, layout, telemetry, (read_intervals, models), (telemetry_rows, telemetry_columns, telemetry_models)
        )
    picks = (_rows, lambda _asked, found, window, _zone: [within(found, window)], lambda _asked, model, *_: [model])
    return _source(asked, layout, _steps, (read_columns, read), picks)


def asked_range(
    context: Context,
    operation: Operation,
    system_id: Any,
    span: tuple[Any, Any, Any],
    arguments: Mapping[str, Any],
) -> Asked:
    """Check the arguments of a call over a span: its start, its end, and their timezone; see `intervals_of`."""
    start, end, timezone = span
    rule = operation.window
    if rule is None:
        raise TypeError(f"{operation.id} has no windows")
    number = system(context, "system_id", system_id)
    begins = None if start is None else parse_instant(rule.names[0], start)
    ends = None if end is None else parse_instant(rule.names[1], end)
    zone = None if timezone is None else parse_timezone(timezone)
    parameters: Mapping[str, Any] = {}
    if arguments or operation.deprecated:
        parameters = checked(context, operation, arguments)
        rule = rule.of_duration(parameters)
    asked = Asked(context, operation, rule, number, begins, ends, zone, parameters)
    check_range(rule, begins, ends, context.now(), asked.known_zone)
    return asked


def _source(asked: Asked, layout: Layout, carry: Carry, readings: Any, picks: Any) -> IntervalSource:
    columns, models = readings

    def stream(read_response: ReadResponse, pick: Pick) -> Callable[[], Stream]:
        return lambda: Stream(asked.operation.id, carry(asked, read_response, pick))

    rows, blocks, responses = picks
    return IntervalSource(stream(columns, rows), stream(columns, blocks), stream(models, responses), layout)


def _rows(asked: Asked, found: Any, window: Window, zone: tzinfo) -> Sequence[Any]:
    return rows_of(asked.operation.row, within(found, window), zone)


def _steps(asked: Asked, read_response: ReadResponse, pick: Pick) -> SeriesSteps:
    """Ask for the windows, as many at once as allowed, and yield what is picked from each, in order.

    A response of success is read whole, as a model or as columns; then what belongs to the window is picked from it.
    """
    rule, context, operation = asked.rule, asked.context, asked.operation
    zone = asked.known_zone or (yield from timezone_of(context, asked.system_id))
    now = context.now()
    position, end = resolve(rule, asked.start, asked.end, now, zone)
    safe = position
    missing = None
    while True:
        if position < safe or not rule.is_kept(position, now, zone):
            # The edge moves meanwhile: a missing part begins where it began first.
            missing = position if missing is None else missing
            position = max(safe, rule.earliest_start(now, zone))
        windows = plan(rule, position, end, zone, most=context.concurrency)
        if not windows:
            warn_of_missing_history(rule, missing, end, zone)
            return
        parameters = [{"system_id": asked.system_id, **rule.parameters(window)} for window in windows]
        outcomes = yield Batch([build(context.api, operation, **each) for each in parameters])
        responded_at = context.now()
        for window, outcome in zip(windows, outcomes, strict=True):
            found, resume = _read(asked, outcome, window, read_response)
            intervals = found[0] if isinstance(found, list) else property_of(found, operation.items)
            if found is not None and not intervals:
                safe = rule.safe_start(responded_at + CLOCK_ERROR, zone)
                if window.start < safe:
                    # The edge of history may have passed its start on the way, which empties all of it: plan again.
                    position = window.start
                    break
            warn_of_missing_history(rule, missing, window.start, zone)
            missing = None
            yield Rows([] if found is None else pick(asked, found, window, zone), (window.start, window.end))
            if resume is None:
                return
            position = max(position, resume)
            if resume < window.end:
                position = resume
                break
        now = context.now()


def _read(asked: Asked, outcome: Outcome, window: Window, read_response: ReadResponse) -> tuple[Any, int | None]:
    """Read the outcome for one window, and tell from where to go on: None where nothing can follow.

    What was read is None where the system has nothing in this window.
    """
    if isinstance(outcome, EnlightenError):
        raise outcome
    api = asked.context.api
    if outcome.status == 204:
        # It may hold for this window alone, so the others are requested all the same.
        return None, window.end
    if outcome.status in api.success:
        return read_response(outcome, asked.operation, asked.context), window.end
    if api.errors.is_absent(outcome):
        return None, None
    error = failure(outcome, asked.context)
    existing = api.errors.existing(error)
    if existing is None:
        raise error
    return None, beside(existing, window, asked.rule)
