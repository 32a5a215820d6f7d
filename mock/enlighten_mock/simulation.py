"""A simulated API, ready to be used in process or to be served: one world, its services, and their faults."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from enlighten_mock.clock import Clock, RunningClock
from enlighten_mock.faults import Faults
from enlighten_mock.faults.injection import respond
from enlighten_mock.scenarios import scenario as scenarios
from enlighten_mock.scenarios.scenario import Scenario
from enlighten_mock.service.quota import Plan
from enlighten_mock.transports import AsyncTransport, Transport
from enlighten_mock.v2.enlighten import API_KEY, USER_ID, Credentials, EnlightenV2, load_specification
from enlighten_mock.v2.error_bodies import UNKNOWN_SYSTEMS
from enlighten_mock.v2.plans import parse_plan
from enlighten_mock.world.fleet import Fleet

if TYPE_CHECKING:
    from pathlib import Path

    from enlighten_mock.service.exchange import Response
    from enlighten_mock.service.protocol import Service
    from enlighten_mock.world.traits import Kind

_DEFAULTS = {"systems": 20, "seed": 0, "fleet": "default", "plan": "none"}


class SimulatedAPI:
    """A simulated Enlighten API.

    Args:
        systems: Number of systems; 20 by default.
        seed: What the fleet is drawn from; the same seed gives the same systems and the same energy,
            anywhere.
        fleet: `default`, with every condition, `plain`, ordinary systems only, or `mixed`, homes with every kind of
            device.
        plan: The plan's limits: a `Plan`, its name, or `MINUTE/MONTH`; none by default. A plain fleet has no monthly
            limit, because the published specification has no 409 for a month.
        scenario: What happens: a `Scenario`, a TOML file, or the name of a scenario that comes along. It also
            gives the arguments above that are left out.
        clock: The service's time; by default one that starts at the scenario's or else at the present.
        api_key: The key that requests must bring.
        user_id: The user id that requests must bring.
        unknown_systems: What a request about a system gets that does not exist: 404, or the 422 of newer recordings,
            `Couldn't find Site with 'id'=0`. By default 404, and 401 from a plain fleet.
        specification: A JSON file with another specification than the effective one.

    Attributes:
        clock: The service's time; move it to simulate that time passes.
        scenario: What happens.
        fleet: The systems.
        faults: What goes wrong, and can be changed at any time.
        service: The service of API v2.
        base_url: Where clients with one of the transports find API v2.

    Raises:
        ValueError: The fleet, the plan or the scenario is invalid, or the fleet cannot exist at that time.
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
        unknown_systems: int | None = None,
        specification: Path | None = None,
    ) -> None:
        played = scenario if isinstance(scenario, Scenario) else scenarios.load(scenario) if scenario else Scenario()
        given = {"systems": systems, "seed": seed, "fleet": fleet, "plan": plan, "unknown_systems": unknown_systems}
        chosen = {**_DEFAULTS, **played.settings, **{name: value for name, value in given.items() if value is not None}}
        self.scenario = played
        self.clock: Clock = clock or RunningClock(played.now)
        self.fleet = Fleet(
            cast("int", chosen["systems"]),
            seed=cast("int", chosen["seed"]),
            kind=cast("Kind", chosen["fleet"]),
            outages=played.outages,
            switches=played.switches,
        )
        self.fleet.check_time(self.clock.now())
        self.faults = Faults(seed=self.fleet.seed)
        self.faults.replace(played.faults)
        self.service = EnlightenV2(
            self.fleet,
            load_specification(specification),
            credentials=Credentials(api_key, user_id),
            plan=_plan(chosen["plan"], self.fleet.kind),
            unknown_systems=_unknown_systems(cast("int | None", chosen.get("unknown_systems"))),
        )
        self.base_url = f"https://simulated.invalid{self.service.prefix}"

    @property
    def services(self) -> tuple[Service, ...]:
        """The services of this world, each below a prefix of its own."""
        return (self.service,)

    @property
    def api_key(self) -> str:
        """The key that requests must bring; `service.credentials` changes it."""
        return self.service.credentials.api_key

    @property
    def user_id(self) -> str:
        """The user id that requests must bring; `service.credentials` changes it."""
        return self.service.credentials.user_id

    def answer(self, method: str, path: str, query: str) -> Response:
        """Return the response to a request at the present time of the clock.

        Args:
            method: The HTTP method.
            path: The path as sent, still percent-encoded. A path of no service gets the 404 of API v2.
            query: What follows the question mark, still percent-encoded.

        Raises:
            ValueError: The fleet cannot exist at that time.
        """
        now = self.clock.now()
        self.fleet.check_time(now)
        service = next((one for one in self.services if path.startswith(f"{one.prefix}/")), self.service)
        return respond(service, self.faults, method=method, path=path, query=query, now=now)

    def transport(self) -> Transport:
        """Return an httpx transport for synchronous clients that sends requests to this API in process."""
        return Transport(self)

    def async_transport(self) -> AsyncTransport:
        """Return an httpx transport for asynchronous clients that sends requests to this API in process."""
        return AsyncTransport(self)

    def reset(self) -> None:
        """Forget the requests counted against the plan, and go back to the faults of the scenario."""
        self.service.quota.reset()
        self.faults.replace(self.scenario.faults)


def _unknown_systems(status: int | None) -> int | None:
    if status not in (None, *UNKNOWN_SYSTEMS):
        raise ValueError(f"unknown_systems is {' or '.join(map(str, UNKNOWN_SYSTEMS))}, not {status!r}")
    return status


def _plan(given: object, kind: Kind) -> Plan:
    plan = given if isinstance(given, Plan) else parse_plan(str(given))
    return plan._replace(per_month=None) if kind == "plain" else plan
