from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..types import UNSET

_PROPERTIES: frozenset[str] = frozenset(
    (
        "errorCode",
        "errorMessages",
    )
)


@_attrs_define
class DataUnavailableError(_types.Model):
    error_code: int
    """7 in the example."""
    error_messages: list[str]

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "errorCode": self.error_code,
                "errorMessages": self.error_messages,
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
            error_code = src_dict["errorCode"]
            error_messages = src_dict["errorMessages"]
            _all_known = len(src_dict) == 2
        except KeyError:
            error_code = src_dict.get("errorCode", UNSET)
            error_messages = src_dict.get("errorMessages", UNSET)
            _all_known = False
        if type(error_code) is not int and deviations is not None:
            _types.deviate(deviations, src_dict, "errorCode", error_code, "integer")
        self.error_code = error_code
        if type(error_messages) is list:
            _types.check_items(error_messages, deviations, "string")
        elif deviations is not None:
            _types.deviate(deviations, src_dict, "errorMessages", error_messages, "array")
        self.error_messages = error_messages
        self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return self
