"""Every operation of the specification, written once and free of I/O.

Each function checks its arguments when it is called, so that bad input is refused before anything is sent, and returns
a generator that plans requests and reads answers; see `enphase_enlighten.protocol`.
"""

from .intervals import consumption_stats, rgm_stats, stats
from .lifetime import consumption_lifetime, energy_lifetime
from .listing import PAGE_SIZE_MAX, systems
from .single import (
    envoys,
    inventory,
    inverters_summary_by_envoy_or_site,
    monthly_production,
    production_meter_readings,
    search_system_id,
    summary,
)

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
