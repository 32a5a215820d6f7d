"""An application that uses all of the public API of API v4, for type checkers to read; nobody runs it.

`assert_type` states what an application developer sees in the editor. A `type: ignore` stands where mypy must find a
mistake, and `pyright: ignore` where pyright must.
"""

# pyright: strict
from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import UTC, date, datetime
from typing import assert_type

import httpx
import pandas as pd
import polars as pl

import enphase_enlighten.v4
from enlighten_v4 import AuthenticatedClient
from enlighten_v4.api.default import grid_status
from enlighten_v4.models import (
    Alarm,
    BatterySettings,
    CommandAcceptedResponse,
    ConsumptionMeterReadingsResponse,
    DeviceGroups,
    DevicesResponse,
    EvChargerDevicesResponse,
    EvChargerEvent,
    EvChargerSchedulesResponse,
    EvChargerSession,
    Event,
    EventsResponse,
    EventTypesResponse,
    GridStatus,
    InvertersSummary,
    LatestDevices,
    LatestTelemetryResponse,
    LiveDataMessage,
    LoadControl,
    OpenAlarmsResponse,
    ProductionMeterReadingsResponse,
    SearchedSystem,
    StorageMeterReadingsResponse,
    StormGuard,
    SummaryResponse,
    System,
    SystemStatus,
)
from enphase_enlighten import (
    AuthorizationExpiredError,
    ForbiddenError,
    InvalidKeyError,
    PermissionMissingError,
    StreamInterruptedError,
    Usage,
    UsagePlan,
)
from enphase_enlighten.v4 import (
    Alarms,
    AsyncAlarms,
    AsyncChargerEvents,
    AsyncChargingSessions,
    AsyncEnergySource,
    AsyncEnlighten,
    AsyncEvents,
    AsyncFoundSystems,
    AsyncInverters,
    AsyncLiveStream,
    AsyncOAuth,
    AsyncSystems,
    BatteryDay,
    BatteryRow,
    ChargerEvents,
    ChargingSessions,
    ConsumedRow,
    ConsumptionDay,
    ConsumptionStatsRow,
    DailySeries,
    DeviceRow,
    Devices,
    EnergyExportDay,
    EnergyExportRow,
    EnergyImportDay,
    EnergyImportRow,
    EnergySource,
    Enlighten,
    EvChargerRow,
    Events,
    FileTokenStore,
    FoundSystems,
    Inverters,
    LatestRow,
    LatestTelemetry,
    LiveStream,
    MemoryTokenStore,
    MicroRow,
    MicrosRow,
    OAuth,
    ProductionDay,
    ProductionDayBySource,
    ProductionMeterRow,
    Quota,
    RedisQuota,
    RedisTokenStore,
    RgmStatsRow,
    SQLiteQuota,
    StatsRow,
    Systems,
    Token,
    TokenStore,
)


def login() -> TokenStore:
    oauth = OAuth("client id", "client secret", redirect_uri="http://127.0.0.1:8000/")
    assert_type(oauth.authorization_url("state"), str)
    token = oauth.tokens("http://127.0.0.1:8000/?code=abcdef&state=state", state="state")
    assert_type(token, Token)
    assert_type(oauth.login("installer@example.com", "password"), Token)
    assert_type(oauth.refresh(token), Token)
    store: TokenStore = FileTokenStore("tokens.json")
    store.save(token)
    store = RedisTokenStore("redis://127.0.0.1", namespace="garden")
    store = MemoryTokenStore(token)
    assert_type(store.load(), Token | None)
    return store


def settings(store: TokenStore) -> Enlighten:
    quota: Quota = SQLiteQuota("quota.sqlite", plan="watt")
    quota = RedisQuota("redis://127.0.0.1", plan=UsagePlan(per_minute=10, per_month=None))
    Enlighten(plan="partner", profile="home", proxy="http://127.0.0.1:3128", verify=False)
    Enlighten("key", 1)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # the client id is a text
    client = Enlighten(
        "key",
        "client id",
        "client secret",
        tokens=store,
        key_in="header",
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
        observe=print,
    )
    assert_type(client.clock_offset, float | None)
    assert_type(client.with_options(timeout=120, strict=False), Enlighten)
    assert_type(client.low_level, AuthenticatedClient)
    assert grid_status.sync("67", client=client.low_level)
    assert_type(client.usage, Usage)
    client.prepare()
    return client


