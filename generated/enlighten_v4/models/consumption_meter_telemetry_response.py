from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..models.consumption_meter_interval import ConsumptionMeterInterval
from ..models.granularity import Granularity
from ..models.meta import Meta
from ..types import UNSET, Unset

_PROPERTIES: frozenset[str] = frozenset(
    (
        "system_id",
        "granularity",
        "total_devices",
        "items",
        "intervals",
        "meta",
        "start_at",
        "end_at",
        "start_date",
        "end_date",
    )
)


@_attrs_define
class ConsumptionMeterTelemetryResponse(_types.Model):
    system_id: int
    """Number of the system."""
    granularity: Granularity
    """Length of the requested window, not of the intervals in it."""
    total_devices: int
    """Consumption meters of the system that are not retired."""
    items: str
    """Name of the property that holds the list."""
    intervals: list[ConsumptionMeterInterval]
    meta: Meta
    """How fresh the rest of the answer is."""
    start_at: int | Unset = UNSET
    """Start of the window as asked for (not rounded). Left out when the request used start_date. Unix time
    in seconds."""
    end_at: int | Unset = UNSET
    """End of the window: start plus granularity, or the last report (described as: the time of the
    request) if that is earlier. Left out when the request used start_date. Unix time in seconds."""
    start_date: str | Unset = UNSET
    """In place of start_at when the request used start_date. Seen as an ISO 8601 time with the site's
    offset."""
    end_date: str | Unset = UNSET
    """In place of end_at when the request used start_date. Seen as an ISO 8601 time with the site's
    offset."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "system_id": self.system_id,
                "granularity": self.granularity,
                "total_devices": self.total_devices,
                "items": self.items,
                "intervals": self.intervals,
                "meta": self.meta,
                "start_at": self.start_at,
                "end_at": self.end_at,
                "start_date": self.start_date,
                "end_date": self.end_date,
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
        start_at = src_dict.get("start_at", UNSET)
        end_at = src_dict.get("end_at", UNSET)
        start_date = src_dict.get("start_date", UNSET)
        end_date = src_dict.get("end_date", UNSET)
        try:
            system_id = src_dict["system_id"]
            granularity = src_dict["granularity"]
            total_devices = src_dict["total_devices"]
            items = src_dict["items"]
            intervals = src_dict["intervals"]
            meta = src_dict["meta"]
            _all_known = len(src_dict) == 6 + (start_at is not UNSET) + (end_at is not UNSET) + (
                start_date is not UNSET
            ) + (end_date is not UNSET)
        except KeyError:
            system_id = src_dict.get("system_id", UNSET)
            granularity = src_dict.get("granularity", UNSET)
            total_devices = src_dict.get("total_devices", UNSET)
            items = src_dict.get("items", UNSET)
            intervals = src_dict.get("intervals", UNSET)
            meta = src_dict.get("meta", UNSET)
            _all_known = False
        if type(system_id) is not int and deviations is not None:
            _types.deviate(deviations, src_dict, "system_id", system_id, "integer")
        self.system_id = system_id
        if type(granularity) is str:
            granularity = _members_of_Granularity.get(granularity) or _types.read_enum(
                Granularity, granularity, deviations, src_dict, "granularity"
            )
        elif deviations is not None:
            _types.deviate(deviations, src_dict, "granularity", granularity, "string")
        self.granularity = granularity
        if type(total_devices) is not int and deviations is not None:
            _types.deviate(deviations, src_dict, "total_devices", total_devices, "integer")
        self.total_devices = total_devices
        if type(items) is not str and deviations is not None:
            _types.deviate(deviations, src_dict, "items", items, "string")
        self.items = items
        if type(intervals) is list:
            intervals = _types.read_objects(ConsumptionMeterInterval, intervals, deviations)
        elif deviations is not None:
            _types.deviate(deviations, src_dict, "intervals", intervals, "array")
        self.intervals = intervals
        if type(meta) is dict:
            meta = Meta.from_dict(meta, deviations)
        elif deviations is not None:
            _types.deviate(deviations, src_dict, "meta", meta, "object")
        self.meta = meta
        if type(start_at) is not int and start_at is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "start_at", start_at, "integer")
        self.start_at = start_at
        if type(end_at) is not int and end_at is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "end_at", end_at, "integer")
        self.end_at = end_at
        if type(start_date) is not str and start_date is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "start_date", start_date, "string")
        self.start_date = start_date
        if type(end_date) is not str and end_date is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "end_date", end_date, "string")
        self.end_date = end_date
        self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return self


# Looking a member up in the enumeration itself takes three times as long.
_members_of_Granularity = Granularity._value2member_map_
