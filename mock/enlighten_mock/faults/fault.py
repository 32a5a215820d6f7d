"""The faults that can be asked for. `effects` says what each kind does to a response."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from enlighten_mock.faults.targets import TARGETS, UNCALLED, Target

Kind = Literal[
    "latency",
    "clock",
    "conflict",
    "unauthorized",
    "forbidden",
    "not_found",
    "server_error",
    "bad_gateway",
    "unavailable",
    "stream",
    "cut",
    "malformed",
    "wrong_types",
    "nulls",
    "missing",
    "unknown_enum",
    "repeat_cursor",
]

_USES: Mapping[str, tuple[str, ...]] = {
    "seconds": ("latency", "clock"),
    "period": ("conflict",),
    "fields": ("wrong_types", "nulls", "missing", "unknown_enum"),
    "value": ("unknown_enum",),
    "at": ("cut",),
}
"""The kinds that a property is for, where that is not all."""

_LONGEST = 10 * 365 * 86_400

ANY = "*"
"""The `operation` of a fault that hits all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something that goes wrong with requests.

    Attributes:
        kind: What goes wrong.
        api: The API whose requests it hits, `v2`, `v4` or `oauth`, or `*` for all that have the operation.
        operation: The operation id that it hits, or `*` for all; those of OAuth are hit where one of both is named.
        system_id: The only system that it hits, or None for all.
        share: Of the requests it could hit, how many it does, from 0 to 1.
        after: How many requests that it could hit pass before the first.
        count: How many requests it hits at most; None for no end.
        seconds: How long a `latency` is, or how far ahead a `clock` is.
        period: Which limit a `conflict` is about, `minute` or `month`.
        shape: Which of several bodies is sent; see `effects`.
        fields: The names of the JSON properties that are hit; none to hit one that is drawn.
        value: What an `unknown_enum` puts in place.
        at: At which part of its body a response is `cut`, from 0 to 1.
    """

    kind: Kind
    api: str = ANY
    operation: str = ANY
    system_id: int | None = None
    share: float = 1.0
    after: int = 0
    count: int | None = None
    seconds: float = 0.0
    period: str = "minute"
    shape: str = ""
    fields: tuple[str, ...] = ()
    value: str = "unknown"
    at: float = 0.5

    def __post_init__(self) -> None:
        for name, allowed in (
            ("kind", get_args(Kind)),
            ("api", (ANY, *TARGETS)),
            ("operation", (ANY, *(operation for target in self._targets for operation in target.operations))),
            ("period", ("minute", "month")),
        ):
            if getattr(self, name) not in allowed:
                raise ValueError(f"a fault's {name} is one of {', '.join(allowed)}, not {getattr(self, name)!r}")
        self._check_shape()
        for name in ("share", "at"):
            if not 0 <= getattr(self, name) <= 1:
                raise ValueError(f"a fault's {name} is from 0 to 1, not {getattr(self, name)!r}")
        if not abs(self.seconds) <= _LONGEST:
            raise ValueError(f"a fault's seconds are at most {_LONGEST}, not {self.seconds!r}")
        if self.kind in ("latency", "clock") and not self.seconds:
            raise ValueError(f"the fault {self.kind!r} needs its seconds")
        for name in ("after", "count", "seconds") if self.kind != "clock" else ("after", "count"):
            if (getattr(self, name) or 0) < 0:
                raise ValueError(f"a fault's {name} is not negative, as {getattr(self, name)!r} is")
        self._check_effect()

    def is_about(self, api: str, operation: str) -> bool:
        """Return whether it hits requests to an operation of an API."""
        if api in UNCALLED and self.operation == ANY and self.api != api:
            return False
        return self.api in (ANY, api) and self.operation in (ANY, operation)

    @property
    def _targets(self) -> list[Target]:
        """What it may hit."""
        found = [target for name, target in TARGETS.items() if self.api in (ANY, name)]
        return [target for target in found if self.operation in (ANY, *target.operations)] or found

    def _check_shape(self) -> None:
        kinds = [shape for target in self._targets for kind, shape in target.failures if kind == self.kind]
        failing = any(kind == self.kind for target in TARGETS.values() for kind, _ in target.failures)
        if failing and not kinds:
            raise ValueError(f"no {self.operation} of {self.api} has the fault {self.kind!r}")
        shapes = list(dict.fromkeys(kinds)) or [""]
        if self.shape not in shapes:
            named = f"one of {', '.join(map(repr, shapes))}" if len(shapes) > 1 else "left out"
            raise ValueError(f"the shape of the fault {self.kind!r} is {named}, not {self.shape!r}")

    def _check_effect(self) -> None:
        """Reject what would never happen, so that no test passes because its fault hit nothing."""
        for item in dataclasses.fields(self):
            kinds = _USES.get(item.name, (self.kind,))
            if self.kind not in kinds and getattr(self, item.name) != item.default:
                raise ValueError(f"a fault's {item.name} is for {', '.join(kinds)}; leave it out for {self.kind}")
        paged = [operation for target in self._targets for operation in target.paged]
        if self.kind == "repeat_cursor" and self.operation not in (ANY, *paged):
            raise ValueError(
                f"the fault 'repeat_cursor' hits {' and '.join(paged)}, not {self.operation}, which has no cursor"
            )
        without = [operation for target in self._targets for operation in target.without_system]
        if self.system_id is not None and (self.operation in without or self.kind == "repeat_cursor"):
            raise ValueError(f"a fault of {' or '.join(without)} has no system_id: their requests are about no system")


def parse(entry: object) -> Fault:
    """Return the fault that a table of a scenario, or a JSON object, describes.

    Raises:
        ValueError: It does not describe a fault.
    """
    if not isinstance(entry, Mapping):
        raise ValueError(f"a fault is a table of its properties, not {entry!r}")  # noqa: TRY004  # wrong input, as below
    known = {item.name: item for item in dataclasses.fields(Fault)}
    for name, value in entry.items():
        if name not in known:
            raise ValueError(f"a fault has no property {name!r}; it has {', '.join(known)}")
        if not _fits(value, str(known[name].type)):
            raise ValueError(f"a fault's {name} cannot be {value!r}")
    values: dict[str, Any] = dict(entry)
    if "kind" not in values:
        raise ValueError(f"a fault needs a kind: one of {', '.join(get_args(Kind))}")
    return Fault(**{**values, "fields": tuple(values.get("fields", ()))})


def _fits(value: object, declared: str) -> bool:
    if declared.startswith("tuple"):
        return isinstance(value, list | tuple) and all(isinstance(item, str) for item in value)
    if "float" in declared:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if "int" in declared:
        return (isinstance(value, int) and not isinstance(value, bool)) or (value is None and "None" in declared)
    return isinstance(value, str)
