"""The times in the bodies of API v2: epoch seconds, or ISO 8601 for a request that asks for it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from enlighten_mock.world.days import zone

if TYPE_CHECKING:
    from enlighten_mock.service.exchange import Json

_NAMES = ("first_interval", "last_interval", "last_report_date")
"""Of the times whose names do not end in `_at`."""


def localise(body: Json, timezone: str) -> Json:
    """Return `body` with its times in ISO 8601, at the offset of `timezone` or of the system they are in."""
    if isinstance(body, list):
        return [localise(item, timezone) for item in body]
    if not isinstance(body, dict):
        return body
    timezone = body.get("timezone", timezone)
    return {
        name: _iso_moment(timezone, value) if _is_time(name, value) else localise(value, timezone)
        for name, value in body.items()
    }


def _is_time(name: str, value: Json) -> bool:
    return isinstance(value, int) and (name.endswith("_at") or name in _NAMES)


def _iso_moment(timezone: str, moment: int) -> str | int:
    try:
        return datetime.fromtimestamp(moment, zone(timezone)).isoformat()
    except (OverflowError, ValueError, OSError):
        return moment  # an echo of a request for a year that the calendar does not have
