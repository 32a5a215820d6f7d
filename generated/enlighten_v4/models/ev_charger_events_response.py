from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..models.ev_charger_event import EvChargerEvent
from ..types import UNSET

_PROPERTIES: frozenset[str] = frozenset(
    (
        "count",
        "events",
        "system_id",
    )
)


@_attrs_define
class EvChargerEventsResponse(_types.Model):
    count: int
    """Number of events on this page or in all; the text does not say which."""
    events: list[EvChargerEvent]
    system_id: int
    """Number of the system."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "count": self.count,
                "events": self.events,
                "system_id": self.system_id,
            }
        )
        return src_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any], deviations: list[_types.Deviation] | None = None) -> Self:
        """Read a JSON object, whatever is inside.

        What is missing becomes `UNSET`; what is not as specified stays as it came, and is added to `deviations`.
        """
        # Not through __init__, which takes longer.
        self = object.__new__(cls)
        try:
            count = src_dict["count"]
            events = src_dict["events"]
            system_id = src_dict["system_id"]
            _all_known = len(src_dict) == 3
        except KeyError:
            count = src_dict.get("count", UNSET)
            events = src_dict.get("events", UNSET)
            system_id = src_dict.get("system_id", UNSET)
            _all_known = False
        if type(count) is not int and deviations is not None:
            _types.deviate(deviations, src_dict, "count", count, "integer")
        self.count = count
        if type(events) is list:
            events = _types.read_objects(EvChargerEvent, events, deviations)
        elif deviations is not None:
            _types.deviate(deviations, src_dict, "events", events, "array")
        self.events = events
        if type(system_id) is not int and deviations is not None:
            _types.deviate(deviations, src_dict, "system_id", system_id, "integer")
        self.system_id = system_id
        self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return self
