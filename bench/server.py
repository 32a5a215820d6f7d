"""A server on loopback that costs next to nothing: each answer is made once and then only written.

`python bench/server.py` prints its port, and serves until its standard input ends.
"""

from __future__ import annotations

import asyncio
import contextlib
import subprocess
import sys
import threading
import time
from email.utils import formatdate
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import bodies

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def served() -> Iterator[str]:
    """Serve in a process of its own while the context lasts; gives the URL."""
    command = [sys.executable, str(Path(__file__).resolve())]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - ours
        assert process.stdin is not None  # noqa: S101 - both are pipes
        assert process.stdout is not None  # noqa: S101
        port = process.stdout.readline().strip()
        if not port:
            raise RuntimeError("the server of the benchmarks did not start; its message is above")
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            process.stdin.close()


class Connection(asyncio.Protocol):
    """One connection, kept open; requests have no body."""

    _transport: asyncio.Transport

    def __init__(self) -> None:
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep what to write to."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - it is TCP
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer each request that is complete."""
        *requests, self._received = (self._received + data).split(b"\r\n\r\n")
        for request in requests:
            if request == b"0":
                continue  # the end of an empty body in chunks, which some clients send with a GET
            _method, target, _ = request.split(b" ", 2)
            self._transport.write(_head(int(time.time())) + _tail(target))


@lru_cache(maxsize=1)
def _head(now: int) -> bytes:
    return f"HTTP/1.1 200 OK\r\nDate: {formatdate(now, usegmt=True)}\r\nContent-Type: application/json\r\n".encode()


@lru_cache(maxsize=64)
def _tail(target: bytes) -> bytes:
    body = bodies.answer(target.decode())
    return f"Content-Length: {len(body)}\r\n\r\n".encode() + body


async def _serve() -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Connection, "127.0.0.1", 0)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    ended = asyncio.Event()

    def wait() -> None:
        sys.stdin.read()
        loop.call_soon_threadsafe(ended.set)

    threading.Thread(target=wait, daemon=True).start()
    await ended.wait()


if __name__ == "__main__":
    asyncio.run(_serve())
