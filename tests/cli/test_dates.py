"""Dates as people write them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enphase_enlighten.cli.dates import Length, Present, parse_last, parse_moment
from enphase_enlighten.cli.exits import CommandError

# Beside processes and other tests, how long an example takes says nothing.
BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2024, 6, 15, 23, 30, tzinfo=UTC)
PRESENT = Present(NOW, BERLIN)

days = st.dates(date(1970, 1, 2), date(2100, 12, 31))
times = st.datetimes(datetime(1970, 1, 2), datetime(2100, 12, 31)).map(lambda moment: moment.replace(microsecond=0))  # noqa: DTZ001 - local times are meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2024-06-01", date(2024, 6, 1)),
        ("2024/6/1", date(2024, 6, 1)),
        ("20240601", date(2024, 6, 1)),
        ("1 June 2024", date(2024, 6, 1)),
        ("June 1st, 2024", date(2024, 6, 1)),
        ("Jun 1 2024", date(2024, 6, 1)),
        ("13.02.2024", date(2024, 2, 13)),
        ("02/13/2024", date(2024, 2, 13)),
        ("05/05/2024", date(2024, 5, 5)),
        ("2024-06-01 10:00", datetime(2024, 6, 1, 10, tzinfo=BERLIN)),
        ("1 June 2024 10:00", datetime(2024, 6, 1, 10, tzinfo=BERLIN)),
        ("June 1, 2024 3pm", datetime(2024, 6, 1, 15, tzinfo=BERLIN)),
        ("1 june 2024 at 3:30 pm", datetime(2024, 6, 1, 15, 30, tzinfo=BERLIN)),
        ("20240601T1000", datetime(2024, 6, 1, 10, tzinfo=BERLIN)),
        ("2024-06-01T10:00:00Z", datetime(2024, 6, 1, 10, tzinfo=UTC)),
        ("2024-06-01T10:00:00-07:00", datetime(2024, 6, 1, 17, tzinfo=UTC)),
        ("2024-06-01 10:00 UTC", datetime(2024, 6, 1, 10, tzinfo=UTC)),
        ("@1717200000", datetime(2024, 6, 1, tzinfo=UTC)),
        ("now", NOW),
        ("today", date(2024, 6, 16)),
        (" Yesterday ", date(2024, 6, 15)),
    ],
)
def test_what_is_understood(text: str, meant: date) -> None:
    written = parse_moment("--from", text)
    assert written.is_day == (not isinstance(meant, datetime))
    found = written.instant(PRESENT) if isinstance(meant, datetime) else written.day(PRESENT)
    assert found == meant


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("01/02/2024", "it may mean 1 February 2024 or 2 January 2024"),
        ("1.2.2024", "it may mean"),
        ("1-2-2024", "it may mean"),
        ("1 2 2024", "it may mean"),
        ("01/02/24", "four digits"),
        ("1 June", "four digits"),
        ("June 2024", "day are needed"),
        ("2024", "day are needed"),
        ("Monday", "four digits"),
        ("10:00", "four digits"),
        ("10", "four digits"),
        ("1717200000", "not understood"),
        ("2024-13-01", "not understood"),
        ("2024-06-31", "not understood"),
        ("2024/13/05", "not understood"),
        ("2024-06-01 25:00", "not understood"),
        ("2024-06-01 10:00 PST", "not understood"),
        ("2024-06-01 10:00 GMT+3", "two ways"),
        ("1 Juni 2024", "not understood"),
        ("3 months ago", "not understood"),
        ("1 June 1969", "before 1970"),
        ("9999-06-01", "after 9998"),
        ("", "not understood"),
        ("2024-06-01\u0660", "not understood"),
        ("x" * 1000, "not understood"),
    ],
)
def test_what_is_invalid(text: str, why: str) -> None:
    with pytest.raises(CommandError, match=why) as error:
        parse_moment("--from", text)
    assert "write it like" in str(error.value)


@given(days)
def test_every_day_is_read_as_it_is_written(day: date) -> None:
    for text in (day.isoformat(), f"{day.day} {day:%B %Y}", f"{day:%B} {day.day}, {day.year}", f"{day:%a %d %b %Y}"):
        assert parse_moment("--from", text).value == day


@given(days, st.sampled_from("./-"))
def test_numbers_alone_are_read_in_one_way_or_are_invalid(day: date, mark: str) -> None:
    text = f"{day.day}{mark}{day.month}{mark}{day.year}"
    if day.day <= 12 and day.day != day.month:
        with pytest.raises(CommandError, match="it may mean"):
            parse_moment("--from", text)
    else:
        assert parse_moment("--from", text).value == day


@given(times, st.integers(-23 * 4, 23 * 4))
def test_every_instant_is_read_as_it_is_written(moment: datetime, quarters: int) -> None:
    aware = moment.replace(tzinfo=timezone(timedelta(minutes=15 * quarters)))
    assert parse_moment("--to", moment.isoformat()).value == moment
    assert parse_moment("--to", aware.isoformat()).instant(PRESENT) == aware


@given(
    st.text(st.characters(blacklist_categories=["Cs"]), max_size=25) | st.text("0123456789-/.: TZamJune+", max_size=25)
)
def test_whatever_is_written_is_read_or_invalid(text: str) -> None:
    try:
        written = parse_moment("--from", text)
    except CommandError:
        return
    assert 1970 <= written.day(PRESENT).year <= 9998
    assert written.instant(PRESENT).tzinfo is not None


def test_a_whole_day_ends_at_the_next_midnight_there() -> None:
    # The day on which the clocks of Berlin are set forth has 23 hours.
    day = parse_moment("--to", "2024-03-31")
    length = day.end(PRESENT).timestamp() - day.instant(PRESENT).timestamp()
    assert length == 23 * 3600


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("24h", datetime(2024, 3, 30, 23, 0, tzinfo=BERLIN)),
        ("1d", datetime(2024, 3, 31, 0, 0, tzinfo=BERLIN)),
        ("2w", datetime(2024, 3, 18, 0, 0, tzinfo=BERLIN)),
        ("3mo", datetime(2024, 1, 1, 0, 0, tzinfo=BERLIN)),
        ("1 Y", datetime(2023, 4, 1, 0, 0, tzinfo=BERLIN)),
    ],
)
def test_lengths_of_time(text: str, start: datetime) -> None:
    assert parse_last("--last", text).before(datetime(2024, 4, 1, 0, 0, tzinfo=BERLIN)) == start


@pytest.mark.parametrize("text", ["", "7", "7m", "0d", "-1d", "d", "1.5d", "99999d", "7 days", "٣d"])
def test_lengths_that_are_none(text: str) -> None:
    with pytest.raises(CommandError, match="is not a length of time"):
        parse_last("--last", text)


@given(st.integers(1, 500), st.sampled_from("dwy"), days)
def test_a_length_of_days_goes_back(number: int, unit: str, day: date) -> None:
    if unit == "y":
        number %= 50
    midnight = datetime.combine(day, datetime.min.time(), BERLIN)
    assert Length(max(number, 1), unit).before(midnight).date() < day
