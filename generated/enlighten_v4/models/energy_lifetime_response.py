from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..models.meta import Meta
from ..types import UNSET, Unset

_PROPERTIES: frozenset[str] = frozenset(
    (
        "system_id",
        "start_date",
        "production",
        "meta",
        "meter_start_date",
        "micro_production",
        "meter_production",
    )
)


@_attrs_define
class EnergyLifetimeResponse(_types.Model):
    system_id: int
    """Number of the system."""
    start_date: datetime.date | None
    """First day of the series: the one asked for, otherwise the day the system went live; null if it never
    produced."""
    production: list[int]
    """Produced energy. Watt-hours, one per day, without gaps; days without a report count 0."""
    meta: Meta
    """How fresh the rest of the answer is."""
    meter_start_date: datetime.date | Unset = UNSET
    """First day taken from the meter. Left out without a meter, and not always there with one."""
    micro_production: list[int] | Unset = UNSET
    """What the microinverters measured; only with production=all. Watt-hours, one per day, without gaps;
    days without a report count 0."""
    meter_production: list[int] | Unset = UNSET
    """What the meter measured; only with production=all. Watt-hours, one per day, without gaps; days
    without a report count 0."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "system_id": self.system_id,
                "start_date": self.start_date,
                "production": self.production,
                "meta": self.meta,
                "meter_start_date": self.meter_start_date,
                "micro_production": self.micro_production,
                "meter_production": self.meter_production,
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
        meter_start_date = src_dict.get("meter_start_date", UNSET)
        micro_production = src_dict.get("micro_production", UNSET)
        meter_production = src_dict.get("meter_production", UNSET)
        try:
            system_id = src_dict["system_id"]
            start_date = src_dict["start_date"]
            production = src_dict["production"]
            meta = src_dict["meta"]
            _all_known = len(src_dict) == 4 + (meter_start_date is not UNSET) + (micro_production is not UNSET) + (
                meter_production is not UNSET
            )
        except KeyError:
            system_id = src_dict.get("system_id", UNSET)
            start_date = src_dict.get("start_date", UNSET)
            production = src_dict.get("production", UNSET)
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
        if type(production) is list:
            _types.check_items(production, deviations, "integer")
        elif deviations is not None:
            _types.deviate(deviations, src_dict, "production", production, "array")
        self.production = production
        if type(meta) is dict:
            meta = Meta.from_dict(meta, deviations)
        elif deviations is not None:
            _types.deviate(deviations, src_dict, "meta", meta, "object")
        self.meta = meta
        if type(meter_start_date) is str:
            meter_start_date = _types.read_date(meter_start_date, deviations, src_dict, "meter_start_date")
        elif meter_start_date is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "meter_start_date", meter_start_date, "string")
        self.meter_start_date = meter_start_date
        if type(micro_production) is list:
            _types.check_items(micro_production, deviations, "integer")
        elif micro_production is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "micro_production", micro_production, "array")
        self.micro_production = micro_production
        if type(meter_production) is list:
            _types.check_items(meter_production, deviations, "integer")
        elif meter_production is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "meter_production", meter_production, "array")
        self.meter_production = meter_production
        self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return self
