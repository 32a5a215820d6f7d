from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..types import UNSET

_PROPERTIES: frozenset[str] = frozenset(
    (
        "consumption",
        "end_at",
    )
)


@_attrs_define
class EvChargerInterval(_types.Model):
    consumption: int
    """Watt-hours."""
    end_at: int
    """End of the quarter of an hour. Unix time in seconds."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "consumption": self.consumption,
                "end_at": self.end_at,
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
                consumption = src_dict["consumption"]
                end_at = src_dict["end_at"]
                _all_known = len(src_dict) == 2
            except KeyError:
                consumption = src_dict.get("consumption", UNSET)
                end_at = src_dict.get("end_at", UNSET)
                _all_known = False
            if type(consumption) is not int and deviations is not None:
                _types.deviate(deviations, src_dict, "consumption", consumption, "integer")
            self.consumption = consumption
            if type(end_at) is not int and deviations is not None:
                _types.deviate(deviations, src_dict, "end_at", end_at, "integer")
            self.end_at = end_at
            self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return _models
