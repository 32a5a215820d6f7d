from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..models.load_control_entry_mode import LoadControlEntryMode
from ..models.load_control_entry_status import LoadControlEntryStatus
from ..types import UNSET, Unset

_PROPERTIES: frozenset[str] = frozenset(
    (
        "name",
        "mode",
        "status",
        "load_name",
        "soc_low",
        "essential_start_time",
        "essential_end_time",
        "owner_can_override",
        "soc_high",
    )
)


@_attrs_define
class LoadControlEntry(_types.Model):
    name: str
    """Name of the dry contact; identifies the entry and cannot be changed."""
    mode: LoadControlEntryMode
    """How the load is steered."""
    status: LoadControlEntryStatus
    """On or off."""
    load_name: str | Unset = UNSET
    """Name of the load; cannot be changed."""
    soc_low: int | Unset = UNSET
    """Charge in percent at which the load is switched off (advanced modes)."""
    essential_start_time: int | Unset = UNSET
    """Start of the powered period in seconds after midnight (Scheduled)."""
    essential_end_time: int | Unset = UNSET
    """End of the powered period in seconds after midnight (Scheduled)."""
    owner_can_override: bool | Unset = UNSET
    """Whether the owner may change it (declared a string, shown as a boolean)."""
    soc_high: int | Unset = UNSET
    """Charge in percent at which the load is switched on again (advanced modes)."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "name": self.name,
                "mode": self.mode,
                "status": self.status,
                "load_name": self.load_name,
                "soc_low": self.soc_low,
                "essential_start_time": self.essential_start_time,
                "essential_end_time": self.essential_end_time,
                "owner_can_override": self.owner_can_override,
                "soc_high": self.soc_high,
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
            load_name = src_dict.get("load_name", UNSET)
            soc_low = src_dict.get("soc_low", UNSET)
            essential_start_time = src_dict.get("essential_start_time", UNSET)
            essential_end_time = src_dict.get("essential_end_time", UNSET)
            owner_can_override = src_dict.get("owner_can_override", UNSET)
            soc_high = src_dict.get("soc_high", UNSET)
            try:
                name = src_dict["name"]
                mode = src_dict["mode"]
                status = src_dict["status"]
                _all_known = len(src_dict) == 3 + (load_name is not UNSET) + (soc_low is not UNSET) + (
                    essential_start_time is not UNSET
                ) + (essential_end_time is not UNSET) + (owner_can_override is not UNSET) + (soc_high is not UNSET)
            except KeyError:
                name = src_dict.get("name", UNSET)
                mode = src_dict.get("mode", UNSET)
                status = src_dict.get("status", UNSET)
                _all_known = False
            if type(name) is not str and deviations is not None:
                _types.deviate(deviations, src_dict, "name", name, "string")
            self.name = name
            if type(mode) is str:
                mode = _members_of_LoadControlEntryMode.get(mode) or _types.read_enum(
                    LoadControlEntryMode, mode, deviations, src_dict, "mode"
                )
            elif deviations is not None:
                _types.deviate(deviations, src_dict, "mode", mode, "string")
            self.mode = mode
            if type(status) is str:
                status = _members_of_LoadControlEntryStatus.get(status) or _types.read_enum(
                    LoadControlEntryStatus, status, deviations, src_dict, "status"
                )
            elif deviations is not None:
                _types.deviate(deviations, src_dict, "status", status, "string")
            self.status = status
            if type(load_name) is not str and load_name is not UNSET and deviations is not None:
                _types.deviate(deviations, src_dict, "load_name", load_name, "string")
            self.load_name = load_name
            if type(soc_low) is not int and soc_low is not UNSET and deviations is not None:
                _types.deviate(deviations, src_dict, "soc_low", soc_low, "integer")
            self.soc_low = soc_low
            if type(essential_start_time) is not int and essential_start_time is not UNSET and deviations is not None:
                _types.deviate(deviations, src_dict, "essential_start_time", essential_start_time, "integer")
            self.essential_start_time = essential_start_time
            if type(essential_end_time) is not int and essential_end_time is not UNSET and deviations is not None:
                _types.deviate(deviations, src_dict, "essential_end_time", essential_end_time, "integer")
            self.essential_end_time = essential_end_time
            if type(owner_can_override) is not bool and owner_can_override is not UNSET and deviations is not None:
                _types.deviate(deviations, src_dict, "owner_can_override", owner_can_override, "boolean")
            self.owner_can_override = owner_can_override
            if type(soc_high) is not int and soc_high is not UNSET and deviations is not None:
                _types.deviate(deviations, src_dict, "soc_high", soc_high, "integer")
            self.soc_high = soc_high
            self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return _models


# Looking a member up in the enumeration itself takes three times as long.
_members_of_LoadControlEntryMode = LoadControlEntryMode._value2member_map_
_members_of_LoadControlEntryStatus = LoadControlEntryStatus._value2member_map_
