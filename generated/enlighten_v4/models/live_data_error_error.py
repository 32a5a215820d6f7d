from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..models.live_data_error_error_details_item import LiveDataErrorErrorDetailsItem
from ..models.live_data_error_error_status import LiveDataErrorErrorStatus
from ..types import UNSET, Unset

_PROPERTIES: frozenset[str] = frozenset(
    (
        "code",
        "message",
        "status",
        "details",
    )
)


@_attrs_define
class LiveDataErrorError(_types.Model):
    code: int
    """Same as the HTTP status."""
    message: str
    """Text."""
    status: LiveDataErrorErrorStatus
    """Short name."""
    details: list[LiveDataErrorErrorDetailsItem] | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "code": self.code,
                "message": self.message,
                "status": self.status,
                "details": self.details,
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
        details = src_dict.get("details", UNSET)
        try:
            code = src_dict["code"]
            message = src_dict["message"]
            status = src_dict["status"]
            _all_known = len(src_dict) == 3 + (details is not UNSET)
        except KeyError:
            code = src_dict.get("code", UNSET)
            message = src_dict.get("message", UNSET)
            status = src_dict.get("status", UNSET)
            _all_known = False
        if type(code) is not int and deviations is not None:
            _types.deviate(deviations, src_dict, "code", code, "integer")
        self.code = code
        if type(message) is not str and deviations is not None:
            _types.deviate(deviations, src_dict, "message", message, "string")
        self.message = message
        if type(status) is str:
            status = _members_of_LiveDataErrorErrorStatus.get(status) or _types.read_enum(
                LiveDataErrorErrorStatus, status, deviations, src_dict, "status"
            )
        elif deviations is not None:
            _types.deviate(deviations, src_dict, "status", status, "string")
        self.status = status
        if type(details) is list:
            details = _types.read_objects(LiveDataErrorErrorDetailsItem, details, deviations)
        elif details is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "details", details, "array")
        self.details = details
        self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return self


# Looking a member up in the enumeration itself takes three times as long.
_members_of_LiveDataErrorErrorStatus = LiveDataErrorErrorStatus._value2member_map_
