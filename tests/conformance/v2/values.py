"""Values of some properties with which a body of API v2 is useful."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from tests.support.v2_calls import PERIOD

if TYPE_CHECKING:
    from collections.abc import Mapping

_LONGEST_INTERVAL = 900

PROPERTIES: Mapping[tuple[str, str], st.SearchStrategy[Any]] = {
    ("end_at", "integer"): st.one_of(
        st.integers(PERIOD[0] - _LONGEST_INTERVAL, PERIOD[1] + _LONGEST_INTERVAL),
        st.integers(0, 50_000),
        st.integers(-(2**63), 2**63 - 1),
    ),
    # Later ones leave no room for a series in the calendar.
    ("start_date", "string"): st.dates(date(2008, 1, 1), date(2100, 1, 1)).map(date.isoformat),
    ("timezone", "string"): st.sampled_from(["UTC", "America/Los_Angeles", "Mars/Olympus_Mons"]),
}
"""Draws the values of a property, by its name and type."""


def without_undated_values(body: Any) -> Any:
    """Return a body without values where no day is named that they begin on: only a system without any has none."""
    if isinstance(body, dict) and body.get("start_date", "") is None:
        return {name: [] if isinstance(value, list) else value for name, value in body.items()}
    return body
