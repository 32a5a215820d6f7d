from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..models.live_reading import LiveReading
from ..types import UNSET, Unset

_PROPERTIES: frozenset[str] = frozenset(
    (
        "data",
        "timestamp_epoch",
        "timestamp_utc",
        "type",
    )
)


@_attrs_define
class LiveDataMessage(_types.Model):
    data: LiveReading
    timestamp_epoch: int | Unset = UNSET
    """Milliseconds since 1970."""
    timestamp_utc: str | Unset = UNSET
    """Same in UTC, as "YYYY-MM-DD hh:mm:ss.mmm"."""
    type_: str | Unset = UNSET
    """Always response."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "data": self.data,
                "timestamp_epoch": self.timestamp_epoch,
                "timestamp_utc": self.timestamp_utc,
                "type": self.type_,
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
        timestamp_epoch = src_dict.get("timestamp_epoch", UNSET)
        timestamp_utc = src_dict.get("timestamp_utc", UNSET)
        type_ = src_dict.get("type", UNSET)
        try:
            data = src_dict["data"]
            _all_known = len(src_dict) == 1 + (timestamp_epoch is not UNSET) + (timestamp_utc is not UNSET) + (
                type_ is not UNSET
            )
        except KeyError:
            data = src_dict.get("data", UNSET)
            _all_known = False
        if type(data) is dict:
            data = LiveReading.from_dict(data, deviations)
        elif deviations is not None:
            _types.deviate(deviations, src_dict, "data", data, "object")
        self.data = data
        if type(timestamp_epoch) is not int and timestamp_epoch is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "timestamp_epoch", timestamp_epoch, "integer")
        self.timestamp_epoch = timestamp_epoch
        if type(timestamp_utc) is not str and timestamp_utc is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "timestamp_utc", timestamp_utc, "string")
        self.timestamp_utc = timestamp_utc
        if type(type_) is not str and type_ is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "type", type_, "string")
        self.type_ = type_
        self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return self
