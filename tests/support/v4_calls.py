"""One call of each method of the clients of API v4 that is one request or a listing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.calls import Call

if TYPE_CHECKING:
    from collections.abc import Mapping

SERIAL = "012345678901"
_SYSTEM = {"system_id": 67}
_DEVICE = {**_SYSTEM, "serial_no": SERIAL}
_AT = {"end_at": "2026-06-01T00:00Z"}

CALLS: Mapping[str, Call] = {
    call.operation_id: call
    for call in (
        Call("Systems", "listing", {}, {"sort_by": "-id", "page_size": 10, "cursor": "3/20"}),
        Call(
            "SearchSystems",
            "listing",
            {},
            {
                "live_stream": True,
                "sort_by": "id",
                "ids": [67, 68],
                "name": "Green",
                "reference": "R",
                "other_reference": "O",
                "statuses": "comm",
                "page_size": 10,
            },
        ),
        Call("System", "single", _SYSTEM),
        Call("Summary", "single", _SYSTEM, {"summary_date": "2026-06-01"}),
        Call("Devices", "single", _SYSTEM),
        Call("RetrieveSystemId", "single", {"serial_num": SERIAL}),
        Call("EventTypes", "single", {}, {"event_type_id": 5}),
        Call("OpenEvents", "single", _SYSTEM),
        Call("OpenAlarms", "single", _SYSTEM),
        Call("InvertersSummaryByEnvoyOrSite", "listing", {"site_id": 67}, {"envoy_serial_number": SERIAL}),
        Call("ProductionMeterReadings", "single", _SYSTEM, _AT),
        Call("ConsumptionMeterReadings", "single", _SYSTEM, _AT),
        Call("StorageMeterReadings", "single", _SYSTEM, _AT),
        Call("LatestTelemetry", "single", _SYSTEM),
        Call("BatterySettings", "single", _SYSTEM),
        Call(
            "UpdateBatterySettings",
            "single",
            {**_SYSTEM, "battery_mode": "Savings Mode"},
            {"reserve_soc": 30, "energy_independence": "enabled"},
        ),
        Call("StormGuard", "single", _SYSTEM),
        Call("UpdateStormGuard", "single", {**_SYSTEM, "storm_guard_status": "disabled"}),
        Call("GridStatus", "single", _SYSTEM),
        Call("LoadControl", "single", _SYSTEM),
        Call(
            "UpdateLoadControl",
            "single",
            {**_SYSTEM, "name": "NC1", "mode": "Scheduled"},
            {"load_name": "Pool", "soc_low": 30, "essential_start_time": 0, "essential_end_time": 3600},
        ),
        Call("EvChargerDevices", "single", _SYSTEM),
        Call("EvChargerEvents", "listing", _SYSTEM, {"serial_num": SERIAL, "page_size": 5, "cursor": "10"}),
        Call("EvChargerSessions", "listing", _DEVICE, {"page_size": 5, "cursor": "10"}),
        Call("EvChargerSchedules", "single", _DEVICE),
        Call("StartCharging", "single", {**_DEVICE, "connector_id": 1, "charging_level": 40}),
        Call("StopCharging", "single", _DEVICE),
    )
}
"""Calls of the clients' methods, by operation."""

WRITES = ("UpdateBatterySettings", "UpdateStormGuard", "UpdateLoadControl", "StartCharging", "StopCharging")
"""The operations that change something."""
