"""The simulated Enlighten Systems API v2: a request in, the body of its response or an error out."""

from __future__ import annotations

from hmac import compare_digest
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qsl

from enlighten_mock.service.exchange import Json, Received, Request, ServiceError
from enlighten_mock.service.quota import Excess, Plan, Quota
from enlighten_mock.service.specification import Specification, effective_path, load
from enlighten_mock.v2.call import Call
from enlighten_mock.v2.error_bodies import method_not_allowed, not_found, over_limit, unauthorized
from enlighten_mock.v2.failures import FAILURES, used_up
from enlighten_mock.v2.operations import ENUMERATIONS, OPERATIONS
from enlighten_mock.v2.operations.listing import this_page
from enlighten_mock.v2.parameters import read_parameters
from enlighten_mock.v2.plans import PLANS
from enlighten_mock.v2.times import localise

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from enlighten_mock.world.fleet import Fleet

PREFIX = "/api/v2"
"""The path below which everything of the real service is served."""

API_KEY = "simulated-api-key"
USER_ID = "73696d756c61746564"

_SIMULATED = ("simulated", "73696d756c61746564")
"""How credentials begin that are no real ones; clients send others over http to loopback alone."""

_GENERATED = "enlighten_v2"
_LONG_ID = 19


class Credentials(NamedTuple):
    """The credentials that a request must have."""

    api_key: str = API_KEY
    user_id: str = USER_ID

    def check_exposed(self) -> None:
        """Reject credentials that may be real ones, where they would travel in clear between machines.

        Raises:
            ValueError: One of the two does not begin as simulated credentials do.
        """
        for name, value in zip(("API key", "user id"), self, strict=True):
            if not value.startswith(_SIMULATED):
                raise ValueError(
                    f"the {name} may be a real one, and beyond loopback it would travel in clear: leave it out, or "
                    f"choose one that begins with {' or '.join(_SIMULATED)}"
                )


def load_specification(path: Path | None = None) -> Specification:
    """Return the specification in the JSON file at `path`, by default the effective one.

    Raises:
        FileNotFoundError: There is no such file.
    """
    return load(path or effective_path(_GENERATED), credentials=("user_id",))


class EnlightenV2:
    """The service; see `service.protocol.Service`.

    Args:
        fleet: The systems.
        specification: What parameters are checked against.
        credentials: Those that requests must have.
        plan: The limits of the application.
        unknown_systems: The status for a system that the fleet does not have; see `Call`.
    """

    name = "v2"
    prefix = PREFIX
    enumerations = ENUMERATIONS

    def __init__(
        self,
        fleet: Fleet,
        specification: Specification,
        *,
        credentials: Credentials | None = None,
        plan: Plan = PLANS["none"],
        unknown_systems: int | None = None,
    ) -> None:
        self.fleet = fleet
        self.specification = specification
        self.credentials = credentials or Credentials()
        self.quota = Quota(plan)
        self._unknown_systems = unknown_systems

    def accept(self, received: Received, now: float) -> Request:  # noqa: ARG002  # these credentials never end
        """Check path, method and credentials, in this order.

        Raises:
            ServiceError: 404, 405 or 401.
        """
        path = received.path
        found = self.specification.find(path.removeprefix(PREFIX)) if path.startswith(PREFIX + "/") else None
        if found is None:
            raise not_found()
        if received.method != "GET":
            raise method_not_allowed()
        operation, names = found
        parameters = parse_qsl(received.query, keep_blank_values=True)
        sent = dict(parameters)
        if not self._authorized(sent):
            raise unauthorized()
        return Request(operation, names, parameters, _system_id(names, sent), received)

    def spend(self, request: Request, now: float) -> Excess | None:  # noqa: ARG002  # there is one application
        """Count the request, or return the limit that is used up."""
        return self.quota.spend(now)

    def perform(self, request: Request, now: float) -> Json:
        """Return the body of the response; its times are in the format that the request asks for.

        Raises:
            ServiceError: A parameter or the system is invalid.
        """
        call = Call(self.fleet, now, read_parameters(request), self._unknown_systems)
        operation = OPERATIONS[request.operation.operation_id]
        if request.sent.get("datetime_format") != "iso8601":
            return operation(call)
        site = call.values.get("system_id", call.values.get("site_id"))
        system = self.fleet.system(site) if isinstance(site, int) else None
        timezone = system.place.timezone if system else "UTC"
        try:
            return localise(operation(call), timezone)
        except ServiceError as error:
            raise ServiceError(error.status, localise(error.body, timezone)) from None

    def over_quota(self, request: Request, excess: Excess, now: float) -> ServiceError:  # noqa: ARG002  # as above
        """Return the error for a request beyond a limit."""
        return over_limit(excess)

    def conflict(self, request: Request, period: str, now: float) -> ServiceError:  # noqa: ARG002  # as above
        """Return the error for a request beyond the limit of a `minute` or `month`, as if that were used up."""
        return over_limit(used_up(period, self.quota.plan, now))

    def failure(
        self,
        request: Request,  # noqa: ARG002  # as above
        kind: str,
        shape: str,
        now: float,  # noqa: ARG002  # as above
    ) -> ServiceError | None:
        """Return the error that a fault of this kind brings, in one of its shapes, or None if it brings none."""
        make = FAILURES.get((kind, shape))
        return make() if make else None

    def repeated(self, request: Request, body: Json, now: float) -> Json:  # noqa: ARG002  # cursors never end
        """Return `body` with its cursor, if it has one, leading to the page that it is itself."""
        if isinstance(body, dict) and "systems" in body:
            body["next"] = this_page(read_parameters(request))
        return body

    def _authorized(self, sent: Mapping[str, str]) -> bool:
        expected = (("key", self.credentials.api_key), ("user_id", self.credentials.user_id))
        return all(compare_digest(sent.get(name, "").encode(), value.encode()) for name, value in expected)


def _system_id(names: Mapping[str, str], sent: Mapping[str, str]) -> int | None:
    text = names.get("system_id") or sent.get("site_id", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < _LONG_ID else None
