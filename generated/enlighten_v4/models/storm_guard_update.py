from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..models.storm_guard_update_storm_guard_status import StormGuardUpdateStormGuardStatus
from ..types import UNSET

_PROPERTIES: frozenset[str] = frozenset(("storm_guard_status",))


@_attrs_define
class StormGuardUpdate(_types.Model):
    storm_guard_status: StormGuardUpdateStormGuardStatus
    """On or off."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "storm_guard_status": self.storm_guard_status,
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
            storm_guard_status = src_dict["storm_guard_status"]
            _all_known = len(src_dict) == 1
        except KeyError:
            storm_guard_status = src_dict.get("storm_guard_status", UNSET)
            _all_known = False
        if type(storm_guard_status) is str:
            storm_guard_status = _members_of_StormGuardUpdateStormGuardStatus.get(
                storm_guard_status
            ) or _types.read_enum(
                StormGuardUpdateStormGuardStatus, storm_guard_status, deviations, src_dict, "storm_guard_status"
            )
        elif deviations is not None:
            _types.deviate(deviations, src_dict, "storm_guard_status", storm_guard_status, "string")
        self.storm_guard_status = storm_guard_status
        self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return self


# Looking a member up in the enumeration itself takes three times as long.
_members_of_StormGuardUpdateStormGuardStatus = StormGuardUpdateStormGuardStatus._value2member_map_
