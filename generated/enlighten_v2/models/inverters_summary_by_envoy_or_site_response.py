from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..models.micro_inverter import MicroInverter
from ..types import UNSET

_PROPERTIES: frozenset[str] = frozenset(
    (
        "signal_strength",
        "micro_inverters",
    )
)


@_attrs_define
class InvertersSummaryByEnvoyOrSiteResponse(_types.Model):
    """Microinverters of a system, with a signal strength."""

    signal_strength: int | None
    """Signal strength. The scale is not documented."""
    micro_inverters: list[MicroInverter]
    """The active microinverters of the system, each with its serial number and model number."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "signal_strength": self.signal_strength,
                "micro_inverters": self.micro_inverters,
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
            signal_strength = src_dict["signal_strength"]
            micro_inverters = src_dict["micro_inverters"]
            _all_known = len(src_dict) == 2
        except KeyError:
            signal_strength = src_dict.get("signal_strength", UNSET)
            micro_inverters = src_dict.get("micro_inverters", UNSET)
            _all_known = False
        if type(signal_strength) is not int and signal_strength is not None and deviations is not None:
            _types.deviate(deviations, src_dict, "signal_strength", signal_strength, "integer", "null")
        self.signal_strength = signal_strength
        if type(micro_inverters) is list:
            micro_inverters = _types.read_objects(MicroInverter, micro_inverters, deviations)
        elif deviations is not None:
            _types.deviate(deviations, src_dict, "micro_inverters", micro_inverters, "array")
        self.micro_inverters = micro_inverters
        self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return self
