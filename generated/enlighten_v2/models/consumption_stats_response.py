from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..models.consumption_stats_interval import ConsumptionStatsInterval
from ..models.meta import Meta
from ..types import UNSET, Unset

_PROPERTIES: frozenset[str] = frozenset(
    (
        "system_id",
        "total_devices",
        "intervals",
        "meta",
    )
)


@_attrs_define
class ConsumptionStatsResponse(_types.Model):
    """Energy measured by the consumption meters of a system, in 15-minute intervals."""

    system_id: int
    """ID of the system in Enlighten."""
    total_devices: int
    """Number of consumption meters that are active on the system."""
    intervals: list[ConsumptionStatsInterval]
    """The intervals of the requested period."""
    meta: Meta | Unset = UNSET
    """State of the system, from which to tell how up to date the production data in a response is."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "system_id": self.system_id,
                "total_devices": self.total_devices,
                "intervals": self.intervals,
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
            total_devices = src_dict["total_devices"]
            intervals = src_dict["intervals"]
            _all_known = len(src_dict) == 3 + (meta is not UNSET)
        except KeyError:
            system_id = src_dict.get("system_id", UNSET)
            total_devices = src_dict.get("total_devices", UNSET)
            intervals = src_dict.get("intervals", UNSET)
            _all_known = False
        if type(system_id) is not int and deviations is not None:
            _types.deviate(deviations, src_dict, "system_id", system_id, "integer")
        self.system_id = system_id
        if type(total_devices) is not int and deviations is not None:
            _types.deviate(deviations, src_dict, "total_devices", total_devices, "integer")
        self.total_devices = total_devices
        if type(intervals) is list:
            intervals = _types.read_objects(ConsumptionStatsInterval, intervals, deviations)
        elif deviations is not None:
            _types.deviate(deviations, src_dict, "intervals", intervals, "array")
        self.intervals = intervals
        if type(meta) is dict:
            meta = Meta.from_dict(meta, deviations)
        elif meta is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "meta", meta, "object")
        self.meta = meta
        self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return self
