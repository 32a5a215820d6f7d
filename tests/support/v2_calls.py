"""One call of each operation of the Enlighten Systems API v2."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tests.support.calls import Call

if TYPE_CHECKING:
    from collections.abc import Mapping

NOW = datetime(2024, 6, 15, 19, 7, 23, tzinfo=UTC)
"""A present at which each of the calls below has data to ask for."""

PERIOD = (1_718_000_100, 1_718_086_500)
"""A period of one request, in epoch seconds, whose ends are on the grid of each interval operation."""

TIMEZONE = "America/Los_Angeles"
"""The timezone of the system in the calls below."""

_SYSTEM = {"system_id": 67}
_DAYS = {"start_date": "2024-06-01", "end_date": "2024-06-01"}
_INTERVALS = {**_SYSTEM, "start_at": PERIOD[0], "end_at": PERIOD[1], "timezone": TIMEZONE}
_FILTERS = {
    "system_id": 67,
    "system_name": "Green",
    "status": "comm",
    "reference": "R",
    "installer": "I",
    "connection_type": "wifi",
}

CALLS: Mapping[str, Call] = {
    call.operation_id: call
    for call in (
        Call("Systems", "listing", {}, {**_FILTERS, "cursor": "c", "page_size": 10}),
        Call("Summary", "single", _SYSTEM, {"summary_date": "2024-06-01"}),
        Call("Envoys", "single", _SYSTEM),
        Call("Inventory", "single", _SYSTEM),
        Call("InvertersSummaryByEnvoyOrSite", "single", {"site_id": 67}),
        Call("ProductionMeterReadings", "single", _SYSTEM, {"end_at": "2024-06-01T00:00Z"}),
        Call("SearchSystemId", "single", {"serial_num": "121842012242"}),
        Call("MonthlyProduction", "single", {**_SYSTEM, "start_date": "2024-04-01"}),
        Call("EnergyLifetime", "daily", _SYSTEM, {**_DAYS, "production": "all"}),
        Call("ConsumptionLifetime", "daily", _SYSTEM, _DAYS),
        Call("Stats", "intervals", _INTERVALS),
        Call("RgmStats", "intervals", _INTERVALS),
        Call("ConsumptionStats", "intervals", _INTERVALS),
    )
}
