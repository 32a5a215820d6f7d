"""What callers may give as an instant, a date or a timezone, and what it means."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enlighten_v2.models import EnvoysResponse, Meta, MicroInverter
from enphase_enlighten import InvalidArgumentError, aware_datetimes
from enphase_enlighten.timing.instants import parse_date, parse_instant, parse_timezone

pytestmark = pytest.mark.lowest

ZONE = ZoneInfo("America/Los_Angeles")
NOON = datetime(2026, 6, 1, 12, tzinfo=ZONE)
NOW = NOON.timestamp()


@pytest.mark.parametrize(
    "given_as",
    [
        NOON,
        NOON.astimezone(UTC),
        NOON.timestamp(),
        int(NOON.timestamp()),
        np.int64(NOON.timestamp()),
        np.float64(NOON.timestamp()),
        pd.Timestamp(NOON),
        "2026-06-01T12:00",
        "2026-06-01 12:00:00",
        "20260601T1200",
        " 2026-06-01T12:00 ",
        "2026-06-01T19:00Z",
        "2026-06-01T21:00:00.000+02:00",
        "2026-06-02T00:45+05:45",
        datetime(2026, 6, 1, 12),  # noqa: DTZ001 - naive times are one of the forms
    ],
)
def test_every_form_of_an_instant_is_understood(given_as: Any) -> None:
    assert parse_instant("start_at", given_as).at(ZONE) == NOON.timestamp()


@pytest.mark.parametrize("given_as", [date(2026, 6, 1), "2026-06-01", "20260601"])
def test_a_date_is_its_midnight_at_the_system(given_as: Any) -> None:
    assert parse_instant("start_at", given_as).at(ZONE) == datetime(2026, 6, 1, tzinfo=ZONE).timestamp()


@pytest.mark.parametrize(
    "given_as",
    [
        True,
        np.bool_(True),
        float("nan"),
        float("inf"),
        -float("inf"),
        -1,
        10**400,
        1e300,
        datetime(9999, 12, 31),  # noqa: DTZ001 - at the system
        datetime(1, 1, 1),  # noqa: DTZ001 - at the system
        datetime.min.replace(tzinfo=timezone(timedelta(hours=14))),
        datetime.max.replace(tzinfo=timezone(timedelta(hours=-14))),
        date.max,
        date(1969, 12, 31),
        b"2026-06-01",
        "",
        "yesterday",
        "2026",
        "2026-06",
        "2026-W23",
        "2026-13-01",
        "2026-06-01T25:00",
        "2026-06-01T12:00+99:00",
        "1780340400",
        "\u0662\u0660\u0662\u0666-06-01",
        None,
        Decimal(1),
        [1],
        object(),
    ],
)
def test_an_invalid_instant_is_an_error_with_the_name_and_the_accepted_forms(given_as: Any) -> None:
    with pytest.raises(InvalidArgumentError, match=r"^start_at=.*epoch seconds, an ISO 8601 string") as caught:
        parse_instant("start_at", given_as)

    assert caught.value.argument == "start_at"


def test_a_local_time_that_occurs_twice_is_the_first_unless_fold_says_otherwise() -> None:
    twice = datetime(2026, 11, 1, 1, 30)  # noqa: DTZ001 - at the system

    assert parse_instant("start_at", twice).at(ZONE) == datetime(2026, 11, 1, 8, 30, tzinfo=UTC).timestamp()
    assert parse_instant("start_at", "2026-11-01T01:30").at(ZONE) == parse_instant("start_at", twice).at(ZONE)
    assert parse_instant("start_at", twice.replace(fold=1)).at(ZONE) == parse_instant("start_at", twice).at(ZONE) + 3600


def test_a_local_time_that_is_skipped_is_what_the_clocks_would_have_shown() -> None:
    assert parse_instant("start_at", "2026-03-08T02:30").at(ZONE) == parse_instant("start_at", "2026-03-08T03:30").at(
        ZONE
    )


@given(st.integers(1_577_836_800, 1_900_000_000), st.sampled_from(["Asia/Kathmandu", "Pacific/Chatham", "UTC"]))
def test_an_aware_time_means_the_same_wherever_the_system_is(moment: int, name: str) -> None:
    aware = datetime.fromtimestamp(moment, ZoneInfo(name))

    assert parse_instant("end_at", aware).at(ZONE) == moment
    assert parse_instant("end_at", aware.isoformat()).at(ZONE) == moment
    assert parse_instant("end_at", aware.replace(tzinfo=None)).at(ZoneInfo(name)) == moment


@pytest.mark.parametrize("given_as", [date(2026, 5, 31), "2026-05-31", " 2026-05-31 "])
def test_every_form_of_a_date_is_understood(given_as: Any) -> None:
    assert parse_date("start_date", given_as, NOW) == date(2026, 5, 31)


@pytest.mark.parametrize(
    "given_as",
    [
        datetime(2026, 5, 31, tzinfo=UTC),
        1780340400,
        True,
        "20260531",
        "2026-05-31T00:00",
        "2026-02-29",
        "31.5.2026",
        b"2026-05-31",
        "",
    ],
)
def test_an_invalid_date_is_an_error_with_the_name_and_the_accepted_forms(given_as: Any) -> None:
    with pytest.raises(InvalidArgumentError, match=r"^start_date=.*Give a date, or a string such as"):
        parse_date("start_date", given_as, NOW)


def test_a_date_is_in_the_future_only_where_it_is_so_everywhere() -> None:
    # 19:00 in UTC: the second of June has begun on Kiritimati.
    assert parse_date("end_date", "2026-06-02", NOW) == date(2026, 6, 2)
    with pytest.raises(InvalidArgumentError, match="not in the future"):
        parse_date("end_date", "2026-06-03", NOW)


def test_a_timezone_is_a_name_or_a_tzinfo() -> None:
    offset = timezone(timedelta(hours=1))

    assert parse_timezone("Asia/Kathmandu") == ZoneInfo("Asia/Kathmandu")
    assert parse_timezone(ZONE) is ZONE
    assert parse_timezone(offset) is offset


@pytest.mark.parametrize("given_as", ["", "Mars/Olympus", "America", "../etc/passwd", "a\0b", "x" * 5000, 5, b"UTC", 1])
def test_an_unknown_timezone_is_an_error_with_the_accepted_forms(given_as: Any) -> None:
    with pytest.raises(InvalidArgumentError, match=r"^timezone=.*'America/Los_Angeles', or a tzinfo"):
        parse_timezone(given_as)


@pytest.mark.parametrize("offset", [None, NotImplementedError(), timedelta(days=2)])
def test_a_tzinfo_without_an_offset_is_an_error(offset: Any) -> None:
    class Half(tzinfo):
        def utcoffset(self, _moment: datetime | None) -> timedelta | None:
            if isinstance(offset, Exception):
                raise offset
            value: timedelta | None = offset
            return value

        def dst(self, _moment: datetime | None) -> None:
            return None

        def tzname(self, _moment: datetime | None) -> None:
            return None

    with pytest.raises(InvalidArgumentError, match=r"^timezone="):
        parse_timezone(Half())
    if offset is not None:
        with pytest.raises(InvalidArgumentError, match=r"^start_at=<datetime> is not"):
            parse_instant("start_at", datetime(2026, 6, 1, tzinfo=Half()))


def test_a_zone_of_pytz_is_taken_by_its_name() -> None:
    class LikePytz(tzinfo):
        """Put onto a local time, a zone of pytz says local mean time."""

        zone = "America/Los_Angeles"

        def utcoffset(self, _moment: datetime | None) -> timedelta:
            return timedelta(hours=-7, minutes=-53)

        def dst(self, _moment: datetime | None) -> None:
            return None

        def tzname(self, _moment: datetime | None) -> str:
            return "LMT"

    assert str(parse_timezone(LikePytz())) == str(ZONE)


def test_the_epoch_fields_of_a_model_become_aware_datetimes() -> None:
    meta = Meta.from_dict({"status": "normal", "last_report_at": 1445619615, "last_energy_at": None})

    moments = aware_datetimes(meta, "America/Los_Angeles")

    assert moments == {
        "last_report_at": datetime(2015, 10, 23, 10, 0, 15, tzinfo=ZONE),
        "last_energy_at": None,
        "operational_at": None,
    }
    assert str(aware_datetimes(meta)["last_report_at"]) == "2015-10-23 17:00:15+00:00"
    with pytest.raises(InvalidArgumentError, match="timezone='Nowhere'"):
        aware_datetimes(meta, "Nowhere")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1445619615, "2015-10-23T17:00:15+00:00"),
        (1445619615.0, "2015-10-23T17:00:15+00:00"),
        ("2015-10-23", None),
        (10**30, None),
        (-1, None),
        (True, None),
    ],
)
def test_the_last_report_date_of_a_microinverter_is_read_where_it_is_epoch_seconds(
    value: Any, expected: str | None
) -> None:
    inverter = MicroInverter.from_dict({"last_report_date": value})

    moment = aware_datetimes(inverter)["last_report_date"]

    assert (moment and moment.isoformat()) == expected


def test_a_model_without_epoch_fields_has_none() -> None:
    assert aware_datetimes(EnvoysResponse.from_dict({"system_id": 67, "envoys": []})) == {}
    assert aware_datetimes(object()) == {}
