from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..types import UNSET

_PROPERTIES: frozenset[str] = frozenset(
    (
        "id",
        "name",
        "channel",
        "last_report_at",
        "power",
    )
)


@_attrs_define
class LatestMeter(_types.Model):
    id: int
    """Number of the meter."""
    name: str
    """production or consumption as a rule."""
    channel: int
    """Phase channel; there are three entries per meter, unused ones hold null."""
    last_report_at: int | None
    """When it last reported; null if more than seven days ago or never. Unix time in seconds."""
    power: int | None
    """Watts; null if older than seven days."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "id": self.id,
                "name": self.name,
                "channel": self.channel,
                "last_report_at": self.last_report_at,
                "power": self.power,
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
            try:
                id = src_dict["id"]
                name = src_dict["name"]
                channel = src_dict["channel"]
                last_report_at = src_dict["last_report_at"]
                power = src_dict["power"]
                _all_known = len(src_dict) == 5
            except KeyError:
                id = src_dict.get("id", UNSET)
                name = src_dict.get("name", UNSET)
                channel = src_dict.get("channel", UNSET)
                last_report_at = src_dict.get("last_report_at", UNSET)
                power = src_dict.get("power", UNSET)
                _all_known = False
            if type(id) is not int and deviations is not None:
                _types.deviate(deviations, src_dict, "id", id, "integer")
            self.id = id
            if type(name) is not str and deviations is not None:
                _types.deviate(deviations, src_dict, "name", name, "string")
            self.name = name
            if type(channel) is not int and deviations is not None:
                _types.deviate(deviations, src_dict, "channel", channel, "integer")
            self.channel = channel
            if type(last_report_at) is not int and last_report_at is not None and deviations is not None:
                _types.deviate(deviations, src_dict, "last_report_at", last_report_at, "integer", "null")
            self.last_report_at = last_report_at
            if type(power) is not int and power is not None and deviations is not None:
                _types.deviate(deviations, src_dict, "power", power, "integer", "null")
            self.power = power
            self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return _models
