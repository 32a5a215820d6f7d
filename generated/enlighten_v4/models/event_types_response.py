from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..models.event_type import EventType
from ..types import UNSET

_PROPERTIES: frozenset[str] = frozenset(("event_types",))


@_attrs_define
class EventTypesResponse(_types.Model):
    event_types: list[EventType]

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "event_types": self.event_types,
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
            event_types = src_dict["event_types"]
            _all_known = len(src_dict) == 1
        except KeyError:
            event_types = src_dict.get("event_types", UNSET)
            _all_known = False
        if type(event_types) is list:
            event_types = _types.read_objects(EventType, event_types, deviations)
        elif deviations is not None:
            _types.deviate(deviations, src_dict, "event_types", event_types, "array")
        self.event_types = event_types
        self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return self
