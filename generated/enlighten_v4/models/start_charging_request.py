from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..types import UNSET

_PROPERTIES: frozenset[str] = frozenset(
    (
        "connectorId",
        "chargingLevel",
    )
)


@_attrs_define
class StartChargingRequest(_types.Model):
    connector_id: str
    """Connector, a positive whole number as a text."""
    charging_level: str
    """Charging current in percent, 0 to 100, as a text."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "connectorId": self.connector_id,
                "chargingLevel": self.charging_level,
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
            connector_id = src_dict["connectorId"]
            charging_level = src_dict["chargingLevel"]
            _all_known = len(src_dict) == 2
        except KeyError:
            connector_id = src_dict.get("connectorId", UNSET)
            charging_level = src_dict.get("chargingLevel", UNSET)
            _all_known = False
        if type(connector_id) is not str and deviations is not None:
            _types.deviate(deviations, src_dict, "connectorId", connector_id, "string")
        self.connector_id = connector_id
        if type(charging_level) is not str and deviations is not None:
            _types.deviate(deviations, src_dict, "chargingLevel", charging_level, "string")
        self.charging_level = charging_level
        self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return self
