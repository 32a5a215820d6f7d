"""Requests drawn by schemathesis, most of which reach data: ids, serials and times are drawn from the fleet too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import parse_qsl

import requests
from hypothesis import strategies as st
from schemathesis.core.parameters import ParameterLocation

from tests.support.specification import operation_at

from ..v2 import fleet
from ..v2.operations import KEY, USER
from ..v2.parameters import drop_second_forms, likely, make_consistent, rarely

if TYPE_CHECKING:
    from collections.abc import Mapping

    from schemathesis import Case
    from schemathesis.hooks import HookContext
    from schemathesis.schemas import BaseSchema

    from tests.support.specification import SpecificationName

_BASE_URL = "https://simulated.invalid"


def reaching_the_fleet(schema: BaseSchema) -> BaseSchema:
    """Let most of the cases that `schema` generates be about the suite's fleet, and none name a filter twice."""

    @schema.hook
    def flatmap_case(context: HookContext, case: Case[Any]) -> st.SearchStrategy[Case[Any]]:  # noqa: ARG001 - called by name
        return _reaching(case)

    return schema


@st.composite
def _reaching(draw: st.DrawFn, case: Case[Any]) -> Case[Any]:
    operation_id = operation_id_of(case)
    drop_second_forms(draw, case.query)
    strategies = likely(operation_id, draw(fleet.systems()))
    for location, container in ((ParameterLocation.PATH, case.path_parameters), (ParameterLocation.QUERY, case.query)):
        if case.meta is not None and case.meta.is_negative_at(location):
            continue  # its invalid values are to stay
        for name in sorted(container or {}):
            strategy = strategies.get(name.removesuffix("[]"))
            if strategy is not None and not rarely(draw):
                several = st.lists(strategy, min_size=1, max_size=3, unique=True)
                container[name] = draw(several if isinstance(container[name], list) else strategy)
    if case.meta is None or not case.meta.generation.mode.is_negative:
        make_consistent(draw, operation_id, case.query)
    return case


def operation_id_of(case: Case[Any]) -> str:
    """Return the id of the operation that a case is for."""
    operation_id: str = case.operation.definition.raw["operationId"]
    return operation_id


class DescribedRequest(NamedTuple):
    """The request that a case describes.

    Attributes:
        operation_id: The operation.
        path: Below the base URL.
        parameters: Those of path and query, in the types of their schemas, without credentials and without the second
            of two forms of one filter.
    """

    operation_id: str
    path: str
    parameters: Mapping[str, Any]


def described(case: Case[Any], name: SpecificationName) -> DescribedRequest:
    """Return the request that a valid case of a specification describes, as schemathesis would send it."""
    sent = case.as_transport_kwargs(base_url=_BASE_URL)
    url = requests.Request(sent["method"], sent["url"], params=sent.get("params")).prepare().url or ""
    path, _, query = url.removeprefix(_BASE_URL).partition("?")
    operation = operation_at(name, path)
    assert operation is not None
    values: dict[str, list[str]] = {}
    for key, value in parse_qsl(query, keep_blank_values=True):
        values.setdefault(key, []).append(value)
    parameters: dict[str, Any] = {key: int(text) for key, text in (operation.path_parameters(path) or {}).items()}
    for key, texts in values.items():
        if key not in (KEY, USER) and f"{key}[]" not in values:
            parameter = operation.query[key]
            typed = [int(text) if parameter.schema.get("type") == "integer" else text for text in texts]
            parameters[key] = typed if parameter.repeated else typed[-1]
    return DescribedRequest(operation.operation_id, path, parameters)
