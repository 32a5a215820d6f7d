from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..models.envoy import Envoy
from ..types import UNSET

_PROPERTIES: frozenset[str] = frozenset(
    (
        "system_id",
        "envoys",
    )
)


@_attrs_define
class EnvoysResponse(_types.Model):
    """Active Envoys of a system."""

    system_id: int
    """ID of the system in Enlighten."""
    envoys: list[Envoy]
    """The active Envoys of the system."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "system_id": self.system_id,
                "envoys": self.envoys,
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
            envoys = src_dict["envoys"]
            _all_known = len(src_dict) == 2
        except KeyError:
            system_id = src_dict.get("system_id", UNSET)
            envoys = src_dict.get("envoys", UNSET)
            _all_known = False
        if type(system_id) is not int and deviations is not None:
            _types.deviate(deviations, src_dict, "system_id", system_id, "integer")
        self.system_id = system_id
        if type(envoys) is list:
            envoys = _types.read_objects(Envoy, envoys, deviations)
        elif deviations is not None:
            _types.deviate(deviations, src_dict, "envoys", envoys, "array")
        self.envoys = envoys
        self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return self
