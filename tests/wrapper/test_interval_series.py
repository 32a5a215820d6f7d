"""Series of intervals over any length of time: complete, in order, in the fewest requests."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import anyio
import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import example, given, settings
from hypothesis import strategies as st

from enphase_enlighten import (
    InvalidResponseError,
    NotFoundError,
)
from tests.support.clock import SettableClock
from tests.support.series import until_error
from tests.support.service import STEPS, StubService, reply

if TYPE_CHECKING:
    import httpx

    from enphase_enlighten import AsyncEnlighten, Enlighten


pytestmark = pytest.mark.lowest

ZONE = ZoneInfo("America/Los_Angeles")
OPERATIONS = ["stats", "rgm_stats", "consumption_stats"]
DAY = 86400
LONGEST = {"stats": 3 * DAY, "rgm_stats": 16 * DAY, "consumption_stats": 65 * DAY}
ZONES = [
    "America/Los_Angeles",
    "America/Santiago",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Europe/Berlin",
    "Pacific/Apia",
    "Pacific/Chatham",
]


def fewest(name: str, start: int, end: int, zone: ZoneInfo) -> int:
    """The least number of requests, counted from the limits alone."""
    if name != "consumption_stats":
        return -(-(end - start) // {"stats": DAY, "rgm_stats": 7 * DAY}[name])
    count = 0
    while start < end:
        start = int((datetime.fromtimestamp(start, zone) + relativedelta(months=1)).timestamp())
        count += 1
    return count


async def collected(service: StubService, name: str, **arguments: Any) -> list[Any]:
    async with service.async_client(strict=True) as client:
        return [row async for row in getattr(client, name)(67, **arguments)]


@settings(max_examples=60)
@given(
    name=st.sampled_from(OPERATIONS),
    zone_name=st.sampled_from(ZONES),
    now=st.integers(1_700_000_000, 1_790_000_000),
    ago=st.integers(0, 300 * DAY),
    length=st.integers(0, 1000),
    sparse=st.integers(1, 13),
    delays=st.lists(st.integers(0, 5), max_size=4),
)
@example("stats", "Pacific/Chatham", 1_775_400_000, 2 * DAY + 7, 999, 1, [3, 0])
@example("consumption_stats", "Australia/Lord_Howe", 1_775_400_000, 64 * DAY, 1000, 1, [])
def test_any_range_gives_each_interval_once_in_order_in_the_fewest_requests(  # noqa: PLR0917 - hypothesis names them
    name: str,
    zone_name: str,
    now: int,
    ago: int,
    length: int,
    sparse: int,
    delays: list[int],
) -> None:
    step, zone = STEPS[name], ZoneInfo(zone_name)
    start = now - ago
    end = start + LONGEST[name] * length // 1000
    first, last = start // step * step, min(end, now) // step * step
    truth = [at for at in range(first + step, last + 1, step) if at // step % sparse == 0]
    truth_times = [datetime.fromtimestamp(at, zone) for at in truth]

    for asynchronous in (False, True):
        service = StubService(SettableClock(now), zones={67: zone_name})
        service.has = lambda at: at // step % sparse == 0
        if asynchronous:
            service.delays = list(delays)
            rows = anyio.run(partial(collected, service, name, start_at=start, end_at=end))
        else:
            with service.client(strict=True) as client:
                rows = list(getattr(client, name)(67, start_at=start, end_at=end))

        assert [row.end_at for row in rows] == truth_times
        assert {row.end_at.tzinfo for row in rows} <= {zone}
        assert len(service.windows()) == fewest(name, first, last, zone)


@pytest.mark.parametrize(
    ("name", "values"),
    [("stats", (12, 1, 3)), ("rgm_stats", (4, 1)), ("consumption_stats", (5, 1))],
)
def test_a_row_has_the_fields_of_the_api(client: Enlighten, name: str, values: tuple[int, ...]) -> None:
    [row, *_] = getattr(client, name)(67, start_at="2026-06-01", end_at="2026-06-02")

    assert row[1:] == values


def test_intervals_that_end_off_the_grid_are_given_as_they_come(client: Enlighten, service: StubService) -> None:
    start = int(datetime(2026, 6, 1, 10, tzinfo=ZONE).timestamp())
    ends = [start, start + 1, start + 100, start + 400, start + 590, start + 591]
    intervals = [{"end_at": end, "powr": 1, "enwh": 1, "devices_reporting": 1} for end in ends]
    service.then = [None, reply({"system_id": 67, "total_devices": 1, "intervals": intervals})]

    rows = list(client.stats(67, start_at=start + 10, end_at=start + 590))

    assert [row.end_at.timestamp() - start for row in rows] == [1, 100, 400, 590]


@pytest.mark.parametrize("rounded", [False, True], ids=["the end as asked", "the end rounded down"])
@pytest.mark.parametrize("seconds", [0, 1, 120, 299])
@pytest.mark.parametrize("meeting", [DAY // 2, DAY - 300, DAY, DAY + 300])
def test_ranges_that_meet_lose_nothing_and_on_the_grid_give_nothing_twice(
    service: StubService, meeting: int, seconds: int, rounded: bool
) -> None:
    start = int(datetime(2026, 6, 1, tzinfo=ZONE).timestamp())
    middle, end = start + meeting + seconds, start + 2 * DAY
    # Each fourth interval ends on the grid, the others up to three minutes after it.
    truth = [at + (at - start) // 300 % 4 * 60 for at in range(start, end, 300)][1:]

    def serve(_name: str, params: dict[str, Any], *_: object) -> httpx.Response:
        first, last = params["start_at"] // 300 * 300, params["end_at"]
        last = last // 300 * 300 if rounded else last
        intervals = [{"end_at": at, "powr": 1, "enwh": 1} for at in truth if first < at <= last]
        return reply({"system_id": 67, "total_devices": 1, "intervals": intervals})

    service.list_intervals = serve
    with service.client() as client:
        parts = [
            [row.end_at.timestamp() for row in client.stats(67, start_at=since, end_at=until)]
            for since, until in ((start, middle), (middle, end))
        ]

    assert sorted({*parts[0], *parts[1]}) == truth
    assert [at for at in parts[0] if at in parts[1] and not start + meeting < at <= middle] == []
    # One for each day or part of one, and none for less than a step.
    assert len(service.windows()) == -(-meeting // DAY) + -(-(2 * DAY - meeting) // DAY)


def test_rows_that_come_unordered_or_twice_are_put_in_order_once(client: Enlighten, service: StubService) -> None:
    start = int(datetime(2026, 6, 1, 10, tzinfo=ZONE).timestamp())
    intervals = [{"end_at": start + 300 * n, "powr": n, "enwh": 1, "devices_reporting": 1} for n in (3, 1, 2, 1)]
    service.then = [None, reply({"system_id": 67, "total_devices": 1, "intervals": intervals})]

    assert [row.powr for row in client.stats(67, start_at=start, end_at=start + 1200)] == [1, 2, 3]


def test_what_reaches_over_a_windows_edge_is_not_given_twice(client: Enlighten, service: StubService) -> None:
    start = int(datetime(2026, 6, 1, tzinfo=ZONE).timestamp())
    ends = [start, start + DAY, start + DAY + 300]
    body = {
        "system_id": 67,
        "total_devices": 1,
        "intervals": [{"end_at": end, "powr": 1, "enwh": 1, "devices_reporting": 1} for end in ends],
    }
    service.then = [None, reply(body), reply(body)]

    rows = list(client.stats(67, start_at=start, end_at=start + 2 * DAY))

    assert [row.end_at.timestamp() - start for row in rows] == [DAY, DAY + 300]


def test_a_missing_or_strange_value_does_not_cost_the_row(client: Enlighten, service: StubService) -> None:
    start = int(datetime(2026, 6, 1, 10, tzinfo=ZONE).timestamp())
    intervals = [{"end_at": float(start + 300), "enwh": None, "powr": "12"}]
    service.then = [None, reply({"system_id": 67, "total_devices": 1, "intervals": intervals})]

    rows: list[Any] = list(client.stats(67, start_at=start, end_at=start + 300))

    [row] = rows
    assert row[1:] == ("12", None, None)
    assert row.end_at.timestamp() == start + 300


@pytest.mark.parametrize("interval", [None, {"powr": 1}, {"end_at": None}, {"end_at": "x"}, {"end_at": True}])
def test_an_interval_without_its_end_is_an_error_with_its_pointer(
    client: Enlighten, service: StubService, interval: object
) -> None:
    service.then = [None, reply({"system_id": 67, "total_devices": 1, "intervals": [interval]})]

    with pytest.raises(InvalidResponseError) as caught:
        list(client.stats(67))
    assert caught.value.pointer == "/intervals/0/end_at"


@pytest.mark.parametrize("name", OPERATIONS)
def test_responses_gives_the_model_of_each_window(client: Enlighten, service: StubService, name: str) -> None:
    start = datetime(2026, 6, 1, tzinfo=ZONE).timestamp()
    series = getattr(client, name)(67, start_at=start, end_at=start + 8 * DAY)

    models = list(series.responses())

    assert [model.total_devices for model in models] == [3] * len(service.windows())
    ends = [interval.end_at for model in models for interval in model.intervals]
    assert ends == [row.end_at.timestamp() for row in series]


async def test_responses_gives_the_models_asynchronously(async_client: AsyncEnlighten) -> None:
    series = async_client.rgm_stats(67, start_at="2026-06-01", end_at="2026-06-10")

    assert [model.meter_intervals async for model in series.responses()] == [[], []]


def test_an_error_in_a_window_does_not_cost_the_rows_before_it(client: Enlighten, service: StubService) -> None:
    service.then = [None, None, reply({"reason": "404", "message": ["Resource not found."]}, 404)]
    rows, _ = until_error(client.stats(67, start_at="2026-06-01", end_at="2026-06-04"), NotFoundError)

    assert len(rows) == 288


async def test_an_error_in_a_batch_does_not_cost_the_rows_before_it(
    async_client: AsyncEnlighten, service: StubService
) -> None:
    service.then = [None, None, reply({"reason": "404", "message": ["Resource not found."]}, 404)]
    service.delays = [0, 9, 0]
    rows = aiter(async_client.stats(67, start_at="2026-06-01", end_at="2026-06-04"))

    assert len([await anext(rows) for _ in range(288)]) == 288
    with pytest.raises(NotFoundError):
        await anext(rows)
