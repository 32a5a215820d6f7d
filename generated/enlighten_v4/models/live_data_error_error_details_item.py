from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types

_PROPERTIES: frozenset[str] = frozenset(())


@_attrs_define
class LiveDataErrorErrorDetailsItem(_types.Model):
    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
            }
        )
        return src_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any], deviations: list[_types.Deviation] | None = None) -> Self:
        """Read a JSON object, whatever is inside.

        What is missing becomes `UNSET`; what is not as specified stays as it came, and is added to `deviations`.
        """
        return cls._from_dicts([src_dict], deviations)[0]

    @classmethod
    def _from_dicts(
        cls, src_dicts: Sequence[Mapping[str, Any]], deviations: list[_types.Deviation] | None
    ) -> list[Self]:
        # A call for each would make a month of intervals take a tenth longer to read, and __init__ a fifth.
        _models = _types.blank(cls, len(src_dicts))
        for self, src_dict in zip(_models, src_dicts):
            self._additional = (
                None if src_dict.keys() <= _PROPERTIES else _types.unknown_properties(src_dict, _PROPERTIES)
            )
        return _models
