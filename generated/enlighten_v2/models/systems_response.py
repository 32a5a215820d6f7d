from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import types as _types
from ..models.system import System
from ..types import UNSET, Unset

T = TypeVar("T", bound="SystemsResponse")

_PROPERTIES = frozenset(
    (
        "systems",
        "next",
    )
)


@_attrs_define
class SystemsResponse:
    """One page of the systems that the user may query."""

    systems: list[System]
    """The systems on this page."""
    next_: str | Unset = UNSET
    """Cursor of the following page, to be passed as the `next` parameter.
    Absent on the last page."""
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **self.additional_properties,
                "systems": self.systems,
                "next": self.next_,
            }
        )
        return src_dict

    @classmethod
    def from_dict(
        cls: type[T], src_dict: Mapping[str, Any], deviations: list[_types.Deviation] | None = None
    ) -> T:
        """Read a JSON object, whatever is inside.

        What is missing becomes `UNSET`; what is not as specified stays as it came, and is added to `deviations`.
        """
        # Not through __init__, which would cost a third of the time of reading.
        self = object.__new__(cls)
        next_ = src_dict.get("next", UNSET)
        try:
            systems = src_dict["systems"]
        except KeyError:
            systems = src_dict.get("systems", UNSET)
        if type(systems) is list:
            _items0 = []
            for _index0, _item0 in enumerate(systems):
                if type(_item0) is dict:
                    _item0 = System.from_dict(_item0, deviations)
                elif deviations is not None:
                    _types.deviate(deviations, systems, _index0, _item0, "object")
                _items0.append(_item0)
            systems = _items0
        elif deviations is not None:
            _types.deviate(deviations, src_dict, "systems", systems, "array")
        self.systems = systems
        if type(next_) is not str and next_ is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "next", next_, "string")
        self.next_ = next_
        self.additional_properties = (
            {} if src_dict.keys() <= _PROPERTIES else _types.unknown_properties(src_dict, _PROPERTIES)
        )
        return self

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
