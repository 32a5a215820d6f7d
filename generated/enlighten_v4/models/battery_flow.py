from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..types import UNSET, Unset

_PROPERTIES: frozenset[str] = frozenset(
    (
        "enwh",
        "devices_reporting",
    )
)


@_attrs_define
class BatteryFlow(_types.Model):
    enwh: int
    """Energy in watt-hours."""
    devices_reporting: int | Unset = UNSET
    """Batteries heard for this interval so far; may rise when late reports come in."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
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
        # Not through __init__, which takes longer.
        self = object.__new__(cls)
        devices_reporting = src_dict.get("devices_reporting", UNSET)
        try:
            enwh = src_dict["enwh"]
            _all_known = len(src_dict) == 1 + (devices_reporting is not UNSET)
        except KeyError:
            enwh = src_dict.get("enwh", UNSET)
            _all_known = False
        if type(enwh) is not int and deviations is not None:
            _types.deviate(deviations, src_dict, "enwh", enwh, "integer")
        self.enwh = enwh
        if type(devices_reporting) is not int and devices_reporting is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "devices_reporting", devices_reporting, "integer")
        self.devices_reporting = devices_reporting
        self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return self
