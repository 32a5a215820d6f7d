"""Writes change the simulated settings, checked as documented; and what devices tell now."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from enlighten_mock import SimulatedAPI

Ask = Callable[..., httpx.Response]
Make = Callable[..., SimulatedAPI]
Connect = Callable[..., httpx.Client]


@pytest.fixture
def put(api: SimulatedAPI, connect: Connect) -> Ask:
    client = connect(api)

    def sent(path: str, **body: Any) -> httpx.Response:
        return client.put(path, json=body)

    return sent


def test_battery_settings_are_changed_and_spelled_in_three_ways(ask: Ask, put: Ask, api: SimulatedAPI) -> None:
    path = "/systems/config/66/battery_settings"
    first = ask(path).json()
    changed = put(path, battery_mode="Self-consumption", reserve_soc=35).json()
    assert changed == {**first, "battery_mode": "self-consumption", "reserve_soc": 35}
    assert ask(path).json() == {**first, "battery_mode": "Self - Consumption", "reserve_soc": 35}
    put(path, energy_independence="disabled", battery_mode="Savings Mode")
    assert ask(path).json() == {
        **first,
        "battery_mode": "Savings Mode",
        "reserve_soc": 35,
        "energy_independence": "disabled",
    }
    other = ask("/systems/config/69/battery_settings").json()
    assert other["reserve_soc"] != 35
    api.reset()
    assert ask(path).json() == first


@pytest.mark.parametrize(
    "body",
    [
        {"battery_mode": "self-consumption"},
        {"battery_mode": "Self - Consumption"},
        {"reserve_soc": 101},
        {"reserve_soc": 0},
        {"reserve_soc": "30"},
        {"reserve_soc": True},
        {"energy_independence": True},
        {"mode": "Savings Mode"},
    ],
)
def test_battery_settings_that_cannot_be_are_refused(ask: Ask, put: Ask, body: Any) -> None:
    path = "/systems/config/66/battery_settings"
    first = ask(path).json()
    assert put(path, **body).status_code == 422
    assert ask(path).json() == first


def test_a_system_without_encharges_has_no_settings(ask: Ask, put: Ask) -> None:
    for system_id in (67, 73):  # without batteries, and with the older ones
        for path in ("battery_settings", "storm_guard"):
            url = f"/systems/config/{system_id}/{path}"
            assert ask(url).json()["details"] == "System doesn't have encharges"
            body = {"storm_guard_status": "enabled"} if path == "storm_guard" else {}
            assert put(url, **body).json()["details"] == "System doesn't have encharge"


def test_storm_guard_is_switched_and_told_in_other_words(ask: Ask, put: Ask) -> None:
    path = "/systems/config/66/storm_guard"
    on = put(path, storm_guard_status="enabled").json()
    assert on == {"system_id": 66, "storm_guard_status": "Enabled (Inactive)", "storm_alert": "false"}
    assert ask(path).json()["storm_guard_status"] == "enabled"
    put(path, storm_guard_status="disabled")
    assert ask(path).json()["storm_guard_status"] == "disabled"
    missing = put(path)
    assert missing.json()["details"] == "storm_guard_status is missing at Json body location"
    assert put(path, storm_guard_status="on").status_code == 422


def test_a_load_is_set_by_its_contact(ask: Ask, put: Ask) -> None:
    path = "/systems/config/66/load_control"
    first = ask(path).json()["load_control_data"]
    assert [load["name"] for load in first] == ["NC1", "NC2"]
    changed = put(path, name="NC1", mode="Advanced_BatteryPowered", soc_low=40).json()
    assert changed["load_control_data"][0] == {**first[0], "mode": "Advanced_BatteryPowered", "soc_low": 40}
    assert ask(path).json() == changed
    assert changed["load_control_data"][1] == first[1]
    for body, details in (
        ({"name": "NC1", "mode": "Advanced_BatteryPowered"}, "soc_low is mandatory for Advanced_BatteryPowered mode"),
        ({"name": "NC9"}, None),
        ({"mode": "Basic"}, "name is missing at Json body location"),
        ({"name": "NC1", "soc_low": 9}, None),
        ({"name": "NC1", "load_name": "Sauna"}, "load_name cannot be changed"),
    ):
        response = put(path, **body)
        assert response.status_code == 422
        assert details in (None, response.json()["details"])
    assert ask("/systems/config/67/load_control").json()["load_control_data"] == []


def test_a_charger_obeys(ask: Ask, api: SimulatedAPI, connect: Connect, chargers: dict[str, str]) -> None:
    body: Any

    def mode() -> str:
        rows = ask("/systems/69/latest_telemetry").json()["devices"]["evse"]
        return str(next(row["operational_mode"] for row in rows if row["serial_number"] == chargers["own"]))

    client = connect(api, api.partner)
    url = f"/systems/69/ev_charger/{chargers['own']}"
    started = client.post(f"{url}/start_charging", json={"connectorId": "1", "chargingLevel": "40"})
    assert (started.status_code, started.json()) == (202, {"message": "Request sent successfully"})
    assert mode() == "CHARGING"
    assert client.post(f"{url}/stop_charging").status_code == 202
    assert mode() == "IDLE"
    for body in (
        {"connectorId": "1", "chargingLevel": "101"},
        {"connectorId": "0", "chargingLevel": "40"},
        {"connectorId": 1, "chargingLevel": "40"},
        {"connectorId": "1"},
        [],
    ):
        refused = client.post(f"{url}/start_charging", json=body)
        assert (refused.status_code, refused.json()["message"]) == (400, "Bad request")
    other = client.post(f"/systems/69/ev_charger/{chargers['foreign']}/stop_charging")
    assert other.status_code == 400


def test_the_latest_telemetry_has_three_channels_and_forgets_after_a_week(ask: Ask, api: SimulatedAPI) -> None:
    devices = ask("/systems/66/latest_telemetry").json()["devices"]
    assert [row["channel"] for row in devices["meters"]] == [1, 2, 3, 1, 2, 3]
    assert all(row["power"] is row["last_report_at"] is None for row in devices["meters"] if row["channel"] > 1)
    assert devices["encharges"][0]["operational_mode"] in ("Idle", "Charging", "Discharging")
    assert {"heat-pump", "evse"} <= ask("/systems/69/latest_telemetry").json()["devices"].keys()
    stopped = ask("/systems/78/latest_telemetry").json()["devices"]
    assert all(row["power"] is None for row in stopped.get("meters", ()))
    api.clock.advance(0)


def test_the_power_of_batteries_may_have_the_other_sign(make: Make, connect: Connect, ask: Ask) -> None:
    path = "/systems/66/latest_telemetry"
    usual = ask(path).json()["devices"]["encharges"]
    other = connect(make(behaviour={"battery_power": "charge"})).get(path).json()["devices"]["encharges"]
    assert [row["power"] for row in other] == [-row["power"] for row in usual]


def test_devices_are_grouped_by_kind_and_absent_kinds_have_no_key(ask: Ask) -> None:
    body = ask("/systems/69/devices").json()
    assert body["total_devices"] == sum(map(len, body["devices"].values()))
    assert "generators" not in body["devices"]
    foreign = [row for row in body["devices"]["ev_chargers"] if row["model"] != "IQ-EVSE-40R"]
    assert [row["id"] for row in foreign] == [""]
    assert "SKU" in body["devices"]["heat_pump"][0]
    disabled = ask("/systems/67/devices").json()["devices"]["meters"]
    assert {(row["state"], row["status"], row["last_report_at"]) for row in disabled} == {
        ("disabled", "disabled", None)
    }
    own = ask("/systems/69/ev_charger/devices").json()["devices"]["ev_chargers"]
    assert len(own) == len(body["devices"]["ev_chargers"]) - 1


def test_open_events_and_alarms_have_words_of_their_own(ask: Ask) -> None:
    found = ask("/systems/73/open_events").json()["events"]
    assert {row["status"] for row in found} <= {"open"}
    for system_id in range(66, 86):
        for alarm in ask(f"/systems/{system_id}/open_alarms").json()["alarms"]:
            assert alarm["id"].startswith(f"{system_id}.")
            assert "cleared" not in alarm
    assert ask("/systems/event_types", event_type_id=12345).json()["details"] == (
        'Event type not found for {:id=>"12345"}'
    )
