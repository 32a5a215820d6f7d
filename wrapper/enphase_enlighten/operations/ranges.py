"""From the instants that a caller gives to the range of an interval series."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from ..clock import utc
from ..dates import local_time
from ..errors import InvalidArgumentError

if TYPE_CHECKING:
    from datetime import tzinfo

    from ..dates import Moment
    from ..windows import WindowRule

HOUR = 3600.0


def refuse_in_every_timezone(rule: WindowRule, start: Moment | None, end: Moment | None, now: float) -> None:
    """Refuse before the timezone is known what would be refused in any.

    Raises:
        InvalidArgumentError: As for `resolve`.
    """
    if start is not None and start.earliest > now:
        raise _future(start.earliest)
    if end is None:
        return
    if start is None:
        # Midnight today is at most a day ago, and that of a change of clocks has an hour more.
        backwards = end.latest < now - 25 * HOUR
    elif start.local is not None and end.local is not None:
        # With fold=1 the end may come after a start that the clocks showed later, before they were set back.
        backwards = start.local > end.local and not end.local.fold
    else:
        backwards = start.earliest > end.latest
    if backwards:
        raise _backwards(end.latest)
    # The edge is at most a day, a leap day, and an hour earlier in another timezone.
    edge = rule.earliest_start(now, UTC) - 25 * HOUR
    if end.latest <= edge:
        raise _out_of_history(end.latest, edge)


def resolve(rule: WindowRule, start: Moment | None, end: Moment | None, now: float, zone: tzinfo) -> tuple[int, float]:
    """Return the start, on the grid, and the end of the range, in epoch seconds.

    Raises:
        InvalidArgumentError: The range begins in the future, ends before it begins, or lies beyond all history.
    """
    if start is None:
        since = datetime.combine(local_time(now, zone).date(), time(), zone).timestamp()
    else:
        since = start.at(zone)
    until = now if end is None else min(end.at(zone), now)
    if since > now:
        raise _future(since)
    if since > until:
        raise _backwards(until)
    edge = rule.earliest_start(now, zone)
    if rule.floor(until) <= edge:
        raise _out_of_history(until, edge)
    return rule.floor(since), until


def _future(start: float) -> InvalidArgumentError:
    return InvalidArgumentError.for_argument("start_at", utc(start).isoformat(), "an instant that is not in the future")


def _backwards(end: float) -> InvalidArgumentError:
    return InvalidArgumentError.for_argument(
        "end_at",
        utc(end).isoformat(),
        "an instant that is not before start_at (midnight today where none is given)",
    )


def _out_of_history(end: float, edge: float) -> InvalidArgumentError:
    return InvalidArgumentError.for_argument(
        "end_at",
        utc(end).isoformat(),
        f"an instant after {utc(edge).isoformat()}: the service keeps intervals for one year, and energy_lifetime has "
        "the days before",
    )
