"""A simulated service of events and alarms: each is in the windows that it touches."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from attrs import define, field

from tests.support.service import reply
from tests.support.telemetry_service import DAY, refusal

if TYPE_CHECKING:
    import httpx

    from tests.support.v4_service import Asked


@define
class EventService:
    """Responds to requests for events and alarms.

    Attributes:
        spans: When each began and ended, epoch seconds; None for what goes on.
        refuses: Whether it refuses what begins before this time, epoch seconds.
        heeds_cleared: Whether it gives the alarms that are over, or those that are not, as the parameter says.
        asked: What was asked for: start and end.
    """

    spans: list[tuple[int, int | None]]
    refuses: float = -math.inf
    heeds_cleared: bool = False
    asked: list[tuple[int, int]] = field(factory=list)

    def respond(self, asked: Asked) -> httpx.Response:
        """Return the response to a request."""
        start, end = int(asked.params["start_time"]), int(asked.params["end_time"])
        self.asked.append((start, end))
        if start < self.refuses or end - start > 7 * DAY:
            return reply(refusal(), 422)
        cleared = asked.params.get("cleared", "false") == "true"
        found = [
            (number, begun, ended)
            for number, (begun, ended) in enumerate(self.spans)
            if begun <= end and (ended is None or ended >= start)
        ]
        if asked.operation == "Events":
            return reply({"system_id": 67, "events": [event(*each) for each in found]})
        chosen = [each for each in found if not self.heeds_cleared or (each[2] is not None) == cleared]
        return reply({"system_id": 67, "alarms": [alarm(*each) for each in chosen]})


def event(number: int, begun: int, ended: int | None) -> dict[str, Any]:
    """Return an event as the service has it; one of a kind has no end."""
    what = {"event_type_id": number, "event_start_time": begun, "serial_number": f"{number:012}"}
    return {"status": "Open", **what} if ended is None else {"status": "Closed", **what, "event_end_time": ended}


def alarm(number: int, begun: int, ended: int | None) -> dict[str, Any]:
    """Return an alarm as the service has it."""
    return {
        "id": f"108000{number:04}",
        "cleared": ended is not None,
        "severity": 1 + number % 6,
        "events": [{"serial_number": "122100000001", "start_date": begun, "end_date": ended}],
        "event_type_id": 28,
        "alarm_start_time": begun,
        "alarm_end_time": ended,
    }
