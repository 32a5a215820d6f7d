from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..models.meta import Meta
from ..models.production_meter_reading import ProductionMeterReading
from ..types import UNSET, Unset

_PROPERTIES: frozenset[str] = frozenset(
    (
        "system_id",
        "meter_readings",
        "meta",
    )
)


@_attrs_define
class ProductionMeterReadingsResponse(_types.Model):
    """Odometer readings of the production meters of a system."""

    system_id: int
    """ID of the system in Enlighten."""
    meter_readings: list[ProductionMeterReading]
    """One reading for each production meter, in service or retired."""
    meta: Meta | Unset = UNSET
    """State of the system, from which to tell how up to date the production data in a response is."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "system_id": self.system_id,
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
            meter_readings = src_dict["meter_readings"]
            _all_known = len(src_dict) == 2 + (meta is not UNSET)
        except KeyError:
            system_id = src_dict.get("system_id", UNSET)
            meter_readings = src_dict.get("meter_readings", UNSET)
            _all_known = False
        if type(system_id) is not int and deviations is not None:
            _types.deviate(deviations, src_dict, "system_id", system_id, "integer")
        self.system_id = system_id
        if type(meter_readings) is list:
            meter_readings = _types.read_objects(ProductionMeterReading, meter_readings, deviations)
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
