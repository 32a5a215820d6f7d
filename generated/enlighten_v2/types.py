"""What the models and operations share: absent values, open enumerations, and lenient reading."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, MutableMapping, Sequence
from enum import Enum, StrEnum
from http import HTTPStatus
from itertools import repeat
from typing import Any, Generic, Literal, NamedTuple, Self, TypeVar

from attrs import define, field


class Unset:
    """The type of `UNSET`, which stands for a value that is absent, as opposed to null."""

    __slots__ = ()

    def __new__(cls) -> Self:
        # `UNSET` is not there yet when this module makes it.
        existing: Self | None = globals().get("UNSET")
        return super().__new__(cls) if existing is None else existing

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "UNSET"

    def __reduce__(self) -> str:
        # The name of a global: pickle and copy then take the object that is there instead of making another one.
        return "UNSET"


UNSET: Unset = Unset()


class OpenEnum(StrEnum):
    """An enumeration of strings that keeps values it does not know.

    `Status("a new one")` is a `Status` that equals and prints as its string. It is no member when the enumeration is
    iterated or counted, and nothing remembers it, so that values a stranger sends do not pile up.
    """

    @property
    def is_unknown(self) -> bool:
        """Whether the specification does not list this value."""
        return self._value_ not in type(self)._value2member_map_

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, str):
            return None
        member = str.__new__(cls, value)
        member._name_ = member._value_ = str(value)
        return member

    def __reduce_ex__(self, protocol: object) -> tuple[type[Self], tuple[str]]:
        return type(self), (self._value_,)

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self


@define
class Model:
    """What all models have: the properties that the specification does not name, kept as they came."""

    # None for none: nearly every model has none, and a dict for each would double what a long series takes.
    _additional: dict[str, Any] | None = field(
        init=False, default=None, repr=False, eq=lambda additional: additional or None
    )

    @property
    def additional_properties(self) -> dict[str, Any]:
        """Properties that the specification does not name; what is put here is part of `to_dict()`."""
        if self._additional is None:
            self._additional = {}
        return self._additional

    @additional_properties.setter
    def additional_properties(self, value: dict[str, Any]) -> None:
        self._additional = value

    @property
    def additional_keys(self) -> list[str]:
        """The names of the additional properties."""
        return list(self._additional or ())

    def to_dict(self) -> dict[str, Any]:
        """The JSON object for this model."""
        raise NotImplementedError

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any], deviations: list[Deviation] | None = None) -> Self:
        """Read a JSON object, whatever is inside."""
        raise NotImplementedError

    @classmethod
    def _from_dicts(cls, src_dicts: Sequence[Mapping[str, Any]], deviations: list[Deviation] | None) -> list[Self]:
        """Read JSON objects, which the models that are items of lists do faster than one by one."""
        return [cls.from_dict(src_dict, deviations) for src_dict in src_dicts]

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in (self._additional or ())


class Deviation(NamedTuple):
    """One place where a body is not what the specification says.

    Attributes:
        container: The object or list, as it came, in which the deviation sits. Look for it by identity.
        key: The property's name or the list's index.
        kind: `missing`: a required property is not there; `null`: null where it is not allowed; `enum`: a value that
            the enumeration does not list; `container`: something else where an object or array belongs; `type`: a
            leaf of another type, or a string that is not in the format.
    """

    container: Mapping[str, Any] | list[Any]
    key: str | int
    kind: Literal["missing", "null", "type", "container", "enum"]


_EnumT = TypeVar("_EnumT", bound=OpenEnum)
_ModelT = TypeVar("_ModelT", bound=Model)
_LEAF_TYPES: dict[str, set[type]] = {
    "string": {str},
    "integer": {int},
    "number": {int, float},
    "boolean": {bool},
    "null": {type(None)},
}


def deviate(
    deviations: list[Deviation] | None,
    container: Mapping[str, Any] | list[Any],
    key: str | int,
    value: object,
    *expected: str,
) -> None:
    """Note that `value` is none of the JSON types expected, unless it is the integer 1.0."""
    if deviations is None or ("integer" in expected and type(value) is float and value.is_integer()):
        return
    kind: Literal["missing", "null", "container", "type"] = "type"
    if value is UNSET:
        kind = "missing"
    elif value is None:
        kind = "null"
    elif {"object", "array"}.issuperset(expected):
        kind = "container"
    deviations.append(Deviation(container, key, kind))


def check_items(items: list[Any], deviations: list[Deviation] | None, *expected: str) -> None:
    """Note each item of an array that is none of the JSON types expected."""
    if deviations is None:
        return
    types: set[type] = set().union(*(_LEAF_TYPES[name] for name in expected))
    if types.issuperset(map(type, items)):
        return
    for index, item in enumerate(items):
        if type(item) not in types:
            deviate(deviations, items, index, item, *expected)


def blank(model: type[_ModelT], number: int) -> list[_ModelT]:
    """Models without any attribute, to be filled in."""
    return list(map(object.__new__, repeat(model, number)))


def read_objects(model: type[_ModelT], items: list[Any], deviations: list[Deviation] | None) -> list[_ModelT | Any]:
    """A model for each item of an array that is an object; another item is noted and stays as it came."""
    if {dict}.issuperset(map(type, items)):
        return model._from_dicts(items, deviations)
    read: list[_ModelT | Any] = []
    for index, item in enumerate(items):
        if type(item) is dict:
            read.append(model.from_dict(item, deviations))
        else:
            deviate(deviations, items, index, item, "object")
            read.append(item)
    return read


def read_enum(
    enum: type[_EnumT],
    value: str,
    deviations: list[Deviation] | None,
    container: Mapping[str, Any] | list[Any],
    key: str | int,
) -> _EnumT:
    """The member for a string; an unknown one is noted."""
    # The map, because calling an enumeration is several times as slow, and every system has three of them.
    member: Any = enum._value2member_map_.get(value)
    if member is None:
        member = enum(value)
        if deviations is not None:
            deviations.append(Deviation(container, key, "enum"))
    known: _EnumT = member
    return known


def read_date(
    value: str,
    deviations: list[Deviation] | None,
    container: Mapping[str, Any] | list[Any],
    key: str | int,
) -> datetime.date | str:
    """The date, or, noted, the string when it does not come back from `isoformat()` as it is."""
    try:
        date = datetime.date.fromisoformat(value)
    except ValueError:
        date = None
    if date is not None and date.isoformat() == value:
        return date
    if deviations is not None:
        deviations.append(Deviation(container, key, "type"))
    return value


def unknown_properties(source: Mapping[str, Any], known: frozenset[str]) -> dict[str, Any] | None:
    """The properties that the specification does not name; None for none."""
    return {name: value for name, value in source.items() if name not in known} or None


def to_json(value: Any) -> Any:
    """What goes into JSON for the value of an attribute, whatever it was set to."""
    if isinstance(value, (list, tuple)):
        return [to_json(item) for item in value]
    if isinstance(value, dict):
        return {name: to_json(item) for name, item in value.items() if item is not UNSET}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Model):
        return value.to_dict()
    return value


T = TypeVar("T")


def status_of(code: int) -> HTTPStatus:
    """The status of a response: a member of `HTTPStatus`, or one of its kind that no standard has, such as 461."""
    if code in HTTPStatus._value2member_map_:
        return HTTPStatus(code)
    status = int.__new__(HTTPStatus, code)
    status._name_, status._value_ = f"STATUS_{code}", code
    # What every member has beside its number.
    vars(status).update(phrase="", description="")
    return status


@define
class Response(Generic[T]):
    """A response from an endpoint."""

    status_code: HTTPStatus
    content: bytes
    headers: MutableMapping[str, str]
    parsed: T | None


__all__ = ["UNSET", "Deviation", "Model", "OpenEnum", "Response", "Unset", "status_of"]
