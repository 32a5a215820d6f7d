from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..types import UNSET, Unset

_PROPERTIES: frozenset[str] = frozenset(
    (
        "sn",
        "manufacturer",
        "model",
        "status",
        "state",
    )
)


@_attrs_define
class InventoryMeter(_types.Model):
    """One meter."""

    sn: str
    """Serial number of the meter."""
    manufacturer: str
    """Manufacturer of the meter."""
    model: str
    """Model number of the meter."""
    status: str | Unset = UNSET
    """Status of the meter. The possible values are not documented."""
    state: str | Unset = UNSET
    """State of the meter. The possible values are not documented."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "sn": self.sn,
                "manufacturer": self.manufacturer,
                "model": self.model,
                "status": self.status,
                "state": self.state,
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
            state = src_dict.get("state", UNSET)
            try:
                sn = src_dict["sn"]
                manufacturer = src_dict["manufacturer"]
                model = src_dict["model"]
                _all_known = len(src_dict) == 3 + (status is not UNSET) + (state is not UNSET)
            except KeyError:
                sn = src_dict.get("sn", UNSET)
                manufacturer = src_dict.get("manufacturer", UNSET)
                model = src_dict.get("model", UNSET)
                _all_known = False
            if type(sn) is not str and deviations is not None:
                _types.deviate(deviations, src_dict, "sn", sn, "string")
            self.sn = sn
            if type(manufacturer) is not str and deviations is not None:
                _types.deviate(deviations, src_dict, "manufacturer", manufacturer, "string")
            self.manufacturer = manufacturer
            if type(model) is not str and deviations is not None:
                _types.deviate(deviations, src_dict, "model", model, "string")
            self.model = model
            if type(status) is not str and status is not UNSET and deviations is not None:
                _types.deviate(deviations, src_dict, "status", status, "string")
            self.status = status
            if type(state) is not str and state is not UNSET and deviations is not None:
                _types.deviate(deviations, src_dict, "state", state, "string")
            self.state = state
            self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return _models
