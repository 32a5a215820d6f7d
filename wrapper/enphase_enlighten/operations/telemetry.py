"""Interval series whose requests name a length, and whose responses may be shorter than that.

What a response says it covers is believed, and nothing else: the next request begins where it ends. So a service that
cuts a window, refuses a length, or has not heard of a system for a while costs requests, and no interval.
"""

from __future__ import annotations

import math
from collections.abc import Generator, Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING, Any, TypeAlias

from attrs import define

from ..engine.requests import build
from ..engine.steps import Batch, Outcome, Rows, SeriesSteps, Steps
from ..errors import APIStatusError, EnlightenError
from ..planning.lengths import At, Covered, Following, Lengths, following, is_a_day
from ..planning.ranges import beside, resolve, warn_of_missing_history
from ..planning.windows import Length, Window
from ..reading.columns import rows_of, within
from ..reading.models import failure, property_of
from ..reading.spans import covered
from ..timing.numbers import whole_number
from .timezones import timezone_of

if TYPE_CHECKING:
    from ..api import Request, Response
    from ..reading.intervals import Intervals
    from .intervals import Asked, Pick, ReadResponse

_REFUSALS = frozenset({400, 422})
"""Statuses that may be about the range: those of chargers are 400."""

_BEHIND_THE_END = _REFUSALS | {404}
"""Statuses that a page behind the last one may have."""

Parts: TypeAlias = "Sequence[Intervals]"
"""What the responses for one window have: one, or one for each page of devices."""


@define
class _Course:
    """How far a series has come.

    Attributes:
        asked: What was asked for.
        lengths: What is known of the lengths of its windows.
        zone: The system's timezone.
        position: Where the next request begins, on the grid.
        given: Until when everything was handed on.
        end: The end of the range.
        now: When the last responses came.
        missing: Where a part begins that the service no longer has.
        trial: The length that is tried because the one asked for was refused.
        refusal: How that was refused.
        moved: Whether the edge of history was moved on after it was refused.
        cut: Until where a response came that looked cut to a day, which the one after it can confirm.
        devices: How many devices there are, as far as known.
    """

    asked: Asked
    lengths: Lengths
    zone: tzinfo
    position: int
    given: int
    end: float
    now: float
    missing: int | None = None
    trial: Length | None = None
    refusal: APIStatusError | None = None
    moved: bool = False
    cut: int | None = None
    devices: int = 0

    def skip_to(self, position: int) -> None:
        """Leave out a part that the service no longer has; when the edge moves, it begins where it began first."""
        self.missing = self.given if self.missing is None else self.missing
        self.position = self.given = position

    def planned(self) -> list[Window]:
        """Return the next windows, as far as the service keeps them."""
        rule, context = self.asked.rule, self.asked.context
        if not rule.is_kept(self.position, self.now, self.zone):
            self.skip_to(rule.earliest_start(self.now, self.zone))
        most = 1 if self.asked.operation.devices is not None else context.concurrency
        return self.lengths.windows(self.position, self.end, most, rule, self.trial)

    def warn(self, until: float) -> None:
        """Warn of the part before a point that the service no longer has, once."""
        warn_of_missing_history(self.asked.rule, self.missing, until, self.zone)
        self.missing = None

    def shortened(self) -> None:
        """Learn that the length that was tried is the one to ask for."""
        if self.trial is not None:
            self.lengths.shorten()
            self.trial = self.refusal = None


def telemetry(asked: Asked, read_response: ReadResponse, pick: Pick) -> SeriesSteps:
    """Ask for the windows, as many at once as allowed once it is known how long they are, and yield what is picked."""
    context, operation = asked.context, asked.operation
    course = yield from _begun(asked)
    lengths = course.lengths
    while windows := course.planned():
        length = course.trial or lengths.asked
        outcomes = yield Batch([_request(asked, window, length) for window in windows])
        course.now = context.now()
        for window, outcome in zip(windows, outcomes, strict=True):
            if window.start > course.position:
                break
            if window.end <= course.given:
                continue
            if isinstance(response := _usable(asked, outcome), APIStatusError):
                more = yield from _refused(course, window, response)
                if more:
                    break
                return
            course.warn(window.start)
            if response is None or response.status == 204:
                yield Rows([], (course.given, window.end))
                if response is None:
                    return
                course.position = course.given = window.end
                continue
            first = read_response(response, operation, context)
            parts = yield from _all_pages(course, window, length, first, read_response)
            course.shortened()
            more = yield from _handed_on(course, window, length, parts, pick)
            if not more:
                return
    course.warn(course.end)


