"""Plans: how many requests a service allows, and how many were sent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from attrs import field, frozen

from ..errors import ConfigurationError
from ..timing.numbers import given_number

WRITES = ("PUT", "POST", "DELETE")
"""The methods whose requests a plan may count on their own."""


@frozen
class UsagePlan:
    """How many requests a plan of the service allows.

    Attributes:
        per_minute: Requests in a minute of the clock; None for no limit that is known.
        per_month: Requests in a calendar month (UTC); None likewise.
        writes_per_month: Of these, PUT requests, POST requests and DELETE requests, each on their own; None likewise.

    Example:
        >>> UsagePlan(per_minute=5)
        UsagePlan(per_minute=5, per_month=None)
    """

    per_minute: int | None = None
    per_month: int | None = None
    writes_per_month: int | None = field(default=None, repr=False)

    @property
    def limits(self) -> dict[str, int | None]:
        """The limits by period, and those of a month by method."""
        limits = {"minute": self.per_minute, "month": self.per_month}
        return limits if self.writes_per_month is None else limits | dict.fromkeys(WRITES, self.writes_per_month)

    def __attrs_post_init__(self) -> None:
        for name in ("per_minute", "per_month", "writes_per_month"):
            limit = getattr(self, name)
            if limit is not None and given_number(limit, 1) is None:
                raise ConfigurationError(f"UsagePlan({name}={limit!r}): give a whole number of at least 1, or None.")


_LIMITS = re.compile(r"([1-9]\d{0,17})/([1-9]\d{0,17})", re.ASCII)


def plan_forms(plans: Iterable[str]) -> str:
    """Return the accepted texts for a plan, in an argument, a profile or on the command line."""
    return f"{', '.join(map(repr, plans))}, or the limits for a minute and a month such as '10/5000'"


def resolve_plan(plan: str | UsagePlan | None, plans: Mapping[str, UsagePlan], source: str = "plan") -> UsagePlan:
    """Return a plan given by name, such as ``"watt"``, or by its limits, such as ``"10/5000"`` or a `UsagePlan`.

    The message of the `ConfigurationError` for a plan that is none says in which `source` it was given.
    """
    if plan is None:
        return UsagePlan()
    if isinstance(plan, UsagePlan):
        return plan
    text = plan.lower() if isinstance(plan, str) else ""
    limits = _LIMITS.fullmatch(text)
    known = UsagePlan(int(limits[1]), int(limits[2])) if limits else plans.get(text)
    if known is None:
        given = f"plan={plan!r}" if source == "plan" else f"The {source}, {plan!r},"
        raise ConfigurationError(f"{given} is unknown. Give {plan_forms(plans)} (in Python also a UsagePlan).")
    return known


@frozen
class Usage:
    """Requests spent, as far as this quota knows.

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
