from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..models.event_status import EventStatus
from ..types import UNSET, Unset

_PROPERTIES: frozenset[str] = frozenset(
    (
        "status",
        "event_type_id",
        "event_start_time",
        "event_end_time",
        "serial_number",
    )
)


@_attrs_define
class Event(_types.Model):
    status: EventStatus
    """Info: a passing event. Open: a lasting one without an end. Closed: a lasting one that ended. The
    open_events endpoint writes "open" in small letters."""
    event_type_id: int
    """Kind of event, see EventTypes."""
    event_start_time: int
    """When it began. Unix time in seconds."""
    event_end_time: int | None | Unset = UNSET
    """When it ended; null while open. Unix time in seconds."""
    serial_number: str | Unset = UNSET
    """Device concerned."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "status": self.status,
                "event_type_id": self.event_type_id,
                "event_start_time": self.event_start_time,
                "event_end_time": self.event_end_time,
                "serial_number": self.serial_number,
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
            event_end_time = src_dict.get("event_end_time", UNSET)
            serial_number = src_dict.get("serial_number", UNSET)
            try:
                status = src_dict["status"]
                event_type_id = src_dict["event_type_id"]
                event_start_time = src_dict["event_start_time"]
                _all_known = len(src_dict) == 3 + (event_end_time is not UNSET) + (serial_number is not UNSET)
            except KeyError:
                status = src_dict.get("status", UNSET)
                event_type_id = src_dict.get("event_type_id", UNSET)
                event_start_time = src_dict.get("event_start_time", UNSET)
                _all_known = False
            if type(status) is str:
                status = _members_of_EventStatus.get(status) or _types.read_enum(
                    EventStatus, status, deviations, src_dict, "status"
                )
            elif deviations is not None:
                _types.deviate(deviations, src_dict, "status", status, "string")
            self.status = status
            if type(event_type_id) is not int and deviations is not None:
                _types.deviate(deviations, src_dict, "event_type_id", event_type_id, "integer")
            self.event_type_id = event_type_id
            if type(event_start_time) is not int and deviations is not None:
                _types.deviate(deviations, src_dict, "event_start_time", event_start_time, "integer")
            self.event_start_time = event_start_time
            if (
                type(event_end_time) is not int
                and event_end_time is not None
                and event_end_time is not UNSET
                and deviations is not None
            ):
                _types.deviate(deviations, src_dict, "event_end_time", event_end_time, "integer", "null")
            self.event_end_time = event_end_time
            if type(serial_number) is not str and serial_number is not UNSET and deviations is not None:
                _types.deviate(deviations, src_dict, "serial_number", serial_number, "string")
            self.serial_number = serial_number
            self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return _models


# Looking a member up in the enumeration itself takes three times as long.
_members_of_EventStatus = EventStatus._value2member_map_
