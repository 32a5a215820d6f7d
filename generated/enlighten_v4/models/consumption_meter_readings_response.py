from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..models.consumption_meter_reading import ConsumptionMeterReading
from ..models.meta import Meta
from ..types import UNSET

_PROPERTIES: frozenset[str] = frozenset(
    (
        "system_id",
        "meter_readings",
        "meta",
    )
)


@_attrs_define
class ConsumptionMeterReadingsResponse(_types.Model):
    system_id: int
    """Number of the system."""
    meter_readings: list[ConsumptionMeterReading]
    """One per meter, retired meters included."""
    meta: Meta
    """How fresh the rest of the answer is."""

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
        try:
            system_id = src_dict["system_id"]
            meter_readings = src_dict["meter_readings"]
            meta = src_dict["meta"]
            _all_known = len(src_dict) == 3
        except KeyError:
            system_id = src_dict.get("system_id", UNSET)
            meter_readings = src_dict.get("meter_readings", UNSET)
            meta = src_dict.get("meta", UNSET)
            _all_known = False
        if type(system_id) is not int and deviations is not None:
            _types.deviate(deviations, src_dict, "system_id", system_id, "integer")
        self.system_id = system_id
        if type(meter_readings) is list:
            meter_readings = _types.read_objects(ConsumptionMeterReading, meter_readings, deviations)
        elif deviations is not None:
            _types.deviate(deviations, src_dict, "meter_readings", meter_readings, "array")
        self.meter_readings = meter_readings
        if type(meta) is dict:
            meta = Meta.from_dict(meta, deviations)
        elif deviations is not None:
            _types.deviate(deviations, src_dict, "meta", meta, "object")
        self.meta = meta
        self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return self
