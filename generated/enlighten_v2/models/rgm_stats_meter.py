from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..models.rgm_stats_meter_interval import RgmStatsMeterInterval
from ..types import UNSET

_PROPERTIES: frozenset[str] = frozenset(
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
        return cls._from_dicts([src_dict], deviations)[0]

    @classmethod
    def _from_dicts(
        cls, src_dicts: Sequence[Mapping[str, Any]], deviations: list[_types.Deviation] | None
    ) -> list[Self]:
        # A call for each would make a month of intervals take a tenth longer to read, and __init__ a fifth.
        _models = _types.blank(cls, len(src_dicts))
        for self, src_dict in zip(_models, src_dicts):
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
                intervals = _types.read_objects(RgmStatsMeterInterval, intervals, deviations)
            elif deviations is not None:
                _types.deviate(deviations, src_dict, "intervals", intervals, "array")
            self.intervals = intervals
            self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return _models
