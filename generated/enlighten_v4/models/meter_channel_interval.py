from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..types import UNSET

_PROPERTIES: frozenset[str] = frozenset(
    (
        "channel",
        "end_at",
        "wh_del",
        "curr_w",
    )
)


@_attrs_define
class MeterChannelInterval(_types.Model):
    channel: int
    """Phase channel, 1 to 3."""
    end_at: int
    """End of the quarter of an hour. Unix time in seconds."""
    wh_del: float | None
    """Energy in watt-hours; null on an unused channel."""
    curr_w: int | None
    """Power in watts; null on an unused channel; may be slightly negative at night."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "channel": self.channel,
                "end_at": self.end_at,
                "wh_del": self.wh_del,
                "curr_w": self.curr_w,
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
            if type(wh_del) is not int and type(wh_del) is not float and wh_del is not None and deviations is not None:
                _types.deviate(deviations, src_dict, "wh_del", wh_del, "number", "null")
            self.wh_del = wh_del
            if type(curr_w) is not int and curr_w is not None and deviations is not None:
                _types.deviate(deviations, src_dict, "curr_w", curr_w, "integer", "null")
            self.curr_w = curr_w
            self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return _models
