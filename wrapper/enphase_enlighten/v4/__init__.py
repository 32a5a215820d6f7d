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
    from ..data.async_live_stream import AsyncLiveStream
    from ..data.live_stream import LiveStream
    from .async_client import AsyncEnlighten
    from .async_listings import (
        AsyncChargerEvents,
        AsyncChargingSessions,
        AsyncFoundSystems,
        AsyncInverters,
        AsyncSystems,
    )
    from .client import Enlighten
    from .listings import ChargerEvents, ChargingSessions, FoundSystems, Inverters, Systems
    from .quotas import Quota, RedisQuota, SQLiteQuota
    from .tables import DeviceRow, Devices, LatestRow, LatestTelemetry

_NAMES = {
    ".data.async_live_stream": "AsyncLiveStream",
    ".data.live_stream": "LiveStream",
    "async_client": "AsyncEnlighten",
    "async_listings": "AsyncChargerEvents AsyncChargingSessions AsyncFoundSystems AsyncInverters AsyncSystems",
    "client": "Enlighten",
    "tables": "DeviceRow Devices LatestRow LatestTelemetry",
    "quotas": "Quota RedisQuota SQLiteQuota",
    "listings": "ChargerEvents ChargingSessions FoundSystems Inverters Systems",
}
_MODULE_OF = {name: module for module, names in _NAMES.items() for name in names.split()}

__all__ = [
    "AsyncChargerEvents",
    "AsyncChargingSessions",
    "AsyncEnlighten",
    "AsyncFoundSystems",
    "AsyncInverters",
    "AsyncLiveStream",
    "AsyncSystems",
    "ChargerEvents",
    "ChargingSessions",
    "DeviceRow",
    "Devices",
    "Enlighten",
    "FoundSystems",
    "Inverters",
    "LatestRow",
    "LatestTelemetry",
    "LiveStream",
    "Quota",
    "RedisQuota",
    "SQLiteQuota",
    "Systems",
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
