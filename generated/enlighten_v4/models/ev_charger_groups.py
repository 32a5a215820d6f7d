from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..models.ev_charger import EvCharger
from ..types import UNSET, Unset

_PROPERTIES: frozenset[str] = frozenset(("ev_chargers",))


@_attrs_define
class EvChargerGroups(_types.Model):
    ev_chargers: list[EvCharger] | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "ev_chargers": self.ev_chargers,
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
        ev_chargers = src_dict.get("ev_chargers", UNSET)
        if type(ev_chargers) is list:
            ev_chargers = _types.read_objects(EvCharger, ev_chargers, deviations)
        elif ev_chargers is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "ev_chargers", ev_chargers, "array")
        self.ev_chargers = ev_chargers
        self._additional = None if src_dict.keys() <= _PROPERTIES else _types.unknown_properties(src_dict, _PROPERTIES)
        return self