def _begun(asked: Asked) -> Steps[_Course]:
    context = asked.context
    zone = asked.known_zone or (yield from timezone_of(context, asked.system_id))
    now = context.now()
    position, end = resolve(asked.rule, asked.start, asked.end, now, zone)
    lengths = context.lengths.setdefault(asked.operation.id, Lengths(asked.rule.lengths))
    return _Course(asked, lengths, zone, position, position, end, now)


def _handed_on(course: _Course, window: Window, length: Length, parts: Parts, pick: Pick) -> Generator[Rows, Any, bool]:
    """Yield what is picked of the responses for a window; return whether anything can follow."""
    asked = course.asked
    span = _covered(parts, window, course.zone)
    follows = following(window, length, span, asked.rule, At(course.now, course.zone), holds=course.lengths.holds)
    upper, reached = _advance(course, window, length, span, follows)
    rows = pick(asked, parts, Window(course.given, upper), course.zone)
    if rows or reached > course.given:
        yield Rows(rows, (course.given, max(reached, course.given)))
    if follows is Following.NOTHING or asked.rule.floor(reached) >= asked.rule.floor(course.end):
        return False
    course.given = max(reached, course.given)
    return True


def _request(asked: Asked, window: Window, length: Length, page: int = 1) -> Request:
    parameters = {"system_id": asked.system_id, **asked.parameters, **asked.rule.parameters(window, length)}
    devices = asked.operation.devices
    if devices is not None:
        parameters |= {devices.page: page, devices.size: devices.largest}
    return build(asked.context.api, asked.operation, **parameters)


def _usable(asked: Asked, outcome: Outcome) -> Response | APIStatusError | None:
    """Return a response that can be read, or the error that it says; None where there is nothing for this system.

    Raises:
        EnlightenError: No response came, or one that refuses something else than the range.
    """
    if isinstance(outcome, EnlightenError):
        raise outcome
    api = asked.context.api
    if outcome.status in api.success:
        return outcome
    if api.errors.is_absent(outcome):
        return None
    error = failure(outcome, asked.context)
    if error.status not in _REFUSALS:
        raise error
    return error


def _refused(course: _Course, window: Window, error: APIStatusError) -> Generator[Rows, Any, bool]:
    """Go on after a 422: beside the window where the intervals are that it names, or else as `_resume` does.

    Returns whether anything can follow. Raises the first error where nothing helps.
    """
    asked = course.asked
    existing = asked.context.api.errors.existing(error)
    if existing is None or (existing.first or 0) <= window.start < (existing.last or math.inf):
        _resume(course, window, error)
        return True
    course.warn(window.start)
    position = beside(existing, window, asked.rule)
    reached = window.end if position is None else min(position, math.floor(course.end))
    yield Rows([], (course.given, reached))
    if position is not None:
        course.position = course.given = position
    return position is not None


def _resume(course: _Course, window: Window, error: APIStatusError) -> None:
    """Go on after a 422 with a shorter length, or a day further from the edge of history.

    Raises the first error where neither helps.
    """
    asked, lengths = course.asked, course.lengths
    shorter = None if course.trial is not None else lengths.shorter(asked.system_id)
    if shorter is not None:
        course.trial, course.refusal = shorter, error
        return
    error = course.refusal or error
    later = None if course.moved else asked.rule.next_start(window.start, course.now, course.zone)
    if later is None:
        if course.trial is not None:
            lengths.refused.add(asked.system_id)
        raise error
    course.moved, course.trial, course.refusal = True, None, None
    course.skip_to(later)


