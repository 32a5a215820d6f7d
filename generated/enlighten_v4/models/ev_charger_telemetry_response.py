from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..models.ev_charger_interval import EvChargerInterval
from ..models.ev_charger_telemetry_response_granularity import EvChargerTelemetryResponseGranularity
from ..types import UNSET, Unset

_PROPERTIES: frozenset[str] = frozenset(
    (
        "granularity",
        "consumption",
        "system_id",
        "start_date",
        "end_date",
        "start_at",
        "end_at",
    )
)


@_attrs_define
class EvChargerTelemetryResponse(_types.Model):
    granularity: EvChargerTelemetryResponseGranularity
    """Window."""
    consumption: list[EvChargerInterval]
    """The list is called consumption, not intervals."""
    system_id: int
    """Number of the system."""
    start_date: str | Unset = UNSET
    """With start_date requests."""
    end_date: str | Unset = UNSET
    """With start_date requests."""
    start_at: int | Unset = UNSET
    """With start_at requests. Unix time in seconds."""
    end_at: int | Unset = UNSET
    """With start_at requests. Unix time in seconds."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "granularity": self.granularity,
                "consumption": self.consumption,
                "system_id": self.system_id,
                "start_date": self.start_date,
                "end_date": self.end_date,
                "start_at": self.start_at,
                "end_at": self.end_at,
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
        start_date = src_dict.get("start_date", UNSET)
        end_date = src_dict.get("end_date", UNSET)
        start_at = src_dict.get("start_at", UNSET)
        end_at = src_dict.get("end_at", UNSET)
        try:
            granularity = src_dict["granularity"]
            consumption = src_dict["consumption"]
            system_id = src_dict["system_id"]
            _all_known = len(src_dict) == 3 + (start_date is not UNSET) + (end_date is not UNSET) + (
                start_at is not UNSET
            ) + (end_at is not UNSET)
        except KeyError:
            granularity = src_dict.get("granularity", UNSET)
            consumption = src_dict.get("consumption", UNSET)
            system_id = src_dict.get("system_id", UNSET)
            _all_known = False
        if type(granularity) is str:
            granularity = _members_of_EvChargerTelemetryResponseGranularity.get(granularity) or _types.read_enum(
                EvChargerTelemetryResponseGranularity, granularity, deviations, src_dict, "granularity"
            )
        elif deviations is not None:
            _types.deviate(deviations, src_dict, "granularity", granularity, "string")
        self.granularity = granularity
        if type(consumption) is list:
            consumption = _types.read_objects(EvChargerInterval, consumption, deviations)
        elif deviations is not None:
            _types.deviate(deviations, src_dict, "consumption", consumption, "array")
        self.consumption = consumption
        if type(system_id) is not int and deviations is not None:
            _types.deviate(deviations, src_dict, "system_id", system_id, "integer")
        self.system_id = system_id
        if type(start_date) is not str and start_date is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "start_date", start_date, "string")
        self.start_date = start_date
        if type(end_date) is not str and end_date is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "end_date", end_date, "string")
        self.end_date = end_date
        if type(start_at) is not int and start_at is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "start_at", start_at, "integer")
        self.start_at = start_at
        if type(end_at) is not int and end_at is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "end_at", end_at, "integer")
        self.end_at = end_at
        self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return self


# Looking a member up in the enumeration itself takes three times as long.
_members_of_EvChargerTelemetryResponseGranularity = EvChargerTelemetryResponseGranularity._value2member_map_
