"""Dates as people write them: what is understood, what is invalid, and what it means at a system.

Understood: ``2024-06-01``, ``2024-06-01 10:00``, ``2024-06-01T10:00:00+02:00``, ``1 June 2024 10:00``, ``June 1st, 2024
3pm``, ``13.02.2024``, ``@1717200000`` (epoch seconds), ``now``, ``today``, ``yesterday``. A time without an offset is a
time at the system. Invalid is whatever two people could read differently: ``01/02/2024``, a year of two digits, a date
without its year or day, and names of timezones.
"""

from __future__ import annotations

import re
import warnings
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING, final

from attrs import frozen
from dateutil import parser
from dateutil.relativedelta import relativedelta

from .exits import CommandError

if TYPE_CHECKING:
    from .options import SeriesOptions

FORMS = "write it like 2024-06-01, '2024-06-01 10:00', '1 June 2024 10:00', 2024-06-01T10:00+02:00, today or yesterday"
LAST_FORMS = "write it like 24h, 7d, 2w, 3mo or 1y"
_YEAR_NEEDED = "year (four digits), month and day are needed"

_WORDS = {"now": None, "today": 0, "yesterday": -1}
_EPOCH = re.compile(r"@(\d{1,11})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)", re.ASCII)
_BASIC = re.compile(r"(\d{4})(\d\d)(\d\d)(T\d{4,6}.*)?", re.ASCII)
_NAMED_OFFSET = re.compile(r"(?:GMT|UTC|Z|[A-Z]{3,4})\s*[+-]\s*\d", re.ASCII | re.IGNORECASE)
_MONTH = re.compile(r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)", re.ASCII)
_TIME = re.compile(r":|\dT\d|\d ?[ap]\.?m\b|\d ?h(\b|\d)", re.IGNORECASE)
_LAST = re.compile(r"(\d{1,4}) ?(h|d|w|mo|y)", re.ASCII)
_UNITS = {"d": "days", "w": "weeks", "mo": "months", "y": "years"}
_LEAST, _MOST = 1970, 9998

# What a text leaves out is taken from a default: it is left out where two defaults give two results.
_DEFAULTS = (datetime(2000, 1, 1), datetime(2004, 12, 30))  # noqa: DTZ001 - no timezone is what is meant


@frozen
class Present:
    """The present at a system."""

    now: datetime  # aware, by the service's clock
    zone: tzinfo

    def day(self, distance: int = 0) -> date:
        """Return today, or the day that is so many days later."""
        return self.now.astimezone(self.zone).date() + timedelta(days=distance)

    def begin(self, day: date) -> datetime:
        """Return the instant at which a day begins."""
        return datetime.combine(day, time(), self.zone)


@final
@frozen
class Written:
    """A day or a time as somebody wrote it; its meaning may depend on the system and on the present."""

    text: str
    # A date, a naive datetime at the system, an aware one, or days from today; None is now.
    value: date | datetime | int | None

    @property
    def is_day(self) -> bool:
        """Whether it names a day, without a time."""
        return isinstance(self.value, int) or (isinstance(self.value, date) and not isinstance(self.value, datetime))

    def day(self, present: Present) -> date:
        """Return the day that is meant."""
        if isinstance(self.value, datetime):
            return (self.value.astimezone(present.zone) if self.value.tzinfo is not None else self.value).date()
        return self.value if isinstance(self.value, date) else present.day(self.value or 0)

    def instant(self, present: Present) -> datetime:
        """Return the instant that is meant, aware; the beginning of a day."""
        if self.value is None:
            return present.now
        if isinstance(self.value, datetime):
            return self.value if self.value.tzinfo is not None else self.value.replace(tzinfo=present.zone)
        return present.begin(self.day(present))

    def end(self, present: Present) -> datetime:
        """Return the instant that is meant as an end: that of a day."""
        return present.begin(self.day(present) + timedelta(days=1)) if self.is_day else self.instant(present)

    def fixed(self, present: Present, *, daily: bool) -> date | str:
        """Return what means the same later on: the text, unless it depends on the present; a day if `daily`."""
        if isinstance(self.value, int) or (self.value is None and daily):
            return self.day(present)
        return present.now.replace(microsecond=0) if self.value is None else self.text


@frozen
class Length:
    """A length of time as somebody wrote it."""

    number: int
    unit: str  # the unit: ``h`` is real time, the others are of the calendar

    def before(self, moment: datetime) -> datetime:
        """Return the moment that lies so long before another one, in the same timezone."""
        if self.unit == "h":
            return (moment.astimezone(UTC) - timedelta(hours=self.number)).astimezone(moment.tzinfo)
        return moment - relativedelta(**{_UNITS[self.unit]: self.number})  # type: ignore[arg-type]  # names of its own


