from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..models.alarm_event import AlarmEvent
from ..types import UNSET, Unset

_PROPERTIES: frozenset[str] = frozenset(
    (
        "id",
        "event_type_id",
        "alarm_start_time",
        "severity",
        "events",
        "cleared",
        "alarm_end_time",
    )
)


@_attrs_define
class Alarm(_types.Model):
    id: str
    """Identifier: digits for stored alarms, or dotted text for open ones."""
    event_type_id: int
    """Kind of event, see EventTypes."""
    alarm_start_time: int
    """When the alarm was raised. Unix time in seconds."""
    severity: int
    """1 fatal, 2 error, 3 warning, 4 info, 5 debug, 6 none."""
    events: list[AlarmEvent]
    """Events behind the alarm; one alarm may cover several."""
    cleared: bool
    """Whether the alarm is over."""
    alarm_end_time: int | None | Unset = UNSET
    """When it was cleared; null while open. Unix time in seconds."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "id": self.id,
                "event_type_id": self.event_type_id,
                "alarm_start_time": self.alarm_start_time,
                "severity": self.severity,
                "events": self.events,
                "cleared": self.cleared,
                "alarm_end_time": self.alarm_end_time,
            }
        )
        return src_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any], deviations: list[_types.Deviation] | None = None) -> Self:
        """Read a JSON object, whatever is inside.

        What is missing becomes `UNSET`; what is not as specified stays as it came, and is added to `deviations`.
        """
        return cls._from_dicts([src_dict], deviations)[0]

    @classmethod
    def _from_dicts(
        cls, src_dicts: Sequence[Mapping[str, Any]], deviations: list[_types.Deviation] | None
    ) -> list[Self]:
        # A call for each would make a month of intervals take a tenth longer to read, and __init__ a fifth.
        _models = _types.blank(cls, len(src_dicts))
        for self, src_dict in zip(_models, src_dicts):
            alarm_end_time = src_dict.get("alarm_end_time", UNSET)
            try:
                id = src_dict["id"]
                event_type_id = src_dict["event_type_id"]
                alarm_start_time = src_dict["alarm_start_time"]
                severity = src_dict["severity"]
                events = src_dict["events"]
                cleared = src_dict["cleared"]
                _all_known = len(src_dict) == 6 + (alarm_end_time is not UNSET)
            except KeyError:
                id = src_dict.get("id", UNSET)
                event_type_id = src_dict.get("event_type_id", UNSET)
                alarm_start_time = src_dict.get("alarm_start_time", UNSET)
                severity = src_dict.get("severity", UNSET)
                events = src_dict.get("events", UNSET)
                cleared = src_dict.get("cleared", UNSET)
                _all_known = False
            if type(id) is not str and deviations is not None:
                _types.deviate(deviations, src_dict, "id", id, "string")
            self.id = id
            if type(event_type_id) is not int and deviations is not None:
                _types.deviate(deviations, src_dict, "event_type_id", event_type_id, "integer")
            self.event_type_id = event_type_id
            if type(alarm_start_time) is not int and deviations is not None:
                _types.deviate(deviations, src_dict, "alarm_start_time", alarm_start_time, "integer")
            self.alarm_start_time = alarm_start_time
            if type(severity) is not int and deviations is not None:
                _types.deviate(deviations, src_dict, "severity", severity, "integer")
            self.severity = severity
            if type(events) is list:
                events = _types.read_objects(AlarmEvent, events, deviations)
            elif deviations is not None:
                _types.deviate(deviations, src_dict, "events", events, "array")
            self.events = events
            if type(cleared) is not bool and deviations is not None:
                _types.deviate(deviations, src_dict, "cleared", cleared, "boolean")
            self.cleared = cleared
            if (
                type(alarm_end_time) is not int
                and alarm_end_time is not None
                and alarm_end_time is not UNSET
                and deviations is not None
            ):
                _types.deviate(deviations, src_dict, "alarm_end_time", alarm_end_time, "integer", "null")
            self.alarm_end_time = alarm_end_time
            self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return _models
