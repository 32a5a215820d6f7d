"""Reading a body that is there: from bytes to models."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import httpx

from bodies import DAY, START, rgm_stats, systems
from enlighten_v2.models import RgmStatsResponse
from enphase_enlighten import Enlighten
from enphase_enlighten.operations.listing import read_page
from enphase_enlighten.protocol import Answer, Request
from enphase_enlighten.reading import read
from measuring import Effort, interleaved, turn
from plain_client import plain
from results import Aim, Result, timed

Works: TypeAlias = Mapping[str, Callable[[], object]]

_BASELINE = "json.loads"
_PLAIN = "plain generated client"


def month_of_rgm_stats(effort: Effort) -> list[Result]:
    """A month of `rgm_stats` of two meters: 8,928 small objects."""
    body = rgm_stats(START, START + 31 * DAY)
    work = f"a month of rgm_stats with two meters ({len(body) // 1000} kB), bytes to models"
    return [_row("read-rgm-stats", work, rgm_stats_works(body), effort, Aim(1.3))]


def page_of_systems(effort: Effort) -> list[Result]:
    """A page of 1000 systems."""
    body = systems(1000, 1000)
    work = f"a page of 1000 systems ({len(body) // 1000} kB), bytes to models"
    return [_row("read-systems", work, systems_works(body), effort, Aim(1.5))]


def rgm_stats_works(body: bytes) -> Works:
    """Return what reads a body of `rgm_stats`, by contender."""
    answer, context = _answer("RgmStats", body)
    model = plain("models").RgmStatsResponse
    return {
        "ours": lambda: read(answer, RgmStatsResponse, context, needs=["intervals"]),
        _BASELINE: lambda: json.loads(body),
        _PLAIN: lambda: model.from_dict(json.loads(body)),
    }


def systems_works(body: bytes) -> Works:
    """Return what reads a page of systems, by contender."""
    answer, context = _answer("Systems", body)
    model = plain("models").SystemsResponse
    return {
        "ours": lambda: read_page(answer, context),
        _BASELINE: lambda: json.loads(body),
        _PLAIN: lambda: model.from_dict(json.loads(body)),
    }


def _row(name: str, work: str, works: Works, effort: Effort, aim: Aim) -> Result:
    turns = {contender: turn(function, effort.seconds, time.process_time) for contender, function in works.items()}
    timings = interleaved(turns, effort.rounds)
    return timed(name, work, timings, "ours", _BASELINE, aim=aim, also=[_PLAIN])


def _answer(operation: str, body: bytes) -> tuple[Answer, Any]:
    client = Enlighten("key", "user", transport=httpx.MockTransport(lambda _request: httpx.Response(500)))
    answer = Answer(Request(operation, "GET", "/", {}), 200, {}, body, attempts=1, sent_at=float(START))
    return answer, client._driver.context  # noqa: SLF001 - what the operations work with is not public
