"""The daily series over a system's life."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from ..data.rows import ConsumptionDay, ProductionDay, ProductionDayBySource
from ..data.series import DailySeries
from ..engine.steps import Call, build, send
from ..errors import InvalidArgumentError
from ..reading.models import invalid, read
from ..timing.instants import in_order, optional_date
from .arguments import system_number
from .responses import NO_CONTENT, checked

if TYPE_CHECKING:
    from ..api import Request, Response
    from ..engine.context import Context


def energy_lifetime(
    context: Context, system_id: Any, *, start_date: Any = None, end_date: Any = None, production: Any = None
) -> Call[DailySeries[Any]]:
    """`EnergyLifetime` as a series of days."""
    from enlighten_v2.models import Production

    if production not in (None, Production.ALL):
        raise InvalidArgumentError.for_argument("production", production, "'all' or None")
    days = _days(context, start_date, end_date)
    sources = None if production is None else Production.ALL
    request = build("EnergyLifetime", system_id=system_number(context, system_id), production=sources, **days)
    return _energy(context, request, by_source=sources is not None)


def _energy(context: Context, request: Request, *, by_source: bool) -> Call[DailySeries[Any]]:
    from enlighten_v2.models import EnergyLifetimeResponse

    day: Any = ProductionDayBySource if by_source else ProductionDay
    answer = checked((yield from send(request)), context)
    if answer.status == NO_CONTENT:
        return DailySeries(day)
    model = read(answer, EnergyLifetimeResponse, context, needs=["production"])
    columns: list[Any] = [model.production]
    if by_source:
        columns += [model.micro_production or [], model.meter_production or []]
    return DailySeries(day, _rows(answer, context, model.start_date, columns, day), response=model)


def consumption_lifetime(
    context: Context, system_id: Any, *, start_date: Any = None, end_date: Any = None
) -> Call[DailySeries[ConsumptionDay]]:
    """`ConsumptionLifetime` as a series of days."""
    days = _days(context, start_date, end_date)
    return _consumption(context, build("ConsumptionLifetime", system_id=system_number(context, system_id), **days))


def _consumption(context: Context, request: Request) -> Call[DailySeries[ConsumptionDay]]:
    from enlighten_v2.models import ConsumptionLifetimeResponse

    answer = yield from send(request)
    if context.api.errors.is_absent(answer):
        return DailySeries(ConsumptionDay)
    checked(answer, context)
    model = read(answer, ConsumptionLifetimeResponse, context, needs=["consumption"])
    rows = _rows(answer, context, model.start_date, [model.consumption], ConsumptionDay)
    return DailySeries(ConsumptionDay, rows, response=model)


def _days(context: Context, start_date: Any, end_date: Any) -> dict[str, date | None]:
    now = context.now()
    start, end = optional_date("start_date", start_date, now), optional_date("end_date", end_date, now)
    in_order("start_date", start, "end_date", end)
    return {"start_date": start, "end_date": end}


def _rows(answer: Response, context: Context, first: Any, columns: list[Any], row: Any) -> list[Any]:
    if not any(columns):
        return []
    if not isinstance(first, date):
        raise invalid(answer, context, "/start_date", "no date, so that the values cannot be dated")
    try:
        return [row(first + timedelta(days=day), *values) for day, values in enumerate(zip_longest(*columns))]
    except OverflowError:
        raise invalid(answer, context, "/start_date", "the values go on beyond the year 9999") from None
