"""An invalid case is rejected before anything is sent, or becomes the typed error of its response."""

from __future__ import annotations

import json
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume
from schemathesis import Case, GenerationMode

import enphase_enlighten
from enphase_enlighten import APIStatusError, EnlightenError, InvalidArgumentError, TimezoneUnknownError
from tests.support.specification import operations
from tests.support.v2_calls import CALLS, NOW

from .generation.cases import operation_id_of, reaching_the_fleet
from .oracle.equivalence import is_lookup
from .oracle.violations import violations
from .recording.caller import Caller, Outcome, comparable
from .settings import effort
from .specification.schemas import load
from .v2 import fleet
from .v2.operations import (
    CONSUMPTION,
    DAILY,
    DAY,
    ERRORS,
    INTERVALS,
    KEY,
    LAZY,
    NO_CONTENT,
    NOT_FOUND,
    OK,
    UNAUTHORIZED,
    UNPROCESSABLE,
    USER,
    arguments,
)

if TYPE_CHECKING:
    from .reporting.tally import Tally

NEGATIVE = reaching_the_fleet(load("effective", GenerationMode.NEGATIVE))
API = fleet.simulated()
EARLY = int(NOW.timestamp()) - 364 * DAY
"""A moment at the edge of history."""


def parameters_of(case: Case[Any]) -> tuple[str, dict[str, Any]]:
    """Return the parameters of a case that the specification has, and None for a required one that it lacks."""
    operation = operations("effective")[operation_id_of(case)]
    given = {**dict.fromkeys(operation.required), **case.path_parameters, **case.query}
    if "{system_id}" in operation.path:
        given.setdefault("system_id", None)
    names = {*operation.query, "system_id"} - {KEY, USER}
    return operation.operation_id, {name: value for name, value in given.items() if name in names}


@NEGATIVE.parametrize()
@effort(2)
def test_an_invalid_case_is_rejected_or_becomes_a_typed_error(case: Case[Any], tally: Tally) -> None:
    # The wrapper cannot send another method, or a parameter that is not specified.
    assume(case.method == "GET")
    operation_id, parameters = parameters_of(case)
    given = arguments(operation_id, parameters)
    for sync in (True, False):
        with tally.case(operation_id, "rejections", f"{operation_id}: {given}"):
            outcome = Caller(API.transport(), API, strict=True).call(operation_id, given, sync=sync)
            check(operation_id, given, outcome)


def check(operation_id: str, given: dict[str, Any], outcome: Outcome) -> None:
    sent = list(outcome.exchanges)
    for exchange in sent:
        assert violations(exchange, "published") == []
    if sent and operation_id in LAZY and is_lookup(sent[0], given.get("system_id", 0)):
        del sent[0]
    error = outcome.error
    if isinstance(error, InvalidArgumentError | TimezoneUnknownError):
        assert sent == []
    elif error is not None:
        assert isinstance(error, APIStatusError), repr(error)
        # It may be the error of the lookup of a timezone.
        assert error.status == outcome.exchanges[-1].status
        assert type(error) is getattr(enphase_enlighten, ERRORS[error.status or 0])
    else:
        check_data(operation_id, outcome)


def check_data(operation_id: str, outcome: Outcome) -> None:
    """Check that the result of a method is the data of the response."""
    last = outcome.exchanges[-1]
    if operation_id in INTERVALS and last.status == UNPROCESSABLE and b"_interval" in last.body:
        assert outcome.result == [], "the service names the intervals that exist, and there are none of these"
        return
    no_meter = (UNAUTHORIZED, NOT_FOUND) if operation_id in CONSUMPTION else ()
    assert last.status in (OK, NO_CONTENT, *no_meter)
    if operation_id in (*LAZY, "SearchSystemId"):
        return
    body = json.loads(last.body) if last.status == OK else None
    result = comparable(outcome.result)
    assert (result[1] if operation_id in DAILY else result) == body


NOT_ARGUMENTS: list[Any] = [object(), 1.5, float("nan"), b"67", {"a": 1}, {1, 2}, "\ud800", 10**400, -1, "", [], True]


@pytest.mark.parametrize("operation_id", CALLS)
def test_any_value_of_an_argument_raises_no_errors_but_ours(operation_id: str, tally: Tally) -> None:
    operation = operations("effective")[operation_id]
    names = {*operation.query} - {KEY, USER} | ({"system_id"} if "{system_id}" in operation.path else set())
    good = {"system_id": 67, "site_id": 67, "serial_num": "1", "start_date": "2024-04-01"}
    needed = {key: good[key] for key in good if key in names and (key in operation.required or key == "system_id")}
    for name, value in product(sorted(names), NOT_ARGUMENTS):
        # `True` as a start is a moment before all history, which would take a request for each day of it.
        end = {"end_at": EARLY} if name == "start_at" else {}
        given = arguments(operation_id, {**needed, **end, name: value})
        with tally.case(operation_id, "rejections", f"{operation_id}: {given!r:.200}"):
            outcome = Caller(API.transport(), API, strict=True).call(operation_id, given)
            assert outcome.error is None or isinstance(outcome.error, EnlightenError)
