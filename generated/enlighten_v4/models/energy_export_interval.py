from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..types import UNSET

_PROPERTIES: frozenset[str] = frozenset(
    (
        "end_at",
        "wh_exported",
    )
)


@_attrs_define
class EnergyExportInterval(_types.Model):
    end_at: int
    """End of the quarter of an hour. Unix time in seconds."""
    wh_exported: int
    """Watt-hours given to the grid."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "end_at": self.end_at,
                "wh_exported": self.wh_exported,
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
            end_at = src_dict["end_at"]
            wh_exported = src_dict["wh_exported"]
            _all_known = len(src_dict) == 2
        except KeyError:
            end_at = src_dict.get("end_at", UNSET)
            wh_exported = src_dict.get("wh_exported", UNSET)
            _all_known = False
        if type(end_at) is not int and deviations is not None:
            _types.deviate(deviations, src_dict, "end_at", end_at, "integer")
        self.end_at = end_at
        if type(wh_exported) is not int and deviations is not None:
            _types.deviate(deviations, src_dict, "wh_exported", wh_exported, "integer")
        self.wh_exported = wh_exported
        self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return self
