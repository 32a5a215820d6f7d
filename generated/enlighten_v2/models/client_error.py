from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..types import UNSET, Unset

_PROPERTIES: frozenset[str] = frozenset(
    (
        "message",
        "reason",
    )
)


@_attrs_define
class ClientError(_types.Model):
    """Body of a 401: the request is not authorized."""

    message: list[str] | str
    """What is wrong, such as `Not authorized to access requested resource.`"""
    reason: int | str | Unset = UNSET
    """The HTTP status code."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "message": self.message,
                "reason": self.reason,
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
        reason = src_dict.get("reason", UNSET)
        try:
            message = src_dict["message"]
            _all_known = len(src_dict) == 1 + (reason is not UNSET)
        except KeyError:
            message = src_dict.get("message", UNSET)
            _all_known = False
        if type(message) is list:
            _types.check_items(message, deviations, "string")
        elif type(message) is not str and deviations is not None:
            _types.deviate(deviations, src_dict, "message", message, "array", "string")
        self.message = message
        if type(reason) is not str and type(reason) is not int and reason is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "reason", reason, "string", "integer")
        self.reason = reason
        self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return self
