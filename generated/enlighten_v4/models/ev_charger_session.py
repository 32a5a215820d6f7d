from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..types import UNSET

_PROPERTIES: frozenset[str] = frozenset(
    (
        "start_time",
        "end_time",
        "duration",
        "energy_added",
        "charge_time",
        "miles_added",
        "cost",
    )
)


@_attrs_define
class EvChargerSession(_types.Model):
    start_time: int
    """Start. Unix time in seconds."""
    end_time: int
    """End. Unix time in seconds."""
    duration: int
    """Seconds."""
    energy_added: float
    """Energy. Described as watt-hours, but the example (14.83 in over three hours) can only be kilowatt-
    hours."""
    charge_time: int
    """Seconds of charging."""
    miles_added: float
    """Miles of range."""
    cost: float
    """Cost in the owner's currency."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "start_time": self.start_time,
                "end_time": self.end_time,
                "duration": self.duration,
                "energy_added": self.energy_added,
                "charge_time": self.charge_time,
                "miles_added": self.miles_added,
                "cost": self.cost,
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
                start_time = src_dict["start_time"]
                end_time = src_dict["end_time"]
                duration = src_dict["duration"]
                energy_added = src_dict["energy_added"]
                charge_time = src_dict["charge_time"]
                miles_added = src_dict["miles_added"]
                cost = src_dict["cost"]
                _all_known = len(src_dict) == 7
            except KeyError:
                start_time = src_dict.get("start_time", UNSET)
                end_time = src_dict.get("end_time", UNSET)
                duration = src_dict.get("duration", UNSET)
                energy_added = src_dict.get("energy_added", UNSET)
                charge_time = src_dict.get("charge_time", UNSET)
                miles_added = src_dict.get("miles_added", UNSET)
                cost = src_dict.get("cost", UNSET)
                _all_known = False
            if type(start_time) is not int and deviations is not None:
                _types.deviate(deviations, src_dict, "start_time", start_time, "integer")
            self.start_time = start_time
            if type(end_time) is not int and deviations is not None:
                _types.deviate(deviations, src_dict, "end_time", end_time, "integer")
            self.end_time = end_time
            if type(duration) is not int and deviations is not None:
                _types.deviate(deviations, src_dict, "duration", duration, "integer")
            self.duration = duration
            if type(energy_added) is not int and type(energy_added) is not float and deviations is not None:
                _types.deviate(deviations, src_dict, "energy_added", energy_added, "number")
            self.energy_added = energy_added
            if type(charge_time) is not int and deviations is not None:
                _types.deviate(deviations, src_dict, "charge_time", charge_time, "integer")
            self.charge_time = charge_time
            if type(miles_added) is not int and type(miles_added) is not float and deviations is not None:
                _types.deviate(deviations, src_dict, "miles_added", miles_added, "number")
            self.miles_added = miles_added
            if type(cost) is not int and type(cost) is not float and deviations is not None:
                _types.deviate(deviations, src_dict, "cost", cost, "number")
            self.cost = cost
            self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return _models
