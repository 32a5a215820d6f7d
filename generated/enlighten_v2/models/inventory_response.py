from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..models.inventory_envoy import InventoryEnvoy
from ..models.inventory_inverter import InventoryInverter
from ..models.inventory_meter import InventoryMeter
from ..models.meta import Meta
from ..types import UNSET, Unset

_PROPERTIES: frozenset[str] = frozenset(
    (
        "system_id",
        "inverters",
        "envoys",
        "meters",
        "meta",
    )
)


@_attrs_define
class InventoryResponse(_types.Model):
    """Active devices of a system."""

    system_id: int
    """ID of the system in Enlighten."""
    inverters: list[InventoryInverter]
    """The inverters of the system, each with its serial number and model number."""
    envoys: list[InventoryEnvoy] | Unset = UNSET
    """The Envoys of the system, each with its serial number."""
    meters: list[InventoryMeter] | Unset = UNSET
    """The meters of the system, each with its serial number, manufacturer and model number."""
    meta: Meta | Unset = UNSET
    """State of the system, from which to tell how up to date the production data in a response is."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "system_id": self.system_id,
                "inverters": self.inverters,
                "envoys": self.envoys,
                "meters": self.meters,
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
        envoys = src_dict.get("envoys", UNSET)
        meters = src_dict.get("meters", UNSET)
        meta = src_dict.get("meta", UNSET)
        try:
            system_id = src_dict["system_id"]
            inverters = src_dict["inverters"]
            _all_known = len(src_dict) == 2 + (envoys is not UNSET) + (meters is not UNSET) + (meta is not UNSET)
        except KeyError:
            system_id = src_dict.get("system_id", UNSET)
            inverters = src_dict.get("inverters", UNSET)
            _all_known = False
        if type(system_id) is not int and deviations is not None:
            _types.deviate(deviations, src_dict, "system_id", system_id, "integer")
        self.system_id = system_id
        if type(inverters) is list:
            inverters = _types.read_objects(InventoryInverter, inverters, deviations)
        elif deviations is not None:
            _types.deviate(deviations, src_dict, "inverters", inverters, "array")
        self.inverters = inverters
        if type(envoys) is list:
            envoys = _types.read_objects(InventoryEnvoy, envoys, deviations)
        elif envoys is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "envoys", envoys, "array")
        self.envoys = envoys
        if type(meters) is list:
            meters = _types.read_objects(InventoryMeter, meters, deviations)
        elif meters is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "meters", meters, "array")
        self.meters = meters
        if type(meta) is dict:
            meta = Meta.from_dict(meta, deviations)
        elif meta is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "meta", meta, "object")
        self.meta = meta
        self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return self
