"""Every operation of the specification, written once and free of I/O.

Each function checks its arguments when it is called, so that bad input is refused before anything is sent, and returns
a generator that plans requests and reads answers; see `enphase_enlighten.protocol`.
"""

from . import intervals, lifetime, listing, single
from .answers import during
from .listing import PAGE_SIZE_MAX

consumption_lifetime = during("ConsumptionLifetime")(lifetime.consumption_lifetime)
consumption_stats = during("ConsumptionStats")(intervals.consumption_stats)
energy_lifetime = during("EnergyLifetime")(lifetime.energy_lifetime)
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
