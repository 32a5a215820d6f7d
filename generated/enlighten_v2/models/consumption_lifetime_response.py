from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..models.meta import Meta
from ..types import UNSET, Unset

_PROPERTIES: frozenset[str] = frozenset(
    (
        "start_date",
        "consumption",
        "system_id",
        "meta",
    )
)


@_attrs_define
class ConsumptionLifetimeResponse(_types.Model):
    """Daily consumption of a system, in Wh."""

    start_date: datetime.date | None
    """Day of the first value in the series.
    This is the `start_date` of the request or, if the request has none, the `operational_date` of the
    system. May be null for a system that has never produced."""
    consumption: list[int]
    """Energy consumed on each day, in Wh, the first value being that of `start_date`.
    Covers the requested period or, if none is requested, every day since consumption was first metered."""
    system_id: int | Unset = UNSET
    """ID of the system in Enlighten."""
    meta: Meta | Unset = UNSET
    """State of the system, from which to tell how up to date the production data in a response is."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "start_date": self.start_date,
                "consumption": self.consumption,
                "system_id": self.system_id,
                "meta": self.meta,
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
        system_id = src_dict.get("system_id", UNSET)
        meta = src_dict.get("meta", UNSET)
        try:
            start_date = src_dict["start_date"]
            consumption = src_dict["consumption"]
            _all_known = len(src_dict) == 2 + (system_id is not UNSET) + (meta is not UNSET)
        except KeyError:
            start_date = src_dict.get("start_date", UNSET)
            consumption = src_dict.get("consumption", UNSET)
            _all_known = False
        if type(start_date) is str:
            start_date = _types.read_date(start_date, deviations, src_dict, "start_date")
        elif start_date is not None and deviations is not None:
            _types.deviate(deviations, src_dict, "start_date", start_date, "string", "null")
        self.start_date = start_date
        if type(consumption) is list:
            _types.check_items(consumption, deviations, "integer")
        elif deviations is not None:
            _types.deviate(deviations, src_dict, "consumption", consumption, "array")
        self.consumption = consumption
        if type(system_id) is not int and system_id is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "system_id", system_id, "integer")
        self.system_id = system_id
        if type(meta) is dict:
            meta = Meta.from_dict(meta, deviations)
        elif meta is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "meta", meta, "object")
        self.meta = meta
        self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return self
