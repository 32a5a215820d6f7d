"""What the simulation holds, asked of it directly and in other portions than the wrapper's."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from .specifications import operations

if TYPE_CHECKING:
    from collections.abc import Mapping

    from enlighten_mock import SimulatedAPI

PORTIONS = {"Stats": 6 * 3600, "RgmStats": 86_400, "ConsumptionStats": 5 * 86_400}
"""Seconds of one question: less than any window, so that no edge of one is an edge of the other."""

SAID = (200, 204, 401, 404, 422)
"""Each of these answers a question of a system that is there: with data, or with why there is none."""


class Truth:
    """Asks a simulated API that has no limits and no faults.

    Args:
        api: It has the clock of the one that the wrapper asks.
    """

    def __init__(self, api: SimulatedAPI) -> None:
        self._api = api

    def ask(self, path: str, query: Mapping[str, Any]) -> Any:
        """Return the body of an answer; None where it is not 200."""
        asked = {**query, "key": self._api.api_key, "user_id": self._api.user_id}
        answer = self._api.answer("GET", f"/api/v2{path}", urlencode(asked, doseq=True))
        assert answer.status in SAID, answer
        return json.loads(answer.body) if answer.status == 200 else None

    def systems(self, filters: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Return the systems that these filters let through."""
        named = {f"{name}[]": values for name, values in filters.items()}
        listed: list[dict[str, Any]] = self.ask("/systems", {**named, "limit": 1000})["systems"]
        return listed

    def intervals(self, operation_id: str, system_id: int, start: int, end: int) -> dict[int, dict[str, Any]]:
        """Return the intervals that end after `start` and not after `end`, by their ends."""
        path = operations("effective")[operation_id].path.format(system_id=system_id)
        found: dict[int, dict[str, Any]] = {}
        for begin in range(start, end, PORTIONS[operation_id]):
            until = min(begin + PORTIONS[operation_id], end)
            body = self.ask(path, {"start_at": begin, "end_at": until})
            found |= {each["end_at"]: each for each in body["intervals"]} if body else {}
        return {end_at: each for end_at, each in found.items() if start < end_at <= end}
