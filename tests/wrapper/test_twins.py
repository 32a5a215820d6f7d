"""The sync and the async API are one API: whatever one of them has, the other has too, and says the same about it."""

from __future__ import annotations

import inspect
import re
from typing import Any, get_overloads

import pytest

import enphase_enlighten
from enphase_enlighten import (
    AsyncEnlighten,
    AsyncIntervalSeries,
    AsyncSystems,
    Enlighten,
    IntervalSeries,
    Systems,
)

PAIRS: list[tuple[type, type]] = [
    (Enlighten, AsyncEnlighten),
    (IntervalSeries, AsyncIntervalSeries),
    (Systems, AsyncSystems),
]
ASYNC_NAMES = {"__aenter__": "__enter__", "__aexit__": "__exit__", "__aiter__": "__iter__"}

# What is not there yet when it is returned, but comes while iterating, is not awaited.
LAZY = ("Systems", "IntervalSeries", "Iterator")


def members(cls: type) -> dict[str, Any]:
    """What a class of ours has, by the sync name: methods, properties, and the special methods that differ."""
    found: dict[str, Any] = {}
    for owner in reversed(cls.__mro__):
        if owner.__module__.startswith("enphase_enlighten"):
            for name, value in vars(owner).items():
                plain = ASYNC_NAMES.get(name, name)
                if plain in {"__init__", *ASYNC_NAMES.values()} or not name.startswith("_"):
                    found[plain] = value
    return found


MEMBERS = [
    pytest.param(pair, name, id=f"{pair[0].__name__}.{name}")
    for pair in PAIRS
    for name in sorted(members(pair[0]).keys() | members(pair[1]).keys())
]
MISSING = object()


def function(member: Any) -> Any:
    return member.fget if isinstance(member, property) else member


def synchronous(text: str) -> str:
    """A text of the async API as the sync API has it: without `await`, `async` and the prefix of the classes.

    The generated functions have a module each, with `sync` and `asyncio` in it.
    """
    while (start := text.find("(await ")) >= 0:
        depth, end = 0, start
        for end in range(start, len(text)):
            depth += {"(": 1, ")": -1}.get(text[end], 0)
            if depth == 0:
                break
        text = text[:start] + text[start + len("(await ") : end] + text[end + 1 :]
    return re.sub(r"\b(await |async |Async(?=[A-Z]))", "", text).replace(".asyncio(", ".sync(")


def signature(member: Any) -> list[tuple[str, Any, Any, str]]:
    parameters = inspect.signature(function(member)).parameters.values()
    return [(each.name, each.kind, each.default, synchronous(str(each.annotation))) for each in parameters]


def returns(member: Any) -> str:
    return synchronous(str(inspect.signature(function(member)).return_annotation))


@pytest.mark.parametrize(("pair", "name"), MEMBERS)
def test_both_have_it(pair: tuple[type, type], name: str) -> None:
    sync, asynchronous = (members(cls).get(name, MISSING) for cls in pair)
    assert sync is not MISSING, f"{pair[1].__name__} has {name}, {pair[0].__name__} has not"
    assert asynchronous is not MISSING, f"{pair[0].__name__} has {name}, {pair[1].__name__} has not"
    assert isinstance(sync, property) == isinstance(asynchronous, property)


@pytest.mark.parametrize(("pair", "name"), MEMBERS)
def test_their_signatures_are_the_same(pair: tuple[type, type], name: str) -> None:
    sync, asynchronous = (members(cls)[name] for cls in pair)
    assert signature(sync) == signature(asynchronous)
    assert returns(sync) == returns(asynchronous)


@pytest.mark.parametrize(("pair", "name"), MEMBERS)
def test_their_overloads_are_the_same(pair: tuple[type, type], name: str) -> None:
    sync, asynchronous = (get_overloads(function(members(cls)[name])) for cls in pair)
    assert [(signature(each), returns(each)) for each in sync] == [
        (signature(each), returns(each)) for each in asynchronous
    ]


@pytest.mark.parametrize(("pair", "name"), MEMBERS)
def test_their_docstrings_say_the_same(pair: tuple[type, type], name: str) -> None:
    sync, asynchronous = (function(members(cls)[name]) for cls in pair)
    assert synchronous(inspect.getdoc(asynchronous) or "") == synchronous(inspect.getdoc(sync) or "")


@pytest.mark.parametrize("pair", PAIRS)
def test_the_docstrings_of_the_classes_say_the_same(pair: tuple[type, type]) -> None:
    sync, asynchronous = (inspect.getdoc(cls) or "" for cls in pair)
    assert synchronous(asynchronous) == synchronous(sync) != ""


@pytest.mark.parametrize(("pair", "name"), MEMBERS)
def test_what_sends_at_once_is_awaited_and_what_is_lazy_is_not(pair: tuple[type, type], name: str) -> None:
    sync, asynchronous = (members(cls)[name] for cls in pair)
    assert not inspect.iscoroutinefunction(function(sync))
    at_once = (
        not isinstance(asynchronous, property)
        and name not in ("__init__", "with_options")
        and not returns(sync).startswith(LAZY)
    )
    assert inspect.iscoroutinefunction(function(asynchronous)) == at_once


def test_each_public_class_with_a_twin_is_compared() -> None:
    twins = {name for name in enphase_enlighten.__all__ if name.startswith("Async")}
    assert twins == {asynchronous.__name__ for _, asynchronous in PAIRS}
