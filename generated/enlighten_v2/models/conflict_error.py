from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..models.usage_period import UsagePeriod
from ..types import UNSET

_PROPERTIES: frozenset[str] = frozenset(
    (
        "reason",
        "message",
        "period",
        "period_start",
        "period_end",
        "limit",
    )
)


@_attrs_define
class ConflictError(_types.Model):
    """Body of a 409: the application has used up the requests that its plan allows in a period."""

    reason: str
    """The HTTP status code."""
    message: list[str]
    """What is wrong, such as `Usage limit exceeded for plan Watt`."""
    period: UsagePeriod
    """Length of the period for which the limit holds."""
    period_start: int
    """Start of that period, in seconds since the Unix epoch."""
    period_end: int
    """End of that period, in seconds since the Unix epoch.
    This is the time to wait for before the next request."""
    limit: int
    """Number of requests that the plan allows in one period."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "reason": self.reason,
                "message": self.message,
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
        try:
            reason = src_dict["reason"]
            message = src_dict["message"]
            period = src_dict["period"]
            period_start = src_dict["period_start"]
            period_end = src_dict["period_end"]
            limit = src_dict["limit"]
            _all_known = len(src_dict) == 6
        except KeyError:
            reason = src_dict.get("reason", UNSET)
            message = src_dict.get("message", UNSET)
            period = src_dict.get("period", UNSET)
            period_start = src_dict.get("period_start", UNSET)
            period_end = src_dict.get("period_end", UNSET)
            limit = src_dict.get("limit", UNSET)
            _all_known = False
        if type(reason) is not str and deviations is not None:
            _types.deviate(deviations, src_dict, "reason", reason, "string")
        self.reason = reason
        if type(message) is list:
            _types.check_items(message, deviations, "string")
        elif deviations is not None:
            _types.deviate(deviations, src_dict, "message", message, "array")
        self.message = message
        if type(period) is str:
            period = _members_of_UsagePeriod.get(period) or _types.read_enum(
                UsagePeriod, period, deviations, src_dict, "period"
            )
        elif deviations is not None:
            _types.deviate(deviations, src_dict, "period", period, "string")
        self.period = period
        if type(period_start) is not int and deviations is not None:
            _types.deviate(deviations, src_dict, "period_start", period_start, "integer")
        self.period_start = period_start
        if type(period_end) is not int and deviations is not None:
            _types.deviate(deviations, src_dict, "period_end", period_end, "integer")
        self.period_end = period_end
        if type(limit) is not int and deviations is not None:
            _types.deviate(deviations, src_dict, "limit", limit, "integer")
        self.limit = limit
        self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return self


# Looking a member up in the enumeration itself takes three times as long.
_members_of_UsagePeriod = UsagePeriod._value2member_map_
