"""A real Redis for tests."""

from __future__ import annotations

import shutil
import subprocess
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def redis_server(folder: Path) -> Iterator[str]:
    """Run a Redis on a Unix socket, which no other program can be using, and give its URL."""
    import redis

    program = shutil.which("redis-server")
    if program is None:
        pytest.fail("redis-server is missing: apt-get install redis-server")
    socket = folder / "socket"
    process = subprocess.Popen(  # noqa: S603 - Debian's own, with arguments of ours
        [program, "--port", "0", "--unixsocket", str(socket), "--dir", str(folder), "--save", "", "--appendonly", "no"],
        stdout=subprocess.DEVNULL,
    )
    try:
        url = f"unix://{socket}"
        with redis.Redis.from_url(url) as probe:
            for _ in range(100):
                try:
                    probe.ping()
                    break
                except redis.ConnectionError:
                    time.sleep(0.05)
            else:
                pytest.fail("redis-server does not respond")
        yield url
    finally:
        process.terminate()
        process.wait(10)
