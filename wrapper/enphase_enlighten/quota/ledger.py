"""The rules of the quota: what is spent, and whether one more request may be sent.

A request takes one of the minute's places when it is about to be sent, and keeps it until the end of the minute that
the `Date` of its response names. So it counts in every minute in which the service can have counted it, however long
it was under way, and no request is sent that could be one too many.

All moments here are epoch seconds of the server's clock.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from attrs import define, evolve, field, frozen
from dateutil.relativedelta import relativedelta

from ..errors import ConfigurationError, UsageLimitExceededError
from ..timing.clock import MINUTE, utc
from ..timing.numbers import whole_number
from .plans import WRITES, Usage

if TYPE_CHECKING:
    from ..timing.server_clock import Span

LEASE = 180.0
"""Seconds after which an unsettled request gives back its place: its process was killed."""

HORIZON = LEASE + MINUTE
"""No place is held for longer: a later end was written by a machine whose clock is wrong."""

LEARNED_FOR = 86_400.0
"""Seconds after which a learned limit is forgotten: the plan may have been changed."""

SUSPICION = 3600.0
"""Seconds for which a month's limit that is only suspected to be reached holds back requests."""

SUSPICIOUS = 0.95
"""Which part of a month's requests is spent before a refusal without a period is suspected to be for the month."""

LONGEST_PERIOD = 32 * 86_400.0

VERSION = 1

_DAY = 86_400


@frozen
class Throttle:
    """Why a request may not be sent for `wait` seconds.

    `period` is ``minute``, ``month``, or the service's word; `method` the one whose requests are counted on their own.
    `suspected` says that the service did not name the period: then `resets_at` is only when to try again.
    """

    wait: float
    period: str
    limit: int | None
    resets_at: float
    method: str = ""
    suspected: bool = False

    def error(self, attempts: int = 0) -> UsageLimitExceededError:
        """Return the error for a request that is not sent because of this, after so many attempts."""
        ends = utc(self.resets_at)
        again = " again" if attempts else ""
        limit = "" if self.limit is None else f" ({self.limit})"
        counted = f"{self.method} requests" if self.method else "requests"
        reason = f"the limit of {counted} in this {self.period}{limit} is reached, until {ends:%Y-%m-%d %H:%M:%S} UTC."
        if self.suspected:
            reason = (
                "the service refuses requests without saying which limit is reached, and perhaps it is the month's. "
                f"The next one is tried after {ends:%Y-%m-%d %H:%M:%S} UTC."
            )
        error = UsageLimitExceededError(f"not sent{again}: {reason} {UsageLimitExceededError.advice}")
        error.attempts = attempts
        error.period, error.limit, error.resets_at = self.period, self.limit, ends
        return error


