"""Data frames of what API v4 lists: units in the names, nulls for what the service does not know."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, Any

import pandas as pd
import polars as pl
import pytest

from enphase_enlighten import DroppedValuesWarning
from enphase_enlighten.v4 import DeviceRow, LatestRow
from tests.support.service import reply
from tests.support.v4_bodies import body
from tests.support.v4_calls import SERIAL

if TYPE_CHECKING:
    from enphase_enlighten.v4 import Enlighten
    from tests.support.clients import Kind
    from tests.support.v4_service import V4Service


def test_a_frame_of_systems_has_their_addresses_and_no_minus_one(kind: Kind, v4_service: V4Service) -> None:
    with v4_service.made(kind) as client:
        frame = client.systems().to_pandas()
    listed = body("systems")["systems"]
    assert list(frame["system_id"]) == [system["system_id"] for system in listed]
    assert list(frame["city"]) == [system["address"]["city"] for system in listed]
    for column in ("energy_lifetime_Wh", "energy_today_Wh", "system_size_W"):
        assert frame[column].isna().all()
    assert frame["last_report_at"].dtype == pd.DatetimeTZDtype("us", "UTC")
    assert int(frame["last_report_at"][0].timestamp()) == listed[0]["last_report_at"]


def test_what_the_list_tells_is_in_the_frame(v4: Enlighten, v4_service: V4Service) -> None:
    page = body("systems")
    page["systems"][0] |= {"energy_today": 5, "system_size": 4380}
    v4_service.then = [reply(page)]
    frame = v4.systems().to_polars()
    assert (frame["energy_today_Wh"][0], frame["system_size_W"][0]) == (5, 4380)


def test_a_frame_of_found_systems_says_whether_they_stream(v4: Enlighten) -> None:
    found = body("systems_search")["systems"]
    frame = v4.search_systems(live_stream=True).to_polars()
    assert frame["live_stream"].to_list() == [system.get("live_stream") for system in found]
    assert frame["city"].null_count() == len(found)


def test_a_frame_of_inverters_has_a_row_for_each(kind: Kind, v4_service: V4Service) -> None:
    gateways = body("inverters_summary")
    with v4_service.made(kind) as client:
        frame = client.inverters_summary_by_envoy_or_site(67).to_polars()
    inverters = [inverter for gateway in gateways for inverter in gateway["micro_inverters"]]
    assert frame["serial_number"].to_list() == [inverter["serial_number"] for inverter in inverters]
    # The power is an object once, and a bare number once.
    powers = [inverter["power_produced"] for inverter in inverters]
    assert {type(power) for power in powers} == {dict, int}
    assert frame["power_produced_W"].to_list() == [
        power["value"] if isinstance(power, dict) else power for power in powers
    ]
    assert frame["energy_Wh"].to_list() == [inverter["energy"]["value"] for inverter in inverters]
    assert frame["signal_strength"].to_list() == [gateways[0]["signal_strength"]] * frame.height


def test_the_text_of_a_time_is_a_time_too(v4: Enlighten, v4_service: V4Service) -> None:
    v4_service.then = [reply(body("inverters_summary_2023"))]
    frame = v4.inverters_summary_by_envoy_or_site(67).to_polars()
    assert frame.schema["last_report_date"] == pl.Datetime("us", "UTC")
    assert frame["last_report_date"].null_count() == 0


@pytest.mark.parametrize("text", ["yesterday", "2026-06-14T12:00:00"])
def test_a_text_that_is_no_instant_is_null_with_a_warning(v4: Enlighten, v4_service: V4Service, text: str) -> None:
    gateways = body("inverters_summary_2023")
    gateways[0]["micro_inverters"][0]["last_report_date"] = text
    v4_service.then = [reply(gateways)]
    listing = v4.inverters_summary_by_envoy_or_site(67)
    with pytest.warns(DroppedValuesWarning, match="1 in last_report_date"):
        frame = listing.to_polars()
    assert frame["last_report_date"].null_count() == 1


@pytest.mark.parametrize(
    ("energy", "held"),
    [({"value": 36, "units": "kJ", "precision": 0}, 10), ({"value": 1, "units": "kWh", "precision": 0}, None)],
)
def test_energy_in_another_unit_is_in_wh_or_null(
    v4: Enlighten, v4_service: V4Service, energy: dict[str, Any], held: int | None
) -> None:
    gateways = body("inverters_summary")
    gateways[0]["micro_inverters"][0]["energy"] = energy
    v4_service.then = [reply(gateways)]
    listing = v4.inverters_summary_by_envoy_or_site(67)
    if held is None:
        with pytest.warns(DroppedValuesWarning, match="1 in energy_Wh"):
            frame = listing.to_polars()
    else:
        frame = listing.to_polars()
    assert frame["energy_Wh"][0] == held


def test_frames_of_chargers(v4: Enlighten) -> None:
    sessions, events = v4.ev_charger_sessions(67, SERIAL), v4.ev_charger_events(67)
    first = body("ev_sessions")["sessions"][0]
    frame = sessions.to_pandas()
    assert frame["energy_added"][0] == first["energy_added"]
    assert str(frame["energy_added"].dtype) == "Float64"
    assert frame["duration_s"][0] == first["duration"]
    assert sessions.to_polars().schema["energy_added"] == pl.Float64
    assert events.to_polars().columns == ["triggered_date", "cleared_date", "status", "details"]
    assert events.to_arrow().num_rows == len(body("ev_events")["events"])


@pytest.mark.parametrize("name", ["devices", "devices_all_types"])
def test_devices_are_rows_of_all_kinds(kind: Kind, v4_service: V4Service, name: str) -> None:
    groups = body(name)["devices"]
    v4_service.then = [reply(body(name))]
    with v4_service.made(kind) as client:
        devices = client.devices(67)
    assert {row.kind for row in devices} == set(groups)
    assert len(devices) == sum(map(len, groups.values()))
    gateway = next(row for row in devices if row.kind == "gateways")
    assert gateway.firmware == groups["gateways"][0]["emu_sw_version"]
    assert devices.devices.gateways[0].serial_number == gateway.serial_number
    assert devices.response.to_dict() == body(name)


def test_what_enphase_does_not_make_has_no_id(v4: Enlighten, v4_service: V4Service) -> None:
    v4_service.then = [reply(body("devices_all_types"))]
    devices = v4.devices(67)
    foreign = [row for row in devices if row.id is None]
    assert {row.kind for row in foreign} <= {"ev_chargers", "heat_pump", "iq_air"}
    assert foreign
    frame = devices.to_pandas()
    assert list(frame.columns) == list(DeviceRow._fields)
    assert str(frame["active"].dtype) == "boolean"
    assert frame["id"].isna().sum() == len(foreign)


def test_rows_of_devices_are_a_sequence_that_pickles(v4: Enlighten) -> None:
    devices = v4.devices(67)
    assert devices[0] == next(iter(devices))
    assert devices[:2] == (devices[0], devices[1])
    assert devices.system_id == 67
    assert repr(devices) == f"<Devices of system 67: {len(devices)} rows>"
    again = pickle.loads(pickle.dumps(devices))  # noqa: S301 - ours
    assert list(again) == list(devices)
    assert again.response == devices.response


def test_the_latest_power_is_in_watts(kind: Kind, v4_service: V4Service) -> None:
    v4_service.then = [reply(body("latest_telemetry_all_types"))]
    with v4_service.made(kind) as client:
        latest = client.latest_telemetry(67)
    groups = body("latest_telemetry_all_types")["devices"]
    assert {row.kind for row in latest} == {name.replace("-", "_") for name in groups}
    frame = latest.to_polars()
    assert frame.columns == [f"{name}_W" if name == "power" else name for name in LatestRow._fields]
    assert [row.power for row in latest if row.kind == "meters"] == [meter["power"] for meter in groups["meters"]]
    assert frame.schema["last_report_at"] == pl.Datetime("us", "UTC")
    assert latest.devices.meters[0].power == groups["meters"][0]["power"]


def test_a_system_without_devices_has_no_rows(v4: Enlighten, v4_service: V4Service) -> None:
    v4_service.then = [reply({**body("devices"), "devices": {}, "total_devices": 0})]
    devices = v4.devices(67)
    assert list(devices) == []
    assert list(devices.to_pandas().columns) == list(DeviceRow._fields)


def test_a_frame_of_what_was_searched_for_is_made_by_either_client(kind: Kind, v4_service: V4Service) -> None:
    found = body("systems_search")["systems"]
    with v4_service.made(kind) as client:
        frame = client.search_systems(live_stream=True).to_polars()
    assert frame["system_id"].to_list() == [system["system_id"] for system in found]
    assert "live_stream" in frame.columns


def test_frames_of_chargers_have_a_row_for_each_event_and_session(kind: Kind, v4_service: V4Service) -> None:
    with v4_service.made(kind) as client:
        events = client.ev_charger_events(67).to_polars()
        sessions = client.ev_charger_sessions(67, SERIAL).to_polars()
    assert events["details"].to_list() == [event["details"] for event in body("ev_events")["events"]]
    assert sessions["duration_s"].to_list() == [session["duration"] for session in body("ev_sessions")["sessions"]]


def test_frames_of_events_and_alarms_have_a_row_for_each(kind: Kind, v4_service: V4Service) -> None:
    with v4_service.made(kind) as client:
        events = client.events(67, start_time=v4_service.clock.now() - 3600).to_polars()
        alarms = client.alarms(67, start_time=v4_service.clock.now() - 3600).to_polars()
    assert len(events) == len(body("events")["events"])
    assert len(alarms) == len(body("alarms")["alarms"])
