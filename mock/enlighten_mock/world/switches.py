"""The switches of a system: what a scenario chooses about it instead of leaving it to the fleet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args, get_origin, get_type_hints

from enlighten_mock.world import draws
from enlighten_mock.world.equipment import Equipment
from enlighten_mock.world.system import Condition, Connection
from enlighten_mock.world.traits import Traits

if TYPE_CHECKING:
    from collections.abc import Mapping

_LIMITS = {"reserve": (0, 100), "battery_units": (1, 20), "gateways": (0, 2)}
_PHASES = (1, 3)


class Switches(NamedTuple):
    """What is chosen about a system.

    Attributes:
        traits: Fields of `Traits`, by name.
        equipment: Fields of `Equipment`, by name.
    """

    traits: Mapping[str, Any] = {}
    equipment: Mapping[str, Any] = {}

    @property
    def variant(self) -> int:
        """A key of all that is chosen; 0 for nothing."""
        chosen = (*sorted(self.traits.items()), *sorted(self.equipment.items()))
        return draws.key(repr(chosen)) if chosen else 0


def parse(entry: Mapping[str, Any]) -> Switches:
    """Return the switches that `entry` names.

    Raises:
        ValueError: There is no such switch, or it cannot be set to that; the message says which.
    """
    words = {"Condition": Condition, "Connection": Connection}
    kinds = {**get_type_hints(Traits, localns=words), **get_type_hints(Equipment), "connection": Connection}
    values = {}
    for name, value in entry.items():
        if name not in kinds:
            raise ValueError(f"a system has no switch {name!r}; there are {', '.join(kinds)}")
        values[name] = _value(name, value, kinds[name])
    return Switches(
        traits={name: value for name, value in values.items() if name in Traits._fields},
        equipment={name: value for name, value in values.items() if name in Equipment._fields},
    )


def _value(name: str, value: Any, kind: Any) -> Any:
    if get_origin(kind) is Literal:
        if value not in get_args(kind):
            raise ValueError(f"{name} is {' or '.join(get_args(kind))}, not {value!r}")
        return value
    if get_origin(kind) is tuple:
        if not isinstance(value, list | tuple):
            raise ValueError(f"{name} is a list, not {value!r}")  # wrong input
        return tuple(_value(name, item, get_args(kind)[0]) for item in value)
    if type(value) is not kind:
        raise ValueError(f"{name} cannot be {value!r}")
    if name == "phases" and value not in _PHASES:
        raise ValueError(f"phases is 1 or 3, not {value!r}")
    low, high = _LIMITS.get(name, (None, None))
    if low is not None and high is not None and not low <= value <= high:
        raise ValueError(f"{name} is from {low} to {high}, not {value!r}")
    return value
