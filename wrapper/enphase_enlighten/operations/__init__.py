"""Every operation of the specification, written once and free of I/O.

Each function checks its arguments when it is called, so that bad input is refused before anything is sent, and returns
a generator that plans requests and reads answers; see `enphase_enlighten.engine.steps`.
"""

from . import daily, intervals, listing, single
from .listing import PAGE_SIZE_MAX
from .responses import during

consumption_lifetime = during("ConsumptionLifetime")(daily.consumption_lifetime)
consumption_stats = during("ConsumptionStats")(intervals.consumption_stats)
energy_lifetime = during("EnergyLifetime")(daily.energy_lifetime)
envoys = during("Envoys")(single.envoys)
inventory = during("Inventory")(single.inventory)
inverters_summary_by_envoy_or_site = during("InvertersSummaryByEnvoyOrSite")(single.inverters_summary_by_envoy_or_site)
monthly_production = during("MonthlyProduction")(single.monthly_production)
production_meter_readings = during("ProductionMeterReadings")(single.production_meter_readings)
rgm_stats = during("RgmStats")(intervals.rgm_stats)
search_system_id = during("SearchSystemId")(single.search_system_id)
stats = during("Stats")(intervals.stats)
summary = during("Summary")(single.summary)
systems = during("Systems")(listing.systems)

__all__ = [
    "PAGE_SIZE_MAX",
    "consumption_lifetime",
    "consumption_stats",
    "energy_lifetime",
    "envoys",
    "inventory",
    "inverters_summary_by_envoy_or_site",
    "monthly_production",
    "production_meter_readings",
    "rgm_stats",
    "search_system_id",
    "stats",
    "summary",
    "systems",
]
