"""Staying inside the plan: what was spent in the minute and the month, and how long to wait for more.

The limits hold for periods of the server's clock: a minute of the clock, a calendar month in UTC. The server's time is
known from the `Date` header of each answer, which gives it to within a second; where it is not certain which of two
minutes a request will count for, it is counted in both.
"""

from __future__ import annotations

import math
import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from attrs import define, field, frozen
from dateutil.relativedelta import relativedelta

from .clock import utc
from .errors import ConfigurationError, UsageLimitExceededError
from .stores import MemoryStore

if TYPE_CHECKING:
    from .stores import Store

MINUTE = 60
LATENCY = 1.0
"""Seconds that a request may take to reach the server and be counted there."""

UNKNOWN_PERIOD_WAIT = 1.0
"""Seconds to wait at least after a refusal: one that says it is already over must not be answered with a storm."""


@frozen
class UsagePlan:
    """How many requests a plan of the service allows.

    Attributes:
        per_minute: Requests in a minute of the clock; None for no limit that is known.
        per_month: Requests in a calendar month (UTC); None likewise.
    """

    per_minute: int | None = None
    per_month: int | None = None

    def __attrs_post_init__(self) -> None:
        for name in ("per_minute", "per_month"):
            limit = getattr(self, name)
            if limit is not None and (not isinstance(limit, int) or isinstance(limit, bool) or limit < 1):
                raise ConfigurationError(f"UsagePlan({name}={limit!r}): give a whole number of at least 1, or None.")


PLANS = {
    "watt": UsagePlan(10, 10_000),
    "kilowatt": UsagePlan(50, 25_000),
    "megawatt": UsagePlan(100, 300_000),
    "gigawatt": UsagePlan(300, 1_500_000),
}
"""Watt is confirmed by recorded 409 bodies; the larger plans' figures come from one second-hand source."""


def resolve_plan(plan: str | UsagePlan | None) -> UsagePlan:
    """Return a plan given by name or by its limits.

    Raises:
        ConfigurationError: There is no such plan.
    """
    if plan is None:
        return UsagePlan()
    if isinstance(plan, UsagePlan):
        return plan
    known = PLANS.get(plan.lower()) if isinstance(plan, str) else None
    if known is None:
        names = ", ".join(repr(name) for name in PLANS)
        raise ConfigurationError(f"plan={plan!r} is unknown. Give one of {names}, or UsagePlan(per_minute=...).")
    return known


@frozen
class Usage:
    """What has been spent, as far as this quota knows.

    Attributes:
        minute: Requests in the present minute of the server's clock.
        month: Requests in the present calendar month (UTC).
        per_minute: The limit for a minute; None while it is not known.
        per_month: The limit for a month; None while it is not known.
    """

    minute: int
    month: int
    per_minute: int | None
    per_month: int | None


@frozen
class Refusal:
    """Why a request may not be sent now.

    Attributes:
        wait: Seconds until it may.
        period: ``minute`` or ``month``, or as the service calls it.
        limit: The limit, where it is known.
        resets_at: When the period ends, epoch seconds of the server's clock.
    """

    wait: float
    period: str
    limit: int | None
    resets_at: float

    def error(self) -> UsageLimitExceededError:
        """The error for a request that was not sent because of this."""
        ends = utc(self.resets_at)
        allowed = f"the {self.limit} requests" if self.limit is not None else "all requests"
        error = UsageLimitExceededError(
            f"Not sent: {allowed} of this {self.period} are spent, until {ends:%Y-%m-%d %H:%M:%S} UTC. "
            "Wait until then, raise max_wait, spend fewer requests, or take a larger plan."
        )
        error.attempts = 0
        error.period, error.limit, error.resets_at = self.period, self.limit, ends
        return error


@define
class ServerTime:
    """The bounds of what has to be added to our clock to get the server's, in seconds."""

    low: float = 0.0
    high: float = 0.0
    known: bool = False

    def learn(self, date: float, sent_at: float, received_at: float) -> None:
        """Take in the `Date` of an answer, which names the second in which the server wrote it."""
        low, high = date - received_at, date + 1 - sent_at
        if self.known and max(low, self.low) <= min(high, self.high):
            low, high = max(low, self.low), min(high, self.high)
        # Otherwise one of the clocks was set: what was known before is void.
        self.low, self.high, self.known = low, high, True


