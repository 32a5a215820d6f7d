"""Instants, dates and timezones: what callers may give, and what it means at the system.

An instant may be an aware `datetime`, an ISO 8601 string, epoch seconds, a `date`, or a naive `datetime`. The last two,
and strings without an offset, mean the system's own timezone; nothing is ever read in the timezone of the machine.

At a change of clocks: a local time that occurs twice means the first of the two, unless the `datetime` has ``fold=1``.
A local time that is skipped means the moment that the clocks would have shown without the change, so 02:30 on the
morning when 02:00 becomes 03:00 is 03:30.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from numbers import Real
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from attrs import frozen

from ..errors import InvalidArgumentError, TimezoneUnknownError, shown
from .clock import utc
from .numbers import LATEST, epoch_seconds

Instant: TypeAlias = datetime | date | str | int | float
"""What an instant may be given as."""

NO_TIMEZONES = "this machine has no timezone database, or only a part of one: pip install tzdata"
_ZONE_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_+-]{1,30}(/[A-Za-z0-9_+-]{1,30}){0,2}")
_IN_EVERY_DATABASE = ("America/Los_Angeles", "Europe/Berlin", "Asia/Tokyo")

EASTMOST = timezone(timedelta(hours=14))
WESTMOST = timezone(timedelta(hours=-12))

_ISO = re.compile(r"\d{4}-?\d\d-?\d\d([T ].+)?", re.ASCII)
_SEPARATED = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


@frozen
class Moment:
    """An instant: either epoch seconds, or a local time that awaits the system's timezone.

    Attributes:
        given: As the caller gave it, for messages.
        epoch: The epoch seconds.
        local: The local time.
    """

    given: Any
    epoch: float | None = None
    local: datetime | None = None

    def at(self, zone: tzinfo) -> float:
        """Return epoch seconds, a local time being one in `zone`."""
        if self.epoch is not None:
            return self.epoch
        assert self.local is not None  # noqa: S101 - one of the two is always set
        return self.local.replace(tzinfo=zone).timestamp()

    @property
    def earliest(self) -> float:
        """Epoch seconds in the timezone where this moment comes first."""
        return self.at(EASTMOST)

    @property
    def latest(self) -> float:
        """Epoch seconds in the timezone where this moment comes last."""
        return self.at(WESTMOST)


def parse_instant(argument: str, value: Any) -> Moment:
    """Check and read an instant.

    Raises:
        InvalidArgumentError: It is not in one of the accepted forms.
    """
    try:
        moment = _moment(value)
    except (NotImplementedError, OverflowError, TypeError, ValueError):
        # Also raised by an incomplete tzinfo.
        moment = None
    if moment is None:
        instants = "an aware datetime, epoch seconds, an ISO 8601 string"
        local = "in the system's timezone, a date or naive datetime"
        raise InvalidArgumentError.for_argument(argument, value, f"{instants}, or, {local}")
    return moment


def _moment(given: Any) -> Moment | None:
    value: object = given
    if isinstance(given, str) and _ISO.fullmatch(given.strip()):
        from dateutil.parser import isoparse

        value = isoparse(given.strip())
    if isinstance(value, datetime) and value.utcoffset() is not None:
        value = value.timestamp()
    elif isinstance(value, datetime):
        value = value.replace(tzinfo=None)
    elif isinstance(value, date):
        value = datetime(value.year, value.month, value.day)  # noqa: DTZ001 - in the system's timezone, not known here
    if isinstance(value, datetime):
        return Moment(given, local=value) if 1970 <= value.year < 9999 else None
    # The integers of numpy and pandas are not int.
    if isinstance(value, bool) or not isinstance(value, Real) or not 0 <= float(value) <= LATEST:
        return None
    return Moment(given, epoch=float(value))


def parse_date(argument: str, value: Any, now: float) -> date:
    """Check and read a date.

    Raises:
        InvalidArgumentError: It is not in one of the accepted forms, or in the future in every timezone.
    """
    day: object = value
    if isinstance(value, str) and _SEPARATED.fullmatch(value.strip()):
        with suppress(ValueError):
            day = date.fromisoformat(value.strip())
    if isinstance(day, datetime) or not isinstance(day, date):
        raise InvalidArgumentError.for_argument(argument, value, "a date, or a string such as '2024-03-31'")
    if day > utc(now).astimezone(EASTMOST).date():
        raise InvalidArgumentError.for_argument(argument, day.isoformat(), "a date that is not in the future")
    return day


def parse_timezone(value: Any) -> tzinfo:
    """Check and read the argument ``timezone=``.

    Raises:
        InvalidArgumentError: It is neither a tzinfo nor the name of a known timezone.
        TimezoneUnknownError: It is a name, and this machine has no timezone database to look it up in.
    """
    # A tzinfo of pytz has the name as `zone`, and wrong offsets for whoever puts it onto a local time.
    name = getattr(value, "zone", value)
    zone, absent = named_timezone(name), absence_of(name)
    if zone is not None:
        return zone
    if absent == NO_TIMEZONES:
        raise TimezoneUnknownError(f"timezone={shown(name)}: {absent}.")
    # An incomplete tzinfo raises, or one of another library.
    with suppress(NotImplementedError, TypeError, ValueError):
        if isinstance(value, tzinfo) and utc(0).astimezone(value).utcoffset() is not None:
            return value
    forms = "the name of an IANA timezone such as 'America/Los_Angeles', or a tzinfo"
    raise InvalidArgumentError.for_argument("timezone", value, f"{forms}; {absent}" if absent else forms)


def named_timezone(name: object) -> ZoneInfo | None:
    """Return the timezone of that name; None where it does not exist."""
    if not isinstance(name, str) or not name:
        return None
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        # ZoneInfo raises OSError for a name that is a folder of its database.
        return None


def has_timezones() -> bool:
    """Return whether this machine has a timezone database, of the system or in the package tzdata."""
    return all(map(named_timezone, _IN_EVERY_DATABASE))


def absence_of(name: object) -> str | None:
    """Return why this machine does not have a timezone, and what to do; None where it has, or the name is none.

    Databases differ: those of slim containers are empty or lack older names, and old ones lack new names. So a name of
    the right form is never said to be wrong.
    """
    if not isinstance(name, str) or not _ZONE_NAME.fullmatch(name) or named_timezone(name):
        return None
    if not has_timezones():
        return NO_TIMEZONES
    return "this machine's timezone database does not have that name; if it is right, pip install --upgrade tzdata"


def in_order(first: str, start: date | None, second: str, end: date | None) -> None:
    """Check that a range of dates does not end before it begins."""
    if start is not None and end is not None and start > end:
        raise InvalidArgumentError.for_argument(first, start.isoformat(), f"a date that is not after {second}={end}")


def aware_datetimes(model: Any, timezone: tzinfo | str = UTC) -> Mapping[str, datetime | None]:
    """Return the epoch fields of a model (those named ``*_at``, and a numeric ``last_report_date``) as aware datetimes.

    Args:
        model: A model of the generated client, such as a system's `meta`.
        timezone: The timezone of the result: a tzinfo or the name of one; UTC by default.

    Returns:
        The datetimes by field name; None where the field is null, missing or not an epoch time.

    Raises:
        InvalidArgumentError: `timezone` is unknown.

    Example:
        >>> from enlighten_v2.models import Meta
        >>> meta = Meta.from_dict({"status": "normal", "last_report_at": 1445619615})
        >>> aware_datetimes(meta, "America/Los_Angeles")["last_report_at"].isoformat()
        '2015-10-23T10:00:15-07:00'
    """
    zone = parse_timezone(timezone)
    names = [attribute.name for attribute in getattr(type(model), "__attrs_attrs__", ())]
    times = [name for name in names if name.endswith("_at") or name == "last_report_date"]
    return {name: _datetime(getattr(model, name), zone) for name in times}


def _datetime(value: object, zone: tzinfo) -> datetime | None:
    epoch = epoch_seconds(value)
    return None if epoch is None else datetime.fromtimestamp(epoch, zone)
