"""The wrapper reads the bodies that the specification describes, and those near them as the contract says."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

import enphase_enlighten
from enlighten_mock import SettableClock
from enphase_enlighten import APIStatusError, InvalidResponseError, UsageLimitExceededError
from tests.support.v2_calls import CALLS, NOW, PERIOD, TIMEZONE

from .generation.altered_bodies import AlteredBody, altered_bodies
from .generation.bodies import bodies
from .oracle.results import (
    body_of,
    days_of,
    expected_body,
    expected_days,
    expected_limit,
    identical,
    intervals_of,
    may_be_unusable,
    must_be_unusable,
    numbers_of,
    responder,
)
from .recording.caller import Caller, Outcome
from .recording.logs import recorded_log
from .settings import effort
from .specification.responses import DocumentedResponse, documented_responses
from .v2 import fleet
from .v2.operations import DAILY, DAILY_COLUMNS, ERRORS, INTERVALS, NO_CONTENT, OK, UNPROCESSABLE

if TYPE_CHECKING:
    from .reporting.tally import Tally

API = fleet.simulated()
READ = [response for response in documented_responses() if response.status == OK]
ERROR_STATUSES = sorted({response.status for response in documented_responses()} - {OK, NO_CONTENT})


def read(
    response: DocumentedResponse, body: Any, *, strict: bool, sync: bool = True, retries: int = 0, **more: Any
) -> Outcome:
    content = b"" if response.status == NO_CONTENT else json.dumps(body).encode()
    # A clock of its own, which the waits between retries advance.
    options = {"strict": strict, "max_retries": retries, "clock": SettableClock(NOW)}
    caller = Caller(httpx.MockTransport(responder(response, content)), API, **options)
    operation_id = response.operation_id
    given = {**CALLS[operation_id].arguments, **more}
    return caller.call(operation_id, given, models=operation_id in INTERVALS, sync=sync)


def shown(response: DocumentedResponse, body: Any) -> str:
    return f"status {response.status}: {json.dumps(body)}"[:2000]


@pytest.mark.parametrize("response", READ, ids=lambda response: response.operation_id)
def test_a_valid_body_is_read_and_written_back_without_loss(response: DocumentedResponse, tally: Tally) -> None:
    operation_id = response.operation_id
    assert response.schema is not None

    @effort(3)
    @given(body=bodies(response.schema), strict=st.booleans(), sync=st.booleans())
    def run(body: Any, strict: bool, sync: bool) -> None:
        with tally.case(operation_id, "valid bodies", shown(response, body)):
            outcome = read(response, body, strict=strict, sync=sync)
            assert outcome.error is None, outcome.error
            assert identical(body_of(operation_id, outcome), expected_body(operation_id, body))
            if operation_id in DAILY:
                assert days_of(outcome.result) == expected_days(operation_id, body)
                for production in [each for each in DAILY_COLUMNS[operation_id] if each]:
                    by_source = read(response, body, strict=strict, sync=sync, production=production).result
                    assert days_of(by_source) == expected_days(operation_id, body, production)

    run()


@pytest.mark.parametrize(
    "response", [each for each in READ if each.operation_id in INTERVALS], ids=lambda each: each[0]
)
def test_the_rows_of_a_body_are_its_intervals_of_the_period_in_order_and_once(
    response: DocumentedResponse, tally: Tally
) -> None:
    operation_id = response.operation_id
    assert response.schema is not None

    @effort(3)
    @given(body=bodies(response.schema))
    def run(body: Any) -> None:
        with tally.case(operation_id, "rows", shown(response, body)):
            transport = httpx.MockTransport(responder(response, json.dumps(body).encode()))
            rows = Caller(transport, API, strict=True).call(operation_id, CALLS[operation_id].arguments).result
            inside: dict[int, dict[str, Any]] = {}
            for interval in body["intervals"]:
                if PERIOD[0] < interval["end_at"] <= PERIOD[1]:
                    inside.setdefault(interval["end_at"], interval)
            assert intervals_of(rows, TIMEZONE) == [inside[end_at] for end_at in sorted(inside)]

    run()


@pytest.mark.parametrize("response", READ, ids=lambda response: response.operation_id)
def test_a_deviation_is_an_error_when_strict_and_kept_when_lenient(response: DocumentedResponse, tally: Tally) -> None:
    @effort(6)
    @given(altered=altered_bodies(response))
    def run(altered: AlteredBody) -> None:
        with tally.case(
            response.operation_id,
            "altered bodies",
            f"{altered.change} at {altered.pointer or 'the body'}: {shown(response, altered.body)}",
        ):
            check_strict(response, altered)
            check_lenient(response, altered)

    run()


def check_strict(response: DocumentedResponse, altered: AlteredBody) -> None:
    error = read(response, altered.body, strict=True).error
    if altered.valid:
        unusable = isinstance(error, InvalidResponseError) and may_be_unusable(response.operation_id, altered)
        assert error is None or unusable
        return
    assert isinstance(error, InvalidResponseError), "a deviation is not reported"
    # The error of an object in the place of a number may be what it lacks of the object that belongs there.
    inside = altered.change == "object for leaf" and error.pointer.startswith(f"{altered.pointer}/")
    assert inside or error.pointer in (altered.pointer, altered.outer)


def check_lenient(response: DocumentedResponse, altered: AlteredBody) -> None:
    operation_id = response.operation_id
    with recorded_log("enphase_enlighten", logging.WARNING) as logged:
        outcome = read(response, altered.body, strict=False)
    if outcome.error is not None:
        assert isinstance(outcome.error, InvalidResponseError)
        assert may_be_unusable(operation_id, altered), outcome.error
        return
    assert not must_be_unusable(operation_id, altered)
    assert identical(body_of(operation_id, outcome), expected_body(operation_id, altered.body))
    if not altered.valid and altered.change != "unknown member":
        places = [f" {altered.pointer} "]
        places += [f" {altered.pointer}/"] if altered.change == "object for leaf" else []
        assert [line for line in logged if any(place in line for place in places)], f"not reported: {logged}"


@pytest.mark.parametrize("status", ERROR_STATUSES)
def test_an_error_body_becomes_the_error_of_its_status(status: int, tally: Tally) -> None:
    responses = [response for response in documented_responses() if response.status == status]
    # Strategies are made once for a response, as hypothesis validates each that it has not met.
    valid = {each.operation_id: bodies(each.schema) for each in responses if each.schema is not None}
    near = {each.operation_id: altered_bodies(each) for each in responses}

    @effort(6)
    @given(data=st.data(), response=st.sampled_from(responses), sync=st.booleans(), retries=st.integers(0, 2))
    def run(data: st.DataObject, response: DocumentedResponse, sync: bool, retries: int) -> None:
        body = data.draw(valid[response.operation_id])
        with tally.case(response.operation_id, "error bodies", shown(response, body)):
            check_error(response, body, read(response, body, strict=True, sync=sync, retries=retries))
        altered = data.draw(near[response.operation_id])
        with tally.case(response.operation_id, "altered error bodies", shown(response, altered.body)):
            check_error(response, altered.body, read(response, altered.body, strict=False, sync=sync))
            if not altered.valid:
                error = read(response, altered.body, strict=True).error
                assert isinstance(error, InvalidResponseError)
                assert error.pointer in (altered.pointer, altered.outer)

    run()


def check_error(response: DocumentedResponse, body: Any, outcome: Outcome) -> None:
    fields = body if isinstance(body, dict) else {}
    names_a_range = not {"first_interval", "last_interval"}.isdisjoint(numbers_of(fields))
    if response.operation_id in INTERVALS and response.status == UNPROCESSABLE and names_a_range:
        assert outcome.error is None or isinstance(outcome.error, enphase_enlighten.UnprocessableRequestError)
        return
    error = outcome.error
    assert type(error) is getattr(enphase_enlighten, ERRORS[response.status]), repr(error)
    assert isinstance(error, APIStatusError)
    assert (error.status, error.body, error.operation) == (response.status, body, response.operation_id)
    assert error.attempts == len(outcome.exchanges)
    if isinstance(error, UsageLimitExceededError):
        assert (error.period, error.limit, error.resets_at) == expected_limit(fields)


@pytest.mark.parametrize(
    "response",
    [each for each in documented_responses() if each.status == NO_CONTENT],
    ids=lambda response: response.operation_id,
)
def test_no_content_is_an_empty_series(response: DocumentedResponse, tally: Tally) -> None:
    for sync in (True, False):
        with tally.case(response.operation_id, "no content", "status 204"):
            outcome = read(response, None, strict=True, sync=sync)
            assert outcome.error is None
            assert list(outcome.result) == []
