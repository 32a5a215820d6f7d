"""The simulated API under schemathesis' own checks: examples, coverage, fuzzing and stateful sequences.

The default fleet has to conform to the effective specification, the plain one to the published specification.
"""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis.stateful import run_state_machine_as_test
from schemathesis import Case, GenerationMode, Response, checks
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok
from schemathesis.generation.hypothesis.examples import generate_one

from enlighten_mock import SimulatedAPI, create_app
from tests.support.specification import operations
from tests.support.v2_calls import CALLS

from .generation.cases import operation_id_of, reaching_the_fleet
from .settings import effort
from .specification.responses import documented_responses, is_valid
from .specification.schemas import load
from .v2 import fleet
from .v2.exemptions import EXEMPTIONS, NEGATIVE, Exemption, exempt
from .v2.operations import KEY, PREFIX, USER

if TYPE_CHECKING:
    from schemathesis.schemas import APIOperation, BaseSchema

    from tests.support.specification import SpecificationName

    from .reporting.tally import Tally

checks.load_all_checks()
CHECKS = {
    check.__name__: check
    for check in (
        checks.not_a_server_error,
        checks.status_code_conformance,
        checks.content_type_conformance,
        checks.response_headers_conformance,
        checks.response_schema_conformance,
        checks.positive_data_acceptance,
        checks.negative_data_rejection,
        checks.unsupported_method,
        checks.allow_header_conformance,
        checks.ignored_auth,
    )
}

API = fleet.simulated()
PLAIN = fleet.simulated(fleet="plain")
SIGNATURE = {KEY: API.api_key, USER: API.user_id}
"""The credentials of either."""

REQUESTS: dict[str, tuple[dict[str, Any], ...]] = {
    "MonthlyProduction": ({"start_date": "2024-03-10"},),
    "EnergyLifetime": ({}, {"production": "all"}),
    "Summary": ({}, {"summary_date": "2024-05-01"}),
}
"""The queries of an operation for each system, where there is one beside the empty one."""

DOCUMENTED = {(response.operation_id, response.status): response for response in documented_responses()}


def served(name: SpecificationName, api: SimulatedAPI) -> BaseSchema:
    """Return a specification whose cases are sent to `api`."""
    schema = reaching_the_fleet(load(name))
    schema.app = create_app(api)
    return schema


def response_to(case: Case[Any]) -> Response:
    """Send a case with credentials, which are no part of it: schemathesis takes what is not specified for invalid."""
    listed = {parameter.name for parameter in case.operation.query}
    if USER in listed:
        # The published document has it among the parameters, where it may be the invalid one of the case.
        case.query[USER] = API.user_id
    # Read, the metadata is brought up to date with changes; once the case is sent, it is not any more.
    assert case.meta is not None
    return case.call(params={name: value for name, value in SIGNATURE.items() if name not in listed})


EFFECTIVE = served("effective", API)
PUBLISHED = served("published", PLAIN)


@EFFECTIVE.parametrize()
@effort()
def test_the_default_fleet_conforms_to_the_effective_specification(case: Case[Any], tally: Tally) -> None:
    check(case, response_to(case), tally)


@PUBLISHED.parametrize()
@effort()
def test_the_plain_fleet_conforms_to_the_published_specification(case: Case[Any], tally: Tally) -> None:
    check(case, response_to(case), tally)


def check(case: Case[Any], response: Response, tally: Tally) -> None:
    operation_id = operation_id_of(case)
    query = urlencode({key: value for key, value in case.query.items() if key not in (KEY, USER)}, doseq=True)
    request = f"{case.formatted_path}?{query}"
    shown = f"{case.method} {request} has the response {response.status_code}: {response.content[:300]!r}"
    for name, one_check in CHECKS.items():
        with tally.case(operation_id, name, shown, request if case.method == "GET" else ""):
            try:
                case.validate_response(response, checks=[one_check])
            except FailureGroup as failures:
                if not exempt(name, case, response):
                    raise AssertionError(f"{request}: {name}: {failures.exceptions[0]}") from None


@pytest.mark.parametrize("operation_id", CALLS)
def test_most_valid_cases_are_sent_as_such_and_reach_data(operation_id: str) -> None:
    statuses = []

    @effort(max_examples=40, derandomize=True)
    @given(case=operation_of(EFFECTIVE, operation_id).as_strategy(generation_mode=GenerationMode.POSITIVE))
    def run(case: Case[Any]) -> None:
        statuses.append(response_to(case).status_code)
        # Without valid cases, the check that they are accepted would pass.
        assert case.meta is not None
        assert case.meta.generation.mode.is_positive

    run()
    assert statuses.count(HTTPStatus.OK) > len(statuses) / 2


@pytest.mark.parametrize("operation_id", [name for name in CALLS if name != "SearchSystemId"])
@pytest.mark.parametrize("kind", ["default", "plain"])
def test_the_responses_for_each_system_are_valid_by_the_specification(
    operation_id: str, kind: str, tally: Tally
) -> None:
    """Every condition of a system once, which random cases may miss."""
    api = fleet.simulated(fleet=kind)
    path = operations("effective")[operation_id].path
    for system_id in api.fleet.ids:
        for more in REQUESTS.get(operation_id, ({},)):
            site = {"site_id": system_id} if "site_id" in CALLS[operation_id].arguments else {}
            place, query = path.format(system_id=system_id), urlencode({**site, **more})
            with tally.case(operation_id, "each system", f"{kind} fleet: {place}?{query}", f"{place}?{query}"):
                response = api.answer("GET", f"{PREFIX}{place}", f"{query}&{urlencode(SIGNATURE)}")
                documented = DOCUMENTED[operation_id, response.status]
                valid = documented.schema is None or is_valid(documented, json.loads(response.body))
                assert valid, response.body[:1000]


def test_sequences_that_the_specification_suggests_conform_to_it(tally: Tally) -> None:
    machine: Any = EFFECTIVE.as_state_machine()

    class Sequence(machine):  # type: ignore[misc]  # made at run time
        def get_call_kwargs(self, _case: Case[Any]) -> dict[str, Any]:
            return {"params": SIGNATURE}

        def validate_response(self, response: Response, case: Case[Any], **_: Any) -> None:
            check(case, response, tally)

    run_state_machine_as_test(Sequence, settings=effort(0.5, stateful_step_count=8))


@pytest.mark.parametrize("exemption", EXEMPTIONS, ids=lambda exemption: f"{exemption.check}: {exemption.reason}")
def test_an_exemption_is_still_needed(exemption: Exemption) -> None:
    operation_id, path_parameters, query = exemption.example
    schema = load(exemption.specification)
    schema.app = create_app(API)
    # By how it was generated, schemathesis tells what a case is meant to be.
    mode = GenerationMode.NEGATIVE if exemption.check == NEGATIVE else GenerationMode.POSITIVE
    case = generate_one(operation_of(schema, operation_id).as_strategy(generation_mode=mode))
    user = {USER: API.user_id} if exemption.specification == "published" else {}
    case.path_parameters, case.query = dict(path_parameters), {**query, **user}
    response = case.call(params=SIGNATURE)
    assert exemption.applies(case, response), "the example is no such case: the service responds otherwise"
    with pytest.raises(FailureGroup):
        case.validate_response(response, checks=[CHECKS[exemption.check]])


def operation_of(schema: BaseSchema, operation_id: str) -> APIOperation[Any, Any, Any, Any]:
    loaded = (found.ok() for found in schema.get_all_operations() if isinstance(found, Ok))
    return next(each for each in loaded if each.definition.raw["operationId"] == operation_id)
