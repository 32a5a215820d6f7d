from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..types import UNSET, Unset

_PROPERTIES: frozenset[str] = frozenset(
    (
        "sn",
        "model",
        "sku",
    )
)


@_attrs_define
class InventoryEnvoy(_types.Model):
    """One Envoy."""

    sn: str
    """Serial number of the Envoy."""
    model: str | Unset = UNSET
    """Model of the Envoy."""
    sku: str | Unset = UNSET
    """Stock keeping unit (SKU) of the Envoy."""

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
        return cls._from_dicts([src_dict], deviations)[0]

    @classmethod
    def _from_dicts(
        cls, src_dicts: Sequence[Mapping[str, Any]], deviations: list[_types.Deviation] | None
    ) -> list[Self]:
        # A call for each would make a month of intervals take a tenth longer to read, and __init__ a fifth.
        _models = _types.blank(cls, len(src_dicts))
        for self, src_dict in zip(_models, src_dicts):
            model = src_dict.get("model", UNSET)
            sku = src_dict.get("sku", UNSET)
            try:
                sn = src_dict["sn"]
                _all_known = len(src_dict) == 1 + (model is not UNSET) + (sku is not UNSET)
            except KeyError:
                sn = src_dict.get("sn", UNSET)
                _all_known = False
            if type(sn) is not str and deviations is not None:
                _types.deviate(deviations, src_dict, "sn", sn, "string")
            self.sn = sn
            if type(model) is not str and model is not UNSET and deviations is not None:
                _types.deviate(deviations, src_dict, "model", model, "string")
            self.model = model
            if type(sku) is not str and sku is not UNSET and deviations is not None:
                _types.deviate(deviations, src_dict, "sku", sku, "string")
            self.sku = sku
            self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return _models
