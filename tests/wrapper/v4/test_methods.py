"""Each method sends the request of its operation, with all that it was given, and reads the response."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest

from enlighten_v4 import models
from enphase_enlighten import (
    AuthenticationError,
    ConnectionFailedError,
    InvalidArgumentError,
    NotFoundError,
    UnprocessableRequestError,
    UsageLimitExceededError,
)
from tests.support.service import reply
from tests.support.specification import resolve
from tests.support.v4_bodies import operations, specification
from tests.support.v4_calls import CALLS, SERIAL, WRITES

if TYPE_CHECKING:
    from enphase_enlighten.v4 import Enlighten
    from tests.support.clients import Kind
    from tests.support.v4_service import V4Service

BODIES: dict[str, Any] = {
    "SearchSystems": {
        "sort_by": "id",
        "system": {"ids": [67, 68], "name": "Green", "reference": "R", "other_reference": "O", "statuses": ["comm"]},
    },
    "UpdateBatterySettings": {"battery_mode": "Savings Mode", "reserve_soc": 30, "energy_independence": "enabled"},
    "UpdateStormGuard": {"storm_guard_status": "disabled"},
    "UpdateLoadControl": {
        "name": "NC1",
        "mode": "Scheduled",
        "load_name": "Pool",
        "soc_low": 30,
        "essential_start_time": 0,
        "essential_end_time": 3600,
    },
    "StartCharging": {"connectorId": "1", "chargingLevel": "40"},
}
"""The bodies that the calls of the table send, with every argument."""


@pytest.mark.parametrize("operation", CALLS)
def test_a_method_sends_every_parameter_of_its_operation(kind: Kind, v4_service: V4Service, operation: str) -> None:
    call = CALLS[operation]
    with v4_service.made(kind) as client:
        result = getattr(client, call.method)(**call.every_argument)
        if call.is_lazy:
            list(result)
    asked = v4_service.asked[0]
    root, (_, _, definition) = specification(), operations()[operation]
    parameters = [resolve(root, each) for each in definition.get("parameters", ())]
    assert asked.operation == operation
    assert asked.params.keys() == {each["name"] for each in parameters if each["in"] == "query"}
    assert asked.path == {name: {"system_id": "67", "serial_no": SERIAL}[name] for name in asked.path}
    assert asked.body == BODIES.get(operation)


@pytest.mark.parametrize("operation", [name for name, call in CALLS.items() if call.optional])
def test_what_is_not_given_is_not_sent(v4: Enlighten, v4_service: V4Service, operation: str) -> None:
    call = CALLS[operation]
    call.run(v4)
    asked = v4_service.asked[0]
    pages = {"page", "size", "offset", "limit"}
    sent = {*(asked.params.keys() - pages), *(asked.body or ())} - {"system"}
    assert sent == call.arguments.keys() - {"system_id", "serial_no"}


def test_a_search_without_filters_has_an_empty_one(v4: Enlighten, v4_service: V4Service) -> None:
    list(v4.search_systems())
    assert v4_service.asked[0].body == {"system": {}}


def test_a_result_is_the_model_of_its_operation(kind: Kind, v4_service: V4Service) -> None:
    with v4_service.made(kind) as client:
        assert isinstance(client.summary(67), models.SummaryResponse)
        assert isinstance(client.stop_charging(67, SERIAL), models.CommandAcceptedResponse)
        assert client.retrieve_system_id(SERIAL) == client.search_system_id(SERIAL) == 1234567
        assert type(client).__name__ in ("Enlighten", "Blocking")


def test_the_word_of_v2_is_the_same_method(v4: Enlighten) -> None:
    assert type(v4).search_system_id is type(v4).retrieve_system_id


def test_a_system_may_be_given_as_it_was_listed(v4: Enlighten, v4_service: V4Service) -> None:
    for system in (*v4.systems(), *v4.search_systems()):
        v4.summary(system)
        assert v4_service.asked[-1].path == {"system_id": str(system.system_id)}


@pytest.mark.parametrize("serial", ["", ".", "..", 122, None])
def test_a_serial_number_is_one_part_of_a_path(v4: Enlighten, v4_service: V4Service, serial: Any) -> None:
    with pytest.raises(InvalidArgumentError) as caught:
        v4.ev_charger_schedules(67, serial)
    assert (caught.value.operation, caught.value.argument) == ("EvChargerSchedules", "serial_no")
    assert v4_service.asked == []


def test_a_serial_number_is_quoted(v4: Enlighten, v4_service: V4Service) -> None:
    with pytest.raises(ConnectionFailedError):
        v4.with_options(max_retries=0).ev_charger_schedules(67, "1/../2?x=1")
    assert v4_service.sent[0].url.raw_path.startswith(b"/api/v4/systems/67/ev_charger/1%2F..%2F2%3Fx%3D1/schedules?")


@pytest.mark.parametrize(
    ("method", "arguments", "argument"),
    [
        ("update_battery_settings", {"battery_mode": "self-consumption"}, "battery_mode"),
        ("update_battery_settings", {"reserve_soc": "30"}, "reserve_soc"),
        ("update_battery_settings", {"energy_independence": True}, "energy_independence"),
        ("update_battery_settings", {}, "battery_mode"),
        ("update_storm_guard", {"storm_guard_status": "on"}, "storm_guard_status"),
        ("update_load_control", {"name": "", "mode": "Basic"}, "name"),
        ("update_load_control", {"name": "NC1", "mode": "basic"}, "mode"),
        ("update_load_control", {"name": "NC1", "soc_low": 9}, "soc_low"),
        ("update_load_control", {"name": "NC1", "soc_low": 91}, "soc_low"),
        ("update_load_control", {"name": "NC1"}, "load_name"),
        ("start_charging", {"serial_no": SERIAL, "connector_id": 0, "charging_level": 1}, "connector_id"),
        ("start_charging", {"serial_no": SERIAL, "connector_id": 1, "charging_level": 101}, "charging_level"),
        ("start_charging", {"serial_no": SERIAL, "connector_id": 1, "charging_level": "40"}, "charging_level"),
        ("stop_charging", {"serial_no": ".."}, "serial_no"),
    ],
)
def test_nothing_is_sent_of_a_write_that_is_not_as_specified(
    v4: Enlighten, v4_service: V4Service, method: str, arguments: dict[str, Any], argument: str
) -> None:
    with pytest.raises(InvalidArgumentError) as caught:
        getattr(v4, method)(67, **arguments)
    assert caught.value.argument == argument
    assert v4_service.asked == []


@pytest.mark.parametrize("operation", WRITES)
@pytest.mark.parametrize("fault", [503, "broken"])
def test_a_write_is_sent_once(kind: Kind, v4_service: V4Service, operation: str, fault: object) -> None:
    v4_service.then = [reply({}, 503) if fault == 503 else httpx.ReadError("broken")]
    with v4_service.made(kind) as client, pytest.raises(Exception, match=operation):
        getattr(client, CALLS[operation].method)(**CALLS[operation].arguments)
    assert v4_service.operations == [operation]


def test_a_search_may_be_sent_again(kind: Kind, v4_service: V4Service) -> None:
    v4_service.then = [reply({}, 503), httpx.ReadError("broken")]
    with v4_service.made(kind) as client:
        assert len(list(client.search_systems())) == 2
    assert v4_service.operations == ["SearchSystems"] * 3


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (401, AuthenticationError),
        (404, NotFoundError),
        (422, UnprocessableRequestError),
        (429, UsageLimitExceededError),
    ],
)
@pytest.mark.parametrize("operation", [name for name in CALLS if name not in ("Systems", "SearchSystems")])
def test_an_error_of_the_service_is_a_typed_one(
    v4_service: V4Service, operation: str, status: int, error: type[Exception]
) -> None:
    body = {"message": "Not so", "details": "It is not", "code": status, "period": "minute", "period_end": 2**31}
    v4_service.always = lambda _asked: reply(body, status)
    with v4_service.client(max_wait=0) as client, pytest.raises(error, match=f"^{operation}: "):
        CALLS[operation].run(client)


def test_a_reading_in_the_future_is_one_of_now(v4: Enlighten, v4_service: V4Service) -> None:
    v4.production_meter_readings(67, end_at=2**31)
    assert v4_service.asked[0].params == {"end_at": str(int(v4_service.clock.now()))}


def test_a_local_time_costs_a_request_for_the_system(v4: Enlighten, v4_service: V4Service) -> None:
    for _ in range(2):
        v4.consumption_meter_readings(67, end_at="2026-06-01")
    assert v4_service.operations == ["System", "ConsumptionMeterReadings", "ConsumptionMeterReadings"]
