"""Changes through API v4 are sent once: what is on the wire, with a server on loopback."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from enphase_enlighten import (
    ConfigurationError,
    ConnectionFailedError,
    EnlightenError,
    RequestTimeoutError,
    ServerError,
    ServiceUnavailableError,
)
from enphase_enlighten.v4 import AsyncEnlighten, Enlighten, Token
from tests.support.byte_server import ByteServer, http
from tests.support.service import reply
from tests.support.v4_bodies import body
from tests.support.v4_calls import CALLS, WRITES
from tests.support.v4_service import V4Service

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.clients import Kind
    from tests.support.clock import SettableClock

READS = {
    "UpdateBatterySettings": "battery_settings",
    "UpdateStormGuard": "storm_guard",
    "UpdateLoadControl": "load_control",
    "StartCharging": "ev_charger_devices",
    "StopCharging": "ev_charger_devices",
}
"""A read that may leave its connection open for the write after it."""


def made(kind: Kind, server: ByteServer, **options: Any) -> Any:
    options = {"tokens": "token", "base_url": server.url, "max_retries": 3, **options}
    return kind.make("key", of=(Enlighten, AsyncEnlighten), **options)


@pytest.mark.parametrize(
    ("response", "expected"),
    [
        (b"", ConnectionFailedError),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{", ConnectionFailedError),
        (http(b"{}", "500 Internal Server Error"), ServerError),
        (http(b"{}", "503 Service Unavailable"), ServiceUnavailableError),
    ],
    ids=["broken", "broken within", "500", "503"],
)
@pytest.mark.parametrize("operation", WRITES)
def test_a_change_whose_outcome_is_unknown_is_sent_once_and_the_error_says_how_to_find_out(
    kind: Kind, operation: str, response: bytes, expected: type[EnlightenError]
) -> None:
    with ByteServer(response) as server:
        server.hangs_up = lambda _: True
        with made(kind, server) as client, pytest.raises(expected) as caught:
            CALLS[operation].run(client)
        assert len(server.heads) == 1
    assert "Whether the service has carried it out is unknown" in str(caught.value)
    assert "read the setting or the state back" in str(caught.value)
    assert caught.value.outcome_unknown


def test_a_change_that_takes_too_long_is_sent_once(kind: Kind) -> None:
    with ByteServer() as server:
        server.responding.clear()
        with made(kind, server, timeout=0.2) as client, pytest.raises(RequestTimeoutError) as caught:
            client.update_storm_guard(67, "enabled")
        server.responding.set()
        assert [line.split()[0] for line in server.first_lines] == ["PUT"]
    assert caught.value.outcome_unknown


@pytest.mark.parametrize("operation", WRITES)
def test_a_change_on_a_kept_connection_that_breaks_is_sent_once(kind: Kind, operation: str) -> None:
    first = http(json.dumps({"system_id": 67, "devices": {}}).encode())
    with ByteServer(lambda number: first if number == 1 else b"") as server:
        server.hangs_up = lambda number: number > 1
        with made(kind, server) as client:
            getattr(client, READS[operation])(67)
            with pytest.raises(ConnectionFailedError):
                CALLS[operation].run(client)
        assert len(server.heads) == 2
        assert server.connections == 1


@pytest.mark.parametrize("operation", WRITES)
def test_a_change_is_sent_again_after_a_429(kind: Kind, clock: SettableClock, operation: str) -> None:
    service = V4Service(clock)
    service.then = [reply(body("error_429"), 429)]
    with service.made(kind, max_retries=0) as client:
        CALLS[operation].run(client)
    first, second = service.asked
    assert first == second
    assert first.operation == operation


@pytest.mark.parametrize("operation", WRITES)
def test_a_change_is_sent_again_with_a_renewed_token(kind: Kind, clock: SettableClock, operation: str) -> None:
    sent: list[tuple[str, str | None]] = []
    service = V4Service(clock)
    transport = service.transport()
    handle: Callable[..., Any] = service.handle

    def respond(request: Any) -> Any:
        sent.append((request.url.path.rpartition("/")[2], request.headers.get("Authorization")))
        if request.url.path == "/oauth/token":
            return reply({**body("oauth_token"), "access_token": "new", "refresh_token": "next", "expires_in": 86000})
        if request.headers["Authorization"] == "Bearer old":
            return reply(body("error_401"), 401, {"Date": "Mon, 15 Jun 2026 18:07:30 GMT"})
        return handle(request)

    transport.handler = respond
    credentials = {
        "api_key": "key",
        "client_id": "client",
        "client_secret": "secret",
        "tokens": Token("old", "refresh"),
    }
    with service.made(kind, transport=transport, max_retries=0, **credentials) as client:
        CALLS[operation].run(client)
    assert [name for name, _ in sent][1] == "token"
    assert [token for _, token in sent if token and token.startswith("Bearer")] == ["Bearer old", "Bearer new"]
    assert service.operations == [operation]


async def test_no_change_goes_over_httpx_aiohttp_and_reads_do() -> None:
    module = pytest.importorskip("httpx_aiohttp", exc_type=ImportError)
    with ByteServer(http(b'{"system_id": 67, "storm_guard_status": "enabled", "storm_alert": "false"}')) as server:
        transport = module.AiohttpTransport()
        async with AsyncEnlighten("key", tokens="token", base_url=server.url, transport=transport) as client:
            assert (await client.storm_guard(67)).storm_guard_status == "enabled"
            for operation in WRITES:
                with pytest.raises(ConfigurationError, match="is not sent: it changes something"):
                    await CALLS[operation].run_async(client)
            assert client.usage.month == 1
        assert len(server.heads) == 1
