"""The Enlighten Systems API v2 as data: operations, windows, pages and plans.

Windows are those of the specification's `x-window` extension, models, parameters and sizes those of the specification;
tests hold them together.
"""

from __future__ import annotations

from typing import Any

from dateutil.relativedelta import relativedelta

from ..api import API, Operation, ZoneLookup
from ..data.rows import ConsumptionDay, ConsumptionStatsRow, ProductionDay, RgmStatsRow, StatsRow
from ..planning.pages import CursorPages
from ..planning.windows import WindowRule
from ..quota.plans import UsagePlan
from .error_bodies import V2ErrorBodies

NAME = "v2"
BASE_URL = "https://api.enphaseenergy.com/api/v2"
"""`servers` of the specification."""

PLANS = {
    "watt": UsagePlan(10, 10_000),
    "kilowatt": UsagePlan(50, 25_000),
    "megawatt": UsagePlan(100, 300_000),
    "gigawatt": UsagePlan(300, 1_500_000),
}
"""Watt is confirmed by recorded 409 bodies; the larger plans' figures come from one second-hand source."""

_YEAR = relativedelta(years=1)
_OLDER = "energy_lifetime"


def _interval_series(operation: str, row: type, step: int, longest: relativedelta) -> Operation:
    window = WindowRule(interval=step, longest=longest, history=_YEAR, older=_OLDER)
    model = f"{operation}Response"
    return Operation(operation, model=model, needs=("intervals",), items="intervals", row=row, window=window)


def _daily_series(operation: str, row: Any) -> Operation:
    return Operation(operation, model=f"{operation}Response", needs=row._fields[1:2], first_day="start_date", row=row)


SYSTEMS = Operation(
    "Systems",
    model="SystemsResponse",
    needs=("systems",),
    items="systems",
    pages=CursorPages(largest=1000, cursor="next_", size="limit", following_property="next_", pointer="/next"),
)
SUMMARY = Operation("Summary", model="SummaryResponse")
ENVOYS = Operation("Envoys", model="EnvoysResponse")
INVENTORY = Operation("Inventory", model="InventoryResponse")
INVERTERS_SUMMARY = Operation("InvertersSummaryByEnvoyOrSite", model="InvertersSummaryByEnvoyOrSiteResponse")
PRODUCTION_METER_READINGS = Operation("ProductionMeterReadings", model="ProductionMeterReadingsResponse")
MONTHLY_PRODUCTION = Operation("MonthlyProduction", model="MonthlyProductionResponse")
SEARCH_SYSTEM_ID = Operation("SearchSystemId", model="SearchSystemIdResponse", needs=("system_id",))
ENERGY_LIFETIME = _daily_series("EnergyLifetime", ProductionDay)
CONSUMPTION_LIFETIME = Operation(
    "ConsumptionLifetime",
    model="ConsumptionLifetimeResponse",
    needs=("consumption",),
    first_day="start_date",
    row=ConsumptionDay,
)
STATS = _interval_series("Stats", StatsRow, 300, relativedelta(hours=24))
RGM_STATS = _interval_series("RgmStats", RgmStatsRow, 900, relativedelta(days=7))
CONSUMPTION_STATS = _interval_series("ConsumptionStats", ConsumptionStatsRow, 900, relativedelta(months=1))

OPERATIONS = (
    SYSTEMS,
    SUMMARY,
    ENVOYS,
    INVENTORY,
    INVERTERS_SUMMARY,
    PRODUCTION_METER_READINGS,
    MONTHLY_PRODUCTION,
    SEARCH_SYSTEM_ID,
    ENERGY_LIFETIME,
    CONSUMPTION_LIFETIME,
    STATS,
    RGM_STATS,
    CONSUMPTION_STATS,
)


def _only(system_id: int) -> dict[str, object]:
    return {"system_id": [system_id], "limit": 1}


V2 = API(
    name=NAME,
    errors=V2ErrorBodies(),
    base_url=BASE_URL,
    operations={operation.id: operation for operation in OPERATIONS},
    package="enlighten_v2",
    plans=PLANS,
    zones=ZoneLookup(SYSTEMS, _only),
)
