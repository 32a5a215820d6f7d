"""A small service in the process of its clients: all that it has stands here, and it keeps what it is asked for."""

from __future__ import annotations

import json
import math
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from email.utils import formatdate
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

import anyio.lowlevel
import httpx
from dateutil.relativedelta import relativedelta

from enphase_enlighten import AsyncEnlighten, Enlighten
from tests.support.clock import SettableClock
from tests.support.examples import example
from tests.support.specification import operation_at

LOS_ANGELES = "America/Los_Angeles"
STEPS = {"stats": 300, "rgm_stats": 900, "consumption_stats": 900}
"""The length of an interval, in seconds."""
FIELDS = {
    "stats": {"powr": 12, "enwh": 1, "devices_reporting": 3},
    "rgm_stats": {"wh_del": 4, "devices_reporting": 1},
    "consumption_stats": {"enwh": 5, "devices_reporting": 1},
}
"""What each interval has beside its end."""

Handler: TypeAlias = Callable[[httpx.Request], httpx.Response]
Outcome: TypeAlias = httpx.Response | BaseException | Handler
"""A response, an error of the network, or a function that gives or raises one of them."""


class StubService:
    """The service: intervals on a grid, silent cuts, errors that name a range, a year of history, limits of a plan.

    Args:
        clock: The clock of its clients, by which it goes as well.
        zones: The systems that it has, by id, and their timezones.
        then: See the attribute.
        always: See the attribute.
        per_minute: See the attribute.
        per_month: See the attribute.
        offset: See the attribute.

    Attributes:
        sent: The requests as they came.
        requests: The requests: the last part of the path, and the parameters without the credentials.
        statuses: The statuses of its responses.
        counted: When it served a request, by its own clock.
        closed: How many times a transport to it was closed.
        then: The outcomes of the next requests, in turn; None for the ordinary one.
        always: The outcome of all requests after those; None for the ordinary one.
        headers: Headers of all responses that do not have them already; by default `Date`.
        per_minute: How many requests it serves in a minute of its clock.
        per_month: How many requests it serves until `month_end`.
        month_end: When its month ends, epoch seconds.
        has: Whether there is an interval that ends at this time. All of them, by default.
        first: The first interval that there is; a range that ends before it is an error.
        last: The last one; a range that begins after it is an error.
        offset: Seconds by which its clock is ahead of the client's.
        latency: Seconds by which the clock goes on before the service sees a request.
        history_zone: Where the year of history is counted; at the system by default.
        delays: For how many turns of the event loop each of the next responses is late.
        list_systems: Gives the response for a list of systems.
        list_intervals: Gives the response for intervals.
    """

    def __init__(
        self,
        clock: SettableClock | None = None,
        *,
        zones: Mapping[int, str] | None = None,
        then: Sequence[Outcome | None] = (),
        always: Outcome | None = None,
        per_minute: int | None = None,
        per_month: int | None = None,
        offset: float = 0.0,
    ) -> None:
        self.clock = SettableClock() if clock is None else clock
        self.zones = {67: LOS_ANGELES} if zones is None else zones
        self.sent: list[httpx.Request] = []
        self.requests: list[tuple[str, dict[str, Any]]] = []
        self.statuses: list[int] = []
        self.counted: list[float] = []
        self.closed = 0
        self.then = list(then)
        self.always = always
        self.headers: dict[str, str] = {}
        self.per_minute, self.per_month = per_minute, per_month
        self.month_end = datetime(2023, 12, 1, tzinfo=UTC).timestamp()
        self.has: Callable[[int], bool] = lambda _end: True
        self.first: int | None = None
        self.last: int | None = None
        self.offset = offset
        self.latency = 0.0
        self.history_zone: str | None = None
        self.in_flight = self.most_in_flight = 0
        self.delays: list[int] = []
        self.list_systems: Callable[[dict[str, Any]], httpx.Response] = self._all_systems
        self.list_intervals: Callable[[str, dict[str, Any], ZoneInfo], httpx.Response] = self._intervals

    def client(self, **options: Any) -> Enlighten:
        """Make a sync client of it."""
        options = {"transport": self.transport(), "clock": self.clock, **options}
        return Enlighten(options.pop("api_key", "key"), options.pop("user_id", "user"), **options)

    def async_client(self, **options: Any) -> AsyncEnlighten:
        """Make an async client of it."""
        options = {"transport": self.transport(), "clock": self.clock, **options}
        return AsyncEnlighten(options.pop("api_key", "key"), options.pop("user_id", "user"), **options)

    def transport(self) -> StubTransport:
        """Make a way to it for a client of either kind."""
        return StubTransport(self)

    def now(self) -> float:
        return self.clock.now() + self.offset

    def windows(self) -> list[tuple[int, int]]:
        """The ranges of the interval requests, in the order in which they came."""
        return [(params["start_at"], params["end_at"]) for name, params in self.requests if name in STEPS]

    def asked(self, name: str) -> list[dict[str, Any]]:
        """The parameters of the requests of an operation, by the last part of its path."""
        return [params for asked, params in self.requests if asked == name]

    def handle(self, request: httpx.Request) -> httpx.Response:
        self.clock.advance(self.latency)
        self.sent.append(request)
        name = request.url.path.rpartition("/")[2]
        params = _parameters(request)
        self.requests.append((name, params))
        response = self._refusal() or self._outcome(request, name, params)
        self.statuses.append(response.status_code)
        headers = {"Date": formatdate(self.now(), usegmt=True), **self.headers}
        added = [(key.encode(), value.encode()) for key, value in headers.items() if key not in response.headers]
        # A new one each time, since the body of a response is read once.
        return httpx.Response(
            response.status_code, headers=[*response.headers.raw, *added], stream=response.stream, request=request
        )

    async def handle_async(self, request: httpx.Request) -> httpx.Response:
        """Respond late by as many turns of the event loop as `delays` says for the next request."""
        response = self.handle(request)
        delay = self.delays.pop(0) if self.delays else 0
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        try:
            for _ in range(delay):
                await anyio.lowlevel.checkpoint()
        finally:
            self.in_flight -= 1
        return response

    def _refusal(self) -> httpx.Response | None:
        now = self.now()
        minute = math.floor(now / 60) * 60
        if self.per_minute and sum(moment >= minute for moment in self.counted) >= self.per_minute:
            return limit_reached("minute", minute + 60, self.per_minute)
        if self.per_month and len(self.counted) >= self.per_month:
            return limit_reached("month", self.month_end, self.per_month)
        self.counted.append(now)
        return None

    def _outcome(self, request: httpx.Request, name: str, params: dict[str, Any]) -> httpx.Response:
        outcome = self.then.pop(0) if self.then else None
        outcome = self.always if outcome is None else outcome
        if outcome is None:
            return self._ordinary(request, name, params)
        if isinstance(outcome, BaseException):
            if isinstance(outcome, httpx.RequestError):
                outcome.request = request
            raise outcome
        return outcome if isinstance(outcome, httpx.Response) else outcome(request)

    def _ordinary(self, request: httpx.Request, name: str, params: dict[str, Any]) -> httpx.Response:
        path = request.url.path
        if name == "systems":
            return self.list_systems(params)
        if name in STEPS:
            return self.list_intervals(name, params, ZoneInfo(self.zones[int(path.split("/")[-2])]))
        operation = operation_at("effective", path[path.find("/systems") :])
        assert operation is not None, path
        return reply({"system_id": 67} if name == "search_system_id" else example(operation.operation_id))

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


