from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..types import UNSET, Unset

_PROPERTIES: frozenset[str] = frozenset(
    (
        "message",
        "code",
        "details",
    )
)


@_attrs_define
class EvChargerError(_types.Model):
    message: str
    """Short text."""
    code: str
    """HTTP status as a text."""
    details: list[str] | str | Unset = UNSET
    """One text, or an array of them."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "message": self.message,
                "code": self.code,
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
            message = src_dict["message"]
            code = src_dict["code"]
            _all_known = len(src_dict) == 2 + (details is not UNSET)
        except KeyError:
            message = src_dict.get("message", UNSET)
            code = src_dict.get("code", UNSET)
            _all_known = False
        if type(message) is not str and deviations is not None:
            _types.deviate(deviations, src_dict, "message", message, "string")
        self.message = message
        if type(code) is not str and deviations is not None:
            _types.deviate(deviations, src_dict, "code", code, "string")
        self.code = code
        if type(details) is list:
            _types.check_items(details, deviations, "string")
        elif type(details) is not str and details is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "details", details, "string", "array")
        self.details = details
        self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return self
