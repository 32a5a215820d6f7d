"""What an error says: of each shape of body, of arguments and of settings; and how it travels."""

from __future__ import annotations

import copy
import inspect
import json
import pickle
import subprocess
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import enphase_enlighten
from enphase_enlighten import (
    APIStatusError,
    AsyncEnlighten,
    AuthenticationError,
    ConfigurationError,
    Enlighten,
    EnlightenError,
    InvalidArgumentError,
    InvalidResponseError,
    NotFoundError,
    Quota,
    ServerError,
    ServiceUnavailableError,
    TimezoneUnknownError,
    UnprocessableRequestError,
    UsageLimitExceededError,
)
from tests.support.service import StubService, reply

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.lowest

RECORDED = Path(__file__).parents[1] / "data" / "recorded"


def raised(status: int, body: object, call: str = "summary", **options: Any) -> Any:
    """The error for a response."""
    service = StubService(always=reply(body, status))
    with (
        service.client(**{"max_wait": 0, "max_retries": 0, **options}) as client,
        pytest.raises(APIStatusError) as caught,
    ):
        getattr(client, call)(67)
    return caught.value


NOT_AUTHORIZED = ("Not authorized to access requested resource.",)
NO_METER = ("This system has no consumption meter",)
RANGE = "Requested date range is invalid for this system"
SEVEN_DAYS = (
    "Requested date range in one API hit cannot be more than 7 days. {:start_at=>1381474800, :end_at=>1382252400}"
)
PLAN = ("Usage limit exceeded for plan Watt",)


@pytest.mark.parametrize(
    ("file", "expected", "reason", "messages", "rest"),
    [
        ("401-not-authorized", AuthenticationError, "401", NOT_AUTHORIZED, {}),
        ("401-not-authorized-without-full-stop", AuthenticationError, "401", (NOT_AUTHORIZED[0][:-1],), {}),
        ("401-no-consumption-meter", AuthenticationError, None, NO_METER, {}),
        ("404-no-consumption-meter", NotFoundError, None, NO_METER, {}),
        ("404-envoy-not-found", NotFoundError, "404", ("Envoy not found with this serial number",), {}),
        ("404-resource-not-found", NotFoundError, "404", ("Resource not found.",), {}),
        (
            "409-minute",
            UsageLimitExceededError,
            "409",
            PLAN,
            {"period": "minute", "limit": 10, "resets_at": datetime(2014, 6, 2, 20, 55, tzinfo=UTC)},
        ),
        (
            "409-month",
            UsageLimitExceededError,
            "409",
            PLAN,
            {"period": "month", "limit": 10_000, "resets_at": datetime(2022, 2, 1, tzinfo=UTC)},
        ),
        ("422-invalid-date-range", UnprocessableRequestError, RANGE, (), {"first_interval": None}),
        ("422-malformed-date", UnprocessableRequestError, "Failed to parse date", (), {"start_at": None}),
        ("422-more-than-seven-days", UnprocessableRequestError, SEVEN_DAYS, (), {"start_at": None}),
        (
            "422-no-intervals-in-range",
            UnprocessableRequestError,
            RANGE,
            (),
            {
                "start_at": 1381496100,
                "end_at": 1381497600,
                "first_interval": 1357023900,
                "last_interval": 1381480200,
            },
        ),
        ("422-site-not-found", UnprocessableRequestError, None, ("Couldn't find Site with 'id'=-1",), {}),
        ("500-data-temporarily-unavailable", ServerError, "7", ("Data temporarily unavailable.",), {}),
        ("500-with-type", ServerError, "500", ("Internal server error",), {}),
    ],
)
@pytest.mark.parametrize("strict", [False, True], ids=["lenient", "strict"])
def test_an_error_has_what_a_recorded_body_says(  # noqa: PLR0917 - the columns of a table
    file: str, expected: type[APIStatusError], reason: str | None, messages: tuple[str, ...], rest: Any, strict: bool
) -> None:
    body = json.loads((RECORDED / f"{file}.json").read_text())
    error = raised(int(file[:3]), body, strict=strict)
    assert type(error) is expected
    assert (error.status, error.operation, error.attempts) == (int(file[:3]), "Summary", 1)
    assert (error.reason, error.messages, error.body) == (reason, messages, body)
    assert {name: getattr(error, name) for name in rest} == rest
    said = messages[0] if messages else reason
    assert said is not None
    advice = expected.advice
    if "resets_at" in rest:
        advice = f"The {rest['period']} ends at {rest['resets_at']:%Y-%m-%d %H:%M:%S} UTC. {advice}"
    assert str(error) == f"Summary: status {file[:3]}: {said.rstrip('.')}. {advice}"


