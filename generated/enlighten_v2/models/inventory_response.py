from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import types as _types
from ..models.inventory_envoy import InventoryEnvoy
from ..models.inventory_inverter import InventoryInverter
from ..models.inventory_meter import InventoryMeter
from ..models.meta import Meta
from ..types import UNSET, Unset

T = TypeVar("T", bound="InventoryResponse")

_PROPERTIES = frozenset(
    (
        "system_id",
        "inverters",
        "envoys",
        "meters",
        "meta",
    )
)


@_attrs_define
class InventoryResponse:
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
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **self.additional_properties,
                "system_id": self.system_id,
                "inverters": self.inverters,
                "envoys": self.envoys,
                "meters": self.meters,
                "meta": self.meta,
            }
        )
        return src_dict

    @classmethod
    def from_dict(
        cls: type[T], src_dict: Mapping[str, Any], deviations: list[_types.Deviation] | None = None
    ) -> T:
        """Read a JSON object, whatever is inside.

        What is missing becomes `UNSET`; what is not as specified stays as it came, and is added to `deviations`.
        """
        # Not through __init__, which would cost a third of the time of reading.
        self = object.__new__(cls)
        envoys = src_dict.get("envoys", UNSET)
        meters = src_dict.get("meters", UNSET)
        meta = src_dict.get("meta", UNSET)
        try:
            system_id = src_dict["system_id"]
            inverters = src_dict["inverters"]
        except KeyError:
            system_id = src_dict.get("system_id", UNSET)
            inverters = src_dict.get("inverters", UNSET)
        if type(system_id) is not int and deviations is not None:
            _types.deviate(deviations, src_dict, "system_id", system_id, "integer")
        self.system_id = system_id
        if type(inverters) is list:
            _items0 = []
            for _index0, _item0 in enumerate(inverters):
                if type(_item0) is dict:
                    _item0 = InventoryInverter.from_dict(_item0, deviations)
                elif deviations is not None:
                    _types.deviate(deviations, inverters, _index0, _item0, "object")
                _items0.append(_item0)
            inverters = _items0
        elif deviations is not None:
            _types.deviate(deviations, src_dict, "inverters", inverters, "array")
        self.inverters = inverters
        if type(envoys) is list:
            _items0 = []
            for _index0, _item0 in enumerate(envoys):
                if type(_item0) is dict:
                    _item0 = InventoryEnvoy.from_dict(_item0, deviations)
                elif deviations is not None:
                    _types.deviate(deviations, envoys, _index0, _item0, "object")
                _items0.append(_item0)
            envoys = _items0
        elif envoys is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "envoys", envoys, "array")
        self.envoys = envoys
        if type(meters) is list:
            _items0 = []
            for _index0, _item0 in enumerate(meters):
                if type(_item0) is dict:
                    _item0 = InventoryMeter.from_dict(_item0, deviations)
                elif deviations is not None:
                    _types.deviate(deviations, meters, _index0, _item0, "object")
                _items0.append(_item0)
            meters = _items0
        elif meters is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "meters", meters, "array")
        self.meters = meters
        if type(meta) is dict:
            meta = Meta.from_dict(meta, deviations)
        elif meta is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "meta", meta, "object")
        self.meta = meta
        self.additional_properties = (
            {} if src_dict.keys() <= _PROPERTIES else _types.unknown_properties(src_dict, _PROPERTIES)
        )
        return self

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