class StubTransport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """A way to the service for clients of either kind."""

    def __init__(self, service: StubService) -> None:
        self._service = service
        self._closed = False

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        assert not self._closed, "sent by a closed transport"
        return self._service.handle(request)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        assert not self._closed, "sent by a closed transport"
        return await self._service.handle_async(request)

    def close(self) -> None:
        self._closed = True
        self._service.closed += 1

    async def aclose(self) -> None:
        self.close()


class Chunks(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that comes in chunks; an error among them is raised in its place."""

    def __init__(self, *chunks: bytes | Exception) -> None:
        self._chunks = chunks

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._chunks:
            if isinstance(chunk, Exception):
                raise chunk
            yield chunk

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self:
            yield chunk


def reply(body: object, status: int = 200, headers: Mapping[str, str] | None = None) -> httpx.Response:
    """Return a response with a body: bytes as they are, anything else as JSON."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return httpx.Response(status, content=content, headers={"Content-Type": "application/json", **(headers or {})})


def streamed(*chunks: bytes | Exception, status: int = 200, encoding: str = "identity") -> httpx.Response:
    """Return a response whose body comes in chunks, in an encoding."""
    return httpx.Response(status, stream=Chunks(*chunks), headers={"Content-Encoding": encoding})


def no_content() -> httpx.Response:
    return httpx.Response(204)


def limit_reached(period: object, end: float, limit: object = 10) -> httpx.Response:
    """Return the response to a request beyond a limit of the plan."""
    body = {
        "reason": "409",
        "message": ["Usage limit exceeded for plan Watt"],
        "period": period,
        "period_start": int(end) - 60,
        "period_end": int(end),
        "limit": limit,
    }
    return reply(body, 409)


def unlisted(first: int, last: int) -> dict[str, object]:
    """Return the body of a 422 for a range without intervals, which names those that there are."""
    reason = "Requested date range is invalid for this system"
    return {"reason": reason, "first_interval": first, "last_interval": last}


def system(number: int, zone: object = LOS_ANGELES) -> dict[str, object]:
    """Return a system as a page of systems has it."""
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


def _parameters(request: httpx.Request) -> dict[str, Any]:
    params: dict[str, Any] = {}
    for key, value in request.url.params.multi_items():
        if key.endswith("[]"):
            params.setdefault(key, []).append(value)
        elif key not in ("key", "user_id"):
            params[key] = int(value) if key in ("start_at", "end_at", "limit") and value.isdecimal() else value
    return params
