"""The clients as objects in an application: copies, the low-level client, closing, threads and event loops."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from enlighten_mock import SettableClock, SimulatedAPI
from enlighten_mock.faults import Fault
from enlighten_mock.serving import served
from enlighten_v2.api.default import energy_lifetime, inventory, search_system_id, systems
from enphase_enlighten import (
    AsyncEnlighten,
    ConfigurationError,
    Enlighten,
    EnlightenError,
    Exchange,
    InvalidArgumentError,
    InvalidResponseError,
    NotFoundError,
    ServiceUnavailableError,
    Usage,
    UsagePlan,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator

pytestmark = pytest.mark.lowest

NOW = datetime(2024, 6, 15, 20, tzinfo=UTC)
SYSTEM = 67
NOON = "2024-06-10T12:00"


@pytest.fixture
def simulated() -> SimulatedAPI:
    return SimulatedAPI(systems=8, fleet="plain", clock=SettableClock(NOW))


@pytest.fixture(scope="module")
def on_loopback() -> Iterator[SimulatedAPI]:
    with served(SimulatedAPI(systems=8, fleet="plain", clock=SettableClock(NOW))) as api:
        yield api


class Recording(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """An innermost transport that keeps the requests it was given, and counts how often it is closed."""

    def __init__(self, api: SimulatedAPI) -> None:
        self._sync, self._async = api.transport(), api.async_transport()
        self.requests: list[httpx.Request] = []
        self.closed = 0

    @property
    def paths(self) -> list[str]:
        return [request.url.path.removeprefix("/api/v2") for request in self.requests]

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return self._sync.handle_request(request)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return await self._async.handle_async_request(request)

    def close(self) -> None:
        self.closed += 1

    async def aclose(self) -> None:
        self.closed += 1


class Kind:
    """One of the two clients, used in one way."""

    def __init__(self, api: SimulatedAPI, *, asynchronous: bool) -> None:
        self.transport = Recording(api)
        self.asynchronous = asynchronous
        self._api = api

    def client(self, **options: Any) -> Any:
        cls: Any = AsyncEnlighten if self.asynchronous else Enlighten
        api = self._api
        return cls(api.api_key, api.user_id, transport=self.transport, clock=api.clock, **options)

    async def get(self, value: Any) -> Any:
        """What a call gives, whether it has to be awaited or not."""
        return await value if hasattr(value, "__await__") else value

    async def rows(self, series: Any) -> list[Any]:
        return [row async for row in series] if self.asynchronous else list(series)

    async def within(self, client: Any, use: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Use a client as a context manager."""
        if self.asynchronous:
            async with client as entered:
                assert entered is client
                await use()
        else:
            with client as entered:
                assert entered is client
                await use()


@pytest.fixture(params=["sync", "async"])
def kind(request: pytest.FixtureRequest, simulated: SimulatedAPI) -> Kind:
    return Kind(simulated, asynchronous=request.param == "async")


# with_options


async def test_a_copy_has_the_changed_settings_and_the_original_keeps_its_own(
    kind: Kind, simulated: SimulatedAPI
) -> None:
    simulated.faults.add(Fault(kind="unavailable"))
    client = kind.client(max_retries=2)
    for used, attempts in ((client.with_options(max_retries=0), 1), (client, 3)):
        with pytest.raises(ServiceUnavailableError) as failure:
            await kind.get(used.summary(SYSTEM))
        assert failure.value.attempts == attempts


async def test_a_copy_keeps_what_was_not_changed(kind: Kind, simulated: SimulatedAPI) -> None:
    simulated.faults.add(Fault(kind="unavailable"))
    copy = kind.client(max_retries=0).with_options(timeout=5).with_options(strict=True)
    with pytest.raises(ServiceUnavailableError) as failure:
        await kind.get(copy.summary(SYSTEM))
    assert failure.value.attempts == 1
    assert [request.extensions["timeout"]["read"] for request in kind.transport.requests] == [5]


async def test_strict_can_be_switched_on_and_off(kind: Kind, simulated: SimulatedAPI) -> None:
    simulated.faults.add(Fault(kind="wrong_types", operation="Summary", fields=("size_w",)))
    lenient = kind.client()
    strict = lenient.with_options(strict=True)
    with pytest.raises(InvalidResponseError) as failure:
        await kind.get(strict.summary(SYSTEM))
    assert failure.value.pointer == "/size_w"
    assert await kind.get(strict.with_options(strict=False).summary(SYSTEM))


