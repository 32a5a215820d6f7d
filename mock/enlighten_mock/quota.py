"""The plan's limits: so many requests in a clock minute, so many in a UTC month."""

from __future__ import annotations

import re
import threading
from datetime import UTC, datetime
from typing import NamedTuple

from dateutil.relativedelta import relativedelta


class Plan(NamedTuple):
    """How many requests an application may make.

    Attributes:
        name: As the message of a 409 names it.
        per_minute: Requests in a clock minute; None for no limit.
        per_month: Requests in a UTC calendar month; None for no limit.
    """

    name: str
    per_minute: int | None
    per_month: int | None


PLANS = {
    "none": Plan("None", None, None),
    "watt": Plan("Watt", 10, 10_000),
    "kilowatt": Plan("Kilowatt", 50, 25_000),
    "megawatt": Plan("Megawatt", 100, 300_000),
    "gigawatt": Plan("Gigawatt", 300, 1_500_000),
}


def parse_plan(text: str) -> Plan:
    """Return the plan of that name, or for `10/5000` one of 10 requests a minute and 5000 a month.

    Raises:
        ValueError: It is neither.
    """
    plan = PLANS.get(text.lower())
    if plan:
        return plan
    match = re.fullmatch(r"([0-9]+)/([0-9]+)", text)
    if match:
        return Plan("Custom", int(match[1]), int(match[2]))
    raise ValueError(f"there is no plan {text!r}; take one of {', '.join(PLANS)}, or MINUTE/MONTH such as 10/5000")


class Excess(NamedTuple):
    """A limit that is used up, with its period in epoch seconds."""

    plan: str
    period: str
    start: int
    end: int
    limit: int

    def moved(self, seconds: int) -> Excess:
        """Return the same limit as a service tells of it whose clock is `seconds` ahead."""
        return self._replace(start=self.start + seconds, end=self.end + seconds)


class Quota:
    """Counts requests against a plan, exactly, whatever number of threads asks.

    A refused request does not count.

    Args:
        plan: The limits.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._lock = threading.Lock()
        self._minute = (0, 0)
        self._month = (0, 0)

    def spend(self, now: float) -> Excess | None:
        """Count one request at `now` (epoch seconds), or return which limit forbids it."""
        minute = int(now // 60 * 60)
        month, next_month = month_around(now)
        plan = self.plan
        with self._lock:
            in_minute = self._minute[1] if self._minute[0] == minute else 0
            in_month = self._month[1] if self._month[0] == month else 0
            if plan.per_month is not None and in_month >= plan.per_month:
                return Excess(plan.name, "month", month, next_month, plan.per_month)
            if plan.per_minute is not None and in_minute >= plan.per_minute:
                return Excess(plan.name, "minute", minute, minute + 60, plan.per_minute)
            self._minute = (minute, in_minute + 1)
            self._month = (month, in_month + 1)
        return None

    def spent(self) -> dict[str, int]:
        """Return the requests counted in the latest minute and month that had any."""
        with self._lock:
            return {"minute": self._minute[1], "month": self._month[1]}

    def reset(self) -> None:
        """Forget all requests."""
        with self._lock:
            self._minute = self._month = (0, 0)


def month_around(now: float) -> tuple[int, int]:
    """Return the start of the UTC calendar month around `now` and of the next one, all in epoch seconds."""
    start = datetime.fromtimestamp(now, UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return int(start.timestamp()), int((start + relativedelta(months=1)).timestamp())
