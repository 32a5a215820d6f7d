"""What is no request of the specification is refused before it is sent, or becomes the error that the answer tells."""

from __future__ import annotations

import json
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume
from schemathesis import Case, GenerationMode

import enphase_enlighten
from enphase_enlighten import APIStatusError, EnlightenError, InvalidArgumentError, TimezoneUnknownError

from . import fleet
from .calls import DAILY, INTERVALS, LAZY, Caller, Outcome, arguments, plain
from .cases import reaching_the_fleet
from .equivalence import NO_CONTENT, NOT_FOUND, OK, UNAUTHORIZED, UNPROCESSABLE, is_lookup
from .profile import effort
from .reading import ERRORS
from .specifications import KEY, USER, load, operations
from .wire import faults

if TYPE_CHECKING:
    from .tally import Tally

NEGATIVE = reaching_the_fleet(load("effective", GenerationMode.NEGATIVE))
API = fleet.simulated()


def given_by(case: Case[Any]) -> tuple[str, dict[str, Any]]:
    """Return the arguments that a case names, as it has them, and None for a required one that it lacks."""
    operation = operations("effective")[case.operation.definition.raw["operationId"]]
    known = {**dict.fromkeys(operation.required), **case.path_parameters, **case.query}
    if "{system_id}" in operation.path:
        known.setdefault("system_id", None)
    names = {*operation.query, "system_id"} - {KEY, USER}
    return operation.operation_id, {name: value for name, value in known.items() if name in names}


@NEGATIVE.parametrize()
@effort(2)
def test_an_invalid_case_is_refused_or_answered_with_a_typed_error(case: Case[Any], tally: Tally) -> None:
    # The wrapper has no way to say another method, or a parameter that is not specified.
    assume(case.method == "GET")
    operation_id, parameters = given_by(case)
    given = arguments(operation_id, parameters)
    for sync in (True, False):
        with tally.case(operation_id, "rejections", f"{operation_id}: {given}"):
            caller = Caller(API.transport(), API, strict=True)
            hold(operation_id, given, (caller.call if sync else caller.acall)(operation_id, given))


def hold(operation_id: str, given: dict[str, Any], outcome: Outcome) -> None:
    sent = list(outcome.exchanges)
    for exchange in sent:
        assert faults(exchange, "published") == []
    if sent and operation_id in LAZY and is_lookup(sent[0], given.get("system_id", 0)):
        del sent[0]
    error = outcome.error
    if isinstance(error, InvalidArgumentError | TimezoneUnknownError):
        assert sent == []
    elif error is not None:
        assert isinstance(error, APIStatusError), repr(error)
        # It may be the lookup of a timezone that was answered so.
        assert error.status == outcome.exchanges[-1].status
        assert type(error) is getattr(enphase_enlighten, ERRORS[error.status or 0])
    else:
        hold_data(operation_id, outcome)


def hold_data(operation_id: str, outcome: Outcome) -> None:
    """Hold that what a method gave is what the service answered."""
    last = outcome.exchanges[-1]
    if operation_id in INTERVALS and last.status == UNPROCESSABLE and b"_interval" in last.body:
        assert outcome.result == [], "the service names the intervals that there are, and these are none"
        return
    no_meter = (UNAUTHORIZED, NOT_FOUND) if operation_id.startswith("Consumption") else ()
    assert last.status in (OK, NO_CONTENT, *no_meter)
    if operation_id in (*LAZY, "SearchSystemId"):
        return
    body = json.loads(last.body) if last.status == OK else None
    came = plain(outcome.result)
    assert (came[1] if operation_id in DAILY else came) == body


NOT_ARGUMENTS: list[Any] = [object(), 1.5, float("nan"), b"67", {"a": 1}, {1, 2}, "\ud800", 10**400, -1, "", [], True]


@pytest.mark.parametrize("operation_id", operations("effective"))
def test_whatever_is_given_only_our_errors_come_out(operation_id: str, tally: Tally) -> None:
    operation = operations("effective")[operation_id]
    names = {*operation.query} - {KEY, USER} | ({"system_id"} if "{system_id}" in operation.path else set())
    good = {"system_id": 67, "site_id": 67, "serial_num": "1", "start_date": "2024-04-01"}
    needed = {key: good[key] for key in good if key in names and (key in operation.required or key == "system_id")}
    for name, value in product(sorted(names), NOT_ARGUMENTS):
        given = arguments(operation_id, {**needed, name: value})
        with tally.case(operation_id, "rejections", f"{operation_id}: {given!r:.200}"):
            outcome = Caller(API.transport(), API, strict=True).call(operation_id, given)
            assert outcome.error is None or isinstance(outcome.error, EnlightenError)
