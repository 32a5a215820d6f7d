"""A target to read from: a live service, paced and within a budget of requests, or else the simulated API."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Any, NamedTuple

import httpx

from enphase_enlighten import ConfigurationError, Enlighten, Quota

from ..settings import BASE_URL, HITS, PLAN
from ..v2 import fleet
from .exchanges import RecordingTransport

if TYPE_CHECKING:
    from collections.abc import Callable

    from enlighten_mock import SimulatedAPI

FOR_LISTING, FOR_A_SYSTEM = 2, 12
"""Requests for the list and an unknown system, and for each system that is read."""

RESERVE = 2
"""Requests that are kept for those which the service rejects because others use the same quota."""


def systems_within(hits: int) -> int:
    """Return how many systems can be read with so many requests."""
    return max(0, (hits - FOR_LISTING - RESERVE) // FOR_A_SYSTEM)


def announcement(hits: int, per_minute: int | None) -> str:
    """Return the announcement of the requests that a run will spend on a live target.

    Args:
        hits: The requests that it may spend.
        per_minute: The requests in a minute that the plan allows; None for no limit.

    Raises:
        ConfigurationError: So few requests are not enough for anything.
    """
    systems = systems_within(hits)
    if not systems:
        least = FOR_LISTING + RESERVE + FOR_A_SYSTEM
        raise ConfigurationError(f"HITS={hits} is too few: one system takes {least}.")
    planned = FOR_LISTING + systems * FOR_A_SYSTEM
    pace = f"{per_minute} a minute, so about {_counted(-(-hits // per_minute), 'minute')}" if per_minute else "unpaced"
    spent = f"{planned} on {_counted(systems, 'system')}, the others only where the service rejects some"
    return f"This run only reads. It will spend at most {hits} requests, {pace}: {spent}."


def _counted(number: int, name: str) -> str:
    return f"{number} {name}" if number == 1 else f"{number} {name}s"


_CLIENT_OPTIONS: dict[str, Any] = {"strict": True, "max_retries": 0, "max_wait": 3600}


class BudgetSpentError(httpx.TransportError):
    """The requests that a run may spend are spent."""


class BudgetTransport(httpx.BaseTransport):
    """Sends a limited number of requests.

    Args:
        inner: The transport that sends them.
        hits: How many.

    Attributes:
        exceeded: Whether a request was not sent.
    """

    def __init__(self, inner: httpx.BaseTransport, hits: int) -> None:
        self._inner = inner
        self._left = hits
        self.exceeded = False

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request, if there is one left."""
        if self._left < 1:
            self.exceeded = True
            raise BudgetSpentError("the requests of this run are spent; set HITS= for more")
        self._left -= 1
        return self._inner.handle_request(request)

    def close(self) -> None:
        """Close the transport that sends requests."""
        self._inner.close()


class Target(NamedTuple):
    """A service to read from.

    Attributes:
        client: A client that is paced and strict, and does not retry.
        recording: Its exchanges.
        budget: The limit of its requests.
        now: Returns the present, in epoch seconds.
        name: For the report.
    """

    client: Enlighten
    recording: RecordingTransport
    budget: BudgetTransport
    now: Callable[[], float]
    name: str


def target() -> Target:
    """Return the live target that the settings name, or else a simulated one."""
    if not BASE_URL:
        return simulated_target(fleet.simulated(plan="watt"), HITS)
    budget = BudgetTransport(httpx.HTTPTransport(), HITS)
    recording = RecordingTransport(budget)
    client = Enlighten(base_url=BASE_URL, plan=PLAN, transport=recording, **_CLIENT_OPTIONS)
    return Target(client, recording, budget, time.time, BASE_URL)


def simulated_target(api: SimulatedAPI, hits: int) -> Target:
    """Return a simulated API as a target that is read as a live one is."""
    budget = BudgetTransport(api.transport(), hits)
    recording = RecordingTransport(budget)
    client = Enlighten(
        api.api_key,
        api.user_id,
        base_url=api.base_url,
        quota=Quota("watt"),
        clock=api.clock,
        transport=recording,
        **_CLIENT_OPTIONS,
    )
    return Target(client, recording, budget, api.clock.now, "the simulated API")


def announce() -> int:
    """Print what a run will spend, or why it cannot begin; return the exit status."""
    try:
        with target().client as client:
            text = announcement(HITS, client.usage.per_minute)
    except ConfigurationError as error:
        print(f"error: {error}")  # noqa: T201 - for `make conformance`
        return 2
    print(text)  # noqa: T201 - for `make conformance`, before anything is sent
    return 0


if __name__ == "__main__":
    sys.exit(announce())