@define
class Ledger:
    """What one application has spent, and the limits that were learned from the service.

    `holds` says for the requests under way, by ticket, until when they have their places at most; `spent` how many
    places are free from when on; `months` how many requests were sent by calendar month (UTC), such as ``2026-11``;
    `learned` the limit of a period and when to forget it; `block` which limit lasts longest of those that the service
    says are reached. `writes` says how many requests of a method were sent by month, such as ``2026-11 POST``, and
    `refused` has the ends of the minutes in which the service refused requests without saying why.
    """

    holds: dict[str, float] = field(factory=dict)
    spent: dict[float, int] = field(factory=dict)
    months: dict[str, int] = field(factory=dict)
    learned: dict[str, tuple[int, float]] = field(factory=dict)
    block: Throttle | None = None
    writes: dict[str, int] = field(factory=dict)
    refused: list[float] = field(factory=list)

    def take(self, ticket: str, now: Span, plan: Mapping[str, int | None], method: str = "GET") -> Throttle | None:
        """Take a place for a request that is about to be sent, or return why there is none."""
        throttle = self._blocked(now) or self._full_month(now, plan, method) or self._full_minute(now, plan)
        if throttle is None:
            self.holds[ticket] = now.latest + LEASE
            self._add(month_of(now.earliest), method, 1)
        return throttle

    def settle(self, ticket: str, taken: Span, counted: float, method: str = "GET") -> None:
        """Record that a request, whose place was taken at `taken`, was counted by `counted` at the latest."""
        self.holds.pop(ticket, None)
        end = minute_end(counted)
        self.spent[end] = self.spent.get(end, 0) + 1
        month = month_of(counted)
        if month != month_of(taken.earliest):
            self._add(month, method, 1)

    def give_back(self, ticket: str, taken: Span, method: str = "GET") -> None:
        """Forget a request that was not sent."""
        if self.holds.pop(ticket, None) is not None:
            self._add(month_of(taken.earliest), method, -1)

    def _add(self, month: str, method: str, number: int) -> None:
        self.months[month] = max(0, self.months.get(month, 0) + number)
        if method in WRITES:
            writes = f"{month} {method}"
            self.writes[writes] = max(0, self.writes.get(writes, 0) + number)

    def tidy(self, now: Span) -> None:
        """Drop what no longer matters; only where the server's time is known."""
        near = {month_of(now.earliest - LONGEST_PERIOD), month_of(now.earliest), month_of(now.latest)}
        self.spent = {end: number for end, number in self.spent.items() if _holds(end, now)}
        self.holds = {ticket: end for ticket, end in self.holds.items() if _holds(end, now)}
        self.months = {month: number for month, number in self.months.items() if month in near}
        self.writes = {month: number for month, number in self.writes.items() if month.split()[0] in near}

    def block_by(self, reached: Throttle, now: Span) -> None:
        """Remember that the service says a limit is reached, and the limit if it names it."""
        if reached.limit is not None and reached.period in ("minute", "month"):
            self.learned[reached.period] = (reached.limit, now.earliest + LEARNED_FOR)
        if self._blocked(now) is None or self.block is None or reached.resets_at > self.block.resets_at:
            self.block = reached

    def suspect_month(self, now: Span, plan: Mapping[str, int | None]) -> Throttle | None:
        """Record that the service refused a request without saying why; return a block where it may be for the month.

        Other programs may use the same key, so that this ledger does not tell. It may be for the month where requests
        were refused in three minutes running, where nearly all of the month is spent, and where the last suspicion was
        not disproved.
        """
        end, limit, last = minute_end(now.earliest), self.limit("month", now, plan), self.block
        self.refused = [each for each in self.refused if end - 3 * MINUTE < each < end] + [end]
        lasts = last is not None and last.suspected and 0 <= now.earliest - last.resets_at < SUSPICION
        spent = limit is not None and self._in_month(now) >= SUSPICIOUS * limit
        if not (lasts or spent or len(self.refused) == 3):
            return None
        again = min(now.earliest + SUSPICION, month_end(now.earliest))
        return Throttle(now.seconds_to(again), "month", None, again, suspected=True)

    def trust(self) -> None:
        """Record that the service accepted a request: no limit is reached that it does not name."""
        self.refused = []
        if self.block is not None and self.block.suspected:
            self.block = None

    def limit(self, period: str, now: Span, plan: Mapping[str, int | None]) -> int | None:
        """Return the limit that holds: the smaller one of the plan's and the learned one."""
        given = plan.get(period)
        limit, forgotten = self.learned.get(period, (None, 0.0))
        # A day more than it can be: the server's time is known better now than when it was learned.
        if limit is None or not now.earliest < forgotten <= now.latest + 2 * LEARNED_FOR:
            return given
        return limit if given is None else min(given, limit)

    def usage(self, now: Span, plan: Mapping[str, int | None]) -> Usage:
        """Return how many places are taken, how many requests were counted in the month, and the limits that hold."""
        return Usage(
            len(self._ends(now)), self._in_month(now), self.limit("minute", now, plan), self.limit("month", now, plan)
        )

    def _blocked(self, now: Span) -> Throttle | None:
        block = self.block
        if block is None or _over(block.resets_at, now) or block.resets_at > now.latest + LONGEST_PERIOD:
            return None
        return evolve(block, wait=now.seconds_to(block.resets_at))

    def _in_month(self, now: Span) -> int:
        return self.months.get(month_of(now.earliest), 0)

    def _full_month(self, now: Span, plan: Mapping[str, int | None], method: str) -> Throttle | None:
        limit, end = self.limit("month", now, plan), month_end(now.earliest)
        if _over(end, now):
            return None
        if limit is not None and self._in_month(now) >= limit:
            return Throttle(now.seconds_to(end), "month", limit, end)
        limit = plan.get(method)
        if limit is None or self.writes.get(f"{month_of(now.earliest)} {method}", 0) < limit:
            return None
        return Throttle(now.seconds_to(end), "month", limit, end, method)

    def _full_minute(self, now: Span, plan: Mapping[str, int | None]) -> Throttle | None:
        limit = self.limit("minute", now, plan)
        if limit is None or len(ends := self._ends(now)) < limit:
            return None
        wait = now.seconds_to(ends[len(ends) - limit])
        return Throttle(wait, "minute", limit, minute_end(now.earliest))

    def _ends(self, now: Span) -> list[float]:
        """Return from when on each of the places that are taken may be free, in order."""
        # What is under way is most likely counted in the present minute.
        usual = minute_end(now.latest)
        ends = [min(usual, end) for end in self.holds.values() if _holds(end, now)]
        for end, number in self.spent.items():
            if _holds(end, now):
                ends += [end] * number
        return sorted(ends)

    def to_json(self) -> str:
        """Return everything as JSON, for a store."""
        block = self.block
        document = {
            "version": VERSION,
            "holds": self.holds,
            "spent": list(self.spent.items()),
            "months": self.months,
            "learned": self.learned,
            "block": block and [block.resets_at, block.period, block.limit, *([True] if block.suspected else [])],
        }
        # Left out where there are none, as in the ledgers of versions that did not know them.
        document |= {name: value for name in ("writes", "refused") if (value := getattr(self, name))}
        return json.dumps(document, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str | bytes | None, place: str, remedy: str) -> Ledger:
        """Return the ledger that `to_json` wrote, or a new one for None.

        Raises:
            ConfigurationError: The text is not such a ledger. The message names the place, and the remedy.
        """
        if text is None:
            return cls()
        try:
            return _ledger(json.loads(text))
        except (AttributeError, LookupError, OverflowError, RecursionError, TypeError, ValueError) as error:
            problem = error if isinstance(error, ValueError) else f"damaged: {error}"
            raise ConfigurationError(
                f"{place} was not written by this version of the package ({problem}). {remedy}"
            ) from None


