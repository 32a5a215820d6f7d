from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..types import UNSET, Unset

_PROPERTIES: frozenset[str] = frozenset(
    (
        "name",
        "serial_number",
        "status",
        "active",
        "id",
        "last_report_at",
        "part_number",
        "sku",
        "model",
        "firmware",
    )
)


@_attrs_define
class EvChargerDevice(_types.Model):
    """An EV charger, also of other makers."""

    name: str
    """Display name."""
    serial_number: str
    """Serial number; empty for some foreign devices."""
    status: str
    """State of the device, e.g. normal, power, comm, disabled, retired; other kinds use words of their own
    (active, on)."""
    active: bool
    """Only active devices are listed, so this is true (declared a string, always a boolean in answers)."""
    id: int | str | Unset = UNSET
    """Number of the device; an empty text for devices of other makers."""
    last_report_at: int | None | Unset = UNSET
    """When the device last reported; null if never or switched off. Unix time in seconds."""
    part_number: str | Unset = UNSET
    """Part number."""
    sku: None | str | Unset = UNSET
    """Article code."""
    model: str | Unset = UNSET
    """Model; empty for several kinds of device."""
    firmware: str | Unset = UNSET
    """Firmware version; may be empty."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "name": self.name,
                "serial_number": self.serial_number,
                "status": self.status,
                "active": self.active,
                "id": self.id,
                "last_report_at": self.last_report_at,
                "part_number": self.part_number,
                "sku": self.sku,
                "model": self.model,
                "firmware": self.firmware,
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
            id = src_dict.get("id", UNSET)
            last_report_at = src_dict.get("last_report_at", UNSET)
            part_number = src_dict.get("part_number", UNSET)
            sku = src_dict.get("sku", UNSET)
            model = src_dict.get("model", UNSET)
            firmware = src_dict.get("firmware", UNSET)
            try:
                name = src_dict["name"]
                serial_number = src_dict["serial_number"]
                status = src_dict["status"]
                active = src_dict["active"]
                _all_known = len(src_dict) == 4 + (id is not UNSET) + (last_report_at is not UNSET) + (
                    part_number is not UNSET
                ) + (sku is not UNSET) + (model is not UNSET) + (firmware is not UNSET)
            except KeyError:
                name = src_dict.get("name", UNSET)
                serial_number = src_dict.get("serial_number", UNSET)
                status = src_dict.get("status", UNSET)
                active = src_dict.get("active", UNSET)
                _all_known = False
            if type(name) is not str and deviations is not None:
                _types.deviate(deviations, src_dict, "name", name, "string")
            self.name = name
            if type(serial_number) is not str and deviations is not None:
                _types.deviate(deviations, src_dict, "serial_number", serial_number, "string")
            self.serial_number = serial_number
            if type(status) is not str and deviations is not None:
                _types.deviate(deviations, src_dict, "status", status, "string")
            self.status = status
            if type(active) is not bool and deviations is not None:
                _types.deviate(deviations, src_dict, "active", active, "boolean")
            self.active = active
            if type(id) is not int and type(id) is not str and id is not UNSET and deviations is not None:
                _types.deviate(deviations, src_dict, "id", id, "integer", "string")
            self.id = id
            if (
                type(last_report_at) is not int
                and last_report_at is not None
                and last_report_at is not UNSET
                and deviations is not None
            ):
                _types.deviate(deviations, src_dict, "last_report_at", last_report_at, "integer", "null")
            self.last_report_at = last_report_at
            if type(part_number) is not str and part_number is not UNSET and deviations is not None:
                _types.deviate(deviations, src_dict, "part_number", part_number, "string")
            self.part_number = part_number
            if type(sku) is not str and sku is not None and sku is not UNSET and deviations is not None:
                _types.deviate(deviations, src_dict, "sku", sku, "string", "null")
            self.sku = sku
            if type(model) is not str and model is not UNSET and deviations is not None:
                _types.deviate(deviations, src_dict, "model", model, "string")
            self.model = model
            if type(firmware) is not str and firmware is not UNSET and deviations is not None:
                _types.deviate(deviations, src_dict, "firmware", firmware, "string")
            self.firmware = firmware
            self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return _models
