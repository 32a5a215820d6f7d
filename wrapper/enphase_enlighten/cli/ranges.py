"""The range of time of a run, from its options to what the wrapper is asked for."""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from attrs import frozen

from .exits import CommandError
from .moments import Written, parse_last, parse_moment

if TYPE_CHECKING:
    from .moments import Length
    from .options import Series


@frozen
class Range:
    """A range as it was written; what it means depends on the system's timezone.

    Attributes:
        start: Its beginning, if given.
        end: Its end, if given.
        last: Its length until now, if that was given instead.
    """

    start: Written | None = None
    end: Written | None = None
    last: Length | None = None

    @classmethod
    def of(cls, options: Series, *, daily: bool) -> Range:
        """Read the options.

        Raises:
            CommandError: One is not understood, or they do not go together.
        """
        if options.last is not None and (options.from_ is not None or options.to is not None):
            raise CommandError("--last goes until now, without --from and --to.")
        last = None if options.last is None else parse_last("--last", options.last)
        if last is not None and daily and last.unit == "h":
            raise CommandError(f"--last {options.last}: this series has one value a day; give days, such as 7d.")
        start, end = (
            None if text is None else parse_moment(option, text)
            for option, text in (("--from", options.from_), ("--to", options.to))
        )
        for option, moment in (("--from", start), ("--to", end)):
            if daily and moment is not None and isinstance(moment.value, datetime):
                raise CommandError(f"{option} {moment.text!r}: this series has one value a day; give a day.")
        return cls(start, end, last)

    def days(self, now: datetime, zone: tzinfo) -> tuple[date | None, date | None]:
        """Return the first and the last day at a system; None for the first and the last that there are."""
        if self.last is not None:
            today = now.astimezone(zone).date()
            return self.last.days_before(today), today - timedelta(days=1)
        return (
            None if self.start is None else self.start.day(now, zone),
            None if self.end is None else self.end.day(now, zone),
        )

    def fixed(self, now: datetime, zone: tzinfo, *, daily: bool) -> tuple[date | str | None, date | str | None]:
        """Return beginning and end that mean the same later on at a system in `zone`, as for the options.

        Args:
            now: The present.
            zone: The system's timezone.
            daily: Whether it is the range of a daily series, which without an end goes on to its last day.
        """
        if self.last is not None and daily:
            return self.days(now, zone)
        if self.last is not None:
            return self.last.before(now.astimezone(zone)).replace(microsecond=0), now.replace(microsecond=0)
        start, end = self.start, self.end
        if not daily:
            start, end = start or Written("today", 0), end or Written("now", None)
        return (
            None if start is None else start.fixed(now, zone, daily=daily),
            None if end is None else end.fixed(now, zone, daily=daily),
        )

    def instants(self, now: datetime, zone: tzinfo) -> tuple[datetime | None, datetime | None]:
        """Return the beginning and the end at a system; None for midnight today and for now."""
        if self.last is not None:
            return self.last.before(now.astimezone(zone)), now
        return (
            None if self.start is None else self.start.instant(now, zone),
            None if self.end is None else self.end.instant(now, zone, whole_day=self.end.is_day),
        )
