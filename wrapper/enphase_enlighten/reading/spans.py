"""What a response of intervals says it covers: with epoch seconds, with instants in ISO 8601, or with dates alone."""

from __future__ import annotations

import math
from contextlib import suppress
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from ..planning.lengths import Covered
from ..planning.windows import Length
from ..timing.numbers import epoch_seconds
from .models import property_of


def covered(model: Any, asked: int, last: int | None, zone: tzinfo) -> Covered:
    """Return what a response to a request that began at `asked` covers.

    Where it does not say until when, that is until its last interval, `last`, and a day at least, which is the shortest
    length that is asked for.

    Args:
        model: The body, as a model or decoded.
        asked: Epoch seconds.
        last: Epoch seconds; None where it has no interval.
        zone: The system's timezone.
    """
    start = _instant(property_of(model, "start_at"), zone)
    if start is None:
        start = _instant(property_of(model, "start_date"), zone)
    start = asked if start is None else start
    until = _instant(property_of(model, "end_at"), zone)
    if until is None:
        until = _instant(property_of(model, "end_date"), zone)
    if until is not None:
        return Covered(start, until, last)
    until = max(start + Length.DAY.seconds, last or 0)
    day = _day(property_of(model, "end_date"))
    if day is not None:
        # Whether the response reaches the end of that day depends on when it began.
        until = min(until, _midnight(day + timedelta(days=1), zone))
    return Covered(start, until, last)


def _instant(value: Any, zone: tzinfo) -> int | None:
    """Return epoch seconds for those, also as text, and for an instant in ISO 8601; None for anything else."""
    if not isinstance(value, str):
        return epoch_seconds(value)
    text = value.strip()
    if text.isascii() and text.isdigit() and len(text) > 8:
        return epoch_seconds(int(text[:20]))
    if _day(text) is None:
        with suppress(ValueError, OverflowError):
            moment = datetime.fromisoformat(text)
            return epoch_seconds(math.floor((moment if moment.tzinfo else moment.replace(tzinfo=zone)).timestamp()))
    return None


def _day(value: Any) -> date | None:
    if isinstance(value, str):
        with suppress(ValueError):
            return date.fromisoformat(value)
    return None


def _midnight(day: date, zone: tzinfo) -> int:
    return int(datetime.combine(day, time(), zone).timestamp())
