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
    from .api import Exchange
    from .data.async_series import AsyncIntervalSeries
    from .data.rows import (
        ConsumptionDay,
        ConsumptionStatsRow,
        ProductionDay,
        ProductionDayBySource,
        RgmStatsRow,
        StatsRow,
    )
    from .data.series import IntervalSeries
    from .errors import (
        APIStatusError,
        AuthenticationError,
        AuthorizationExpiredError,
        ConfigurationError,
        ConnectionFailedError,
        DroppedValuesWarning,
        EnlightenError,
        ForbiddenError,
        InvalidArgumentError,
        InvalidKeyError,
        InvalidResponseError,
        MissingHistoryWarning,
        NotFoundError,
        PermissionMissingError,
        RequestTimeoutError,
        ServerError,
        ServiceUnavailableError,
        StreamInterruptedError,
        TimezoneUnknownError,
        UnprocessableRequestError,
        UsageLimitExceededError,
    )
    from .quota.plans import Usage, UsagePlan
    from .timing.instants import aware_datetimes
    from .v2.async_client import AsyncEnlighten
    from .v2.async_systems import AsyncSystems
    from .v2.client import Enlighten
    from .v2.daily_series import DailySeries
    from .v2.quotas import Quota, RedisQuota, SQLiteQuota
    from .v2.systems import Systems

_NAMES = {
    "v2.async_client": "AsyncEnlighten",
    "v2.client": "Enlighten",
    "timing.instants": "aware_datetimes",
    "errors": (
        "APIStatusError AuthenticationError AuthorizationExpiredError ConfigurationError ConnectionFailedError "
        "DroppedValuesWarning EnlightenError ForbiddenError InvalidArgumentError InvalidKeyError InvalidResponseError "
        "MissingHistoryWarning NotFoundError PermissionMissingError RequestTimeoutError ServerError "
        "ServiceUnavailableError StreamInterruptedError TimezoneUnknownError UnprocessableRequestError "
        "UsageLimitExceededError"
    ),
    "quota.plans": "Usage UsagePlan",
    "api": "Exchange",
    "data.rows": "ConsumptionDay ConsumptionStatsRow ProductionDay ProductionDayBySource RgmStatsRow StatsRow",
    "data.async_series": "AsyncIntervalSeries",
    "data.series": "IntervalSeries",
    "v2.async_systems": "AsyncSystems",
    "v2.daily_series": "DailySeries",
    "v2.quotas": "Quota RedisQuota SQLiteQuota",
    "v2.systems": "Systems",
}
_MODULE_OF = {name: module for module, names in _NAMES.items() for name in names.split()}

__all__ = [
    "APIStatusError",
    "AsyncEnlighten",
    "AsyncIntervalSeries",
    "AsyncSystems",
    "AuthenticationError",
    "AuthorizationExpiredError",
    "ConfigurationError",
    "ConnectionFailedError",
    "ConsumptionDay",
    "ConsumptionStatsRow",
    "DailySeries",
    "DroppedValuesWarning",
    "Enlighten",
    "EnlightenError",
    "Exchange",
    "ForbiddenError",
    "IntervalSeries",
    "InvalidArgumentError",
    "InvalidKeyError",
    "InvalidResponseError",
    "MissingHistoryWarning",
    "NotFoundError",
    "PermissionMissingError",
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
    "StreamInterruptedError",
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
