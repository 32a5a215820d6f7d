"""A simulated API, ready to be used in process or to be served."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enlighten_mock.clock import Clock, SystemClock
from enlighten_mock.fleet import Fleet, Kind
from enlighten_mock.quota import PLANS, Plan, parse_plan
from enlighten_mock.service import API_KEY, PREFIX, USER_ID, Credentials, Reply, Service
from enlighten_mock.specification import load

if TYPE_CHECKING:
    from pathlib import Path

    import httpx
    from starlette.applications import Starlette


class SimulatedAPI:
    """A simulated Enlighten API.

    Args:
        systems: Number of systems.
        seed: What the fleet is drawn from; the same seed gives the same systems and the same energy, anywhere.
        fleet: `default`, with every condition, or `plain`, ordinary systems only.
        plan: The plan's limits: a `Plan`, its name, or `MINUTE/MONTH`.
        clock: The service's time; by default the machine's.
        api_key: The key that requests must bring.
        user_id: The user id that requests must bring.
        specification: A JSON file with another specification than the effective one.

    Raises:
        ValueError: There can be no such fleet, or there is no such plan.
        FileNotFoundError: There is no specification.
    """

    def __init__(
        self,
        systems: int = 20,
        *,
        seed: int = 0,
        fleet: Kind = "default",
        plan: Plan | str = PLANS["none"],
        clock: Clock | None = None,
        api_key: str = API_KEY,
        user_id: str = USER_ID,
        specification: Path | None = None,
    ) -> None:
        self.clock = clock or SystemClock()
        self.fleet = Fleet(systems, seed=seed, kind=fleet)
        self.service = Service(
            self.fleet,
            load(specification),
            credentials=Credentials(api_key, user_id),
            plan=parse_plan(plan) if isinstance(plan, str) else plan,
        )
        self.base_url = f"http://simulated.invalid{PREFIX}"
        self.api_key = api_key
        self.user_id = user_id

    def answer(self, method: str, path: str, query: str) -> Reply:
        """Answer a request at the present time of the clock; see `Service.handle`."""
        return self.service.handle(method, path, query, self.clock.now())

    def app(self) -> Starlette:
        """Return the ASGI application that serves this API."""
        from enlighten_mock.app import build

        return build(self)

    def transport(self) -> httpx.BaseTransport:
        """Return an httpx transport for synchronous clients that asks this API in process."""
        from enlighten_mock.transports import Transport

        return Transport(self)

    def async_transport(self) -> httpx.AsyncBaseTransport:
        """Return an httpx transport for asynchronous clients that asks this API in process."""
        from enlighten_mock.transports import AsyncTransport

        return AsyncTransport(self)