def test_the_table_above_has_every_recorded_body() -> None:
    [mark] = [mark for mark in test_an_error_has_what_a_recorded_body_says.pytestmark if "file" in mark.args[0]]
    assert {row[0] for row in mark.args[1]} == {file.stem for file in RECORDED.glob("*.json")}


@pytest.mark.parametrize(
    ("status", "body", "reason", "messages", "text"),
    [
        (401, {"reason": 401, "message": ["Not authorized"]}, "401", ("Not authorized",), "Not authorized."),
        (422, {"reason": "Bad range", "message": "No site"}, "Bad range", ("No site",), "Bad range; No site."),
        (500, {"errorCode": 7, "errorMessages": []}, "7", (), "7."),
        (500, {"message": None, "reason": None}, None, (), "the body begins"),
        (404, {"message": [1, {"a": [2]}]}, None, ("1", "{'a': [2]}"), "1; {'a': [2]}."),
        (404, ["Not found"], None, (), "the body begins \"['Not found']\"."),
        (404, b"", None, (), "the body is empty."),
        (404, "Not found", None, (), "the body begins 'Not found'."),
        (
            418,
            {"message": ["a\n\x1b[31mb\ud800c\u202ed"]},
            None,
            ("a\n\x1b[31mb\ud800c\u202ed",),
            r"a \x1b[31mb\ud800c\u202ed.",
        ),
        (404, {"message": "x" * 9000}, None, ("x" * 9000,), "x" * 397 + "..."),
    ],
)
def test_whatever_the_shape_of_a_body_the_message_is_one_line(
    status: int, body: object, reason: str | None, messages: tuple[str, ...], text: str
) -> None:
    error = raised(status, body)
    assert (error.reason, error.messages) == (reason, messages)
    assert f"status {status}: {text}" in str(error)
    assert len(str(error).splitlines()) == 1
    str(error).encode()


@pytest.mark.parametrize(
    ("content", "body"), [(b"null", None), (b" null\n", None), (b'"null"', "null"), (b"nul", "nul"), (b"", "")]
)
def test_a_body_of_null_is_none_and_not_a_text(content: bytes, body: object) -> None:
    assert raised(404, content).body == body


@pytest.mark.parametrize("call", ["consumption_lifetime", "summary"])
def test_a_plain_401_of_a_consumption_operation_names_both_causes(call: str) -> None:
    error = raised(401, {"reason": "401", "message": ["Not authorized"]}, call)
    assert ("without a consumption meter" in str(error)) is (call == "consumption_lifetime")
    assert "authorised" in str(error)


@pytest.mark.parametrize("wrong", ["10", 10.5, True, None, [10], -1, 2**70, 10**400])
def test_invalid_numbers_are_left_out(wrong: object) -> None:
    error = raised(409, {"message": ["No"], "period": wrong, "limit": wrong, "period_end": wrong})
    assert error.resets_at is None
    assert error.limit is None
    assert error.period == (wrong if isinstance(wrong, str) else None)
    error = raised(422, {"reason": "No", "first_interval": wrong})
    assert error.first_interval is None


def test_attempts_are_counted_and_shown() -> None:
    error = raised(503, b"", max_retries=2)
    assert type(error) is ServiceUnavailableError
    assert error.attempts == 3
    assert str(error).startswith("Summary: status 503 after 3 attempts: ")


CLASSES = [
    cls for cls in vars(enphase_enlighten.errors).values() if inspect.isclass(cls) and issubclass(cls, EnlightenError)
]


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_every_error_is_public_and_pickles_with_all_that_it_has(cls: type[EnlightenError]) -> None:
    assert getattr(enphase_enlighten, cls.__name__) is cls
    error = cls("what happened, and what to do")
    error.operation = "Stats"
    error.body = {"reason": [1, None]}
    error.add_note("seen at night")
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        twin = pickle.loads(pickle.dumps(error, protocol))  # noqa: S301 - our own
        assert type(twin) is cls
        assert (twin.args, twin.__dict__) == (error.args, error.__dict__)
    twin = copy.copy(error)
    twin.operation = "Systems"
    assert error.operation == "Stats"


def test_an_error_crosses_to_another_process() -> None:
    error = raised(409, json.loads((RECORDED / "409-minute.json").read_text()))
    program = "import pickle, sys; print(pickle.load(sys.stdin.buffer).resets_at)"
    done = subprocess.run([sys.executable, "-c", program], input=pickle.dumps(error), capture_output=True, check=True)  # noqa: S603 - this interpreter
    assert done.stdout.decode().strip() == "2014-06-02 20:55:00+00:00"


