from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..models.load_control_update_mode import LoadControlUpdateMode
from ..types import UNSET, Unset

_PROPERTIES: frozenset[str] = frozenset(
    (
        "name",
        "load_name",
        "mode",
        "soc_low",
        "essential_start_time",
        "essential_end_time",
    )
)


@_attrs_define
class LoadControlUpdate(_types.Model):
    """soc_low is required with Advanced_BatteryPowered."""

    name: str
    """Name of the dry contact; identifies the entry and cannot be changed."""
    load_name: str | Unset = UNSET
    """Name of the load; cannot be changed."""
    mode: LoadControlUpdateMode | Unset = UNSET
    """How the load is steered."""
    soc_low: int | Unset = UNSET
    """Charge in percent at which the load is switched off (advanced modes)."""
    essential_start_time: int | Unset = UNSET
    """Start of the powered period in seconds after midnight (Scheduled)."""
    essential_end_time: int | Unset = UNSET
    """End of the powered period in seconds after midnight (Scheduled)."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "name": self.name,
                "load_name": self.load_name,
                "mode": self.mode,
                "soc_low": self.soc_low,
                "essential_start_time": self.essential_start_time,
                "essential_end_time": self.essential_end_time,
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
        load_name = src_dict.get("load_name", UNSET)
        mode = src_dict.get("mode", UNSET)
        soc_low = src_dict.get("soc_low", UNSET)
        essential_start_time = src_dict.get("essential_start_time", UNSET)
        essential_end_time = src_dict.get("essential_end_time", UNSET)
        try:
            name = src_dict["name"]
            _all_known = len(src_dict) == 1 + (load_name is not UNSET) + (mode is not UNSET) + (
                soc_low is not UNSET
            ) + (essential_start_time is not UNSET) + (essential_end_time is not UNSET)
        except KeyError:
            name = src_dict.get("name", UNSET)
            _all_known = False
        if type(name) is not str and deviations is not None:
            _types.deviate(deviations, src_dict, "name", name, "string")
        self.name = name
        if type(load_name) is not str and load_name is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "load_name", load_name, "string")
        self.load_name = load_name
        if type(mode) is str:
            mode = _members_of_LoadControlUpdateMode.get(mode) or _types.read_enum(
                LoadControlUpdateMode, mode, deviations, src_dict, "mode"
            )
        elif mode is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "mode", mode, "string")
        self.mode = mode
        if type(soc_low) is not int and soc_low is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "soc_low", soc_low, "integer")
        self.soc_low = soc_low
        if type(essential_start_time) is not int and essential_start_time is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "essential_start_time", essential_start_time, "integer")
        self.essential_start_time = essential_start_time
        if type(essential_end_time) is not int and essential_end_time is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "essential_end_time", essential_end_time, "integer")
        self.essential_end_time = essential_end_time
        self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return self


# Looking a member up in the enumeration itself takes three times as long.
_members_of_LoadControlUpdateMode = LoadControlUpdateMode._value2member_map_
