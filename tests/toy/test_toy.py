"""A defined API gets all that the engine has: quota, retries, windows, pages, typed errors, hidden secrets.

Nothing here is about one of Enphase's APIs.
"""

from __future__ import annotations

import asyncio
import json
import logging
import threading
from collections.abc import AsyncIterable, Awaitable
from datetime import UTC, datetime
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest

from enphase_enlighten import (
    AuthenticationError,
    ConfigurationError,
    InvalidArgumentError,
    NotFoundError,
    Quota,
    RequestTimeoutError,
    ServerError,
    UsageLimitExceededError,
)
from enphase_enlighten.clients.assembly import Assembly
from tests.support.clock import SettableClock

from .definition import TOY, AsyncToy, Token, Toy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC).timestamp()
STEP, DAY = 900, 86_400
"""The service has an interval for each quarter of an hour that is over."""


class Service(ThreadingHTTPServer):
    """The service, on loopback.

    Attributes:
        clock: Its time.
        access: The bearer token that it accepts.
        refresh: The refresh token that it accepts, once.
        seen: The method and the path of each request, and the bearer token.
        failures: What to do instead of the next ordinary responses: a status, or None to hang up.
    """

    daemon_threads = True

    def __init__(self, clock: SettableClock) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.clock = clock
        self.access, self.refresh = "access-token-1", "refresh-token-1"
        self.seen: list[tuple[str, str, str | None]] = []
        self.failures: list[int | None] = []
        self.renewals = 0

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def paths(self) -> list[str]:
        return [path for _, path, _ in self.seen]


