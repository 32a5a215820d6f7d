from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..models.system_status import SystemStatus
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
    """How fresh the rest of the answer is."""

    status: SystemStatus
    """State of a system or site as the vendor's status table names it. The table has grown several times;
    treat an unknown word as valid."""
    last_report_at: int | None
    """When a gateway of the system last sent a report. Unix time in seconds."""
    last_energy_at: int | None
    """When energy output was last reported; a zero counts too. Unix time in seconds."""
    operational_at: int | None
    """When the system went live: the interconnection time if known, otherwise the end of its first
    reported interval. Unix time in seconds."""

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
            status = _members_of_SystemStatus.get(status) or _types.read_enum(
                SystemStatus, status, deviations, src_dict, "status"
            )
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
_members_of_SystemStatus = SystemStatus._value2member_map_
