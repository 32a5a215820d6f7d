"""The simulated API under schemathesis' own checks: examples, coverage, fuzzing and stateful sequences.

The default fleet is held against the effective specification, the plain one against the published specification to the
letter.
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

from . import fleet
from .bodies import answers, is_valid
from .cases import reaching_the_fleet
from .exemptions import EXEMPTIONS, Exemption, exempt
from .profile import effort
from .specifications import KEY, USER, load, operations

if TYPE_CHECKING:
    from schemathesis.schemas import APIOperation, BaseSchema

    from .specifications import Name
    from .tally import Tally

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


def served(name: Name, api: SimulatedAPI) -> BaseSchema:
    """Return a specification whose cases are sent to `api`."""
    schema = reaching_the_fleet(load(name))
    schema.app = create_app(api)
    return schema


def answer_to(case: Case[Any]) -> Response:
    """Send a case with credentials, which are no part of it: schemathesis takes what is not specified for invalid."""
    listed = {parameter.name for parameter in case.operation.query}
    if USER in listed:
        # The published document has it among the parameters, where it may be what is invalid about the case.
        case.query[USER] = API.user_id
    # What is valid is settled anew after changes, as long as the case is not sent.
    assert case.meta is not None
    return case.call(params={name: value for name, value in SIGNATURE.items() if name not in listed})


ASKED: dict[str, tuple[dict[str, Any], ...]] = {
    "MonthlyProduction": ({"start_date": "2024-03-10"},),
    "EnergyLifetime": ({}, {"production": "all"}),
    "Summary": ({}, {"summary_date": "2024-05-01"}),
}
"""The requests of an operation for each system, where they are more than its id."""
DESCRIBED = {(answer.operation_id, answer.status): answer for answer in answers()}

EFFECTIVE = served("effective", API)
PUBLISHED = served("published", PLAIN)


@EFFECTIVE.parametrize()
@effort()
def test_the_default_fleet_keeps_to_the_effective_specification(case: Case[Any], tally: Tally) -> None:
    hold(case, answer_to(case), tally)


@PUBLISHED.parametrize()
@effort()
def test_the_plain_fleet_keeps_to_the_published_specification(case: Case[Any], tally: Tally) -> None:
    hold(case, answer_to(case), tally)


def hold(case: Case[Any], response: Response, tally: Tally) -> None:
    operation_id = case.operation.definition.raw["operationId"]
    query = urlencode({key: value for key, value in case.query.items() if key not in (KEY, USER)}, doseq=True)
    request = f"{case.formatted_path}?{query}"
    shown = f"{case.method} {request} was answered {response.status_code}: {response.content[:300]!r}"
    for name, check in CHECKS.items():
        with tally.case(operation_id, name, shown, request if case.method == "GET" else ""):
            try:
                case.validate_response(response, checks=[check])
            except FailureGroup as failures:
                if not exempt(name, case, response):
                    raise AssertionError(f"{request}: {name}: {failures.exceptions[0]}") from None


@pytest.mark.parametrize("operation_id", operations("effective"))
def test_most_valid_cases_are_sent_as_such_and_reach_data(operation_id: str) -> None:
    statuses = []

    @effort(max_examples=100, derandomize=True)
    @given(case=operation_of(EFFECTIVE, operation_id).as_strategy(generation_mode=GenerationMode.POSITIVE))
    def run(case: Case[Any]) -> None:
        statuses.append(answer_to(case).status_code)
        # Otherwise the check that valid cases are accepted would pass for want of any.
        assert case.meta is not None
        assert case.meta.generation.mode.is_positive

    run()
    assert statuses.count(HTTPStatus.OK) > len(statuses) / 2


@pytest.mark.parametrize("operation_id", [name for name in operations("effective") if name != "SearchSystemId"])
@pytest.mark.parametrize("kind", ["default", "plain"])
def test_what_each_system_answers_is_what_the_specification_says(operation_id: str, kind: str, tally: Tally) -> None:
    """Every condition of a system once, which random cases may miss."""
    api = fleet.simulated(fleet=kind)
    path = operations("effective")[operation_id].path
    for system_id in api.fleet.ids:
        for more in ASKED.get(operation_id, ({},)):
            named = {"site_id": system_id} if operation_id.startswith("Inverters") else {}
            request = f"{path.format(system_id=system_id)}?{urlencode({**named, **more})}"
            with tally.case(operation_id, "each system", f"{kind} fleet: {request}", request):
                signed = f"{request}&{urlencode({KEY: api.api_key, USER: api.user_id})}"
                answer = api.answer("GET", f"/api/v2{signed.partition('?')[0]}", signed.partition("?")[2])
                described = DESCRIBED[operation_id, answer.status]
                assert described.schema is None or is_valid(described, json.loads(answer.body)), answer.body[:1000]


def test_sequences_that_the_specification_suggests_keep_to_it(tally: Tally) -> None:
    machine: Any = EFFECTIVE.as_state_machine()

    class Sequence(machine):  # type: ignore[misc]  # made at run time
        def get_call_kwargs(self, _case: Case[Any]) -> dict[str, Any]:
            return {"params": SIGNATURE}

        def validate_response(self, response: Response, case: Case[Any], **_: Any) -> None:
            hold(case, response, tally)

    run_state_machine_as_test(Sequence, settings=effort(0.5, stateful_step_count=8))


@pytest.mark.parametrize("exemption", EXEMPTIONS, ids=lambda exemption: f"{exemption.check}: {exemption.reason}")
def test_an_exemption_is_still_needed(exemption: Exemption) -> None:
    operation_id, path_parameters, query = exemption.example
    schema = load(exemption.specification)
    schema.app = create_app(API)
    case = generate_one(operation_of(schema, operation_id).as_strategy(generation_mode=GenerationMode.POSITIVE))
    user = {USER: API.user_id} if exemption.specification == "published" else {}
    case.path_parameters, case.query = dict(path_parameters), {**query, **user}
    response = case.call(params={KEY: API.api_key, USER: API.user_id})
    assert exemption.applies(case, response), "the example is no such case: the service answers it otherwise"
    with pytest.raises(FailureGroup):
        case.validate_response(response, checks=[CHECKS[exemption.check]])


def operation_of(schema: BaseSchema, operation_id: str) -> APIOperation[Any, Any, Any, Any]:
    operations = (found.ok() for found in schema.get_all_operations() if isinstance(found, Ok))
    return next(each for each in operations if each.definition.raw["operationId"] == operation_id)
