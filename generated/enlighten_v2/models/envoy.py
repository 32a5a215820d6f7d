from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..models.envoy_status import EnvoyStatus
from ..types import UNSET

_PROPERTIES: frozenset[str] = frozenset(
    (
        "envoy_id",
        "last_report_at",
        "name",
        "part_number",
        "serial_number",
        "status",
    )
)


@_attrs_define
class Envoy(_types.Model):
    """One Envoy."""

    envoy_id: int
    """ID of the Envoy in Enlighten."""
    last_report_at: int | None
    """Time of the Envoy's latest report; null if Enlighten has no report on record.
    Seconds since the Unix epoch by default; an ISO 8601 string if the request carries
    `datetime_format=iso8601`."""
    name: str
    """Name of the Envoy for display to people."""
    part_number: str
    """Part number that Enphase gives the Envoy."""
    serial_number: str
    """Serial number of the Envoy."""
    status: EnvoyStatus
    """Present status of the Envoy:
    * `normal` - It works as it should.
    * `comm` - It does not communicate with Enlighten."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "envoy_id": self.envoy_id,
                "last_report_at": self.last_report_at,
                "name": self.name,
                "part_number": self.part_number,
                "serial_number": self.serial_number,
                "status": self.status,
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
                envoy_id = src_dict["envoy_id"]
                last_report_at = src_dict["last_report_at"]
                name = src_dict["name"]
                part_number = src_dict["part_number"]
                serial_number = src_dict["serial_number"]
                status = src_dict["status"]
                _all_known = len(src_dict) == 6
            except KeyError:
                envoy_id = src_dict.get("envoy_id", UNSET)
                last_report_at = src_dict.get("last_report_at", UNSET)
                name = src_dict.get("name", UNSET)
                part_number = src_dict.get("part_number", UNSET)
                serial_number = src_dict.get("serial_number", UNSET)
                status = src_dict.get("status", UNSET)
                _all_known = False
            if type(envoy_id) is not int and deviations is not None:
                _types.deviate(deviations, src_dict, "envoy_id", envoy_id, "integer")
            self.envoy_id = envoy_id
            if type(last_report_at) is not int and last_report_at is not None and deviations is not None:
                _types.deviate(deviations, src_dict, "last_report_at", last_report_at, "integer", "null")
            self.last_report_at = last_report_at
            if type(name) is not str and deviations is not None:
                _types.deviate(deviations, src_dict, "name", name, "string")
            self.name = name
            if type(part_number) is not str and deviations is not None:
                _types.deviate(deviations, src_dict, "part_number", part_number, "string")
            self.part_number = part_number
            if type(serial_number) is not str and deviations is not None:
                _types.deviate(deviations, src_dict, "serial_number", serial_number, "string")
            self.serial_number = serial_number
            if type(status) is str:
                status = _members_of_EnvoyStatus.get(status) or _types.read_enum(
                    EnvoyStatus, status, deviations, src_dict, "status"
                )
            elif deviations is not None:
                _types.deviate(deviations, src_dict, "status", status, "string")
            self.status = status
            self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return _models


# Looking a member up in the enumeration itself takes three times as long.
_members_of_EnvoyStatus = EnvoyStatus._value2member_map_
