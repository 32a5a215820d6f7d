from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..models.address import Address
from ..models.attachment_type import AttachmentType
from ..models.connection_type import ConnectionType
from ..models.searched_system_live_stream import SearchedSystemLiveStream
from ..models.system_status import SystemStatus
from ..types import UNSET, Unset

_PROPERTIES: frozenset[str] = frozenset(
    (
        "system_id",
        "name",
        "public_name",
        "timezone",
        "address",
        "connection_type",
        "status",
        "last_report_at",
        "last_energy_at",
        "operational_at",
        "attachment_type",
        "interconnect_date",
        "energy_lifetime",
        "energy_today",
        "system_size",
        "reference",
        "other_references",
        "live_stream",
    )
)


@_attrs_define
class SearchedSystem(_types.Model):
    """A system found by a search. Its address has no city."""

    system_id: int
    """Number of the system."""
    name: str
    """Name of the system."""
    public_name: None | str
    """Name for public lists, e.g. "Residential System" or "Commercial"."""
    timezone: None | str
    """Time zone name of the system (IANA or a legacy alias such as US/Pacific)."""
    address: Address
    """Where the system stands. Every part may be null."""
    connection_type: ConnectionType | None
    status: SystemStatus
    """State of a system or site as the vendor's status table names it. The table has grown several times;
    treat an unknown word as valid."""
    last_report_at: int | None
    """When a gateway last reported. Unix time in seconds."""
    last_energy_at: int | None
    """When produced energy was last reported. Unix time in seconds."""
    operational_at: int | None
    """When the system went live. Unix time in seconds."""
    attachment_type: AttachmentType | None
    """How the microinverters are mounted; null when nobody recorded it."""
    interconnect_date: datetime.date | int | None
    """Day the grid connection was approved. Declared an integer, shown as a YYYY-MM-DD text in the
    vendor's example, and as Unix seconds in another project's sample data; usually null."""
    energy_lifetime: int | Unset = UNSET
    """Always -1 since July 2023. Use the summary instead."""
    energy_today: int | Unset = UNSET
    """Always -1 since July 2023. Use the summary instead."""
    system_size: float | Unset = UNSET
    """Always -1 since July 2023. Use size_w of the summary instead."""
    reference: str | Unset = UNSET
    """Identifier given by the caller's own company. Left out when there is none."""
    other_references: list[str] | Unset = UNSET
    """Identifiers given by other companies. Left out when there are none."""
    live_stream: SearchedSystemLiveStream | Unset = UNSET
    """Whether the event feed to partners is on. Only there when the request asks with live_stream=true."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "system_id": self.system_id,
                "name": self.name,
                "public_name": self.public_name,
                "timezone": self.timezone,
                "address": self.address,
                "connection_type": self.connection_type,
                "status": self.status,
                "last_report_at": self.last_report_at,
                "last_energy_at": self.last_energy_at,
                "operational_at": self.operational_at,
                "attachment_type": self.attachment_type,
                "interconnect_date": self.interconnect_date,
                "energy_lifetime": self.energy_lifetime,
                "energy_today": self.energy_today,
                "system_size": self.system_size,
                "reference": self.reference,
                "other_references": self.other_references,
                "live_stream": self.live_stream,
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
            energy_lifetime = src_dict.get("energy_lifetime", UNSET)
            energy_today = src_dict.get("energy_today", UNSET)
            system_size = src_dict.get("system_size", UNSET)
            reference = src_dict.get("reference", UNSET)
            other_references = src_dict.get("other_references", UNSET)
            live_stream = src_dict.get("live_stream", UNSET)
            try:
                system_id = src_dict["system_id"]
                name = src_dict["name"]
                public_name = src_dict["public_name"]
                timezone = src_dict["timezone"]
                address = src_dict["address"]
                connection_type = src_dict["connection_type"]
                status = src_dict["status"]
                last_report_at = src_dict["last_report_at"]
                last_energy_at = src_dict["last_energy_at"]
                operational_at = src_dict["operational_at"]
                attachment_type = src_dict["attachment_type"]
                interconnect_date = src_dict["interconnect_date"]
                _all_known = len(src_dict) == 12 + (energy_lifetime is not UNSET) + (energy_today is not UNSET) + (
                    system_size is not UNSET
                ) + (reference is not UNSET) + (other_references is not UNSET) + (live_stream is not UNSET)
            except KeyError:
                system_id = src_dict.get("system_id", UNSET)
                name = src_dict.get("name", UNSET)
                public_name = src_dict.get("public_name", UNSET)
                timezone = src_dict.get("timezone", UNSET)
                address = src_dict.get("address", UNSET)
                connection_type = src_dict.get("connection_type", UNSET)
                status = src_dict.get("status", UNSET)
                last_report_at = src_dict.get("last_report_at", UNSET)
                last_energy_at = src_dict.get("last_energy_at", UNSET)
                operational_at = src_dict.get("operational_at", UNSET)
                attachment_type = src_dict.get("attachment_type", UNSET)
                interconnect_date = src_dict.get("interconnect_date", UNSET)
                _all_known = False
            if type(system_id) is not int and deviations is not None:
                _types.deviate(deviations, src_dict, "system_id", system_id, "integer")
            self.system_id = system_id
            if type(name) is not str and deviations is not None:
                _types.deviate(deviations, src_dict, "name", name, "string")
            self.name = name
            if type(public_name) is not str and public_name is not None and deviations is not None:
                _types.deviate(deviations, src_dict, "public_name", public_name, "string", "null")
            self.public_name = public_name
            if type(timezone) is not str and timezone is not None and deviations is not None:
                _types.deviate(deviations, src_dict, "timezone", timezone, "string", "null")
            self.timezone = timezone
            if type(address) is dict:
                address = Address.from_dict(address, deviations)
            elif deviations is not None:
                _types.deviate(deviations, src_dict, "address", address, "object")
            self.address = address
            if type(connection_type) is str:
                connection_type = _members_of_ConnectionType.get(connection_type) or _types.read_enum(
                    ConnectionType, connection_type, deviations, src_dict, "connection_type"
                )
            elif connection_type is not None and deviations is not None:
                _types.deviate(deviations, src_dict, "connection_type", connection_type, "string", "null")
            self.connection_type = connection_type
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
            if type(attachment_type) is str:
                attachment_type = _members_of_AttachmentType.get(attachment_type) or _types.read_enum(
                    AttachmentType, attachment_type, deviations, src_dict, "attachment_type"
                )
            elif attachment_type is not None and deviations is not None:
                _types.deviate(deviations, src_dict, "attachment_type", attachment_type, "null", "string")
            self.attachment_type = attachment_type
            if type(interconnect_date) is str:
                interconnect_date = _types.read_date(interconnect_date, deviations, src_dict, "interconnect_date")
            elif interconnect_date is not None and type(interconnect_date) is not int and deviations is not None:
                _types.deviate(
                    deviations, src_dict, "interconnect_date", interconnect_date, "string", "null", "integer"
                )
            self.interconnect_date = interconnect_date
            if type(energy_lifetime) is not int and energy_lifetime is not UNSET and deviations is not None:
                _types.deviate(deviations, src_dict, "energy_lifetime", energy_lifetime, "integer")
            self.energy_lifetime = energy_lifetime
            if type(energy_today) is not int and energy_today is not UNSET and deviations is not None:
                _types.deviate(deviations, src_dict, "energy_today", energy_today, "integer")
            self.energy_today = energy_today
            if (
                type(system_size) is not int
                and type(system_size) is not float
                and system_size is not UNSET
                and deviations is not None
            ):
                _types.deviate(deviations, src_dict, "system_size", system_size, "number")
            self.system_size = system_size
            if type(reference) is not str and reference is not UNSET and deviations is not None:
                _types.deviate(deviations, src_dict, "reference", reference, "string")
            self.reference = reference
            if type(other_references) is list:
                _types.check_items(other_references, deviations, "string")
            elif other_references is not UNSET and deviations is not None:
                _types.deviate(deviations, src_dict, "other_references", other_references, "array")
            self.other_references = other_references
            if type(live_stream) is str:
                live_stream = _members_of_SearchedSystemLiveStream.get(live_stream) or _types.read_enum(
                    SearchedSystemLiveStream, live_stream, deviations, src_dict, "live_stream"
                )
            elif live_stream is not UNSET and deviations is not None:
                _types.deviate(deviations, src_dict, "live_stream", live_stream, "string")
            self.live_stream = live_stream
            self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return _models


# Looking a member up in the enumeration itself takes three times as long.
_members_of_ConnectionType = ConnectionType._value2member_map_
_members_of_SystemStatus = SystemStatus._value2member_map_
_members_of_AttachmentType = AttachmentType._value2member_map_
_members_of_SearchedSystemLiveStream = SearchedSystemLiveStream._value2member_map_
