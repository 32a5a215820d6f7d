"""The network of the async client: what goes onto the wire, and what the application gets."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import gzip
import json
import logging
import shutil
import socket
import socketserver
import ssl
import subprocess
import sys
import threading
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, Self

import httpx
import pytest

from enphase_enlighten import (
    APIStatusError,
    AsyncEnlighten,
    ConnectionFailedError,
    EnlightenError,
    InvalidResponseError,
    RequestTimeoutError,
    ServiceUnavailableError,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

KEY, USER = "key of the&app+%41~", "user/of=the?app"
# Seconds to wait for what is to happen: a busy machine may take long over it.
PATIENCE = 60.0
BODY = b'{"system_id": 67}'
SYSTEMS = json.dumps({"systems": [{"system_id": 67, "timezone": "UTC"}]}).encode()


def answer(body: bytes = BODY, status: str = "200 OK", *lines: str) -> bytes:
    head = "".join(f"{line}\r\n" for line in (f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *lines))
    return head.encode() + b"\r\n" + body


class Server:
    """A server on loopback that says what it is told to, request by request.

    Attributes:
        heads: What it was asked, head by head.
        connections: How many were opened.
        open: How many are open.
        most: The most that were open at once.
        answering: Whether it answers now, or waits until it may.
        hangs_up: Whether it hangs up after the answer to the request of this number.
    """

    def __init__(self, reply: Callable[[int], bytes]) -> None:
        self.heads: list[bytes] = []
        self.connections = self.open = self.most = 0
        self.answering = asyncio.Event()
        self.answering.set()
        self.hangs_up: Callable[[int], bool] = lambda _number: False
        self._reply = reply
        self.base_url = ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self.open += 1
        self.most = max(self.open, self.most)
        try:
            while True:
                self.heads.append(await reader.readuntil(b"\r\n\r\n"))
                number = len(self.heads)
                await self.answering.wait()
                writer.write(self._reply(number))
                await writer.drain()
                if self.hangs_up(number):
                    return
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            self.open -= 1
            writer.close()

    async def until(self, condition: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < deadline
            await asyncio.sleep(0.005)


@asynccontextmanager
async def serving(reply: Callable[[int], bytes] = lambda _number: answer(), **options: Any) -> AsyncIterator[Any]:
    server = Server(reply)
    async with await asyncio.start_server(server.serve, "127.0.0.1", 0, **options) as listening:
        scheme = "https" if options.get("ssl") else "http"
        server.base_url = f"{scheme}://127.0.0.1:{listening.sockets[0].getsockname()[1]}/api/v2"
        yield server


def client(server: Server, **options: Any) -> AsyncEnlighten:
    return AsyncEnlighten(KEY, USER, **{"base_url": server.base_url, "max_retries": 0, "timeout": PATIENCE, **options})


# The choice


async def test_a_transport_that_is_given_is_used() -> None:
    asked = []

    def handle(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, content=BODY)

    async with serving() as server, client(server, transport=httpx.MockTransport(handle)) as enlighten:
        assert await enlighten.search_system_id("1") == 67
    assert (len(asked), server.heads) == (1, [])


@pytest.mark.parametrize("guest", [False, True], ids=["alone", "as a guest of asyncio"])
def test_trio_needs_no_asyncio(guest: bool) -> None:
    trio = pytest.importorskip("trio")

    async def ask(base_url: str) -> int:
        async with AsyncEnlighten(KEY, USER, base_url=base_url, timeout=PATIENCE) as enlighten:
            return await enlighten.search_system_id("1")

    async def as_guest() -> int:
        async with serving() as server:
            done: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
            trio.lowlevel.start_guest_run(
                ask,
                server.base_url,
                run_sync_soon_threadsafe=asyncio.get_running_loop().call_soon_threadsafe,
                done_callback=done.set_result,
            )
            result: int = (await done).unwrap()
            return result

    async def alone() -> int:
        async with serving() as server:
            result: int = await asyncio.to_thread(trio.run, ask, server.base_url)
            return result

    assert asyncio.run(as_guest() if guest else alone()) == 67


# On the wire


ODD = ["a b+c/d&e=f", "%41%2B%zz", "~'!*()$,;:@[]", "ü€\N{SUN BEHIND CLOUD}", "..", '#?\\^`{|}"<>', "%C3%BC"]


async def test_requests_go_onto_the_wire_as_the_specification_has_them() -> None:
    replies = {b"/systems?": SYSTEMS}

    def reply(number: int) -> bytes:
        body = next((body for part, body in replies.items() if part in server.heads[number - 1]), BODY)
        return answer(body, "200 OK", "Set-Cookie: a=b; Path=/")

    async with serving(reply) as server, client(server) as enlighten:
        assert [system.system_id async for system in enlighten.systems(system_name=ODD, status=["normal", "comm"])]
        assert await enlighten.search_system_id("12 34/%") == 67
        assert (await enlighten.summary(67, summary_date="2024-01-01")).system_id == 67
    targets = [httpx.URL(head.split(b" ")[1].decode()) for head in server.heads]
    signature = [("key", KEY), ("user_id", USER)]
    filters = [*(("system_name[]", name) for name in ODD), ("status[]", "normal"), ("status[]", "comm")]
    assert sorted(targets[0].params.multi_items()) == sorted([*filters, ("limit", "1000"), *signature])
    assert targets[1].params.multi_items() == [("serial_num", "12 34/%"), *signature]
    assert targets[2].path == "/api/v2/systems/67/summary"
    assert b"cookie" not in b"".join(server.heads).lower()


async def test_the_transport_of_httpx_aiohttp_may_be_given() -> None:
    module = pytest.importorskip("httpx_aiohttp", exc_type=ImportError)
    day = {"system_id": 67, "total_devices": 1, "intervals": []}

    def reply(number: int) -> bytes:
        body = json.dumps(day).encode() if b"/stats?" in server.heads[number - 1] else BODY
        return answer(gzip.compress(body), "200 OK", "Content-Encoding: gzip")

    async with (
        serving(reply) as server,
        client(server, transport=module.AiohttpTransport(), max_retries=1) as enlighten,
    ):
        assert await enlighten.search_system_id("12 34/%") == 67
        assert [row async for row in enlighten.stats(67, timezone="UTC")] == []
        server.hangs_up = lambda _number: True
        assert await enlighten.search_system_id("1") == 67
    target = httpx.URL(server.heads[0].split(b" ")[1].decode())
    assert target.params.multi_items() == [("serial_num", "12 34/%"), ("key", KEY), ("user_id", USER)]


PROXY_AUTH = "dXNlci1vZi10aGUtcHJveHk6cGFzc3fDtnJk"  # user-of-the-proxy:passwörd


@pytest.mark.parametrize("base_url", ["http://127.0.0.1:1/v2", "https://service.example/v2"])
async def test_a_proxy_is_told_its_credentials_and_in_a_tunnel_none_of_ours(base_url: str) -> None:
    async with serving(lambda _number: answer(b"", "407 Proxy Authentication Required")) as proxy:
        url = proxy.base_url.removesuffix("/api/v2").replace("://", "://user-of-the-proxy:passw%C3%B6rd@")
        async with client(proxy, base_url=base_url, proxy=url) as enlighten:
            with pytest.raises(EnlightenError) as caught:
                await enlighten.search_system_id("1")
    [head] = proxy.heads
    assert f"Proxy-Authorization: Basic {PROXY_AUTH}\r\n".encode() in head
    assert b"proxy:" not in head
    if base_url.startswith("https:"):
        assert head.startswith(b"CONNECT service.example:443 HTTP/1.1\r\n")
        assert b"of" not in head
        assert isinstance(caught.value, ConnectionFailedError)
        assert "ProxyError: 407" in str(caught.value)
    else:
        assert head.startswith(f"GET {base_url}/systems/search_system_id?serial_num=1&key=".encode())
        assert isinstance(caught.value, APIStatusError)
    assert "passw" not in str(caught.value)


# Answers


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (answer(gzip.compress(BODY), "200 OK", "Content-Encoding: gzip"), None),
        (answer(gzip.compress(BODY), "200 OK", "content-encoding: GZIP", "X-Long: " + "x" * 50_000), None),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n"
            + BODY[:9]
            + b"\r\n8\r\n"
            + BODY[9:]
            + b"\r\n0\r\n\r\n",
            None,
        ),
        (answer(gzip.compress(b" " * 5_000_000), "200 OK", "Content-Encoding: gzip"), InvalidResponseError),
        (answer(b" " * 200_000), InvalidResponseError),
        (answer(b"nothing", "200 OK", "Content-Encoding: gzip"), InvalidResponseError),
        (answer(b"nothing", "200 OK", "Content-Encoding: br"), InvalidResponseError),
        (answer(gzip.compress(BODY)[:-9], "200 OK", "Content-Encoding: gzip"), ConnectionFailedError),
        (answer(b"", "302 Found", "Location: /api/v2/systems/search_system_id"), APIStatusError),
        (answer(b"", "204 No Content"), InvalidResponseError),
    ],
    ids=["gzip", "long head", "chunks", "bomb", "large", "no gzip", "brotli", "cut gzip", "redirect", "nothing"],
)
async def test_answers_are_taken_alike(sent: bytes, expected: type[EnlightenError] | None) -> None:
    async with serving(lambda _number: sent) as server, client(server, max_response_bytes=100_000) as enlighten:
        if expected is None:
            assert await enlighten.search_system_id("1") == 67
        else:
            with pytest.raises(expected):
                await enlighten.search_system_id("1")
    assert len(server.heads) == 1


class Instantly:
    """A clock on which waiting takes no time."""

    def now(self) -> float:
        return 1_780_000_000.0

    def advance(self, seconds: float) -> None:
        pass


@pytest.mark.parametrize(
    "broken", [b"", b"HTTP/1.1 200 OK\r\nContent-Le", answer()[:-5], b"SSH-2.0-OpenSSH_9.2\r\n"], ids=repr
)
async def test_a_broken_connection_is_tried_again_and_each_attempt_is_counted(broken: bytes) -> None:
    async with serving(lambda number: answer() if number == 1 else broken) as server:
        server.hangs_up = lambda number: number > 1
        async with client(server, max_retries=2, clock=Instantly()) as enlighten:
            # The first leaves a connection open, on which the next attempt is sent.
            assert await enlighten.search_system_id("1") == 67
            with pytest.raises(ConnectionFailedError, match=r"in 3 attempts \(RemoteProtocolError") as caught:
                await enlighten.search_system_id("1")
            assert "serial_num" not in str(caught.value)
            assert enlighten.usage.month == len(server.heads) == 4
            assert server.connections == 3


async def test_what_takes_too_long_is_a_timeout() -> None:
    async with serving() as server, client(server, timeout=2) as enlighten:
        server.answering.clear()
        with pytest.raises(RequestTimeoutError, match="ReadTimeout"):
            await enlighten.search_system_id("1")
        server.answering.set()
        await server.until(lambda: server.open == 0)


async def test_a_connection_that_is_not_made_in_time_is_a_timeout() -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full, contextlib.ExitStack() as stack:
        # Nobody takes what waits here, and no more may wait.
        for _ in range(4):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(full.getsockname())
        base_url = f"http://127.0.0.1:{full.getsockname()[1]}"
        async with AsyncEnlighten(KEY, USER, base_url=base_url, timeout=3, max_retries=0) as enlighten:
            begun = time.monotonic()
            with pytest.raises(RequestTimeoutError, match="ConnectTimeout") as caught:
                await enlighten.search_system_id("1")
            assert 3 <= time.monotonic() - begun < 5.9
    assert "127.0.0.1" not in str(caught.value)


async def test_the_wait_for_a_free_connection_has_an_end() -> None:
    async with serving(backlog=200) as server, client(server) as enlighten:
        server.answering.clear()
        held = [asyncio.create_task(enlighten.search_system_id("1")) for _ in range(100)]
        await server.until(lambda: len(server.heads) == 100)
        with pytest.raises(RequestTimeoutError):
            await enlighten.with_options(timeout=0.3).search_system_id("2")
        server.answering.set()
        assert await asyncio.gather(*held) == [67] * 100
    assert len(server.heads) == 100


# Certificates


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for 127.0.0.1 that nobody has signed, and its key, in one file."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("needs openssl")
    folder = tmp_path_factory.mktemp("certificate")
    key, made = folder / "key.pem", folder / "certificate.pem"
    made_for = ["-subj", "/CN=loopback", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "2"]
    files = ["-keyout", str(key), "-out", str(made)]
    command = [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", *made_for, *files]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - ours
    both = folder / "both.pem"
    both.write_bytes(key.read_bytes() + made.read_bytes())
    return both


def encrypted(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


async def test_a_certificate_is_checked_as_verify_says(certificate: Path) -> None:
    async with serving(ssl=encrypted(certificate)) as server:
        for verify in (False, ssl.create_default_context(cafile=certificate)):
            async with client(server, verify=verify) as enlighten:
                assert await enlighten.search_system_id("1") == 67
        async with client(server) as enlighten:
            with pytest.raises(ConnectionFailedError, match=r"ConnectError.*[Cc]ertificate"):
                await enlighten.search_system_id("1")
    assert len(server.heads) == 2


async def test_verify_is_not_for_the_proxy(certificate: Path) -> None:
    async with serving(ssl=encrypted(certificate)) as proxy:
        url = proxy.base_url.removesuffix("/api/v2")
        async with client(proxy, base_url="https://service.example", proxy=url, verify=False) as enlighten:
            with pytest.raises(ConnectionFailedError, match=r"ConnectError.*[Cc]ertificate"):
                await enlighten.search_system_id("1")
    assert proxy.heads == []


async def test_the_certificates_are_those_that_the_environment_named_when_the_client_was_made(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with serving(ssl=encrypted(certificate)) as server, client(server) as later:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        async with client(server) as enlighten:
            monkeypatch.delenv("SSL_CERT_FILE")
            assert await enlighten.search_system_id("1") == 67
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        with pytest.raises(ConnectionFailedError, match=r"[Cc]ertificate"):
            await later.search_system_id("1")
    assert len(server.heads) == 1


# Nothing left behind


async def test_a_closed_client_leaves_no_connection(caplog: pytest.LogCaptureFixture) -> None:
    before = asyncio.all_tasks()
    async with serving() as server:
        async with client(server) as enlighten:
            await asyncio.gather(*(enlighten.search_system_id("1") for _ in range(5)))
            assert server.open > 0
        await server.until(lambda: server.open == 0)
    del enlighten
    gc.collect()
    await asyncio.sleep(0)
    assert asyncio.all_tasks() == before
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


async def test_a_client_that_was_never_used_is_closed_without_ado() -> None:
    async with AsyncEnlighten(KEY, USER) as enlighten:
        pass
    with pytest.raises(EnlightenError, match="closed"):
        await enlighten.search_system_id("1")


async def test_a_cancelled_task_leaves_no_connection() -> None:
    async with serving() as server, client(server) as enlighten:
        server.answering.clear()
        task = asyncio.create_task(enlighten.search_system_id("1"))
        await server.until(lambda: len(server.heads) == 1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        server.answering.set()
        assert await enlighten.search_system_id("1") == 67
        # The one that was given up is not the one that was used again.
        assert server.connections == 2


async def test_a_task_that_is_cancelled_within_a_body_leaves_no_connection() -> None:
    async with (
        serving(lambda number: answer()[:-3] if number == 1 else answer()) as server,
        client(server) as enlighten,
    ):
        task = asyncio.create_task(enlighten.search_system_id("1"))
        await server.until(lambda: len(server.heads) == 1)
        await asyncio.sleep(0.05)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await server.until(lambda: server.open == 0)
        assert await enlighten.search_system_id("1") == 67


async def test_no_more_than_a_hundred_connections_are_open_at_once() -> None:
    async with serving(backlog=200) as server, client(server) as enlighten:
        server.answering.clear()
        calls = asyncio.gather(*(enlighten.search_system_id("1") for _ in range(130)))
        await server.until(lambda: len(server.heads) == 100)
        await asyncio.sleep(0.1)  # for more than may be
        server.answering.set()
        assert await calls == [67] * 130
    assert server.most == 100


async def test_the_rest_of_a_failure_that_is_too_long_is_not_waited_for() -> None:
    too_long = b"HTTP/1.1 503 Busy\r\nContent-Length: 100000\r\n\r\nbusy" + b" " * 2000
    async with (
        serving(lambda number: too_long if number == 1 else answer()) as server,
        client(server, max_response_bytes=1000) as enlighten,
    ):
        with pytest.raises(ServiceUnavailableError, match="busy"):
            await enlighten.search_system_id("1")
        await server.until(lambda: server.open == 0)
        assert await enlighten.search_system_id("1") == 67


async def test_a_client_that_is_closed_meanwhile_says_so() -> None:
    async with serving() as server, client(server) as enlighten:
        # Between the check of the client and the network, which are one step of the event loop.
        await enlighten._driver._network.close()
        with pytest.raises(EnlightenError, match="the client was closed meanwhile"):
            await enlighten.search_system_id("1")
    assert server.heads == []


async def test_a_client_that_is_closed_within_a_body_says_so_at_once() -> None:
    async with serving(lambda _number: answer()[:-3]) as server, client(server) as enlighten:
        task = asyncio.create_task(enlighten.search_system_id("1"))
        await server.until(lambda: len(server.heads) == 1)
        await asyncio.sleep(0.05)
        await enlighten.close()
        with pytest.raises(ConnectionFailedError, match="no whole response"):
            await asyncio.wait_for(task, PATIENCE / 2)
        await server.until(lambda: server.open == 0)


class Threaded(socketserver.ThreadingTCPServer):
    """A server with threads of its own, that goes on while an event loop does other work."""

    daemon_threads = allow_reuse_address = True

    def __init__(self, answers: int) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.answers = answers
        self.hung_up = threading.Semaphore(0)
        self.base_url = f"http://127.0.0.1:{self.server_address[1]}/api/v2"

    def shutdown_request(self, request: Any) -> None:
        super().shutdown_request(request)
        self.hung_up.release()

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()


class Answering(socketserver.StreamRequestHandler):
    """Gives so many answers on a connection, each in two parts, and hangs up."""

    server: Threaded

    def handle(self) -> None:
        for _ in range(self.server.answers):
            while (line := self.rfile.readline()) != b"\r\n":
                if not line:
                    return
            self.wfile.write(answer()[:-5])
            self.wfile.write(answer()[-5:])


async def test_a_kept_connection_that_the_service_has_closed_is_not_used_again() -> None:
    with Threaded(answers=1) as server:
        async with AsyncEnlighten(KEY, USER, base_url=server.base_url, max_retries=0) as enlighten:
            for _ in range(3):
                assert await enlighten.search_system_id("1") == 67
                # As an application does that works on what it got: the event loop sees nothing meanwhile.
                assert server.hung_up.acquire(timeout=PATIENCE)


LOOPS_AT_ONCE = """
import asyncio, sys
from concurrent.futures import ThreadPoolExecutor
from enphase_enlighten import AsyncEnlighten

