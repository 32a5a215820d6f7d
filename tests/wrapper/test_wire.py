"""What goes onto the wire, and in which forms a response may come."""

from __future__ import annotations

import gzip
import json
import logging
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from enlighten_v2.api.default import search_system_id
from enphase_enlighten import (
    APIStatusError,
    AsyncEnlighten,
    ConfigurationError,
    ConnectionFailedError,
    Enlighten,
    EnlightenError,
    InvalidResponseError,
)
from tests.support.byte_server import PATIENCE, ByteServer, http
from tests.support.loopback import BODY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.clients import Kind
    from tests.support.service import StubService

pytestmark = pytest.mark.lowest

KEY, USER = "key of the&app+%41~", "user/of=the?app"
SIGNATURE = [("key", KEY), ("user_id", USER)]
SYSTEMS = json.dumps({"systems": [{"system_id": 67, "timezone": "UTC"}]}).encode()
ODD = ["a b+c/d&e=f", "%41%2B%zz", "~'!*()$,;:@[]", "ü€\N{SUN BEHIND CLOUD}", "..", '#?\\^`{|}"<>', "%C3%BC"]


@pytest.fixture
def server() -> Iterator[ByteServer]:
    with ByteServer() as server:
        yield server


def make(kind: Kind, server: ByteServer, **options: Any) -> Any:
    return kind.make(KEY, USER, base_url=f"{server.url}/api/v2", max_retries=0, timeout=PATIENCE, **options)


def targets(server: ByteServer) -> list[httpx.URL]:
    return [httpx.URL(line.split(" ")[1]) for line in server.first_lines]


def test_requests_are_as_the_specification_has_them(kind: Kind, server: ByteServer) -> None:
    server.respond = lambda number: http(SYSTEMS if number == 1 else BODY, "200 OK", "Set-Cookie: a=b; Path=/")
    with make(kind, server) as client:
        assert [system.system_id for system in client.systems(system_name=ODD, status=["normal", "comm"])] == [67]
        assert client.search_system_id("12 34/%") == 67
        assert client.summary(67, summary_date="2024-01-01").system_id == 67
    first, second, third = targets(server)
    filters = [*(("system_name[]", name) for name in ODD), ("status[]", "normal"), ("status[]", "comm")]
    assert sorted(first.params.multi_items()) == sorted([*filters, ("limit", "1000"), *SIGNATURE])
    assert second.params.multi_items() == [("serial_num", "12 34/%"), *SIGNATURE]
    assert third.path == "/api/v2/systems/67/summary"
    assert b"cookie" not in b"".join(server.heads).lower()


def test_every_request_names_the_client(kind: Kind, service: StubService) -> None:
    with kind.client(service, base_url="https://api.example") as client:
        client.search_system_id("1")
    [request] = service.sent
    assert request.headers["User-Agent"].startswith("enphase-enlighten/")
    assert request.headers["Accept"] == "application/json"
    assert request.headers["Host"] == "api.example"


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (http(gzip.compress(BODY), "200 OK", "Content-Encoding: gzip"), None),
        (http(gzip.compress(BODY), "200 OK", "content-encoding: GZIP", "X-Long: " + "x" * 50_000), None),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n"
            + BODY[:9]
            + b"\r\n8\r\n"
            + BODY[9:]
            + b"\r\n0\r\n\r\n",
            None,
        ),
        (http(gzip.compress(b" " * 5_000_000), "200 OK", "Content-Encoding: gzip"), InvalidResponseError),
        (http(b" " * 200_000), InvalidResponseError),
        (http(b"nothing", "200 OK", "Content-Encoding: gzip"), InvalidResponseError),
        (http(b"nothing", "200 OK", "Content-Encoding: br"), InvalidResponseError),
        (http(gzip.compress(BODY)[:-9], "200 OK", "Content-Encoding: gzip"), ConnectionFailedError),
        (http(b"", "302 Found", "Location: /api/v2/systems/search_system_id"), APIStatusError),
        (http(b"", "204 No Content"), InvalidResponseError),
    ],
    ids=["gzip", "long head", "chunks", "bomb", "large", "no gzip", "brotli", "cut gzip", "redirect", "nothing"],
)
def test_a_response_may_come_in_these_forms(
    kind: Kind, server: ByteServer, sent: bytes, expected: type[EnlightenError] | None
) -> None:
    server.respond = lambda _number: sent
    with make(kind, server, max_response_bytes=100_000) as client:
        if expected is None:
            assert client.search_system_id("1") == 67
        else:
            with pytest.raises(expected):
                client.search_system_id("1")
    assert len(server.heads) == 1


def test_the_loggers_of_the_libraries_show_no_credentials(
    kind: Kind, server: ByteServer, caplog: pytest.LogCaptureFixture
) -> None:
    options: dict[str, Any] = {"base_url": server.url, "max_retries": 0}
    with caplog.at_level(logging.DEBUG):
        for proxy in (server.url, None):
            with kind.make("key", "user", proxy=proxy, **options) as client:
                client.search_system_id("1")
        with Enlighten("key", "user", **options) as low:
            search_system_id.sync(serial_num="1", client=low.low_level)
    expected = {"httpx", "httpcore.connection", "httpcore.http11", *(["asyncio"] if kind.is_async else [])}
    assert expected <= {record.name for record in caplog.records}
    for record in caplog.records:
        assert "key=key" not in record.getMessage()
        assert "user_id=user" not in record.getMessage()


# A transport of the user's own


def test_a_transport_that_is_given_is_used(kind: Kind, server: ByteServer, service: StubService) -> None:
    with kind.client(service, base_url=server.url) as client:
        assert client.search_system_id("1") == 67
    assert (len(service.sent), server.heads) == (1, [])


@pytest.mark.parametrize(
    ("client", "transport"),
    [
        (Enlighten, httpx.AsyncHTTPTransport(verify=False)),
        (AsyncEnlighten, httpx.HTTPTransport(verify=False)),
        (Enlighten, "http"),
        (AsyncEnlighten, httpx.MockTransport),
    ],
)
def test_a_transport_of_the_other_kind_is_an_error(client: Any, transport: Any) -> None:
    with pytest.raises(ConfigurationError, match="which this client needs"):
        client("key", "user", transport=transport)


async def test_the_transport_of_httpx_aiohttp_may_be_given(server: ByteServer) -> None:
    module = pytest.importorskip("httpx_aiohttp", exc_type=ImportError)
    day = json.dumps({"system_id": 67, "total_devices": 1, "intervals": []}).encode()

    def respond(number: int) -> bytes:
        body = day if b"/stats?" in server.heads[number - 1] else BODY
        return http(gzip.compress(body), "200 OK", "Content-Encoding: gzip")

    server.respond = respond
    options: dict[str, Any] = {"base_url": f"{server.url}/api/v2", "max_retries": 1, "timeout": PATIENCE}
    async with AsyncEnlighten(KEY, USER, transport=module.AiohttpTransport(), **options) as client:
        assert await client.search_system_id("12 34/%") == 67
        assert [row async for row in client.stats(67, timezone="UTC")] == []
        server.hangs_up = lambda _number: True
        assert await client.search_system_id("1") == 67
    assert targets(server)[0].params.multi_items() == [("serial_num", "12 34/%"), *SIGNATURE]
    # It would send an empty body in chunks if it could not tell that there is none.
    heads = b"".join(server.heads).lower()
    assert b"transfer-encoding" not in heads
    assert b"content-type" not in heads
