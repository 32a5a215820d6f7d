"""A second service beside the first, on the same world."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import httpx
import pytest

from enlighten_mock import Fault, Plan, SimulatedAPI, create_app
from enlighten_mock.service.exchange import Received, Request, ServiceError
from enlighten_mock.service.quota import Excess, Quota
from enlighten_mock.service.specification import Specification
from enlighten_mock.world.interval_series import micro
from enlighten_mock.world.reports import report

if TYPE_CHECKING:
    from enlighten_mock import SettableClock
    from enlighten_mock.service.protocol import Service
    from enlighten_mock.world.fleet import Fleet

PATHS = {"/houses/{system_id}/day": {"get": {"operationId": "Day", "responses": {"200": {}}}}}


# ruff: noqa: ARG002  # the protocol has the arguments
class Houses:
    """Lists the intervals of the last day, to everybody."""

    name = "houses"
    prefix = "/api/houses"
    enumerations = ("kind",)

    def __init__(self, fleet: Fleet) -> None:
        self.fleet = fleet
        self.quota = Quota(Plan("Houses", 2, None))
        self.specification = Specification({"paths": PATHS})

    def accept(self, received: Received, now: float) -> Request:
        found = self.specification.find(received.path.removeprefix(self.prefix))
        if received.method != "GET" or found is None:
            raise ServiceError(404, {"error": "no such house"})
        operation, names = found
        return Request(operation, names, parse_qsl(received.query), int(names["system_id"]))

    def spend(self, request: Request, now: float) -> Excess | None:
        return self.quota.spend(now)

    def perform(self, request: Request, now: float) -> Any:
        system = self.fleet.system(request.system_id or 0)
        if system is None:
            raise ServiceError(404, {"error": "no such house"})
        known = report(system, now)
        until = known.last_interval_at or 0
        rows = micro(system, int(now) - 86_400, until, reported_at=known.last_report_at or 0)
        return {"kind": "house", "wh": [row.energy for row in rows]}

    def over_quota(self, request: Request, excess: Excess, now: float) -> ServiceError:
        return ServiceError(429, {"error": f"{excess.limit} a {excess.period}"}, (("Retry-After", "60"),))

    def conflict(self, request: Request, period: str, now: float) -> ServiceError:
        return ServiceError(429, {"error": f"a {period} at {now:.0f}"})

    def failure(self, request: Request, kind: str, shape: str, now: float) -> ServiceError | None:
        return ServiceError(503, f"<p>{shape}</p>") if kind == "unavailable" else None

    def repeated(self, request: Request, body: Any, now: float) -> Any:
        return {**body, "again": request.operation.path}


class Both(SimulatedAPI):
    """A simulated API with a second service."""

    def __init__(self, **arguments: Any) -> None:
        super().__init__(**arguments)
        self.houses = Houses(self.fleet)

    @property
    def services(self) -> tuple[Service, ...]:
        return (*super().services, self.houses)


@pytest.fixture
def both(clock: SettableClock) -> Both:
    return Both(systems=20, seed=1, clock=clock)


def get(api: SimulatedAPI, path: str, **parameters: str) -> httpx.Response:
    with httpx.Client(transport=api.transport(), base_url="https://simulated.invalid") as client:
        return client.get(path, params=parameters)


def test_each_service_responds_below_its_own_prefix(both: Both) -> None:
    credentials = {"key": both.api_key, "user_id": both.user_id}
    assert get(both, "/api/v2/systems/66/stats", **credentials).json()["system_id"] == 66
    assert get(both, "/api/houses/houses/66/day").json()["kind"] == "house"
    assert get(both, "/api/houses/houses/66/stats").json() == {"error": "no such house"}
    assert get(both, "/api/nothing").json()["reason"] == "404"


def test_both_services_have_the_energy_of_the_same_world(both: Both) -> None:
    day = {"start_at": str(int(both.clock.now()) - 86_400), "end_at": str(int(both.clock.now()))}
    stats = get(both, "/api/v2/systems/67/stats", key=both.api_key, user_id=both.user_id, **day)
    energies = get(both, "/api/houses/houses/67/day").json()["wh"]
    assert sum(energies) > 5_000
    assert energies == [row["enwh"] for row in stats.json()["intervals"]]


def test_each_service_has_a_quota_of_its_own(both: Both) -> None:
    responses = [get(both, "/api/houses/houses/66/day") for _ in range(3)]
    assert [response.status_code for response in responses] == [200, 200, 429]
    assert responses[2].json() == {"error": "2 a minute"}
    assert responses[2].headers["Retry-After"] == "60"
    assert both.service.quota.spent() == {"minute": 0, "month": 0}


@pytest.mark.parametrize(
    ("fault", "status", "body"),
    [
        (Fault(kind="unavailable", shape="html"), 503, "<p>html</p>"),
        (Fault(kind="conflict", period="month"), 429, '{"error":"a month at 1718222400"}'),
        (Fault(kind="unknown_enum", value="barn"), 404, '{"error":"no such house"}'),
        (Fault(kind="malformed"), 404, '{"error":"no such house",'),
    ],
)
def test_a_fault_has_the_error_of_the_service_that_it_hits(both: Both, fault: Fault, status: int, body: str) -> None:
    both.faults.add(fault)
    response = get(both, "/api/houses/houses/7/day")
    assert (response.status_code, response.text) == (status, body)


def test_a_fault_changes_the_body_of_the_service_that_it_hits(both: Both) -> None:
    both.faults.add(Fault(kind="unknown_enum", value="barn"), Fault(kind="repeat_cursor"))
    body = get(both, "/api/houses/houses/66/day").json()
    assert (body["kind"], body["again"]) == ("barn", "/houses/{system_id}/day")


async def test_the_application_serves_both(both: Both) -> None:
    transport = httpx.ASGITransport(create_app(both))
    async with httpx.AsyncClient(transport=transport, base_url="http://simulated.invalid") as client:
        assert (await client.get("/api/houses/houses/66/day")).status_code == 200
        assert (await client.get("/api/v2/systems")).status_code == 401
        assert (await client.get("/api/other/systems")).status_code == 404
