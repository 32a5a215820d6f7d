from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..types import UNSET

_PROPERTIES: frozenset[str] = frozenset(
    (
        "message",
        "details",
        "code",
    )
)


@_attrs_define
class ApiError(_types.Model):
    message: str
    """Short text, usually the status phrase. Not reliable: the meter readings endpoints show "Not
    Authorized" with 404."""
    details: str
    """What went wrong. Several are Ruby hashes in a text."""
    code: int
    """Same as the HTTP status."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "message": self.message,
                "details": self.details,
                "code": self.code,
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
            message = src_dict["message"]
            details = src_dict["details"]
            code = src_dict["code"]
            _all_known = len(src_dict) == 3
        except KeyError:
            message = src_dict.get("message", UNSET)
            details = src_dict.get("details", UNSET)
            code = src_dict.get("code", UNSET)
            _all_known = False
        if type(message) is not str and deviations is not None:
            _types.deviate(deviations, src_dict, "message", message, "string")
        self.message = message
        if type(details) is not str and deviations is not None:
            _types.deviate(deviations, src_dict, "details", details, "string")
        self.details = details
        if type(code) is not int and deviations is not None:
            _types.deviate(deviations, src_dict, "code", code, "integer")
        self.code = code
        self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return self
