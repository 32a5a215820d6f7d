"""Reading a body that is there: from bytes to models."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import TypeAlias

import httpx

from bodies import DAY, START, rgm_stats, systems
from enphase_enlighten import Enlighten
from internals import DECODER, rgm_stats_reader, systems_reader
from measuring import Effort, interleaved, turn
from plain_client import plain
from results import Aim, Result, timed

Works: TypeAlias = Mapping[str, Callable[[], object]]

_OURS = "ours"
_WITHOUT_EXTRA = "ours without the extra 'speed'"
_BASELINE = "json.loads"
_PLAIN = "plain generated client"


def month_of_rgm_stats(effort: Effort) -> list[Result]:
    """A month of `rgm_stats` of two meters: 8,928 small objects."""
    body = rgm_stats(START, START + 31 * DAY)
    work = f"a month of rgm_stats with two meters ({len(body) // 1000} kB), bytes to models"
    return _rows("read-rgm-stats", work, rgm_stats_works(body), effort, Aim(1.3))


def page_of_systems(effort: Effort) -> list[Result]:
    """A page of 1000 systems."""
    body = systems(1000, 1000)
    work = f"a page of 1000 systems ({len(body) // 1000} kB), bytes to models"
    return _rows("read-systems", work, systems_works(body), effort, Aim(1.5))


def rgm_stats_works(body: bytes) -> Works:
    """Return what reads a body of `rgm_stats`, by contender."""
    model = plain("models").RgmStatsResponse
    return {
        **_ours(rgm_stats_reader(_client(), body)),
        _BASELINE: lambda: json.loads(body),
        _PLAIN: lambda: model.from_dict(json.loads(body)),
    }


def systems_works(body: bytes) -> Works:
    """Return what reads a page of systems, by contender."""
    model = plain("models").SystemsResponse
    return {
        **_ours(systems_reader(_client(), body)),
        _BASELINE: lambda: json.loads(body),
        _PLAIN: lambda: model.from_dict(json.loads(body)),
    }


def _ours(work: Callable[[], object]) -> Works:
    """Return the work, and the same as without the extra; another revision may not have it."""
    if find_spec(DECODER) is None:
        return {_OURS: work}

    names = vars(import_module(DECODER))
    decoder, by_json = names["_decoder"], names["_by_json"]

    def without_extra() -> object:
        names["_decoder"] = lambda: by_json
        try:
            return work()
        finally:
            names["_decoder"] = decoder

    return {_OURS: work, _WITHOUT_EXTRA: without_extra}


def _rows(name: str, work: str, works: Works, effort: Effort, aim: Aim) -> list[Result]:
    turns = {contender: turn(function, effort.seconds, time.process_time) for contender, function in works.items()}
    timings = interleaved(turns, effort.rounds)
    rows = [timed(name, work, timings, _OURS, _BASELINE, aim=aim, also=[_PLAIN])]
    if _WITHOUT_EXTRA in works:
        rows.append(timed(f"{name}-plain", "the same without the extra 'speed'", timings, _WITHOUT_EXTRA, _BASELINE))
    return rows


def _client() -> Enlighten:
    return Enlighten("key", "user", transport=httpx.MockTransport(lambda _request: httpx.Response(500)))
