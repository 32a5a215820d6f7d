from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..types import UNSET, Unset

_PROPERTIES: frozenset[str] = frozenset(
    (
        "evse_max_charge_w",
        "evse_min_charge_w",
    )
)


@_attrs_define
class EvsePowerLimits(_types.Model):
    evse_max_charge_w: int | Unset = UNSET
    """Highest charging power in watts."""
    evse_min_charge_w: int | Unset = UNSET
    """Lowest charging power in watts."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "evse_max_charge_w": self.evse_max_charge_w,
                "evse_min_charge_w": self.evse_min_charge_w,
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
        evse_max_charge_w = src_dict.get("evse_max_charge_w", UNSET)
        evse_min_charge_w = src_dict.get("evse_min_charge_w", UNSET)
        if type(evse_max_charge_w) is not int and evse_max_charge_w is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "evse_max_charge_w", evse_max_charge_w, "integer")
        self.evse_max_charge_w = evse_max_charge_w
        if type(evse_min_charge_w) is not int and evse_min_charge_w is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "evse_min_charge_w", evse_min_charge_w, "integer")
        self.evse_min_charge_w = evse_min_charge_w
        self._additional = None if src_dict.keys() <= _PROPERTIES else _types.unknown_properties(src_dict, _PROPERTIES)
        return self
