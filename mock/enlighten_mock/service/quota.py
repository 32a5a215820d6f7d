"""The quota of an application: so many requests in a clock minute, so many in a UTC month."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from typing import NamedTuple

from dateutil.relativedelta import relativedelta


class Plan(NamedTuple):
    """How many requests an application may make.

    Attributes:
        name: As the error of a request beyond the limits names it.
        per_minute: Requests in a clock minute; None for no limit.
        per_month: Requests in a UTC calendar month; None for no limit.
    """

    name: str
    per_minute: int | None
    per_month: int | None


class Excess(NamedTuple):
    """A limit that is used up, with the start and the end of its period in epoch seconds."""

    plan: str
    period: str
    start: int
    end: int
    limit: int

    def moved(self, seconds: int) -> Excess:
        """Return the same limit in the words of a service whose clock is `seconds` ahead."""
        return self._replace(start=self.start + seconds, end=self.end + seconds)


class Quota:
    """Counts requests against a plan, exactly, from any number of threads.

    A request beyond a limit does not count.

    Args:
        plan: The limits.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._lock = threading.Lock()
        self._minute = (0, 0)
        self._month = (0, 0)

    def spend(self, now: float) -> Excess | None:
        """Count one request at `now` (epoch seconds), or return the limit that is used up."""
        with self._lock:
            minute, month = self._counted(now)
            excess = self._excess(minute, month, now)
            if excess is None:
                self._minute = (minute[0], minute[1] + 1)
                self._month = (month[0], month[1] + 1)
            return excess

    def excess(self, now: float) -> Excess | None:
        """Return the limit that one request more at `now` (epoch seconds) would find used up, or None."""
        with self._lock:
            return self._excess(*self._counted(now), now)

    def spent(self) -> dict[str, int]:
        """Return the requests counted in the latest minute and month that had any."""
        with self._lock:
            return {"minute": self._minute[1], "month": self._month[1]}

    def reset(self) -> None:
        """Forget the requests counted."""
        with self._lock:
            self._minute = self._month = (0, 0)

    def _counted(self, now: float) -> tuple[tuple[int, int], tuple[int, int]]:
        """Return the minute and the month around `now` by their starts, each with the requests counted in it."""
        minute, month = int(now // 60 * 60), month_around(now)[0]
        return (
            (minute, self._minute[1] if self._minute[0] == minute else 0),
            (month, self._month[1] if self._month[0] == month else 0),
        )

    def _excess(self, minute: tuple[int, int], month: tuple[int, int], now: float) -> Excess | None:
        plan = self.plan
        if plan.per_month is not None and month[1] >= plan.per_month:
            return Excess(plan.name, "month", month[0], month_around(now)[1], plan.per_month)
        if plan.per_minute is not None and minute[1] >= plan.per_minute:
            return Excess(plan.name, "minute", minute[0], minute[0] + 60, plan.per_minute)
        return None


def month_around(now: float) -> tuple[int, int]:
    """Return the start of the UTC calendar month around `now` and of the next one, all in epoch seconds."""
    start = datetime.fromtimestamp(now, UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return int(start.timestamp()), int((start + relativedelta(months=1)).timestamp())
