"""Dates as people write them: what is understood, what is refused, and what it means at a system.

Understood: ``2024-06-01``, ``2024-06-01 10:00``, ``2024-06-01T10:00:00+02:00``, ``1 June 2024 10:00``, ``June 1st, 2024
3pm``, ``13.02.2024``, ``@1717200000`` (epoch seconds), ``now``, ``today``, ``yesterday``. A time without an offset is a
time at the system. Refused is whatever two people could read differently: ``01/02/2024``, a year of two digits, a date
without its year or day, and names of timezones.
"""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from dateutil import parser
from dateutil.relativedelta import relativedelta

from .exits import CommandError

FORMS = "write it like 2024-06-01, '2024-06-01 10:00', '1 June 2024 10:00', 2024-06-01T10:00+02:00, today or yesterday"
LAST_FORMS = "write it like 24h, 7d, 2w, 3mo or 1y"

_DAYS = {"today": 0, "yesterday": -1}
_EPOCH = re.compile(r"@(\d{1,11})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)", re.ASCII)
_BASIC = re.compile(r"(\d{4})(\d\d)(\d\d)(T\d{4,6}.*)?", re.ASCII)
_NAMED_OFFSET = re.compile(r"(?:GMT|UTC|Z|[A-Z]{3,4})\s*[+-]\s*\d", re.ASCII | re.IGNORECASE)
_MONTH = re.compile(r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)", re.ASCII)
_LAST = re.compile(r"(\d{1,4}) ?(h|d|w|mo|y)", re.ASCII)
_UNITS = {"d": "days", "w": "weeks", "mo": "months", "y": "years"}
_LEAST, _MOST = 1970, 9998

# What a text leaves out is taken from a default: it is left out where two defaults give two results.
_DEFAULTS = (datetime(2000, 1, 1), datetime(2004, 12, 30))  # noqa: DTZ001 - no timezone is what is meant


@dataclass(frozen=True)
class Written:
    """A day or a time as somebody wrote it; what it means may depend on the system and on the present.

    Attributes:
        text: What was written.
        value: A date, a naive datetime at the system, an aware one, or days from today; None is now.
    """

    text: str
    value: date | datetime | int | None

    @property
    def is_day(self) -> bool:
        """Whether it names a day, without a time."""
        return isinstance(self.value, int) or (isinstance(self.value, date) and not isinstance(self.value, datetime))

    def day(self, now: datetime, zone: tzinfo) -> date:
        """Return the day that is meant in `zone`."""
        if isinstance(self.value, datetime):
            return (self.value.astimezone(zone) if self.value.tzinfo is not None else self.value).date()
        if isinstance(self.value, date):
            return self.value
        return now.astimezone(zone).date() + timedelta(days=self.value or 0)

    def instant(self, now: datetime, zone: tzinfo, *, whole_day: bool = False) -> datetime:
        """Return the instant that is meant, aware.

        Args:
            now: The present.
            zone: The system's timezone.
            whole_day: Whether a day means its end instead of its beginning.
        """
        if self.value is None:
            return now
        if isinstance(self.value, datetime):
            return self.value if self.value.tzinfo is not None else self.value.replace(tzinfo=zone)
        return datetime.combine(self.day(now, zone) + timedelta(days=int(whole_day)), time(), zone)

    def fixed(self, now: datetime, zone: tzinfo, *, daily: bool) -> date | str:
        """Return what means the same later on: what was written, unless it depends on the present.

        Args:
            now: The present.
            zone: The system's timezone.
            daily: Whether a day is wanted, whatever was written.
        """
        if isinstance(self.value, int) or (self.value is None and daily):
            return self.day(now, zone)
        return now.replace(microsecond=0) if self.value is None else self.text


def parse_moment(option: str, text: str) -> Written:
    """Read a day or a time.

    Args:
        option: The option that it was given for, for the message.
        text: What was written.

    Raises:
        CommandError: It is not understood, or two people could read it differently.
    """
    words = " ".join(text.split())
    if words.lower() == "now":
        return Written(words, None)
    if words.lower() in _DAYS:
        return Written(words, _DAYS[words.lower()])
    epoch = _EPOCH.fullmatch(words)
    if epoch is not None:
        return Written(words, _sensible(option, words, datetime.fromtimestamp(int(epoch[1]), UTC)))
    if not words.isascii() or len(words) > 60:
        raise _refused(option, words, "it is not understood")
    return Written(words, _sensible(option, words, _read(option, words)))


