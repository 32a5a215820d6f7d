from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..models.ev_charger_groups import EvChargerGroups
from ..types import UNSET, Unset

_PROPERTIES: frozenset[str] = frozenset(
    (
        "system_id",
        "devices",
        "items",
        "total_devices",
    )
)


@_attrs_define
class EvChargerDevicesResponse(_types.Model):
    system_id: int
    """Number of the system."""
    devices: EvChargerGroups
    items: str | Unset = UNSET
    """Name of the property that holds the list."""
    total_devices: int | Unset = UNSET
    """Number of chargers."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "system_id": self.system_id,
                "devices": self.devices,
                "items": self.items,
                "total_devices": self.total_devices,
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
        items = src_dict.get("items", UNSET)
        total_devices = src_dict.get("total_devices", UNSET)
        try:
            system_id = src_dict["system_id"]
            devices = src_dict["devices"]
            _all_known = len(src_dict) == 2 + (items is not UNSET) + (total_devices is not UNSET)
        except KeyError:
            system_id = src_dict.get("system_id", UNSET)
            devices = src_dict.get("devices", UNSET)
            _all_known = False
        if type(system_id) is not int and deviations is not None:
            _types.deviate(deviations, src_dict, "system_id", system_id, "integer")
        self.system_id = system_id
        if type(devices) is dict:
            devices = EvChargerGroups.from_dict(devices, deviations)
        elif deviations is not None:
            _types.deviate(deviations, src_dict, "devices", devices, "object")
        self.devices = devices
        if type(items) is not str and items is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "items", items, "string")
        self.items = items
        if type(total_devices) is not int and total_devices is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "total_devices", total_devices, "integer")
        self.total_devices = total_devices
        self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return self
