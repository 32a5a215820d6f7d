"""A simulated API, ready to be used in process or to be served: one world, its services, and their faults."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar, cast

from enlighten_mock.accounts import plans as v4_plans
from enlighten_mock.accounts.access import Access, access
from enlighten_mock.accounts.applications import APPLICATIONS, OWNERS, Application, Owner
from enlighten_mock.accounts.registry import Registry
from enlighten_mock.accounts.rules import TokenRules
from enlighten_mock.clock import Clock, RunningClock
from enlighten_mock.faults import Faults
from enlighten_mock.faults.injection import respond
from enlighten_mock.oauth.service import OAuth
from enlighten_mock.scenarios import scenario as scenarios
from enlighten_mock.scenarios.scenario import Scenario
from enlighten_mock.service.exchange import Received
from enlighten_mock.service.quota import Plan
from enlighten_mock.transports import AsyncTransport, Transport
from enlighten_mock.v2.enlighten import API_KEY, USER_ID, Credentials, EnlightenV2, load_specification
from enlighten_mock.v2.error_bodies import UNKNOWN_SYSTEMS
from enlighten_mock.v2.plans import parse_plan
from enlighten_mock.v4.behaviour import Behaviour
from enlighten_mock.v4.monitoring import MonitoringV4
from enlighten_mock.v4.monitoring import load_specification as load_v4_specification
from enlighten_mock.world.fleet import Fleet

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from enlighten_mock.service.exchange import Response
    from enlighten_mock.service.protocol import Service
    from enlighten_mock.world.traits import Kind

T = TypeVar("T")

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
        specification: A JSON file with another specification of API v2 than the effective one.
        applications: The applications of API v4; by default one of a developer and one of a partner, both with the
            plan above and the developer's with `api_key`.
        owners: The logins that give them access to systems; by default one of an owner and one of an installer, who
            both see all systems.
        behaviour: Which of several ways API v4 has, where that is not known: `v4.behaviour.Behaviour`, or some of its
            attributes by name, beside those of the scenario.
        token_rules: How long tokens last and what becomes of them: `accounts.rules.TokenRules`, or some of its
            attributes by name, beside those of the scenario.

    Attributes:
        clock: The service's time; move it to simulate that time passes.
        scenario: What happens.
        fleet: The systems.
        faults: What goes wrong, and can be changed at any time.
        service: The service of API v2.
        monitoring: The service of API v4.
        oauth: The service of OAuth.
        registry: The applications and owners of API v4, with their tokens.
        origin: Where the services are, for clients with one of the transports or of the server.

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
        applications: Sequence[Application] | None = None,
        owners: Sequence[Owner] | None = None,
        behaviour: Behaviour | Mapping[str, Any] | None = None,
        token_rules: TokenRules | Mapping[str, Any] | None = None,
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
        self.registry = Registry(
            applications or played.applications or _applications(api_key, chosen["plan"]),
            owners or played.owners or OWNERS,
            rules=_made(TokenRules, token_rules, played.token_rules),
        )
        self.monitoring = MonitoringV4(
            self.fleet, load_v4_specification(), self.registry, behaviour=_made(Behaviour, behaviour, played.behaviour)
        )
        self.oauth = OAuth(self.fleet, self.registry)
        self.origin = "https://simulated.invalid"

    @property
    def services(self) -> tuple[Service, ...]:
        """The services of this world, each below a prefix of its own."""
        return (self.service, self.monitoring, self.oauth)

    @property
    def base_url(self) -> str:
        """Where clients with one of the transports, or of the server, find API v2."""
        return f"{self.origin}{self.service.prefix}"

    @property
    def api_key(self) -> str:
        """The key that requests must bring; `service.credentials` changes it."""
        return self.service.credentials.api_key

    @property
    def user_id(self) -> str:
        """The user id that requests must bring; `service.credentials` changes it."""
        return self.service.credentials.user_id

    @property
    def v4(self) -> Access:
        """What a client of API v4 needs to know: the addresses, the first application, and its owner."""
        return self.access_of(self.registry.applications[0])

    @property
    def partner(self) -> Access:
        """What a partner's application needs to know of API v4, with the login of an installer.

        Raises:
            LookupError: No application is a partner's.
        """
        for application in self.registry.applications:
            if application.partner:
                return self.access_of(application)
        raise LookupError("there is no application of a partner")

    def access_of(self, application: Application) -> Access:
        """Return what an application needs to know of API v4."""
        return access(self.origin, application, self.registry.first_owner(application))

    def answer(
        self, method: str, path: str, query: str, headers: Mapping[str, str] | None = None, body: bytes = b""
    ) -> Response:
        """Return the response to a request at the present time of the clock.

        Args:
            method: The HTTP method.
            path: The path as sent, still percent-encoded. A path of no service gets the 404 of API v2.
            query: What follows the question mark, still percent-encoded.
            headers: By name in lower case.
            body: The body.

        Raises:
            ValueError: The fleet cannot exist at that time.
        """
        now = self.clock.now()
        self.fleet.check_time(now)
        service = next((one for one in self.services if path.startswith(f"{one.prefix}/")), self.service)
        return respond(service, self.faults, Received(method, path, query, headers or {}, body), now)

    def check_exposed(self) -> None:
        """Reject credentials that may be real ones, where they would travel in clear between machines.

        Raises:
            ValueError: One of them does not begin as simulated credentials do.
        """
        self.service.credentials.check_exposed()
        self.registry.check_exposed()

    def transport(self) -> Transport:
        """Return an httpx transport for synchronous clients that sends requests to this API in process."""
        return Transport(self)

    def async_transport(self) -> AsyncTransport:
        """Return an httpx transport for asynchronous clients that sends requests to this API in process."""
        return AsyncTransport(self)

    def reset(self) -> None:
        """Forget requests counted, tokens and settings, and go back to the faults of the scenario."""
        self.service.quota.reset()
        self.registry.reset()
        self.monitoring.reset()
        self.faults.replace(self.scenario.faults)


def _unknown_systems(status: int | None) -> int | None:
    if status not in (None, *UNKNOWN_SYSTEMS):
        raise ValueError(f"unknown_systems is {' or '.join(map(str, UNKNOWN_SYSTEMS))}, not {status!r}")
    return status


def _plan(given: object, kind: Kind) -> Plan:
    plan = given if isinstance(given, Plan) else parse_plan(str(given))
    return plan._replace(per_month=None) if kind == "plain" else plan


def _applications(api_key: str, plan: object) -> tuple[Application, ...]:
    """Return the applications that there are unless others are given, with the plan of API v2 in the terms of v4."""
    theirs = plan if isinstance(plan, Plan) else v4_plans.parse_plan(str(plan))
    first, *others = (replace(application, plan=theirs) for application in APPLICATIONS)
    return (replace(first, api_key=api_key), *others)


def _made(kind: type[T], given: T | Mapping[str, Any] | None, played: Mapping[str, Any]) -> T:
    return given if isinstance(given, kind) else kind(**{**played, **cast("Mapping[str, Any]", given or {})})
