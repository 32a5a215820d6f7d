"""Staying inside the plan: what was spent in the minute and the month, and how long to wait for more.

The limits hold for periods of the server's clock: a minute of the clock, a calendar month in UTC. `ledger` has the
rules, `server_time` the server's clock, `stores` the place where the spending is kept; `Quota` puts them together.
"""

from __future__ import annotations

import math
import re
import secrets
import threading
from typing import TYPE_CHECKING

from attrs import asdict, frozen

from ..errors import ConfigurationError
from ..timing.clock import MINUTE, instant
from ..timing.server_clock import ServerTime
from .ledger import LEASE, LONGEST_PERIOD, Ledger, Refusal, minute_end, month_end
from .stores import MemoryStore

if TYPE_CHECKING:
    from ..timing.clock import Clock, Instant
    from ..timing.server_clock import Span
    from .stores import Store

SHORTEST_WAIT = 1.0
"""Seconds to wait at least after a refusal that does not say when it ends; twice as long after each further one."""


@frozen
class UsagePlan:
    """How many requests a plan of the service allows.

    Attributes:
        per_minute: Requests in a minute of the clock; None for no limit that is known.
        per_month: Requests in a calendar month (UTC); None likewise.

    Example:
        >>> UsagePlan(per_minute=5)
        UsagePlan(per_minute=5, per_month=None)
    """

    per_minute: int | None = None
    per_month: int | None = None

    @property
    def limits(self) -> dict[str, int | None]:
        """The limits by period."""
        return {"minute": self.per_minute, "month": self.per_month}

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


PLAN_FORMS = f"{', '.join(map(repr, PLANS))}, or the limits for a minute and a month such as '10/5000'"
"""What a text may be that names a plan: in an argument, a profile or on the command line."""

_LIMITS = re.compile(r"([1-9]\d{0,17})/([1-9]\d{0,17})", re.ASCII)


def resolve_plan(plan: str | UsagePlan | None, source: str = "plan") -> UsagePlan:
    """Return a plan given by name, such as ``"watt"``, or by its limits, such as ``"10/5000"`` or a `UsagePlan`.

    Args:
        plan: The plan; None for one whose limits are not known.
        source: Where it was given, for the message.

    Raises:
        ConfigurationError: There is no such plan.
    """
    if plan is None:
        return UsagePlan()
    if isinstance(plan, UsagePlan):
        return plan
    text = plan.lower() if isinstance(plan, str) else ""
    limits = _LIMITS.fullmatch(text)
    known = UsagePlan(int(limits[1]), int(limits[2])) if limits else PLANS.get(text)
    if known is None:
        raise ConfigurationError(f"{source}={plan!r} is unknown. Give {PLAN_FORMS}, or UsagePlan(per_minute=...).")
    return known


@frozen
class Usage:
    """What has been spent, as far as this quota knows.

    Attributes:
        minute: Requests in the present minute of the server's clock.
        month: Requests in the present calendar month (UTC).
        per_minute: The limit for a minute; None while it is not known.
        per_month: The limit for a month; None while it is not known.

    Example:
        >>> client.usage
        Usage(minute=0, month=0, per_minute=None, per_month=None)
    """

    minute: int
    month: int
    per_minute: int | None
    per_month: int | None


@frozen
class Ticket:
    """The permission to send one request.

    Attributes:
        name: The name of its place in the ledger.
        since: The steady clock when it was given.
        taken: The server's time when it was given.
    """

    name: str
    since: float
    taken: Span


@frozen
class Reply:
    """What an answer tells of the server's clock and of the quota.

    Attributes:
        date: The server's time, from the `Date` header.
        refused: Whether the quota was the reason not to serve the request; the rest is about that.
        period: The period whose limit was reached, as the body names it.
        limit: Its limit.
        end: When it ends, epoch seconds of the server's clock.
        retry_after: Seconds to wait, where the answer says that instead.
    """

    date: float | None = None
    refused: bool = False
    period: str | None = None
    limit: int | None = None
    end: float | None = None
    retry_after: float | None = None


