"""A target to read from: a live service, paced and with an end to what is spent, or else the simulated API."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, NamedTuple

import httpx

from enphase_enlighten import ConfigurationError, Enlighten, Quota
from enphase_enlighten.quota.plans import resolve_plan
from enphase_enlighten.v2.definition import PLANS

from . import fleet
from .profile import BASE_URL, HITS, PLAN
from .wire import Catcher

if TYPE_CHECKING:
    from enlighten_mock import SimulatedAPI

OF_THE_LIST, OF_A_SYSTEM = 2, 12
"""Requests for the list and an unknown system, and for each system that is looked at."""

FOR_REFUSALS = 2
"""Requests that are kept for those which are refused and sent anew, because others spend of the same quota."""


def systems_within(hits: int) -> int:
    """Return how many systems can be looked at."""
    return max(0, (hits - OF_THE_LIST - FOR_REFUSALS) // OF_A_SYSTEM)


def announcement(hits: int, plan: str) -> str:
    """Say what a run will spend on a live target.

    Raises:
        ConfigurationError: There is no such plan, or nothing to be had for so few requests.
    """
    systems = systems_within(hits)
    if not systems:
        least = OF_THE_LIST + FOR_REFUSALS + OF_A_SYSTEM
        raise ConfigurationError(f"HITS={hits} is too few: one system takes {least}.")
    planned = OF_THE_LIST + systems * OF_A_SYSTEM
    per_minute = resolve_plan(plan, PLANS).per_minute or 0
    pace = f"{per_minute} a minute, so about {_several(-(-hits // per_minute), 'minute')}" if per_minute else "unpaced"
    spent = f"{planned} on {_several(systems, 'system')}, the others only where the service refuses some"
    return f"This run only reads. It will spend at most {hits} requests, {pace}: {spent}."


def _several(number: int, name: str) -> str:
    return f"{number} {name}" if number == 1 else f"{number} {name}s"


_CAREFUL: dict[str, Any] = {"strict": True, "max_retries": 0, "max_wait": 3600}
"""How the client of a target is set."""


class SpentError(httpx.TransportError):
    """The requests that a run may spend are spent."""


class Capped(httpx.BaseTransport):
    """Lets so many requests through and no more.

    Args:
        inner: What sends them.
        hits: How many.

    Attributes:
        exceeded: Whether one was not let through.
    """

    def __init__(self, inner: httpx.BaseTransport, hits: int) -> None:
        self._inner = inner
        self._left = hits
        self.exceeded = False

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request, if there is one left."""
        if self._left < 1:
            self.exceeded = True
            raise SpentError("the requests of this run are spent; set HITS= for more")
        self._left -= 1
        return self._inner.handle_request(request)

    def close(self) -> None:
        """Close what sends them."""
        self._inner.close()


class Target(NamedTuple):
    """What is read from.

    Attributes:
        client: Paced, strict, and without retries.
        wire: What goes over the wire.
        budget: What ends it.
        name: For the report.
    """

    client: Enlighten
    wire: Catcher
    budget: Capped
    name: str


def target() -> Target:
    """Return the live target that there is, or else a simulated one."""
    if not BASE_URL:
        return simulated_target(fleet.simulated(plan="watt"), HITS)
    budget = Capped(httpx.HTTPTransport(), HITS)
    wire = Catcher(budget)
    client = Enlighten(base_url=BASE_URL, plan=PLAN, transport=wire, **_CAREFUL)
    return Target(client, wire, budget, BASE_URL)


def simulated_target(api: SimulatedAPI, hits: int) -> Target:
    """Return a simulated API as a target that is read as a live one is."""
    budget = Capped(api.transport(), hits)
    wire = Catcher(budget)
    where: dict[str, Any] = {
        "api_key": api.api_key,
        "user_id": api.user_id,
        "clock": api.clock,
        "base_url": api.base_url,
    }
    client = Enlighten(transport=wire, quota=Quota("watt"), **where, **_CAREFUL)
    return Target(client, wire, budget, "the simulated API")


def announce() -> int:
    """Say what a run will spend, or why it cannot begin; gives the exit status."""
    try:
        said = announcement(HITS, PLAN)
        target().client.close()
    except ConfigurationError as error:
        print(f"error: {error}")  # noqa: T201 - for `make conformance`
        return 2
    print(said)  # noqa: T201 - for `make conformance`, before anything is sent
    return 0


if __name__ == "__main__":
    sys.exit(announce())
