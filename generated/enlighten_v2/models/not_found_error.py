from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..types import UNSET, Unset

_PROPERTIES: frozenset[str] = frozenset(
    (
        "reason",
        "message",
        "errorMessages",
    )
)


@_attrs_define
class NotFoundError(_types.Model):
    """Body of a 404: what was asked for does not exist."""

    reason: int | str | Unset = UNSET
    """The HTTP status code."""
    message: list[str] | str | Unset = UNSET
    """What is wrong, such as `Resource not found.`"""
    error_messages: list[str] | Unset = UNSET
    """What is wrong, such as `Envoy not found with this serial number`."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "reason": self.reason,
                "message": self.message,
                "errorMessages": self.error_messages,
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
        message = src_dict.get("message", UNSET)
        error_messages = src_dict.get("errorMessages", UNSET)
        if type(reason) is not str and type(reason) is not int and reason is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "reason", reason, "string", "integer")
        self.reason = reason
        if type(message) is list:
            _types.check_items(message, deviations, "string")
        elif type(message) is not str and message is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "message", message, "array", "string")
        self.message = message
        if type(error_messages) is list:
            _types.check_items(error_messages, deviations, "string")
        elif error_messages is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "errorMessages", error_messages, "array")
        self.error_messages = error_messages
        self._additional = None if src_dict.keys() <= _PROPERTIES else _types.unknown_properties(src_dict, _PROPERTIES)
        return self