def fleet(client: Enlighten) -> None:
    systems = client.systems(sort_by="-id", page_size=100, cursor=None)
    assert_type(systems, Systems)
    assert_type(iter(systems), Iterator[System])
    assert_type(systems.cursor, str | None)
    assert_type(systems.complete, bool)
    assert_type(systems.to_pandas(), pd.DataFrame)
    for system in systems:
        assert_type(system.name, str)
        assert_type(client.summary(system, summary_date=date(2026, 6, 1)), SummaryResponse)
        assert_type(client.system(system.system_id), System)
    found = client.search_systems(statuses=["comm"], ids=67, name="N", reference="R", other_reference="O")
    assert_type(found, FoundSystems)
    for each in found:
        assert_type(each, SearchedSystem)
        assert_type(client.summary(each).energy_today, int)
    client.systems(sort_by="name")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # no such order
    client.summary("67")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # an id is a number
    assert_type(client.retrieve_system_id("121736000020"), int)
    assert_type(client.search_system_id("121736000020"), int)


def devices(client: Enlighten) -> None:
    listed = client.devices(67)
    assert_type(listed, Devices)
    assert_type(listed[0], DeviceRow)
    assert_type(listed[:2], Sequence[DeviceRow])
    assert_type(listed.response, DevicesResponse)
    assert_type(listed.devices, DeviceGroups)
    assert_type(listed.system_id, int)
    assert_type([row.last_report_at for row in listed], list[int | None])
    assert_type(listed.to_polars(), pl.DataFrame)
    latest = client.latest_telemetry(67)
    assert_type(latest, LatestTelemetry)
    assert_type(latest[0], LatestRow)
    assert_type(latest.response, LatestTelemetryResponse)
    assert_type(latest.devices, LatestDevices)
    inverters = client.inverters_summary_by_envoy_or_site(67)
    assert_type(inverters, Inverters)
    assert_type(iter(inverters), Iterator[InvertersSummary])
    client.inverters_summary_by_envoy_or_site(envoy_serial_number="121736000020", page_size=50)
    assert_type(client.event_types(event_type_id=5), EventTypesResponse)
    assert_type(client.open_events(67), EventsResponse)
    assert_type(client.open_alarms(67), OpenAlarmsResponse)
    assert_type(client.production_meter_readings(67, end_at=date(2026, 6, 1)), ProductionMeterReadingsResponse)
    assert_type(client.consumption_meter_readings(67, timezone="UTC"), ConsumptionMeterReadingsResponse)
    assert_type(client.storage_meter_readings(67), StorageMeterReadingsResponse)
    with client.live_data(67, duration=60) as stream:
        assert_type(stream, LiveStream[LiveDataMessage])
        for message in stream:
            assert_type(message, LiveDataMessage)


def configure(client: Enlighten) -> None:
    assert_type(client.battery_settings(67), BatterySettings)
    assert_type(client.update_battery_settings(67, battery_mode="Savings Mode", reserve_soc=30), BatterySettings)
    client.update_battery_settings(67, battery_mode="savings")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    assert_type(client.storm_guard(67), StormGuard)
    assert_type(client.update_storm_guard(67, "enabled"), StormGuard)
    assert_type(client.grid_status(67), GridStatus)
    assert_type(client.load_control(67), LoadControl)
    assert_type(client.update_load_control(67, "NC1", mode="Scheduled", essential_start_time=0), LoadControl)


def chargers(client: Enlighten) -> None:
    assert_type(client.ev_charger_devices(67), EvChargerDevicesResponse)
    events = client.ev_charger_events(67, serial_num="2023")
    assert_type(events, ChargerEvents)
    assert_type(iter(events), Iterator[EvChargerEvent])
    sessions = client.ev_charger_sessions(67, "2023", page_size=100)
    assert_type(sessions, ChargingSessions)
    assert_type(iter(sessions), Iterator[EvChargerSession])
    assert_type(client.ev_charger_schedules(67, "2023"), EvChargerSchedulesResponse)
    assert_type(client.start_charging(67, "2023", connector_id=1, charging_level=40), CommandAcceptedResponse)
    assert_type(client.stop_charging(67, "2023"), CommandAcceptedResponse)


def series(client: Enlighten) -> None:
    power = client.production_micro_telemetry(67, start_at="2026-06-01", end_at=date(2026, 9, 1))
    for interval in power:
        assert_type(interval, StatsRow)
        assert_type(interval.end_at, datetime)
    assert_type(power.to_pandas(), pd.DataFrame)
    assert_type(next(iter(client.stats(67))), StatsRow)
    assert_type(next(iter(client.consumption_stats(67))), ConsumptionStatsRow)
    assert_type(client.search_system_id("2023"), int)
    assert_type(next(iter(client.production_meter_telemetry(67))), ProductionMeterRow)
    assert_type(next(iter(client.rgm_stats(67))), RgmStatsRow)
    assert_type(next(iter(client.consumption_meter_telemetry(67))), ConsumptionStatsRow)
    assert_type(next(iter(client.battery_telemetry(67))), BatteryRow)
    assert_type(next(iter(client.energy_import_telemetry(67))), EnergyImportRow)
    assert_type(next(iter(client.energy_export_telemetry(67))), EnergyExportRow)
    assert_type(next(iter(client.micro_telemetry(67, "2023"))), MicroRow)
    assert_type(next(iter(client.micros_telemetry(67))), MicrosRow)
    assert_type(next(iter(client.encharge_telemetry(67, "2023"))), BatteryRow)
    assert_type(next(iter(client.acb_telemetry(67, "2023"))), BatteryRow)
    assert_type(next(iter(client.evse_telemetry(67, "2023", interval_duration="5mins"))), ConsumedRow)
    assert_type(next(iter(client.hp_telemetry(67))), ConsumedRow)
    assert_type(next(iter(client.ev_charger_telemetry(67, "2023"))), EvChargerRow)


