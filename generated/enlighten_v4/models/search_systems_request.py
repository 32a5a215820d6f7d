from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..models.sort_by import SortBy
from ..models.system_filters import SystemFilters
from ..types import UNSET, Unset

_PROPERTIES: frozenset[str] = frozenset(
    (
        "system",
        "sort_by",
    )
)


@_attrs_define
class SearchSystemsRequest(_types.Model):
    system: SystemFilters
    """Filters. Empty values are ignored, unknown keys are refused."""
    sort_by: SortBy | Unset = UNSET
    """id sorts upwards, -id downwards. Anything else is refused with 422 (older releases also took name
    and last_report_date)."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "system": self.system,
                "sort_by": self.sort_by,
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
        sort_by = src_dict.get("sort_by", UNSET)
        try:
            system = src_dict["system"]
            _all_known = len(src_dict) == 1 + (sort_by is not UNSET)
        except KeyError:
            system = src_dict.get("system", UNSET)
            _all_known = False
        if type(system) is dict:
            system = SystemFilters.from_dict(system, deviations)
        elif deviations is not None:
            _types.deviate(deviations, src_dict, "system", system, "object")
        self.system = system
        if type(sort_by) is str:
            sort_by = _members_of_SortBy.get(sort_by) or _types.read_enum(
                SortBy, sort_by, deviations, src_dict, "sort_by"
            )
        elif sort_by is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "sort_by", sort_by, "string")
        self.sort_by = sort_by
        self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return self


# Looking a member up in the enumeration itself takes three times as long.
_members_of_SortBy = SortBy._value2member_map_