def _covered(parts: Parts, window: Window, zone: tzinfo) -> Covered:
    """Return what all responses for a window cover."""
    spans = [covered(part.body, window.start, max(part.columns[0], default=None), zone) for part in parts]
    last = max((span.last for span in spans if span.last is not None), default=None)
    return Covered(min(span.start for span in spans), min(span.end for span in spans), last)


def _advance(course: _Course, window: Window, length: Length, span: Covered, follows: Following) -> tuple[int, int]:
    """Go on behind a response; return until when its intervals are taken, and until when it counts as covered."""
    rule, lengths, end = course.asked.rule, course.lengths, math.floor(course.end)
    reached = min(span.end, end)
    if course.cut is not None and span.end > course.cut and not lengths.holds:
        # There was more where the last response ended after a day: not what the system has ends there, but a window.
        lengths.shorten()
    course.cut = None
    if follows is Following.REST:
        if is_a_day(span) and length is not Length.DAY and length is lengths.asked and not lengths.holds:
            course.cut = reached
        course.position = rule.floor(reached)
        return reached, reached
    if follows is Following.NEXT and length is lengths.asked:
        lengths.holds = True
        lengths.meets = rule.floor(reached) >= window.end
    # The interval that ran when the response was made may be there as well.
    limit = end if follows is Following.NOTHING else min(end, span.start + length.seconds)
    if span.last is not None and reached < span.last <= limit:
        reached = span.last
    course.position = rule.floor(reached)
    return (end if follows is Following.NOTHING else reached), reached


def _all_pages(
    course: _Course, window: Window, length: Length, first: Intervals, read_response: ReadResponse
) -> Steps[list[Intervals]]:
    """Ask for the pages of devices after the first one, until nothing new comes; return all parts.

    Totals are not always right, and a service may give fewer devices a page than were asked for. So a page that may be
    full is followed by another one, unless as many devices came as an earlier window had.
    """
    asked, pages, parts = course.asked, course.asked.operation.devices, [first]
    if pages is None:
        return parts
    total, seen, number = whole_number(property_of(first.body, pages.total), 0) or 0, set(first.devices), 1
    while parts[-1].devices and (
        len(seen) < max(total, course.devices)
        or (len(parts[-1].devices) in (pages.default, pages.largest) and len(seen) > course.devices)
    ):
        missing = max(total, course.devices) - len(seen)
        count = min(asked.context.concurrency, max(1, math.ceil(missing / len(parts[0].devices))))
        outcomes = yield Batch([_request(asked, window, length, number + place) for place in range(1, count + 1)])
        number, before = number + count, len(seen)
        for outcome in outcomes:
            if isinstance(outcome, EnlightenError):
                raise outcome
            if before >= total > 0 and outcome.status in _BEHIND_THE_END:
                break
            parts.append(read_response(outcome, asked.operation, asked.context))
            seen |= set(parts[-1].devices)
        if len(seen) == before:
            break
    course.devices = max(course.devices, len(seen))
    return parts


def telemetry_columns(asked: Asked, parts: Parts, window: Window, _zone: tzinfo) -> Sequence[Any]:
    """Return the columns of the intervals that end in a window, in order and each once, as one portion."""
    if asked.operation.devices is None:
        return [within(parts[0].columns, window)]
    columns = [[value for part in parts for value in part.columns[place]] for place in range(len(parts[0].columns))]
    places = {
        (end, owner): place
        for place, (end, owner) in enumerate(zip(columns[0], columns[1], strict=True))
        if window.start < end <= window.end
    }
    # In the order of devices where they end at the same time.
    chosen = sorted(places.values(), key=lambda place: columns[0][place])
    return [[[column[place] for place in chosen] for column in columns]]


def telemetry_rows(asked: Asked, parts: Parts, window: Window, zone: tzinfo) -> Sequence[Any]:
    """Return the rows of `telemetry_columns`."""
    (columns,) = telemetry_columns(asked, parts, window, zone)
    return rows_of(asked.operation.row, columns, zone)


def telemetry_models(_asked: Asked, parts: Parts, _window: Window, _zone: tzinfo) -> Sequence[Any]:
    """Return the models of the responses."""
    return [part.body for part in parts]
