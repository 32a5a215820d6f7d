from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..models.searched_system import SearchedSystem
from ..types import UNSET

_PROPERTIES: frozenset[str] = frozenset(
    (
        "total",
        "current_page",
        "size",
        "count",
        "items",
        "systems",
    )
)


@_attrs_define
class SearchSystemsResponse(_types.Model):
    total: int
    """Number of systems over all pages."""
    current_page: int
    """Number of this page, from 1."""
    size: int
    """Page size in force."""
    count: int
    """Number of systems on this page."""
    items: str
    """Name of the property that holds the list."""
    systems: list[SearchedSystem]

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "total": self.total,
                "current_page": self.current_page,
                "size": self.size,
                "count": self.count,
                "items": self.items,
                "systems": self.systems,
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
            total = src_dict["total"]
            current_page = src_dict["current_page"]
            size = src_dict["size"]
            count = src_dict["count"]
            items = src_dict["items"]
            systems = src_dict["systems"]
            _all_known = len(src_dict) == 6
        except KeyError:
            total = src_dict.get("total", UNSET)
            current_page = src_dict.get("current_page", UNSET)
            size = src_dict.get("size", UNSET)
            count = src_dict.get("count", UNSET)
            items = src_dict.get("items", UNSET)
            systems = src_dict.get("systems", UNSET)
            _all_known = False
        if type(total) is not int and deviations is not None:
            _types.deviate(deviations, src_dict, "total", total, "integer")
        self.total = total
        if type(current_page) is not int and deviations is not None:
            _types.deviate(deviations, src_dict, "current_page", current_page, "integer")
        self.current_page = current_page
        if type(size) is not int and deviations is not None:
            _types.deviate(deviations, src_dict, "size", size, "integer")
        self.size = size
        if type(count) is not int and deviations is not None:
            _types.deviate(deviations, src_dict, "count", count, "integer")
        self.count = count
        if type(items) is not str and deviations is not None:
            _types.deviate(deviations, src_dict, "items", items, "string")
        self.items = items
        if type(systems) is list:
            systems = _types.read_objects(SearchedSystem, systems, deviations)
        elif deviations is not None:
            _types.deviate(deviations, src_dict, "systems", systems, "array")
        self.systems = systems
        self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return self
