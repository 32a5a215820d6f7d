"""The operations of API v4: one function each, from a call to the body of its response."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enlighten_mock.v4.operations import (
    chargers,
    configuration,
    device_telemetry,
    devices,
    energy,
    listing,
    live,
    occurrences,
    telemetry,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from enlighten_mock.service.exchange import Json
    from enlighten_mock.v4.call import Call

OPERATIONS: Mapping[str, Callable[[Call], Json]] = {
    "Systems": listing.systems,
    "SearchSystems": listing.search_systems,
    "System": listing.system,
    "RetrieveSystemId": listing.retrieve_system_id,
    "Summary": energy.summary,
    "EnergyLifetime": energy.energy_lifetime,
    "ConsumptionLifetime": energy.consumption_lifetime,
    "BatteryLifetime": energy.battery_lifetime,
    "EnergyImportLifetime": energy.energy_import_lifetime,
    "EnergyExportLifetime": energy.energy_export_lifetime,
    "ProductionMeterReadings": energy.production_meter_readings,
    "ConsumptionMeterReadings": energy.consumption_meter_readings,
    "StorageMeterReadings": energy.storage_meter_readings,
    "ProductionMicroTelemetry": telemetry.production_micro,
    "ProductionMeterTelemetry": telemetry.production_meter,
    "ConsumptionMeterTelemetry": telemetry.consumption_meter,
    "BatteryTelemetry": telemetry.battery,
    "EnergyImportTelemetry": telemetry.energy_import,
    "EnergyExportTelemetry": telemetry.energy_export,
    "RgmStats": telemetry.rgm_stats,
    "Devices": devices.devices,
    "InvertersSummaryByEnvoyOrSite": devices.inverters_summary_by_envoy_or_site,
    "LatestTelemetry": devices.latest_telemetry,
    "MicrosTelemetry": device_telemetry.micros_telemetry,
    "MicroTelemetry": device_telemetry.micro_telemetry,
    "EnchargeTelemetry": device_telemetry.encharge_telemetry,
    "AcbTelemetry": device_telemetry.acb_telemetry,
    "EvseTelemetry": device_telemetry.evse_telemetry,
    "HpTelemetry": device_telemetry.hp_telemetry,
    "EvseLifetime": device_telemetry.evse_lifetime,
    "HpLifetime": device_telemetry.hp_lifetime,
    "Events": occurrences.events_of,
    "Alarms": occurrences.alarms,
    "OpenEvents": occurrences.open_events,
    "OpenAlarms": occurrences.open_alarms,
    "EventTypes": occurrences.types,
    "BatterySettings": configuration.battery_settings,
    "UpdateBatterySettings": configuration.update_battery_settings,
    "StormGuard": configuration.storm_guard,
    "UpdateStormGuard": configuration.update_storm_guard,
    "GridStatus": configuration.grid_status,
    "LoadControl": configuration.load_control,
    "UpdateLoadControl": configuration.update_load_control,
    "EvChargerDevices": chargers.devices,
    "EvChargerEvents": chargers.events,
    "EvChargerSessions": chargers.sessions,
    "EvChargerSchedules": chargers.schedules,
    "EvChargerLifetime": chargers.lifetime,
    "EvChargerTelemetry": chargers.telemetry,
    "StartCharging": chargers.start_charging,
    "StopCharging": chargers.stop_charging,
    "LiveData": live.live_data,
}
"""By operation id."""

WITHOUT_SYSTEM = ("Systems", "SearchSystems", "RetrieveSystemId", "EventTypes")
"""The operations whose requests are about no single system."""

PAGED = (
    "Systems",
    "SearchSystems",
    "InvertersSummaryByEnvoyOrSite",
    "MicrosTelemetry",
    "EvChargerEvents",
    "EvChargerSessions",
)
"""The operations that come in pages."""

READINGS = ("ProductionMeterReadings", "ConsumptionMeterReadings", "StorageMeterReadings")
"""The operations with readings of meters, whose 404 has another message."""

STREAM = "LiveData"
"""The operation that is a stream, with errors of its own."""

CHARGER_OPERATIONS = (
    "EvChargerDevices",
    "EvChargerEvents",
    "EvChargerSessions",
    "EvChargerSchedules",
    "EvChargerLifetime",
    "EvChargerTelemetry",
    "StartCharging",
    "StopCharging",
)
"""The operations about chargers of the vendor's own make, whose errors have a code that is text."""

ENUMERATIONS = ("status", "connection_type", "source", "units", "granularity", "battery_mode", "operational_mode")
"""The properties of their bodies that are enumerations."""
