from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..models.rgm_stats_meter_interval import RgmStatsMeterInterval
from ..types import UNSET

_PROPERTIES = frozenset(
    (
        "meter_serial_number",
        "envoy_serial_number",
        "intervals",
    )
)


@_attrs_define
class RgmStatsMeter(_types.Model):
    """The intervals of one meter."""

    meter_serial_number: str
    """The revenue-grade meter's serial number."""
    envoy_serial_number: str
    """Serial number of the Envoy that reports for the meter."""
    intervals: list[RgmStatsMeterInterval]
    """The intervals of this meter."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "meter_serial_number": self.meter_serial_number,
                "envoy_serial_number": self.envoy_serial_number,
                "intervals": self.intervals,
            }
        )
        return src_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any], deviations: list[_types.Deviation] | None = None) -> Self:
        """Read a JSON object, whatever is inside.

        What is missing becomes `UNSET`; what is not as specified stays as it came, and is added to `deviations`.
        """
        # Not through __init__: a month of intervals would take a fifth longer to read.
        self = object.__new__(cls)
        try:
            meter_serial_number = src_dict["meter_serial_number"]
            envoy_serial_number = src_dict["envoy_serial_number"]
            intervals = src_dict["intervals"]
            _all_known = len(src_dict) == 3
        except KeyError:
            meter_serial_number = src_dict.get("meter_serial_number", UNSET)
            envoy_serial_number = src_dict.get("envoy_serial_number", UNSET)
            intervals = src_dict.get("intervals", UNSET)
            _all_known = False
        if type(meter_serial_number) is not str and deviations is not None:
            _types.deviate(deviations, src_dict, "meter_serial_number", meter_serial_number, "string")
        self.meter_serial_number = meter_serial_number
        if type(envoy_serial_number) is not str and deviations is not None:
            _types.deviate(deviations, src_dict, "envoy_serial_number", envoy_serial_number, "string")
        self.envoy_serial_number = envoy_serial_number
        if type(intervals) is list:
            _items0 = []
            _read_intervals = RgmStatsMeterInterval.from_dict
            for _index0, _item0 in enumerate(intervals):
                if type(_item0) is dict:
                    _item0 = _read_intervals(_item0, deviations)
                elif deviations is not None:
                    _types.deviate(deviations, intervals, _index0, _item0, "object")
                _items0.append(_item0)
            intervals = _items0
        elif deviations is not None:
            _types.deviate(deviations, src_dict, "intervals", intervals, "array")
        self.intervals = intervals
        self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return self
