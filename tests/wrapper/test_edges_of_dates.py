"""Instants, dates and timezones at their very edges, and what exactly is said of those that are not accepted."""

from __future__ import annotations

import sys
import zoneinfo
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from enphase_enlighten import InvalidArgumentError, TimezoneUnknownError, aware_datetimes
from enphase_enlighten.timing.instants import (
    absence_of,
    in_order,
    named_timezone,
    parse_date,
    parse_instant,
    parse_timezone,
)
from enphase_enlighten.timing.numbers import epoch_seconds

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.lowest

ZONE = ZoneInfo("America/Los_Angeles")
LAST = datetime(9999, 12, 30, tzinfo=UTC).timestamp()
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC).timestamp()


@pytest.fixture
def no_timezones(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine without a timezone database."""
    for name in [name for name in sys.modules if name.split(".")[0] == "tzdata"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "tzdata", None)
    before = zoneinfo.TZPATH
    zoneinfo.reset_tzpath(to=[])
    ZoneInfo.clear_cache()
    yield
    zoneinfo.reset_tzpath(to=before)
    ZoneInfo.clear_cache()


def problem(check: Any, *arguments: Any) -> str:
    with pytest.raises(InvalidArgumentError) as caught:
        check(*arguments)
    return str(caught.value)


@pytest.mark.parametrize("value", [0, 0.5, LAST, "1970-01-01T00:00Z"])
def test_epoch_seconds_are_accepted_from_1970_until_every_timezone_can_show_them(value: Any) -> None:
    moment = parse_instant("start_at", value)

    assert (moment.local, moment.given) == (None, value)
    assert moment.earliest == moment.latest == moment.at(ZONE) == moment.epoch


@pytest.mark.parametrize("value", [-0.001, LAST + 1, "1969-12-31T23:59Z"])
def test_epoch_seconds_beyond_are_not(value: Any) -> None:
    assert problem(parse_instant, "end_at", value) == (
        f"end_at={value!r} is not accepted. Give an aware datetime, epoch seconds, an ISO 8601 string, or, in the "
        "system's timezone, a date or naive datetime."
    )


@pytest.mark.parametrize("value", ["1970-01-01", "9998-12-31T23:59:59", date(1970, 1, 1), "2026-06-01T12:00"])
def test_a_local_time_comes_first_in_the_east_and_last_in_the_west(value: Any) -> None:
    moment = parse_instant("start_at", value)

    assert (moment.epoch, moment.given) == (None, value)
    assert moment.latest - moment.earliest == 26 * 3600
    assert moment.at(UTC) - moment.earliest == 14 * 3600


@pytest.mark.parametrize("value", ["1969-12-31", "9999-01-01", date(9999, 1, 1), date(1969, 12, 31)])
def test_a_local_time_of_another_age_is_not_accepted(value: Any) -> None:
    assert problem(parse_instant, "start_at", value).startswith("start_at=")


def test_a_tzinfo_without_an_offset_leaves_a_time_that_is_the_systems() -> None:
    class Without(tzinfo):
        def utcoffset(self, _moment: datetime | None) -> None:
            return None

        def dst(self, _moment: datetime | None) -> None:
            return None

        def tzname(self, _moment: datetime | None) -> None:
            return None

    moment = parse_instant("start_at", datetime(2026, 6, 1, 12, tzinfo=Without()))

    assert moment.local == datetime(2026, 6, 1, 12)  # noqa: DTZ001 - that it is naive is what is tested
    assert moment.at(ZONE) == datetime(2026, 6, 1, 12, tzinfo=ZONE).timestamp()


def test_what_is_no_date_is_an_error_that_says_what_one_is() -> None:
    assert problem(parse_date, "start_date", 5, NOON) == (
        "start_date=5 is not accepted. Give a date, or a string such as '2024-03-31'."
    )


def test_a_date_is_in_the_future_when_it_has_begun_nowhere() -> None:
    # At 10:00 in UTC, it is midnight at fourteen hours ahead of it.
    ten = datetime(2026, 6, 1, 10, tzinfo=UTC).timestamp()

    assert parse_date("end_date", "2026-06-02", ten) == date(2026, 6, 2)
    assert problem(parse_date, "end_date", "2026-06-02", ten - 1) == (
        "end_date='2026-06-02' is not accepted. Give a date that is not in the future."
    )
    assert problem(parse_date, "end_date", date(2026, 6, 2), ten - 1).startswith("end_date='2026-06-02' is not")


def test_dates_in_order_may_be_the_same_day() -> None:
    for start, end in ((None, None), (date.max, None), (None, date.min), (date.min, date.min), (date.min, date.max)):
        in_order("start_date", start, "end_date", end)
    assert problem(in_order, "start_date", date(2026, 6, 2), "end_date", date(2026, 6, 1)) == (
        "start_date='2026-06-02' is not accepted. Give a date that is not after end_date=2026-06-01."
    )


@pytest.mark.parametrize("name", ["", None, 5, b"UTC", "America", "Mars/Olympus", "../etc/passwd", "a\0b"])
def test_what_names_no_timezone_names_none(name: object) -> None:
    assert named_timezone(name) is None


def test_a_timezone_that_is_named_is_that_one() -> None:
    for zone in (named_timezone("America/Los_Angeles"), parse_timezone("America/Los_Angeles")):
        assert str(zone) == str(ZONE)
    forms = "is not accepted. Give the name of an IANA timezone such as 'America/Los_Angeles', or a tzinfo"
    why = "this machine's timezone database does not have that name; if it is right, pip install --upgrade tzdata"
    assert problem(parse_timezone, "Mars/Olympus") == f"timezone='Mars/Olympus' {forms}; {why}."
    assert problem(parse_timezone, 5) == f"timezone=5 {forms}."


def test_a_tzinfo_whose_zone_is_unknown_is_taken_as_it_is() -> None:
    class Own(tzinfo):
        zone = "of mine"

        def utcoffset(self, _moment: datetime | None) -> timedelta:
            return timedelta(hours=1)

        def dst(self, _moment: datetime | None) -> timedelta:
            return timedelta(0)

        def tzname(self, _moment: datetime | None) -> str:
            return "mine"

    own = Own()
    assert parse_timezone(own) is own


class Attribute:
    def __init__(self, name: str) -> None:
        self.name = name


class Model:
    """Looks like a model of the generated client."""

    __attrs_attrs__ = tuple(map(Attribute, ("made_at", "last_report_date", "at", "date", "report_date", "at_last")))

    def __init__(self, value: object) -> None:
        self.made_at = self.last_report_date = self.at = self.date = self.report_date = self.at_last = value


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        (0, datetime(1970, 1, 1, tzinfo=UTC)),
        (60.0, datetime(1970, 1, 1, 0, 1, tzinfo=UTC)),
        (LAST, datetime(9999, 12, 30, tzinfo=UTC)),
        (LAST + 1, None),
        (-1, None),
        (0.5, None),
        (True, None),
        ("60", None),
        (None, None),
    ],
)
def test_the_fields_of_a_model_that_are_moments_become_datetimes(value: object, moment: datetime | None) -> None:
    assert aware_datetimes(Model(value)) == {"made_at": moment, "last_report_date": moment}


def test_the_datetimes_are_in_the_timezone_that_is_given() -> None:
    for zone, text in (
        (timezone(timedelta(hours=1)), "1970-01-01T01:00:00+01:00"),
        ("Asia/Kathmandu", "1970-01-01T05:30:00+05:30"),
    ):
        moment = aware_datetimes(Model(0), zone)["made_at"]
        assert moment is not None
        assert moment.isoformat() == text


@pytest.mark.parametrize(
    ("value", "seconds"),
    [(1, 1), (1.0, 1), (0, 0), (-1, None), (1.5, None), (True, None), ("1", None), (None, None), (float("inf"), None)],
)
def test_a_whole_number_is_one_however_json_writes_it(value: object, seconds: int | None) -> None:
    found = epoch_seconds(value)

    assert found == seconds
    assert type(found) is (int if seconds is not None else type(None))


@pytest.mark.parametrize(
    ("name", "is_a_name"),
    [
        ("Mars/Olympus", True),
        ("America/Argentina/Nowhere", True),
        ("Etc/GMT+99", True),
        ("X/y", False),
        ("XY/y", True),
        ("a/b/c/d", False),
        ("Mars Olympus", False),
        ("Mars/", False),
        ("9Mars/Olympus", False),
        ("", False),
        (None, False),
        (5, False),
        ("America/Los_Angeles", False),
    ],
)
def test_a_name_of_the_right_form_is_never_said_to_be_wrong(name: object, *, is_a_name: bool) -> None:
    why = absence_of(name)

    assert (why is not None) is is_a_name
    assert why is None or why.startswith("this machine's timezone database does not have that name; if it is right, ")


@pytest.mark.parametrize("offset", [5, "+01:00", timedelta(days=1), RecursionError])
def test_a_tzinfo_that_is_broken_is_an_error(offset: Any) -> None:
    class Broken(tzinfo):
        def utcoffset(self, _moment: datetime | None) -> Any:
            return offset

        def dst(self, _moment: datetime | None) -> timedelta:
            return timedelta(0)

        def tzname(self, _moment: datetime | None) -> str:
            return "broken"

    assert problem(parse_timezone, Broken()).startswith("timezone=<")


@pytest.mark.usefixtures("no_timezones")
def test_without_a_timezone_database_no_name_is_said_to_be_wrong() -> None:
    for name in ("America/Los_Angeles", "Mars/Olympus"):
        with pytest.raises(TimezoneUnknownError) as caught:
            parse_timezone(name)
        assert str(caught.value) == (
            f"timezone={name!r}: this machine has no timezone database, or only a part of one: pip install tzdata."
        )