enlighten = AsyncEnlighten("key", "user", base_url={base_url!r}, max_retries=0)

async def ask():
    return [await enlighten.search_system_id("1") for _ in range(20)]

with ThreadPoolExecutor(3) as threads:
    print(*threads.map(lambda _: asyncio.run(asyncio.wait_for(ask(), 60)), range(3)))
"""


async def test_a_client_may_be_used_in_several_event_loops_at_once() -> None:
    with Threaded(answers=100) as server:
        script = LOOPS_AT_ONCE.format(base_url=server.base_url)
        run = await asyncio.create_subprocess_exec(
            sys.executable, "-c", script, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        printed, complaints = await run.communicate()
    assert (printed.decode().strip(), complaints.decode()) == (" ".join([str([67] * 20)] * 3), "")


LOOPS = """
import asyncio, gc, sys
from enphase_enlighten import AsyncEnlighten

enlighten = AsyncEnlighten("key", "user", base_url={base_url!r}, max_retries=0)

async def ask():
    return await enlighten.search_system_id("1")

async def last():
    async with enlighten:
        return await ask()

async def forgotten():
    client = AsyncEnlighten("key", "user", base_url={base_url!r})
    found = await client.search_system_id("1")
    del client
    gc.collect()
    await asyncio.sleep(0.05)
    return found

print(asyncio.run(ask()), asyncio.run(ask()), asyncio.run(last()), asyncio.run(forgotten()))
elsewhere = AsyncEnlighten("key", "user", base_url={base_url!r})
print(asyncio.run(elsewhere.search_system_id("1")))
asyncio.run(elsewhere.close())
kept = AsyncEnlighten("key", "user", base_url={base_url!r})
print(asyncio.run(kept.search_system_id("1")))
"""


async def test_a_client_may_be_used_in_one_event_loop_after_another() -> None:
    async with serving() as server:
        script = LOOPS.format(base_url=server.base_url)
        run = await asyncio.create_subprocess_exec(
            sys.executable, "-c", script, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        printed, complaints = await run.communicate()
    assert (printed.decode().split(), complaints.decode()) == (["67"] * 6, "")
