from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..types import UNSET, Unset

_PROPERTIES: frozenset[str] = frozenset(
    (
        "event_type_id",
        "event_type_key",
        "stateful",
        "event_name",
        "event_description",
        "recommended_action",
    )
)


@_attrs_define
class EventType(_types.Model):
    event_type_id: int
    """Number of the kind."""
    event_type_key: str
    """Its key."""
    stateful: bool
    """Whether such events last."""
    event_name: str
    """Title."""
    event_description: str | Unset = UNSET
    """Meaning."""
    recommended_action: str | Unset = UNSET
    """What to do."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "event_type_id": self.event_type_id,
                "event_type_key": self.event_type_key,
                "stateful": self.stateful,
                "event_name": self.event_name,
                "event_description": self.event_description,
                "recommended_action": self.recommended_action,
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
            event_description = src_dict.get("event_description", UNSET)
            recommended_action = src_dict.get("recommended_action", UNSET)
            try:
                event_type_id = src_dict["event_type_id"]
                event_type_key = src_dict["event_type_key"]
                stateful = src_dict["stateful"]
                event_name = src_dict["event_name"]
                _all_known = len(src_dict) == 4 + (event_description is not UNSET) + (recommended_action is not UNSET)
            except KeyError:
                event_type_id = src_dict.get("event_type_id", UNSET)
                event_type_key = src_dict.get("event_type_key", UNSET)
                stateful = src_dict.get("stateful", UNSET)
                event_name = src_dict.get("event_name", UNSET)
                _all_known = False
            if type(event_type_id) is not int and deviations is not None:
                _types.deviate(deviations, src_dict, "event_type_id", event_type_id, "integer")
            self.event_type_id = event_type_id
            if type(event_type_key) is not str and deviations is not None:
                _types.deviate(deviations, src_dict, "event_type_key", event_type_key, "string")
            self.event_type_key = event_type_key
            if type(stateful) is not bool and deviations is not None:
                _types.deviate(deviations, src_dict, "stateful", stateful, "boolean")
            self.stateful = stateful
            if type(event_name) is not str and deviations is not None:
                _types.deviate(deviations, src_dict, "event_name", event_name, "string")
            self.event_name = event_name
            if type(event_description) is not str and event_description is not UNSET and deviations is not None:
                _types.deviate(deviations, src_dict, "event_description", event_description, "string")
            self.event_description = event_description
            if type(recommended_action) is not str and recommended_action is not UNSET and deviations is not None:
                _types.deviate(deviations, src_dict, "recommended_action", recommended_action, "string")
            self.recommended_action = recommended_action
            self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return _models
