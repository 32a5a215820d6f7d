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
        "start_date",
        "system_id",
        "production",
        "micro_production",
        "meter_production",
        "meter_start_date",
        "meta",
    )
)


@_attrs_define
class EnergyLifetimeResponse(_types.Model):
    """Daily production of a system, in Wh."""

    start_date: datetime.date | None
    """Day of the first value in the series.
    This is the `start_date` of the request or, if the request has none, the `operational_date` of the
    system. May be null for a system that has never produced."""
    system_id: int
    """ID of the system in Enlighten."""
    production: list[int]
    """Energy produced on each day, in Wh, the first value being that of `start_date`.
    Covers the requested period or, if none is requested, every day since production began. May be empty
    for a system that has never produced energy."""
    micro_production: list[int] | Unset = UNSET
    """Energy produced on each day as measured by the microinverters, in Wh.
    Included on request only, with `production=all`."""
    meter_production: list[int | None] | Unset = UNSET
    """Energy produced on each day as measured by the meter, in Wh.
    Included on request only, with `production=all`."""
    meter_start_date: datetime.date | Unset = UNSET
    """First day for which `production` holds what a meter measured, not what the microinverters did.
    Absent for a system without a meter."""
    meta: Meta | Unset = UNSET
    """State of the system, from which to tell how up to date the production data in a response is."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "start_date": self.start_date,
                "system_id": self.system_id,
                "production": self.production,
                "micro_production": self.micro_production,
                "meter_production": self.meter_production,
                "meter_start_date": self.meter_start_date,
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
        micro_production = src_dict.get("micro_production", UNSET)
        meter_production = src_dict.get("meter_production", UNSET)
        meter_start_date = src_dict.get("meter_start_date", UNSET)
        meta = src_dict.get("meta", UNSET)
        try:
            start_date = src_dict["start_date"]
            system_id = src_dict["system_id"]
            production = src_dict["production"]
            _all_known = len(src_dict) == 3 + (micro_production is not UNSET) + (meter_production is not UNSET) + (
                meter_start_date is not UNSET
            ) + (meta is not UNSET)
        except KeyError:
            start_date = src_dict.get("start_date", UNSET)
            system_id = src_dict.get("system_id", UNSET)
            production = src_dict.get("production", UNSET)
            _all_known = False
        if type(start_date) is str:
            start_date = _types.read_date(start_date, deviations, src_dict, "start_date")
        elif start_date is not None and deviations is not None:
            _types.deviate(deviations, src_dict, "start_date", start_date, "string", "null")
        self.start_date = start_date
        if type(system_id) is not int and deviations is not None:
            _types.deviate(deviations, src_dict, "system_id", system_id, "integer")
        self.system_id = system_id
        if type(production) is list:
            _types.check_items(production, deviations, "integer")
        elif deviations is not None:
            _types.deviate(deviations, src_dict, "production", production, "array")
        self.production = production
        if type(micro_production) is list:
            _types.check_items(micro_production, deviations, "integer")
        elif micro_production is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "micro_production", micro_production, "array")
        self.micro_production = micro_production
        if type(meter_production) is list:
            _types.check_items(meter_production, deviations, "integer", "null")
        elif meter_production is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "meter_production", meter_production, "array")
        self.meter_production = meter_production
        if type(meter_start_date) is str:
            meter_start_date = _types.read_date(meter_start_date, deviations, src_dict, "meter_start_date")
        elif meter_start_date is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "meter_start_date", meter_start_date, "string")
        self.meter_start_date = meter_start_date
        if type(meta) is dict:
            meta = Meta.from_dict(meta, deviations)
        elif meta is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "meta", meta, "object")
        self.meta = meta
        self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return self
