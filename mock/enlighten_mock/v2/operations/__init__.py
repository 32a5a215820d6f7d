"""The operations of API v2: one function each, from a call to the body of its response."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enlighten_mock.v2.operations import devices, energy, intervals, listing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from enlighten_mock.service.exchange import Json
    from enlighten_mock.v2.call import Call

OPERATIONS: Mapping[str, Callable[[Call], Json]] = {
    "Systems": listing.systems,
    "SearchSystemId": listing.search_system_id,
    "Envoys": devices.envoys,
    "Inventory": devices.inventory,
    "InvertersSummaryByEnvoyOrSite": devices.inverters_summary_by_envoy_or_site,
    "Summary": energy.summary,
    "EnergyLifetime": energy.energy_lifetime,
    "ConsumptionLifetime": energy.consumption_lifetime,
    "MonthlyProduction": energy.monthly_production,
    "ProductionMeterReadings": energy.production_meter_readings,
    "Stats": intervals.stats,
    "RgmStats": intervals.rgm_stats,
    "ConsumptionStats": intervals.consumption_stats,
}
"""By operation id."""

WITHOUT_SYSTEM = ("Systems", "SearchSystemId")
"""The operations whose requests are about no single system."""

PAGED = ("Systems",)
"""The operations that have a cursor."""

ENUMERATIONS = ("status", "connection_type", "source", "units")
"""The properties of their bodies that are enumerations."""