def _ledger(document: Any) -> Ledger:
    if not isinstance(document, dict) or document.get("version") != VERSION:
        raise ValueError("another version, or not a ledger")
    block = document["block"]
    return Ledger(
        {str(ticket): _moment(end) for ticket, end in document["holds"].items()},
        {_moment(end): _count(number) for end, number in document["spent"]},
        {str(month): _count(number) for month, number in document["months"].items()},
        {str(period): (_count(limit), _moment(end)) for period, (limit, end) in document["learned"].items()},
        None if block is None else _block(*block),
        {str(month): _count(number) for month, number in document.get("writes", {}).items()},
        [_moment(end) for end in document.get("refused", [])],
    )


def _moment(value: Any) -> float:
    if type(value) not in {int, float} or not math.isfinite(value):
        raise ValueError("damaged: invalid epoch seconds")
    return float(value)


def _count(value: Any) -> int:
    count = whole_number(value, 0)
    if count is None:
        raise ValueError("damaged: invalid count")
    return count


def _block(until: Any, period: Any, limit: Any, suspected: Any = None) -> Throttle:
    limit = None if limit is None else _count(limit)
    return Throttle(0.0, str(period), limit, _moment(until), suspected=suspected is True)


def _holds(end: float, now: Span) -> bool:
    return now.earliest < end <= now.latest + HORIZON


def _over(end: float, now: Span) -> bool:
    """Whether a period may be taken for over.

    After a clock was set, the earliest and the latest time may be hours apart. A minute's end is then waited for by
    the earliest, a moment that is further off by the latest: one 409 is better than a wait of hours.
    """
    return end <= now.earliest or (end <= now.latest and end - now.earliest > MINUTE)


def minute_end(moment: float) -> float:
    """Return the end of the clock minute."""
    return (math.floor(moment / MINUTE) + 1) * float(MINUTE)


def month_of(moment: float) -> str:
    """Return the calendar month (UTC)."""
    return _month(math.floor(moment / _DAY))[0]


def month_end(moment: float) -> float:
    """Return the end of the calendar month (UTC)."""
    return _month(math.floor(moment / _DAY))[1]


@lru_cache(maxsize=8)
def _month(day: int) -> tuple[str, float]:
    """Return the name and the end of the month of a day, which is asked for several times with each request."""
    moment = utc(day * _DAY)
    following = moment.replace(day=1) + relativedelta(months=1)
    return f"{moment:%Y-%m}", following.timestamp()