class Quota:
    """The spending of one application, shared by all clients that are given it. Safe for threads.

    For several processes there is `SQLiteQuota`, for several machines `RedisQuota`.

    Args:
        plan: The name of a plan, or its limits, such as ``"10/5000"`` or a `UsagePlan`; without one, the limits are
            learned from the first refusal. Where the service tells a smaller limit than the plan's, that one holds.
            What was learned is forgotten after a day, since a plan may be changed.
        store: Where the spending is kept; by default in memory.

    Raises:
        ConfigurationError: There is no such plan.

    Example:
        >>> quota = Quota("watt")
        >>> quota.usage(now=1_700_000_000)
        Usage(minute=0, month=0, per_minute=10, per_month=10000)
    """

    def __init__(self, plan: str | UsagePlan | None = None, *, store: Store | None = None) -> None:
        self.plan = resolve_plan(plan)
        self.store: Store = store if store is not None else MemoryStore()
        self._time = ServerTime()
        # The places that this object holds, and until when by the steady clock: what is in the ledger is in the
        # server's time, and wrong when an answer shows that it was not what it was believed to be.
        self._held: dict[str, float] = {}
        self._backoff = SHORTEST_WAIT
        self._backed_off_until = -math.inf
        self._lock = threading.Lock()

    def __repr__(self) -> str:
        limits = ", ".join(f"{name}={value}" for name, value in asdict(self.plan).items())
        return f"<{type(self).__name__} {limits}>"

    @property
    def offset(self) -> float:
        """What has to be added to our clock to get the server's, in seconds; 0 until an answer has told."""
        return self._time.offset

    def usage(self, now: float) -> Usage:
        """What is spent at `now`, in epoch seconds of our clock.

        Raises:
            ConfigurationError: The place where the spending is kept cannot be used.
        """
        with self._lock:
            moment, limits = self._time.estimate(now), self.plan.limits
            return self.store.change(
                lambda ledger: Usage(
                    ledger.in_minute(moment),
                    ledger.in_month(moment),
                    ledger.limit("minute", moment, limits),
                    ledger.limit("month", moment, limits),
                )
            )

    def reserve(self, clock: Clock) -> Ticket | Refusal:
        """Count one request that is about to be sent, or say why it has to wait.

        Raises:
            ConfigurationError: The place where the spending is kept cannot be used.
        """
        with self._lock:
            now = instant(clock)
            moment = self._time.at(now)
            ticket = Ticket(secrets.token_hex(6), now.steady, moment)
            refusal = self.store.change(lambda ledger: ledger.take(ticket.name, moment, self.plan.limits))
            if refusal is None:
                self._held[ticket.name] = now.steady + LEASE
            return refusal or ticket

    def settle(self, ticket: Ticket, clock: Clock, reply: Reply | None) -> Refusal | None:
        """Record what became of a request that was sent.

        Args:
            ticket: Its ticket.
            clock: The client's clock.
            reply: What the answer says; None where none came.

        Returns:
            How long to wait before it is sent again, where the service refused it.

        Raises:
            ConfigurationError: The place where the spending is kept cannot be used.
        """
        with self._lock:
            now = instant(clock)
            if reply is not None and reply.date is not None:
                self._time.learn(reply.date, reply.date + 1, ticket.since, now)
            moment = self._time.at(now)
            refusal = self._refusal(ticket, now, moment, reply) if reply is not None and reply.refused else None

            def settle(ledger: Ledger) -> None:
                date = reply.date if reply is not None else None
                if date is None and not self._time.certain:
                    # It may have been counted in any minute, but that one is over in a minute from now.
                    self._held[ticket.name] = now.steady + MINUTE
                else:
                    self._held.pop(ticket.name, None)
                    ledger.settle(ticket.name, ticket.taken, moment.latest if date is None else date)
                    ledger.tidy(moment)
                self._renew(ledger, now, moment)
                if refusal is not None:
                    ledger.refuse(refusal.resets_at, refusal.period, refusal.limit, moment)

            self.store.change(settle)
            return refusal

    def _renew(self, ledger: Ledger, now: Instant, moment: Span) -> None:
        """Say in the server's time, as it is believed to be now, how long our places are held."""
        for name, end in list(self._held.items()):
            if end > now.steady:
                ledger.holds[name] = moment.latest + (end - now.steady)
            else:
                del self._held[name]
                ledger.holds.pop(name, None)

    def _refusal(self, ticket: Ticket, now: Instant, moment: Span, reply: Reply) -> Refusal:
        """Say until when a refusal holds, by what it says as far as that can be believed."""
        period = reply.period or "minute"
        end, longest = reply.end, 2 * MINUTE if period == "minute" else LONGEST_PERIOD
        if reply.retry_after is not None and (end is None or end <= moment.earliest):
            end, longest = moment.earliest + reply.retry_after, LONGEST_PERIOD
        if end is None or not moment.earliest < end <= moment.latest + longest:
            later = moment.earliest + self._back_off(ticket, now)
            end = later if end is not None else max(later, self._usual_end(period, moment))
        return Refusal(moment.seconds_to(end), period, reply.limit or None, end)

    def _back_off(self, ticket: Ticket, now: Instant) -> float:
        """Return seconds to wait, more with each refusal that came although the one before was waited for.

        A refusal that says it is already over must not be answered with a storm.
        """
        if ticket.since >= self._backed_off_until + 2 * MINUTE:
            self._backoff = SHORTEST_WAIT
        elif ticket.since >= self._backed_off_until:
            self._backoff = min(2 * self._backoff, float(MINUTE))
        self._backed_off_until = max(self._backed_off_until, now.steady + self._backoff)
        return self._backed_off_until - now.steady

    @staticmethod
    def _usual_end(period: str, moment: Span) -> float:
        return month_end(moment.earliest) if period == "month" else minute_end(moment.earliest)
