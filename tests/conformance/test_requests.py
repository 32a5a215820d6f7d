"""The wrapper sends the request that a case of the specification describes: sync, async, and nothing more."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode

from enphase_enlighten import InvalidArgumentError
from tests.support.specification import operations
from tests.support.v2_calls import CALLS

from .generation.cases import DescribedRequest, described, reaching_the_fleet
from .oracle.equivalence import Setting, compare, is_lookup
from .oracle.violations import violations
from .recording.caller import Caller, Outcome, comparable
from .settings import effort
from .specification.schemas import load
from .v2 import fleet
from .v2.limits import edge_of_history, on_the_grid, period, reason_to_reject
from .v2.operations import DAILY, DAY, FEW_WINDOWS, INTERVALS, LAZY, OK, arguments

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.support.specification import Operation

    from .recording.exchanges import RecordedExchange
    from .reporting.tally import Tally

PUBLISHED = reaching_the_fleet(load("published", GenerationMode.POSITIVE))
EFFECTIVE = reaching_the_fleet(load("effective", GenerationMode.POSITIVE))
API = fleet.simulated()


@PUBLISHED.parametrize()
@effort()
def test_the_wrapper_sends_a_published_case(case: Case[Any], tally: Tally) -> None:
    # Read strictly, as below, the same bodies would be validated again, which takes longer than all the rest.
    check(described(case, "published"), tally, strict=False)


@EFFECTIVE.parametrize()
@effort()
def test_the_wrapper_sends_an_effective_case(case: Case[Any], tally: Tally) -> None:
    check(described(case, "effective"), tally, strict=True)


@pytest.mark.parametrize("operation_id", CALLS)
def test_a_call_without_optional_arguments_is_a_request_of_the_specification(operation_id: str, tally: Tally) -> None:
    complete = CALLS[operation_id].arguments
    needed = {name: value for name, value in complete.items() if name not in ("start_at", "end_at")}
    with tally.case(operation_id, "requests", f"{operation_id}: {needed}"):
        outcome = Caller(API.transport(), API).call(operation_id, needed)
        assert outcome.exchanges
        for exchange in outcome.exchanges:
            assert violations(exchange, "published") == []
            assert violations(exchange, "effective") == []


@pytest.mark.parametrize("operation_id", INTERVALS)
def test_a_period_of_several_windows_is_requested_whole(operation_id: str, tally: Tally) -> None:
    operation = operations("effective")[operation_id]
    now = int(API.clock.now())

    @effort(0.5)
    @given(
        system_id=fleet.system_ids(),
        ago=st.integers(100 * DAY, 300 * DAY),
        # From two windows to more than are under way at once.
        length=st.integers(FEW_WINDOWS[operation_id] * DAY * 2 // 3, FEW_WINDOWS[operation_id] * DAY * 4 // 3),
    )
    def run(system_id: int, ago: int, length: int) -> None:
        path = operation.path.format(system_id=system_id)
        parameters = {"system_id": system_id, "start_at": now - ago, "end_at": now - ago + length}
        one_by_one = check(DescribedRequest(operation_id, path, parameters), tally, strict=False)
        with tally.case(operation_id, "requests", f"{operation_id}: {parameters}, three windows at once"):
            at_once = Caller(API.transport(), API, concurrency=3).call(operation_id, parameters, sync=False)
            # A window that a response makes needless may be under way: there may be more requests, but no others.
            windows = [exchange.request for exchange in at_once.exchanges]
            assert windows[: len(one_by_one.exchanges)] == [exchange.request for exchange in one_by_one.exchanges]
            assert comparable(at_once.result) == comparable(one_by_one.result)
            check_models(operation_id, parameters, one_by_one.exchanges)

    run()


def check_models(operation_id: str, parameters: dict[str, Any], exchanges: Sequence[RecordedExchange]) -> None:
    """Check that the models of a period are the responses for all of its windows, in order."""
    bodies = [json.loads(each.body) for each in exchanges if each.status == OK and each.path != "/systems"]
    one_by_one = Caller(API.transport(), API).call(operation_id, parameters, models=True)
    at_once = Caller(API.transport(), API, concurrency=3).call(operation_id, parameters, models=True, sync=False)
    for outcome in (one_by_one, at_once):
        assert comparable(outcome.result or []) == bodies


def check(case: DescribedRequest, tally: Tally, *, strict: bool) -> Outcome:
    """Check the requests of a case, sync and async; return the outcome of the sync call."""
    given = arguments(case.operation_id, case.parameters)
    # Not the filter of the list, which may be a list itself.
    number = case.parameters.get("system_id", 0)
    timezone = fleet.timezone_of(API, number) if "/systems/" in case.path else None
    if timezone is None and case.operation_id in INTERVALS:
        given["timezone"] = "UTC"
    in_path = f"/systems/{number}/" in case.path
    query = {name: value for name, value in case.parameters.items() if name != "system_id" or not in_path}
    request = f"{case.path}?{urlencode(query, doseq=True)}"
    with tally.case(case.operation_id, "requests", f"{case.operation_id}: {given}", request):
        outcomes = [
            Caller(API.transport(), API, strict=strict).call(case.operation_id, given),
            Caller(API.transport(), API).call(case.operation_id, given, sync=False),
        ]
        for outcome in outcomes:
            check_outcome(case, outcome, timezone or "UTC")
        assert comparable(outcomes[0].result) == comparable(outcomes[1].result)
        sent, sent_async = ([exchange.request for exchange in outcome.exchanges] for outcome in outcomes)
        assert sent == sent_async
    return outcomes[0]


def check_outcome(case: DescribedRequest, outcome: Outcome, timezone: str) -> None:
    operation = operations("effective")[case.operation_id]
    sent = list(outcome.exchanges)
    for exchange in sent:
        assert violations(exchange, "published") == []
        assert violations(exchange, "effective") == []
    if operation.window and sent and is_lookup(sent[0], case.parameters["system_id"]):
        del sent[0]
    if isinstance(outcome.error, InvalidArgumentError):
        assert sent == []
        assert reason_to_reject(operation, case.parameters, API.clock.now(), timezone), outcome.error
        return
    compare(case, operation, sent, Setting((API.api_key, API.user_id), API.clock.now(), timezone))
    if outcome.error is None and operation.window:
        check_warning(case, operation, outcome, timezone)
    if outcome.error is None and case.operation_id == "Systems":
        check_filters(case, outcome)
    if outcome.error is None and case.operation_id not in (*LAZY, "SearchSystemId"):
        body = json.loads(sent[-1].body) if sent[-1].status == OK else None
        result = comparable(outcome.result)
        assert (result[1] if case.operation_id in DAILY else result) == body


def check_warning(case: DescribedRequest, operation: Operation, outcome: Outcome, timezone: str) -> None:
    """Check that a warning names the start of missing history, and that there is none where no history is missing."""
    assert operation.window is not None
    now = API.clock.now()
    start = on_the_grid(operation, period(case.parameters, now, timezone)[0])
    oldest = edge_of_history(operation, now, timezone)
    if start < oldest:
        [warned] = outcome.warned
        assert f" {datetime.fromtimestamp(start, ZoneInfo(timezone)).isoformat()} to " in warned
    # The edge may pass a period that begins right at it before the request arrives.
    elif start > oldest + 2 * operation.window["interval"]:
        assert not outcome.warned


def check_filters(case: DescribedRequest, outcome: Outcome) -> None:
    for name in ("system_id", "system_name", "status", "reference", "connection_type"):
        wanted = case.parameters.get(f"{name}[]", case.parameters.get(name))
        if wanted is not None:
            values = wanted if isinstance(wanted, list) else [wanted]
            assert {getattr(system, name) for system in outcome.result} <= set(values)
