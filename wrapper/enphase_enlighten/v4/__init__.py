"""The Monitoring API v4: a client for the energy data of systems whose owners gave an application access.

>>> from enphase_enlighten.v4 import Enlighten
>>> with Enlighten(api_key, tokens=access_token, base_url=base_url) as client:
...     for system in client.systems():
...         today = client.summary(system.system_id).energy_today  # Wh

The public names below are imported on first use, so that importing this package costs next to nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..clients.async_energy_source import AsyncEnergySource
    from ..clients.energy_source import EnergySource
    from ..credentials.token import Token
    from ..credentials.token_files import FileTokenStore
    from ..credentials.token_redis import RedisTokenStore
    from ..credentials.token_store import MemoryTokenStore, TokenStore
    from ..data.async_live_stream import AsyncLiveStream
    from ..data.live_stream import LiveStream
    from ..data.rows import (
        BatteryDay,
        ConsumptionDay,
        ConsumptionStatsRow,
        EnergyExportDay,
        EnergyImportDay,
        ProductionDay,
        ProductionDayBySource,
        RgmStatsRow,
        StatsRow,
    )
    from ..data.telemetry_rows import (
        BatteryRow,
        ConsumedRow,
        EnergyExportRow,
        EnergyImportRow,
        EvChargerRow,
        MicroRow,
        MicrosRow,
        ProductionMeterRow,
    )
    from .async_client import AsyncEnlighten
    from .async_event_series import AsyncAlarms, AsyncEvents
    from .async_listings import (
        AsyncChargerEvents,
        AsyncChargingSessions,
        AsyncFoundSystems,
        AsyncInverters,
        AsyncSystems,
    )
    from .async_oauth_client import AsyncOAuth
    from .client import Enlighten
    from .daily_series import DailySeries
    from .event_series import Alarms, Events
    from .listings import ChargerEvents, ChargingSessions, FoundSystems, Inverters, Systems
    from .oauth_client import OAuth
    from .quotas import Quota, RedisQuota, SQLiteQuota
    from .tables import DeviceRow, Devices, LatestRow, LatestTelemetry

_NAMES = {
    ".clients.async_energy_source": "AsyncEnergySource",
    ".clients.energy_source": "EnergySource",
    ".data.async_live_stream": "AsyncLiveStream",
    ".data.live_stream": "LiveStream",
    "async_client": "AsyncEnlighten",
    "async_listings": "AsyncChargerEvents AsyncChargingSessions AsyncFoundSystems AsyncInverters AsyncSystems",
    ".data.rows": "BatteryDay ConsumptionDay ConsumptionStatsRow EnergyExportDay EnergyImportDay "
    "ProductionDay ProductionDayBySource RgmStatsRow StatsRow",
    ".data.telemetry_rows": "BatteryRow ConsumedRow EnergyExportRow EnergyImportRow EvChargerRow "
    "MicroRow MicrosRow ProductionMeterRow",
    "async_event_series": "AsyncAlarms AsyncEvents",
    "client": "Enlighten",
    "daily_series": "DailySeries",
    "event_series": "Alarms Events",
    "tables": "DeviceRow Devices LatestRow LatestTelemetry",
    "quotas": "Quota RedisQuota SQLiteQuota",
    "async_oauth_client": "AsyncOAuth",
    "oauth_client": "OAuth",
    ".credentials.token": "Token",
    ".credentials.token_files": "FileTokenStore",
    ".credentials.token_redis": "RedisTokenStore",
    ".credentials.token_store": "MemoryTokenStore TokenStore",
    "listings": "ChargerEvents ChargingSessions FoundSystems Inverters Systems",
}
_MODULE_OF = {name: module for module, names in _NAMES.items() for name in names.split()}

__all__ = [
    "Alarms",
    "AsyncAlarms",
    "AsyncChargerEvents",
    "AsyncChargingSessions",
    "AsyncEnergySource",
    "AsyncEnlighten",
    "AsyncEvents",
    "AsyncFoundSystems",
    "AsyncInverters",
    "AsyncLiveStream",
    "AsyncOAuth",
    "AsyncSystems",
    "BatteryDay",
    "BatteryRow",
    "ChargerEvents",
    "ChargingSessions",
    "ConsumedRow",
    "ConsumptionDay",
    "ConsumptionStatsRow",
    "DailySeries",
    "DeviceRow",
    "Devices",
    "EnergyExportDay",
    "EnergyExportRow",
    "EnergyImportDay",
    "EnergyImportRow",
    "EnergySource",
    "Enlighten",
    "EvChargerRow",
    "Events",
    "FileTokenStore",
    "FoundSystems",
    "Inverters",
    "LatestRow",
    "LatestTelemetry",
    "LiveStream",
    "MemoryTokenStore",
    "MicroRow",
    "MicrosRow",
    "OAuth",
    "ProductionDay",
    "ProductionDayBySource",
    "ProductionMeterRow",
    "Quota",
    "RedisQuota",
    "RedisTokenStore",
    "RgmStatsRow",
    "SQLiteQuota",
    "StatsRow",
    "Systems",
    "Token",
    "TokenStore",
]


if not TYPE_CHECKING:
    # A type checker reads the imports above; to it, this function would make every name a right one.
    def __getattr__(name: str) -> object:
        module = _MODULE_OF.get(name)
        if module is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(f".{module}", __name__), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted(__all__)