async def test_a_copy_shares_the_quota_and_what_was_learned(kind: Kind) -> None:
    client = kind.client()
    copy = client.with_options(timeout=60)
    assert await kind.rows(copy.stats(SYSTEM, start_at=NOON, end_at="2024-06-10T13:00"))
    assert await kind.rows(client.stats(SYSTEM, start_at=NOON, end_at="2024-06-10T13:00"))
    # The timezone was looked up once.
    assert kind.transport.paths == ["/systems", f"/systems/{SYSTEM}/stats", f"/systems/{SYSTEM}/stats"]
    assert client.usage == copy.usage
    assert client.usage.month == 3


async def test_closing_a_copy_closes_nothing(kind: Kind) -> None:
    client = kind.client()
    copy = client.with_options(max_retries=0)
    await kind.get(copy.close())
    assert kind.transport.closed == 0
    assert await kind.get(client.summary(SYSTEM))
    await kind.get(client.close())
    assert kind.transport.closed == 1


async def test_a_copy_of_a_closed_client_says_that_it_is_closed(kind: Kind) -> None:
    client = kind.client()
    copy = client.with_options(max_retries=0)
    await kind.get(client.close())
    with pytest.raises(EnlightenError, match="closed"):
        await kind.get(copy.summary(SYSTEM))
    assert kind.transport.requests == []


@pytest.mark.parametrize(
    "option",
    [
        {"timeout": 0},
        {"timeout": float("nan")},
        {"max_retries": -1},
        {"max_wait": -1},
        {"concurrency": 0},
        {"max_response_bytes": True},
    ],
    ids=str,
)
def test_a_copy_with_a_number_out_of_range_is_refused(kind: Kind, option: dict[str, Any]) -> None:
    with pytest.raises(InvalidArgumentError) as failure:
        kind.client().with_options(**option)
    assert failure.value.argument == next(iter(option))


# low_level


async def test_the_low_level_client_sends_through_the_same_layers(kind: Kind, simulated: SimulatedAPI) -> None:
    simulated.faults.add(Fault(kind="unavailable", count=1))
    client = kind.client(max_retries=1)
    low_level = client.low_level
    if kind.asynchronous:
        model = await inventory.asyncio(SYSTEM, client=low_level)
    else:
        model = inventory.sync(SYSTEM, client=low_level)
    assert getattr(model, "system_id", None) == SYSTEM
    # Sent again after the 503, signed each time, and counted each time.
    assert [dict(request.url.params) for request in kind.transport.requests] == 2 * [
        {"key": simulated.api_key, "user_id": simulated.user_id}
    ]
    assert client.usage.month == 2


async def test_the_low_level_client_gives_the_status_and_the_headers_too(kind: Kind) -> None:
    low_level = kind.client().low_level
    if kind.asynchronous:
        answer = await energy_lifetime.asyncio_detailed(1, client=low_level)
    else:
        answer = energy_lifetime.sync_detailed(1, client=low_level)
    assert (answer.status_code, "Date" in httpx.Headers(dict(answer.headers))) == (401, True)


async def test_the_low_level_client_is_ready_for_both_forms_of_a_filter(kind: Kind) -> None:
    low_level = kind.client().low_level
    if kind.asynchronous:
        page = await systems.asyncio(client=low_level, system_id=[66, 67])
    else:
        page = systems.sync(client=low_level, system_id=[66, 67])
    assert [system.system_id for system in getattr(page, "systems", [])] == [66, 67]


# usage


async def test_usage_counts_what_was_sent_and_knows_the_limits_of_the_plan(kind: Kind, simulated: SimulatedAPI) -> None:
    client = kind.client(plan=UsagePlan(per_minute=5))
    assert client.usage == Usage(minute=0, month=0, per_minute=5, per_month=None)
    await kind.get(client.summary(SYSTEM))
    with pytest.raises(NotFoundError):
        await kind.get(client.search_system_id("0"))
    assert client.usage == Usage(minute=2, month=2, per_minute=5, per_month=None)
    simulated.clock.advance(60)
    assert client.usage == Usage(minute=0, month=2, per_minute=5, per_month=None)


