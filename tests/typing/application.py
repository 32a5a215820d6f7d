"""An application that uses all of the public API, for a type checker to read; nobody runs it.

`assert_type` states what an application developer sees in the editor. A `type: ignore` stands where the checker must
find a mistake: strict mode reports one that is not needed.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import assert_type

import httpx
import pandas as pd
import polars as pl

import enphase_enlighten
from enlighten_v2 import AuthenticatedClient
from enlighten_v2.api.default import inventory
from enlighten_v2.models import (
    ConsumptionStatsResponse,
    EnvoysResponse,
    InventoryResponse,
    InvertersSummaryByEnvoyOrSiteResponse,
    Meta,
    MonthlyProductionResponse,
    ProductionMeterReadingsResponse,
    RgmStatsResponse,
    StatsResponse,
    SummaryResponse,
    System,
)
from enphase_enlighten import (
    APIStatusError,
    AsyncEnlighten,
    AsyncIntervalSeries,
    AsyncSystems,
    AuthenticationError,
    ConfigurationError,
    ConnectionFailedError,
    ConsumptionDay,
    ConsumptionStatsRow,
    DailySeries,
    DroppedValuesWarning,
    Enlighten,
    EnlightenError,
    Exchange,
    IntervalSeries,
    InvalidArgumentError,
    InvalidResponseError,
    MissingHistoryWarning,
    NotFoundError,
    ProductionDay,
    ProductionDayBySource,
    Quota,
    RedisQuota,
    RequestTimeoutError,
    RgmStatsRow,
    ServerError,
    ServiceUnavailableError,
    SQLiteQuota,
    StatsRow,
    Systems,
    TimezoneUnknownError,
    UnprocessableRequestError,
    Usage,
    UsageLimitExceededError,
    UsagePlan,
    aware_datetimes,
)


def observe(exchange: Exchange) -> None:
    assert_type(exchange.operation, str)
    assert_type(exchange.status, int | None)


def settings() -> Enlighten:
    assert_type(enphase_enlighten.__version__, str)
    quota: Quota = SQLiteQuota("quota.sqlite", plan="watt")
    quota = RedisQuota("redis://127.0.0.1", plan=UsagePlan(per_minute=10, per_month=None))
    Enlighten(plan="gigawatt", profile="home", proxy="http://127.0.0.1:3128", verify=False)
    Enlighten("key", 1)  # type: ignore[arg-type]  # the user id is a text
    Enlighten(transport=httpx.AsyncHTTPTransport())  # type: ignore[arg-type]  # of the other client's kind
    client = Enlighten(
        "key",
        "user",
        base_url="https://127.0.0.1",
        timeout=10,
        max_retries=2,
        max_wait=0,
        concurrency=1,
        max_response_bytes=1_000_000,
        strict=True,
        quota=quota,
        clock=lambda: datetime.now(UTC),
        transport=httpx.MockTransport(lambda _request: httpx.Response(200)),
        observe=observe,
    )
    assert_type(client.clock_offset, float | None)
    assert_type(client.with_options(timeout=120, strict=False), Enlighten)
    assert_type(client.low_level, AuthenticatedClient)
    assert_type(inventory.sync(67, client=client.low_level) is None, bool)
    assert_type(client.usage, Usage)
    assert_type(client.usage.per_minute, int | None)
    return client


def devices(client: Enlighten) -> None:
    fleet = client.systems(status=["comm", "micro"], system_id=67, page_size=100, cursor=None)
    assert_type(fleet, Systems)
    assert_type(iter(fleet), Iterator[System])
    assert_type(fleet.cursor, str | None)
    assert_type(fleet.complete, bool)
    for system in fleet:
        assert_type(system.system_name, str)
        assert_type(client.summary(system, summary_date="2024-06-01"), SummaryResponse)
        assert_type(client.summary(system.system_id).energy_today, int)
    assert_type(client.envoys(67), EnvoysResponse)
    assert_type(client.inventory(67), InventoryResponse)
    assert_type(client.inverters_summary_by_envoy_or_site(67), list[InvertersSummaryByEnvoyOrSiteResponse])
    assert_type(client.production_meter_readings(67, end_at=date(2024, 6, 1)), ProductionMeterReadingsResponse)
    assert_type(client.monthly_production(67, date(2024, 5, 1)), MonthlyProductionResponse)
    assert_type(client.search_system_id("121736000020"), int)
    client.summary("67")  # type: ignore[arg-type]  # an id is a number
    client.sumary(67)  # type: ignore[attr-defined]  # misspelt
    enphase_enlighten.Enlightened()  # type: ignore[attr-defined]  # the package has no such name


def energy(client: Enlighten) -> None:
    days = client.energy_lifetime(67, start_date=date(2024, 6, 1))
    assert_type(days, DailySeries[ProductionDay])
    assert_type(days[0], ProductionDay)
    assert_type(days[:7], Sequence[ProductionDay])
    assert_type(days.meta, Meta | None)
    assert_type(days.start_date, date | None)
    assert_type(days.meter_start_date, date | None)
    for day in days:
        assert_type(day.date, date)
        assert_type(day.production, int | None)
        day.micro_production  # type: ignore[attr-defined]  # only with production="all"  # noqa: B018 - for mypy

    by_source = client.energy_lifetime(67, production="all")
    assert_type(by_source, DailySeries[ProductionDayBySource])
    assert_type(by_source[0].micro_production, int | None)
    assert_type(by_source[0].meter_production, int | None)
    client.energy_lifetime(67, production="some")  # type: ignore[call-overload]  # no such value

    consumed = client.consumption_lifetime(67)
    assert_type(consumed, DailySeries[ConsumptionDay])
    assert_type([day.consumption for day in consumed], list[int | None])
    assert_type(consumed.to_pandas(), pd.DataFrame)


def power(client: Enlighten) -> None:
    intervals = client.stats(67, start_at=datetime(2024, 6, 1, tzinfo=UTC), end_at=1717243200, timezone="UTC")
    assert_type(intervals, IntervalSeries[StatsRow, StatsResponse])
    for interval in intervals:
        assert_type(interval.end_at, datetime)
        assert_type(interval.powr, int | None)
        assert_type(interval.enwh, int | None)
        assert_type(interval.devices_reporting, int | None)
    assert_type(intervals.responses(), Iterator[StatsResponse])
    assert_type(intervals.to_pandas(), pd.DataFrame)
    assert_type(intervals.to_polars(), pl.DataFrame)
    assert_type(client.systems().to_polars(), pl.DataFrame)
    intervals.to_arrow()

    metered = client.rgm_stats(67, start_at="2024-06-01")
    assert_type(metered, IntervalSeries[RgmStatsRow, RgmStatsResponse])
    assert_type([row.wh_del for row in metered], list[int | None])
    consumed = client.consumption_stats(67, start_at=date(2024, 6, 1))
    assert_type(consumed, IntervalSeries[ConsumptionStatsRow, ConsumptionStatsResponse])
    assert_type([row.enwh for row in consumed], list[int | None])
    for response in client.stats(67).responses():
        assert_type(aware_datetimes(response, "UTC"), Mapping[str, datetime | None])


def failures(client: Enlighten) -> str:
    assert issubclass(MissingHistoryWarning, UserWarning)
    assert issubclass(DroppedValuesWarning, UserWarning)
    try:
        client.close()
    except UsageLimitExceededError as error:
        assert_type(error.resets_at, datetime | None)
        assert_type(error.period, str | None)
        assert_type(error.limit, int | None)
    except UnprocessableRequestError as error:
        assert_type(error.first_interval, int | None)
    except (AuthenticationError, NotFoundError, ServiceUnavailableError, ServerError) as error:
        assert_type(error.attempts, int)
    except APIStatusError as error:
        assert_type(error.status, int | None)
        assert_type(error.reason, str | None)
        assert_type(error.messages, tuple[str, ...])
    except InvalidResponseError as error:
        assert_type(error.pointer, str)
        assert_type(error.excerpt, str)
    except InvalidArgumentError as error:
        assert_type(error.argument, str)
        return str(ValueError(error))
    except (ConfigurationError, ConnectionFailedError, RequestTimeoutError, TimezoneUnknownError) as error:
        assert_type(error.operation, str | None)
    except EnlightenError:
        pass
    return ""


async def asynchronous_devices(client: AsyncEnlighten) -> None:
    fleet = client.systems(connection_type="wifi")
    assert_type(fleet, AsyncSystems)
    assert_type(fleet.__aiter__(), AsyncIterator[System])
    assert_type([system.timezone async for system in fleet], list[str])
    assert_type(fleet.cursor, str | None)
    assert_type(await client.summary(67), SummaryResponse)
    assert_type(await client.envoys(67), EnvoysResponse)
    assert_type(await client.inventory(67), InventoryResponse)
    assert_type(await client.inverters_summary_by_envoy_or_site(67), list[InvertersSummaryByEnvoyOrSiteResponse])
    assert_type(await client.production_meter_readings(67), ProductionMeterReadingsResponse)
    assert_type(await client.monthly_production(67, "2024-05-01"), MonthlyProductionResponse)
    assert_type(await client.search_system_id("121736000020"), int)
    both = await asyncio.gather(client.summary(67), client.envoys(67))
    assert_type(both, tuple[SummaryResponse, EnvoysResponse])
    client.summary(67).energy_today  # type: ignore[attr-defined]  # not awaited  # noqa: B018 - for mypy
    for _ in client.systems():  # type: ignore[attr-defined]  # needs `async for`
        pass


async def asynchronous_series(client: AsyncEnlighten) -> None:
    assert_type(await client.energy_lifetime(67), DailySeries[ProductionDay])
    assert_type(await client.energy_lifetime(67, production="all"), DailySeries[ProductionDayBySource])
    assert_type((await client.consumption_lifetime(67)).to_polars(), pl.DataFrame)
    intervals = client.stats(67)
    assert_type(intervals, AsyncIntervalSeries[StatsRow, StatsResponse])
    async for interval in intervals:
        assert_type(interval.end_at, datetime)
    assert_type(intervals.responses(), AsyncIterator[StatsResponse])
    assert_type(await intervals.to_pandas(), pd.DataFrame)
    assert_type(await client.systems().to_polars(), pl.DataFrame)
    await intervals.to_arrow()
    assert_type(client.rgm_stats(67), AsyncIntervalSeries[RgmStatsRow, RgmStatsResponse])
    assert_type(client.consumption_stats(67), AsyncIntervalSeries[ConsumptionStatsRow, ConsumptionStatsResponse])


async def asynchronous_settings() -> None:
    async with AsyncEnlighten(transport=httpx.AsyncHTTPTransport()) as client:
        await client.prepare()
        assert_type(client, AsyncEnlighten)
        assert_type(client.with_options(concurrency=4), AsyncEnlighten)
        assert_type(client.usage, Usage)
        assert_type(client.low_level, AuthenticatedClient)
        await asynchronous_devices(client)
        await asynchronous_series(client)
        await client.close()


def main() -> None:
    with settings() as client:
        assert_type(client, Enlighten)
        devices(client)
        energy(client)
        power(client)
        failures(client)
    asyncio.run(asynchronous_settings())
