"""Telemetry that the service refuses (422): what is asked for next, what is learned, and which error is raised."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from dateutil.relativedelta import relativedelta

from enphase_enlighten import MissingHistoryWarning, NotFoundError, UnprocessableRequestError
from tests.support.series import until_error
from tests.support.service import no_content, reply
from tests.support.telemetry_service import DAY, SERIAL, SYSTEM, TelemetryService, refusal
from tests.support.v4_bodies import body

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    from tests.support.clients import Kind
    from tests.support.clock import SettableClock

ZONE = ZoneInfo("Europe/Berlin")
JUNE = int(datetime(2026, 6, 1, tzinfo=ZONE).timestamp())
WEEK = 7 * DAY


@pytest.fixture
def telemetry(clock: SettableClock) -> TelemetryService:
    return TelemetryService(clock, ZONE)


def lengths(service: TelemetryService) -> list[str]:
    """The lengths that were asked for."""
    return [params["granularity"] for params in service.asked()]


def starts(service: TelemetryService) -> list[int]:
    """Where the requests began."""
    return [int(params["start_at"]) for params in service.asked()]


def ends(rows: Any) -> list[int]:
    """The ends of intervals in epoch seconds."""
    return [int(row.end_at.timestamp()) for row in rows]


def refused_by_length(_name: str, params: dict[str, str]) -> httpx.Response | None:
    """Refuse every window, and name its length."""
    length = params.get("granularity")
    return None if length is None else reply(refusal(f"A {length} is too much."), 422)


def refused_at(*days: int) -> Callable[[str, dict[str, str]], httpx.Response | None]:
    """Refuse the windows that begin on these days."""
    refused = {str(JUNE + day * DAY) for day in days}
    return lambda _name, params: reply(refusal(), 422) if params.get("start_at") in refused else None


def test_where_a_day_is_refused_as_well_the_first_error_is_raised(kind: Kind, telemetry: TelemetryService) -> None:
    telemetry.instead = refused_by_length
    with telemetry.made(kind) as client:
        rows, error = until_error(client.stats(SYSTEM, start_at=JUNE), UnprocessableRequestError)
        assert rows == []
        assert "A week is too much." in str(error)
        assert lengths(telemetry) == ["week", "day"]
        # That a day helps no more is known of this system, and of no other.
        with pytest.raises(UnprocessableRequestError, match="A week is too much"):
            list(client.stats(SYSTEM, start_at=JUNE))
        assert lengths(telemetry) == ["week", "day", "week"]
        with pytest.raises(UnprocessableRequestError, match="A week is too much"):
            list(client.stats(SYSTEM + 1, start_at=JUNE, timezone=ZONE))
        assert lengths(telemetry) == ["week", "day", "week", "week", "day"]


def test_where_weeks_are_known_to_hold_no_day_is_tried(kind: Kind, telemetry: TelemetryService) -> None:
    telemetry.instead = refused_at(7)
    with telemetry.made(kind, concurrency=1) as client:
        rows, _ = until_error(client.stats(SYSTEM, start_at=JUNE), UnprocessableRequestError)
    # Those of an async client are collected before they are looked at.
    assert kind.is_async or ends(rows) == list(range(JUNE + 300, JUNE + WEEK + 1, 300))
    assert lengths(telemetry) == ["week", "week"]


def test_after_a_refused_week_the_days_are_asked_for(kind: Kind, telemetry: TelemetryService) -> None:
    telemetry.week = "refused"
    with telemetry.made(kind) as client:
        rows = list(client.consumption_stats(SYSTEM, start_at=JUNE, end_at=JUNE + 3 * DAY))
        assert ends(rows) == list(range(JUNE + 900, JUNE + 3 * DAY + 1, 900))
        assert lengths(telemetry) == ["week", "day", "day", "day"]
        assert list(client.consumption_stats(SYSTEM, start_at=JUNE, end_at=JUNE + DAY)) == rows[:96]
        # What was learned of one operation says nothing of another.
        list(client.battery_telemetry(SYSTEM, start_at=JUNE, end_at=JUNE + DAY))
    assert lengths(telemetry)[4:] == ["day", "week", "day"]


@pytest.mark.parametrize("week", ["cut", "refused"])
def test_what_was_learned_is_shared_with_changed_options_and_not_with_other_clients(
    kind: Kind, telemetry: TelemetryService, week: Any
) -> None:
    telemetry.week = week
    span = {"start_at": JUNE, "end_at": JUNE + 2 * DAY}
    with telemetry.made(kind) as client:
        rows = list(client.stats(SYSTEM, **span))
        telemetry.requests.clear()
        changed = client.with_options(timeout=5)
        assert list(changed.stats(SYSTEM, **span)) == rows
        assert lengths(telemetry) == ["day", "day"]
    telemetry.requests.clear()
    with telemetry.made(kind) as other:
        assert list(other.stats(SYSTEM, **span)) == rows
    assert lengths(telemetry)[0] == "week"


EDGE = timedelta(days=1) - relativedelta(years=2)
"""From now to the first start that the client takes for kept."""


def test_a_refusal_at_the_edge_of_history_moves_one_day_on(kind: Kind, telemetry: TelemetryService) -> None:
    now = datetime.fromtimestamp(telemetry.clock.now(), ZONE)
    edge = int((now + EDGE).timestamp()) // 300 * 300 + 300
    telemetry.refuses = edge + 3600
    end = edge + 2 * WEEK
    with telemetry.made(kind) as client:
        series = client.stats(SYSTEM, start_at=edge - 40 * DAY, end_at=end)
        with pytest.warns(MissingHistoryWarning) as caught:
            rows = list(series)
    assert ends(rows) == list(range(edge + DAY + 300, end + 1, 300))
    # The warning is about all that is missing, once.
    (warning,) = caught
    first, last = (datetime.fromtimestamp(each, ZONE).isoformat() for each in (edge - 40 * DAY, edge + DAY))
    assert f"for 2 years: {first} to {last} is missing. energy_lifetime has those days." in str(warning.message)
    assert starts(telemetry)[:3] == [edge, edge, edge + DAY]
    assert lengths(telemetry)[:3] == ["week", "day", "week"]


def test_it_moves_on_once(kind: Kind, telemetry: TelemetryService) -> None:
    now = datetime.fromtimestamp(telemetry.clock.now(), ZONE)
    edge = int((now + EDGE).timestamp()) // 300 * 300 + 300
    telemetry.instead = refused_by_length
    with telemetry.made(kind) as client:
        series = client.stats(SYSTEM, start_at=edge, end_at=edge + WEEK)
        rows, error = until_error(series, UnprocessableRequestError)
    assert rows == []
    assert "A week is too much." in str(error)
    assert starts(telemetry) == [edge, edge, edge + DAY, edge + DAY]


def test_what_ends_within_the_day_after_the_edge_is_empty(kind: Kind, telemetry: TelemetryService) -> None:
    now = datetime.fromtimestamp(telemetry.clock.now(), ZONE)
    edge = int((now + EDGE).timestamp()) // 300 * 300 + 300
    telemetry.refuses = edge + 3600
    with telemetry.made(kind) as client:
        series = client.stats(SYSTEM, start_at=edge, end_at=edge + DAY // 2)
        with pytest.warns(MissingHistoryWarning):
            assert list(series) == []


def test_far_from_the_edge_nothing_is_left_out(kind: Kind, telemetry: TelemetryService) -> None:
    telemetry.refuses = JUNE + 1
    with telemetry.made(kind) as client:
        rows, _ = until_error(client.stats(SYSTEM, start_at=JUNE), UnprocessableRequestError)
    assert rows == []
    assert starts(telemetry) == [JUNE, JUNE]


def existing(first: int, last: int) -> Callable[[str, dict[str, str]], httpx.Response | None]:
    """Refuse the windows that begin outside of the intervals that exist, and name those."""

    def respond(_name: str, params: dict[str, str]) -> httpx.Response | None:
        start = params.get("start_at")
        if start is None or first - 300 <= int(start) < last:
            return None
        named = {
            "start_at": start,
            "end_at": params.get("end_at", start),
            "first_interval": first,
            "last_interval": last,
        }
        text = ", ".join(f":{name}=>{value}" for name, value in named.items())
        return reply(refusal(f"Requested date range is invalid for this system. {{{text}}}"), 422)

    return respond


@pytest.mark.parametrize("ago", [2, 9])
def test_a_refusal_that_names_the_first_interval_leads_to_it(kind: Kind, telemetry: TelemetryService, ago: int) -> None:
    first = JUNE + ago * DAY + 3600
    telemetry.first = first - 300
    telemetry.instead = existing(first, JUNE + 100 * DAY)
    with telemetry.made(kind) as client:
        rows = list(client.stats(SYSTEM, start_at=JUNE, end_at=JUNE + 12 * DAY))
    assert ends(rows) == list(range(first, JUNE + 12 * DAY + 1, 300))
    assert starts(telemetry)[:2] == [JUNE, first - 300]


def test_a_refusal_that_names_an_earlier_last_interval_is_the_end(kind: Kind, telemetry: TelemetryService) -> None:
    telemetry.instead = existing(JUNE - 50 * DAY, JUNE - DAY)
    with telemetry.made(kind) as client:
        assert list(client.stats(SYSTEM, start_at=JUNE, end_at=JUNE + 12 * DAY)) == []
    assert starts(telemetry) == [JUNE]


def test_a_window_without_content_is_empty_and_the_next_one_follows(kind: Kind, telemetry: TelemetryService) -> None:
    telemetry.instead = lambda _name, params: no_content() if params.get("start_at") == str(JUNE) else None
    with telemetry.made(kind) as client:
        rows = list(client.stats(SYSTEM, start_at=JUNE, end_at=JUNE + 10 * DAY))
    assert ends(rows) == list(range(JUNE + WEEK + 300, JUNE + 10 * DAY + 1, 300))
    assert starts(telemetry) == [JUNE, JUNE + WEEK]


@pytest.mark.parametrize("name", ["micro_telemetry", "encharge_telemetry", "evse_telemetry", "ev_charger_telemetry"])
def test_a_device_that_does_not_exist_is_an_error(kind: Kind, telemetry: TelemetryService, name: str) -> None:
    telemetry.instead = lambda _name, params: reply(body("error_404_micro"), 404) if params else None
    with telemetry.made(kind) as client, pytest.raises(NotFoundError):
        list(getattr(client, name)(SYSTEM, SERIAL, start_at=JUNE))


def test_windows_after_one_that_is_shorter_than_asked_for_are_asked_for_again(
    kind: Kind, telemetry: TelemetryService
) -> None:
    # A service that forgets in between what a week is: of the windows on the way together, the later ones do not fit.
    def respond(_name: str, params: dict[str, str]) -> httpx.Response | None:
        telemetry.week = "cut" if int(params.get("start_at", 0)) == JUNE - 2 * WEEK else "honoured"
        return None

    telemetry.instead = respond
    with telemetry.made(kind, concurrency=4) as client:
        rows = list(client.stats(SYSTEM, start_at=JUNE - 3 * WEEK, end_at=JUNE + WEEK))
    assert ends(rows) == list(range(JUNE - 3 * WEEK + 300, JUNE + WEEK + 1, 300))


def test_a_week_that_a_charger_refuses_with_400_is_asked_for_by_days(kind: Kind, telemetry: TelemetryService) -> None:
    problem = {"message": "Bad request", "code": "400", "details": ["Invalid granularity"]}
    telemetry.instead = lambda _name, params: reply(problem, 400) if params.get("granularity") == "week" else None
    with telemetry.made(kind) as client:
        rows = list(client.ev_charger_telemetry(SYSTEM, SERIAL, start_at=JUNE, end_at=JUNE + 3 * DAY))
    assert (len(rows), lengths(telemetry)) == (3 * 96, ["week", "day", "day", "day"])


def test_one_system_that_stopped_after_a_day_does_not_shorten_the_windows_of_others(
    kind: Kind, telemetry: TelemetryService
) -> None:
    with telemetry.made(kind) as client:
        telemetry.last = JUNE - 5 * WEEK + DAY
        span = {"start_at": JUNE - 5 * WEEK, "end_at": JUNE}
        assert len(list(client.stats(SYSTEM, **span))) == 288
        telemetry.last = None
        assert len(list(client.stats(SYSTEM, **span))) == 5 * 7 * 288
    assert lengths(telemetry) == ["week"] * 7


def test_a_last_report_at_midnight_is_not_taken_for_a_cut(kind: Kind, telemetry: TelemetryService) -> None:
    telemetry.clock.advance(JUNE + 600 - telemetry.clock.now())
    telemetry.last = JUNE
    with telemetry.made(kind) as client:
        list(client.stats(SYSTEM, start_at=JUNE - DAY))
        telemetry.requests.clear()
        list(client.stats(SYSTEM, start_at=JUNE - 4 * WEEK))
    assert lengths(telemetry)[:4] == ["week"] * 4


@pytest.mark.parametrize("short_by", [0, 1])
def test_no_window_is_asked_for_twice_where_an_end_comes_a_little_early(
    kind: Kind, telemetry: TelemetryService, short_by: int
) -> None:
    # At night, so that no interval tells where the windows end.
    telemetry.short_by, telemetry.has = short_by, lambda end: 6 <= datetime.fromtimestamp(end, ZONE).hour < 20
    with telemetry.made(kind, concurrency=5) as client:
        list(client.stats(SYSTEM, start_at=JUNE - 20 * WEEK, end_at=JUNE - WEEK))
    assert len(starts(telemetry)) == len(set(starts(telemetry))) <= 20