@define(eq=False)
class Quota:
    """The spending of one application, shared by all clients that are given it. Safe for threads.

    Args:
        plan: The name of a plan, or its limits; without one, the limits are learned from the first refusal.

    Example:
        >>> quota = Quota("watt")
        >>> quota.usage(now=1_700_000_000)
        Usage(minute=0, month=0, per_minute=10, per_month=10000)
    """

    plan: UsagePlan = field(default=None, converter=resolve_plan)
    store: Store = field(factory=MemoryStore, kw_only=True)
    _time: ServerTime = field(factory=ServerTime, init=False)
    _unplaced: int = field(default=0, init=False)
    _guessed: set[str] = field(factory=set, init=False)
    _lock: threading.Lock = field(factory=threading.Lock, init=False, repr=False)

    @property
    def offset(self) -> float:
        """What has to be added to our clock to get the server's, in seconds; 0 until an answer has told."""
        return (self._time.low + self._time.high) / 2

    def reserve(self, now: float) -> Refusal | None:
        """Count one request that is about to be sent at `now` (our clock), or say why it has to wait."""
        with self._lock:
            earliest, latest = now + self._time.low, now + self._time.high + LATENCY
            block = self.store.block()
            if block is not None and block.until > earliest:
                return Refusal(block.until - earliest, block.period, block.limit, block.until)
            wanted = {_minute(earliest), _minute(latest), _month(earliest), _month(latest)}
            limits = {period: self._limit(period) for period in sorted(wanted)}
            full = self.store.take(limits)
            if full is None:
                if not self._time.known:
                    self._unplaced += 1
                    self._guessed |= wanted
                return None
            ends = _end(full)
            return Refusal(max(ends - earliest, 0.0), full.partition(":")[0], limits[full], ends)

    def observe(self, date: float | None, sent_at: float, received_at: float) -> None:
        """Learn the server's time from an answer's `Date` header (epoch seconds), if it had one."""
        if date is None:
            return
        with self._lock:
            first = not self._time.known
            self._time.learn(date, sent_at, received_at)
            if first:
                # What was counted by our clock belongs to the minute that the server had.
                for period in {_minute(date), _month(date)} - self._guessed:
                    self.store.add(period, self._unplaced)
                self._unplaced = 0

    def refused(self, now: float, period: str | None, limit: int | None, ends: float | None) -> Refusal:
        """Take in that the service refused a request at `now`, and say how long to wait.

        Args:
            now: The time of the refusal by our clock.
            period: The period whose limit was reached, as the body names it.
            limit: Its limit.
            ends: When it ends by the server's clock; None where neither the body nor a header says so.
        """
        with self._lock:
            earliest = now + self._time.low
            period = period or "minute"
            until = _end(_minute(earliest)) if ends is None else ends
            if limit is not None and limit > 0 and period in ("minute", "month"):
                self.store.learn_limit(period, limit)
            if until > earliest:
                self.store.set_block(until, period, limit)
            return Refusal(max(until - earliest, UNKNOWN_PERIOD_WAIT), period, limit, until)

    def usage(self, now: float) -> Usage:
        """What is spent at `now`, in epoch seconds of our clock."""
        with self._lock:
            moment = now + self._time.low
            return Usage(
                self.store.count(_minute(moment)),
                self.store.count(_month(moment)),
                self._limit("minute:"),
                self._limit("month:"),
            )

    def _limit(self, period: str) -> int | None:
        kind = period.partition(":")[0]
        learned = self.store.limit(kind)
        if learned is not None:
            return learned
        return self.plan.per_minute if kind == "minute" else self.plan.per_month


def _minute(moment: float) -> str:
    return f"minute:{math.floor(moment / MINUTE)}"


def _month(moment: float) -> str:
    return f"month:{utc(moment):%Y-%m}"


def _end(period: str) -> float:
    kind, _, name = period.partition(":")
    if kind == "minute":
        return (int(name) + 1) * float(MINUTE)
    first = datetime.strptime(name, "%Y-%m").replace(tzinfo=UTC)
    return (first + relativedelta(months=1)).timestamp()
