from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..models.meta import Meta
from ..models.monthly_meter_reading import MonthlyMeterReading
from ..types import UNSET, Unset

_PROPERTIES: frozenset[str] = frozenset(
    (
        "system_id",
        "start_date",
        "end_date",
        "production_wh",
        "meter_readings",
        "meta",
    )
)


@_attrs_define
class MonthlyProductionResponse(_types.Model):
    """Production of a system in one month, in Wh."""

    system_id: int
    """ID of the system in Enlighten."""
    start_date: datetime.date
    """First day of the period.
    Written `YYYY-mm-dd`, unless the request asks for another `datetime_format`
    (see [Datetimes](https://developer.enphase.com/docs#Datetimes))."""
    end_date: datetime.date
    """Last day of the period."""
    production_wh: int
    """Energy produced in the whole period, in Wh."""
    meter_readings: list[MonthlyMeterReading]
    """What each revenue-grade meter showed at the start of the period and at its end.
    Empty for a system without such meters."""
    meta: Meta | Unset = UNSET
    """State of the system, from which to tell how up to date the production data in a response is."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "system_id": self.system_id,
                "start_date": self.start_date,
                "end_date": self.end_date,
                "production_wh": self.production_wh,
                "meter_readings": self.meter_readings,
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
        meta = src_dict.get("meta", UNSET)
        try:
            system_id = src_dict["system_id"]
            start_date = src_dict["start_date"]
            end_date = src_dict["end_date"]
            production_wh = src_dict["production_wh"]
            meter_readings = src_dict["meter_readings"]
            _all_known = len(src_dict) == 5 + (meta is not UNSET)
        except KeyError:
            system_id = src_dict.get("system_id", UNSET)
            start_date = src_dict.get("start_date", UNSET)
            end_date = src_dict.get("end_date", UNSET)
            production_wh = src_dict.get("production_wh", UNSET)
            meter_readings = src_dict.get("meter_readings", UNSET)
            _all_known = False
        if type(system_id) is not int and deviations is not None:
            _types.deviate(deviations, src_dict, "system_id", system_id, "integer")
        self.system_id = system_id
        if type(start_date) is str:
            start_date = _types.read_date(start_date, deviations, src_dict, "start_date")
        elif deviations is not None:
            _types.deviate(deviations, src_dict, "start_date", start_date, "string")
        self.start_date = start_date
        if type(end_date) is str:
            end_date = _types.read_date(end_date, deviations, src_dict, "end_date")
        elif deviations is not None:
            _types.deviate(deviations, src_dict, "end_date", end_date, "string")
        self.end_date = end_date
        if type(production_wh) is not int and deviations is not None:
            _types.deviate(deviations, src_dict, "production_wh", production_wh, "integer")
        self.production_wh = production_wh
        if type(meter_readings) is list:
            meter_readings = _types.read_objects(MonthlyMeterReading, meter_readings, deviations)
        elif deviations is not None:
            _types.deviate(deviations, src_dict, "meter_readings", meter_readings, "array")
        self.meter_readings = meter_readings
        if type(meta) is dict:
            meta = Meta.from_dict(meta, deviations)
        elif meta is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "meta", meta, "object")
        self.meta = meta
        self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return self
