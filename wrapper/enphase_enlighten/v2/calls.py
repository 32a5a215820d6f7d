"""The operations of API v2: their arguments, and the shape that carries them out.

Each function checks its arguments when it is called, so that invalid input raises before anything is sent.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from ..data.rows import ProductionDayBySource
from ..engine.requests import build
from ..engine.steps import Call
from ..errors import InvalidArgumentError, warn_caller
from ..operations.arguments import checks_arguments_of, member_of, several, system_number, text, whole_number
from ..operations.daily import days
from ..operations.intervals import intervals_of
from ..operations.listing import listed
from ..operations.single import fetch, fetch_list, fetched
from ..operations.timezones import timezone_of
from ..reading.models import failure, invalid, read
from ..timing.instants import in_order, optional_date, parse_date, parse_instant, parse_timezone
from .daily_series import DailySeries
from .definition import (
    CONSUMPTION_LIFETIME,
    CONSUMPTION_STATS,
    ENERGY_LIFETIME,
    ENVOYS,
    INVENTORY,
    INVERTERS_SUMMARY,
    MONTHLY_PRODUCTION,
    PRODUCTION_METER_READINGS,
    RGM_STATS,
    SEARCH_SYSTEM_ID,
    STATS,
    SUMMARY,
    SYSTEMS,
)
from .system_columns import system_layout

if TYPE_CHECKING:
    from datetime import date, tzinfo

    from enlighten_v2.models import (
        EnvoysResponse,
        InventoryResponse,
        InvertersSummaryByEnvoyOrSiteResponse,
        MonthlyProductionResponse,
        ProductionMeterReadingsResponse,
        SummaryResponse,
    )

    from ..api import Request
    from ..data.rows import ConsumptionDay
    from ..data.sources import IntervalSource, ListingSource
    from ..engine.context import Context
    from ..engine.steps import Steps
    from ..timing.instants import Moment


@checks_arguments_of(SYSTEMS.id)
def systems(
    context: Context,
    *,
    system_id: Any = None,
    system_name: Any = None,
    status: Any = None,
    reference: Any = None,
    installer: Any = None,
    connection_type: Any = None,
    page_size: Any = 1000,
    cursor: Any = None,
) -> ListingSource:
    """Check the filters of `Systems`."""
    from enlighten_v2.models import ConnectionType, Status

    filters = {
        "system_id": several("system_id", system_id, whole_number),
        "system_name": several("system_name", system_name, text),
        "status": several("status", status, member_of(Status)),
        "reference": several("reference", reference, text),
        "installer": several("installer", installer, text),
        "connection_type": several("connection_type", connection_type, member_of(ConnectionType)),
    }
    paging = {"page_size": page_size, "cursor": cursor}
    return listed(context, SYSTEMS, "system_id", layout=system_layout(), **paging, **filters)


@checks_arguments_of(SUMMARY.id)
def summary(context: Context, system_id: Any, *, summary_date: Any = None) -> Call[SummaryResponse]:
    """Prepare `Summary` of one system and day."""
    day = None if summary_date is None else parse_date("summary_date", summary_date, context.now())
    return fetch(context, SUMMARY, system_id=system_number(context, system_id), summary_date=day)


@checks_arguments_of(ENVOYS.id)
def envoys(context: Context, system_id: Any) -> Call[EnvoysResponse]:
    """Prepare `Envoys` of one system."""
    return fetch(context, ENVOYS, system_id=system_number(context, system_id))


@checks_arguments_of(INVENTORY.id)
def inventory(context: Context, system_id: Any) -> Call[InventoryResponse]:
    """Prepare `Inventory` of one system."""
    return fetch(context, INVENTORY, system_id=system_number(context, system_id))


@checks_arguments_of(INVERTERS_SUMMARY.id)
def inverters_summary_by_envoy_or_site(
    context: Context, site_id: Any
) -> Call[list[InvertersSummaryByEnvoyOrSiteResponse]]:
    """Prepare `InvertersSummaryByEnvoyOrSite`: one entry for each envoy."""
    return fetch_list(context, INVERTERS_SUMMARY, site_id=system_number(context, site_id, "site_id"))


@checks_arguments_of(MONTHLY_PRODUCTION.id)
def monthly_production(context: Context, system_id: Any, start_date: Any) -> Call[MonthlyProductionResponse]:
    """Prepare `MonthlyProduction` of the month that begins on `start_date`."""
    day = parse_date("start_date", start_date, context.now())
    call = fetch(context, MONTHLY_PRODUCTION, system_id=system_number(context, system_id), start_date=day)
    message = "monthly_production is deprecated by the service: use energy_lifetime or production_meter_readings"
    warn_caller(DeprecationWarning(message))
    return call


@checks_arguments_of(PRODUCTION_METER_READINGS.id)
def production_meter_readings(
    context: Context, system_id: Any, *, end_at: Any = None, timezone: Any = None
) -> Call[ProductionMeterReadingsResponse]:
    """Prepare `ProductionMeterReadings` as of `end_at`."""
    number = system_number(context, system_id)
    moment = None if end_at is None else parse_instant("end_at", end_at)
    zone = None if timezone is None else parse_timezone(timezone)
    return Call(PRODUCTION_METER_READINGS.id, _readings(context, number, moment, zone))


def _readings(
    context: Context, system_id: int, moment: Moment | None, zone: tzinfo | None
) -> Steps[ProductionMeterReadingsResponse]:
    end_at = None
    if moment is not None:
        epoch = moment.epoch
        if epoch is None:
            epoch = moment.at((yield from timezone_of(context, system_id, zone)))
        end_at = math.floor(min(epoch, context.now()))
    request = build(context.api, PRODUCTION_METER_READINGS, system_id=system_id, end_at=end_at)
    readings: ProductionMeterReadingsResponse = yield from fetched(context, PRODUCTION_METER_READINGS, request)
    return readings


@checks_arguments_of(SEARCH_SYSTEM_ID.id)
def search_system_id(context: Context, serial_num: Any) -> Call[int]:
    """Prepare `SearchSystemId`: the system of an envoy."""
    if not text("serial_num", serial_num):
        raise InvalidArgumentError.for_argument("serial_num", serial_num, "the serial number of an envoy")
    request = build(context.api, SEARCH_SYSTEM_ID, serial_num=serial_num)
    return Call(SEARCH_SYSTEM_ID.id, _system_id(context, request))


def _system_id(context: Context, request: Request) -> Steps[int]:
    response = yield request
    if response.status not in context.api.success:
        raise failure(response, context)
    number: Any = read(response, SEARCH_SYSTEM_ID, context).system_id
    if type(number) is float and number.is_integer():
        return int(number)
    if type(number) is not int:
        raise invalid(response, context, "/system_id", "an integer was expected")
    return number


@checks_arguments_of(ENERGY_LIFETIME.id)
def energy_lifetime(
    context: Context, system_id: Any, *, start_date: Any = None, end_date: Any = None, production: Any = None
) -> Call[DailySeries[Any]]:
    """Prepare `EnergyLifetime` as a series of days."""
    from enlighten_v2.models import Production

    if production not in (None, Production.ALL):
        raise InvalidArgumentError.for_argument("production", production, "'all' or None")
    parameters: dict[str, Any] = {
        **_date_range(context, start_date, end_date),
        "system_id": system_number(context, system_id),
    }
    if production is None:
        return days(context, ENERGY_LIFETIME, DailySeries, **parameters)
    return days(context, ENERGY_LIFETIME, DailySeries, ProductionDayBySource, production=Production.ALL, **parameters)


@checks_arguments_of(CONSUMPTION_LIFETIME.id)
def consumption_lifetime(
    context: Context, system_id: Any, *, start_date: Any = None, end_date: Any = None
) -> Call[DailySeries[ConsumptionDay]]:
    """Prepare `ConsumptionLifetime` as a series of days."""
    dates = _date_range(context, start_date, end_date)
    return days(context, CONSUMPTION_LIFETIME, DailySeries, system_id=system_number(context, system_id), **dates)


def _date_range(context: Context, start_date: Any, end_date: Any) -> dict[str, date | None]:
    now = context.now()
    start, end = optional_date("start_date", start_date, now), optional_date("end_date", end_date, now)
    in_order("start_date", start, "end_date", end)
    return {"start_date": start, "end_date": end}


@checks_arguments_of(STATS.id)
def stats(context: Context, system_id: Any, **arguments: Any) -> IntervalSource:
    """Prepare `Stats`: the production of the microinverters."""
    return intervals_of(context, STATS, system_id, **arguments)


@checks_arguments_of(RGM_STATS.id)
def rgm_stats(context: Context, system_id: Any, **arguments: Any) -> IntervalSource:
    """Prepare `RgmStats`: the readings of the revenue-grade meters."""
    return intervals_of(context, RGM_STATS, system_id, **arguments)


@checks_arguments_of(CONSUMPTION_STATS.id)
def consumption_stats(context: Context, system_id: Any, **arguments: Any) -> IntervalSource:
    """Prepare `ConsumptionStats`: the readings of the consumption meters."""
    return intervals_of(context, CONSUMPTION_STATS, system_id, **arguments)
