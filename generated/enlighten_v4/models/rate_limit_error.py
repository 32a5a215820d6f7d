from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..models.usage_period import UsagePeriod
from ..types import UNSET, Unset

_PROPERTIES: frozenset[str] = frozenset(
    (
        "message",
        "details",
        "code",
        "period",
        "period_start",
        "period_end",
        "limit",
    )
)


@_attrs_define
class RateLimitError(_types.Model):
    message: str
    """Short text."""
    details: str
    """Names the plan."""
    code: int
    """429"""
    period: UsagePeriod | Unset = UNSET
    """Which limit was hit. Only part of the endpoints show the four period properties."""
    period_start: int | Unset = UNSET
    """Start of the period. Unix time in seconds."""
    period_end: int | Unset = UNSET
    """End of the period; ask again after it. Unix time in seconds."""
    limit: int | Unset = UNSET
    """Hits allowed in the period."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "message": self.message,
                "details": self.details,
                "code": self.code,
                "period": self.period,
                "period_start": self.period_start,
                "period_end": self.period_end,
                "limit": self.limit,
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
        period = src_dict.get("period", UNSET)
        period_start = src_dict.get("period_start", UNSET)
        period_end = src_dict.get("period_end", UNSET)
        limit = src_dict.get("limit", UNSET)
        try:
            message = src_dict["message"]
            details = src_dict["details"]
            code = src_dict["code"]
            _all_known = len(src_dict) == 3 + (period is not UNSET) + (period_start is not UNSET) + (
                period_end is not UNSET
            ) + (limit is not UNSET)
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
        if type(period) is str:
            period = _members_of_UsagePeriod.get(period) or _types.read_enum(
                UsagePeriod, period, deviations, src_dict, "period"
            )
        elif period is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "period", period, "string")
        self.period = period
        if type(period_start) is not int and period_start is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "period_start", period_start, "integer")
        self.period_start = period_start
        if type(period_end) is not int and period_end is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "period_end", period_end, "integer")
        self.period_end = period_end
        if type(limit) is not int and limit is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "limit", limit, "integer")
        self.limit = limit
        self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return self


# Looking a member up in the enumeration itself takes three times as long.
_members_of_UsagePeriod = UsagePeriod._value2member_map_
