from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..types import UNSET

_PROPERTIES: frozenset[str] = frozenset(
    (
        "end_at",
        "powr",
        "enwh",
    )
)


@_attrs_define
class MicroInterval(_types.Model):
    end_at: int
    """End of the five minutes. Unix time in seconds."""
    powr: int
    """Average power in watts."""
    enwh: int
    """Energy in watt-hours."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "end_at": self.end_at,
                "powr": self.powr,
                "enwh": self.enwh,
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
                powr = src_dict["powr"]
                enwh = src_dict["enwh"]
                _all_known = len(src_dict) == 3
            except KeyError:
                end_at = src_dict.get("end_at", UNSET)
                powr = src_dict.get("powr", UNSET)
                enwh = src_dict.get("enwh", UNSET)
                _all_known = False
            if type(end_at) is not int and deviations is not None:
                _types.deviate(deviations, src_dict, "end_at", end_at, "integer")
            self.end_at = end_at
            if type(powr) is not int and deviations is not None:
                _types.deviate(deviations, src_dict, "powr", powr, "integer")
            self.powr = powr
            if type(enwh) is not int and deviations is not None:
                _types.deviate(deviations, src_dict, "enwh", enwh, "integer")
            self.enwh = enwh
            self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return _models