async def test_usage_has_no_limits_while_none_are_known(kind: Kind) -> None:
    assert kind.client().usage == Usage(minute=0, month=0, per_minute=None, per_month=None)


# Context managers


async def test_leaving_the_context_closes_the_connections(kind: Kind) -> None:
    client = kind.client()

    async def use() -> None:
        assert await kind.get(client.summary(SYSTEM))
        assert kind.transport.closed == 0

    await kind.within(client, use)
    assert kind.transport.closed == 1
    with pytest.raises(EnlightenError, match="closed"):
        await kind.get(client.summary(SYSTEM))


async def test_an_error_inside_the_context_comes_out_and_the_connections_are_closed(kind: Kind) -> None:
    async def use() -> None:
        raise LookupError("of the application")

    with pytest.raises(LookupError, match="of the application"):
        await kind.within(kind.client(), use)
    assert kind.transport.closed == 1


async def test_a_series_that_outlives_its_client_says_so(kind: Kind) -> None:
    client = kind.client()
    series = client.stats(SYSTEM, start_at=NOON, end_at="2024-06-10T13:00")
    await kind.get(client.close())
    with pytest.raises(EnlightenError, match="closed"):
        await kind.rows(series)


def test_a_client_says_which_service_it_is_of(kind: Kind, simulated: SimulatedAPI) -> None:
    shown = repr(kind.client(base_url="https://simulated.invalid/api/v2/"))
    assert shown == f"<{'AsyncEnlighten' if kind.asynchronous else 'Enlighten'} of https://simulated.invalid/api/v2>"
    assert simulated.api_key not in shown


def test_a_transport_of_the_other_kind_is_refused(simulated: SimulatedAPI) -> None:
    wrong: Any = simulated.async_transport()
    with pytest.raises(ConfigurationError, match="BaseTransport"):
        Enlighten("key", "user", transport=wrong)
    wrong = simulated.transport()
    with pytest.raises(ConfigurationError, match="AsyncBaseTransport"):
        AsyncEnlighten("key", "user", transport=wrong)


# Threads


def test_sixteen_threads_may_share_a_sync_client(on_loopback: SimulatedAPI) -> None:
    api, calls = on_loopback, 12
    with Enlighten(api.api_key, api.user_id, base_url=api.base_url, clock=lambda: NOW) as client:
        ids = [system.system_id for system in client.systems()]
        alone = {number: client.energy_lifetime(number).to_pandas() for number in ids}
        spent = client.usage.month

        def work(worker: int) -> list[int]:
            done = []
            for call in range(calls):
                number = ids[(worker + call) % len(ids)]
                if call % 3 == 0:
                    assert client.energy_lifetime(number).to_pandas().equals(alone[number])
                elif call % 3 == 1:
                    assert client.with_options(timeout=20).summary(number).system_id == number
                else:
                    rows = list(client.stats(number, start_at=NOON, end_at="2024-06-10T12:15"))
                    assert [row.end_at.strftime("%H:%M") for row in rows] == ["12:05", "12:10", "12:15"]
                done.append(number)
            return done

        with ThreadPoolExecutor(16) as pool:
            done = Counter(number for numbers in pool.map(work, range(16)) for number in numbers)
        assert sum(done.values()) == 16 * calls
        # None was sent twice, none was missed in the count, and no timezone was looked up.
        assert client.usage.month - spent == 16 * calls


# Event loops


async def test_tasks_may_share_an_async_client_and_none_is_left_behind(on_loopback: SimulatedAPI) -> None:
    api = on_loopback
    before = asyncio.all_tasks()
    async with AsyncEnlighten(api.api_key, api.user_id, base_url=api.base_url, clock=lambda: NOW) as client:
        ids = [system.system_id async for system in client.systems()]
        summaries = await asyncio.gather(*(client.summary(number) for number in ids * 2))
        assert [summary.system_id for summary in summaries] == ids * 2
        series = client.stats(ids[0], start_at="2024-06-01", end_at="2024-06-08")
        async for _ in series:
            break
        frame = await client.stats(ids[0], start_at="2024-06-01", end_at="2024-06-04").to_pandas()
        assert len(frame) > 0
    assert asyncio.all_tasks() == before


