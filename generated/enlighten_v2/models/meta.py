from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..models.status import Status
from ..types import UNSET

_PROPERTIES: frozenset[str] = frozenset(
    (
        "status",
        "last_report_at",
        "last_energy_at",
        "operational_at",
    )
)


@_attrs_define
class Meta(_types.Model):
    """State of the system, from which to tell how up to date the production data in a response is."""

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
    last_report_at: int | None
    """Time of the system's latest report.
    Seconds since the Unix epoch, unless the request asks for another `datetime_format`
    (see [Datetimes](https://developer.enphase.com/docs#Datetimes))."""
    last_energy_at: int | None
    """Time of the latest energy on record for the system.
    Seconds since the Unix epoch, unless the request asks for another `datetime_format`
    (see [Datetimes](https://developer.enphase.com/docs#Datetimes))."""
    operational_at: int | None
    """Time at which the system went into operation.
    Seconds since the Unix epoch, unless the request asks for another `datetime_format`
    (see [Datetimes](https://developer.enphase.com/docs#Datetimes))."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "status": self.status,
                "last_report_at": self.last_report_at,
                "last_energy_at": self.last_energy_at,
                "operational_at": self.operational_at,
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
            status = src_dict["status"]
            last_report_at = src_dict["last_report_at"]
            last_energy_at = src_dict["last_energy_at"]
            operational_at = src_dict["operational_at"]
            _all_known = len(src_dict) == 4
        except KeyError:
            status = src_dict.get("status", UNSET)
            last_report_at = src_dict.get("last_report_at", UNSET)
            last_energy_at = src_dict.get("last_energy_at", UNSET)
            operational_at = src_dict.get("operational_at", UNSET)
            _all_known = False
        if type(status) is str:
            status = _members_of_Status.get(status) or _types.read_enum(Status, status, deviations, src_dict, "status")
        elif deviations is not None:
            _types.deviate(deviations, src_dict, "status", status, "string")
        self.status = status
        if type(last_report_at) is not int and last_report_at is not None and deviations is not None:
            _types.deviate(deviations, src_dict, "last_report_at", last_report_at, "integer", "null")
        self.last_report_at = last_report_at
        if type(last_energy_at) is not int and last_energy_at is not None and deviations is not None:
            _types.deviate(deviations, src_dict, "last_energy_at", last_energy_at, "integer", "null")
        self.last_energy_at = last_energy_at
        if type(operational_at) is not int and operational_at is not None and deviations is not None:
            _types.deviate(deviations, src_dict, "operational_at", operational_at, "integer", "null")
        self.operational_at = operational_at
        self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return self


# Looking a member up in the enumeration itself takes three times as long.
_members_of_Status = Status._value2member_map_