@dataclass(frozen=True)
class Length:
    """A length of time as somebody wrote it.

    Attributes:
        number: How many.
        unit: Of what: ``h`` is real time, the others are of the calendar.
    """

    number: int
    unit: str

    def before(self, moment: datetime) -> datetime:
        """Return the moment that lies so long before another one, in the same timezone."""
        if self.unit == "h":
            return (moment.astimezone(UTC) - timedelta(hours=self.number)).astimezone(moment.tzinfo)
        return moment - self._calendar()

    def days_before(self, day: date) -> date:
        """Return the day that lies so long before another one."""
        return day - self._calendar()

    def _calendar(self) -> relativedelta:
        return relativedelta(**{_UNITS[self.unit]: self.number})  # type: ignore[arg-type]  # the names are its own


def parse_last(option: str, text: str) -> Length:
    """Read a length of time such as ``7d``.

    Raises:
        CommandError: It is none.
    """
    found = _LAST.fullmatch(text.strip().lower())
    if found is None or int(found[1]) == 0:
        hint = " (m could be minutes or months: write mo)" if re.fullmatch(r"\d+ ?m", text.strip().lower()) else ""
        raise CommandError(f"{option} {text!r} is not a length of time{hint}: {LAST_FORMS}.")
    return Length(int(found[1]), found[2])


def _read(option: str, words: str) -> date | datetime:
    if _NAMED_OFFSET.search(_YEAR_FIRST.sub("", words)):
        raise _refused(option, words, "the sign of such an offset is read in two ways")
    readings = _readings(option, words)
    if len({(reading.year, reading.month, reading.day) for reading in readings}) > 1:
        two = " or ".join(sorted({f"{reading.day} {reading:%B %Y}" for reading in readings})[:2])
        if _YEAR.search(words) and (re.search(r"\d[-/. ]\d", words) is not None and _MONTH.search(words) is None):
            raise _refused(option, words, f"it may mean {two}")
        raise _refused(option, words, "year (four digits), month and day are needed")
    has_time = ":" in words or re.search(r"\dT\d|\d ?[ap]\.?m\b|\d ?h(\b|\d)", words, re.IGNORECASE) is not None
    found = readings[0]
    return found if has_time or found.tzinfo is not None else found.date()


def _readings(option: str, words: str) -> list[datetime]:
    """Return what the text can mean, day first or month first, whatever it leaves out."""
    orders: tuple[bool, ...] = (False, True)
    year_first = _YEAR_FIRST.match(words)
    basic = _BASIC.fullmatch(words)
    if year_first is not None or basic is not None:
        orders = (False,)
    found = []
    for day_first in orders:
        for default in _DEFAULTS:
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    found.append(parser.parse(words, default=default, dayfirst=day_first, tzinfos=_no_names))
            except (ValueError, OverflowError, TypeError, AttributeError):
                raise _refused(option, words, "it is not understood") from None
    numbers = (year_first[1], year_first[3], year_first[4]) if year_first else basic.groups()[:3] if basic else None
    if numbers is not None:
        expected = tuple(int(number) for number in numbers)
        if any((reading.year, reading.month, reading.day) != expected for reading in found):
            raise _refused(option, words, "there is no such day")
    elif not _YEAR.search(words):
        raise _refused(option, words, "year (four digits), month and day are needed")
    return found


def _no_names(name: str | None, offset: int | None) -> int | None:
    """Give an offset for what follows a time; the machine's own timezone means nothing here."""
    if offset is None and name is not None:
        raise ValueError(name)
    return offset


def _sensible(option: str, words: str, value: date | datetime) -> date | datetime:
    if not _LEAST <= value.year <= _MOST:
        raise _refused(option, words, f"the year is before {_LEAST} or after {_MOST}")
    return value


def _refused(option: str, words: str, why: str) -> CommandError:
    return CommandError(f"{option} {words!r}: {why}; {FORMS}.")
