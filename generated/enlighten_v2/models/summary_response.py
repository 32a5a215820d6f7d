from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..models.status import Status
from ..models.summary_source import SummarySource
from ..types import UNSET, Unset

_PROPERTIES: frozenset[str] = frozenset(
    (
        "current_power",
        "energy_lifetime",
        "energy_today",
        "last_report_at",
        "modules",
        "operational_at",
        "size_w",
        "source",
        "status",
        "summary_date",
        "system_id",
        "last_interval_end_at",
    )
)


@_attrs_define
class SummaryResponse(_types.Model):
    """Power, energy totals, size and status of a system on one day."""

    current_power: int
    """Power that the system produces, in W, as last reported: it may stay at its last value after sunset,
    and `last_interval_end_at` says how old it is. 0 if the request is for an earlier day."""
    energy_lifetime: int
    """Energy that the system has produced over its life, except on the requested day, in Wh."""
    energy_today: int
    """Energy that the system produced on the requested day, in Wh."""
    last_report_at: int | None
    """Time of the latest report of an Envoy of the system.
    Seconds since the Unix epoch, unless the request asks for another `datetime_format`
    (see [Datetimes](https://developer.enphase.com/docs#Datetimes))."""
    modules: int
    """Number of active modules, which are those not retired; 0 if the request is for an earlier day."""
    operational_at: int | None
    """Time at which the system went into operation.
    This is the interconnect time of the system or, if none is specified, the end of its first interval.
    Seconds since the Unix epoch, unless the request asks for another `datetime_format`
    (see [Datetimes](https://developer.enphase.com/docs#Datetimes))."""
    size_w: int
    """Size of the system, in W; 0 if the request is for an earlier day."""
    source: SummarySource
    """What measures the production of the system:
    * `microinverters` - Its microinverters.
    * `meter` - The revenue-grade meters installed on it."""
    status: Status
    """Present status of a system:
    * `comm` - Enlighten gets no communication from at least one Envoy of the system.
    * `power` - The production of the system has a problem.
    * `meter` - An Envoy and a revenue-grade meter of the system have trouble communicating.
    * `meter_issue` - At least one meter of the system reports measurements out of the ordinary.
    * `micro` - An Envoy and microinverters that it monitors have trouble communicating.
    * `battery` - An Envoy and an AC battery of the system have trouble communicating.
    * `storage_idle` - The charge of an AC battery of the system has stayed the same for over 72 hours.
    * `normal` - The system works as it should."""
    summary_date: datetime.date
    """Day that the response describes: the requested one, or else the current date.
    Written `YYYY-mm-dd`, unless the request asks for another `datetime_format`
    (see [Datetimes](https://developer.enphase.com/docs#Datetimes))."""
    system_id: int
    """ID of the system in Enlighten."""
    last_interval_end_at: int | None | Unset = UNSET
    """Last time at which the system is known to have produced energy.
    For a system that has not communicated for some time, this may lie well before `last_report_at`,
    which can be recent all the same.
    Seconds since the Unix epoch, unless the request asks for another `datetime_format`
    (see [Datetimes](https://developer.enphase.com/docs#Datetimes))."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "current_power": self.current_power,
                "energy_lifetime": self.energy_lifetime,
                "energy_today": self.energy_today,
                "last_report_at": self.last_report_at,
                "modules": self.modules,
                "operational_at": self.operational_at,
                "size_w": self.size_w,
                "source": self.source,
                "status": self.status,
                "summary_date": self.summary_date,
                "system_id": self.system_id,
                "last_interval_end_at": self.last_interval_end_at,
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
        last_interval_end_at = src_dict.get("last_interval_end_at", UNSET)
        try:
            current_power = src_dict["current_power"]
            energy_lifetime = src_dict["energy_lifetime"]
            energy_today = src_dict["energy_today"]
            last_report_at = src_dict["last_report_at"]
            modules = src_dict["modules"]
            operational_at = src_dict["operational_at"]
            size_w = src_dict["size_w"]
            source = src_dict["source"]
            status = src_dict["status"]
            summary_date = src_dict["summary_date"]
            system_id = src_dict["system_id"]
            _all_known = len(src_dict) == 11 + (last_interval_end_at is not UNSET)
        except KeyError:
            current_power = src_dict.get("current_power", UNSET)
            energy_lifetime = src_dict.get("energy_lifetime", UNSET)
            energy_today = src_dict.get("energy_today", UNSET)
            last_report_at = src_dict.get("last_report_at", UNSET)
            modules = src_dict.get("modules", UNSET)
            operational_at = src_dict.get("operational_at", UNSET)
            size_w = src_dict.get("size_w", UNSET)
            source = src_dict.get("source", UNSET)
            status = src_dict.get("status", UNSET)
            summary_date = src_dict.get("summary_date", UNSET)
            system_id = src_dict.get("system_id", UNSET)
            _all_known = False
        if type(current_power) is not int and deviations is not None:
            _types.deviate(deviations, src_dict, "current_power", current_power, "integer")
        self.current_power = current_power
        if type(energy_lifetime) is not int and deviations is not None:
            _types.deviate(deviations, src_dict, "energy_lifetime", energy_lifetime, "integer")
        self.energy_lifetime = energy_lifetime
        if type(energy_today) is not int and deviations is not None:
            _types.deviate(deviations, src_dict, "energy_today", energy_today, "integer")
        self.energy_today = energy_today
        if type(last_report_at) is not int and last_report_at is not None and deviations is not None:
            _types.deviate(deviations, src_dict, "last_report_at", last_report_at, "integer", "null")
        self.last_report_at = last_report_at
        if type(modules) is not int and deviations is not None:
            _types.deviate(deviations, src_dict, "modules", modules, "integer")
        self.modules = modules
        if type(operational_at) is not int and operational_at is not None and deviations is not None:
            _types.deviate(deviations, src_dict, "operational_at", operational_at, "integer", "null")
        self.operational_at = operational_at
        if type(size_w) is not int and deviations is not None:
            _types.deviate(deviations, src_dict, "size_w", size_w, "integer")
        self.size_w = size_w
        if type(source) is str:
            source = _members_of_SummarySource.get(source) or _types.read_enum(
                SummarySource, source, deviations, src_dict, "source"
            )
        elif deviations is not None:
            _types.deviate(deviations, src_dict, "source", source, "string")
        self.source = source
        if type(status) is str:
            status = _members_of_Status.get(status) or _types.read_enum(Status, status, deviations, src_dict, "status")
        elif deviations is not None:
            _types.deviate(deviations, src_dict, "status", status, "string")
        self.status = status
        if type(summary_date) is str:
            summary_date = _types.read_date(summary_date, deviations, src_dict, "summary_date")
        elif deviations is not None:
            _types.deviate(deviations, src_dict, "summary_date", summary_date, "string")
        self.summary_date = summary_date
        if type(system_id) is not int and deviations is not None:
            _types.deviate(deviations, src_dict, "system_id", system_id, "integer")
        self.system_id = system_id
        if (
            type(last_interval_end_at) is not int
            and last_interval_end_at is not None
            and last_interval_end_at is not UNSET
            and deviations is not None
        ):
            _types.deviate(deviations, src_dict, "last_interval_end_at", last_interval_end_at, "integer", "null")
        self.last_interval_end_at = last_interval_end_at
        self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return self


# Looking a member up in the enumeration itself takes three times as long.
_members_of_SummarySource = SummarySource._value2member_map_
_members_of_Status = Status._value2member_map_
