from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..models.quantity_units import QuantityUnits
from ..types import UNSET

_PROPERTIES: frozenset[str] = frozenset(
    (
        "value",
        "units",
        "precision",
    )
)


@_attrs_define
class Quantity(_types.Model):
    value: int
    """Amount."""
    units: QuantityUnits
    """Unit."""
    precision: int
    """Decimal places."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "value": self.value,
                "units": self.units,
                "precision": self.precision,
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
            units = _members_of_QuantityUnits.get(units) or _types.read_enum(
                QuantityUnits, units, deviations, src_dict, "units"
            )
        elif deviations is not None:
            _types.deviate(deviations, src_dict, "units", units, "string")
        self.units = units
        if type(precision) is not int and deviations is not None:
            _types.deviate(deviations, src_dict, "precision", precision, "integer")
        self.precision = precision
        self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return self


# Looking a member up in the enumeration itself takes three times as long.
_members_of_QuantityUnits = QuantityUnits._value2member_map_
