from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..types import UNSET, Unset

_PROPERTIES: frozenset[str] = frozenset(
    (
        "errorCode",
        "errorMessages",
        "reason",
        "type",
        "message",
    )
)


@_attrs_define
class ServerError(_types.Model):
    """Body of a 500 or 503: the service failed, or cannot answer for the time being."""

    error_code: int | Unset = UNSET
    """Number of the error, such as 7 for data that is temporarily unavailable."""
    error_messages: list[str] | Unset = UNSET
    """What is wrong, such as `Data temporarily unavailable.`"""
    reason: str | Unset = UNSET
    """The HTTP status code."""
    type_: str | Unset = UNSET
    """The kind of error, as the service names it."""
    message: list[str] | Unset = UNSET
    """What is wrong."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "errorCode": self.error_code,
                "errorMessages": self.error_messages,
                "reason": self.reason,
                "type": self.type_,
                "message": self.message,
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
        error_code = src_dict.get("errorCode", UNSET)
        error_messages = src_dict.get("errorMessages", UNSET)
        reason = src_dict.get("reason", UNSET)
        type_ = src_dict.get("type", UNSET)
        message = src_dict.get("message", UNSET)
        if type(error_code) is not int and error_code is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "errorCode", error_code, "integer")
        self.error_code = error_code
        if type(error_messages) is list:
            _types.check_items(error_messages, deviations, "string")
        elif error_messages is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "errorMessages", error_messages, "array")
        self.error_messages = error_messages
        if type(reason) is not str and reason is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "reason", reason, "string")
        self.reason = reason
        if type(type_) is not str and type_ is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "type", type_, "string")
        self.type_ = type_
        if type(message) is list:
            _types.check_items(message, deviations, "string")
        elif message is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "message", message, "array")
        self.message = message
        self._additional = None if src_dict.keys() <= _PROPERTIES else _types.unknown_properties(src_dict, _PROPERTIES)
        return self
