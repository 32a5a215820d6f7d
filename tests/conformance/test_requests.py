"""What a case of the specification describes is what the wrapper sends: sync, async, and nothing more."""

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

from . import fleet
from .calls import DAILY, INTERVALS, LAZY, Caller, Outcome, arguments, plain
from .cases import Described, described, reaching_the_fleet
from .equivalence import OK, Setting, compare, is_lookup
from .profile import effort
from .reading import ARGUMENTS
from .refusals import edge, period, reason_to_refuse
from .specifications import load, operations
from .wire import faults

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .specifications import Operation
    from .tally import Tally
    from .wire import Exchange

PUBLISHED = reaching_the_fleet(load("published", GenerationMode.POSITIVE))
EFFECTIVE = reaching_the_fleet(load("effective", GenerationMode.POSITIVE))
API = fleet.simulated()
DAY = 86_400


@PUBLISHED.parametrize()
@effort()
def test_a_published_case_is_what_the_wrapper_sends(case: Case[Any], tally: Tally) -> None:
    hold(described(case, "published"), tally)


@EFFECTIVE.parametrize()
@effort()
def test_an_effective_case_is_what_the_wrapper_sends(case: Case[Any], tally: Tally) -> None:
    hold(described(case, "effective"), tally)


@pytest.mark.parametrize("operation_id", operations("effective"))
def test_a_call_with_no_more_than_it_needs_is_a_request_of_the_specification(operation_id: str, tally: Tally) -> None:
    named = ARGUMENTS.get(operation_id, {"system_id": 67})
    needed = {name: value for name, value in named.items() if name not in ("start_at", "end_at")}
    with tally.case(operation_id, "requests", f"{operation_id}: {needed}"):
        outcome = Caller(API.transport(), API).call(operation_id, needed)
        assert outcome.exchanges
        for exchange in outcome.exchanges:
            assert faults(exchange, "published") == []
            assert faults(exchange, "effective") == []


@pytest.mark.parametrize("operation_id", INTERVALS)
def test_a_period_of_several_windows_is_asked_for_whole(operation_id: str, tally: Tally) -> None:
    operation = operations("effective")[operation_id]
    now = int(API.clock.now())

    @effort()
    @given(
        system_id=fleet.system_ids(),
        ago=st.integers(100 * DAY, 300 * DAY),
        length=st.integers(1, {"Stats": 3, "RgmStats": 22, "ConsumptionStats": 95}[operation_id] * DAY),
    )
    def run(system_id: int, ago: int, length: int) -> None:
        path = operation.path.format(system_id=system_id)
        parameters = {"system_id": system_id, "start_at": now - ago, "end_at": now - ago + length}
        hold(Described(operation_id, path, parameters), tally)
        with tally.case(operation_id, "requests", f"{operation_id}: {parameters}, three windows at once"):
            alone = Caller(API.transport(), API).call(operation_id, parameters)
            abreast = Caller(API.transport(), API, concurrency=3).acall(operation_id, parameters)
            # What an answer makes idle may be under way already, so there may be more requests, but no others.
            windows = [exchange.sent for exchange in abreast.exchanges]
            assert windows[: len(alone.exchanges)] == [exchange.sent for exchange in alone.exchanges]
            assert plain(abreast.result) == plain(alone.result)
            hold_models(operation_id, parameters, alone.exchanges)

    run()


def hold_models(operation_id: str, parameters: dict[str, Any], asked: Sequence[Exchange]) -> None:
    """Hold that the models of a period are the answers to all of its windows, in order."""
    answers = [json.loads(each.body) for each in asked if each.status == OK and each.path != "/systems"]
    alone = Caller(API.transport(), API, strict=True).call(operation_id, parameters, responses=True)
    abreast = Caller(API.transport(), API, concurrency=3).acall(operation_id, parameters, responses=True)
    for outcome in (alone, abreast):
        assert plain(outcome.result or []) == answers


def hold(case: Described, tally: Tally) -> None:
    named = arguments(case.operation_id, case.parameters)
    # Not the filter of the list, which may be a list itself.
    number = case.parameters.get("system_id", 0)
    system = API.fleet.system(number) if "/systems/" in case.path else None
    zone = system.place.timezone if system else "UTC"
    if system is None and case.operation_id in INTERVALS:
        named["timezone"] = zone
    in_path = f"/systems/{number}/" in case.path
    query = {name: value for name, value in case.parameters.items() if name != "system_id" or not in_path}
    request = f"{case.path}?{urlencode(query, doseq=True)}"
    with tally.case(case.operation_id, "requests", f"{case.operation_id}: {named}", request):
        outcomes = [
            Caller(API.transport(), API, strict=True).call(case.operation_id, named),
            Caller(API.transport(), API).acall(case.operation_id, named),
        ]
        for outcome in outcomes:
            check(case, outcome, zone)
        assert plain(outcomes[0].result) == plain(outcomes[1].result)
        sent, sent_async = ([exchange.sent for exchange in outcome.exchanges] for outcome in outcomes)
        assert sent == sent_async


def check(case: Described, outcome: Outcome, zone: str) -> None:
    operation = operations("effective")[case.operation_id]
    sent = list(outcome.exchanges)
    for exchange in sent:
        assert faults(exchange, "published") == []
        assert faults(exchange, "effective") == []
    if operation.window and sent and is_lookup(sent[0], case.parameters["system_id"]):
        del sent[0]
    if isinstance(outcome.error, InvalidArgumentError):
        assert sent == []
        assert reason_to_refuse(operation, case.parameters, API.clock.now(), zone), outcome.error
        return
    compare(case, operation, sent, Setting((API.api_key, API.user_id), API.clock.now(), zone))
    if outcome.error is None and operation.window:
        hold_warning(case, operation, outcome, zone)
    if outcome.error is None and case.operation_id == "Systems":
        hold_filters(case, outcome)
    if outcome.error is None and case.operation_id not in (*LAZY, "SearchSystemId"):
        body = json.loads(sent[-1].body) if sent[-1].status == OK else None
        came = plain(outcome.result)
        assert (came[1] if case.operation_id in DAILY else came) == body


def hold_warning(case: Described, operation: Operation, outcome: Outcome, zone: str) -> None:
    """Hold that a warning tells from when on there is no history any more, and that there is none otherwise."""
    assert operation.window is not None
    now, step = API.clock.now(), operation.window["interval"]
    start = period(case.parameters, now, zone)[0] // step * step
    oldest = edge(operation, now, zone)
    if start < oldest:
        [warned] = outcome.warned
        assert f" {datetime.fromtimestamp(start, ZoneInfo(zone)).isoformat()} to " in warned
    # What begins right at the edge may pass it on the way.
    elif start > oldest + 2 * step:
        assert not outcome.warned


def hold_filters(case: Described, outcome: Outcome) -> None:
    for name in ("system_id", "system_name", "status", "reference", "connection_type"):
        wanted = case.parameters.get(f"{name}[]", case.parameters.get(name))
        if wanted is not None:
            values = wanted if isinstance(wanted, list) else [wanted]
            assert {getattr(system, name) for system in outcome.result} <= set(values)
