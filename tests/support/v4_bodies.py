"""Bodies of the Monitoring API v4, most of them of shapes that were recorded, and what each is the body of."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.support.specification import resolve

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER = Path(__file__).parents[1] / "data" / "v4"
SUCCESS = 200


class Body(NamedTuple):
    """What a file is the body of.

    Attributes:
        operation: The id of the operation.
        status: The status of the response; None for a request.
    """

    operation: str
    status: int | None = SUCCESS


BODIES: Mapping[str, Body] = {
    "acb_telemetry": Body("AcbTelemetry"),
    "alarms": Body("Alarms"),
    "battery": Body("BatteryTelemetry"),
    "battery_lifetime": Body("BatteryLifetime"),
    "battery_settings": Body("BatterySettings"),
    "battery_settings_put": Body("UpdateBatterySettings"),
    "battery_settings_put_request": Body("UpdateBatterySettings", None),
    "consumption_lifetime": Body("ConsumptionLifetime"),
    "consumption_meter": Body("ConsumptionMeterTelemetry"),
    "consumption_meter_readings": Body("ConsumptionMeterReadings"),
    "devices": Body("Devices"),
    "devices_all_types": Body("Devices"),
    "encharge_telemetry": Body("EnchargeTelemetry"),
    "energy_export_lifetime": Body("EnergyExportLifetime"),
    "energy_export_telemetry": Body("EnergyExportTelemetry"),
    "energy_import_lifetime": Body("EnergyImportLifetime"),
    "energy_import_telemetry": Body("EnergyImportTelemetry"),
    "energy_import_telemetry_empty": Body("EnergyImportTelemetry"),
    "energy_lifetime": Body("EnergyLifetime"),
    "energy_lifetime_all": Body("EnergyLifetime"),
    "energy_lifetime_merged": Body("EnergyLifetime"),
    "error_401": Body("Systems", 401),
    "error_401_access_control": Body("MicroTelemetry", 401),
    "error_401_key_client_mismatch": Body("Systems", 401),
    "error_401_missing_key": Body("Systems", 401),
    "error_403": Body("System", 403),
    "error_404_envoy": Body("RetrieveSystemId", 404),
    "error_404_micro": Body("MicroTelemetry", 404),
    "error_404_system": Body("System", 404),
    "error_405": Body("Systems", 405),
    "error_422_date_range": Body("EnergyLifetime", 422),
    "error_422_future": Body("EnergyLifetime", 422),
    "error_422_parse": Body("Events", 422),
    "error_422_telemetry_range": Body("ProductionMicroTelemetry", 422),
    "error_429": Body("Systems", 429),
    "error_429_period": Body("Systems", 429),
    "error_500": Body("Devices", 500),
    "error_500_data_unavailable": Body("RgmStats", 500),
    "error_501": Body("Systems", 501),
    "error_ev_400": Body("EvChargerDevices", 400),
    "error_ev_401": Body("EvChargerDevices", 401),
    "ev_command_accepted": Body("StartCharging", 202),
    "ev_devices": Body("EvChargerDevices"),
    "ev_events": Body("EvChargerEvents"),
    "ev_lifetime": Body("EvChargerLifetime"),
    "ev_schedules": Body("EvChargerSchedules"),
    "ev_sessions": Body("EvChargerSessions"),
    "ev_start_request": Body("StartCharging", None),
    "ev_telemetry": Body("EvChargerTelemetry"),
    "event_types": Body("EventTypes"),
    "events": Body("Events"),
    "evse_lifetime": Body("EvseLifetime"),
    "evse_telemetry": Body("EvseTelemetry"),
    "grid_status": Body("GridStatus"),
    "hp_lifetime": Body("HpLifetime"),
    "hp_telemetry": Body("HpTelemetry"),
    "inverters_summary": Body("InvertersSummaryByEnvoyOrSite"),
    "inverters_summary_2023": Body("InvertersSummaryByEnvoyOrSite"),
    "latest_telemetry": Body("LatestTelemetry"),
    "latest_telemetry_all_types": Body("LatestTelemetry"),
    "live_data_error": Body("LiveData", 472),
    "load_control": Body("LoadControl"),
    "load_control_put_request": Body("UpdateLoadControl", None),
    "micro_telemetry": Body("MicroTelemetry"),
    "micros_telemetry": Body("MicrosTelemetry"),
    "open_alarms": Body("OpenAlarms"),
    "open_events": Body("OpenEvents"),
    "production_meter": Body("ProductionMeterTelemetry"),
    "production_meter_readings": Body("ProductionMeterReadings"),
    "production_micro": Body("ProductionMicroTelemetry"),
    "production_micro_night": Body("ProductionMicroTelemetry"),
    "production_micro_start_date": Body("ProductionMicroTelemetry"),
    "retrieve_system_id": Body("RetrieveSystemId"),
    "rgm_stats": Body("RgmStats"),
    "storage_meter_readings": Body("StorageMeterReadings"),
    "storm_guard": Body("StormGuard"),
    "storm_guard_put": Body("UpdateStormGuard"),
    "summary": Body("Summary"),
    "summary_battery_evse": Body("Summary"),
    "system": Body("System"),
    "systems": Body("Systems"),
    "systems_search": Body("SearchSystems"),
    "systems_search_request": Body("SearchSystems", None),
}
"""The bodies of the operations, by the names of their files."""

MESSAGES = {"live_data_event": "LiveDataEvent"}
"""The files that are messages of the stream, and their models."""

OAUTH = ("oauth_error_invalid_grant", "oauth_error_invalid_token", "oauth_token")
"""The files that are bodies of OAuth, which is not generated."""


def body(name: str) -> Any:
    """Return a body by the name of its file, a new one by each call."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


@cache
def specification() -> dict[str, Any]:
    """Return the effective specification, only to be read."""
    loaded: dict[str, Any] = json.loads(files("enlighten_v4").joinpath("openapi.json").read_text(encoding="utf-8"))
    return loaded


@cache
def operations() -> Mapping[str, tuple[str, str, dict[str, Any]]]:
    """Return method, path and definition of each operation by its id."""
    return {
        definition["operationId"]: (method, path, definition)
        for path, item in specification()["paths"].items()
        for method, definition in item.items()
        if isinstance(definition, dict) and "operationId" in definition
    }


def schema_of(described: Body) -> dict[str, Any]:
    """Return the schema of a body, which may be a reference."""
    _, _, definition = operations()[described.operation]
    root = specification()
    holder = definition["requestBody"] if described.status is None else definition["responses"][str(described.status)]
    schema: dict[str, Any] = resolve(root, holder)["content"]["application/json"]["schema"]
    return schema
