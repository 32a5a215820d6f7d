"""Cases of schemathesis that reach real data.

Ids, serials and times are drawn from the fleet as well as from anywhere.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import parse_qsl

import requests
from hypothesis import strategies as st
from schemathesis.core.parameters import ParameterLocation

from . import fleet
from .specifications import KEY, USER, document, operation_at, resolved

if TYPE_CHECKING:
    from collections.abc import Mapping

    from schemathesis import Case
    from schemathesis.hooks import HookContext
    from schemathesis.schemas import BaseSchema

    from enlighten_mock.world.system import System

    from .specifications import Name

BASE_URL = "https://simulated.invalid/api/v2"

FILTERS = ("system_id", "system_name", "status", "reference", "installer", "connection_type")
"""The filters of the systems list, each with a form for one value and one for several in the published document."""

_MOMENTS = ("start_at", "end_at")
_DAYS = ("start_date", "end_date", "summary_date")
_DAY = 86_400
_FEW_WINDOWS = {"Stats": 3, "RgmStats": 20, "ConsumptionStats": 70}
"""Days of a period: more would only ask for more of the same."""


def reaching_the_fleet(schema: BaseSchema) -> BaseSchema:
    """Let most of the cases that `schema` generates be about the suite's fleet, and none name a filter twice."""

    @schema.hook
    def flatmap_case(context: HookContext, case: Case[Any]) -> st.SearchStrategy[Case[Any]]:  # noqa: ARG001 - called by name
        return _settled(case)

    return schema


@st.composite
def _settled(draw: st.DrawFn, case: Case[Any]) -> Case[Any]:
    # Both forms of one filter in one request are an error, says each of their descriptions.
    for name in FILTERS:
        if name in case.query and f"{name}[]" in case.query:
            del case.query[f"{name}[]" if draw(st.booleans()) else name]
    likely = _likely(case.operation.definition.raw["operationId"], draw(fleet.systems()))
    for location, container in ((ParameterLocation.PATH, case.path_parameters), (ParameterLocation.QUERY, case.query)):
        if case.meta is not None and case.meta.is_negative_at(location):
            continue  # what is wrong about it is the point of it
        for name in sorted(container or {}):
            found = likely.get(name.removesuffix("[]"))
            if found is not None and not _seldom(draw):
                more = st.lists(found, min_size=1, max_size=3, unique=True)
                container[name] = draw(more if isinstance(container[name], list) else found)
    if case.meta is None or not case.meta.generation.mode.is_negative:
        _agree(draw, case)
    return case


def _agree(draw: st.DrawFn, case: Case[Any]) -> None:
    """Let the parameters of most cases go together, and none ask for very much."""
    query = case.query
    # A cursor has the filters of the list that it continues.
    if "next" in query and not _seldom(draw):
        for name in FILTERS:
            query.pop(name, None)
            query.pop(f"{name}[]", None)
    # A period that ends before it begins is refused, and without a start it begins today.
    if not _seldom(draw):
        _put_in_order(query, _DAYS[:2])
        _put_in_order(query, _MOMENTS)
        if "end_at" in query and "start_at" not in query:
            query["end_at"] = draw(fleet.instants_of_today())
    start, most = query.get("start_at"), _FEW_WINDOWS.get(case.operation.definition.raw["operationId"])
    if most and isinstance(start, int) and query.get("end_at", fleet.NOW.timestamp()) - start > most * _DAY:
        query["end_at"] = start + draw(st.integers(0, most * _DAY))


def _seldom(draw: st.DrawFn) -> bool:
    # hypothesis prefers the simplest choice and repeats itself, so that must not be the rare one.
    return draw(st.integers(0, 3)) == 3


def _put_in_order(query: dict[str, Any], pair: tuple[str, ...]) -> None:
    first, last = (query.get(name) for name in pair)
    if first is not None and last is not None and type(first) is type(last) and first > last:
        query.update(zip(pair, (last, first), strict=True))


def _likely(operation_id: str, system: System) -> Mapping[str, st.SearchStrategy[Any]]:
    """Return what to draw for parameters, by their names without brackets, so that a request finds something.

    Args:
        operation_id: The operation.
        system: What the filters of one request agree on.
    """
    days = fleet.past_months() if operation_id == "MonthlyProduction" else fleet.days()
    return {
        "system_id": st.one_of(st.just(system.system_id), fleet.system_ids()),
        "site_id": st.just(system.system_id),
        "serial_num": fleet.serials(),
        "next": fleet.cursors(),
        "limit": st.integers(5, 30),
        **dict.fromkeys(_MOMENTS, fleet.instants()),
        **dict.fromkeys(_DAYS, days.map(str)),
        **{name: fleet.texts(name, system) for name in ("installer", "system_name", "reference", "connection_type")},
    }


class Described(NamedTuple):
    """The request that a case describes.

    Attributes:
        operation_id: Which operation it is to.
        path: Below the base URL.
        parameters: Those of path and query, in the types of their schemas, without credentials and without the second
            of two forms of one filter.
    """

    operation_id: str
    path: str
    parameters: Mapping[str, Any]


def described(case: Case[Any], name: Name) -> Described:
    """Return the request that a valid case of a specification describes, as schemathesis would send it."""
    arguments = case.as_transport_kwargs(base_url=BASE_URL)
    url = requests.Request(arguments["method"], arguments["url"], params=arguments.get("params")).prepare().url or ""
    path, _, query = url.removeprefix(BASE_URL).partition("?")
    operation = operation_at(name, path)
    assert operation is not None
    given: dict[str, list[str]] = {}
    for key, value in parse_qsl(query, keep_blank_values=True):
        given.setdefault(key, []).append(value)
    parameters: dict[str, Any] = {}
    place = re.fullmatch(re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+)", re.escape(operation.path)), path)
    for key, text in place.groupdict().items() if place else ():
        parameters[key] = int(text)
    for key, values in given.items():
        schema = operation.query[key]
        if key not in (KEY, USER) and f"{key}[]" not in given:
            several = schema.get("type") == "array"
            item = resolved(document(name), schema["items"]) if several else schema
            typed = [int(value) if item.get("type") == "integer" else value for value in values]
            parameters[key] = typed if several else typed[-1]
    return Described(operation.operation_id, path, parameters)
