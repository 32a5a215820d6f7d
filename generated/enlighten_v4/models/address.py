from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..types import UNSET, Unset

_PROPERTIES: frozenset[str] = frozenset(
    (
        "city",
        "state",
        "country",
        "postal_code",
    )
)


@_attrs_define
class Address(_types.Model):
    """Where the system stands. Every part may be null."""

    city: None | str | Unset = UNSET
    """City. Not part of the search answer."""
    state: None | str | Unset = UNSET
    """State or province code."""
    country: None | str | Unset = UNSET
    """Two-letter country code."""
    postal_code: None | str | Unset = UNSET
    """Postal code."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "city": self.city,
                "state": self.state,
                "country": self.country,
                "postal_code": self.postal_code,
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
        city = src_dict.get("city", UNSET)
        state = src_dict.get("state", UNSET)
        country = src_dict.get("country", UNSET)
        postal_code = src_dict.get("postal_code", UNSET)
        if type(city) is not str and city is not None and city is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "city", city, "string", "null")
        self.city = city
        if type(state) is not str and state is not None and state is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "state", state, "string", "null")
        self.state = state
        if type(country) is not str and country is not None and country is not UNSET and deviations is not None:
            _types.deviate(deviations, src_dict, "country", country, "string", "null")
        self.country = country
        if (
            type(postal_code) is not str
            and postal_code is not None
            and postal_code is not UNSET
            and deviations is not None
        ):
            _types.deviate(deviations, src_dict, "postal_code", postal_code, "string", "null")
        self.postal_code = postal_code
        self._additional = None if src_dict.keys() <= _PROPERTIES else _types.unknown_properties(src_dict, _PROPERTIES)
        return self
