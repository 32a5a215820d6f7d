"""The data of the simulation, asked for directly and in other portions than the wrapper's."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from tests.support.specification import operations

from ..v2.operations import DAY, KEY, NO_CONTENT, NOT_FOUND, OK, PREFIX, UNAUTHORIZED, UNPROCESSABLE, USER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from enlighten_mock import SimulatedAPI

PORTIONS = {"Stats": DAY // 4, "RgmStats": DAY, "ConsumptionStats": 5 * DAY}
"""Seconds of one request: less than any window, so that no edge of one is an edge of the other."""

STATUSES = (OK, NO_CONTENT, UNAUTHORIZED, NOT_FOUND, UNPROCESSABLE)
"""The statuses of a response for a system of the fleet: it has data, or says why there is none."""


class SimulatedData:
    """Reads from a simulated API that has no limits and no faults.

    Args:
        api: The simulated API; it has the clock of the one that the wrapper reads from.
    """

    def __init__(self, api: SimulatedAPI) -> None:
        self._api = api

    def body(self, path: str, query: Mapping[str, Any]) -> Any:
        """Return the body of a response; None where its status is not 200."""
        signed = {**query, KEY: self._api.api_key, USER: self._api.user_id}
        response = self._api.answer("GET", f"{PREFIX}{path}", urlencode(signed, doseq=True))
        assert response.status in STATUSES, response
        return json.loads(response.body) if response.status == OK else None

    def systems(self, filters: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Return the systems that match filters."""
        query = {f"{name}[]": values for name, values in filters.items()}
        listed: list[dict[str, Any]] = self.body("/systems", {**query, "limit": 1000})["systems"]
        return listed

    def intervals(self, operation_id: str, system_id: int, start: int, end: int) -> dict[int, dict[str, Any]]:
        """Return the intervals that end after `start` and not after `end`, by their ends."""
        path = operations("effective")[operation_id].path.format(system_id=system_id)
        found: dict[int, dict[str, Any]] = {}
        for begin in range(start, end, PORTIONS[operation_id]):
            until = min(begin + PORTIONS[operation_id], end)
            body = self.body(path, {"start_at": begin, "end_at": until})
            found |= {each["end_at"]: each for each in body["intervals"]} if body else {}
        return {end_at: each for end_at, each in found.items() if start < end_at <= end}
