"""A small service of our own to test against: its whole truth stands here, and it counts what it is asked for."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from email.utils import formatdate
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import anyio
import anyio.lowlevel
import httpx
import pytest
from dateutil.relativedelta import relativedelta

from enphase_enlighten import AsyncEnlighten, Enlighten

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable, Iterator

NOW = datetime(2026, 6, 15, 18, 7, 30, tzinfo=UTC).timestamp()
LOS_ANGELES = "America/Los_Angeles"
STEPS = {"stats": 300, "rgm_stats": 900, "consumption_stats": 900}
FIELDS = {
    "stats": {"powr": 12, "enwh": 1, "devices_reporting": 3},
    "rgm_stats": {"wh_del": 4, "devices_reporting": 1},
    "consumption_stats": {"enwh": 5, "devices_reporting": 1},
}


class StubClock:
    """A simulated clock: waiting moves it on."""

    def __init__(self, now: float = NOW) -> None:
        self._now = now
        self.advanced: list[float] = []

    def now(self) -> float:
        return self._now

    def advance(self, seconds: float) -> None:
        self.advanced.append(seconds)
        self._now += seconds


class StubService:
    """The service: intervals on a grid, silent cuts, refusals that name a range, and a year of history.

    Attributes:
        requests: What was asked for: the last part of the path, and the parameters.
        answers: Answers to give instead, one for each request, in turn; None for the ordinary one.
        has: Whether there is an interval that ends at this time. All of them, by default.
        first: The first interval that there is; a range that ends before it is refused, and so on.
        last: The last one.
        offset: Of its clock against the client's, in seconds.
        latency: Seconds by which the clock goes on before the service sees a request.
        history_zone: Where the year of history is counted; at the system by default.
        delays: For how many turns of the event loop each of the next answers is late.
        list_systems: Answers requests for the list of systems.
        list_intervals: Answers requests for intervals.
    """

    def __init__(self, clock: StubClock, zones: dict[int, str] | None = None) -> None:
        self.clock = clock
        self.zones = {67: LOS_ANGELES} if zones is None else zones
        self.requests: list[tuple[str, dict[str, Any]]] = []
        self.answers: list[httpx.Response | None] = []
        self.has: Callable[[int], bool] = lambda _end: True
        self.first: int | None = None
        self.last: int | None = None
        self.offset = 0.0
        self.latency = 0.0
        self.history_zone: str | None = None
        self.in_flight = self.most_in_flight = 0
        self.delays: list[int] = []
        self.list_systems: Callable[[dict[str, Any]], httpx.Response] = self._all_systems
        self.list_intervals: Callable[[str, dict[str, Any], ZoneInfo], httpx.Response] = self._intervals

    def now(self) -> float:
        return self.clock.now() + self.offset

    def windows(self) -> list[tuple[int, int]]:
        """The ranges of the interval requests, in the order in which they came."""
        return [(params["start_at"], params["end_at"]) for name, params in self.requests if name in STEPS]

    def asked(self, name: str) -> list[dict[str, Any]]:
        return [params for asked, params in self.requests if asked == name]

    def handle(self, request: httpx.Request) -> httpx.Response:
        if self.latency:
            self.clock.advance(self.latency)
        name = request.url.path.rpartition("/")[2]
        params: dict[str, Any] = {}
        for key, value in request.url.params.multi_items():
            if key.endswith("[]"):
                params.setdefault(key, []).append(value)
            elif key not in ("key", "user_id"):
                params[key] = int(value) if key in ("start_at", "end_at", "limit") else value
        self.requests.append((name, params))
        answer = self.answers.pop(0) if self.answers else None
        if answer is None:
            answer = self._ordinary(name, params, request.url.path)
        answer.headers["Date"] = formatdate(int(self.now()), usegmt=True)
        return answer

    async def handle_async(self, request: httpx.Request) -> httpx.Response:
        """Answer late by as many turns of the event loop as `delays` says for the next request."""
        answer = self.handle(request)
        delay = self.delays.pop(0) if self.delays else 0
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        try:
            for _ in range(delay):
                await anyio.lowlevel.checkpoint()
        finally:
            self.in_flight -= 1
        return answer

    def _ordinary(self, name: str, params: dict[str, Any], path: str) -> httpx.Response:
        if name == "systems":
            return self.list_systems(params)
        if name in STEPS:
            return self.list_intervals(name, params, ZoneInfo(self.zones[int(path.split("/")[-2])]))
        raise AssertionError(f"the stub knows no {name}")

    def _all_systems(self, params: dict[str, Any]) -> httpx.Response:
        wanted = params.get("system_id[]")
        listed = [system(n, zone) for n, zone in self.zones.items() if wanted is None or str(n) in wanted]
        return reply({"systems": listed})

    def _intervals(self, name: str, params: dict[str, Any], zone: ZoneInfo) -> httpx.Response:
        step = STEPS[name]
        start, end = (params[key] // step * step for key in ("start_at", "end_at"))
        assert start < end, "a request for nothing"
        body = {"system_id": 67, "total_devices": 3, "intervals": [], "meter_intervals": []}
        if name != "rgm_stats":
            del body["meter_intervals"]
        if name == "rgm_stats" and end - start > 7 * 86400:
            return reply({"reason": "Requested date range in one API hit cannot be more than 7 days."}, 422)
        there = datetime.fromtimestamp(self.now(), ZoneInfo(self.history_zone) if self.history_zone else zone)
        if params["start_at"] < (there - relativedelta(years=1)).timestamp():
            return reply(body)
        if (self.last is not None and start >= self.last) or (self.first is not None and end < self.first):
            return reply(unlisted(self.first or 0, self.last or 2**31), 422)
        longest = relativedelta(months=1) if name == "consumption_stats" else relativedelta(days=1)
        if name != "rgm_stats":
            wall = datetime.fromtimestamp(start, zone if name == "consumption_stats" else UTC)
            end = min(end, int((wall + longest).timestamp()))
        ends = [at for at in range(start + step, end + 1, step) if self._exists(at)]
        return reply({**body, "intervals": [{"end_at": at, **FIELDS[name]} for at in ends]})

    def _exists(self, at: int) -> bool:
        bounded = (self.first is None or at >= self.first) and (self.last is None or at <= self.last)
        return bounded and at <= self.now() and self.has(at)


def reply(body: object, status: int = 200) -> httpx.Response:
    return httpx.Response(status, content=json.dumps(body).encode(), headers={"Content-Type": "application/json"})


def unlisted(first: int, last: int) -> dict[str, object]:
    """The body of a 422 for a range without intervals, which names those that there are."""
    reason = "Requested date range is invalid for this system"
    return {"reason": reason, "first_interval": first, "last_interval": last}


def system(number: int, zone: object = LOS_ANGELES) -> dict[str, object]:
    return {
        "system_id": number,
        "system_name": f"System {number}",
        "system_public_name": "Residential System",
        "timezone": zone,
        "status": "normal",
        "country": "US",
        "state": "CA",
        "city": "Petaluma",
        "postal_code": "94954",
        "connection_type": "ethernet",
        "meta": {"status": "normal", "last_report_at": 1445619615, "last_energy_at": 1445619033, "operational_at": 1},
    }


class Made:
    """Makes what a test works with."""

    NOW = NOW
    STEPS = STEPS
    reply = staticmethod(reply)
    system = staticmethod(system)
    unlisted = staticmethod(unlisted)

    @staticmethod
    def until_error(series: Iterable[Any], error: type[BaseException]) -> tuple[list[Any], Any]:
        """What a series gives before it fails, and the error."""
        rows: list[Any] = []
        with pytest.raises(error) as caught:
            rows.extend(series)
        return rows, caught.value

    @staticmethod
    def no_content() -> httpx.Response:
        return httpx.Response(204)

    @staticmethod
    def service(now: float = NOW, zones: dict[int, str] | None = None) -> StubService:
        return StubService(StubClock(now), zones)

    @staticmethod
    def client(service: StubService, **options: Any) -> Enlighten:
        transport = httpx.MockTransport(service.handle)
        return Enlighten("key", "user", transport=transport, clock=service.clock, **options)

    @staticmethod
    def async_client(service: StubService, **options: Any) -> AsyncEnlighten:
        transport = httpx.MockTransport(service.handle_async)
        return AsyncEnlighten("key", "user", transport=transport, clock=service.clock, **options)


@pytest.fixture(scope="session")
def made() -> type[Made]:
    """The makers; of the whole session, so that hypothesis may use them for each example."""
    return Made


@pytest.fixture
def service() -> StubService:
    return Made.service()


@pytest.fixture
def clock(service: StubService) -> StubClock:
    return service.clock


@pytest.fixture
def client(service: StubService) -> Iterator[Enlighten]:
    with Made.client(service) as client:
        yield client


@pytest.fixture
async def async_client(service: StubService) -> AsyncIterator[AsyncEnlighten]:
    async with Made.async_client(service) as client:
        yield client


@pytest.fixture(params=["sync", "async"])
def sender(request: pytest.FixtureRequest) -> str:
    """Runs a test with the sync and with the async client; says which."""
    return str(request.param)


@pytest.fixture
def days() -> Callable[[str, int], list[date]]:
    """Dates in a row, from the first."""
    return lambda first, number: [date.fromisoformat(first) + timedelta(days=day) for day in range(number)]
