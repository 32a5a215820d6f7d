"""A client for the Enphase Enlighten Systems API: complete energy data of solar systems, within the quota.

>>> with Enlighten(api_key, user_id, base_url=base_url) as client:
...     for system in client.systems(status=["normal"]):
...         today = client.summary(system.system_id).energy_today  # Wh

The public names below are imported on first use, so that importing this package costs next to nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from ._version import __version__

if TYPE_CHECKING:
    from .async_client import AsyncEnlighten
    from .client import Enlighten
    from .dates import aware_datetimes
    from .errors import (
        APIStatusError,
        AuthenticationError,
        ConfigurationError,
        ConnectionFailedError,
        DroppedValuesWarning,
        EnlightenError,
        InvalidArgumentError,
        InvalidResponseError,
        MissingHistoryWarning,
        NotFoundError,
        RequestTimeoutError,
        ServerError,
        ServiceUnavailableError,
        TimezoneUnknownError,
        UnprocessableRequestError,
        UsageLimitExceededError,
    )
    from .quota import Quota, Usage, UsagePlan
    from .redis_store import RedisQuota
    from .rows import (
        ConsumptionDay,
        ConsumptionStatsRow,
        ProductionDay,
        ProductionDayBySource,
        RgmStatsRow,
        StatsRow,
    )
    from .series import (
        AsyncIntervalSeries,
        AsyncSystems,
        DailySeries,
        IntervalSeries,
        Systems,
    )
    from .sqlite_store import SQLiteQuota

_PLACES = {
    "async_client": ("AsyncEnlighten",),
    "client": ("Enlighten",),
    "dates": ("aware_datetimes",),
    "errors": (
        "APIStatusError",
        "AuthenticationError",
        "ConfigurationError",
        "ConnectionFailedError",
        "DroppedValuesWarning",
        "EnlightenError",
        "InvalidArgumentError",
        "InvalidResponseError",
        "MissingHistoryWarning",
        "NotFoundError",
        "RequestTimeoutError",
        "ServerError",
        "ServiceUnavailableError",
        "TimezoneUnknownError",
        "UnprocessableRequestError",
        "UsageLimitExceededError",
    ),
    "quota": ("Quota", "Usage", "UsagePlan"),
    "redis_store": ("RedisQuota",),
    "rows": (
        "ConsumptionDay",
        "ConsumptionStatsRow",
        "ProductionDay",
        "ProductionDayBySource",
        "RgmStatsRow",
        "StatsRow",
    ),
    "series": (
        "AsyncIntervalSeries",
        "AsyncSystems",
        "DailySeries",
        "IntervalSeries",
        "Systems",
    ),
    "sqlite_store": ("SQLiteQuota",),
}
_MODULE_OF = {name: module for module, names in _PLACES.items() for name in names}

__all__ = [
    "APIStatusError",
    "AsyncEnlighten",
    "AsyncIntervalSeries",
    "AsyncSystems",
    "AuthenticationError",
    "ConfigurationError",
    "ConnectionFailedError",
    "ConsumptionDay",
    "ConsumptionStatsRow",
    "DailySeries",
    "DroppedValuesWarning",
    "Enlighten",
    "EnlightenError",
    "IntervalSeries",
    "InvalidArgumentError",
    "InvalidResponseError",
    "MissingHistoryWarning",
    "NotFoundError",
    "ProductionDay",
    "ProductionDayBySource",
    "Quota",
    "RedisQuota",
    "RequestTimeoutError",
    "RgmStatsRow",
    "SQLiteQuota",
    "ServerError",
    "ServiceUnavailableError",
    "StatsRow",
    "Systems",
    "TimezoneUnknownError",
    "UnprocessableRequestError",
    "Usage",
    "UsageLimitExceededError",
    "UsagePlan",
    "__version__",
    "aware_datetimes",
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
