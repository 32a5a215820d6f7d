from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import types as _types
from ..models.ev_charger_session import EvChargerSession
from ..types import UNSET

_PROPERTIES: frozenset[str] = frozenset(
    (
        "count",
        "system_id",
        "sessions",
    )
)


@_attrs_define
class EvChargerSessionsResponse(_types.Model):
    count: int
    """Number of sessions."""
    system_id: int
    """Number of the system."""
    sessions: list[EvChargerSession]

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model; what `from_dict` read comes back unchanged."""
        src_dict: dict[str, Any] = _types.to_json(
            {
                **(self._additional or {}),
                "count": self.count,
                "system_id": self.system_id,
                "sessions": self.sessions,
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
            count = src_dict["count"]
            system_id = src_dict["system_id"]
            sessions = src_dict["sessions"]
            _all_known = len(src_dict) == 3
        except KeyError:
            count = src_dict.get("count", UNSET)
            system_id = src_dict.get("system_id", UNSET)
            sessions = src_dict.get("sessions", UNSET)
            _all_known = False
        if type(count) is not int and deviations is not None:
            _types.deviate(deviations, src_dict, "count", count, "integer")
        self.count = count
        if type(system_id) is not int and deviations is not None:
            _types.deviate(deviations, src_dict, "system_id", system_id, "integer")
        self.system_id = system_id
        if type(sessions) is list:
            sessions = _types.read_objects(EvChargerSession, sessions, deviations)
        elif deviations is not None:
            _types.deviate(deviations, src_dict, "sessions", sessions, "array")
        self.sessions = sessions
        self._additional = None if _all_known else _types.unknown_properties(src_dict, _PROPERTIES)
        return self
