"""Rows and columns that are taken from a decoded body are those that its models would give, whatever is in it."""

from __future__ import annotations

import copy
import logging
import warnings
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import polars.testing
import pytest
from dateutil import tz
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from enlighten_v2 import models
from enlighten_v2.types import UNSET
from enphase_enlighten import (
    ConsumptionStatsRow,
    DroppedValuesWarning,
    EnlightenError,
    InvalidResponseError,
    MissingHistoryWarning,
    RgmStatsRow,
    StatsRow,
)
from enphase_enlighten.data.tables import Table
from enphase_enlighten.reading.columns import exact_lists
from tests.support.clock import SettableClock
from tests.support.service import STEPS, StubService, reply

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


HERE = __file__

# In Los Angeles the clocks went from 02:00 back to 01:00 at this moment.
CHANGE = int(datetime(2024, 11, 3, 9, tzinfo=UTC).timestamp())
START, END = CHANGE - 3600, CHANGE + 3600
ROWS: dict[str, Any] = {"stats": StatsRow, "rgm_stats": RgmStatsRow, "consumption_stats": ConsumptionStatsRow}
ZONES = [
    ZoneInfo("America/Los_Angeles"),
    ZoneInfo("Australia/Lord_Howe"),
    UTC,
    timezone(timedelta(hours=-7, minutes=-30)),
    tz.gettz("America/Los_Angeles"),
    tz.tzstr("PST8PDT"),
]
YES_OR_NO = st.booleans()
VALUES = st.integers(-5, 5000)
ODD_VALUES = [None, True, 1.0, 1.5, "12", "", [], {}, {"end_at": 3}, [None], 2**63, -(2**63), -1, 0, 1e300]
ODD: Any = st.sampled_from(ODD_VALUES).map(copy.deepcopy)
ENDS = st.integers(START // 300 - 1, END // 300 + 1).map(lambda steps: steps * 300) | st.integers(START - 1, END + 1)
INTERVALS = {
    name: st.lists(st.fixed_dictionaries({"end_at": ENDS, **dict.fromkeys(row._fields[1:], VALUES)}), max_size=6)
    for name, row in ROWS.items()
}


@st.composite
def as_specified(draw: st.DrawFn, name: str) -> dict[str, Any]:
    """A body with nothing in it that the specification does not say; in any order, some of it twice."""
    intervals: Any = draw(INTERVALS[name])
    if draw(YES_OR_NO):
        intervals.sort(key=lambda interval: interval["end_at"])
    body: dict[str, Any] = {"system_id": 67, "total_devices": 3, "intervals": intervals}
    if draw(YES_OR_NO):
        body["meta"] = {"status": "normal", "last_report_at": 1, "last_energy_at": None, "operational_at": 1}
    if name == "rgm_stats" and draw(YES_OR_NO):
        meter_interval = {"channel": 1, "end_at": CHANGE, "wh_del": draw(st.sampled_from([None, 1, 1.5])), "curr_w": 4}
        meter = {"meter_serial_number": "1EIM1", "envoy_serial_number": "1", "intervals": [meter_interval]}
        body["meter_intervals"] = [meter, {**meter, "intervals": []}][: draw(st.integers(0, 2))]
    return body


@st.composite
def near_it(draw: st.DrawFn, name: str) -> dict[str, Any]:
    """A body of which a few values are others, missing, or beside what is specified."""
    body = copy.deepcopy(draw(as_specified(name)))
    for _ in range(draw(st.integers(0, 3))):
        nodes = list(_nodes(body))
        node = draw(st.sampled_from(nodes[1:] or nodes))
        # Rather an interval than the body, rather a field of it than something new.
        keys: list[Any] = list(node) if isinstance(node, dict) else list(range(len(node)))
        replace = draw(YES_OR_NO)
        if isinstance(node, dict) and draw(st.integers(0, 4)) == 0:
            node["unheard_of"] = draw(ODD)
        elif keys and replace:
            key = draw(st.sampled_from(keys))
            node[key] = draw(ODD)
        elif keys and isinstance(node, dict):
            del node[draw(st.sampled_from(keys))]
        elif isinstance(node, list):
            node.append(draw(ODD))
    return body


def _nodes(node: Any) -> Iterator[Any]:
    if isinstance(node, dict | list):
        yield node
        for child in node.values() if isinstance(node, dict) else node:
            yield from _nodes(child)


BODIES = st.sampled_from(list(ROWS)).flatmap(lambda name: st.tuples(st.just(name), as_specified(name) | near_it(name)))


class WithoutFold(tzinfo):
    """A timezone as they were written before `fold`: the clocks go back by an hour, and nothing more is known."""

    def utcoffset(self, when: datetime | None) -> timedelta:
        return timedelta(hours=-8) + self.dst(when)

    def dst(self, when: datetime | None) -> timedelta:
        summer = when is not None and when.replace(tzinfo=None) < datetime(2024, 11, 3, 2)  # noqa: DTZ001 - local times
        return timedelta(hours=1 if summer else 0)

    def tzname(self, _when: datetime | None) -> str:
        return "local"


class Told(logging.Handler):
    """What is logged while an operation runs."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(f"{record.levelname} {record.getMessage()}")


def series(name: str, body: object, zone: Any, *, strict: bool = False) -> Any:
    """The series of a client that knows nothing yet."""
    client = StubService(SettableClock(END + 60), always=reply(body)).client(strict=strict)
    return getattr(client, name)(67, start_at=START, end_at=END, timezone=zone)


def outcome(call: Callable[[], Any]) -> tuple[Any, list[str], list[str]]:
    """What a call gives, or the error that it raises; what it logs, and what it warns of."""
    told, logger = Told(), logging.getLogger("enphase_enlighten")
    logger.addHandler(told)
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            try:
                result = call()
            except EnlightenError as error:
                result = (type(error), str(error), getattr(error, "pointer", None))
    finally:
        logger.removeHandler(told)
    return result, told.messages, [f"{warning.category.__name__} {warning.message}" for warning in caught]


def rows_of_models(name: str, found: Sequence[Any], zone: Any) -> list[Any] | str:
    """The rows as the models of the windows have them, or the pointer of the first interval that has no place."""
    rows: dict[int, Any] = {}
    for index, interval in enumerate(found[0].intervals if found else ()):
        end_at: Any = getattr(interval, "end_at", None)
        if type(end_at) not in (int, float) or end_at % 1:
            return f"/intervals/{index}/end_at"
        if START < end_at <= END:
            values = (getattr(interval, field) for field in ROWS[name]._fields[1:])
            row = (None if value is UNSET else value for value in values)
            rows.setdefault(int(end_at), ROWS[name](datetime.fromtimestamp(int(end_at), zone), *row))
    return [rows[end_at] for end_at in sorted(rows)]


def shown(rows: Any) -> Any:
    """Rows to be compared with their types, times with their fold and offset."""
    if not isinstance(rows, list):
        return rows
    times = [(row.end_at, row.end_at.fold, row.end_at.tzinfo, row.end_at.utcoffset()) for row in rows]
    return [(type(row), *at, repr(row[1:])) for row, at in zip(rows, times, strict=True)]


def check_rows(name: str, body: Any, zone: Any, *, strict: bool = False) -> None:
    found, *told = outcome(lambda: list(series(name, body, zone, strict=strict).responses()))
    rows, *rows_told = outcome(lambda: list(series(name, body, zone, strict=strict)))

    assert rows_told == told
    expected = rows_of_models(name, found, zone) if isinstance(found, list) else found
    if isinstance(expected, str):
        assert rows[::2] == (InvalidResponseError, expected)
    else:
        assert shown(rows) == shown(expected)


MISSING = object()
SAME: dict[str, Callable[[Any, Any], None]] = {
    "pandas": assert_frame_equal,
    "polars": polars.testing.assert_frame_equal,
    "arrow": lambda one, other: None if one.equals(other, check_metadata=True) else pytest.fail(f"{one} {other}"),
}


def frame_of_rows(made: Any, library: str) -> Any:
    """The frame that the rows give one by one."""
    table = Table(made._layout(), "pyarrow" if library == "arrow" else library)
    for row in made:
        table.add(row)
    return table.frame()


def check_frame(name: str, body: Any, zone: Any, library: str) -> None:
    expected, *told = outcome(lambda: frame_of_rows(series(name, body, zone), library))
    frame, *frame_told = outcome(getattr(series(name, body, zone), f"to_{library}"))

    assert frame_told == told
    if isinstance(expected, tuple):
        assert frame == expected
    else:
        SAME[library](frame, expected)


@settings(max_examples=120)
@given(asked=BODIES, zone=st.sampled_from(ZONES), strict=YES_OR_NO)
@example(("stats", {"system_id": 67, "total_devices": 1, "intervals": []}), UTC, True)
def test_rows_are_those_of_the_models(asked: tuple[str, Any], zone: Any, strict: bool) -> None:
    check_rows(*asked, zone, strict=strict)


@settings(max_examples=100)
@given(asked=BODIES, zone=st.sampled_from(ZONES), library=st.sampled_from(list(SAME)))
@example(("stats", {"system_id": 67, "total_devices": 1, "intervals": []}), ZONES[0], "pandas")
def test_a_frame_is_that_of_the_rows(asked: tuple[str, Any], zone: Any, library: str) -> None:
    check_frame(*asked, zone, library)


@pytest.mark.parametrize("name", ROWS)
def test_any_one_value_may_be_another_or_missing(name: str) -> None:
    fields = dict.fromkeys(ROWS[name]._fields[1:], 7)
    body: dict[str, Any] = {
        "system_id": 67,
        "total_devices": 3,
        "intervals": [{"end_at": CHANGE + 900 * place, **fields} for place in range(2)],
    }
    if name == "rgm_stats":
        meter_interval = {"channel": 1, "end_at": CHANGE, "wh_del": 1.5, "curr_w": 4}
        meter = {"meter_serial_number": "1EIM1", "envoy_serial_number": "1", "intervals": [meter_interval]}
        body["meter_intervals"] = [meter]
    for place, node in enumerate(_nodes(body)):
        if node is body["intervals"][0]:
            continue  # The second one is read like it.
        for key in node if isinstance(node, dict) else range(len(node)):
            for odd in [*ODD_VALUES, MISSING]:
                changed = copy.deepcopy(body)
                within: Any = list(_nodes(changed))[place]
                if odd is MISSING:
                    del within[key]
                else:
                    within[key] = odd
                check_rows(name, changed, UTC)
                check_frame(name, changed, UTC, "polars")


@pytest.mark.parametrize("name", ROWS)
@pytest.mark.parametrize("asynchronous", [False, True])
async def test_no_model_is_made_of_what_is_as_specified(
    name: str, asynchronous: bool, service: StubService, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise AssertionError("a model was made")

    for model in ("StatsInterval", "RgmStatsInterval", "ConsumptionStatsInterval", "RgmStatsMeterInterval"):
        # However it is made, its properties are set.
        monkeypatch.setattr(getattr(models, model), "__setattr__", fail)
    asked: dict[str, Any] = {"start_at": "2026-06-01T10:00Z", "end_at": "2026-06-01T11:00Z", "timezone": "UTC"}
    number = 3600 // STEPS[name]
    if asynchronous:
        async with service.async_client() as client:
            found = getattr(client, name)(67, **asked)
            assert len([row async for row in found]) == number
            assert len(await found.to_polars()) == number
    else:
        with service.client() as sync_client:
            found = getattr(sync_client, name)(67, **asked)
            assert len(list(found)) == number
            assert len(found.to_polars()) == number


def test_the_intervals_of_meters_are_held_against_the_specification_without_models() -> None:
    interval: dict[str, Any] = {"channel": 1, "end_at": CHANGE, "wh_del": None, "curr_w": None}
    meter = {"meter_serial_number": "1EIM1", "envoy_serial_number": "1", "intervals": [interval, interval]}
    body: dict[str, Any] = {"system_id": 67, "intervals": [], "meter_intervals": [meter]}
    assert exact_lists(models.RgmStatsResponse, body).keys() == {"intervals", "meter_intervals"}
    interval["curr_w"] = 1.5
    assert exact_lists(models.RgmStatsResponse, body).keys() == {"intervals"}


def test_what_deviates_beside_the_intervals_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    interval = {"end_at": CHANGE, "wh_del": 4, "devices_reporting": 1}
    meter = {"meter_serial_number": 1, "envoy_serial_number": "1", "intervals": []}
    body = {"system_id": "67", "total_devices": 1, "intervals": [interval], "meter_intervals": [meter, meter]}

    assert len(list(series("rgm_stats", body, UTC))) == 1
    assert [record.getMessage().partition(",")[0] for record in caplog.records] == [
        "RgmStats: /system_id is of another type",
        "RgmStats: /meter_intervals/0/meter_serial_number is of another type",
    ]


@pytest.mark.parametrize(("least", "most"), [(-(2**63) - 1, 0), (0, 2**63)])
def test_integers_that_no_column_can_hold_are_null_in_a_frame(least: int, most: int) -> None:
    values = [least, -(2**63), 2**63 - 1, most]
    intervals = [
        {"end_at": CHANGE + place, "powr": value, "enwh": 1, "devices_reporting": 1}
        for place, value in enumerate(values)
    ]
    asked = series("stats", {"system_id": 67, "total_devices": 1, "intervals": intervals}, UTC)

    with pytest.warns(DroppedValuesWarning, match=r"1 in powr_W\."):
        frame = asked.to_polars()
    assert frame["powr_W"].to_list() == [value if -(2**63) <= value < 2**63 else None for value in values]


@pytest.mark.parametrize("ends", [[START, END], [START + 1, END + 1], [START + 1, END], [START - 1], []])
def test_only_what_ends_within_the_window_is_given(ends: list[int]) -> None:
    intervals = [{"end_at": end, "powr": 1, "enwh": 1, "devices_reporting": 1} for end in ends]
    asked = series("stats", {"system_id": 67, "total_devices": 1, "intervals": intervals}, UTC)

    expected = [end for end in ends if START < end <= END]
    assert [int(row.end_at.timestamp()) for row in asked] == expected
    assert [int(end.timestamp()) for end in asked.to_polars()["end_at"]] == expected


def test_the_windows_of_a_range_make_one_frame(service: StubService) -> None:
    with service.client() as client:
        days = client.stats(67, start_at="2026-06-01", end_at="2026-06-08")
        ends = days.to_polars()["end_at"].to_list()
        assert ends == [row.end_at for row in days]
    assert len(ends) == 7 * 288


def test_the_instants_of_a_frame_are_right_also_where_a_timezone_cannot_tell_an_hour_from_its_repetition() -> None:
    ends = [CHANGE - 1800, CHANGE, CHANGE + 1800]
    intervals = [{"end_at": end, "powr": 1, "enwh": 1, "devices_reporting": 1} for end in ends]
    asked = series("stats", {"system_id": 67, "total_devices": 1, "intervals": intervals}, WithoutFold())

    assert [int(end.timestamp()) for end in asked.to_polars()["end_at"]] == ends


async def test_missing_history_is_a_warning_at_the_line_that_asks_for_a_frame(service: StubService) -> None:
    asked: dict[str, Any] = {"start_at": "2025-06-01", "end_at": "2025-06-16"}
    with service.client() as client, pytest.warns(MissingHistoryWarning) as told:
        client.stats(67, **asked).to_polars()
    async with service.async_client() as asynchronous:
        with pytest.warns(MissingHistoryWarning) as told_asynchronously:
            await asynchronous.stats(67, **asked).to_polars()
    assert [warning.filename for warning in (*told, *told_asynchronously)] == [HERE, HERE]


@pytest.mark.parametrize("library", SAME)
async def test_an_async_frame_is_that_of_the_rows_too(library: str) -> None:
    intervals = [
        {"end_at": START + 300 * place, "powr": place % 7 or None, "enwh": place, "devices_reporting": 1}
        for place in (9, 4, 23, 4, 17, 0, 12, 24, 30)
    ]
    body = {"system_id": 67, "total_devices": 1, "intervals": intervals}
    async with StubService(SettableClock(END + 60), always=reply(body)).async_client() as client:
        asked = client.stats(67, start_at=START, end_at=END, timezone=ZONES[0])
        frame = await getattr(asked, f"to_{library}")()
    SAME[library](frame, frame_of_rows(series("stats", body, ZONES[0]), library))
