"""Telemetry of all microinverters: each interval of each device once, over pages of devices and windows of time."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import httpx
import pytest

from enphase_enlighten import ConnectionFailedError, ServerError
from tests.support.series import until_error
from tests.support.service import reply
from tests.support.telemetry_service import DAY, SYSTEM, TelemetryService, refusal

if TYPE_CHECKING:
    from tests.support.clients import Kind
    from tests.support.clock import SettableClock

ZONE = ZoneInfo("Europe/Berlin")
JUNE = int(datetime(2026, 6, 1, tzinfo=ZONE).timestamp())
SPAN = {"start_at": JUNE, "end_at": JUNE + 10 * DAY}


@pytest.fixture
def telemetry(clock: SettableClock) -> TelemetryService:
    # An interval an hour, to have fewer of them.
    return TelemetryService(clock, ZONE, devices=45, has=lambda at: at % 3600 == 0)


def asked(service: TelemetryService) -> list[tuple[int, str]]:
    """The day of June, from 0, and the page of each request."""
    return [((int(params["start_at"]) - JUNE) // DAY, params["page"]) for params in service.asked()]


@pytest.mark.parametrize("page_size", [20, 10])
@pytest.mark.parametrize("week", ["honoured", "cut", "refused"])
def test_each_interval_of_each_device_comes_once(
    kind: Kind, telemetry: TelemetryService, page_size: int, week: Any
) -> None:
    telemetry.page_size, telemetry.week = page_size, week
    with telemetry.made(kind, concurrency=2) as client:
        rows = list(client.micros_telemetry(SYSTEM, **SPAN))
    # In the order of time, and of devices at the same time.
    assert [(int(row.end_at.timestamp()), row.serial_number) for row in rows] == [
        (at, f"{number:012}") for at in range(JUNE + 3600, JUNE + 10 * DAY + 1, 3600) for number in range(45)
    ]
    assert {params["size"] for params in telemetry.asked()} == {"20"}


def test_a_window_has_all_its_pages_before_the_next_one(kind: Kind, telemetry: TelemetryService) -> None:
    with telemetry.made(kind) as client:
        list(client.micros_telemetry(SYSTEM, **SPAN))
    assert asked(telemetry) == [(0, "1"), (0, "2"), (0, "3"), (7, "1"), (7, "2"), (7, "3")]


def test_no_page_follows_where_all_devices_are_on_the_first(kind: Kind, telemetry: TelemetryService) -> None:
    telemetry.devices = 19
    with telemetry.made(kind) as client:
        assert len({row.serial_number for row in client.micros_telemetry(SYSTEM, **SPAN)}) == 19
    assert asked(telemetry) == [(0, "1"), (7, "1")]


@pytest.mark.parametrize("status", [200, 404, 422])
def test_a_full_page_is_followed_once_by_another_one(kind: Kind, telemetry: TelemetryService, status: int) -> None:
    def respond(_name: str, params: dict[str, str]) -> httpx.Response | None:
        return reply(refusal(), status) if params.get("page") == "2" and status != 200 else None

    telemetry.devices, telemetry.instead = 20, respond
    with telemetry.made(kind) as client:
        assert len({row.serial_number for row in client.micros_telemetry(SYSTEM, **SPAN)}) == 20
    assert asked(telemetry) == [(0, "1"), (0, "2"), (7, "1")]


@pytest.mark.parametrize("size", [20, 10])
@pytest.mark.parametrize("told", [None, 0, 1, 20, 44, 1000])
@pytest.mark.parametrize("told_size", [None, 20])
def test_no_device_is_lost_whatever_is_told_of_their_number(
    kind: Kind, telemetry: TelemetryService, size: int, told: int | None, told_size: int | None
) -> None:
    telemetry.page_size, telemetry.told = size, {"total_devices": told, "page_size": told_size}
    with telemetry.made(kind, concurrency=3) as client:
        rows = list(client.micros_telemetry(SYSTEM, **SPAN))
    assert len(rows) == 10 * 24 * 45


def test_a_system_without_microinverters_has_no_rows(kind: Kind, telemetry: TelemetryService) -> None:
    telemetry.devices = 0
    with telemetry.made(kind) as client:
        assert list(client.micros_telemetry(SYSTEM, **SPAN)) == []


@pytest.mark.parametrize("failure", ["status", "connection"])
def test_a_page_that_fails_is_an_error(kind: Kind, telemetry: TelemetryService, failure: str) -> None:
    def respond(_name: str, params: dict[str, str]) -> httpx.Response | None:
        if params.get("page") == "3" and int(params["start_at"]) > JUNE:
            if failure == "status":
                return reply({"message": "Internal Server Error", "code": 500}, 500)
            raise httpx.ConnectError("refused")
        return None

    telemetry.instead = respond
    error = ServerError if failure == "status" else ConnectionFailedError
    with telemetry.made(kind, max_retries=0) as client:
        rows, _ = until_error(client.micros_telemetry(SYSTEM, **SPAN), error)
    # Nothing of the second week is handed on, half of whose devices are missing.
    assert kind.is_async or len(rows) == 7 * 24 * 45
    assert asked(telemetry)[-1] == (7, "3")


def test_responses_are_the_pages(kind: Kind, telemetry: TelemetryService) -> None:
    with telemetry.made(kind) as client:
        pages = list(client.micros_telemetry(SYSTEM, **SPAN).responses())
    assert [(page.page, len(page.devices)) for page in pages] == [(1, 20), (2, 20), (3, 5)] * 2
    assert pages[0].devices[0].intervals[0].enwh == (JUNE + 3600) % 100


def test_a_device_without_intervals_does_not_hide_the_others(kind: Kind, telemetry: TelemetryService) -> None:
    intervals = [{"end_at": JUNE + 900, "powr": 12, "enwh": 1}]
    devices: list[Any] = [{"serial_number": "1"}, {"serial_number": "2", "intervals": intervals}]
    page = {"system_id": SYSTEM, "total_devices": 2, "page": 1, "page_size": 20, "devices": devices}

    telemetry.instead = lambda _name, params: reply(page) if "page" in params else None
    with telemetry.made(kind) as client:
        (row,) = client.micros_telemetry(SYSTEM, start_at=JUNE, end_at=JUNE + DAY)
    assert row[1:] == ("2", 12, 1)
