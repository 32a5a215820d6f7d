from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..models.latest_encharge import LatestEncharge
from ..models.latest_evse import LatestEvse
from ..models.latest_heat_pump import LatestHeatPump
from ..models.latest_meter import LatestMeter
from ..types import UNSET, Unset

_PROPERTIES: frozenset[str] = frozenset(
    (
        "meters",
        "encharges",
        "heat-pump",
        "evse",
    )
)


@_attrs_define
class LatestDevices(_types.Model):
    """A kind that the system does not have is left out."""

    meters: list[LatestMeter] | Unset = UNSET
    encharges: list[LatestEncharge] | Unset = UNSET
    heat_pump: list[LatestHeatPump] | Unset = UNSET
    evse: list[LatestEvse] | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "meters": self.meters,
                "encharges": self.encharges,
                "heat-pump": self.heat_pump,
                "evse": self.evse,
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
        meters = src_dict.get("meters", UNSET)
        encharges = src_dict.get("encharges", UNSET)
        heat_pump = src_dict.get("heat-pump", UNSET)
        evse = src_dict.get("evse", UNSET)
        if type(meters) is list:
            meters = _types.read_objects(LatestMeter, meters, deviations)
        elif meters is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "meters", meters, "array")
        self.meters = meters
        if type(encharges) is list:
            encharges = _types.read_objects(LatestEncharge, encharges, deviations)
        elif encharges is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "encharges", encharges, "array")
        self.encharges = encharges
        if type(heat_pump) is list:
            heat_pump = _types.read_objects(LatestHeatPump, heat_pump, deviations)
        elif heat_pump is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "heat-pump", heat_pump, "array")
        self.heat_pump = heat_pump
        if type(evse) is list:
            evse = _types.read_objects(LatestEvse, evse, deviations)
        elif evse is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "evse", evse, "array")
        self.evse = evse
        self._additional = None if src_dict.keys() <= _PROPERTIES else _types.unknown_properties(src_dict, _PROPERTIES)
        return self
