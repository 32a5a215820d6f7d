from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import types as _types
from ..models.envoy import Envoy
from ..types import UNSET

T = TypeVar("T", bound="EnvoysResponse")

_PROPERTIES = frozenset(
    (
        "system_id",
        "envoys",
    )
)


@_attrs_define
class EnvoysResponse:
    """Active Envoys of a system."""

    system_id: int
    """ID of the system in Enlighten."""
    envoys: list[Envoy]
    """The active Envoys of the system."""
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **self.additional_properties,
                "system_id": self.system_id,
                "envoys": self.envoys,
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
            envoys = src_dict["envoys"]
            _all_known = len(src_dict) == 2
        except KeyError:
            system_id = src_dict.get("system_id", UNSET)
            envoys = src_dict.get("envoys", UNSET)
            _all_known = False
        if type(system_id) is not int and deviations is not None:
            _types.deviate(deviations, src_dict, "system_id", system_id, "integer")
        self.system_id = system_id
        if type(envoys) is list:
            _items0 = []
            for _index0, _item0 in enumerate(envoys):
                if type(_item0) is dict:
                    _item0 = Envoy.from_dict(_item0, deviations)
                elif deviations is not None:
                    _types.deviate(deviations, envoys, _index0, _item0, "object")
                _items0.append(_item0)
            envoys = _items0
        elif deviations is not None:
            _types.deviate(deviations, src_dict, "envoys", envoys, "array")
        self.envoys = envoys
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
