from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..models.live_data_message import LiveDataMessage
from ..types import UNSET

_PROPERTIES: frozenset[str] = frozenset(("data",))


@_attrs_define
class LiveDataEvent(_types.Model):
    data: LiveDataMessage

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "data": self.data,
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
            data = src_dict["data"]
            _all_known = len(src_dict) == 1
        except KeyError:
            data = src_dict.get("data", UNSET)
            _all_known = False
        if type(data) is dict:
            data = LiveDataMessage.from_dict(data, deviations)
        elif deviations is not None:
            _types.deviate(deviations, src_dict, "data", data, "object")
        self.data = data
        self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return self
