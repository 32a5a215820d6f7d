from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..models.latest_devices import LatestDevices
from ..types import UNSET

_PROPERTIES: frozenset[str] = frozenset(
    (
        "system_id",
        "items",
        "devices",
    )
)


@_attrs_define
class LatestTelemetryResponse(_types.Model):
    system_id: int
    """Number of the system."""
    items: str
    """Name of the property that holds the list."""
    devices: LatestDevices
    """A kind that the system does not have is left out."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "system_id": self.system_id,
                "items": self.items,
                "devices": self.devices,
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
            system_id = src_dict["system_id"]
            items = src_dict["items"]
            devices = src_dict["devices"]
            _all_known = len(src_dict) == 3
        except KeyError:
            system_id = src_dict.get("system_id", UNSET)
            items = src_dict.get("items", UNSET)
            devices = src_dict.get("devices", UNSET)
            _all_known = False
        if type(system_id) is not int and deviations is not None:
            _types.deviate(deviations, src_dict, "system_id", system_id, "integer")
        self.system_id = system_id
        if type(items) is not str and deviations is not None:
            _types.deviate(deviations, src_dict, "items", items, "string")
        self.items = items
        if type(devices) is dict:
            devices = LatestDevices.from_dict(devices, deviations)
        elif deviations is not None:
            _types.deviate(deviations, src_dict, "devices", devices, "object")
        self.devices = devices
        self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return self
