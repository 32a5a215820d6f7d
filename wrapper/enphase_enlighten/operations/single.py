"""The operations that are one request and one model."""

from __future__ import annotations

import math
import warnings
from typing import TYPE_CHECKING, Any

from ..engine.steps import Call, build, send
from ..errors import InvalidArgumentError
from ..reading.models import Model, check, decode, invalid, read, read_object
from ..timing.instants import Moment, optional_date, parse_date, parse_instant, parse_timezone
from .arguments import system_number, text
from .responses import checked, named
from .timezones import timezone_of

if TYPE_CHECKING:
    from datetime import tzinfo

    from enlighten_v2.models import (
        EnvoysResponse,
        InventoryResponse,
        InvertersSummaryByEnvoyOrSiteResponse,
        MonthlyProductionResponse,
        ProductionMeterReadingsResponse,
        SummaryResponse,
    )

    from ..api import Request
    from ..engine.context import Context


def _model(context: Context, request: Request, model: str) -> Call[Any]:
    import enlighten_v2.models

    cls: type[Model] = getattr(enlighten_v2.models, model)
    return read(checked((yield from send(request)), context), cls, context)


def summary(context: Context, system_id: Any, *, summary_date: Any = None) -> Call[SummaryResponse]:
    """`Summary` of one system and day."""
    day = optional_date("summary_date", summary_date, context.now())
    request = build("Summary", system_id=system_number(context, system_id), summary_date=day)
    return _model(context, request, "SummaryResponse")


def envoys(context: Context, system_id: Any) -> Call[EnvoysResponse]:
    """`Envoys` of one system."""
    return _model(context, build("Envoys", system_id=system_number(context, system_id)), "EnvoysResponse")


def inventory(context: Context, system_id: Any) -> Call[InventoryResponse]:
    """`Inventory` of one system."""
    return _model(context, build("Inventory", system_id=system_number(context, system_id)), "InventoryResponse")


def monthly_production(context: Context, system_id: Any, start_date: Any) -> Call[MonthlyProductionResponse]:
    """`MonthlyProduction` of the month that begins on `start_date`."""
    day = parse_date("start_date", start_date, context.now())
    request = build("MonthlyProduction", system_id=system_number(context, system_id), start_date=day)
    warnings.warn(
        "monthly_production is deprecated by the service: use energy_lifetime or production_meter_readings",
        DeprecationWarning,
        stacklevel=4,
    )
    return _model(context, request, "MonthlyProductionResponse")


def production_meter_readings(
    context: Context, system_id: Any, *, end_at: Any = None, timezone: Any = None
) -> Call[ProductionMeterReadingsResponse]:
    """`ProductionMeterReadings` as of `end_at`."""
    number = system_number(context, system_id)
    moment = None if end_at is None else parse_instant("end_at", end_at)
    zone = None if timezone is None else parse_timezone(timezone)
    return named("ProductionMeterReadings", _readings(context, number, moment, zone))


def _readings(
    context: Context, system_id: int, moment: Moment | None, zone: tzinfo | None
) -> Call[ProductionMeterReadingsResponse]:
    end_at = None
    if moment is not None:
        epoch = moment.epoch
        if epoch is None:
            epoch = moment.at((yield from timezone_of(context, system_id, zone)))
        end_at = math.floor(min(epoch, context.now()))
    request = build("ProductionMeterReadings", system_id=system_id, end_at=end_at)
    readings: ProductionMeterReadingsResponse = yield from _model(context, request, "ProductionMeterReadingsResponse")
    return readings


def search_system_id(context: Context, serial_num: Any) -> Call[int]:
    """`SearchSystemId`: the system of an envoy."""
    if not text("serial_num", serial_num):
        raise InvalidArgumentError.for_argument("serial_num", serial_num, "the serial number of an envoy")
    return _system_id(context, build("SearchSystemId", serial_num=serial_num))


def _system_id(context: Context, request: Request) -> Call[int]:
    from enlighten_v2.models import SearchSystemIdResponse

    answer = checked((yield from send(request)), context)
    number: Any = read(answer, SearchSystemIdResponse, context, needs=["system_id"]).system_id
    if type(number) is float and number.is_integer():
        return int(number)
    if type(number) is not int:
        raise invalid(answer, context, "/system_id", "an integer was expected, and it is what was asked for")
    return number


def inverters_summary_by_envoy_or_site(
    context: Context, site_id: Any
) -> Call[list[InvertersSummaryByEnvoyOrSiteResponse]]:
    """`InvertersSummaryByEnvoyOrSite`: one entry for each envoy."""
    request = build("InvertersSummaryByEnvoyOrSite", site_id=system_number(context, site_id, "site_id"))
    return _inverters(context, request)


def _inverters(context: Context, request: Request) -> Call[list[InvertersSummaryByEnvoyOrSiteResponse]]:
    from enlighten_v2.models import InvertersSummaryByEnvoyOrSiteResponse

    answer = checked((yield from send(request)), context)
    body = decode(answer, context)
    check(answer, body, context)
    if not isinstance(body, list):
        raise invalid(answer, context, "", "a list was expected")
    return [
        read_object(answer, item, f"/{index}", InvertersSummaryByEnvoyOrSiteResponse, context)
        for index, item in enumerate(body)
    ]
