from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..types import UNSET, Unset

_PROPERTIES: frozenset[str] = frozenset(
    (
        "status",
        "triggered_date",
        "cleared_date",
        "details",
    )
)


@_attrs_define
class EvChargerEvent(_types.Model):
    status: str | Unset = UNSET
    """As for system events."""
    triggered_date: int | Unset = UNSET
    """When it began. Unix time in seconds."""
    cleared_date: int | None | Unset = UNSET
    """When it ended. Unix time in seconds."""
    details: str | Unset = UNSET
    """Text."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "status": self.status,
                "triggered_date": self.triggered_date,
                "cleared_date": self.cleared_date,
                "details": self.details,
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
            status = src_dict.get("status", UNSET)
            triggered_date = src_dict.get("triggered_date", UNSET)
            cleared_date = src_dict.get("cleared_date", UNSET)
            details = src_dict.get("details", UNSET)
            if type(status) is not str and status is not UNSET and deviations is not None:
                _types.deviate(deviations, src_dict, "status", status, "string")
            self.status = status
            if type(triggered_date) is not int and triggered_date is not UNSET and deviations is not None:
                _types.deviate(deviations, src_dict, "triggered_date", triggered_date, "integer")
            self.triggered_date = triggered_date
            if (
                type(cleared_date) is not int
                and cleared_date is not None
                and cleared_date is not UNSET
                and deviations is not None
            ):
                _types.deviate(deviations, src_dict, "cleared_date", cleared_date, "integer", "null")
            self.cleared_date = cleared_date
            if type(details) is not str and details is not UNSET and deviations is not None:
                _types.deviate(deviations, src_dict, "details", details, "string")
            self.details = details
            self._additional = (
                None if src_dict.keys() <= _PROPERTIES else _types.unknown_properties(src_dict, _PROPERTIES)
            )
        return _models