def test_an_invalid_argument_is_a_value_error_that_names_itself_and_its_operation(service: StubService) -> None:
    with service.client() as client:
        calls: dict[str, Callable[[], object]] = {
            "Summary": lambda: client.summary("67"),  # type: ignore[arg-type]  # the mistake
            "Stats": lambda: client.stats(67, start_at="soon"),
            "Systems": lambda: client.systems(page_size=0),
            "EnergyLifetime": lambda: client.energy_lifetime(67, start_date="soon"),
            "SearchSystemId": lambda: client.search_system_id(""),
        }
        for operation, call in calls.items():
            with pytest.raises(ValueError, match=r"is not accepted\. Give ") as caught:
                call()
            assert isinstance(caught.value, InvalidArgumentError)
            assert caught.value.operation == operation
            assert str(caught.value).startswith(f"{caught.value.argument}=")


@pytest.mark.parametrize("number", [2**63, 10**400, 10**5000], ids=["64 bits", "400 digits", "5000 digits"])
def test_a_number_that_is_no_id_is_shown_as_far_as_it_can_be(service: StubService, number: int) -> None:
    with service.client() as client:
        with pytest.raises(InvalidArgumentError, match=r"^system_id=.{5,80} is not accepted"):
            client.summary(number)
        with pytest.raises(InvalidArgumentError, match=r"^start_at=.{5,80} is not accepted"):
            client.stats(67, start_at=number)


@pytest.mark.parametrize("text", ["\ud800", "x" * 100_000])
def test_an_argument_that_fits_in_no_url_is_raised(service: StubService, text: str) -> None:
    with service.client() as client:
        with pytest.raises(InvalidArgumentError, match="SearchSystemId: an argument cannot be sent") as caught:
            client.search_system_id(text)
        assert caught.value.operation == "SearchSystemId"


def test_an_unknown_timezone_is_an_error_of_the_operation_that_needed_it(service: StubService) -> None:
    service.zones = {}
    with service.client() as client:
        with pytest.raises(TimezoneUnknownError, match="Pass timezone=") as caught:
            list(client.stats(67))
        assert caught.value.operation == "Stats"
        with pytest.raises(TimezoneUnknownError) as caught:
            client.production_meter_readings(67, end_at="2026-01-01")
        assert caught.value.operation == "ProductionMeterReadings"


@pytest.mark.parametrize("timeout", [0, -1, float("nan"), float("inf"), 10**400, "5", True, None])
def test_an_invalid_timeout_is_an_error(timeout: Any) -> None:
    with pytest.raises(InvalidArgumentError, match="timeout="):
        Enlighten("key", "user", timeout=timeout)


def test_an_error_comes_without_what_was_handled_when_it_was_found(service: StubService) -> None:
    body = {"system_id": 67, "start_date": "9999-12-31", "production": [1, 2]}
    service.always = reply(body)
    with service.client() as client, pytest.raises(InvalidResponseError) as caught:
        client.energy_lifetime(67)
    assert caught.value.__context__ is None
    frames = traceback.extract_tb(caught.value.__traceback__)
    assert not [frame for frame in frames if "operations" in frame.filename]


@pytest.mark.parametrize(
    ("options", "expected", "problem"),
    [
        (
            {"max_retries": -1},
            InvalidArgumentError,
            "max_retries=-1 is not accepted. Give a whole number of at least 0",
        ),
        ({"max_retries": 1.5}, InvalidArgumentError, "max_retries=1.5"),
        ({"concurrency": 0}, InvalidArgumentError, "concurrency=0"),
        ({"max_response_bytes": True}, InvalidArgumentError, "max_response_bytes=True"),
        ({"max_wait": -0.1}, InvalidArgumentError, "max_wait=-0.1"),
        ({"max_wait": 10**400}, InvalidArgumentError, "max_wait=1000"),
        ({"max_wait": float("nan")}, InvalidArgumentError, "max_wait=nan"),
        ({"max_wait": "x" * 999}, InvalidArgumentError, "max_wait='x+... is not accepted"),
        ({"plan": "watt", "quota": Quota()}, ConfigurationError, "plan= and quota= were both given"),
        ({"plan": "ampere"}, ConfigurationError, "plan='ampere'"),
    ],
)
@pytest.mark.parametrize("make", [Enlighten, AsyncEnlighten])
def test_a_setting_that_cannot_be_used_is_raised(
    make: Any, options: dict[str, Any], expected: type[EnlightenError], problem: str
) -> None:
    with pytest.raises(expected, match=problem):
        make("key", "user", **options)


def test_the_error_of_an_unusable_body_has_its_place_and_its_beginning(service: StubService) -> None:
    service.always = reply(b"<title>Maintenance</title>")
    with service.client() as client, pytest.raises(InvalidResponseError) as caught:
        client.summary(67)
    error = caught.value
    assert (error.status, error.pointer, error.excerpt) == (200, "", "<title>Maintenance</title>")
    assert str(error).startswith("Summary: the body: not JSON: Expecting value: line 1 column 1 (char 0) (status 200).")
    assert str(error).endswith("The body begins: '<title>Maintenance</title>'")
