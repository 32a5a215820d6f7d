"""Telemetry over any range: whatever the service does with a window, each interval comes once, in order."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import anyio
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.support.clock import SettableClock
from tests.support.telemetry_service import DAY, SERIAL, STEPS, SYSTEM, TelemetryService

ZONES = ["America/Los_Angeles", "Australia/Lord_Howe", "Europe/Berlin", "Asia/Kathmandu", "America/Santiago"]
CALLS: dict[str, tuple[str, tuple[str, ...], dict[str, Any]]] = {
    "production_micro_telemetry": ("production_micro", (), {}),
    "production_meter_telemetry": ("production_meter", (), {}),
    "consumption_meter_telemetry": ("consumption_meter", (), {}),
    "battery_telemetry": ("battery", (), {}),
    "energy_import_telemetry": ("energy_import_telemetry", (), {}),
    "energy_export_telemetry": ("energy_export_telemetry", (), {}),
    "micro_telemetry": ("telemetry", (SERIAL,), {}),
    "evse_telemetry": ("evse_telemetry", (SERIAL,), {}),
    "hp_telemetry": ("hp_telemetry", (), {"interval_duration": "5mins"}),
    "rgm_stats": ("rgm_stats", (), {}),
}
"""The series, the last part of their path, and what they take beside a range."""


def night(at: int) -> bool:
    """Whether an interval is in the hours in which microinverters do not run."""
    return 4 <= at // 3600 % 24 < 13


async def collected(service: TelemetryService, name: str, *arguments: Any, **options: Any) -> list[Any]:
    async with service.async_client(concurrency=3) as client:
        return [row async for row in getattr(client, name)(SYSTEM, *arguments, **options)]


@settings(max_examples=250, deadline=None)
@given(
    name=st.sampled_from(sorted(CALLS)),
    zone_name=st.sampled_from(ZONES),
    now=st.integers(1_700_000_000, 1_790_000_000),
    ago=st.integers(0, 40 * DAY),
    length=st.integers(0, 1000),
    week=st.sampled_from(["honoured", "cut", "refused", "local"]),
    form=st.sampled_from(["seconds", "start_date", "dates", "nothing", "texts"]),
    nested=st.booleans(),
    holes=st.sampled_from(["none", "night", "sparse"]),
    late=st.integers(0, 5 * 3600),
    first=st.none() | st.integers(0, 45 * DAY),
    asynchronous=st.booleans(),
)
@example(
    "production_micro_telemetry",
    "Europe/Berlin",
    1_774_800_000,
    30 * DAY,
    1000,
    "cut",
    "seconds",
    False,
    "night",
    0,
    None,
    True,
)
@example(
    "production_meter_telemetry",
    "Europe/Berlin",
    1_774_800_000,
    3 * DAY,
    1000,
    "cut",
    "seconds",
    False,
    "none",
    0,
    None,
    False,
)
@example(
    "energy_import_telemetry",
    "America/Los_Angeles",
    1_773_180_000,
    20 * DAY,
    1000,
    "local",
    "start_date",
    True,
    "none",
    0,
    None,
    True,
)
def test_each_interval_comes_once_in_order_whatever_the_service_does(  # noqa: PLR0917 - hypothesis names them
    name: str,
    zone_name: str,
    now: int,
    ago: int,
    length: int,
    week: Any,
    form: Any,
    nested: bool,
    holes: str,
    late: int,
    first: int | None,
    asynchronous: bool,
) -> None:
    path, arguments, options = CALLS[name]
    step = 300 if options else STEPS[path]
    service = TelemetryService(
        SettableClock(now),
        ZoneInfo(zone_name),
        week,
        form,
        nested and path != "rgm_stats",
        first=0 if first is None else now - first,
        last=now - late,
    )
    service.has = {"none": lambda _: True, "night": lambda at: not night(at), "sparse": lambda at: at // step % 7 == 0}[
        holes
    ]
    start, end = now - ago, now - ago + ago * length // 1000
    truth = [at for at in range(start // step * step + step, end // step * step + 1, step) if service.exists(at)]
    span = {"start_at": start, "end_at": end, **options}

    if asynchronous:
        rows = anyio.run(lambda: collected(service, name, *arguments, **span))
    else:
        with service.client() as client:
            rows = list(getattr(client, name)(SYSTEM, *arguments, **span))

    assert [int(row.end_at.timestamp()) for row in rows] == truth
    # A day is the least that a request brings, and a few may be spent on a refusal or on what is not there.
    assert len(service.asked()) <= (ago // DAY + 2) * 2 + 5


@pytest.mark.parametrize("asynchronous", [False, True])
@pytest.mark.parametrize(
    ("name", "week", "requests"),
    [
        ("production_micro_telemetry", "honoured", 53),
        ("production_micro_telemetry", "cut", 365),
        ("production_micro_telemetry", "refused", 366),
        ("consumption_meter_telemetry", "honoured", 53),
        ("rgm_stats", "honoured", 53),
    ],
)
def test_a_year_costs_the_least_requests_that_are_possible(
    name: str, week: Any, requests: int, asynchronous: bool
) -> None:
    zone = ZoneInfo("Europe/Berlin")
    now = datetime(2026, 6, 15, 12, tzinfo=zone).timestamp()
    service = TelemetryService(SettableClock(now), zone, week)
    start = datetime(2025, 1, 1, tzinfo=zone).timestamp()
    end, path = start + 365 * DAY, CALLS[name][0]

    if asynchronous:
        rows = anyio.run(lambda: collected(service, name, start_at=start, end_at=end))
    else:
        with service.client() as client:
            rows = list(getattr(client, name)(SYSTEM, start_at=start, end_at=end))

    assert len(rows) == 365 * DAY // STEPS[path]
    assert len(service.asked()) == requests