class Handler(BaseHTTPRequestHandler):
    server: Service
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._respond()

    do_PUT = do_POST = do_GET  # noqa: N815 - names of http.server

    def log_message(self, *_: object) -> None:
        """Stay silent."""

    def _respond(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))) or b"null")
        bearer = self.headers.get("Authorization")
        self.server.seen.append((self.command, self.path, bearer))
        address = urlsplit(self.path)
        if address.path == "/token":
            return self._renew(body)
        if bearer != f"Bearer {self.server.access}":
            return self._send(401, {"error": {"code": "expired", "text": f"{bearer} is over"}})
        failure = self.server.failures.pop(0) if self.server.failures else 200
        if failure is None:
            self.close_connection = True
            return None
        if failure == 429:
            until = self.server.clock.now() // 60 * 60 + 60
            return self._send(429, {"error": {"code": "slow", "text": "Slow down"}, "until": until})
        if failure != 200:
            return self._send(failure, {"error": {"code": "broken", "text": "Something broke"}})
        query = {name: values[0] for name, values in parse_qs(address.query).items()}
        return self._send(*ordinary(self.command, address.path, query, body, self.server.clock.now()))

    def _renew(self, body: Any) -> None:
        if body["refresh"] != self.server.refresh:
            return self._send(400, {"error": {"code": "dead"}})
        self.server.renewals += 1
        number = self.server.renewals + 1
        self.server.access, self.server.refresh = f"access-token-{number}", f"refresh-token-{number}"
        return self._send(200, [self.server.access, self.server.refresh])

    def _send(self, status: int, body: Any) -> None:
        content = json.dumps(body).encode()
        self.send_response_only(status)
        self.send_header("Date", formatdate(self.server.clock.now(), usegmt=True))
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def ordinary(method: str, path: str, query: dict[str, str], body: Any, now: float) -> tuple[int, Any]:
    """The response to a request that is in order."""
    parts = path.strip("/").split("/")
    if parts == ["sites"]:
        first, count = int(query.get("after", 0)), int(query["count"])
        sites = [{"system_id": n, "timezone": "UTC"} for n in range(1, 8)][first : first + count]
        return 200, {"sites": sites, "after": str(first + count) if first + count < 7 else None}
    if parts == ["devices"]:
        page, size = int(query["page"]), int(query["size"])
        return 200, {"devices": [{"serial": n} for n in range(45)][(page - 1) * size : page * size], "total": 45}
    if parts[1] == "404":
        return 404, {"error": {"code": "gone", "text": "No such site"}}
    if parts[2:] == ["power"]:
        start = int(query["start_at"]) // STEP * STEP
        ends = range(start + STEP, min(start + DAY, int(now)) + 1, STEP)
        return 200, {"system_id": int(parts[1]), "intervals": [{"end_at": end, "watts": end // STEP} for end in ends]}
    if parts[2:] == ["mode"] and method == "PUT":
        return 200, {"system_id": int(parts[1]), "mode": body["mode"]}
    return 200, {"system_id": int(parts[1]), "timezone": "Europe/Berlin"}


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock(NOW)


@pytest.fixture
def service(clock: SettableClock) -> Iterator[Service]:
    with Service(clock) as service:
        thread = threading.Thread(target=service.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield service
        service.shutdown()
        thread.join(60)


class Caller:
    """Uses a client of either kind, and returns what it gives, listed where it is iterated."""

    def __init__(self, kind: str, service: Service) -> None:
        self._kind, self._service = kind, service

    def __call__(self, use: Callable[[Any], Any], token: Token | None = None, **options: Any) -> Any:
        service = self._service
        options = {"base_url": service.base_url, "clock": service.clock, **options}
        assembly = Assembly.checked(TOY, token or token_of(service), **options)
        if self._kind == "async":
            return asyncio.run(self._asynchronously(use, assembly))
        with Toy(assembly) as client:
            result = use(client)
            return result if isinstance(result, dict) else list(result)

    @staticmethod
    async def _asynchronously(use: Callable[[Any], Any], assembly: Assembly) -> Any:
        async with AsyncToy(assembly) as client:
            result = use(client)
            if isinstance(result, AsyncIterable):
                return [row async for row in result]
            return await result if isinstance(result, Awaitable) else result


def token_of(service: Service) -> Token:
    return Token(service.access, service.refresh)


@pytest.fixture(params=["sync", "async"])
def call(request: pytest.FixtureRequest, service: Service) -> Caller:
    return Caller(request.param, service)


def test_a_single_operation(call: Caller, service: Service) -> None:
    assert call(lambda client: client.site(7)) == {"system_id": 7, "timezone": "Europe/Berlin"}
    assert service.seen == [("GET", "/sites/7", "Bearer access-token-1")]


def test_a_listing_by_cursor(call: Caller, service: Service) -> None:
    assert [site["system_id"] for site in call(lambda client: client.sites(page_size=3))] == [1, 2, 3, 4, 5, 6, 7]
    assert service.paths() == ["/sites?count=3", "/sites?after=3&count=3", "/sites?after=6&count=3"]


def test_a_listing_by_page_and_size(call: Caller, service: Service) -> None:
    assert [device["serial"] for device in call(lambda client: client.devices())] == list(range(45))
    assert service.paths() == [f"/devices?page={page}&size=20" for page in (1, 2, 3)]


def test_a_series_by_granularity_over_several_windows(call: Caller, service: Service) -> None:
    rows = call(lambda client: client.power(7, start_at="2026-06-12T06:07", end_at="2026-06-14T12:00"))
    # The first three of Berlin's morning; the timezone is looked up once.
    first, last = datetime(2026, 6, 12, 4, tzinfo=UTC).timestamp(), datetime(2026, 6, 14, 10, tzinfo=UTC).timestamp()
    ends = [row.end_at.timestamp() for row in rows]
    assert ends == list(range(int(first) + STEP, int(last) + 1, STEP))
    assert all(row.watts == row.end_at.timestamp() // STEP for row in rows)
    assert str(rows[0].end_at.tzinfo) == "Europe/Berlin"
    starts = [f"/sites/7/power?start_at={int(first) + day * DAY}&granularity=day" for day in range(3)]
    assert sorted(service.paths()) == sorted(["/sites/7", *starts])


def test_a_series_ends_where_the_service_does_not_have_what_it_is_about(call: Caller, service: Service) -> None:
    service.failures = [200, 410]
    assert call(lambda client: client.power(7, start_at="2026-06-12", end_at="2026-06-14")) == []
    # The first request is for the timezone.
    assert len(service.paths()) == 2


def test_a_write_is_sent_once_whatever_happened_to_it(call: Caller, service: Service) -> None:
    assert call(lambda client: client.set_mode(7, "eco")) == {"system_id": 7, "mode": "eco"}
    service.failures = [500]
    with pytest.raises(ServerError, match="Mode: status 500: broken; Something broke"):
        call(lambda client: client.set_mode(7, "eco"))
    service.failures = [None]
    with pytest.raises(Exception, match="no whole response") as caught:
        call(lambda client: client.set_mode(7, "eco"))
    assert not isinstance(caught.value, RequestTimeoutError)
    assert len(service.seen) == 3


def test_a_write_is_sent_again_where_the_service_has_refused_it(call: Caller, service: Service) -> None:
    service.failures = [429]
    service.access = "access-token-of-another-day"
    # Refused for its token, renewed, refused for the quota, carried out.
    assert call(lambda client: client.set_mode(7, "eco"), token=old_token()) == {"system_id": 7, "mode": "eco"}
    assert [path for path in service.paths() if path == "/token"] == ["/token"]
    assert len(service.seen) == 4


def old_token() -> Token:
    return Token("access-token-that-is-over", "refresh-token-1")


def test_a_read_is_tried_again(call: Caller, service: Service, clock: SettableClock) -> None:
    service.failures = [500, None, 503]
    assert call(lambda client: client.site(7))["system_id"] == 7
    assert len(service.seen) == 4
    assert len(clock.waits) == 3


def test_the_limit_that_the_service_names_is_waited_for(call: Caller, service: Service, clock: SettableClock) -> None:
    service.failures = [429]
    assert call(lambda client: client.site(7))["system_id"] == 7
    assert clock.now() >= NOW + 60
    service.failures = [429]
    with pytest.raises(UsageLimitExceededError) as caught:
        call(lambda client: client.site(7), max_wait=0)
    assert (caught.value.period, caught.value.messages) == ("minute", ("Slow down",))


def test_a_plan_of_the_api_paces_ahead(call: Caller, service: Service, clock: SettableClock) -> None:
    call(lambda client: client.sites(page_size=1), plan="2/1000", max_wait=1000)
    assert len(service.seen) == 7
    assert clock.now() >= NOW + 180
    with pytest.raises(ConfigurationError, match="Give 'small', or the limits"):
        Assembly.checked(TOY, token_of(service), plan="watt")
    assert TOY.plans["small"].per_minute == 30


def test_a_token_is_renewed_once_for_all_and_the_requests_for_it_are_not_counted(
    service: Service, clock: SettableClock
) -> None:
    async def many() -> int:
        assembly = Assembly.checked(TOY, old_token(), base_url=service.base_url, clock=clock, concurrency=5)
        async with AsyncToy(assembly) as client:
            sites = await asyncio.gather(*(client.site(number) for number in range(5)))
            assert [site["system_id"] for site in sites] == list(range(5))
            return client.usage.month

    # The five that were refused, and the five that were not.
    assert asyncio.run(many()) == 10
    assert service.renewals == 1
    [(_, _, bearer)] = [seen for seen in service.seen if seen[1] == "/token"]
    assert bearer is None


def test_a_second_401_is_the_result(call: Caller, service: Service) -> None:
    with pytest.raises(AuthenticationError, match="Site: status 401: expired"):
        call(lambda client: client.site(7), token=Token("over-and-over", "dead-and-gone"))
    assert service.paths() == ["/sites/7", "/token"]


def test_errors_are_typed_and_read_by_the_api(call: Caller) -> None:
    with pytest.raises(NotFoundError, match="Site: status 404: gone; No such site") as caught:
        call(lambda client: client.site(404))
    assert (caught.value.reason, caught.value.messages) == ("gone", ("No such site",))
    with pytest.raises(InvalidArgumentError, match="page_size=0"):
        call(lambda client: client.sites(page_size=0))


def test_secrets_are_hidden_also_renewed_ones(
    call: Caller, service: Service, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    exchanges: list[Any] = []
    service.access = "never-accepted"
    monkeypatch.setattr(Handler, "_renew", lambda handler, _: handler._send(200, ["a-renewed-token", "r-2-token"]))
    with caplog.at_level(logging.DEBUG), pytest.raises(AuthenticationError) as caught:
        call(lambda client: client.site(7), token=old_token(), observe=exchanges.append)
    assert [exchange.status for exchange in exchanges] == [401, 200, 401]
    logging.getLogger("enphase_enlighten").warning("a-renewed-token and access-token-that-is-over")
    shown = f"{caught.value} {caught.value.body} {exchanges} {caplog.messages}"
    assert "Bearer ***" in shown
    for secret in ("access-token-that-is-over", "refresh-token-1", "a-renewed-token", "r-2-token"):
        assert secret not in shown


def test_a_quota_of_another_api_is_not_taken(service: Service) -> None:
    with pytest.raises(ConfigurationError, match="is for API v2"):
        Assembly.checked(TOY, token_of(service), quota=Quota("watt"))
