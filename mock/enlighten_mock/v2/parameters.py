"""The parameters of a request to API v2, in the types of their schemas."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from enlighten_mock.service import values
from enlighten_mock.v2.error_bodies import UNKNOWN, invalid, invalid_date

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from enlighten_mock.service.exchange import Request
    from enlighten_mock.service.values import Value

_INDEXED = re.compile(r"(\w+)\[[^\]]+\]")

# Parameters whose description says that other values than those of their enumeration are ignored.
_UNKNOWN_VALUES_IGNORED = frozenset({"production"})


def read_parameters(request: Request) -> dict[str, Value]:
    """Return the values of a request's parameters in the types that their schemas name.

    A list parameter such as `status[]` is also read from its bare name, where it stands for one value, and
    returned under the bare name. What the operation does not declare is ignored, as documented; only `callback`, which
    asks for JSONP, is rejected, since a program that sends it could not read what it gets.

    Raises:
        ServiceError: A value is missing or is not what its schema says (422).
    """
    if "callback" in request.sent:
        raise invalid(f"callback is not understood: no JSONP is sent. {UNKNOWN}")
    try:
        return _read(request)
    except values.InvalidDateError:
        raise invalid_date() from None
    except values.FractionError as error:
        raise invalid(f"{error}. {UNKNOWN}") from None
    except values.InvalidValueError as error:
        raise invalid(str(error)) from None


def _read(request: Request) -> dict[str, Value]:
    given: dict[str, list[str]] = {}
    for name, text in request.query:
        given.setdefault(name, []).append(text)
    parameters = request.operation.parameters
    declared = {parameter.name for parameter in parameters}
    _check_brackets(given, declared)
    found: dict[str, Value] = {}
    for parameter in parameters:
        name, schema = parameter.name, parameter.schema
        if parameter.location == "path":
            found[name] = values.read(name, request.path[name], schema)
        elif schema.get("type") == "array":
            bare = name.removesuffix("[]")
            if bare != name and name in given and bare in given:
                raise invalid(f"{bare} and {name} are the same parameter; send one of them")
            sent = given.get(name) or given.get(bare, [])[-1:]
            if sent:
                found[bare] = [values.read(name, text, schema["items"]) for text in sent]
        elif f"{name}[]" in declared:
            continue  # the published document lists both forms; the one with brackets reads both
        elif name in given and not (name in _UNKNOWN_VALUES_IGNORED and given[name][-1] not in schema.get("enum", ())):
            found[name] = values.read(name, given[name][-1], schema)
        elif parameter.required and name not in given:
            raise invalid(f"{name} is missing")
    return found


def _check_brackets(given: Iterable[str], declared: Container[str]) -> None:
    """Reject a list's name with something in its brackets, which would otherwise be ignored like any unknown name.

    Raises:
        ServiceError: There is such a name (422).
    """
    for name in given:
        indexed = _INDEXED.fullmatch(name)
        if indexed and f"{indexed[1]}[]" in declared:
            raise invalid(f"{name[:40]} is not understood; write {indexed[1]}[] for each of several values")
