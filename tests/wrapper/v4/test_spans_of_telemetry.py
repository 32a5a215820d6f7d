"""Which time the rows of telemetry are about, whatever a response says it covers."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import httpx
import pytest

from enphase_enlighten import ConnectionFailedError, MissingHistoryWarning
from tests.support.series import joined, spans
from tests.support.service import no_content, reply
from tests.support.telemetry_service import DAY, SYSTEM, TelemetryService, refusal

if TYPE_CHECKING:
    from tests.support.clients import Kind
    from tests.support.clock import SettableClock

ZONE = ZoneInfo("Europe/Berlin")
JUNE = int(datetime(2026, 6, 1, tzinfo=ZONE).timestamp())
WEEK = 7 * DAY


@pytest.fixture
def telemetry(clock: SettableClock) -> TelemetryService:
    return TelemetryService(clock, ZONE)


@pytest.mark.parametrize("form", ["seconds", "start_date", "dates", "nothing", "texts"])
@pytest.mark.parametrize("week", ["honoured", "cut", "refused", "local"])
def test_the_spans_make_up_the_range(telemetry: TelemetryService, week: Any, form: Any) -> None:
    telemetry.week, telemetry.form = week, form
    with telemetry.client() as client:
        found = spans(client.stats(SYSTEM, start_at=JUNE, end_at=JUNE + 10 * DAY))
    assert joined(found) == [(JUNE, JUNE + 10 * DAY)]
    assert all(number * 300 == end - start for start, end, number in found)


def test_a_window_without_content_has_its_span(telemetry: TelemetryService) -> None:
    telemetry.instead = lambda _name, params: no_content() if params.get("start_at") == str(JUNE) else None
    with telemetry.client() as client:
        found = spans(client.stats(SYSTEM, start_at=JUNE, end_at=JUNE + 10 * DAY))
    assert found == [(JUNE, JUNE + WEEK, 0), (JUNE + WEEK, JUNE + 10 * DAY, 3 * 288)]


def test_so_has_the_time_before_the_first_interval_that_a_refusal_names(telemetry: TelemetryService) -> None:
    first = JUNE + 9 * DAY + 3600
    text = f"{{:start_at=>{JUNE}, :end_at=>{JUNE}, :first_interval=>{first}, :last_interval=>{first + WEEK}}}"
    telemetry.first = first - 300
    telemetry.instead = lambda _name, params: reply(refusal(text), 422) if params.get("start_at") == str(JUNE) else None
    with telemetry.client() as client:
        found = spans(client.stats(SYSTEM, start_at=JUNE, end_at=JUNE + 10 * DAY))
        early = spans(client.stats(SYSTEM, start_at=JUNE, end_at=JUNE + 8 * DAY))
    assert joined(found) == [(JUNE, JUNE + 10 * DAY)]
    assert sum(number for _, _, number in found) == (JUNE + 10 * DAY - first) // 300 + 1
    assert joined(early) == [(JUNE, JUNE + 8 * DAY)]


def test_history_that_is_missing_is_told_also_where_a_refusal_names_earlier_intervals(
    kind: Kind, telemetry: TelemetryService
) -> None:
    start = JUNE - 3 * 366 * DAY
    text = f"{{:first_interval=>{start}, :last_interval=>{start + WEEK}}}"
    telemetry.instead = lambda _name, params: reply(refusal(text), 422) if "start_at" in params else None
    with telemetry.made(kind) as client:
        series = client.stats(SYSTEM, start_at=start, end_at=JUNE)
        with pytest.warns(MissingHistoryWarning):
            assert list(series) == []
    assert len(telemetry.asked()) == 1


def test_history_that_is_refused_has_no_span(telemetry: TelemetryService) -> None:
    now = datetime.fromtimestamp(telemetry.clock.now(), ZONE)
    start = now.replace(year=now.year - 2, second=0, microsecond=0)
    telemetry.refuses = start.timestamp() + DAY + 3600
    end = int(start.timestamp()) + 20 * DAY
    with telemetry.client() as client:
        series = client.stats(SYSTEM, start_at=start, end_at=end)
        with pytest.warns(MissingHistoryWarning):
            ((begun, until),) = joined(spans(series))
    assert begun - start.timestamp() == pytest.approx(2 * DAY, abs=600)
    assert until == end


def sent(start: int, end: int, ends: Any) -> httpx.Response:
    """A response that covers a span, with intervals that end then."""
    intervals = [{"end_at": at, "powr": 12, "enwh": 1, "devices_reporting": 1} for at in ends]
    meta = {"status": "normal", "last_report_at": end, "last_energy_at": end, "operational_at": 1}
    span = {"granularity": "week", "start_at": start, "end_at": end, "items": "intervals"}
    return reply({"system_id": SYSTEM, "total_devices": 1, **span, "intervals": intervals, "meta": meta})


def test_the_interval_that_runs_may_be_there_as_well(kind: Kind, telemetry: TelemetryService) -> None:
    now = int(telemetry.clock.now())
    last = now // 300 * 300
    # It covers the time until the last report, and has the interval that this is in.
    telemetry.instead = lambda _name, params: (
        sent(now - DAY, last - 100, range(last - 3000, last + 1, 300)) if "start_at" in params else None
    )
    with telemetry.made(kind) as client:
        rows = list(client.stats(SYSTEM, start_at=now - DAY))
    assert int(rows[-1].end_at.timestamp()) == last
    with telemetry.client() as client:
        (*_, (_, until, _)) = spans(client.stats(SYSTEM, start_at=now - DAY))
    assert until == last


def test_windows_that_a_longer_response_covers_are_not_taken_twice(kind: Kind, telemetry: TelemetryService) -> None:
    # The second response goes on over the third week, which is on the way together with it.
    start = JUNE - 4 * WEEK

    def respond(_name: str, params: dict[str, str]) -> httpx.Response | None:
        begun = int(params.get("start_at", 0))
        return sent(begun, begun + 2 * WEEK, range(begun + 300, begun + 2 * WEEK + 1, 300)) if begun else None

    telemetry.instead = respond
    with telemetry.made(kind, concurrency=4) as client:
        rows = list(client.stats(SYSTEM, start_at=start, end_at=start + 5 * WEEK))
    assert [int(row.end_at.timestamp()) for row in rows] == list(range(start + 300, start + 5 * WEEK + 1, 300))


@pytest.mark.parametrize("week", [0, 1])
def test_a_connection_that_fails_is_an_error(kind: Kind, telemetry: TelemetryService, week: int) -> None:
    def respond(_name: str, params: dict[str, str]) -> httpx.Response | None:
        if params.get("start_at") == str(JUNE + week * WEEK):
            raise httpx.ConnectError("no route")
        return None

    telemetry.instead = respond
    with telemetry.made(kind, max_retries=0) as client, pytest.raises(ConnectionFailedError):
        list(client.stats(SYSTEM, start_at=JUNE, end_at=JUNE + 10 * DAY))


def test_a_day_that_is_cut_goes_on_where_it_was_cut(kind: Kind, telemetry: TelemetryService) -> None:
    # Not even a day comes whole: each response covers half of one.
    def respond(_name: str, params: dict[str, str]) -> httpx.Response | None:
        begun = int(params.get("start_at", 0))
        return sent(begun, begun + DAY // 2, range(begun + 300, begun + DAY // 2 + 1, 300)) if begun else None

    telemetry.instead = respond
    with telemetry.made(kind) as client:
        rows = list(client.stats(SYSTEM, start_at=JUNE, end_at=JUNE + 3 * DAY))
    assert [int(row.end_at.timestamp()) for row in rows] == list(range(JUNE + 300, JUNE + 3 * DAY + 1, 300))


TWO_DAYS = JUNE + 2 * DAY


@pytest.mark.parametrize(
    "named",
    [
        {"end_at": TWO_DAYS},
        {"end_at": float(TWO_DAYS)},
        {"end_at": f" {TWO_DAYS} "},
        {"end_at": "2026-06-03T00:00:00+02:00"},
        {"end_at": "2026-06-02T22:00:00Z"},
        {"end_date": "2026-06-03T00:00:00.000+02:00"},
        # Without an offset, it is a time at the system.
        {"end_date": "2026-06-03T00:00:00"},
        # The last day.
        {"end_date": "2026-06-02"},
        {"end_date": "20260602"},
    ],
)
@pytest.mark.parametrize("without", ["start", "nothing"])
def test_the_next_request_begins_where_a_response_ends(
    kind: Kind, telemetry: TelemetryService, named: dict[str, Any], without: str
) -> None:
    intervals = [{"end_at": at, "wh_imported": 1} for at in range(JUNE + 900, TWO_DAYS + 1, 900)]
    content = {"system_id": SYSTEM, "granularity": "week", "total_devices": 1, "items": "intervals", **named}
    if without == "nothing":
        content["start_at"] = JUNE
    content["intervals"] = intervals
    telemetry.instead = lambda _name, params: reply(content) if params.get("start_at") == str(JUNE) else None
    with telemetry.made(kind) as client:
        rows = list(client.energy_import_telemetry(SYSTEM, start_at=JUNE, end_at=JUNE + 4 * DAY))
    assert [int(row.end_at.timestamp()) for row in rows] == list(range(JUNE + 900, JUNE + 4 * DAY + 1, 900))
    assert telemetry.asked()[1]["start_at"] == str(TWO_DAYS)


@pytest.mark.parametrize("end", ["soon", None, True, {}, [], 10**30, "2026-06-31", "9" * 40])
@pytest.mark.parametrize("empty", [False, True])
def test_an_end_that_says_nothing_is_that_of_the_last_interval_or_a_day(
    kind: Kind, telemetry: TelemetryService, end: Any, empty: bool
) -> None:
    ends = range(0) if empty else range(JUNE + 900, TWO_DAYS + 1, 900)
    content = {"system_id": SYSTEM, "granularity": "week", "total_devices": 1, "items": "intervals"}
    content |= {"start_at": JUNE, "end_at": end, "intervals": [{"end_at": at, "wh_imported": 1} for at in ends]}
    telemetry.instead = lambda _name, params: reply(content) if params.get("start_at") == str(JUNE) else None
    with telemetry.made(kind) as client:
        rows = list(client.energy_import_telemetry(SYSTEM, start_at=JUNE, end_at=JUNE + 4 * DAY))
    following = JUNE + DAY if empty else TWO_DAYS
    assert telemetry.asked()[1]["start_at"] == str(following)
    found = [int(row.end_at.timestamp()) for row in rows]
    assert found == [*ends, *range(following + 900, JUNE + 4 * DAY + 1, 900)]
