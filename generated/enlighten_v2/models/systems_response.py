from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..models.system import System
from ..types import UNSET, Unset

_PROPERTIES: frozenset[str] = frozenset(
    (
        "systems",
        "next",
    )
)


@_attrs_define
class SystemsResponse(_types.Model):
    """One page of the systems that the user may query."""

    systems: list[System]
    """The systems on this page."""
    next_: str | Unset = UNSET
    """Cursor of the following page, to be passed as the `next` parameter.
    Absent on the last page."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "systems": self.systems,
                "next": self.next_,
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
        next_ = src_dict.get("next", UNSET)
        try:
            systems = src_dict["systems"]
            _all_known = len(src_dict) == 1 + (next_ is not UNSET)
        except KeyError:
            systems = src_dict.get("systems", UNSET)
            _all_known = False
        if type(systems) is list:
            systems = _types.read_objects(System, systems, deviations)
        elif deviations is not None:
            _types.deviate(deviations, src_dict, "systems", systems, "array")
        self.systems = systems
        if type(next_) is not str and next_ is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "next", next_, "string")
        self.next_ = next_
        self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return self
