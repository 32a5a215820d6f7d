from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..types import UNSET

_PROPERTIES: frozenset[str] = frozenset(
    (
        "serial_num",
        "value",
        "read_at",
    )
)


@_attrs_define
class ConsumptionMeterReading(_types.Model):
    serial_num: str
    """Serial number of the meter (shorter property name than for production)."""
    value: int
    """Counter in watt-hours."""
    read_at: int
    """When the reading was taken; never after the requested end_at. Unix time in seconds."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "serial_num": self.serial_num,
                "value": self.value,
                "read_at": self.read_at,
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
            try:
                serial_num = src_dict["serial_num"]
                value = src_dict["value"]
                read_at = src_dict["read_at"]
                _all_known = len(src_dict) == 3
            except KeyError:
                serial_num = src_dict.get("serial_num", UNSET)
                value = src_dict.get("value", UNSET)
                read_at = src_dict.get("read_at", UNSET)
                _all_known = False
            if type(serial_num) is not str and deviations is not None:
                _types.deviate(deviations, src_dict, "serial_num", serial_num, "string")
            self.serial_num = serial_num
            if type(value) is not int and deviations is not None:
                _types.deviate(deviations, src_dict, "value", value, "integer")
            self.value = value
            if type(read_at) is not int and deviations is not None:
                _types.deviate(deviations, src_dict, "read_at", read_at, "integer")
            self.read_at = read_at
            self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return _models
