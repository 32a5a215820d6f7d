"""Days and months of a timezone, in epoch seconds.

A day is named by its proleptic ordinal (`date.toordinal()`): plain integers are quick to count and to look
up.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta


@lru_cache(maxsize=128)
def zone(name: str) -> ZoneInfo:
    """Return the timezone with the IANA name `name`.

    Raises:
        LookupError: The timezone database of this machine does not have it.
    """
    try:
        return ZoneInfo(name)
    except (KeyError, OSError):
        raise LookupError(f"this machine has no timezone {name}: pip install --upgrade tzdata") from None


@lru_cache(maxsize=65_536)
def day_start(timezone: str, day: int) -> int:
    """Return the first second of the local `day`, in epoch seconds.

    Where the clocks skip midnight, that is the second at which they were put forward.
    """
    at = date.fromordinal(day)
    return int(datetime(at.year, at.month, at.day, tzinfo=zone(timezone)).timestamp())


def day_at(timezone: str, moment: float) -> int:
    """Return the local day that `moment` (epoch seconds) lies in.

    Where the clocks go back over midnight, the hour that comes twice belongs to the day that has begun: a day
    is what lies between two `day_start`.
    """
    day = datetime.fromtimestamp(moment, zone(timezone)).toordinal()
    return day + 1 if moment >= day_start(timezone, day + 1) else day


def shift(timezone: str, moment: float, *, months: int = 0, years: int = 0) -> float:
    """Return `moment` (epoch seconds) moved by months and years of local wall time, in epoch seconds."""
    local = datetime.fromtimestamp(moment, zone(timezone))
    return (local + relativedelta(months=months, years=years)).timestamp()


def month_later(day: int, months: int = 1) -> int:
    """Return the day with the same number `months` later, or the last day of that month if it is shorter."""
    return (date.fromordinal(day) + relativedelta(months=months)).toordinal()


def iso_date(day: int) -> str:
    """Return `day` as `YYYY-MM-DD`."""
    return date.fromordinal(day).isoformat()
