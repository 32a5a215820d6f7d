"""The operations of API v4: one function each, from a call to the body of its response."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enlighten_mock.v4.operations import energy, listing, telemetry

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
}
"""By operation id."""

WITHOUT_SYSTEM = ("Systems", "SearchSystems", "RetrieveSystemId", "EventTypes")
"""The operations whose requests are about no single system."""

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
