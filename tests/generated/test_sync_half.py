"""The sync half of the wrapper is what its async half gives."""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING

import pytest

import generate_sync
from enphase_enlighten import AsyncEnlighten, AsyncIntervalSeries, AsyncSystems, Enlighten, IntervalSeries, Systems

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@pytest.mark.parametrize(
    ("async_text", "sync_text"),
    [
        ("async def summary(self) -> None: ...", "def summary(self) -> None: ..."),
        ("await self._driver.run(call)", "self._driver.run(call)"),
        ("async with AsyncEnlighten() as client:", "with Enlighten() as client:"),
        ("sum([row.enwh async for row in day])", "sum([row.enwh for row in day])"),
        ("(await client.summary(1)).energy_today", "client.summary(1).energy_today"),
        ("print((await client.summary(f(1))).status)", "print(client.summary(f(1)).status)"),
        ("return f(await client.summary(1))", "return f(client.summary(1))"),
        ("from .async_systems import AsyncSystems", "from .systems import Systems"),
        ("inventory.asyncio(1)", "inventory.sync(1)"),
        ("generated.set_async_httpx_client(http)", "generated.set_httpx_client(http)"),
        ("httpx.AsyncBaseTransport", "httpx.BaseTransport"),
        ("AsyncIterator[int]", "Iterator[int]"),
        ("async def __aenter__(self): ...", "def __enter__(self): ..."),
        ("an async client", "a sync client"),
        ("nothing to translate", "nothing to translate"),
    ],
)
def test_a_text_is_translated_word_by_word(async_text: str, sync_text: str) -> None:
    first, rest = generate_sync.translated(async_text, "async_name.py").split("\n", 1)
    assert rest == sync_text
    assert first.startswith("# Generated from async_name.py")


@pytest.fixture(scope="module")
def modules() -> Mapping[Path, str]:
    """What is generated, by file."""
    return generate_sync.sync_modules()


def test_each_sync_module_is_what_its_async_half_gives(modules: Mapping[Path, str]) -> None:
    assert {path.name for path in modules} >= {"client.py", "series.py", "frames.py"}
    for path, text in modules.items():
        assert path.read_text(encoding="utf-8") == text, f"{path.name}: run `make generate`"


def test_what_is_generated_has_no_trace_of_async(modules: Mapping[Path, str]) -> None:
    for path, text in modules.items():
        code = text.partition("\n")[2]
        assert not re.search(r"\basync\b|\bawait\b|\bAsync|\basync_|__a(enter|exit|iter)__", code), path.name


@pytest.mark.parametrize(
    ("sync", "asynchronous"),
    [(Enlighten, AsyncEnlighten), (IntervalSeries, AsyncIntervalSeries), (Systems, AsyncSystems)],
)
def test_both_halves_have_the_same_members(sync: type, asynchronous: type) -> None:
    names = [{name for name, _ in inspect.getmembers(cls) if not name.startswith("_")} for cls in (sync, asynchronous)]
    assert names[0] == names[1]
