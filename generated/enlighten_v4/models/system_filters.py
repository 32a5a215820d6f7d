from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..models.searchable_status import SearchableStatus
from ..types import UNSET, Unset

_PROPERTIES: frozenset[str] = frozenset(
    (
        "ids",
        "name",
        "reference",
        "other_reference",
        "statuses",
        "public_name",
        "connection_type",
    )
)


@_attrs_define
class SystemFilters(_types.Model):
    """Filters. Empty values are ignored, unknown keys are refused."""

    ids: list[int] | Unset = UNSET
    """Only these systems."""
    name: str | Unset = UNSET
    """Name to look for."""
    reference: str | Unset = UNSET
    """One own-company reference; whole text, upper and lower case alike; no arrays."""
    other_reference: str | Unset = UNSET
    """One foreign reference; same rules. Together with reference both must match."""
    statuses: list[SearchableStatus] | Unset = UNSET
    """Only these states."""
    public_name: str | Unset = UNSET
    """Documented until 2023, no longer listed."""
    connection_type: str | Unset = UNSET
    """Documented until 2023, no longer listed."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "ids": self.ids,
                "name": self.name,
                "reference": self.reference,
                "other_reference": self.other_reference,
                "statuses": self.statuses,
                "public_name": self.public_name,
                "connection_type": self.connection_type,
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
        ids = src_dict.get("ids", UNSET)
        name = src_dict.get("name", UNSET)
        reference = src_dict.get("reference", UNSET)
        other_reference = src_dict.get("other_reference", UNSET)
        statuses = src_dict.get("statuses", UNSET)
        public_name = src_dict.get("public_name", UNSET)
        connection_type = src_dict.get("connection_type", UNSET)
        if type(ids) is list:
            _types.check_items(ids, deviations, "integer")
        elif ids is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "ids", ids, "array")
        self.ids = ids
        if type(name) is not str and name is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "name", name, "string")
        self.name = name
        if type(reference) is not str and reference is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "reference", reference, "string")
        self.reference = reference
        if type(other_reference) is not str and other_reference is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "other_reference", other_reference, "string")
        self.other_reference = other_reference
        if type(statuses) is list:
            _items0 = []
            for _index0, _item0 in enumerate(statuses):
                if type(_item0) is str:
                    _item0 = _members_of_SearchableStatus.get(_item0) or _types.read_enum(
                        SearchableStatus, _item0, deviations, statuses, _index0
                    )
                elif deviations is not None:
                    _types.deviate(deviations, statuses, _index0, _item0, "string")
                _items0.append(_item0)
            statuses = _items0
        elif statuses is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "statuses", statuses, "array")
        self.statuses = statuses
        if type(public_name) is not str and public_name is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "public_name", public_name, "string")
        self.public_name = public_name
        if type(connection_type) is not str and connection_type is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "connection_type", connection_type, "string")
        self.connection_type = connection_type
        self._additional = None if src_dict.keys() <= _PROPERTIES else _types.unknown_properties(src_dict, _PROPERTIES)
        return self


# Looking a member up in the enumeration itself takes three times as long.
_members_of_SearchableStatus = SearchableStatus._value2member_map_
