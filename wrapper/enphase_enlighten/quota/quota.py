"""Staying inside the plan: what was spent in the minute and the month, and how long to wait for more.

The limits hold for periods of the server's clock: a minute of the clock, a calendar month in UTC. `ledger` has the
rules; a store keeps what is spent: here in memory for threads, `sqlite_store` in a file for the processes of a machine,
`redis_store` in Redis for many machines. `RequestQuota` puts them together with the server's clock.
"""

from __future__ import annotations

import logging
import math
import secrets
import threading
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Protocol, TypeVar

from attrs import Attribute, asdict, frozen

from ..errors import ConfigurationError, EnlightenError
from ..event_loops import async_to_its_end
from ..forks import OfThisProcess, renew_in_children
from ..timing.clock import MINUTE, Instant
from ..timing.server_clock import ServerClock, Span
from .ledger import LEASE, LONGEST_PERIOD, Ledger, Throttle, minute_end, month_end

if TYPE_CHECKING:
    from .plans import Usage, UsagePlan

R = TypeVar("R")

logger = logging.getLogger("enphase_enlighten")

SHORTEST_WAIT = 1.0
"""Seconds to wait at least after a 409 that does not say when its period ends; twice as long after each further one."""


@frozen
class Ticket:
    """The permission to send one request.

    Attributes:
        name: The name of its place in the ledger.
        since: The steady clock when it was given.
        taken: The server's time when it was given.
        method: The method of the request.
    """

    name: str
    since: float
    taken: Span
    method: str = "GET"


@frozen
class LimitReached:
    """What a response says about the limit that is reached.

    Attributes:
        period: The period of the limit, as the body names it.
        limit: The limit.
        end: When the period ends, epoch seconds of the server's clock.
        retry_after: Seconds to wait, where the response says that instead.
    """

    period: str | None = None
    limit: int | None = None
    end: float | None = None
    retry_after: float | None = None


class Store(Protocol):
    """Keeps a ledger.

    Attributes:
        waits: Whether a change may block (a disk, a network), so that an event loop must not call it itself.
    """

    waits: bool

    def change(self, action: Callable[[Ledger], R]) -> R:
        """Call `action` with the ledger and keep its changes; the ledger does not change otherwise meanwhile.

        `action` may be called several times; the last call counts.

        Raises:
            ConfigurationError: The place where it is kept cannot be used.
        """

    def renew(self) -> None:
        """Share nothing with the parent, in the child of a fork."""


class MemoryStore:
    """Keeps a ledger in the memory of this process, for one quota, which lets one thread at a time change it."""

    waits = False

    def __init__(self) -> None:
        self._ledger = Ledger()

    def change(self, action: Callable[[Ledger], R]) -> R:
        """Call `action` with the ledger."""
        return action(self._ledger)

    def renew(self) -> None:
        """Give up the places of requests that are under way in the parent."""
        self._ledger.holds = {}


