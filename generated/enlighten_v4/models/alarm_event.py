from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..types import UNSET, Unset

_PROPERTIES: frozenset[str] = frozenset(
    (
        "serial_number",
        "start_date",
        "end_date",
    )
)


@_attrs_define
class AlarmEvent(_types.Model):
    serial_number: str | Unset = UNSET
    """Device concerned."""
    start_date: int | Unset = UNSET
    """When the event began. Unix time in seconds."""
    end_date: int | None | Unset = UNSET
    """When it ended; null while it lasts. Unix time in seconds."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "serial_number": self.serial_number,
                "start_date": self.start_date,
                "end_date": self.end_date,
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
            serial_number = src_dict.get("serial_number", UNSET)
            start_date = src_dict.get("start_date", UNSET)
            end_date = src_dict.get("end_date", UNSET)
            if type(serial_number) is not str and serial_number is not UNSET and deviations is not None:
                _types.deviate(deviations, src_dict, "serial_number", serial_number, "string")
            self.serial_number = serial_number
            if type(start_date) is not int and start_date is not UNSET and deviations is not None:
                _types.deviate(deviations, src_dict, "start_date", start_date, "integer")
            self.start_date = start_date
            if type(end_date) is not int and end_date is not None and end_date is not UNSET and deviations is not None:
                _types.deviate(deviations, src_dict, "end_date", end_date, "integer", "null")
            self.end_date = end_date
            self._additional = (
                None if src_dict.keys() <= _PROPERTIES else _types.unknown_properties(src_dict, _PROPERTIES)
            )
        return _models