LOOPS = """
import asyncio, gc, sys
from enphase_enlighten import AsyncEnlighten

def client():
    return AsyncEnlighten({key!r}, {user!r}, base_url={url!r}, clock=lambda: {now!r})

async def whole():
    async with client() as enlighten:
        return [system.system_id async for system in enlighten.systems()]

async def broken_off():
    async with client() as enlighten:
        series = enlighten.stats(67, start_at="2024-06-01", end_at="2024-06-08")
        async for _ in series:
            break
        try:
            await asyncio.wait_for(enlighten.summary(67), 0)
        except TimeoutError:
            pass

print(len(asyncio.run(whole())), len(asyncio.run(whole())))
asyncio.run(broken_off())
gc.collect()
"""


def test_event_loops_are_left_as_they_were(on_loopback: SimulatedAPI) -> None:
    api = on_loopback
    script = LOOPS.format(key=api.api_key, user=api.user_id, url=api.base_url, now=NOW.timestamp())
    # Python then tells of sockets, tasks and generators that were left behind.
    command = [sys.executable, "-W", "error", "-c", script]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    assert (ran.stdout.split(), ran.stderr) == (["8", "8"], "")


async def test_a_copy_may_have_more_requests_under_way_than_a_client_of_one_at_a_time() -> None:
    under_way, most = 0, 0

    async def answer(_request: httpx.Request) -> httpx.Response:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await asyncio.sleep(0.01)
        under_way -= 1
        return httpx.Response(200, json={"system_id": 1, "total_devices": 1, "intervals": []})

    transport = httpx.MockTransport(answer)
    async with AsyncEnlighten("api-key", "user-id", transport=transport, concurrency=1, clock=lambda: NOW) as one:
        several = one.with_options(concurrency=4)
        rows = several.stats(SYSTEM, start_at="2024-06-01", end_at="2024-06-09", timezone="UTC")
        assert [row async for row in rows] == []
    assert most == 4


def test_a_quota_and_a_mode_that_are_none_are_refused() -> None:
    with pytest.raises(ConfigurationError, match=r"quota='watt' is no Quota"):
        Enlighten("api-key", "user-id", quota="watt")  # type: ignore[arg-type]  # the mistake to refuse
    with pytest.raises(InvalidArgumentError, match="strict='no' is not accepted"):
        Enlighten("api-key", "user-id", strict="no")  # type: ignore[arg-type]  # the mistake to refuse


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_an_observer_sees_each_attempt_without_a_signature(kind: str) -> None:
    seen: list[Exchange] = []
    found: Iterator[Exception | httpx.Response] = iter(
        [httpx.ReadError("broken by key-of-the-app"), httpx.Response(200, json={"system_id": 67})]
    )

    def handle(_request: httpx.Request) -> httpx.Response:
        outcome = next(found)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    options: dict[str, Any] = {
        "transport": httpx.MockTransport(handle),
        "observe": seen.append,
        "clock": SettableClock(NOW),
    }
    if kind == "sync":
        with Enlighten("key-of-the-app", "user", **options) as client:
            client.search_system_id("1")
    else:

        async def ask() -> None:
            async with AsyncEnlighten("key-of-the-app", "user", **options) as client:
                await client.search_system_id("1")

        asyncio.run(ask())
    assert [(each.operation, each.method, each.path, each.query, each.attempt, each.status) for each in seen] == [
        ("SearchSystemId", "GET", "/systems/search_system_id", {"serial_num": "1"}, 1, None),
        ("SearchSystemId", "GET", "/systems/search_system_id", {"serial_num": "1"}, 2, 200),
    ]
    assert str(seen[0].error) == "broken by ***"
    assert isinstance(seen[0].error, httpx.ReadError)
    assert seen[1].error is None
    assert seen[0].sent_at == NOW.timestamp()
    assert "key-of-the-app" not in repr(seen)


def test_an_observer_of_the_low_level_client_sees_no_signature_either() -> None:
    seen: list[Exchange] = []
    transport = httpx.MockTransport(lambda _request: httpx.Response(200, json={"system_id": 67}))
    with Enlighten("key-of-the-app", "user", transport=transport, observe=seen.append) as client:
        search_system_id.sync(client=client.low_level, serial_num="1")
    [exchange] = seen
    assert (exchange.operation, exchange.path, exchange.status) == (
        "low_level",
        "/api/v2/systems/search_system_id",
        200,
    )
    assert "key-of-the-app" not in repr(seen)
