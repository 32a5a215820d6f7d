from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import types as _types
from ..models.micro_inverter import MicroInverter
from ..types import UNSET

T = TypeVar("T", bound="InvertersSummaryByEnvoyOrSiteResponse")

_PROPERTIES = frozenset(
    (
        "signal_strength",
        "micro_inverters",
    )
)


@_attrs_define
class InvertersSummaryByEnvoyOrSiteResponse:
    """Microinverters of a system, with a signal strength."""

    signal_strength: int | None
    """Signal strength. The scale is not documented."""
    micro_inverters: list[MicroInverter]
    """The active microinverters of the system, each with its serial number and model number."""
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **self.additional_properties,
                "signal_strength": self.signal_strength,
                "micro_inverters": self.micro_inverters,
            }
        )
        return src_dict

    @classmethod
    def from_dict(
        cls: type[T], src_dict: Mapping[str, Any], deviations: list[_types.Deviation] | None = None
    ) -> T:
        """Read a JSON object, whatever is inside.

        What is missing becomes `UNSET`; what is not as specified stays as it came, and is added to `deviations`.
        """
        # Not through __init__, which would cost a third of the time of reading.
        self = object.__new__(cls)
        try:
            signal_strength = src_dict["signal_strength"]
            micro_inverters = src_dict["micro_inverters"]
            _all_known = len(src_dict) == 2
        except KeyError:
            signal_strength = src_dict.get("signal_strength", UNSET)
            micro_inverters = src_dict.get("micro_inverters", UNSET)
            _all_known = False
        if type(signal_strength) is not int and signal_strength is not None and deviations is not None:
            _types.deviate(deviations, src_dict, "signal_strength", signal_strength, "integer", "null")
        self.signal_strength = signal_strength
        if type(micro_inverters) is list:
            _items0 = []
            for _index0, _item0 in enumerate(micro_inverters):
                if type(_item0) is dict:
                    _item0 = MicroInverter.from_dict(_item0, deviations)
                elif deviations is not None:
                    _types.deviate(deviations, micro_inverters, _index0, _item0, "object")
                _items0.append(_item0)
            micro_inverters = _items0
        elif deviations is not None:
            _types.deviate(deviations, src_dict, "micro_inverters", micro_inverters, "array")
        self.micro_inverters = micro_inverters
        self.additional_properties = {} if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return self

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
