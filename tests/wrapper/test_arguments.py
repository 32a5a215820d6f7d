"""Each kind of argument is checked before anything is sent."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from enphase_enlighten import InvalidArgumentError
from enphase_enlighten.api import Operation
from enphase_enlighten.operations import arguments
from enphase_enlighten.operations.arguments import (
    between,
    checked,
    day,
    filled_text,
    flag,
    instant,
    member_of,
    optional,
    several,
    text,
    whole_number,
)

if TYPE_CHECKING:
    from enphase_enlighten import Enlighten
    from enphase_enlighten.api import Check


@pytest.mark.parametrize(
    ("check", "value", "sent"),
    [
        (arguments.system, 67, 67),
        (whole_number, -3, -3),
        (between(1, 20), 20, 20),
        (text, "", ""),
        (filled_text, "0012", "0012"),
        (flag, False, False),
        (day, "2024-06-01", date(2024, 6, 1)),
        (member_of("Status"), "comm", "comm"),
        (several(whole_number), 1, [1]),
        (several(text), ("a", "b"), ["a", "b"]),
        (optional(day), None, None),
        (optional(between(1, 20)), 1, 1),
    ],
)
def test_what_a_check_accepts_is_sent(client: Enlighten, check: Check, value: Any, sent: Any) -> None:
    assert check(client._context, "argument", value) == sent


def test_an_instant_is_kept_until_the_timezone_is_known(client: Enlighten) -> None:
    assert (
        instant(client._context, "argument", "2024-06-01T00:00Z").epoch == datetime(2024, 6, 1, tzinfo=UTC).timestamp()
    )
    assert instant(client._context, "argument", "2024-06-01T00:00").epoch is None


@pytest.mark.parametrize(
    ("check", "value", "accepted"),
    [
        (arguments.system, "67", "a system's id"),
        (whole_number, 1.5, "an int"),
        (whole_number, True, "an int"),
        (whole_number, 2**63, "an int"),
        (between(1, 20), 0, "a number from 1 to 20"),
        (between(1, 20), 21, "a number from 1 to 20"),
        (between(1, 20), "1", "an int"),
        (text, 12, "a string"),
        (filled_text, "", "a string that is not empty"),
        (filled_text, None, "a string"),
        (flag, 1, "True or False"),
        (flag, "true", "True or False"),
        (day, None, "a date"),
        (instant, "soon", "an aware datetime"),
        (member_of("Status"), "asleep", "one of 'battery', 'comm'"),
        (several(text), [], "at least one value"),
        (several(text), ["a", 1], "a string"),
        (optional(flag), 0, "True or False"),
    ],
)
def test_what_a_check_does_not_accept_names_argument_and_forms(
    client: Enlighten, check: Check, value: Any, accepted: str
) -> None:
    with pytest.raises(InvalidArgumentError, match=f"^argument=.* is not accepted. Give {accepted}") as caught:
        check(client._context, "argument", value)
    assert caught.value.argument == "argument"


def test_what_an_operation_does_not_check_is_sent_as_it_is(client: Enlighten) -> None:
    operation = Operation("Alarms", arguments={"most": optional(between(1, 20)), "all": flag})
    assert checked(client._context, operation, {"all": True, "mode": [1]}) == {"most": None, "all": True, "mode": [1]}


def test_the_second_of_two_dates_does_not_come_before_the_first(client: Enlighten) -> None:
    operation = Operation("Alarms", arguments={"first": day, "last": optional(day)})
    with pytest.raises(InvalidArgumentError, match="a date that is not after last=2024-05-31"):
        checked(client._context, operation, {"first": "2024-06-01", "last": "2024-05-31"})
