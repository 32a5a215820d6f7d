"""A simulated API, ready to be used in process or to be served."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from enlighten_mock import scenario as scenarios
from enlighten_mock.clock import Clock, RunningClock
from enlighten_mock.faults import Faults
from enlighten_mock.fleet import Fleet, Kind
from enlighten_mock.quota import Plan, parse_plan
from enlighten_mock.scenario import Scenario
from enlighten_mock.service import API_KEY, PREFIX, USER_ID, Credentials, Reply, Service
from enlighten_mock.specification import load
from enlighten_mock.transports import AsyncTransport, Transport

if TYPE_CHECKING:
    from pathlib import Path

_DEFAULTS = {"systems": 20, "seed": 0, "fleet": "default", "plan": "none"}


class SimulatedAPI:
    """A simulated Enlighten API.

    Args:
        systems: Number of systems; 20 by default.
        seed: What the fleet is drawn from; the same seed gives the same systems and the same energy,
            anywhere.
        fleet: `default`, with every condition, or `plain`, ordinary systems only.
        plan: The plan's limits: a `Plan`, its name, or `MINUTE/MONTH`; none by default. A plain fleet has no monthly
            limit, because the published specification knows no 409 for a month.
        scenario: What happens: a `Scenario`, a TOML file, or the name of a scenario that comes along. It also
            gives the arguments above that are left out.
        clock: The service's time; by default one that starts at the scenario's or else at the present.
        api_key: The key that requests must bring.
        user_id: The user id that requests must bring.
        specification: A JSON file with another specification than the effective one.

    Attributes:
        clock: The service's time; move it to simulate that time passes.
        scenario: What happens.
        fleet: The systems.
        faults: What goes wrong, and can be changed at any time.
        service: What answers the requests.
        base_url: Where clients with one of the transports find the API.

    Raises:
        ValueError: There can be no such fleet, plan or scenario, or not at that time.
        FileNotFoundError: There is no specification.
    """

    def __init__(
        self,
        systems: int | None = None,
        *,
        seed: int | None = None,
        fleet: Kind | None = None,
        plan: Plan | str | None = None,
        scenario: Scenario | Path | str | None = None,
        clock: Clock | None = None,
        api_key: str = API_KEY,
        user_id: str = USER_ID,
        specification: Path | None = None,
    ) -> None:
        played = scenario if isinstance(scenario, Scenario) else scenarios.load(scenario) if scenario else Scenario()
        given = {"systems": systems, "seed": seed, "fleet": fleet, "plan": plan}
        chosen = {**_DEFAULTS, **played.settings, **{name: value for name, value in given.items() if value is not None}}
        self.scenario = played
        self.clock: Clock = clock or RunningClock(played.now)
        self.fleet = Fleet(
            cast("int", chosen["systems"]),
            seed=cast("int", chosen["seed"]),
            kind=cast("Kind", chosen["fleet"]),
            outages=played.outages,
        )
        self.fleet.check_time(self.clock.now())
        self.faults = Faults(seed=self.fleet.seed)
        self.faults.replace(played.faults)
        self.service = Service(
            self.fleet,
            load(specification),
            credentials=Credentials(api_key, user_id),
            plan=_plan(chosen["plan"], self.fleet.kind),
            faults=self.faults,
        )
        self.base_url = f"https://simulated.invalid{PREFIX}"

    @property
    def api_key(self) -> str:
        """The key that requests must bring; `service.credentials` changes it."""
        return self.service.credentials.api_key

    @property
    def user_id(self) -> str:
        """The user id that requests must bring; `service.credentials` changes it."""
        return self.service.credentials.user_id

    def answer(self, method: str, path: str, query: str) -> Reply:
        """Answer a request at the present time of the clock; see `Service.handle`.

        Raises:
            ValueError: The fleet cannot be at that time.
        """
        now = self.clock.now()
        self.fleet.check_time(now)
        return self.service.handle(method, path, query, now)

    def transport(self) -> Transport:
        """Return an httpx transport for synchronous clients that asks this API in process."""
        return Transport(self)

    def async_transport(self) -> AsyncTransport:
        """Return an httpx transport for asynchronous clients that asks this API in process."""
        return AsyncTransport(self)

    def reset(self) -> None:
        """Forget the requests counted against the plan, and go back to the faults of the scenario."""
        self.service.quota.reset()
        self.faults.replace(self.scenario.faults)


def _plan(given: object, kind: Kind) -> Plan:
    plan = given if isinstance(given, Plan) else parse_plan(str(given))
    return plan._replace(per_month=None) if kind == "plain" else plan
