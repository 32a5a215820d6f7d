from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..types import UNSET, Unset

_PROPERTIES = frozenset(
    (
        "sn",
        "model",
        "sku",
    )
)


@_attrs_define
class InventoryInverter(_types.Model):
    """One inverter."""

    sn: str
    """Serial number of the inverter."""
    model: str
    """Model number of the inverter."""
    sku: str | Unset = UNSET
    """Stock keeping unit (SKU) of the inverter."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "sn": self.sn,
                "model": self.model,
                "sku": self.sku,
            }
        )
        return src_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any], deviations: list[_types.Deviation] | None = None) -> Self:
        """Read a JSON object, whatever is inside.

        What is missing becomes `UNSET`; what is not as specified stays as it came, and is added to `deviations`.
        """
        # Not through __init__: a month of intervals would take a fifth longer to read.
        self = object.__new__(cls)
        sku = src_dict.get("sku", UNSET)
        try:
            sn = src_dict["sn"]
            model = src_dict["model"]
        except KeyError:
            sn = src_dict.get("sn", UNSET)
            model = src_dict.get("model", UNSET)
        if type(sn) is not str and deviations is not None:
            _types.deviate(deviations, src_dict, "sn", sn, "string")
        self.sn = sn
        if type(model) is not str and deviations is not None:
            _types.deviate(deviations, src_dict, "model", model, "string")
        self.model = model
        if type(sku) is not str and sku is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "sku", sku, "string")
        self.sku = sku
        self._additional = None if src_dict.keys() <= _PROPERTIES else _types.unknown_properties(src_dict, _PROPERTIES)
        return self
