"""A call over a network has the same outcome as one that reaches the simulation in process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from schemathesis import Case, GenerationMode

from enlighten_mock.serving import served

from .generation.cases import described, reaching_the_fleet
from .recording.caller import Caller, comparable
from .settings import effort
from .specification.schemas import load
from .v2 import fleet
from .v2.operations import arguments

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enlighten_mock import SimulatedAPI

    from .reporting.tally import Tally

EFFECTIVE = reaching_the_fleet(load("effective", GenerationMode.POSITIVE))


@pytest.fixture(scope="module")
def api() -> Iterator[SimulatedAPI]:
    with served(fleet.simulated()) as serving:
        yield serving


@EFFECTIVE.parametrize()
@effort(share=0.5, explicit=False)
def test_a_case_has_the_same_outcome_over_a_network(case: Case[Any], tally: Tally, api: SimulatedAPI) -> None:
    request = described(case, "effective")
    operation_id, given = request.operation_id, arguments(request.operation_id, request.parameters)
    with tally.case(operation_id, "network", f"{operation_id}: {given}"):
        expected = Caller(api.transport(), api).call(operation_id, given)
        for sync in (True, False):
            outcome = Caller(None, api).call(operation_id, given, sync=sync)
            assert comparable(outcome.result) == comparable(expected.result)
            assert (type(outcome.error), str(outcome.error)) == (type(expected.error), str(expected.error))
            assert outcome.warned == expected.warned
