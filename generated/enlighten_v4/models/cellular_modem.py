from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..types import UNSET, Unset

_PROPERTIES: frozenset[str] = frozenset(
    (
        "imei",
        "part_num",
        "sku",
        "plan_start_date",
        "plan_end_date",
    )
)


@_attrs_define
class CellularModem(_types.Model):
    imei: str | Unset = UNSET
    """Modem identity; "N/A" without a modem."""
    part_num: str | Unset = UNSET
    """Part number; "N/A" without a modem."""
    sku: str | Unset = UNSET
    """Article code; "N/A" without a modem."""
    plan_start_date: int | None | Unset = UNSET
    """Start of the data plan. Unix time in seconds."""
    plan_end_date: int | None | Unset = UNSET
    """End of the data plan. Unix time in seconds."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "imei": self.imei,
                "part_num": self.part_num,
                "sku": self.sku,
                "plan_start_date": self.plan_start_date,
                "plan_end_date": self.plan_end_date,
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
        imei = src_dict.get("imei", UNSET)
        part_num = src_dict.get("part_num", UNSET)
        sku = src_dict.get("sku", UNSET)
        plan_start_date = src_dict.get("plan_start_date", UNSET)
        plan_end_date = src_dict.get("plan_end_date", UNSET)
        if type(imei) is not str and imei is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "imei", imei, "string")
        self.imei = imei
        if type(part_num) is not str and part_num is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "part_num", part_num, "string")
        self.part_num = part_num
        if type(sku) is not str and sku is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "sku", sku, "string")
        self.sku = sku
        if (
            type(plan_start_date) is not int
            and plan_start_date is not None
            and plan_start_date is not UNSET
            and deviations is not None
        ):
            _types.deviate(deviations, src_dict, "plan_start_date", plan_start_date, "integer", "null")
        self.plan_start_date = plan_start_date
        if (
            type(plan_end_date) is not int
            and plan_end_date is not None
            and plan_end_date is not UNSET
            and deviations is not None
        ):
            _types.deviate(deviations, src_dict, "plan_end_date", plan_end_date, "integer", "null")
        self.plan_end_date = plan_end_date
        self._additional = None if src_dict.keys() <= _PROPERTIES else _types.unknown_properties(src_dict, _PROPERTIES)
        return self
