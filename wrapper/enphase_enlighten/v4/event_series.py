# Generated from async_event_series.py by scripts/generate_sync.py: edit that file, then run `make generate`.
"""The events and alarms of a system over a range."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..data.series import EventSeries
from .columns import alarm_layout, event_layout

if TYPE_CHECKING:
    from enlighten_v4.models import (  # noqa: F401 - named in base classes, which are needed at run time
        Alarm,
        AlarmsResponse,
        Event,
        EventsResponse,
    )

    from ..data.tables import Layout


class Events(EventSeries["Event", "EventsResponse"]):
    """The events of a system, each once, fetched lazily; each iteration fetches them again.

    Example:
        >>> may = client.events(system_id, start_time="2024-05-01", end_time="2024-06-01")
        >>> found = [each.event_type_id for each in may]
    """

    def _layout(self) -> Layout:
        return event_layout()


class Alarms(EventSeries["Alarm", "AlarmsResponse"]):
    """The alarms of a system, each once, fetched lazily; each iteration fetches them again.

    Example:
        >>> may = client.alarms(system_id, start_time="2024-05-01", end_time="2024-06-01")
        >>> found = [each.severity for each in may]
    """

    def _layout(self) -> Layout:
        return alarm_layout()
