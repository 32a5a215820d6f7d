"""What the specification says of bodies is what the wrapper reads; and what is near it is read as the contract says."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import enphase_enlighten
from enlighten_mock import SettableClock
from enphase_enlighten import APIStatusError, InvalidResponseError, UsageLimitExceededError

from . import fleet
from .bodies import WINDOW, Answer, answers, bodies
from .calls import DAILY, INTERVALS, Caller, Outcome
from .damage import Damaged, damaged_bodies
from .profile import effort
from .reading import (
    DAILY_COLUMNS,
    ERRORS,
    ZONE,
    call,
    days_expected,
    expected_back,
    given_back,
    limit_expected,
    may_be_unusable,
    must_be_unusable,
    numbers_told,
    reports,
    rows_back,
    same,
    serve,
)
from .wire import Answering

if TYPE_CHECKING:
    from .tally import Tally

API = fleet.simulated()
OK, NO_CONTENT, UNPROCESSABLE = 200, 204, 422
READ = [answer for answer in answers() if answer.status == OK]
REFUSED = sorted({answer.status for answer in answers()} - {OK, NO_CONTENT})


def read(answer: Answer, body: Any, *, strict: bool, sync: bool = True, retries: int = 0, **more: Any) -> Outcome:
    content = b"" if answer.status == NO_CONTENT else json.dumps(body).encode()
    # A clock of its own, which the waits between retries move on.
    options = {"strict": strict, "max_retries": retries, "clock": SettableClock(fleet.NOW)}
    caller = Caller(Answering(serve(answer, content)), API, **options)
    method = caller.call if sync else caller.acall
    return method(answer.operation_id, {**call(answer), **more}, responses=answer.operation_id in INTERVALS)


def shown(answer: Answer, body: Any) -> str:
    return f"status {answer.status}: {json.dumps(body)}"[:2000]


@pytest.mark.parametrize("answer", READ, ids=lambda answer: answer.operation_id)
def test_a_valid_body_is_read_and_written_back_without_loss(answer: Answer, tally: Tally) -> None:
    assert answer.schema is not None

    @effort(3)
    @given(body=bodies(answer.schema), strict=st.booleans(), sync=st.booleans())
    def run(body: Any, strict: bool, sync: bool) -> None:
        with tally.case(answer.operation_id, "valid bodies", shown(answer, body)):
            outcome = read(answer, body, strict=strict, sync=sync)
            assert outcome.error is None, outcome.error
            assert same(given_back(answer, outcome), expected_back(answer, body))
            if answer.operation_id in DAILY:
                assert list(outcome.result) == days_expected(answer.operation_id, body)
                for production in [each for each in DAILY_COLUMNS[answer.operation_id] if each]:
                    by_source = read(answer, body, strict=strict, sync=sync, production=production).result
                    assert list(by_source) == days_expected(answer.operation_id, body, production)

    run()


@pytest.mark.parametrize("answer", [each for each in READ if each.operation_id in INTERVALS], ids=lambda each: each[0])
def test_the_rows_of_a_body_are_its_intervals_of_the_period_in_order_and_once(answer: Answer, tally: Tally) -> None:
    assert answer.schema is not None

    @effort(3)
    @given(body=bodies(answer.schema))
    def run(body: Any) -> None:
        with tally.case(answer.operation_id, "rows", shown(answer, body)):
            caller = Caller(Answering(serve(answer, json.dumps(body).encode())), API, strict=True)
            rows = caller.call(answer.operation_id, call(answer)).result
            inside: dict[int, dict[str, Any]] = {}
            for interval in body["intervals"]:
                if WINDOW[0] < interval["end_at"] <= WINDOW[1]:
                    inside.setdefault(interval["end_at"], interval)
            assert rows_back(rows, ZONE) == [inside[end_at] for end_at in sorted(inside)]

    run()


@pytest.mark.parametrize("answer", READ, ids=lambda answer: answer.operation_id)
def test_a_body_near_a_valid_one_is_named_when_strict_and_kept_when_lenient(answer: Answer, tally: Tally) -> None:
    @effort(6)
    @given(damage=damaged_bodies(answer))
    def run(damage: Damaged) -> None:
        with tally.case(
            answer.operation_id,
            "near bodies",
            f"{damage.how} at {damage.pointer or 'the body'}: {shown(answer, damage.body)}",
        ):
            hold_strict(answer, damage)
            hold_lenient(answer, damage)

    run()


def hold_strict(answer: Answer, damage: Damaged) -> None:
    error = read(answer, damage.body, strict=True).error
    if damage.valid:
        assert error is None or (isinstance(error, InvalidResponseError) and may_be_unusable(answer, damage))
        return
    assert isinstance(error, InvalidResponseError), "a deviation went unnoticed"
    # An object in the place of a number may be told by what it lacks of the object that belongs there.
    inside = damage.how == "object for leaf" and error.pointer.startswith(f"{damage.pointer}/")
    assert inside or error.pointer in (damage.pointer, damage.outer)


def hold_lenient(answer: Answer, damage: Damaged) -> None:
    with reports() as said:
        outcome = read(answer, damage.body, strict=False)
    if outcome.error is not None:
        assert isinstance(outcome.error, InvalidResponseError)
        assert may_be_unusable(answer, damage), outcome.error
        return
    assert not must_be_unusable(answer, damage)
    assert same(given_back(answer, outcome), expected_back(answer, damage.body))
    if not damage.valid and damage.how != "unknown member":
        places = [f" {damage.pointer} "] + ([f" {damage.pointer}/"] if damage.how == "object for leaf" else [])
        assert [line for line in said if any(place in line for place in places)], f"not reported: {said}"


@pytest.mark.parametrize("status", REFUSED)
def test_an_error_body_becomes_the_error_of_its_status(status: int, tally: Tally) -> None:
    refusals = [answer for answer in answers() if answer.status == status]

    @effort(6)
    @given(data=st.data(), answer=st.sampled_from(refusals), sync=st.booleans(), retries=st.integers(0, 2))
    def run(data: st.DataObject, answer: Answer, sync: bool, retries: int) -> None:
        assert answer.schema is not None
        body = data.draw(bodies(answer.schema))
        with tally.case(answer.operation_id, "error bodies", shown(answer, body)):
            hold_error(answer, body, read(answer, body, strict=True, sync=sync, retries=retries))
        damage = data.draw(damaged_bodies(answer))
        with tally.case(answer.operation_id, "near error bodies", shown(answer, damage.body)):
            hold_error(answer, damage.body, read(answer, damage.body, strict=False, sync=sync))
            if not damage.valid:
                error = read(answer, damage.body, strict=True).error
                assert isinstance(error, InvalidResponseError)
                assert error.pointer in (damage.pointer, damage.outer)

    run()


def hold_error(answer: Answer, body: Any, outcome: Outcome) -> None:
    fields = body if isinstance(body, dict) else {}
    tells_range = not {"first_interval", "last_interval"}.isdisjoint(numbers_told(fields))
    if answer.operation_id in INTERVALS and answer.status == UNPROCESSABLE and tells_range:
        assert outcome.error is None or isinstance(outcome.error, enphase_enlighten.UnprocessableRequestError)
        return
    error = outcome.error
    assert type(error) is getattr(enphase_enlighten, ERRORS[answer.status]), repr(error)
    assert isinstance(error, APIStatusError)
    assert (error.status, error.body, error.operation) == (answer.status, body, answer.operation_id)
    assert error.attempts == len(outcome.exchanges)
    if isinstance(error, UsageLimitExceededError):
        assert (error.period, error.limit, error.resets_at) == limit_expected(fields)


@pytest.mark.parametrize(
    "answer", [each for each in answers() if each.status == NO_CONTENT], ids=lambda answer: answer.operation_id
)
def test_no_content_is_an_empty_series(answer: Answer, tally: Tally) -> None:
    for sync in (True, False):
        with tally.case(answer.operation_id, "no content", "status 204"):
            outcome = read(answer, None, strict=True, sync=sync)
            assert outcome.error is None
            assert list(outcome.result) == []
