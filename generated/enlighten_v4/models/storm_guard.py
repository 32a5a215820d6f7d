from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..models.storm_guard_storm_alert import StormGuardStormAlert
from ..types import UNSET

_PROPERTIES: frozenset[str] = frozenset(
    (
        "system_id",
        "storm_guard_status",
        "storm_alert",
    )
)


@_attrs_define
class StormGuard(_types.Model):
    system_id: int
    """Number of the system."""
    storm_guard_status: str
    """enabled or disabled when read; the answer to a change reads like "Enabled (Inactive)"."""
    storm_alert: StormGuardStormAlert
    """"true" or "false" as a text: whether a severe weather warning is in force."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "system_id": self.system_id,
                "storm_guard_status": self.storm_guard_status,
                "storm_alert": self.storm_alert,
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
            system_id = src_dict["system_id"]
            storm_guard_status = src_dict["storm_guard_status"]
            storm_alert = src_dict["storm_alert"]
            _all_known = len(src_dict) == 3
        except KeyError:
            system_id = src_dict.get("system_id", UNSET)
            storm_guard_status = src_dict.get("storm_guard_status", UNSET)
            storm_alert = src_dict.get("storm_alert", UNSET)
            _all_known = False
        if type(system_id) is not int and deviations is not None:
            _types.deviate(deviations, src_dict, "system_id", system_id, "integer")
        self.system_id = system_id
        if type(storm_guard_status) is not str and deviations is not None:
            _types.deviate(deviations, src_dict, "storm_guard_status", storm_guard_status, "string")
        self.storm_guard_status = storm_guard_status
        if type(storm_alert) is str:
            storm_alert = _members_of_StormGuardStormAlert.get(storm_alert) or _types.read_enum(
                StormGuardStormAlert, storm_alert, deviations, src_dict, "storm_alert"
            )
        elif deviations is not None:
            _types.deviate(deviations, src_dict, "storm_alert", storm_alert, "string")
        self.storm_alert = storm_alert
        self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return self


# Looking a member up in the enumeration itself takes three times as long.
_members_of_StormGuardStormAlert = StormGuardStormAlert._value2member_map_
