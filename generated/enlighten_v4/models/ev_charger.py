from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..types import UNSET, Unset

_PROPERTIES: frozenset[str] = frozenset(
    (
        "id",
        "serial_number",
        "sku",
        "status",
        "name",
        "model",
        "part_number",
        "firmware",
        "active",
    )
)


@_attrs_define
class EvCharger(_types.Model):
    id: str
    """Serial number, colon, system number."""
    serial_number: str
    """Serial number."""
    sku: str | Unset = UNSET
    """Article code."""
    status: str | Unset = UNSET
    """State."""
    name: str | Unset = UNSET
    """Name."""
    model: str | Unset = UNSET
    """Model."""
    part_number: str | Unset = UNSET
    """Part number."""
    firmware: str | Unset = UNSET
    """Firmware version."""
    active: bool | Unset = UNSET
    """Whether it is in use."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "id": self.id,
                "serial_number": self.serial_number,
                "sku": self.sku,
                "status": self.status,
                "name": self.name,
                "model": self.model,
                "part_number": self.part_number,
                "firmware": self.firmware,
                "active": self.active,
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
            sku = src_dict.get("sku", UNSET)
            status = src_dict.get("status", UNSET)
            name = src_dict.get("name", UNSET)
            model = src_dict.get("model", UNSET)
            part_number = src_dict.get("part_number", UNSET)
            firmware = src_dict.get("firmware", UNSET)
            active = src_dict.get("active", UNSET)
            try:
                id = src_dict["id"]
                serial_number = src_dict["serial_number"]
                _all_known = len(src_dict) == 2 + (sku is not UNSET) + (status is not UNSET) + (name is not UNSET) + (
                    model is not UNSET
                ) + (part_number is not UNSET) + (firmware is not UNSET) + (active is not UNSET)
            except KeyError:
                id = src_dict.get("id", UNSET)
                serial_number = src_dict.get("serial_number", UNSET)
                _all_known = False
            if type(id) is not str and deviations is not None:
                _types.deviate(deviations, src_dict, "id", id, "string")
            self.id = id
            if type(serial_number) is not str and deviations is not None:
                _types.deviate(deviations, src_dict, "serial_number", serial_number, "string")
            self.serial_number = serial_number
            if type(sku) is not str and sku is not UNSET and deviations is not None:
                _types.deviate(deviations, src_dict, "sku", sku, "string")
            self.sku = sku
            if type(status) is not str and status is not UNSET and deviations is not None:
                _types.deviate(deviations, src_dict, "status", status, "string")
            self.status = status
            if type(name) is not str and name is not UNSET and deviations is not None:
                _types.deviate(deviations, src_dict, "name", name, "string")
            self.name = name
            if type(model) is not str and model is not UNSET and deviations is not None:
                _types.deviate(deviations, src_dict, "model", model, "string")
            self.model = model
            if type(part_number) is not str and part_number is not UNSET and deviations is not None:
                _types.deviate(deviations, src_dict, "part_number", part_number, "string")
            self.part_number = part_number
            if type(firmware) is not str and firmware is not UNSET and deviations is not None:
                _types.deviate(deviations, src_dict, "firmware", firmware, "string")
            self.firmware = firmware
            if type(active) is not bool and active is not UNSET and deviations is not None:
                _types.deviate(deviations, src_dict, "active", active, "boolean")
            self.active = active
            self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return _models
