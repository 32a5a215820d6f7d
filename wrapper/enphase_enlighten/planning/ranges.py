"""From the instants that a caller gives to the range of an interval series, as far as the service keeps it."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING

from ..errors import InvalidArgumentError, MissingHistoryWarning, shown, warn_caller

if TYPE_CHECKING:
    from ..timing.instants import Moment
    from .windows import Window, WindowRule

HOUR = 3600.0


def check_range(rule: WindowRule, start: Moment | None, end: Moment | None, now: float, zone: tzinfo | None) -> None:
    """Check, before anything is sent, that a range is not invalid; without a timezone, that it is not so in every one.

    Raises:
        InvalidArgumentError: The range begins in the future in every timezone, ends before it begins, or lies beyond
            all history.
    """
    if start is not None and start.earliest > now:
        raise InvalidArgumentError.for_argument(rule.names[0], start.given, "an instant that is not in the future")
    if zone is not None:
        resolve(rule, start, end, now, zone)
    elif end is not None:
        # Midnight today is at most a day ago, and that of a change of clocks has an hour more.
        _check_order(rule, start, end, now - 25 * HOUR if start is None else start.earliest, end.latest)
        # The edge is at most a day, a leap day, and an hour earlier in another timezone, and never later.
        if end.latest <= rule.earliest_start(now, UTC) - 25 * HOUR:
            raise _out_of_history(rule, end, now, UTC)


def resolve(rule: WindowRule, start: Moment | None, end: Moment | None, now: float, zone: tzinfo) -> tuple[int, float]:
    """Return the start, on the grid, and the end of the range, in epoch seconds.

    A valid start may come after now in this timezone, and then after the end: the range is empty. Raises
    `InvalidArgumentError` where the range ends before it begins, or lies beyond all history.
    """
    if start is None:
        since = datetime.combine(datetime.fromtimestamp(now, zone).date(), time(), zone).timestamp()
    else:
        since = start.at(zone)
    if end is None:
        return rule.floor(since), now
    until = min(end.at(zone), now)
    _check_order(rule, start, end, since, end.at(zone))
    if not rule.is_kept(rule.floor(until) - rule.interval, now, zone):
        raise _out_of_history(rule, end, now, zone)
    return rule.floor(since), until


def _check_order(rule: WindowRule, start: Moment | None, end: Moment, since: float, until: float) -> None:
    """Check that a range, which is from `since` to `until` in epoch seconds, does not end before it begins."""
    if start is not None and start.local is not None and end.local is not None:
        # The same with and without the timezone, so it never raises after a lookup; a change of clocks may leave the
        # range empty. With fold=1 the end may come after a start that the clocks showed later, before they were set
        # back.
        backwards = start.local - end.local > timedelta(days=1 if end.local.fold else 0)
    else:
        backwards = since > until
    if backwards:
        first, last = rule.names
        begins = "midnight today at the system" if start is None else f"{first}={shown(start.given)}"
        raise InvalidArgumentError.for_argument(last, end.given, f"an instant that is not before {begins}")


def _out_of_history(rule: WindowRule, end: Moment, now: float, zone: tzinfo) -> InvalidArgumentError:
    # An hour later than necessary, because the edge moves on while the message is read.
    older = f", and {rule.older} has the days before" if rule.older else ""
    kept = datetime.fromtimestamp(rule.earliest_start(now, zone) + rule.interval + HOUR, zone)
    accepted = f"an instant from {kept.isoformat()} on: the service keeps {rule.kinds} for {rule.kept}{older}"
    return InvalidArgumentError.for_argument(rule.names[1], end.given, accepted)


def warn_of_missing_history(rule: WindowRule, since: int | None, until: float, zone: tzinfo) -> None:
    """Warn the caller of the part of a range that the service no longer has, if `since` says that there is one."""
    if since is None:
        return
    begins, ends = datetime.fromtimestamp(since, zone).isoformat(), datetime.fromtimestamp(until, zone).isoformat()
    older = f" {rule.older} has those days." if rule.older else ""
    message = f"The service keeps {rule.kinds} for {rule.kept}: {begins} to {ends} is missing.{older}"
    warn_caller(MissingHistoryWarning(message))


def beside(existing: tuple[int | None, int | None], window: Window, rule: WindowRule) -> int | None:
    """Return from where to go on after a window that has none of the intervals that exist.

    `existing` is the ends of the first and the last one, as far as known. None where nothing can follow.
    """
    first, last = existing
    if last is not None and last <= window.start:
        return None
    if first is None or first <= window.start:
        return window.end
    beginning = rule.floor(first) - rule.interval
    if first > window.end:
        return max(window.end, beginning)
    # The service says that the window has intervals and sends none: request those from the first one on.
    return beginning if beginning > window.start else window.end
