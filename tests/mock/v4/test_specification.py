"""Every response of API v4 is what the effective specification says, for every operation and every kind of system."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from jsonschema import Draft202012Validator, FormatChecker

from enlighten_mock import Fault, SimulatedAPI
from enlighten_mock.accounts.applications import Owner
from enlighten_mock.v4.monitoring import load_specification
from enlighten_mock.v4.operations import OPERATIONS
from enlighten_mock.world import batteries, loads, micros

if TYPE_CHECKING:
    from enlighten_mock.service.specification import Operation
    from enlighten_mock.world.system import System

Make = Callable[..., SimulatedAPI]
Connect = Callable[..., httpx.Client]

SPECIFICATION = load_specification()
BY_ID = {operation.operation_id: operation for operation in SPECIFICATION.operations}
DAY = 86_400


@lru_cache
def schema_of(operation: str, status: int) -> Any:
    declared = BY_ID[operation]
    document = SPECIFICATION.document
    responses = document["paths"][declared.path][declared.method.lower()]["responses"]
    assert str(status) in responses, f"{operation} does not declare {status}"
    content = SPECIFICATION.resolve(responses[str(status)])["content"]
    return closed(content["application/json"]["schema"]) if "application/json" in content else None


def closed(node: Any) -> Any:
    """Return a JSON Schema that allows no undeclared property, without references and with what is all of several."""
    if isinstance(node, list):
        return [closed(item) for item in node]
    if not isinstance(node, dict):
        return node
    node = SPECIFICATION.resolve(node)
    if "allOf" in node and all("properties" in SPECIFICATION.resolve(part) for part in node["allOf"]):
        parts = [SPECIFICATION.resolve(part) for part in node["allOf"]]
        node = {
            "type": "object",
            "properties": {name: value for part in parts for name, value in part["properties"].items()},
            "required": [name for part in parts for name in part.get("required", ())],
        }
    schema = {name: closed(value) for name, value in node.items() if name not in ("nullable", "example", "examples")}
    if "properties" in node:
        schema["properties"] = {name: closed(value) for name, value in node["properties"].items()}
        schema["additionalProperties"] = False
    return {"anyOf": [schema, {"type": "null"}]} if node.get("nullable") else schema


def check(operation: str, response: httpx.Response) -> None:
    schema = schema_of(operation, response.status_code)
    if schema is None:
        assert response.headers["Content-Type"].startswith("text/event-stream")
        return
    assert response.headers["Content-Type"] == "application/json; charset=utf-8"
    for error in Draft202012Validator(schema, format_checker=FormatChecker()).iter_errors(response.json()):
        raise AssertionError(f"{operation} {response.request.url} {error.json_path}: {error.message}")


def serial_of(operation: Operation, system: System) -> str:
    if "/micros/" in operation.path:
        return micros.serial_numbers(system)[0]
    if "/encharges/" in operation.path or "/acbs/" in operation.path:
        return next((battery.serial_number for battery in batteries.batteries(system)), "1")
    found = [one for one in loads.chargers(system) if "ev_charger" not in operation.path or one.kind != "foreign"]
    return next((charger.serial_number for charger in found), "1")


def request_of(operation: Operation, system: System, now: float) -> dict[str, Any]:
    """Return a request to an operation about a system, as arguments of `httpx.Client.request`."""
    path = operation.path.replace("{system_id}", str(system.system_id))
    queries: Mapping[str, Mapping[str, Any]] = {
        "Events": {"start_time": int(now) - 7 * DAY, "end_time": int(now)},
        "Alarms": {"start_time": int(now) - 7 * DAY, "end_time": int(now), "cleared": "true"},
        "EvChargerLifetime": {"start_date": "20260601"},
        "RetrieveSystemId": {"serial_num": system.envoys[0].serial_number},
        "InvertersSummaryByEnvoyOrSite": {"site_id": system.system_id},
        "EnergyLifetime": {"production": "all"},
        # Batteries and grid are simulated month by month, which takes seconds for all months of a system.
        "BatteryLifetime": {"start_date": "2026-05-01"},
        "EnergyImportLifetime": {"start_date": "2026-05-01"},
        "EnergyExportLifetime": {"start_date": "2026-05-01"},
        "SearchSystems": {"live_stream": "true"},
    }
    query = queries.get(operation.operation_id, {})
    if any(parameter.name == "granularity" for parameter in operation.parameters):
        query = {"granularity": "week", "start_at": int(now) - 3 * DAY}
    body: Any = None
    if operation.body:
        body = operation.body.get("example") or {"system": {"ids": [system.system_id]}, "sort_by": "-id"}
    if operation.operation_id == "UpdateStormGuard":
        body = {"storm_guard_status": "enabled"}
    if operation.operation_id == "UpdateLoadControl":
        body = {"name": "NC1", "mode": "Scheduled"}
    return {
        "method": operation.method,
        "url": path.replace("{serial_no}", serial_of(operation, system)),
        "params": query,
        "json": body,
    }


def test_all_operations_are_there() -> None:
    assert OPERATIONS.keys() == BY_ID.keys()
    assert len(OPERATIONS) == 52


@pytest.mark.parametrize("operation", BY_ID)
@pytest.mark.parametrize(
    "behaviour",
    [
        {},
        {
            "week": "cut",
            "nested": "nested",
            "empty_nested": "none",
            "unfinished_end": "now",
            "bare_power": True,
            "report_dates": "iso",
            "lifetime_source": "micro",
            "battery_power": "charge",
            "single_day": "empty",
        },
    ],
    ids=["usual", "unusual"],
)
def test_every_response_is_valid(make: Make, connect: Connect, operation: str, behaviour: Any) -> None:
    api = make(systems=14, behaviour=behaviour)  # which together have every device
    client = connect(api)
    succeeded = 0
    for system in filter(None, map(api.fleet.system, api.fleet.ids)):
        response = client.request(**request_of(BY_ID[operation], system, api.clock.now()))
        check(operation, response)
        succeeded += response.is_success
    assert succeeded


@pytest.mark.parametrize("operation", BY_ID)
@pytest.mark.parametrize("fault", ["unauthorized", "conflict"])
def test_errors_have_the_shape_that_their_operation_declares(
    make: Make, connect: Connect, operation: str, fault: Any
) -> None:
    api = make(systems=4)
    api.faults.add(Fault(kind=fault, api="v4"))
    system = api.fleet.system(69)
    assert system is not None
    check(operation, connect(api).request(**request_of(BY_ID[operation], system, api.clock.now())))


@pytest.mark.parametrize("name", [name for name, operation in BY_ID.items() if "{system_id}" in operation.path])
def test_a_system_of_somebody_else_is_told_as_declared(make: Make, connect: Connect, name: str) -> None:
    api = make(owners=[Owner(systems=frozenset({66}))])
    system = api.fleet.system(69)
    assert system is not None
    response = connect(api).request(**request_of(BY_ID[name], system, api.clock.now()))
    assert response.status_code == 403
    check(name, response)