class RequestQuota(OfThisProcess):
    """The spending of one application, shared by all clients that are given it. Safe for threads.

    Args:
        plan: The limits. A smaller limit that the service names holds instead, for a day: a plan may be changed.
        store: Where the spending is kept.
        api: The name of the API whose limits these are.
    """

    suspects_month: ClassVar[bool] = False
    """Whether a refusal that names no period may be for the month."""

    _instead = (
        "Give each process a SQLiteQuota of the same file, or a RedisQuota of the same URL, which can be pickled."
    )

    def __init__(self, plan: UsagePlan, store: Store, api: str) -> None:
        self.plan = plan
        self._limits = plan.limits
        self.store = store
        self.api = api
        self.application = ""
        self.server_clock = ServerClock()
        # The places that this object holds, and until when by the steady clock: the ledger has the server's time as
        # it was estimated, which a later response may correct.
        self._held: dict[str, float] = {}
        self._backoff = SHORTEST_WAIT
        self._backed_off_until = -math.inf
        self._lock = threading.Lock()
        renew_in_children(self)

    def bind(self, application: str) -> None:
        """Count the requests of one application from now on, which is told by what identifies it, and no secret.

        Raises:
            ConfigurationError: It counts those of another one, whose limits are its own.
        """
        with self._lock:
            if self.application not in ("", application):
                raise ConfigurationError(
                    f"quota={self!r} counts the requests of another application (API key), whose limits are its own. "
                    "Give each application a quota of its own."
                )
            if not self.application:
                self.application = application
                self._store_of(application)

    def _store_of(self, application: str) -> None:
        """Keep the spending of an application apart from that of others."""

    def renew(self) -> None:
        """Leave the requests that are under way to the parent, in the child of a fork."""
        self._lock, self._held = threading.Lock(), {}
        self.store.renew()

    def __repr__(self) -> str:
        limits = ", ".join(f"{name}={value}" for name, value in asdict(self.plan, filter=_shown).items())
        return f"<{type(self).__name__} {limits}>"

    @property
    def offset(self) -> float:
        """Seconds to add to the client's clock to get the server's; 0 before the first response."""
        return self.server_clock.offset

    def usage(self, now: float) -> Usage:
        """Return what is spent at `now`, epoch seconds of the client's clock.

        Raises:
            ConfigurationError: The place where the spending is kept cannot be used.
        """
        with self._lock:
            moment = self.server_clock.estimate(now)
            return self.store.change(lambda ledger: ledger.usage(moment, self._limits))

    def reserve(self, now: Instant, method: str = "GET") -> Ticket | Throttle:
        """Count one request that is about to be sent at `now` by the client's clock, or return why it has to wait.

        Raises:
            ConfigurationError: The place where the spending is kept cannot be used.
        """
        with self._lock:
            moment = self.server_clock.at(now)
            ticket = Ticket(secrets.token_hex(6), now.steady, moment, method)
            throttle = self.store.change(lambda ledger: ledger.take(ticket.name, moment, self._limits, method))
            if throttle is None:
                self._held[ticket.name] = now.steady + LEASE
            return throttle or ticket

    def give_back(self, ticket: Ticket) -> None:
        """Give back the place of a request that was certainly not sent.

        Raises:
            ConfigurationError: The place where the spending is kept cannot be used.
        """
        with self._lock:
            self._held.pop(ticket.name, None)
            self.store.change(lambda ledger: ledger.give_back(ticket.name, ticket.taken, ticket.method))

    def settle(
        self,
        ticket: Ticket,
        now: Instant,
        date: float | None = None,
        reached: LimitReached | None = None,
        *,
        accepted: bool = False,
    ) -> Throttle | None:
        """Record the outcome of a request that was sent.

        Args:
            ticket: Its ticket.
            now: The time by the client's clock.
            date: The server's time when it responded; None without a response, or without a usable `Date`.
            reached: The limit that the response says is reached, if any.
            accepted: Whether the response is a success: one that reports another error says nothing of limits.

        Returns:
            How long to wait before it is sent again, where a limit is reached.

        Raises:
            ConfigurationError: The place where the spending is kept cannot be used.
        """
        with self._lock:
            moment = self.server_clock.at(now)
            named = None if reached is None else self._throttle(ticket, now, moment, reached)

            def settle(ledger: Ledger) -> Throttle | None:
                if date is None and not self.server_clock.certain:
                    # It may have been counted in any minute, but that minute ends within one from now.
                    self._held[ticket.name] = now.steady + MINUTE
                else:
                    self._held.pop(ticket.name, None)
                    counted = moment.latest if date is None else date
                    ledger.settle(ticket.name, ticket.taken, counted, ticket.method)
                    ledger.tidy(moment)
                self._renew(ledger, now, moment)
                throttle = named
                if self.suspects_month and accepted:
                    ledger.trust()
                elif self.suspects_month and reached is not None and reached.period is None:
                    throttle = ledger.suspect_month(moment, self._limits) or named
                if throttle is not None:
                    ledger.block_by(throttle, moment)
                return throttle

            return self.store.change(settle)

    def _renew(self, ledger: Ledger, now: Instant, moment: Span) -> None:
        """Convert how long our places are held to the server's time, as it is estimated now."""
        for name, end in list(self._held.items()):
            if end > now.steady:
                ledger.holds[name] = moment.latest + (end - now.steady)
            else:
                del self._held[name]
                ledger.holds.pop(name, None)

    def _throttle(self, ticket: Ticket, now: Instant, moment: Span, reached: LimitReached) -> Throttle:
        """Return until when a reached limit holds, by what the response says as far as it is credible."""
        period = reached.period or "minute"
        end, longest = reached.end, 2 * MINUTE if period == "minute" else LONGEST_PERIOD
        if reached.retry_after is not None and (end is None or end <= moment.earliest):
            end, longest = moment.earliest + reached.retry_after, LONGEST_PERIOD
        if end is None or not moment.earliest < end <= moment.latest + longest:
            later = moment.earliest + self._back_off(ticket, now)
            usual_end = month_end if period == "month" else minute_end
            end = later if end is not None else max(later, usual_end(moment.earliest))
        return Throttle(moment.seconds_to(end), period, reached.limit or None, end)

    def _back_off(self, ticket: Ticket, now: Instant) -> float:
        """Return seconds to wait, more after each 409 that came although the one before was waited for.

        A 409 whose period is already over must not cause a storm of requests.
        """
        if ticket.since >= self._backed_off_until + 2 * MINUTE:
            self._backoff = SHORTEST_WAIT
        elif ticket.since >= self._backed_off_until:
            self._backoff = min(2 * self._backoff, float(MINUTE))
        self._backed_off_until = max(self._backed_off_until, now.steady + self._backoff)
        return self._backed_off_until - now.steady


def _shown(attribute: Attribute[int | None], value: int | None) -> bool:
    return bool(attribute.repr) or value is not None


class AsyncRequestQuota:
    """A quota as the async client uses it: what its store waits for does not hold up the event loop.

    Args:
        quota: The quota.
    """

    def __init__(self, quota: RequestQuota) -> None:
        self._quota = quota
        self.server_clock = quota.server_clock

    async def reserve(self, now: Instant, method: str = "GET") -> Ticket | Throttle:
        """Count one request that is about to be sent; see `RequestQuota.reserve`."""
        return await self._off_the_loop(self._quota.reserve, now, method)

    async def give_back(self, ticket: Ticket) -> None:
        """Give back the place of a request that was not sent; see `RequestQuota.give_back`."""
        await self._off_the_loop(self._quota.give_back, ticket)

    async def settle(
        self,
        ticket: Ticket,
        now: Instant,
        date: float | None = None,
        reached: LimitReached | None = None,
        *,
        accepted: bool = False,
    ) -> Throttle | None:
        """Record the outcome of a request; see `RequestQuota.settle`."""
        return await self._off_the_loop(partial(self._quota.settle, accepted=accepted), ticket, now, date, reached)

    async def _off_the_loop(self, function: Callable[..., R], *args: object) -> R:
        if not self._quota.store.waits:
            return function(*args)
        # Not to be cut short: a ticket that nobody got, or a request that nobody settled, would hold its place until
        # its lease ends.
        result, cancelled = await async_to_its_end(function, *args)
        if cancelled is None:
            return result
        if isinstance(result, Ticket):
            try:
                await self.give_back(result)
            except EnlightenError as error:
                logger.warning("The quota could not be told of a cancelled request: %s", error)
        raise cancelled
