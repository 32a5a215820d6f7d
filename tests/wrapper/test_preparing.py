"""What the first request of an async client does in the event loop: nothing that holds it up, once it is prepared."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

PROGRAM = """
import asyncio, json, ssl, sys

in_loop = []
real = ssl.SSLContext.load_verify_locations

def watched(*args, **kwargs):
    try:
        asyncio.get_running_loop()
        in_loop.append("load_verify_locations")
    except RuntimeError:
        pass
    return real(*args, **kwargs)

ssl.SSLContext.load_verify_locations = watched
from enphase_enlighten import AsyncEnlighten

def make():
    return AsyncEnlighten("a-key", "a-user", base_url="https://127.0.0.1:1/api/v2", max_retries=0)

async def main(way):
    if way == "elsewhere":
        client = await asyncio.get_running_loop().run_in_executor(None, make)
    else:
        client = make()
    if way == "prepared":
        await client.prepare()
    before, errors = set(sys.modules), []
    for call in (lambda: client.summary(67), lambda: client.energy_lifetime(67), lambda: client.inventory(67)):
        try:
            await call()
        except Exception as error:
            errors.append(type(error).__name__)
    print(json.dumps([in_loop, sorted(set(sys.modules) - before), errors]))

asyncio.run(main(sys.argv[1]))
"""


def first_requests(way: str) -> Any:
    """What held up the loop, which modules were imported in it, and how the requests ended."""
    run = subprocess.run(  # noqa: S603 - ours
        [sys.executable, "-c", PROGRAM, way], capture_output=True, text=True, check=True, timeout=120
    )
    return json.loads(run.stdout)


@pytest.mark.parametrize("way", ["elsewhere", "prepared"])
def test_a_client_that_is_prepared_holds_up_nothing(way: str) -> None:
    assert first_requests(way) == [[], [], ["ConnectionFailedError"] * 3]


def test_one_that_is_not_prepared_loads_in_the_loop_what_it_needs() -> None:
    held_up, imported, _ = first_requests("unprepared")
    assert held_up
    assert imported
