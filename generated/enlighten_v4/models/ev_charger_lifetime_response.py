from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..types import UNSET

_PROPERTIES: frozenset[str] = frozenset(
    (
        "system_id",
        "start_date",
        "consumption",
    )
)


@_attrs_define
class EvChargerLifetimeResponse(_types.Model):
    system_id: int
    """Number of the system."""
    start_date: datetime.date
    """First day."""
    consumption: list[int]
    """Watt-hours per day. (Declared an object, shown as an array.)"""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "system_id": self.system_id,
                "start_date": self.start_date,
                "consumption": self.consumption,
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
        try:
            system_id = src_dict["system_id"]
            start_date = src_dict["start_date"]
            consumption = src_dict["consumption"]
            _all_known = len(src_dict) == 3
        except KeyError:
            system_id = src_dict.get("system_id", UNSET)
            start_date = src_dict.get("start_date", UNSET)
            consumption = src_dict.get("consumption", UNSET)
            _all_known = False
        if type(system_id) is not int and deviations is not None:
            _types.deviate(deviations, src_dict, "system_id", system_id, "integer")
        self.system_id = system_id
        if type(start_date) is str:
            start_date = _types.read_date(start_date, deviations, src_dict, "start_date")
        elif deviations is not None:
            _types.deviate(deviations, src_dict, "start_date", start_date, "string")
        self.start_date = start_date
        if type(consumption) is list:
            _types.check_items(consumption, deviations, "integer")
        elif deviations is not None:
            _types.deviate(deviations, src_dict, "consumption", consumption, "array")
        self.consumption = consumption
        self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return self
