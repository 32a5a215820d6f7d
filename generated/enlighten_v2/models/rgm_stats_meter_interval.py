from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import types as _types
from ..types import UNSET

T = TypeVar("T", bound="RgmStatsMeterInterval")

_PROPERTIES = frozenset(
    (
        "channel",
        "end_at",
        "wh_del",
        "curr_w",
    )
)


@_attrs_define
class RgmStatsMeterInterval:
    """One interval of 15 minutes, as one meter measured it."""

    channel: int
    """Identifier of the channel that reports."""
    end_at: int
    """Time at which the interval ends.
    Seconds since the Unix epoch, unless the request asks for another `datetime_format`
    (see [Datetimes](https://developer.enphase.com/docs#Datetimes))."""
    wh_del: float | None
    """Energy delivered in the interval, in Wh. May be null."""
    curr_w: int | None
    """Power delivered in the interval, in W. May be null."""
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **self.additional_properties,
                "channel": self.channel,
                "end_at": self.end_at,
                "wh_del": self.wh_del,
                "curr_w": self.curr_w,
            }
        )
        return src_dict

    @classmethod
    def from_dict(
        cls: type[T], src_dict: Mapping[str, Any], deviations: list[_types.Deviation] | None = None
    ) -> T:
        """Read a JSON object, whatever is inside.

        What is missing becomes `UNSET`; what is not as specified stays as it came, and is added to `deviations`.
        """
        # Not through __init__, which would cost a third of the time of reading.
        self = object.__new__(cls)
        try:
            channel = src_dict["channel"]
            end_at = src_dict["end_at"]
            wh_del = src_dict["wh_del"]
            curr_w = src_dict["curr_w"]
            _all_known = len(src_dict) == 4
        except KeyError:
            channel = src_dict.get("channel", UNSET)
            end_at = src_dict.get("end_at", UNSET)
            wh_del = src_dict.get("wh_del", UNSET)
            curr_w = src_dict.get("curr_w", UNSET)
            _all_known = False
        if type(channel) is not int and deviations is not None:
            _types.deviate(deviations, src_dict, "channel", channel, "integer")
        self.channel = channel
        if type(end_at) is not int and deviations is not None:
            _types.deviate(deviations, src_dict, "end_at", end_at, "integer")
        self.end_at = end_at
        if (
            type(wh_del) is not float
            and type(wh_del) is not int
            and wh_del is not None
            and deviations is not None
        ):
            _types.deviate(deviations, src_dict, "wh_del", wh_del, "number", "null")
        self.wh_del = wh_del
        if type(curr_w) is not int and curr_w is not None and deviations is not None:
            _types.deviate(deviations, src_dict, "curr_w", curr_w, "integer", "null")
        self.curr_w = curr_w
        self.additional_properties = {} if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return self

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
