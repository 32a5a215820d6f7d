from __future__ import annotations

import datetime
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
        "start",
        "end",
        "start_at",
        "end_at",
        "first_interval",
        "last_interval",
    )
)


@_attrs_define
class UnprocessableEntityError(_types.Model):
    """Body of a 422: the service cannot process the request as it is.
    Which of the properties are present depends on the operation and the error."""

    reason: str | Unset = UNSET
    """Why the request cannot be processed, such as `Requested date range is invalid for this system`."""
    message: str | Unset = UNSET
    """What is wrong, such as `Couldn't find Site with 'id'=-1`."""
    error_messages: list[str] | Unset = UNSET
    """What is wrong, as a list of messages."""
    start: datetime.date | Unset = UNSET
    """Start of the range that the service worked with, as a date."""
    end: datetime.date | Unset = UNSET
    """End of the range that the service worked with, as a date."""
    start_at: int | Unset = UNSET
    """Start of the period that the service worked with, in seconds since the Unix epoch."""
    end_at: int | Unset = UNSET
    """End of the period that the service worked with, in seconds since the Unix epoch."""
    first_interval: int | Unset = UNSET
    """First interval that the system has, in seconds since the Unix epoch."""
    last_interval: int | Unset = UNSET
    """Last interval that the system has, in seconds since the Unix epoch."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "reason": self.reason,
                "message": self.message,
                "errorMessages": self.error_messages,
                "start": self.start,
                "end": self.end,
                "start_at": self.start_at,
                "end_at": self.end_at,
                "first_interval": self.first_interval,
                "last_interval": self.last_interval,
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
        start = src_dict.get("start", UNSET)
        end = src_dict.get("end", UNSET)
        start_at = src_dict.get("start_at", UNSET)
        end_at = src_dict.get("end_at", UNSET)
        first_interval = src_dict.get("first_interval", UNSET)
        last_interval = src_dict.get("last_interval", UNSET)
        if type(reason) is not str and reason is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "reason", reason, "string")
        self.reason = reason
        if type(message) is not str and message is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "message", message, "string")
        self.message = message
        if type(error_messages) is list:
            _types.check_items(error_messages, deviations, "string")
        elif error_messages is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "errorMessages", error_messages, "array")
        self.error_messages = error_messages
        if type(start) is str:
            start = _types.read_date(start, deviations, src_dict, "start")
        elif start is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "start", start, "string")
        self.start = start
        if type(end) is str:
            end = _types.read_date(end, deviations, src_dict, "end")
        elif end is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "end", end, "string")
        self.end = end
        if type(start_at) is not int and start_at is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "start_at", start_at, "integer")
        self.start_at = start_at
        if type(end_at) is not int and end_at is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "end_at", end_at, "integer")
        self.end_at = end_at
        if type(first_interval) is not int and first_interval is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "first_interval", first_interval, "integer")
        self.first_interval = first_interval
        if type(last_interval) is not int and last_interval is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "last_interval", last_interval, "integer")
        self.last_interval = last_interval
        self._additional = None if src_dict.keys() <= _PROPERTIES else _types.unknown_properties(src_dict, _PROPERTIES)
        return self
