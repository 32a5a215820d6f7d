from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..models.grid_state import GridState
from ..types import UNSET

_PROPERTIES: frozenset[str] = frozenset(
    (
        "system_id",
        "grid_state",
        "last_report_date",
    )
)


@_attrs_define
class GridStatus(_types.Model):
    system_id: int
    """Number of the system."""
    grid_state: GridState
    """Whether the site is on the grid. (The spelling "On Grid" is shown; "Off Grid" and "Unknown" are
    described.)"""
    last_report_date: int
    """When a gateway last reported. Unix time in seconds."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "system_id": self.system_id,
                "grid_state": self.grid_state,
                "last_report_date": self.last_report_date,
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
            grid_state = src_dict["grid_state"]
            last_report_date = src_dict["last_report_date"]
            _all_known = len(src_dict) == 3
        except KeyError:
            system_id = src_dict.get("system_id", UNSET)
            grid_state = src_dict.get("grid_state", UNSET)
            last_report_date = src_dict.get("last_report_date", UNSET)
            _all_known = False
        if type(system_id) is not int and deviations is not None:
            _types.deviate(deviations, src_dict, "system_id", system_id, "integer")
        self.system_id = system_id
        if type(grid_state) is str:
            grid_state = _members_of_GridState.get(grid_state) or _types.read_enum(
                GridState, grid_state, deviations, src_dict, "grid_state"
            )
        elif deviations is not None:
            _types.deviate(deviations, src_dict, "grid_state", grid_state, "string")
        self.grid_state = grid_state
        if type(last_report_date) is not int and deviations is not None:
            _types.deviate(deviations, src_dict, "last_report_date", last_report_date, "integer")
        self.last_report_date = last_report_date
        self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return self


# Looking a member up in the enumeration itself takes three times as long.
_members_of_GridState = GridState._value2member_map_
