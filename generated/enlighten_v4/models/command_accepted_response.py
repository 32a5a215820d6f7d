from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..types import UNSET

_PROPERTIES: frozenset[str] = frozenset(("message",))


@_attrs_define
class CommandAcceptedResponse(_types.Model):
    message: str
    """Text."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "message": self.message,
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
            message = src_dict["message"]
            _all_known = len(src_dict) == 1
        except KeyError:
            message = src_dict.get("message", UNSET)
            _all_known = False
        if type(message) is not str and deviations is not None:
            _types.deviate(deviations, src_dict, "message", message, "string")
        self.message = message
        self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return self
