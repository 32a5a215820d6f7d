from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..types import UNSET, Unset

_PROPERTIES: frozenset[str] = frozenset(
    (
        "days",
        "start_time",
        "end_time",
        "charging_level",
    )
)


@_attrs_define
class EvChargerScheduleSlot(_types.Model):
    days: list[int] | Unset = UNSET
    """Days of the week as numbers 1 to 7; which day is 1 is not said."""
    start_time: str | Unset = UNSET
    """h:mm"""
    end_time: str | Unset = UNSET
    """h:mm"""
    charging_level: int | Unset = UNSET
    """Percent."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "days": self.days,
                "start_time": self.start_time,
                "end_time": self.end_time,
                "charging_level": self.charging_level,
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
            days = src_dict.get("days", UNSET)
            start_time = src_dict.get("start_time", UNSET)
            end_time = src_dict.get("end_time", UNSET)
            charging_level = src_dict.get("charging_level", UNSET)
            if type(days) is list:
                _types.check_items(days, deviations, "integer")
            elif days is not UNSET and deviations is not None:
                _types.deviate(deviations, src_dict, "days", days, "array")
            self.days = days
            if type(start_time) is not str and start_time is not UNSET and deviations is not None:
                _types.deviate(deviations, src_dict, "start_time", start_time, "string")
            self.start_time = start_time
            if type(end_time) is not str and end_time is not UNSET and deviations is not None:
                _types.deviate(deviations, src_dict, "end_time", end_time, "string")
            self.end_time = end_time
            if type(charging_level) is not int and charging_level is not UNSET and deviations is not None:
                _types.deviate(deviations, src_dict, "charging_level", charging_level, "integer")
            self.charging_level = charging_level
            self._additional = (
                None if src_dict.keys() <= _PROPERTIES else _types.unknown_properties(src_dict, _PROPERTIES)
            )
        return _models
