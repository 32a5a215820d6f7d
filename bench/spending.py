"""What work costs of the quota: requests, and minutes that are not used."""

from __future__ import annotations

import math
from collections import Counter
from datetime import UTC, datetime
from email.utils import formatdate
from zoneinfo import ZoneInfo

import httpx
from dateutil.relativedelta import relativedelta

from bodies import DAY, START, SYSTEM, answer
from enlighten_mock import Plan, SimulatedAPI
from enphase_enlighten import Enlighten, UsagePlan
from measuring import Effort, Spread
from results import Aim, Result

ZONE = ZoneInfo("America/Los_Angeles")
PER_MINUTE = 10
LATENCY = 0.4
AHEAD = (0.0, 7.3, -7.3)
"""Seconds by which the service's clock is ahead of the client's."""

_STEPS = {"stats": 300, "rgm_stats": 900, "consumption_stats": 900}


class Clock:
    """A simulated clock: waiting moves it on."""

    def __init__(self, moment: float) -> None:
        self.moment = moment

    def now(self) -> float:
        """Return epoch seconds."""
        return self.moment

    def advance(self, seconds: float) -> None:
        """Move on."""
        self.moment += seconds


class Service:
    """Answers, and counts by the minute of its own clock.

    Attributes:
        minutes: The requests that were served, by minute.
        refusals: The requests that were not.
    """

    def __init__(
        self, clock: Clock, *, ahead: float = 0.0, latency: float = 0.0, per_minute: int | None = None
    ) -> None:
        self._clock, self._ahead, self._latency = clock, ahead, latency
        self._quota = SimulatedAPI(systems=0, plan=Plan("Bench", per_minute, None)).service.quota
        self.minutes: Counter[int] = Counter()
        self.refusals = 0

    @property
    def requests(self) -> int:
        """How many requests came."""
        return self.minutes.total() + self.refusals

    def handle(self, request: httpx.Request) -> httpx.Response:
        """Answer a request halfway through its latency."""
        self._clock.advance(self._latency / 2)
        now = self._clock.now() + self._ahead
        self._clock.advance(self._latency / 2)
        headers = {"Date": formatdate(now, usegmt=True)}
        excess = self._quota.spend(now)
        if excess is not None:
            self.refusals += 1
            body = {"period": excess.period, "period_start": excess.start, "period_end": excess.end}
            return httpx.Response(409, headers=headers, json={**body, "limit": excess.limit, "reason": "409"})
        self.minutes[math.floor(now / 60)] += 1
        return httpx.Response(200, headers=headers, content=answer(request.url.raw_path.decode()))


def requests_needed(effort: Effort) -> list[Result]:
    """The requests that a range of days takes, for each interval operation."""
    start = datetime.fromtimestamp(START, UTC).astimezone(ZONE).replace(hour=0)
    end = start + relativedelta(days=effort.days)
    least = {
        "stats": math.ceil((end.timestamp() - start.timestamp()) / DAY),
        "rgm_stats": math.ceil((end.timestamp() - start.timestamp()) / (7 * DAY)),
        "consumption_stats": _months(start, end),
    }
    return [_requests(name, start, end, fewest) for name, fewest in least.items()]


def _months(start: datetime, end: datetime) -> int:
    """Count the months from each end to the next: from a 31st they become shorter, and stay so."""
    count = 0
    while start < end:
        start, count = start + relativedelta(months=1), count + 1
    return count


def _requests(operation: str, start: datetime, end: datetime, fewest: int) -> Result:
    clock = Clock(end.timestamp() + 60)
    service = Service(clock)
    with _client(service, clock) as client:
        rows = sum(1 for _ in getattr(client, operation)(SYSTEM, start_at=start, end_at=end, timezone=ZONE))
    expected = int(end.timestamp() - start.timestamp()) // _STEPS[operation]
    if rows != expected:
        raise RuntimeError(f"{operation}: {rows} rows instead of {expected}")
    return Result(
        f"requests-{operation.replace('_', '-')}",
        f"requests for {(end - start).days} days of {operation}()",
        "",
        service.requests,
        "the fewest that the service allows",
        fewest,
        Spread.of([service.requests / fewest]),
        Aim(1.0),
    )


def quota_used(effort: Effort) -> list[Result]:
    """The share of ten requests a minute that a long job gets, and how often it is refused."""
    jobs = {f"the service's clock {ahead:+g} s": _job(effort.days, ahead, "planned") for ahead in AHEAD}
    learned = _job(effort.days, 0.0, "learned")
    shares = {name: _share(service) for name, service in jobs.items()}
    worst = min(shares.values())
    refusals = sum(service.refusals for service in jobs.values())
    requests = sum(service.requests for service in jobs.values())
    work = f"{effort.days} requests within {PER_MINUTE} a minute, simulated time"
    also = {**shares, "without a plan": _share(learned)}
    share = Spread.of([worst])
    aim = Aim(0.98, "least")
    used = Result("quota-share", f"{work}: share used", "", worst, "the quota", 1.0, share, aim, also)
    refused = Result(
        "quota-refusals",
        f"{work}: answers of 409",
        "",
        refusals,
        "the requests",
        requests,
        Spread.of([refusals / requests]),
        Aim(0.0),
        {"without a plan": learned.refusals / learned.requests},
    )
    return [used, refused]


def _job(days: int, ahead: float, plan: str) -> Service:
    end = START + days * DAY
    # Somewhere within a minute.
    clock = Clock(end + 17.3)
    service = Service(clock, ahead=ahead, latency=LATENCY, per_minute=PER_MINUTE)
    limits = UsagePlan(per_minute=PER_MINUTE) if plan == "planned" else None
    with _client(service, clock, limits) as client:
        rows = sum(1 for _ in client.stats(SYSTEM, start_at=START, end_at=end, timezone="UTC"))
    if rows < (days - 1) * 288:
        raise RuntimeError(f"{rows} rows of {days} days")
    return service


def _share(service: Service) -> float:
    """Return the share that was used in the minutes that the job had to itself from beginning to end."""
    minutes = range(min(service.minutes) + 1, max(service.minutes))
    return sum(service.minutes[minute] for minute in minutes) / (PER_MINUTE * max(1, len(minutes)))


def _client(service: Service, clock: Clock, plan: UsagePlan | None = None) -> Enlighten:
    return Enlighten("key", "user", transport=httpx.MockTransport(service.handle), clock=clock, plan=plan)
