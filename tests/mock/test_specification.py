"""Every response is what the specification says: the effective one, and for a plain fleet the published one too."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from jsonschema import Draft202012Validator, FormatChecker

from enlighten_mock import Fault, SettableClock, SimulatedAPI
from enlighten_mock.service.specification import Specification
from enlighten_mock.v2.enlighten import load_specification
from enlighten_mock.v2.operations import OPERATIONS
from tests.support.described import described

Connect = Callable[[SimulatedAPI], httpx.Client]
Close = Callable[[Mapping[str, Any], Any], dict[str, Any]]

PUBLISHED = Path(__file__).parents[2] / "enlighten.yaml"
EFFECTIVE = load_specification()
IDS = [operation.operation_id for operation in EFFECTIVE.operations]
FIRST, LAST = datetime(2016, 6, 1, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC)


class Judge:
    """Tells whether a response is what a specification declares for its operation and status."""

    def __init__(self, specification: Specification, close: Close) -> None:
        document = specification.document
        self._validators: dict[tuple[str, str], Draft202012Validator | None] = {}
        for name, operation in described(document).items():
            for status, response in operation.responses.items():
                content = response.get("content")
                schema = close(document, content["application/json"]["schema"]) if content else None
                validator = Draft202012Validator(schema, format_checker=FormatChecker()) if schema else None
                self._validators[name, status] = validator

    def check(self, operation: str, response: httpx.Response) -> None:
        declared = (operation, str(response.status_code))
        assert declared in self._validators, f"{declared} is not declared: {response.request.url} {response.text}"
        validator = self._validators[declared]
        if validator is None:
            assert response.content == b""
            return
        assert response.headers["Content-Type"] == "application/json; charset=utf-8"
        for error in validator.iter_errors(response.json()):
            raise AssertionError(f"{declared} {response.request.url} {error.json_path}: {error.message}")


@pytest.fixture(scope="module")
def effective(closed_schema: Close) -> Judge:
    return Judge(EFFECTIVE, closed_schema)


@pytest.fixture(scope="module")
def published(closed_schema: Close) -> Judge:
    return Judge(Specification(yaml.safe_load(PUBLISHED.read_text(encoding="utf-8"))), closed_schema)


class Asker:
    """Sends random requests, most of them sensible, about random systems at random times."""

    def __init__(self, api: SimulatedAPI, client: httpx.Client, seed: int) -> None:
        self.api = api
        self.client = client
        self.random = random.Random(seed)  # noqa: S311  # nothing secret is drawn

    def ask(self, operation_id: str) -> httpx.Response:
        operation = next(item for item in EFFECTIVE.operations if item.operation_id == operation_id)
        moment = FIRST + (LAST - FIRST) * self.random.random()
        self.api.clock.set(moment)
        path = operation.path
        query: list[tuple[str, str | int | float | bool | None]] = []
        for parameter in operation.parameters:
            if parameter.location == "path":
                path = path.replace(f"{{{parameter.name}}}", str(self._system()))
            elif parameter.required or self.random.random() < 0.4:
                query += [
                    (parameter.name, str(value)) for value in self._values(parameter.name, parameter.schema, moment)
                ]
        return self.client.get(path, params=httpx.QueryParams(query).merge(self.client.params))

    def _system(self) -> int:
        ids = self.api.fleet.ids
        return self.random.choice([self.random.choice(ids)] * 19 + [self.random.randrange(-5, 10**6)])

    def _values(self, name: str, schema: Mapping[str, Any], moment: datetime) -> Iterator[Any]:
        if schema.get("type") == "array":
            for _ in range(self.random.randrange(1, 4)):
                yield from self._values(name.removesuffix("[]"), schema["items"], moment)
        elif name in ("system_id", "site_id"):
            yield self._system()
        elif "enum" in schema:
            yield self.random.choice(schema["enum"])
        elif name == "serial_num":
            system = self.api.fleet.system(self._system())
            yield system.envoys[0].serial_number if system else "23435345345"
        elif name.endswith("_at"):
            back = self.random.choice([3600, 86_400, 7 * 86_400, 400 * 86_400])
            yield int(moment.timestamp()) - self.random.randrange(-600, back)
        elif schema.get("format") == "date":
            yield (moment - timedelta(days=self.random.randrange(-2, self.random.choice([4, 400, 5000])))).date()
        elif schema.get("type") == "integer":
            yield self.random.randrange(0, 200)
        else:
            yield self.random.choice(["", "Green", "REF-000066", "Toit Bleu", "4d5467784d5445770a"])


def random_responses(connect: Connect, operation: str, requests: int, **arguments: Any) -> Iterator[httpx.Response]:
    for seed in range(4):
        api = SimulatedAPI(systems=100, seed=seed, clock=SettableClock(FIRST), **arguments)
        asker = Asker(api, connect(api), seed)
        for _ in range(requests // 4):
            yield asker.ask(operation)


@pytest.mark.parametrize("operation", IDS)
def test_random_responses_are_what_the_effective_specification_declares(
    connect: Connect, effective: Judge, operation: str
) -> None:
    statuses = []
    for response in random_responses(connect, operation, 16):
        effective.check(operation, response)
        statuses.append(response.status_code)
    assert 200 in statuses


@pytest.mark.long
@pytest.mark.parametrize("operation", IDS)
def test_500_random_responses_are_what_the_effective_specification_declares(
    connect: Connect, effective: Judge, operation: str
) -> None:
    for response in random_responses(connect, operation, 500):
        effective.check(operation, response)


@pytest.mark.parametrize("operation", IDS)
def test_a_plain_fleet_keeps_to_the_letter_of_the_published_specification(
    connect: Connect, effective: Judge, published: Judge, operation: str
) -> None:
    for response in random_responses(connect, operation, 16, fleet="plain"):
        published.check(operation, response)
        effective.check(operation, response)


@pytest.mark.long
@pytest.mark.parametrize("operation", IDS)
def test_500_plain_responses_are_to_the_letter_of_the_published_specification(
    connect: Connect, published: Judge, operation: str
) -> None:
    for response in random_responses(connect, operation, 500, fleet="plain"):
        published.check(operation, response)


@pytest.mark.parametrize("operation", IDS)
def test_every_declared_status_can_be_produced(connect: Connect, effective: Judge, operation: str) -> None:
    found: dict[str, httpx.Response] = {}
    for response in statuses_of(connect, operation):
        found.setdefault(str(response.status_code), response)
        effective.check(operation, response)
    declared = next(item.statuses for item in EFFECTIVE.operations if item.operation_id == operation)
    assert set(declared) <= set(found)


def statuses_of(connect: Connect, operation_id: str) -> Iterator[httpx.Response]:
    """Ask for all statuses of an operation: by what is asked where possible, else by a fault."""
    api = SimulatedAPI(systems=20, seed=1, clock=SettableClock(datetime(2024, 6, 12, 20, tzinfo=UTC)))
    client = connect(api)
    operation = next(item for item in EFFECTIVE.operations if item.operation_id == operation_id)
    envoy = api.fleet.system(66)
    required = {
        "site_id": "66",
        "start_date": "2024-03-01",
        "serial_num": envoy.envoys[0].serial_number if envoy else "",
    }
    parameters = {
        entry.name: required[entry.name]
        for entry in operation.parameters
        if entry.required and entry.location == "query"
    }

    def get(system: object = 66, **more: str) -> httpx.Response:
        return client.get(operation.path.replace("{system_id}", str(system)), params={**parameters, **more})

    for system in (66, 69, 74, 99, "home"):
        yield get(system)
    yield get(key="wrong")
    yield get(serial_num="23435345345")
    if "serial_num" in parameters:
        yield client.get(operation.path)
    yield get(limit="0", site_id="-1")
    for kind in ("not_found", "conflict", "server_error", "unavailable"):
        api.faults.replace([Fault(kind=kind)])
        yield get()


@pytest.mark.parametrize("hour", range(24))
def test_a_plain_fleet_never_rejects_default_times(connect: Connect, hour: int) -> None:
    api = SimulatedAPI(systems=3, fleet="plain", clock=SettableClock(datetime(2024, 6, 12, hour, tzinfo=UTC)))
    client = connect(api)
    for operation in EFFECTIVE.operations:
        parameters: dict[str, str | int] = {"site_id": 66, "start_date": "2024-01-01", "serial_num": ""}
        parameters = {
            entry.name: parameters[entry.name]
            for entry in operation.parameters
            if entry.required and entry.location == "query"
        }
        if operation.operation_id != "SearchSystemId":
            assert client.get(operation.path.replace("{system_id}", "66"), params=parameters).status_code == 200


def test_a_plain_fleet_stands_in_one_timezone_and_has_every_meter(connect: Connect) -> None:
    client = connect(
        SimulatedAPI(systems=100, seed=9, fleet="plain", clock=SettableClock(datetime(2024, 6, 12, tzinfo=UTC)))
    )
    systems = client.get("/systems", params={"limit": 1000}).json()["systems"]
    assert len(systems) == 100
    assert {item["timezone"] for item in systems} == {"America/Los_Angeles"}
    assert {item["status"] for item in systems} == {"normal"}
    for item in systems[:10]:
        assert len(client.get(f"/systems/{item['system_id']}/inventory").json()["meters"]) == 2


def test_the_windows_of_the_simulation_are_those_of_the_specification() -> None:
    windows = {name: operation.window for name, operation in described(EFFECTIVE.document).items() if operation.window}
    year = {"years": 1}
    assert windows == {
        "Stats": {"interval": 300, "longest": {"hours": 24}, "beyond": "cut", "history": year},
        "RgmStats": {"interval": 900, "longest": {"days": 7}, "beyond": "refused", "history": year},
        "ConsumptionStats": {"interval": 900, "longest": {"months": 1}, "beyond": "cut", "history": year},
    }, "the simulated service has these windows in mock/enlighten_mock/v2/windows.py"


def test_every_operation_of_the_specification_is_simulated() -> None:
    assert set(OPERATIONS) == set(IDS), "see mock/enlighten_mock/v2/operations/__init__.py"


def test_another_specification_can_be_given(tmp_path: Path, connect: Connect) -> None:
    document = json.loads(json.dumps(EFFECTIVE.document))
    limit = next(entry for entry in document["paths"]["/systems"]["get"]["parameters"] if entry["name"] == "limit")
    limit["schema"]["maximum"] = 5
    path = tmp_path / "openapi.json"
    path.write_text(json.dumps(document))
    client = connect(SimulatedAPI(specification=path))
    assert client.get("/systems", params={"limit": 6}).status_code == 422
    with pytest.raises(FileNotFoundError, match="make generate"):
        SimulatedAPI(specification=tmp_path / "absent.json")


@pytest.mark.parametrize("kind", ["nulls", "wrong_types", "missing", "unknown_enum"])
def test_a_wrong_response_is_noticed(connect: Connect, published: Judge, kind: Any) -> None:
    api = SimulatedAPI(systems=2, fleet="plain")
    api.faults.add(Fault(kind=kind, fields=("status",)))
    with pytest.raises(AssertionError, match="status"):
        published.check("Summary", connect(api).get("/systems/66/summary"))
