from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..models.meta import Meta
from ..types import UNSET

_PROPERTIES: frozenset[str] = frozenset(
    (
        "system_id",
        "start_date",
        "charge",
        "discharge",
        "meta",
    )
)


@_attrs_define
class BatteryLifetimeResponse(_types.Model):
    system_id: int
    """Number of the system."""
    start_date: datetime.date | None
    """First day of the series: the one asked for, otherwise the day the system went live; null if it never
    produced."""
    charge: list[int]
    """Energy into the batteries. Watt-hours, one per day, without gaps; days without a report count 0."""
    discharge: list[int]
    """Energy out of the batteries. Watt-hours, one per day, without gaps; days without a report count 0."""
    meta: Meta
    """How fresh the rest of the answer is."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "system_id": self.system_id,
                "start_date": self.start_date,
                "charge": self.charge,
                "discharge": self.discharge,
                "meta": self.meta,
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
            charge = src_dict["charge"]
            discharge = src_dict["discharge"]
            meta = src_dict["meta"]
            _all_known = len(src_dict) == 5
        except KeyError:
            system_id = src_dict.get("system_id", UNSET)
            start_date = src_dict.get("start_date", UNSET)
            charge = src_dict.get("charge", UNSET)
            discharge = src_dict.get("discharge", UNSET)
            meta = src_dict.get("meta", UNSET)
            _all_known = False
        if type(system_id) is not int and deviations is not None:
            _types.deviate(deviations, src_dict, "system_id", system_id, "integer")
        self.system_id = system_id
        if type(start_date) is str:
            start_date = _types.read_date(start_date, deviations, src_dict, "start_date")
        elif start_date is not None and deviations is not None:
            _types.deviate(deviations, src_dict, "start_date", start_date, "string", "null")
        self.start_date = start_date
        if type(charge) is list:
            _types.check_items(charge, deviations, "integer")
        elif deviations is not None:
            _types.deviate(deviations, src_dict, "charge", charge, "array")
        self.charge = charge
        if type(discharge) is list:
            _types.check_items(discharge, deviations, "integer")
        elif deviations is not None:
            _types.deviate(deviations, src_dict, "discharge", discharge, "array")
        self.discharge = discharge
        if type(meta) is dict:
            meta = Meta.from_dict(meta, deviations)
        elif deviations is not None:
            _types.deviate(deviations, src_dict, "meta", meta, "object")
        self.meta = meta
        self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return self
