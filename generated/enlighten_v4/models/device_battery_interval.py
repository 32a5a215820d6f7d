from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..models.device_battery_charge import DeviceBatteryCharge
from ..models.device_battery_flow import DeviceBatteryFlow
from ..types import UNSET

_PROPERTIES: frozenset[str] = frozenset(
    (
        "end_at",
        "charge",
        "discharge",
        "soc",
    )
)


@_attrs_define
class DeviceBatteryInterval(_types.Model):
    end_at: int
    """End of the quarter of an hour. Unix time in seconds."""
    charge: DeviceBatteryFlow
    discharge: DeviceBatteryFlow
    soc: DeviceBatteryCharge

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "end_at": self.end_at,
                "charge": self.charge,
                "discharge": self.discharge,
                "soc": self.soc,
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
                charge = src_dict["charge"]
                discharge = src_dict["discharge"]
                soc = src_dict["soc"]
                _all_known = len(src_dict) == 4
            except KeyError:
                end_at = src_dict.get("end_at", UNSET)
                charge = src_dict.get("charge", UNSET)
                discharge = src_dict.get("discharge", UNSET)
                soc = src_dict.get("soc", UNSET)
                _all_known = False
            if type(end_at) is not int and deviations is not None:
                _types.deviate(deviations, src_dict, "end_at", end_at, "integer")
            self.end_at = end_at
            if type(charge) is dict:
                charge = DeviceBatteryFlow.from_dict(charge, deviations)
            elif deviations is not None:
                _types.deviate(deviations, src_dict, "charge", charge, "object")
            self.charge = charge
            if type(discharge) is dict:
                discharge = DeviceBatteryFlow.from_dict(discharge, deviations)
            elif deviations is not None:
                _types.deviate(deviations, src_dict, "discharge", discharge, "object")
            self.discharge = discharge
            if type(soc) is dict:
                soc = DeviceBatteryCharge.from_dict(soc, deviations)
            elif deviations is not None:
                _types.deviate(deviations, src_dict, "soc", soc, "object")
            self.soc = soc
            self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return _models
