from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..models.connection_type import ConnectionType
from ..models.meta import Meta
from ..models.status import Status
from ..types import UNSET, Unset

_PROPERTIES: frozenset[str] = frozenset(
    (
        "system_id",
        "system_name",
        "system_public_name",
        "country",
        "state",
        "city",
        "postal_code",
        "timezone",
        "connection_type",
        "status",
        "reference",
        "other_references",
        "meta",
    )
)


@_attrs_define
class System(_types.Model):
    """One system: its names, location, timezone and status."""

    system_id: int
    """ID of the system in Enlighten."""
    system_name: str
    """Name of the system.
    Meant for identification: it is the real name, even if the owner has made the site anonymous in
    public lists."""
    system_public_name: str
    """Name of the system for the public.
    Show this one wherever a list or view is public."""
    country: str
    """Country of the system as a two-letter code.
    See [ISO 3166-1 alpha-2](https://en.wikipedia.org/wiki/ISO_3166-1_alpha-2)."""
    state: None | str
    """State of the system as a two-letter code.
    See [ISO 3166-2](https://en.wikipedia.org/wiki/ISO_3166-2)."""
    city: str
    """City where the system is."""
    postal_code: None | str
    """Postal code of the place where the system is."""
    timezone: str
    """Timezone of the system, such as `America/Los_Angeles`."""
    connection_type: ConnectionType
    """Type of the system's Internet connection."""
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
    reference: str | Unset = UNSET
    """Identifier that the company of the calling user has given the system.
    Absent if the user belongs to no company, or the company has not given the system one."""
    other_references: list[str] | Unset = UNSET
    """Identifiers that other companies have given the system.
    Absent if there are none."""
    meta: Meta | Unset = UNSET
    """State of the system, from which to tell how up to date the production data in a response is."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "system_id": self.system_id,
                "system_name": self.system_name,
                "system_public_name": self.system_public_name,
                "country": self.country,
                "state": self.state,
                "city": self.city,
                "postal_code": self.postal_code,
                "timezone": self.timezone,
                "connection_type": self.connection_type,
                "status": self.status,
                "reference": self.reference,
                "other_references": self.other_references,
                "meta": self.meta,
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
            reference = src_dict.get("reference", UNSET)
            other_references = src_dict.get("other_references", UNSET)
            meta = src_dict.get("meta", UNSET)
            try:
                system_id = src_dict["system_id"]
                system_name = src_dict["system_name"]
                system_public_name = src_dict["system_public_name"]
                country = src_dict["country"]
                state = src_dict["state"]
                city = src_dict["city"]
                postal_code = src_dict["postal_code"]
                timezone = src_dict["timezone"]
                connection_type = src_dict["connection_type"]
                status = src_dict["status"]
                _all_known = len(src_dict) == 10 + (reference is not UNSET) + (other_references is not UNSET) + (
                    meta is not UNSET
                )
            except KeyError:
                system_id = src_dict.get("system_id", UNSET)
                system_name = src_dict.get("system_name", UNSET)
                system_public_name = src_dict.get("system_public_name", UNSET)
                country = src_dict.get("country", UNSET)
                state = src_dict.get("state", UNSET)
                city = src_dict.get("city", UNSET)
                postal_code = src_dict.get("postal_code", UNSET)
                timezone = src_dict.get("timezone", UNSET)
                connection_type = src_dict.get("connection_type", UNSET)
                status = src_dict.get("status", UNSET)
                _all_known = False
            if type(system_id) is not int and deviations is not None:
                _types.deviate(deviations, src_dict, "system_id", system_id, "integer")
            self.system_id = system_id
            if type(system_name) is not str and deviations is not None:
                _types.deviate(deviations, src_dict, "system_name", system_name, "string")
            self.system_name = system_name
            if type(system_public_name) is not str and deviations is not None:
                _types.deviate(deviations, src_dict, "system_public_name", system_public_name, "string")
            self.system_public_name = system_public_name
            if type(country) is not str and deviations is not None:
                _types.deviate(deviations, src_dict, "country", country, "string")
            self.country = country
            if type(state) is not str and state is not None and deviations is not None:
                _types.deviate(deviations, src_dict, "state", state, "string", "null")
            self.state = state
            if type(city) is not str and deviations is not None:
                _types.deviate(deviations, src_dict, "city", city, "string")
            self.city = city
            if type(postal_code) is not str and postal_code is not None and deviations is not None:
                _types.deviate(deviations, src_dict, "postal_code", postal_code, "string", "null")
            self.postal_code = postal_code
            if type(timezone) is not str and deviations is not None:
                _types.deviate(deviations, src_dict, "timezone", timezone, "string")
            self.timezone = timezone
            if type(connection_type) is str:
                connection_type = _members_of_ConnectionType.get(connection_type) or _types.read_enum(
                    ConnectionType, connection_type, deviations, src_dict, "connection_type"
                )
            elif deviations is not None:
                _types.deviate(deviations, src_dict, "connection_type", connection_type, "string")
            self.connection_type = connection_type
            if type(status) is str:
                status = _members_of_Status.get(status) or _types.read_enum(
                    Status, status, deviations, src_dict, "status"
                )
            elif deviations is not None:
                _types.deviate(deviations, src_dict, "status", status, "string")
            self.status = status
            if type(reference) is not str and reference is not UNSET and deviations is not None:
                _types.deviate(deviations, src_dict, "reference", reference, "string")
            self.reference = reference
            if type(other_references) is list:
                _types.check_items(other_references, deviations, "string")
            elif other_references is not UNSET and deviations is not None:
                _types.deviate(deviations, src_dict, "other_references", other_references, "array")
            self.other_references = other_references
            if type(meta) is dict:
                meta = Meta.from_dict(meta, deviations)
            elif meta is not UNSET and deviations is not None:
                _types.deviate(deviations, src_dict, "meta", meta, "object")
            self.meta = meta
            self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return _models


# Looking a member up in the enumeration itself takes three times as long.
_members_of_ConnectionType = ConnectionType._value2member_map_
_members_of_Status = Status._value2member_map_
