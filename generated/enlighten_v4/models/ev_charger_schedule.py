from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..models.ev_charger_schedule_slot import EvChargerScheduleSlot
from ..types import UNSET, Unset

_PROPERTIES: frozenset[str] = frozenset(
    (
        "schedules",
        "type",
        "is_active",
        "reminder_flag",
        "reminder_timer",
    )
)


@_attrs_define
class EvChargerSchedule(_types.Model):
    schedules: list[EvChargerScheduleSlot] | Unset = UNSET
    type_: str | Unset = UNSET
    """Kind of schedule."""
    is_active: bool | Unset = UNSET
    """Whether it is in force."""
    reminder_flag: bool | Unset = UNSET
    """Whether to remind."""
    reminder_timer: int | Unset = UNSET
    """Minutes before."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "schedules": self.schedules,
                "type": self.type_,
                "is_active": self.is_active,
                "reminder_flag": self.reminder_flag,
                "reminder_timer": self.reminder_timer,
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
            schedules = src_dict.get("schedules", UNSET)
            type_ = src_dict.get("type", UNSET)
            is_active = src_dict.get("is_active", UNSET)
            reminder_flag = src_dict.get("reminder_flag", UNSET)
            reminder_timer = src_dict.get("reminder_timer", UNSET)
            if type(schedules) is list:
                schedules = _types.read_objects(EvChargerScheduleSlot, schedules, deviations)
            elif schedules is not UNSET and deviations is not None:
                _types.deviate(deviations, src_dict, "schedules", schedules, "array")
            self.schedules = schedules
            if type(type_) is not str and type_ is not UNSET and deviations is not None:
                _types.deviate(deviations, src_dict, "type", type_, "string")
            self.type_ = type_
            if type(is_active) is not bool and is_active is not UNSET and deviations is not None:
                _types.deviate(deviations, src_dict, "is_active", is_active, "boolean")
            self.is_active = is_active
            if type(reminder_flag) is not bool and reminder_flag is not UNSET and deviations is not None:
                _types.deviate(deviations, src_dict, "reminder_flag", reminder_flag, "boolean")
            self.reminder_flag = reminder_flag
            if type(reminder_timer) is not int and reminder_timer is not UNSET and deviations is not None:
                _types.deviate(deviations, src_dict, "reminder_timer", reminder_timer, "integer")
            self.reminder_timer = reminder_timer
            self._additional = (
                None if src_dict.keys() <= _PROPERTIES else _types.unknown_properties(src_dict, _PROPERTIES)
            )
        return _models
