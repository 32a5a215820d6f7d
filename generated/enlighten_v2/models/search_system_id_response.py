from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import types as _types
from ..types import UNSET

T = TypeVar("T", bound="SearchSystemIdResponse")

_PROPERTIES = frozenset(("system_id",))


@_attrs_define
class SearchSystemIdResponse:
    """The system that an Envoy belongs to."""

    system_id: int
    """ID of the system in Enlighten."""
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **self.additional_properties,
                "system_id": self.system_id,
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
        try:
            system_id = src_dict["system_id"]
            _all_known = len(src_dict) == 1
        except KeyError:
            system_id = src_dict.get("system_id", UNSET)
            _all_known = False
        if type(system_id) is not int and deviations is not None:
            _types.deviate(deviations, src_dict, "system_id", system_id, "integer")
        self.system_id = system_id
        self.additional_properties = {} if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
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
