from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..models.meta import Meta
from ..models.meter_intervals import MeterIntervals
from ..models.rgm_interval import RgmInterval
from ..types import UNSET

_PROPERTIES: frozenset[str] = frozenset(
    (
        "system_id",
        "total_devices",
        "meta",
        "intervals",
        "meter_intervals",
    )
)


@_attrs_define
class RgmStatsResponse(_types.Model):
    system_id: int
    """Number of the system."""
    total_devices: int
    """Active production meters."""
    meta: Meta
    """How fresh the rest of the answer is."""
    intervals: list[RgmInterval]
    meter_intervals: list[MeterIntervals]

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "system_id": self.system_id,
                "total_devices": self.total_devices,
                "meta": self.meta,
                "intervals": self.intervals,
                "meter_intervals": self.meter_intervals,
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
            total_devices = src_dict["total_devices"]
            meta = src_dict["meta"]
            intervals = src_dict["intervals"]
            meter_intervals = src_dict["meter_intervals"]
            _all_known = len(src_dict) == 5
        except KeyError:
            system_id = src_dict.get("system_id", UNSET)
            total_devices = src_dict.get("total_devices", UNSET)
            meta = src_dict.get("meta", UNSET)
            intervals = src_dict.get("intervals", UNSET)
            meter_intervals = src_dict.get("meter_intervals", UNSET)
            _all_known = False
        if type(system_id) is not int and deviations is not None:
            _types.deviate(deviations, src_dict, "system_id", system_id, "integer")
        self.system_id = system_id
        if type(total_devices) is not int and deviations is not None:
            _types.deviate(deviations, src_dict, "total_devices", total_devices, "integer")
        self.total_devices = total_devices
        if type(meta) is dict:
            meta = Meta.from_dict(meta, deviations)
        elif deviations is not None:
            _types.deviate(deviations, src_dict, "meta", meta, "object")
        self.meta = meta
        if type(intervals) is list:
            intervals = _types.read_objects(RgmInterval, intervals, deviations)
        elif deviations is not None:
            _types.deviate(deviations, src_dict, "intervals", intervals, "array")
        self.intervals = intervals
        if type(meter_intervals) is list:
            meter_intervals = _types.read_objects(MeterIntervals, meter_intervals, deviations)
        elif deviations is not None:
            _types.deviate(deviations, src_dict, "meter_intervals", meter_intervals, "array")
        self.meter_intervals = meter_intervals
        self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return self
