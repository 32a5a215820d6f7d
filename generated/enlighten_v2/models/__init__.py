"""The models of what the API sends, each imported on first use."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .client_error import ClientError
    from .conflict_error import ConflictError
    from .connection_type import ConnectionType
    from .consumption_lifetime_response import ConsumptionLifetimeResponse
    from .consumption_stats_interval import ConsumptionStatsInterval
    from .consumption_stats_response import ConsumptionStatsResponse
    from .energy import Energy
    from .energy_lifetime_response import EnergyLifetimeResponse
    from .energy_units import EnergyUnits
    from .envoy import Envoy
    from .envoy_status import EnvoyStatus
    from .envoys_response import EnvoysResponse
    from .inventory_envoy import InventoryEnvoy
    from .inventory_inverter import InventoryInverter
    from .inventory_meter import InventoryMeter
    from .inventory_response import InventoryResponse
    from .inverters_summary_by_envoy_or_site_response import InvertersSummaryByEnvoyOrSiteResponse
    from .meta import Meta
    from .micro_inverter import MicroInverter
    from .micro_inverter_status import MicroInverterStatus
    from .monthly_meter_reading import MonthlyMeterReading
    from .monthly_production_response import MonthlyProductionResponse
    from .not_found_error import NotFoundError
    from .power_produced import PowerProduced
    from .power_units import PowerUnits
    from .production import Production
    from .production_meter_reading import ProductionMeterReading
    from .production_meter_readings_response import ProductionMeterReadingsResponse
    from .rgm_stats_interval import RgmStatsInterval
    from .rgm_stats_meter import RgmStatsMeter
    from .rgm_stats_meter_interval import RgmStatsMeterInterval
    from .rgm_stats_response import RgmStatsResponse
    from .search_system_id_response import SearchSystemIdResponse
    from .server_error import ServerError
    from .stats_interval import StatsInterval
    from .stats_response import StatsResponse
    from .status import Status
    from .summary_response import SummaryResponse
    from .summary_source import SummarySource
    from .system import System
    from .systems_response import SystemsResponse
    from .unprocessable_entity_error import UnprocessableEntityError
    from .usage_period import UsagePeriod

_MODULES = {
    "ClientError": ".client_error",
    "ConflictError": ".conflict_error",
    "ConnectionType": ".connection_type",
    "ConsumptionLifetimeResponse": ".consumption_lifetime_response",
    "ConsumptionStatsInterval": ".consumption_stats_interval",
    "ConsumptionStatsResponse": ".consumption_stats_response",
    "Energy": ".energy",
    "EnergyLifetimeResponse": ".energy_lifetime_response",
    "EnergyUnits": ".energy_units",
    "Envoy": ".envoy",
    "EnvoyStatus": ".envoy_status",
    "EnvoysResponse": ".envoys_response",
    "InventoryEnvoy": ".inventory_envoy",
    "InventoryInverter": ".inventory_inverter",
    "InventoryMeter": ".inventory_meter",
    "InventoryResponse": ".inventory_response",
    "InvertersSummaryByEnvoyOrSiteResponse": ".inverters_summary_by_envoy_or_site_response",
    "Meta": ".meta",
    "MicroInverter": ".micro_inverter",
    "MicroInverterStatus": ".micro_inverter_status",
    "MonthlyMeterReading": ".monthly_meter_reading",
    "MonthlyProductionResponse": ".monthly_production_response",
    "NotFoundError": ".not_found_error",
    "PowerProduced": ".power_produced",
    "PowerUnits": ".power_units",
    "Production": ".production",
    "ProductionMeterReading": ".production_meter_reading",
    "ProductionMeterReadingsResponse": ".production_meter_readings_response",
    "RgmStatsInterval": ".rgm_stats_interval",
    "RgmStatsMeter": ".rgm_stats_meter",
    "RgmStatsMeterInterval": ".rgm_stats_meter_interval",
    "RgmStatsResponse": ".rgm_stats_response",
    "SearchSystemIdResponse": ".search_system_id_response",
    "ServerError": ".server_error",
    "StatsInterval": ".stats_interval",
    "StatsResponse": ".stats_response",
    "Status": ".status",
    "SummaryResponse": ".summary_response",
    "SummarySource": ".summary_source",
    "System": ".system",
    "SystemsResponse": ".systems_response",
    "UnprocessableEntityError": ".unprocessable_entity_error",
    "UsagePeriod": ".usage_period",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(_MODULES[name], __name__), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


__all__ = (
    "ClientError",
    "ConflictError",
    "ConnectionType",
    "ConsumptionLifetimeResponse",
    "ConsumptionStatsInterval",
    "ConsumptionStatsResponse",
    "Energy",
    "EnergyLifetimeResponse",
    "EnergyUnits",
    "Envoy",
    "EnvoysResponse",
    "EnvoyStatus",
    "InventoryEnvoy",
    "InventoryInverter",
    "InventoryMeter",
    "InventoryResponse",
    "InvertersSummaryByEnvoyOrSiteResponse",
    "Meta",
    "MicroInverter",
    "MicroInverterStatus",
    "MonthlyMeterReading",
    "MonthlyProductionResponse",
    "NotFoundError",
    "PowerProduced",
    "PowerUnits",
    "Production",
    "ProductionMeterReading",
    "ProductionMeterReadingsResponse",
    "RgmStatsInterval",
    "RgmStatsMeter",
    "RgmStatsMeterInterval",
    "RgmStatsResponse",
    "SearchSystemIdResponse",
    "ServerError",
    "StatsInterval",
    "StatsResponse",
    "Status",
    "SummaryResponse",
    "SummarySource",
    "System",
    "SystemsResponse",
    "UnprocessableEntityError",
    "UsagePeriod",
)
