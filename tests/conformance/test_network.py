"""What comes over a network is what the simulation gives: by httpx, and by aiohttp where that extra is installed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from schemathesis import Case, GenerationMode

from enlighten_mock.serving import served

from . import fleet
from .calls import Caller, arguments, plain
from .cases import described, reaching_the_fleet
from .profile import effort
from .specifications import load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enlighten_mock import SimulatedAPI

    from .tally import Tally

EFFECTIVE = reaching_the_fleet(load("effective", GenerationMode.POSITIVE))


@pytest.fixture(scope="module")
def api() -> Iterator[SimulatedAPI]:
    with served(fleet.simulated()) as serving:
        yield serving


@EFFECTIVE.parametrize()
@effort(share=0.5)
def test_a_case_ends_over_a_network_as_it_does_without_one(case: Case[Any], tally: Tally, api: SimulatedAPI) -> None:
    about = described(case, "effective")
    named = arguments(about.operation_id, about.parameters)
    with tally.case(about.operation_id, "network", f"{about.operation_id}: {named}"):
        expected = Caller(api.transport(), api).call(about.operation_id, named)
        network = Caller(None, api)
        for outcome in (network.call(about.operation_id, named), network.acall(about.operation_id, named)):
            assert plain(outcome.result) == plain(expected.result)
            assert (type(outcome.error), str(outcome.error)) == (type(expected.error), str(expected.error))
            assert outcome.warned == expected.warned
