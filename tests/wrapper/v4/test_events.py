"""Events and alarms over a range of any length: window by window, each once."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import httpx
import polars as pl
import pytest
from dateutil.relativedelta import relativedelta

from enphase_enlighten import (
    ConnectionFailedError,
    InvalidArgumentError,
    InvalidResponseError,
    MissingHistoryWarning,
    ServerError,
    UnprocessableRequestError,
)
from tests.support.event_service import EventService
from tests.support.series import until_error
from tests.support.service import no_content, reply
from tests.support.telemetry_service import DAY
from tests.support.v4_bodies import body

if TYPE_CHECKING:
    from tests.support.clients import Kind
    from tests.support.v4_service import V4Service

NAMES = ("events", "alarms")
ZONE = ZoneInfo("America/Los_Angeles")
MAY = int(datetime(2026, 5, 1, tzinfo=ZONE).timestamp())
WEEK = 7 * DAY
SPAN: dict[str, Any] = {"start_time": MAY, "end_time": MAY + 4 * WEEK}
# The second goes on over all windows, the third over two, and on the edge between two is the fourth.
SPANS: list[tuple[int, int | None]] = [
    (MAY + 600, MAY + 1200),
    (MAY + 900, None),
    (MAY + 5 * DAY, MAY + 9 * DAY),
    (MAY + WEEK, MAY + WEEK),
    (MAY + 27 * DAY, MAY + 27 * DAY + 1),
]


@pytest.fixture
def simulated(v4_service: V4Service) -> EventService:
    service = EventService(SPANS)
    v4_service.always = service.respond
    return service


def begun(name: str, found: Any) -> list[int]:
    """When each event or alarm began."""
    return [each.event_start_time if name == "events" else each.alarm_start_time for each in found]


@pytest.mark.parametrize("concurrency", [1, 3])
@pytest.mark.parametrize("name", NAMES)
def test_each_comes_once_in_the_order_of_the_windows(
    kind: Kind, v4_service: V4Service, simulated: EventService, name: str, concurrency: int
) -> None:
    with v4_service.made(kind, concurrency=concurrency) as client:
        series = getattr(client, name)(67, **SPAN, timezone=ZONE)
        found = list(series)
        # Each iteration begins again.
        assert list(series) == found
    assert begun(name, found) == [since for since, _ in SPANS]
    weeks = [(MAY + week * WEEK, MAY + (week + 1) * WEEK) for week in range(4)]
    assert simulated.asked == weeks * 2


@pytest.mark.parametrize("name", NAMES)
def test_the_timezone_is_looked_up_once(kind: Kind, v4_service: V4Service, name: str) -> None:
    simulated = EventService(SPANS)
    v4_service.always = lambda asked: reply(body("system")) if asked.operation == "System" else simulated.respond(asked)
    system = body("system")["system_id"]
    zone = ZoneInfo(body("system")["timezone"])
    with v4_service.made(kind) as client:
        list(getattr(client, name)(system, "2026-05-01", end_time="2026-05-02"))
        list(getattr(client, name)(system, "2026-05-01", end_time="2026-05-02"))
    start = int(datetime(2026, 5, 1, tzinfo=zone).timestamp())
    assert simulated.asked == [(start, start + DAY)] * 2
    assert v4_service.operations.count("System") == 1


@pytest.mark.parametrize("name", NAMES)
def test_without_an_end_it_is_until_now(kind: Kind, v4_service: V4Service, simulated: EventService, name: str) -> None:
    now = int(v4_service.clock.now())
    with v4_service.made(kind) as client:
        list(getattr(client, name)(67, now - 8 * DAY, timezone=ZONE))
        list(getattr(client, name)(67, now - DAY, end_time=now + DAY, timezone=ZONE))
    assert simulated.asked == [(now - 8 * DAY, now - DAY), (now - DAY, now), (now - DAY, now)]


@pytest.mark.parametrize("name", NAMES)
def test_responses_are_the_windows_with_all_that_goes_on_in_them(
    kind: Kind, v4_service: V4Service, simulated: EventService, name: str
) -> None:
    with v4_service.made(kind) as client:
        models = list(getattr(client, name)(67, **SPAN, timezone=ZONE).responses())
    expected = [[0, 1, 2, 3], [1, 2, 3], [1], [1, 4]]
    assert [begun(name, getattr(model, name)) for model in models] == [
        [SPANS[number][0] for number in numbers] for numbers in expected
    ]
    assert len(simulated.asked) == 4


def test_alarms_that_are_over_can_be_asked_for(kind: Kind, v4_service: V4Service, simulated: EventService) -> None:
    simulated.heeds_cleared = True
    with v4_service.made(kind) as client:
        over = list(client.alarms(67, **SPAN, cleared=True, timezone=ZONE))
        going_on = list(client.alarms(67, **SPAN, cleared=False, timezone=ZONE))
        usual = list(client.alarms(67, **SPAN, timezone=ZONE))
    assert begun("alarms", over) == [since for since, until in SPANS if until is not None]
    assert begun("alarms", going_on) == [MAY + 900]
    assert usual == going_on
    assert [asked.params["cleared"] for asked in v4_service.asked[:8]] == ["true"] * 4 + ["false"] * 4


@pytest.mark.parametrize("cleared", ["true", 1])
def test_cleared_is_a_flag(kind: Kind, v4_service: V4Service, cleared: Any) -> None:
    with v4_service.made(kind) as client, pytest.raises(InvalidArgumentError, match=r"^cleared="):
        client.alarms(67, **SPAN, cleared=cleared)
    assert v4_service.asked == []


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("span", "argument"),
    [
        (("2026-06-20", None), "start_time"),
        (("2026-06-10", "2026-06-09"), "end_time"),
        (("2025-01-01", "2025-02-01"), "end_time"),
        ((None, None), "start_time"),
    ],
)
def test_a_range_that_cannot_be_is_an_error_before_anything_is_sent(
    kind: Kind, v4_service: V4Service, name: str, span: tuple[Any, Any], argument: str
) -> None:
    with v4_service.made(kind) as client, pytest.raises(InvalidArgumentError) as caught:
        list(getattr(client, name)(67, span[0], end_time=span[1], timezone=ZONE))
    assert caught.value.argument == argument
    assert v4_service.asked == []


@pytest.mark.parametrize("name", NAMES)
def test_what_is_older_than_nine_months_is_missing(
    kind: Kind, v4_service: V4Service, simulated: EventService, name: str
) -> None:
    now = v4_service.clock.now()
    start = datetime.fromtimestamp(now, ZONE) - relativedelta(months=10)
    with v4_service.made(kind) as client:
        series = getattr(client, name)(67, start, timezone=ZONE)
        with pytest.warns(MissingHistoryWarning, match=f"keeps {name} for 9 months: {start.isoformat()} to ") as caught:
            assert begun(name, series) == [since for since, _ in SPANS]
    assert len(caught) == 1
    edge = datetime.fromtimestamp(now, ZONE) - relativedelta(months=9)
    assert 0 <= simulated.asked[0][0] - int(edge.timestamp()) <= 3600


@pytest.mark.parametrize("name", NAMES)
def test_where_that_is_refused_the_last_six_months_come(
    kind: Kind, v4_service: V4Service, simulated: EventService, name: str
) -> None:
    now = datetime.fromtimestamp(v4_service.clock.now(), ZONE)
    edge = now - relativedelta(months=6)
    simulated.refuses = edge.timestamp()
    start = now - relativedelta(months=8)
    with v4_service.made(kind, concurrency=3) as client:
        series = getattr(client, name)(67, start, timezone=ZONE)
        with pytest.warns(MissingHistoryWarning) as caught:
            assert begun(name, series) == [since for since, _ in SPANS]
    (warning,) = caught
    assert f"{start.replace(microsecond=0).isoformat()} to " in str(warning.message)
    kept = [window for window in simulated.asked if window[0] >= edge.timestamp()]
    assert kept[0][0] - edge.timestamp() <= 1
    assert kept[-1][1] == int(now.timestamp())
    # Those on the way together are refused together.
    assert len(simulated.asked) - len(kept) == (3 if kind.is_async else 1)


@pytest.mark.parametrize("name", NAMES)
def test_what_ended_before_those_six_months_is_empty_with_a_warning(
    kind: Kind, v4_service: V4Service, simulated: EventService, name: str
) -> None:
    now = datetime.fromtimestamp(v4_service.clock.now(), ZONE)
    simulated.refuses = (now - relativedelta(months=6)).timestamp()
    start = now - relativedelta(months=8)
    with v4_service.made(kind) as client:
        series = getattr(client, name)(67, start, end_time=start + relativedelta(days=3), timezone=ZONE)
        with pytest.warns(MissingHistoryWarning):
            assert list(series) == []


@pytest.mark.parametrize("name", NAMES)
def test_any_other_refusal_is_an_error(kind: Kind, v4_service: V4Service, simulated: EventService, name: str) -> None:
    simulated.refuses = MAY + WEEK + 1
    with v4_service.made(kind) as client, pytest.raises(UnprocessableRequestError):
        list(getattr(client, name)(67, **SPAN, timezone=ZONE))
    assert simulated.asked[0] == (MAY, MAY + WEEK)


@pytest.mark.parametrize("name", NAMES)
def test_what_fails_later_comes_after_what_was_found(kind: Kind, v4_service: V4Service, name: str) -> None:
    simulated = EventService(SPANS)

    def respond(asked: Any) -> Any:
        if int(asked.params["start_time"]) == MAY + 2 * WEEK:
            return reply(body("error_500"), 500)
        return simulated.respond(asked)

    v4_service.always = respond
    with v4_service.made(kind, max_retries=0) as client:
        found, _ = until_error(getattr(client, name)(67, **SPAN, timezone=ZONE), ServerError)
    assert kind.is_async or begun(name, found) == [since for since, _ in SPANS[:4]]


@pytest.mark.parametrize("name", NAMES)
def test_a_connection_that_fails_is_an_error(kind: Kind, v4_service: V4Service, name: str) -> None:
    v4_service.then = [httpx.ConnectError("no route")]
    with v4_service.made(kind, max_retries=0) as client, pytest.raises(ConnectionFailedError):
        list(getattr(client, name)(67, **SPAN, timezone=ZONE))


@pytest.mark.parametrize("name", NAMES)
def test_a_window_without_content_has_none(
    kind: Kind, v4_service: V4Service, simulated: EventService, name: str
) -> None:
    v4_service.then = [no_content()]
    with v4_service.made(kind) as client:
        found = list(getattr(client, name)(67, **SPAN, timezone=ZONE))
        v4_service.then = [no_content()]
        models = list(getattr(client, name)(67, **SPAN, timezone=ZONE).responses())
    assert begun(name, found) == [SPANS[number][0] for number in (1, 2, 3, 4)]
    assert len(models) == 3
    assert len(simulated.asked) == 6


@pytest.mark.parametrize("name", NAMES)
def test_a_body_without_its_list_is_an_error(kind: Kind, v4_service: V4Service, name: str) -> None:
    v4_service.always = lambda _asked: reply({"system_id": 67})
    with v4_service.made(kind) as client, pytest.raises(InvalidResponseError) as caught:
        list(getattr(client, name)(67, **SPAN, timezone=ZONE))
    assert caught.value.pointer == f"/{name}"


def test_two_kinds_of_event_at_once_are_two(kind: Kind, v4_service: V4Service) -> None:
    # The recorded body has two of one device at one time.
    v4_service.always = lambda _asked: reply(body("events"))
    with v4_service.made(kind) as client:
        found = list(client.events(67, **SPAN, timezone=ZONE))
    assert [each.event_type_id for each in found] == [each["event_type_id"] for each in body("events")["events"]]


@pytest.mark.parametrize("name", NAMES)
def test_those_without_what_tells_them_apart_differ_by_content(kind: Kind, v4_service: V4Service, name: str) -> None:
    begins = f"{name[:-1]}_start_time"
    found = [{begins: 1, "serial_number": None, "id": None, "unknown": number} for number in (1, 2, 3)]
    v4_service.always = lambda _asked: reply({"system_id": 67, name: found})
    with v4_service.made(kind) as client:
        assert len(list(getattr(client, name)(67, **SPAN, timezone=ZONE))) == 3


EVENT_COLUMNS = ["event_start_time", "event_end_time", "status", "event_type_id", "serial_number"]
ALARM_COLUMNS = ["alarm_start_time", "alarm_end_time", "id", "event_type_id", "severity", "cleared"]


@pytest.mark.parametrize("name", NAMES)
def test_frames_have_what_goes_on_as_null(
    kind: Kind, v4_service: V4Service, simulated: EventService, name: str
) -> None:
    with v4_service.made(kind) as client:
        series = getattr(client, name)(67, **SPAN, timezone=ZONE)
        pandas, polars, arrow = series.to_pandas(), series.to_polars(), series.to_arrow()
    columns = EVENT_COLUMNS if name == "events" else ALARM_COLUMNS
    assert list(pandas.columns) == polars.columns == arrow.column_names == columns
    for frame in (polars, pl.from_pandas(pandas), pl.from_arrow(arrow)):
        assert isinstance(frame, pl.DataFrame)
        since, until = (frame[column].dt.epoch("s").to_list() for column in columns[:2])
        assert list(zip(since, until, strict=True)) == SPANS
        assert frame.schema[columns[0]] == pl.Datetime("us", "UTC")
    if name == "events":
        assert polars["status"].to_list() == ["Closed", "Open", "Closed", "Closed", "Closed"]
        assert polars["serial_number"][4] == "000000000004"
    else:
        assert polars["cleared"].to_list() == [True, False, True, True, True]
        assert polars["severity"].to_list() == [1, 2, 3, 4, 5]
        assert str(pandas["cleared"].dtype) == "boolean"
    assert str(pandas["event_type_id"].dtype) == "Int64"
    assert len(simulated.asked) == 12


@pytest.mark.parametrize("name", NAMES)
def test_without_any_a_frame_has_its_columns(kind: Kind, v4_service: V4Service, name: str) -> None:
    v4_service.always = lambda _asked: no_content()
    with v4_service.made(kind) as client:
        frame = getattr(client, name)(67, **SPAN, timezone=ZONE).to_pandas()
    assert list(frame.columns) == (EVENT_COLUMNS if name == "events" else ALARM_COLUMNS)
    assert len(frame) == 0
