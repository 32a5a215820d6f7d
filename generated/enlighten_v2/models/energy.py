from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import types as _types
from ..models.energy_units import EnergyUnits
from ..types import UNSET

T = TypeVar("T", bound="Energy")

_PROPERTIES = frozenset(
    (
        "value",
        "units",
        "precision",
    )
)


@_attrs_define
class Energy:
    value: int
    units: EnergyUnits
    precision: int
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **self.additional_properties,
                "value": self.value,
                "units": self.units,
                "precision": self.precision,
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
            value = src_dict["value"]
            units = src_dict["units"]
            precision = src_dict["precision"]
            _all_known = len(src_dict) == 3
        except KeyError:
            value = src_dict.get("value", UNSET)
            units = src_dict.get("units", UNSET)
            precision = src_dict.get("precision", UNSET)
            _all_known = False
        if type(value) is not int and deviations is not None:
            _types.deviate(deviations, src_dict, "value", value, "integer")
        self.value = value
        if type(units) is str:
            units = _types.read_enum(EnergyUnits, units, deviations, src_dict, "units")
        elif deviations is not None:
            _types.deviate(deviations, src_dict, "units", units, "string")
        self.units = units
        if type(precision) is not int and deviations is not None:
            _types.deviate(deviations, src_dict, "precision", precision, "integer")
        self.precision = precision
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
