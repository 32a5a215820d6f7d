from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..types import UNSET

_PROPERTIES: frozenset[str] = frozenset(
    (
        "end_at",
        "enwh",
        "devices_reporting",
    )
)


@_attrs_define
class ConsumptionStatsInterval(_types.Model):
    """One interval of 15 minutes."""

    end_at: int
    """Time at which the interval ends.
    Seconds since the Unix epoch, unless the request asks for another `datetime_format`
    (see [Datetimes](https://developer.enphase.com/docs#Datetimes))."""
    enwh: int
    """Energy consumed in the interval, in Wh."""
    devices_reporting: int
    """Number of consumption meters whose data for this interval had arrived by the time of the request."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "end_at": self.end_at,
                "enwh": self.enwh,
                "devices_reporting": self.devices_reporting,
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
                end_at = src_dict["end_at"]
                enwh = src_dict["enwh"]
                devices_reporting = src_dict["devices_reporting"]
                _all_known = len(src_dict) == 3
            except KeyError:
                end_at = src_dict.get("end_at", UNSET)
                enwh = src_dict.get("enwh", UNSET)
                devices_reporting = src_dict.get("devices_reporting", UNSET)
                _all_known = False
            if type(end_at) is not int and deviations is not None:
                _types.deviate(deviations, src_dict, "end_at", end_at, "integer")
            self.end_at = end_at
            if type(enwh) is not int and deviations is not None:
                _types.deviate(deviations, src_dict, "enwh", enwh, "integer")
            self.enwh = enwh
            if type(devices_reporting) is not int and deviations is not None:
                _types.deviate(deviations, src_dict, "devices_reporting", devices_reporting, "integer")
            self.devices_reporting = devices_reporting
            self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return _models