@frozen
class WrittenRange:
    """A range of time as it was written; what it means depends on the system's timezone."""

    start: Written | None = None
    end: Written | None = None
    last: Length | None = None  # its length until now, if that was given instead

    @classmethod
    def of(cls, options: SeriesOptions, *, daily: bool) -> WrittenRange:
        """Read the options."""
        if options.last is not None and (options.from_ is not None or options.to is not None):
            raise CommandError("--last goes until now, without --from and --to.")
        last = None if options.last is None else parse_last("--last", options.last)
        if last is not None and daily and last.unit == "h":
            raise CommandError(f"--last {options.last}: this series has one value a day; give days, such as 7d.")
        bounds: list[Written | None] = []
        for option, text in (("--from", options.from_), ("--to", options.to)):
            moment = None if text is None else parse_moment(option, text)
            if daily and moment is not None and isinstance(moment.value, datetime):
                raise CommandError(f"{option} {moment.text!r}: this series has one value a day; give a day.")
            bounds.append(moment)
        return cls(bounds[0], bounds[1], last)

    def days(self, present: Present) -> tuple[date | None, date | None]:
        """Return the first and the last day at a system; None for the first and the last that there are."""
        if self.last is not None:
            return self.last.before(present.now.astimezone(present.zone)).date(), present.day(-1)
        return self.start and self.start.day(present), self.end and self.end.day(present)

    def instants(self, present: Present) -> tuple[datetime | None, datetime | None]:
        """Return the beginning and the end at a system; None for midnight today and for now."""
        if self.last is not None:
            return self.last.before(present.now.astimezone(present.zone)), present.now
        return self.start and self.start.instant(present), self.end and self.end.end(present)

    def fixed(self, present: Present, *, daily: bool) -> tuple[date | str | None, date | str | None]:
        """Return beginning and end that mean the same later on at a system, as for the options.

        A daily series without an end goes on to its last day.
        """
        if self.last is not None and daily:
            return self.days(present)
        if self.last is not None:
            begin, end = self.instants(present)
            return begin and begin.replace(microsecond=0), end and end.replace(microsecond=0)
        start = self.start or (None if daily else Written("today", 0))
        last = self.end or (None if daily else Written("now", None))
        return start and start.fixed(present, daily=daily), last and last.fixed(present, daily=daily)


def parse_moment(option: str, text: str) -> Written:
    """Read a day or a time; `option` is what it was given for, for the message."""
    words = " ".join(text.split())
    if words.lower() in _WORDS:
        return Written(words, _WORDS[words.lower()])
    epoch = _EPOCH.fullmatch(words)
    try:
        value = datetime.fromtimestamp(int(epoch[1]), UTC) if epoch is not None else _read(words)
        if not _LEAST <= value.year <= _MOST:
            raise _InvalidError(f"the year is before {_LEAST} or after {_MOST}")  # noqa: TRY301 - told as the others are
    except _InvalidError as error:
        raise CommandError(f"{option} {words!r}: {error}; {FORMS}.") from None
    return Written(words, value)


def parse_last(option: str, text: str) -> Length:
    """Read a length of time such as ``7d``."""
    words = text.strip().lower()
    found = _LAST.fullmatch(words)
    if found is None or int(found[1]) == 0:
        hint = " (m could be minutes or months: write mo)" if re.fullmatch(r"\d+ ?m", words) else ""
        raise CommandError(f"{option} {text!r} is not a length of time{hint}: {LAST_FORMS}.")
    return Length(int(found[1]), found[2])


class _InvalidError(Exception):
    """Says why a text is invalid."""


def _read(words: str) -> date | datetime:
    if not words.isascii() or len(words) > 60:
        raise _InvalidError("it is not understood")
    if _NAMED_OFFSET.search(_YEAR_FIRST.sub("", words)):
        raise _InvalidError("the sign of such an offset is read in two ways")
    readings = _readings(words)
    if len({(reading.year, reading.month, reading.day) for reading in readings}) > 1:
        two = " or ".join(sorted({f"{reading.day} {reading:%B %Y}" for reading in readings})[:2])
        in_numbers = _YEAR.search(words) and re.search(r"\d[-/. ]\d", words) and not _MONTH.search(words)
        raise _InvalidError(f"it may mean {two}" if in_numbers else _YEAR_NEEDED)
    found = readings[0]
    return found if _TIME.search(words) or found.tzinfo is not None else found.date()


def _readings(words: str) -> list[datetime]:
    """Return what the text can mean, day first or month first, whatever it leaves out."""
    year_first, basic = _YEAR_FIRST.match(words), _BASIC.fullmatch(words)
    orders = (False,) if year_first or basic else (False, True)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = [
                parser.parse(words, default=default, dayfirst=day_first, tzinfos=_no_names)
                for day_first in orders
                for default in _DEFAULTS
            ]
    except (ValueError, OverflowError, TypeError, AttributeError):
        raise _InvalidError("it is not understood") from None
    numbers = (year_first[1], year_first[3], year_first[4]) if year_first else basic.groups()[:3] if basic else None
    if numbers is None and not _YEAR.search(words):
        raise _InvalidError(_YEAR_NEEDED)
    expected = tuple(map(int, numbers or ()))
    if expected and any((reading.year, reading.month, reading.day) != expected for reading in found):
        raise _InvalidError("there is no such day")
    return found


def _no_names(name: str | None, offset: int | None) -> int | None:
    """Give an offset for what follows a time; the machine's own timezone means nothing here."""
    if offset is None and name is not None:
        raise ValueError(name)
    return offset
