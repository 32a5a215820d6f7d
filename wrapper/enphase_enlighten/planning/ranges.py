"""From the instants that a caller gives to the range of an interval series."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING

from ..errors import InvalidArgumentError, shown

if TYPE_CHECKING:
    from ..timing.instants import Moment
    from .windows import WindowRule

HOUR = 3600.0


def check_not_in_future(start: Moment | None, now: float) -> None:
    """Check that a start is not in the future in every timezone, also where the system's own is known.

    Raises:
        InvalidArgumentError: The range begins in the future.
    """
    if start is not None and start.earliest > now:
        raise InvalidArgumentError.for_argument("start_at", start.given, "an instant that is not in the future")


def check_in_every_timezone(rule: WindowRule, start: Moment | None, end: Moment | None, now: float) -> None:
    """Check, before the timezone is known, that a range is not invalid in every timezone.

    Raises:
        InvalidArgumentError: As for `resolve`.
    """
    if end is None:
        return
    if start is None:
        # Midnight today is at most a day ago, and that of a change of clocks has an hour more.
        backwards = end.latest < now - 25 * HOUR
    elif start.local is not None and end.local is not None:
        backwards = _local_backwards(start.local, end.local)
    else:
        backwards = start.earliest > end.latest
    if backwards:
        raise _backwards(start, end)
    # The edge is at most a day, a leap day, and an hour earlier in another timezone, and never later.
    if end.latest <= rule.earliest_start(now, UTC) - 25 * HOUR:
        raise _out_of_history(rule, end, now, UTC)


def resolve(rule: WindowRule, start: Moment | None, end: Moment | None, now: float, zone: tzinfo) -> tuple[int, float]:
    """Return the start, on the grid, and the end of the range, in epoch seconds.

    A valid start may come after now in this timezone, and then after the end: the range is empty.

    Raises:
        InvalidArgumentError: The range ends before it begins, or lies beyond all history.
    """
    if start is None:
        since = datetime.combine(datetime.fromtimestamp(now, zone).date(), time(), zone).timestamp()
    else:
        since = start.at(zone)
    until = now
    if end is not None:
        until = min(end.at(zone), now)
        if start is not None and start.local is not None and end.local is not None:
            # Checked as without the timezone, so it never raises after a lookup; a change of clocks may leave it empty.
            backwards = _local_backwards(start.local, end.local)
        else:
            backwards = since > end.at(zone)
        if backwards:
            raise _backwards(start, end)
        if not rule.is_kept(rule.floor(until) - rule.interval, now, zone):
            raise _out_of_history(rule, end, now, zone)
    return rule.floor(since), until


def _local_backwards(start: datetime, end: datetime) -> bool:
    # With fold=1 the end may come after a start that the clocks showed later, before they were set back.
    return start - end > timedelta(days=1 if end.fold else 0)


def _backwards(start: Moment | None, end: Moment) -> InvalidArgumentError:
    begins = "midnight today at the system" if start is None else f"start_at={shown(start.given)}"
    return InvalidArgumentError.for_argument("end_at", end.given, f"an instant that is not before {begins}")


def _out_of_history(rule: WindowRule, end: Moment, now: float, zone: tzinfo) -> InvalidArgumentError:
    # An hour later than necessary, because the edge moves on while the message is read.
    older = f", and {rule.older} has the days before" if rule.older else ""
    kept = datetime.fromtimestamp(rule.earliest_start(now, zone) + rule.interval + HOUR, zone)
    return InvalidArgumentError.for_argument(
        "end_at",
        end.given,
        f"an instant from {kept.isoformat()} on: the service keeps intervals for {rule.kept}{older}",
    )