def days(client: Enlighten) -> None:
    produced = client.energy_lifetime(67, start_date="2026-06-01")
    assert_type(produced, DailySeries[ProductionDay])
    assert_type(produced.end_date, date | None)
    assert_type(client.energy_lifetime(67, production="all"), DailySeries[ProductionDayBySource])
    assert_type(client.consumption_lifetime(67), DailySeries[ConsumptionDay])
    assert_type(client.battery_lifetime(67), DailySeries[BatteryDay])
    assert_type(client.energy_import_lifetime(67), DailySeries[EnergyImportDay])
    assert_type(client.energy_export_lifetime(67), DailySeries[EnergyExportDay])
    assert_type(client.evse_lifetime(67, "2023"), DailySeries[ConsumptionDay])
    assert_type(client.hp_lifetime(67), DailySeries[ConsumptionDay])
    assert_type(client.ev_charger_lifetime(67, "2023", "2026-06-01"), DailySeries[ConsumptionDay])


def occurrences(client: Enlighten) -> None:
    assert_type(client.events(67, start_time="2026-06-01"), Events)
    assert_type(client.alarms(67, start_time="2026-06-01", cleared=True), Alarms)
    assert_type(next(iter(client.events(67, "2026-06-01"))), Event)
    assert_type(next(iter(client.alarms(67, "2026-06-01"))), Alarm)


def failures(client: Enlighten) -> str:
    try:
        client.close()
    except AuthorizationExpiredError:
        return "log in again"
    except (PermissionMissingError, ForbiddenError, InvalidKeyError) as error:
        assert_type(error.status, int | None)
    except StreamInterruptedError as error:
        assert_type(error.operation, str | None)
    return ""


async def asynchronous_fleet(client: AsyncEnlighten) -> None:
    systems = client.systems()
    assert_type(systems, AsyncSystems)
    assert_type(systems.__aiter__(), AsyncIterator[System])
    assert_type([system.status async for system in systems], list[SystemStatus])
    assert_type(await systems.to_pandas(), pd.DataFrame)
    assert_type(client.search_systems(live_stream=True), AsyncFoundSystems)
    assert_type(client.inverters_summary_by_envoy_or_site(67), AsyncInverters)
    assert_type(client.ev_charger_events(67), AsyncChargerEvents)
    assert_type(client.ev_charger_sessions(67, "2023"), AsyncChargingSessions)
    assert_type(await client.devices(67), Devices)
    assert_type(await client.summary(67), SummaryResponse)
    assert_type(await client.retrieve_system_id("121736000020"), int)
    assert_type(await client.update_storm_guard(67, "disabled"), StormGuard)
    power = client.production_micro_telemetry(67, start_at="2026-06-01")
    assert_type([interval.powr async for interval in power], list[int | None])
    assert_type(await client.battery_lifetime(67), DailySeries[BatteryDay])
    assert_type(client.events(67, "2026-06-01"), AsyncEvents)
    assert_type(client.alarms(67, "2026-06-01"), AsyncAlarms)
    async with client.live_data(67) as stream:
        assert_type(stream, AsyncLiveStream[LiveDataMessage])


async def asynchronous_settings() -> None:
    oauth = AsyncOAuth("client id", "client secret")
    assert_type(await oauth.tokens("abcdef"), Token)
    async with AsyncEnlighten(tokens="access token", transport=httpx.AsyncHTTPTransport()) as client:
        assert_type(client, AsyncEnlighten)
        await asynchronous_fleet(client)


def main() -> None:
    with settings(login()) as client:
        assert_type(client, Enlighten)
        fleet(client)
        devices(client)
        configure(client)
        chargers(client)
        series(client)
        days(client)
        occurrences(client)
        failures(client)
    asyncio.run(asynchronous_settings())
    assert enphase_enlighten.v4.EnergySource is EnergySource
    assert enphase_enlighten.v4.AsyncEnergySource is AsyncEnergySource
